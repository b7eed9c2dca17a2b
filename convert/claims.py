"""Choosing among what a web page claims: the likeliest title, authors, dates and so on, with the evidence.

Every claim is read into a value (a title without the name of the site, people, an ISO date) and weighed by where it
stands; claims of the same value support each other. What evidence is worth stands in data/page_claims.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from convert.addresses import bare
from convert.byline_names import NameData, is_surely_person, people
from convert.credits import find_date
from convert.facts import Fact, Key
from convert.language import Language, available, language
from convert.model import Claim
from convert.site_names import is_site, shortenings, site_names, without_site
from convert.words import letters, words


@dataclass(frozen=True, slots=True)
class Choice:
    """The facts of one field, and why these."""

    facts: tuple[Fact, ...]
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as it was read: its value or values, and what it is worth."""

    values: tuple[str, ...]
    claim: Claim
    weight: float


@cache
def _data() -> Mapping[str, Any]:
    text = (files("convert") / "data" / "page_claims.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def entry_of(field: str, evidence: str) -> str:
    """The entry of the data that a kind of evidence belongs to: the longest that its name starts with."""
    return max((start for start, pattern in _entries(field) if pattern.match(evidence)), key=len, default="")


@cache
def _entries(field: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = _data()["weights"][field]
    return tuple((start, re.compile(re.escape(start).replace(r"\*", "[^,]*"))) for start in entries)


def weight(field: str, evidence: str) -> float:
    return float(_data()["weights"][field].get(entry_of(field, evidence), 0.0))


# -- the title -------------------------------------------------------------------------------------------------


def _titles(claims: Sequence[Claim], names: frozenset[str]) -> Iterator[Reading]:
    """The titles, those of the head without the name of the site. A heading that the page shows says where the title
    ends: "The Tide" in "The Tide - Ports - Harbour Post"."""
    shown = [claim for claim in claims if _is_shown(claim) and letters(claim.value) not in names]
    stated = [claim for claim in claims if not _is_shown(claim)]
    known = {letters(claim.value): claim.value for claim in shown}
    heads = [_without_label(without_site(" ".join(claim.value.split()), names), known) for claim in stated]
    for claim in shown:
        value = " ".join(claim.value.split())
        if "|" in value:
            value = without_site(value, names)
        longest = max((head for head in heads if _is_behind_label(head, value)), key=len, default="")
        yield Reading((longest or value,), claim, weight("title", claim.evidence))
    for claim, value in zip(stated, heads, strict=True):
        yield Reading((value,), claim, weight("title", claim.evidence))


def _is_shown(claim: Claim) -> bool:
    return claim.evidence.startswith(("<h", "<div", "<p", "<span", "another"))


def _without_label(title: str, known: Collection[str]) -> str:
    return next((short for short in shortenings(title) if letters(short) in known), title)


def _is_behind_label(title: str, shown: str) -> bool:
    """Whether a heading is a title with something before it: "Blog: The Tide", "9 March 2023 The Tide"."""
    rest = shown.removesuffix(title)
    return rest != shown and 0 < len(words(rest)) <= _LABEL_WORDS < len(words(title)) + 1


_LABEL_WORDS = 3
"""Words of the longest label before a title in its heading; a date has three."""


# -- dates -----------------------------------------------------------------------------------------------------

_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s+(\D{3,9})\s+(\d{1,2})\b")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T\d+|\d{6})?Z?\s*\Z")
_STROKES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?:[/_.-]|\Z)")
_DAY_FIRST_ENGLISH = ("en-gb", "en-au", "en-in", "en-ie", "en-nz", "en-za")


def iso_date(value: str, spoken: Language, code: str) -> str:
    """The first date in a text, as ISO 8601; "" if there is none. `code` is the language as the page states it, which
    says whether 3/9 is in March or in September."""
    match = _ISO.match(value) or _COMPACT.match(value)
    if match:
        return _valid(match[1], match[2], match[3])
    value = _YEAR_FIRST.sub(r"\3 \2 \1", value)
    for one in (spoken, *(language(code) for code in available() if code != spoken.code)):
        found = find_date(value, one)
        if found:
            return _valid(*found.date.split("-"))
    if match := _STROKES.search(value):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        is_month_first = spoken.code == "en" and not code.lower().replace("_", "-").startswith(_DAY_FIRST_ENGLISH)
        month, day = (match[1], match[2]) if is_month_first else (match[2], match[1])
        return _valid(year, month, day) or _valid(year, day, month)
    return ""


def _valid(year: str, month: str, day: str) -> str:
    if 1990 <= int(year) <= 2100 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return f"{int(year):04}-{int(month):02}-{int(day):02}"
    return ""


