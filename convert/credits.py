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
from convert.phrases import is_whole, tokens

MAX_CREDIT_WORDS = 30
"""Words of the longest credit line; two long names, a publisher and a date with time take about twenty."""

MAX_PUBLISHER_WORDS = 6
"""Words of the longest publisher's name in a dateline ("The Bulletin of the Atomic Scientists")."""

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’\-]*$")
_SEPARATORS = re.compile(r"\s*[|·•∙]\s*|\s+[-–—]\s+|\s*\n\s*")
_TIME = re.compile(
    r"(?:\b[Aa]t\s+|\b[Uu]m\s+|,\s*)?\b\d{1,2}(?:[:.]\d{2}(?:\s*[AaPp]\.?[Mm]\b\.?)?|\s*[AaPp]\.?[Mm]\b\.?)"
    r"(?:\s+(?:Uhr|[A-Z]{2,4}\b))?"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.+Z-]*)?\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_HANDLE = re.compile(r"\s*\(?@\w+\)?")
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
    """The date in a line. Only unambiguous forms: with the month's name, ISO 8601, day.month.year with dots, or with
    strokes where only one of the two can be the month."""
    month_first, day_first = _month_patterns(frozenset(language.months.items()))
    if match := month_first.search(line):
        found = _iso(match[3], language.months[match[1].casefold()], match[2])
    elif match := day_first.search(line):
        found = _iso(match[3], language.months[match[2].casefold()], match[1])
    elif match := _ISO.search(line):
        found = _iso(match[1], int(match[2]), match[3])
    elif match := _DOTTED.search(line):
        found = _iso(match[3], int(match[2]), match[1])
    elif match := _SLASHED.search(line):
        found = _slashed(match[3], int(match[1]), int(match[2]))
    else:
        return None
    return Found(found, line[: match.start()] + "\n" + line[match.end() :]) if found else None


def _iso(year: str, month: int, day: str) -> str:
    valid = 1 <= month <= 12 and 1 <= int(day) <= 31 and 1500 <= int(year) <= 2200
    return f"{int(year):04}-{month:02}-{int(day):02}" if valid else ""


def _slashed(year: str, first: int, second: int) -> str:
    if first > 12 or first == second:
        return _iso(year, second, str(first))
    return _iso(year, first, str(second)) if second > 12 else ""


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
    if name in language.byline:
        key = Key.AUTHOR
    elif name in language.labels:
        key = Key(language.labels[name])
    else:
        return ()
    if key is Key.URL or _URL.match(value):
        return (Fact(Key.URL, value),) if _URL.match(value) else ()
    if key is Key.AUTHOR:
        return tuple(Fact(Key.AUTHOR, author) for author in names(value, language))
    if key in (Key.PUBLISHER, Key.ORIGINAL_PUBLISHER) and not is_publisher(value.rstrip("."), language):
        return ()
    value = _before_label(value, language)
    goes_on = value.split()[0].casefold() in language.open_words and value[0].islower()
    return () if goes_on else (Fact(key, value.rstrip(".")),)


def _before_label(value: str, language: Language) -> str:
    """A value without a second label that stands behind it ("Ports Tagged With: ships")."""
    labels = "|".join(map(re.escape, sorted(language.labels, key=len, reverse=True)))
    match = re.search(rf"\s(?:{labels})\s*:", value, re.IGNORECASE)
    return value[: match.start()].rstrip(" |·•,") or value if match else value


def _byline_or_dateline(line: str, language: Language) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    rest = line.strip()
    found = find_date(rest, language)
    while found:
        key = Key.UPDATED if facts or _says_updated(found.rest.split("\n")[0], language) else Key.DATE
        facts.append(Fact(key, found.date))
        rest = found.rest
        found = find_date(rest, language)
    has_date = bool(facts)
    if not has_date and not rest.casefold().startswith(language.byline):
        return ()
    rest = _TIME.sub("\n", rest) if has_date else rest
    for part in map(str.strip, _SEPARATORS.split(_without_button(rest, language))):
        if facts and facts[-1].key is Key.PUBLISHER and is_name(facts[-1].value, language) and _is_job(part, language):
            facts[-1] = Fact(Key.AUTHOR, facts[-1].value)
            continue
        made = _part_facts(part.strip(" ,;:()/-–—"), language, has_date=has_date)
        if made is None or (part.endswith(":") and any(fact.key is Key.PUBLISHER for fact in made)):
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
        if small.startswith((prefix + " ", prefix + ":")):
            authors, publisher = _names_then(_without_label(part[len(prefix) :].strip(" :"), language), language)
            if not authors or (publisher and not is_publisher(publisher, language)):
                return None
            facts = [Fact(Key.AUTHOR, author) for author in authors]
            return [*facts, Fact(Key.PUBLISHER, publisher)] if publisher else facts
    for prefix in (*language.published, *language.updated):
        if small.startswith(prefix + " "):
            return _part_facts(part[len(prefix) :].strip(), language, has_date=has_date)
    if is_site_label(part, language):
        return []
    return [Fact(Key.PUBLISHER, part)] if has_date and is_publisher(part, language) else None


