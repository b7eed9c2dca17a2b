"""Reading credit lines: bylines, datelines and "Label: value" lines, into facts.

A line is read whole or not at all: every part of it must be a name, a date, a publisher or a label's value, so
that a sentence that merely starts like a byline stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from convert.facts import Fact, Key
from convert.language import Language

MAX_CREDIT_WORDS = 30
"""Words of the longest credit line; two long names, a publisher and a date with time take about twenty."""

MAX_PUBLISHER_WORDS = 6
"""Words of the longest publisher's name in a dateline ("The Bulletin of the Atomic Scientists")."""

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’\-]*$")
_SEPARATORS = re.compile(r"\s*[|·•]\s*|\s+[-–—]\s+|\s*\n\s*")
_TIME = re.compile(
    r"(?:\bat\s+|\bum\s+|,\s*)?\b\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+(?:Uhr|[A-Z]{2,4}))?\b", re.IGNORECASE
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.+Z-]*)?\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_URL = re.compile(r"https?://\S+$")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: its ISO form, and the line without it."""

    date: str
    rest: str


@cache
def _month_patterns(months: frozenset[tuple[str, int]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(name) for name, _ in months), key=len, reverse=True))
    month_first = re.compile(rf"\b({names})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})\b", re.IGNORECASE)
    day_first = re.compile(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({names})\.?\s*,?\s+(\d{{4}})\b", re.IGNORECASE
    )
    return month_first, day_first


def find_date(line: str, language: Language) -> Found | None:
    """The date in a line. Only unambiguous forms: with the month's name, ISO 8601, or day.month.year with dots."""
    month_first, day_first = _month_patterns(frozenset(language.months.items()))
    if match := month_first.search(line):
        found = _iso(match[3], language.months[match[1].casefold()], match[2])
    elif match := day_first.search(line):
        found = _iso(match[3], language.months[match[2].casefold()], match[1])
    elif match := _ISO.search(line):
        found = _iso(match[1], int(match[2]), match[3])
    elif match := _DOTTED.search(line):
        found = _iso(match[3], int(match[2]), match[1])
    else:
        return None
    return Found(found, line[: match.start()] + "\n" + line[match.end() :]) if found else None


def _iso(year: str, month: int, day: str) -> str:
    valid = 1 <= month <= 12 and 1 <= int(day) <= 31 and 1500 <= int(year) <= 2200
    return f"{int(year):04}-{month:02}-{int(day):02}" if valid else ""


def credit_facts(line: str, language: Language) -> tuple[Fact, ...]:
    """The facts of a credit line; none where any part of it is something else."""
    if not line.strip() or len(line.split()) > MAX_CREDIT_WORDS:
        return ()
    return label_facts(line, language) or _byline_or_dateline(line, language)


def label_facts(line: str, language: Language) -> tuple[Fact, ...]:
    """The fact of a "Label: value" line."""
    label, colon, value = line.partition(":")
    name, value = " ".join(label.casefold().split()), value.strip()
    if not colon or not value:
        return ()
    if name in (*language.published, *language.updated):
        found = find_date(value, language)
        key = Key.UPDATED if name in language.updated else Key.DATE
        return (Fact(key, found.date),) if found and _only_time(found.rest, language) else ()
    if name not in language.labels:
        return ()
    key = Key(language.labels[name])
    if key is Key.URL or _URL.match(value):
        return (Fact(Key.URL, value),) if _URL.match(value) else ()
    if key is Key.AUTHOR:
        return tuple(Fact(Key.AUTHOR, author) for author in names(value, language))
    return (Fact(key, value.rstrip(".")),)


def _byline_or_dateline(line: str, language: Language) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    rest = line.strip()
    found = find_date(rest, language)
    while found:
        key = Key.UPDATED if _ends_with(found.rest.split("\n")[0], language.updated) or facts else Key.DATE
        facts.append(Fact(key, found.date))
        rest = found.rest
        found = find_date(rest, language)
    has_date = bool(facts)
    rest = _TIME.sub("\n", rest) if has_date else rest
    for part in _SEPARATORS.split(rest):
        made = _part_facts(part.strip(" ,;:()"), language, has_date=has_date)
        if made is None:
            return ()
        facts.extend(made)
    keys = {fact.key for fact in facts}
    return tuple(facts) if keys & {Key.AUTHOR, Key.DATE, Key.UPDATED} else ()


def _part_facts(part: str, language: Language, *, has_date: bool) -> list[Fact] | None:
    """The facts of one part of a credit line; None where it is none."""
    small = part.casefold().strip(" .,:;")
    if not small or small in (*language.published, *language.updated) or small in language.weekdays:
        return []
    for prefix in language.byline:
        if small.startswith(prefix + " "):
            authors, after = _names_then(part[len(prefix) :].strip(" :"), language)
            if authors and not after:
                return [Fact(Key.AUTHOR, author) for author in authors]
            if authors and _is_publisher(after):
                return [*(Fact(Key.AUTHOR, author) for author in authors), Fact(Key.PUBLISHER, after)]
            return None
    for prefix in (*language.published, *language.updated):
        if small.startswith(prefix + " "):
            return _part_facts(part[len(prefix) :].strip(), language, has_date=has_date)
    return [Fact(Key.PUBLISHER, part)] if has_date and _is_publisher(part) else None


def _names_then(text: str, language: Language) -> tuple[tuple[str, ...], str]:
    """Names at the start of a text, and what follows after a comma if that is no name ("..., Global Post")."""
    whole = names(text, language)
    if whole and not _last_is_publisher(text, whole):
        return whole, ""
    before, comma, after = text.rpartition(",")
    authors = names(before, language) if comma else ()
    return (authors, after.strip()) if authors else (whole, "")


def _last_is_publisher(text: str, authors: tuple[str, ...]) -> bool:
    return len(authors) == 2 and "," in text and authors[1].casefold().startswith("the ")


def _is_publisher(text: str) -> bool:
    found = text.split()
    return (
        0 < len(found) <= MAX_PUBLISHER_WORDS
        and (found[0][0].isupper() or "." in found[0])
        and not text.endswith((".", "!", "?"))
    )


def _ends_with(text: str, phrases: tuple[str, ...]) -> bool:
    small = text.casefold().rstrip(" :,|")
    return any(small.endswith(phrase) for phrase in phrases)


def _only_time(rest: str, language: Language) -> bool:
    left = _TIME.sub(" ", rest).casefold().replace(",", " ").split()
    return all(word.strip(".:()") in language.weekdays or not word.strip(".:()|-") for word in left)


def names(text: str, language: Language) -> tuple[str, ...]:
    """The people that a text lists and nothing else; empty where any part is no name."""
    found = tuple(_names(text, language))
    return found if found and all(is_name(name, language) for name in found) else ()


def _names(text: str, language: Language) -> Iterator[str]:
    words = "|".join(re.escape(word) for word in language.conjunctions)
    for part in re.split(rf"\s*[,;]\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+", text.strip(" .,;:")):
        if part.casefold().strip(".") not in language.credentials and part.strip():
            yield part.strip()


def is_name(text: str, language: Language) -> bool:
    """Whether a text is a person's name by its form: two to five words with capitals, small ones only as such
    words stand in names."""
    found = text.split()
    if not 2 <= len(found) <= 6 or not all(_NAME_WORD.match(word) for word in found):
        return False
    return (
        found[0][0].isupper()
        and all(word[0].isupper() or word.casefold() in language.particles for word in found[:-1])
        and found[-1][0].isupper()
    )