def _first_counts(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Readings of what a page shows, the nearest to the title first, each worth less than the one before it."""
    seen: dict[str, int] = {}
    for one in readings:
        evidence = one.claim.evidence
        if evidence.startswith(("JSON-LD", "meta")):
            yield one
            continue
        kind = entry_of(one.claim.field, evidence)
        worth = one.weight * _NEXT ** seen.get(kind, 0) * (_FAR if evidence.endswith("far from the title") else 1.0)
        seen[kind] = seen.get(kind, 0) + 1
        yield replace(one, weight=worth)


_NEXT = 0.7
_FAR = 0.4


def _dates(claims: Sequence[Claim], field: str, spoken: Language, code: str) -> Iterator[Reading]:
    for claim in claims:
        if claim.field not in ("date", "updated", "url"):
            continue
        evidence = claim.evidence
        if claim.field == "url":
            match = _IN_ADDRESS.search(claim.value)
            if field == "date" and match and (value := _valid(match[1], match[2], match[3])):
                yield Reading((value,), Claim("date", claim.value, ADDRESS), weight(field, ADDRESS))
            continue
        is_update = claim.field == "updated" or _says_updated(claim, spoken)
        if is_update == (field == "updated") and (value := iso_date(claim.value, spoken, code)):
            yield Reading((value,), claim, weight(field, evidence))


def _says_updated(claim: Claim, spoken: Language) -> bool:
    before = claim.value.casefold()
    return (
        any(re.search(rf"\b{re.escape(word)}\b", before) for word in spoken.updated if word != "on")
        or "modified" in claim.evidence.lower()
        or "updated" in claim.evidence.lower()
    )


# -- authors ---------------------------------------------------------------------------------------------------


@cache
def name_data(code: str) -> NameData:
    spoken = language(code)
    data, visible = _data()["names"], _data()["visible"]
    labels = {*spoken.byline, *visible["says_author"], *visible["says_author_weakly"]}
    return NameData(
        labels=tuple(sorted(labels, key=len, reverse=True)),
        ends=tuple(data["ends"]),
        conjunctions=spoken.conjunctions,
        never=frozenset(data["never"]) | spoken.weekdays | frozenset(spoken.months),
        roles=frozenset(data["roles"]) | spoken.trades,
        credentials=spoken.credentials,
    )


def _authors(claims: Sequence[Claim], names: frozenset[str], spoken: Language) -> Iterator[Reading]:
    data = name_data(spoken.code)
    listed: dict[str, Reading] = {}
    for claim in claims:
        if claim.field != "authors":
            continue
        evidence = claim.evidence
        found = people(claim.value, data, spoken)
        if evidence.startswith(("link to", "line", "a name")):
            found = tuple(name for name in found if _is_named(name, names, spoken))
        if not found:
            continue
        worth = weight("authors", evidence) * _trust(found, evidence, names, spoken)
        reading = Reading(found, claim, worth)
        if evidence.startswith(("JSON-LD", "meta")):
            known = listed.get(evidence)
            if known:
                reading = Reading(
                    (*known.values, *(n for n in found if n not in known.values)), known.claim, max(known.weight, worth)
                )
            listed[evidence] = reading
        else:
            yield reading
    yield from listed.values()


def _is_named(name: str, names: frozenset[str], spoken: Language) -> bool:
    """Whether a name has the form of a person's, or is that of the site or its team."""
    return is_surely_person(name, spoken) or (is_site(name, names) and name[:1].isupper())


def _trust(found: Sequence[str], evidence: str, names: frozenset[str], spoken: Language) -> float:
    if all(is_surely_person(name, spoken) for name in found):
        return 1.0
    if "Organization" in evidence or any(letters(name) in names for name in found):
        return 0.3
    return 0.6


def _without_cards(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Readings without those of marked elements far from the title, where these name several people: they belong to
    other articles, or to comments."""
    far = [one for one in readings if one.claim.evidence.endswith("far from the title")]
    are_cards = len({letters(name) for one in far for name in one.values}) > 2
    return (one for one in readings if not (are_cards and one in far))


# -- choosing --------------------------------------------------------------------------------------------------

_LEAST: Mapping[str, float] = {"authors": 0.4, "title": 0.3}


def _key(field: str, value: str) -> str:
    return " ".join(words(value)) if field == "title" else letters(value)


def chosen(field: str, readings: Sequence[Reading]) -> tuple[Reading, float] | None:
    """The reading that is worth most together with those that agree with it; of several agreeing, the first of the
    weightiest."""
    best: tuple[float, float, int] | None = None
    for number, one in enumerate(readings):
        own = {_key(field, value) for value in one.values}
        support: dict[str, float] = {}
        for other in readings:
            if own & {_key(field, value) for value in other.values}:
                entry = entry_of(field, other.claim.evidence)
                support[entry] = max(support.get(entry, 0.0), other.weight)
        total = sum(support.values())
        rank = (total, one.weight + 0.1 * len(one.values), -number)
        if best is None or rank > best:
            best = rank
    if best is None or best[0] < _LEAST.get(field, 0.0):
        return None
    return readings[-best[2]], best[0]


def readings(field: str, claims: Sequence[Claim], url: str) -> list[Reading]:
    """The claims about a field, each read into its value and weighed."""
    code = next((claim.value for claim in claims if claim.field == "language"), "")
    spoken = language(code or "en")
    names = site_names(claims, url)
    about = [claim for claim in claims if claim.field == field]
    match field:
        case "title":
            return list(_titles(about, names))
        case "authors":
            return list(_first_counts(_without_cards(list(_authors(about, names, spoken)))))
        case "date":
            found = list(_first_counts(_dates(claims, "date", spoken, code)))
            return found or list(_first_counts(_dates(claims, "updated", spoken, code)))
        case "updated":
            return list(_first_counts(_dates(claims, "updated", spoken, code)))
        case "url":
            return [_plain(claim) for claim in about if not _is_root(claim.value) or _is_root(url)]
        case "publisher":
            return [_plain(claim) for claim in about if not re.match(r"@|https?:", claim.value)]
        case "language":
            return [replace(_plain(claim), values=(claim.value.replace("_", "-"),)) for claim in about]
    return [_plain(claim) for claim in about]


def _plain(claim: Claim) -> Reading:
    return Reading((" ".join(claim.value.split()),), claim, weight(claim.field, claim.evidence))


def _is_root(address: str) -> bool:
    return "/" not in bare(address)


_FIELDS: Mapping[str, Key] = {
    "title": Key.TITLE,
    "authors": Key.AUTHOR,
    "date": Key.DATE,
    "updated": Key.UPDATED,
    "publisher": Key.PUBLISHER,
    "url": Key.URL,
    "language": Key.LANGUAGE,
    "description": Key.DESCRIPTION,
    "image": Key.IMAGE,
}


def choices(claims: Sequence[Claim], url: str = "") -> Iterator[Choice]:
    """What is chosen of all that a page claims: one choice a field, where there is anything to choose from."""
    address = url or next((claim.value for claim in claims if claim.evidence == ADDRESS), "")
    published = ""
    for field, key in _FIELDS.items():
        read = readings(field, claims, address)
        best = chosen(field, read)
        if best is None:
            continue
        reading, total = best
        if key is Key.UPDATED and published == reading.values[0]:
            continue  # a page with one date has no later one
        published = reading.values[0] if key is Key.DATE else published
        facts = tuple(Fact(key, value) for value in reading.values)
        yield Choice(facts, _reason(field, reading, read), _confidence(total))


ADDRESS = "the address of the page"


def _confidence(total: float) -> float:
    return min(_SURE, _ALONE + _STEP * total)


_ALONE, _STEP, _SURE = 0.75, 0.04, 0.97
"""The confidence of the weakest claim that is taken, what each further unit of weight adds, and the most. A fact that a
page states is taken unless somebody asks for more confidence than that."""


def _reason(field: str, best: Reading, read: Sequence[Reading]) -> str:
    """The evidence of a value, who says the same, and who says something else."""
    own = {_key(field, value) for value in best.values}
    agreeing, differing = [], []
    for other in read:
        if other.claim.evidence == best.claim.evidence:
            continue
        if own & {_key(field, value) for value in other.values}:
            agreeing.append(other.claim.evidence + _addition(other))
        elif field in ("title", "authors", "date"):
            differing.append(f'{other.claim.evidence}: "{_shortened(", ".join(other.values))}"')
    told = [best.claim.evidence + _addition(best)]
    if agreeing:
        told.append(f"the same by {', '.join(dict.fromkeys(agreeing[:_NAMED]))}")
    if differing:
        told.append(f"otherwise {', '.join(dict.fromkeys(differing[:_NAMED]))}")
    return "; ".join(told)


_NAMED = 3
_MAX_QUOTED = 60


def _addition(reading: Reading) -> str:
    """What a title has besides the part that was taken: the name of the site, in most cases."""
    whole, value = " ".join(reading.claim.value.split()), reading.values[0]
    if reading.claim.field != "title" or value not in whole or value == whole:
        return ""
    return f' (without "{_shortened(whole.replace(value, "", 1))}")'


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED].rstrip()}..."
