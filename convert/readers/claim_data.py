"""What is known about where pages state facts: data/page_claims.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from convert.language import available, language

_TELLING = re.compile("publi|pubdate|modif|updat|author|issued")
_FIGURE = re.compile(r"\d")
_MARKS = re.compile(r"[\W_]")
_LAST = 99

_MIN_LABEL = 4
"""Letters of the longest label of a date that prose starts with as well: "on", "date"."""

LONG_START = 4
"""Letters of the starts of lines that say much: as many as the shortest such label has."""


@dataclass(frozen=True, slots=True)
class ClaimData:
    meta_tags: Mapping[str, tuple[str, int]]  # of a name: the field that it states, and its place among the best
    meta_words: tuple[tuple[str, str], ...]  # a word in the name of any other tag, and the field that it states
    article_types: frozenset[str]
    page_types: frozenset[str]
    site_types: frozenset[str]
    properties: Mapping[str, str]  # of a property: the field that it states
    visible_selector: str  # finds all elements that may state an author or a date
    author_names: re.Pattern[str]
    not_author_names: re.Pattern[str]
    date_names: re.Pattern[str]
    not_date_names: re.Pattern[str]
    people: tuple[str, ...]
    says_author: re.Pattern[str]  # at the start of a line: what a byline starts with
    says_something: re.Pattern[str]  # the same in more than one word ("written"), or what a dateline starts with
    label_starts: frozenset[str]  # the two letters that all of these start with, to pass over other lines quickly
    long_label_starts: frozenset[str]  # the same of the labels in more than one word and those of dates, longer
    says_date: re.Pattern[str]  # at the start of a line: what a dateline starts with
    is_name: re.Pattern[str]  # a line: what may be a person's name and nothing else
    is_role: re.Pattern[str]  # a line: what somebody is
    is_verb: re.Pattern[str]  # what follows a name in a note on somebody
    has_date: re.Pattern[str]  # in a line: what may be a date

    def meta_entry(self, name: str) -> tuple[str, int] | None:
        """The field that a `meta` element of this name states, and its place among the best."""
        entry = self.meta_tags.get(name)
        if entry or not _TELLING.search(name):
            return entry
        squeezed = _MARKS.sub("", name)
        return next(((field, _LAST) for word, field in self.meta_words if word in squeezed), None)

    def is_article(self, kind: str) -> bool:
        return kind in self.article_types or kind.lower().endswith(("article", "posting"))

    def may_date(self, text: str) -> bool:
        """Whether a text may hold a date; without a figure it does not, which is quickly told."""
        return bool(_FIGURE.search(text) and self.has_date.search(text))

    def author_class(self, names: str) -> str:
        """The one of an element's class names that says "author"; "" if none does."""
        return _named(names, self.author_names, self.not_author_names)

    def date_class(self, names: str) -> str:
        return _named(names, self.date_names, self.not_date_names)

    def is_person(self, address: str) -> bool:
        """Whether an address leads to a person's page."""
        return any(part in address for part in self.people)


def _named(names: str, wanted: re.Pattern[str], unwanted: re.Pattern[str]) -> str:
    if not wanted.search(names):
        return ""
    return next((name for name in names.split() if wanted.search(name) and not unwanted.search(name)), "")


@cache
def claim_data() -> ClaimData:
    text = (files("convert") / "data" / "page_claims.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    json_ld, visible, names = data["json_ld"], data["visible"], data["names"]
    spoken = [language(code) for code in available()]
    bylines = {phrase for one in spoken for phrase in one.byline} | set(names["sure"])
    datelines = {label for one in spoken for label in (*one.published, *one.updated) if len(label) > _MIN_LABEL}
    months = {month for one in spoken for month in one.months}
    return ClaimData(
        meta_tags={
            name: (field, rank) for field, names in data["meta_tags"].items() for rank, name in enumerate(names)
        },
        meta_words=tuple((word, field) for field, found in data["meta_words"].items() for word in found),
        article_types=frozenset(json_ld["articles"]),
        page_types=frozenset(json_ld["pages"]),
        site_types=frozenset(json_ld["sites"]),
        properties=json_ld["properties"],
        visible_selector=_selector(visible),
        author_names=_any(visible["authors"]),
        not_author_names=_any(visible["authors_not"]),
        date_names=_any(visible["dates"]),
        not_date_names=_any(visible["dates_not"]),
        people=tuple(visible["people"]),
        says_author=_starts(bylines),
        says_something=re.compile(
            rf"(?:(?P<written>{_either(phrase for phrase in bylines if ' ' in phrase)})|{_either(datelines)})\b",
            re.IGNORECASE,
        ),
        label_starts=_first_letters(bylines | datelines, 2),
        long_label_starts=_first_letters(datelines | {phrase for phrase in bylines if " " in phrase}, LONG_START),
        says_date=_starts(datelines),
        is_name=re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){1,3}\Z"),
        is_role=re.compile(rf".*\b(?:{_either(names['roles'])})\b", re.IGNORECASE),
        is_verb=re.compile(rf"(?:{_either({verb for one in spoken for verb in one.about_verbs})})\b"),
        has_date=re.compile(
            rf"\d{{4}}[-/.]\d|\d[-/.]\d\d?[-/.](?:(?:19|20)\d\d|\d\d)\b|\b(?:{_either(months)})\b.*\d|\d.*\b(?:{_either(months)})\b",
            re.IGNORECASE,
        ),
    )


def _first_letters(phrases: Iterable[str], count: int) -> frozenset[str]:
    """What phrases start with, as it is written in small letters, with one capital, with capitals, in capitals."""
    starts = {phrase[:count] for phrase in phrases}
    return frozenset(form for start in starts for form in (start, start.capitalize(), start.title(), start.upper()))


def _selector(visible: Mapping[str, Sequence[str]]) -> str:
    parts = ["time", '[itemprop*="date"]', '[itemprop="author"]', '[rel~="author"]']
    parts.extend(f'[class*="{word}" i]' for word in visible["select"])
    return ", ".join(parts)


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_either(words))


def _starts(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(phrases)})\b", re.IGNORECASE)