def _without_button(text: str, language: Language) -> str:
    """A line without the text of a button at its end ("Ann Lee Leave a comment")."""
    found = tokens(text)
    for notice in language.notices.values():
        for _, match in notice.sure.find(found):
            if match.start > 0 and match.stop == len(found):
                return text[: found[match.start].start]
    return text


def _without_label(text: str, language: Language) -> str:
    """A name without the label of the date that followed it ("Ann Lee Published", "Ann Lee on")."""
    for label in (*language.published, *language.updated):
        if text.casefold().rstrip(" :").endswith(" " + label):
            return text.rstrip(" :")[: -len(label)].rstrip(" ,")
    return text


def _names_then(text: str, language: Language) -> tuple[tuple[str, ...], str]:
    """Names at the start of a text, and the publisher that follows after a comma ("..., Global Post").

    After "A and B" the list of names has ended; where there is no "and", a second part is taken for a name, unless
    it starts with an article. A place after the name ("Ann Lee in Lisbon") is no part of it.
    """
    text = _HANDLE.sub("", text)
    before, comma, after = text.rpartition(",")
    ended = re.search(rf"\s(?:{_conjunctions(language)})\s", before) and not re.match(
        rf"\s*(?:{_conjunctions(language)})\s", after
    )
    if comma and names(before, language) and (ended or after.split()[:1] == ["The"]):
        return names(before, language), after.strip()
    whole = names(text, language)
    if whole or comma:
        return whole, ""
    links = sorted(language.open_words - set(language.conjunctions))
    place = re.search(rf"\s(?:{'|'.join(map(re.escape, links))})\s+(?=[^\W\d_])", text)
    if place and is_publisher(text[place.end() :], language) and names(text[: place.start()], language):
        return names(text[: place.start()], language), ""
    return (), ""


def is_publisher(text: str, language: Language) -> bool:
    """Whether a text can be the name of a publisher: a few words, the first with a capital or an address, and no
    part of a sentence."""
    found = text.split()
    return (
        0 < len(found) <= MAX_PUBLISHER_WORDS
        and (found[0][0].isupper() or "." in found[0])
        and not text.endswith((".", "!", "?"))
        and not any(word.endswith((".", "!", "?", ":", ";")) and len(word) > 4 for word in found[:-1])
        and not found[-1].isdigit()
        and found[-1].casefold() not in language.open_words
        and 2 * sum(word[0].islower() and word not in language.open_words for word in found) < len(found)
    )


def is_site_label(text: str, language: Language) -> bool:
    """Whether a text is furniture as a whole: a section's name, a reading time, the text of a button."""
    found = tokens(text)
    return any(
        match.start == 0 and match.stop == len(found)
        for notice in language.notices.values()
        for phrases in (notice.sure, notice.hints)
        for elements, match in phrases.find(found)
        if phrases is notice.sure or is_whole(elements)
    )


def _says_updated(before: str, language: Language) -> bool:
    """Whether what stands before a date says that it is that of an update."""
    said = [word.strip(".,:|") for word in before.casefold().split()]
    while said and (not said[-1] or said[-1] in language.weekdays):
        said.pop()
    return " ".join(said).endswith(language.updated)


def _only_time(rest: str, language: Language) -> bool:
    left = _TIME.sub(" ", rest).casefold().replace(",", " ").split()
    return all(word.strip(".:()") in language.weekdays or not word.strip(".:()|-") for word in left)


def names(text: str, language: Language) -> tuple[str, ...]:
    """The people that a text lists and nothing else; empty where any part is no name."""
    found = tuple(_names(text, language))
    return found if found and all(is_name(name, language) for name in found) else ()


def _names(text: str, language: Language) -> Iterator[str]:
    words = _conjunctions(language)
    parts = re.split(rf"\s*[,;]\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+", text.strip(" .,;:"))
    for number, part in enumerate(parts):
        is_job = number > 0 and _is_job(part, language)
        if part.strip() and not is_job and part.casefold().strip(".") not in language.credentials:
            yield part.strip()


def _conjunctions(language: Language) -> str:
    return "|".join(re.escape(word) for word in language.conjunctions)


def _is_job(text: str, language: Language) -> bool:
    """Whether a text is what somebody is ("Senior Correspondent"), in no more words than such titles have."""
    found = text.casefold().split()
    return 0 < len(found) <= 4 and found[-1] in language.trades


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
