"""Phrases: how the language data names the wording of notices and credits, and how they are found in a text.

A phrase is words; `*` stands for up to eight words, `#` for a number, `{key}` for the words of a fact, and `|`
parts alternatives for one place (a hyphen inside an alternative joins its words). `^` and `$` are where a sentence,
or a part of a line between bars and the like, starts and ends. Case and spaces do not matter, nor else punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

MAX_GAP = 8
"""Words that `*` may stand for: a name with its title, never a clause of its own."""

_TOKEN = re.compile(r"[^\W_]+|[©&@]")
_EDGE = re.compile(r"[.!?:;…][^\w\s]*\s|[|•·∙»→\n]|\s[-–—/]\s")
"""What stands between two words of which the second starts a sentence or a part of a line."""


@dataclass(frozen=True, slots=True)
class Words:
    """One place of a phrase: any of these runs of words."""

    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to MAX_GAP words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The words of a fact: one or more."""

    key: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a sentence or a part of a line starts or ends."""


Element: TypeAlias = Words | Gap | Number | Capture | Edge
Phrase: TypeAlias = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Token:
    word: str  # in lower case
    start: int  # where it stands in the text, in characters
    stop: int
    is_first: bool  # whether a sentence or a part of a line starts with it


@dataclass(frozen=True, slots=True)
class Match:
    start: int  # in tokens
    stop: int
    captures: Mapping[str, tuple[int, int]]  # in tokens


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text with their places."""
    found: list[Token] = []
    stop = 0
    for match in _TOKEN.finditer(text):
        is_first = not found or bool(_EDGE.search(text, stop, match.start()))
        found.append(Token(match[0].casefold(), *match.span(), is_first))
        stop = match.end()
    return tuple(found)


def phrase(source: str) -> Phrase:
    """A phrase from its written form."""
    parts = source.replace("^", " ^ ").replace("$", " $ ").split()
    return tuple(element for part in parts for element in _elements(part))


def _elements(part: str) -> Iterator[Element]:
    if part == "*":
        yield Gap()
    elif part == "#":
        yield Number()
    elif part in ("^", "$"):
        yield Edge()
    elif part.startswith("{"):
        yield Capture(part.strip("{}.,"))
    else:
        alternatives = tuple(tuple(_TOKEN.findall(word.casefold())) for word in part.split("|"))
        if any(alternatives):
            yield Words(tuple(alternative for alternative in alternatives if alternative))


@dataclass(frozen=True, slots=True)
class PhraseList:
    """Phrases with an index by their first word, so that a text is gone through once."""

    phrases: tuple[tuple[str, Phrase], ...]
    by_first_word: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(sources: Iterable[str]) -> PhraseList:
        phrases = tuple((source, phrase(source)) for source in sources)
        index: dict[str, list[int]] = {}
        for number, (_, elements) in enumerate(phrases):
            first = next((element for element in elements if not isinstance(element, Edge)), None)
            words = [run[0] for run in first.alternatives] if isinstance(first, Words) else [""]
            for word in words:
                index.setdefault(word, []).append(number)
        return PhraseList(phrases, {word: tuple(numbers) for word, numbers in index.items()})

    def find(self, text: Sequence[Token]) -> Iterator[tuple[Phrase, Match]]:
        """Every phrase that stands in the text, with its first place."""
        seen: set[int] = set()
        any_first = self.by_first_word.get("", ())
        for start, token in enumerate(text):
            for number in self.by_first_word.get(token.word, ()) + any_first:
                _, elements = self.phrases[number]
                if number in seen or (isinstance(elements[0], Edge) and not token.is_first):
                    continue
                match = match_at(elements, text, start)
                if match:
                    seen.add(number)
                    yield elements, match

    def start(self, text: Sequence[Token]) -> Iterator[Match]:
        """Every phrase that the text starts with."""
        matches = (match_at(elements, text, 0) for _, elements in self.phrases)
        return (match for match in matches if match)


def match_at(elements: Phrase, text: Sequence[Token], start: int) -> Match | None:
    """The phrase at this word of the text, or None. A capture at the end takes all that is left."""
    found = _match(elements, text, start)
    return Match(start, found[0], found[1]) if found else None


def _match(elements: Phrase, text: Sequence[Token], position: int) -> tuple[int, Mapping[str, tuple[int, int]]] | None:
    if not elements:
        return position, {}
    first, *others = elements
    rest = tuple(others)
    match first:
        case Words(alternatives):
            for run in alternatives:
                stop = position + len(run)
                if tuple(token.word for token in text[position:stop]) == run:
                    found = _match(rest, text, stop)
                    if found:
                        return found
            return None
        case Edge():
            at_edge = position == len(text) or text[position].is_first
            return _match(rest, text, position) if at_edge else None
        case Number():
            if position < len(text) and text[position].word.isdigit():
                return _match(rest, text, position + 1)
            return None
        case Gap():
            for stop in range(position, min(position + MAX_GAP, len(text)) + 1):
                found = _match(rest, text, stop)
                if found:
                    return found
            return None
        case Capture(key):
            stops: Iterable[int] = (len(text),) if not rest else range(position + 1, len(text) + 1)
            for stop in stops:
                found = _match(rest, text, stop) if stop > position else None
                if found:
                    return found[0], {key: (position, stop), **found[1]}
            return None


def is_whole(elements: Phrase) -> bool:
    """Whether a phrase is a sentence or a label of its own."""
    return isinstance(elements[0], Edge) and isinstance(elements[-1], Edge)


def captured(text: str, words: Sequence[Token], match: Match) -> dict[str, str]:
    """The words of each fact of a match, as the text writes them, without the marks around them."""
    return {
        key: text[words[start].start : words[stop - 1].stop].strip() for key, (start, stop) in match.captures.items()
    }
