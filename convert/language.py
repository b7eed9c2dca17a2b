"""What is known of a language: its phrases, its small words, its months. All of it stands in data/language/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from convert.phrases import PhraseList
from convert.words import words

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Notices:
    """The wording of one kind of notice that a site prints around an article."""

    what: str  # what such a notice does, as a reason says it: "asks the reader to share the article"
    sure: PhraseList  # one of these tells it
    hints: PhraseList  # two of these tell it, where such notices stand


@dataclass(frozen=True, slots=True)
class Language:
    code: str  # BCP 47
    name: str
    common: frozenset[str]
    open_words: frozenset[str]  # no sentence ends after one of these
    prefixes: frozenset[str]  # these keep their hyphen
    suspending: frozenset[str]  # between two compounds that share a half: "pre- and post-war"
    months: Mapping[str, int]
    weekdays: frozenset[str]
    particles: frozenset[str]
    credentials: frozenset[str]
    numbers: Mapping[str, int]
    counted: frozenset[str]
    byline: tuple[str, ...]
    conjunctions: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    labels: Mapping[str, str]
    original_publisher: PhraseList
    source: PhraseList
    articles_by: PhraseList
    about_headings: frozenset[str]
    about_verbs: frozenset[str]
    pronouns: frozenset[str]
    trades: frozenset[str]
    notices: Mapping[str, Notices]
    page_words: tuple[str, ...]
    of_words: tuple[str, ...]
    continued: PhraseList
    edition: Mapping[str, str]


@cache
def available() -> tuple[str, ...]:
    """The codes of the languages that there is data for."""
    folder = files("convert") / "data" / "language"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def language(code: str) -> Language:
    """The data of a language by its BCP 47 code ("en-GB" is read as "en"); English for one that has none."""
    short = code.lower().partition("-")[0]
    return _loaded(short if short in available() else FALLBACK)


@cache
def _loaded(code: str) -> Language:
    text = (files("convert") / "data" / "language" / f"{code}.toml").read_text(encoding="utf-8")
    return _language(tomllib.loads(text))


def _language(data: Mapping[str, Any]) -> Language:
    word_lists, head = data["words"], data["head"]
    return Language(
        code=data["code"],
        name=data["name"],
        common=frozenset(word_lists["common"]),
        open_words=frozenset(word_lists["open"]),
        prefixes=frozenset(word_lists["prefixes"]),
        suspending=frozenset(word_lists["suspending"]),
        months={
            name: number
            for names in (word_lists["months"], word_lists["months_short"])
            for number, written in enumerate(names, start=1)
            for name in written.split("|")
        },
        weekdays=frozenset(word_lists["weekdays"]),
        particles=frozenset(word_lists["particles"]),
        credentials=frozenset(word_lists["credentials"]),
        numbers=data["numbers"],
        counted=frozenset(data["counted"]["nouns"]),
        byline=_longest_first(head["byline"]),
        conjunctions=_longest_first(head["and"]),
        published=_longest_first(head["published"]),
        updated=_longest_first(head["updated"]),
        labels=data["labels"],
        original_publisher=PhraseList.of(data["credits"]["original_publisher"]),
        source=PhraseList.of(data["credits"]["source"]),
        articles_by=PhraseList.of(data["credits"]["articles_by"]),
        about_headings=frozenset(data["about"]["headings"]),
        about_verbs=frozenset(data["about"]["verbs"]),
        pronouns=frozenset(data["about"]["pronouns"]),
        trades=frozenset(data["about"]["trades"]),
        notices={
            kind: Notices(entry["what"], PhraseList.of(entry["sure"]), PhraseList.of(entry["hints"]))
            for kind, entry in data["boilerplate"].items()
        },
        page_words=_longest_first(data["printed"]["page"]),
        of_words=_longest_first(data["printed"]["of"]),
        continued=PhraseList.of(data["printed"]["continued"]),
        edition=data["edition"],
    )


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))


def detect(text: str) -> str:
    """The code of the language whose commonest words the text has most of; "" where none has enough."""
    found = words(text[:_DETECT_SAMPLE])
    if not found:
        return ""
    shares = {code: sum(word in language(code).common for word in found) / len(found) for code in available()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _DETECT_SHARE else ""


_DETECT_SAMPLE = 20_000  # characters: as much as an article has
_DETECT_SHARE = 0.12
"""Share of the nineteen commonest words that says a language. In English prose they are a quarter to a third of
all words; in other languages written with the same letters under a twentieth."""
