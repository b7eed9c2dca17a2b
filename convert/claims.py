"""Choosing among what a web page claims: the likeliest title, authors, dates and so on, with the evidence.

Every claim is read into a value (a title without the name of the site, people, an ISO date) and weighed by where it
stands; claims of the same value support each other. What evidence is worth stands in data/page_claims.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from convert.addresses import bare
from convert.byline_names import NameData, family_first, is_surely_person, people
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Claim
from convert.site_names import before_bar, is_site, shortenings, site_names, without_site
from convert.stated_dates import date_in_address, stated_date
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


@lru_cache(maxsize=4096)
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
    known = {letters(claim.value) for claim in shown if weight("title", claim.evidence) > _DOUBTFUL}
    heads = [_as_shown(" ".join(claim.value.split()), known, names) for claim in stated]
    for claim in shown:
        value = " ".join(claim.value.split())
        value = before_bar(without_site(value, names) if "|" in value else value)
        longest = max((head for head in heads if _is_behind_label(head, value)), key=len, default="")
        yield Reading((longest or value,), claim, weight("title", claim.evidence))
    for claim, value in zip(stated, heads, strict=True):
        yield Reading((value,), claim, weight("title", claim.evidence))


def _is_shown(claim: Claim) -> bool:
    return claim.evidence.startswith(("<h", "<div", "<p", "<span", "another", "an <h1>"))


def _as_shown(title: str, known: Collection[str], names: Collection[str]) -> str:
    """A title of the head as the page shows it, or else without the name of the site."""
    for text in (title, *shortenings(title)):
        if letters(text) in known:
            return text
    return before_bar(without_site(title, names))


def _is_behind_label(title: str, shown: str) -> bool:
    """Whether a heading is a title with something before it: "Blog: The Tide", "9 March 2023 The Tide"."""
    rest = shown.removesuffix(title)
    return rest != shown and 0 < len(words(rest)) <= _LABEL_WORDS < len(words(title)) + 1


_LABEL_WORDS = 3
"""Words of the longest label before a title in its heading; a date has three."""


# -- dates -----------------------------------------------------------------------------------------------------


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


def _dates(claims: Sequence[Claim], key: str, spoken: Language, code: str) -> Iterator[Reading]:
    """The dates of publication, or those of changes, as `key` says."""
    for claim in claims:
        if claim.field == "url" and key == "date" and (iso := date_in_address(claim.value)):
            yield Reading((iso,), Claim("date", claim.value, ADDRESS), weight(key, ADDRESS))
        if claim.field not in ("date", "updated"):
            continue
        found = stated_date(claim.value, spoken, code)
        if found is None:
            continue
        is_update = claim.field == "updated" or found.is_update or bool(_OF_A_CHANGE.search(claim.evidence))
        if is_update == (key == "updated"):
            yield Reading((found.iso,), claim, weight(key, claim.evidence) * (_DOUBTFUL if found.is_doubtful else 1.0))


def _shown_instead(published: Sequence[Reading], changed: Sequence[Reading]) -> list[Reading]:
    """The dates of changes that a page shows its readers under the title, where it shows them no other date."""
    if any(_is_near(one) for one in published):
        return []
    return [replace(one, weight=one.weight * _SHOWN_ALONE) for one in changed if _is_near(one)]


def _is_near(reading: Reading) -> bool:
    return reading.claim.evidence.startswith(_SHOWN) and not reading.claim.evidence.endswith("far from the title")


_SHOWN = ("<time>", "element", "line near", "itemprop")
_SHOWN_ALONE = 4.0
"""What a date is worth more that is the only one that readers see; enough to beat one that only machines are told."""


def _less_if_changed(reading: Reading, changed: Sequence[Reading]) -> Reading:
    """A date that the page shows without saying what happened then; less, where something was changed then."""
    is_stated = reading.claim.evidence.startswith(("JSON-LD", "meta"))
    if is_stated or all(one.values != reading.values for one in changed):
        return reading
    return replace(reading, weight=reading.weight * _DOUBTFUL)


_OF_A_CHANGE = re.compile("modif|updated", re.IGNORECASE)

_DOUBTFUL = 0.5
"""What is left of the weight of a date that can be read in two ways."""


# -- authors ---------------------------------------------------------------------------------------------------


@cache
def name_data(code: str) -> NameData:
    """What is known of bylines in a language."""
    spoken, data = language(code), _data()["names"]
    return NameData(
        spoken=spoken,
        labels=tuple(sorted({*spoken.byline, *data["labels"]}, key=len, reverse=True)),
        lists=frozenset(data["lists"]),
        ends=tuple(data["ends"]),
        never=frozenset(data["never"]) | spoken.weekdays | frozenset(spoken.months),
        roles=frozenset(data["roles"]) | spoken.trades,
    )


def _authors(claims: Sequence[Claim], names: frozenset[str], spoken: Language) -> Iterator[Reading]:
    shown = name_data(spoken.code)
    stated = replace(shown, ends=())  # in a tag stands nothing but names
    listed: dict[str, Reading] = {}
    for claim in claims:
        evidence = claim.evidence
        is_stated = evidence.startswith(("JSON-LD", "meta"))
        value = family_first(claim.value) if evidence.lower().startswith(_CATALOGUED) else claim.value
        found = people(value, stated if is_stated else shown)
        if evidence.startswith(_UNMARKED):
            is_label_sure = claim.value.partition("\n")[0].casefold().strip(" :") in shown.labels
            found = tuple(
                name for name in found if _is_named(name, names, spoken) or (is_label_sure and _is_short(name))
            )
        if not found:
            continue
        reading = Reading(found, claim, weight("authors", evidence) * _trust(found, evidence, names, spoken))
        if not is_stated:
            yield reading
        elif before := listed.get(evidence):
            more = tuple(name for name in found if name not in before.values)
            listed[evidence] = replace(before, values=before.values + more, weight=max(before.weight, reading.weight))
        else:
            listed[evidence] = reading
    yield from listed.values()


_CATALOGUED = ('meta name="citation_author', 'meta name="dc.', 'meta name="dcterms.')
"""Tags in which names are written as catalogues write them."""

_UNMARKED = ("link to", "line", "a name")
"""Evidence that is no mark of an author by itself: what stands there must look like a person's name."""


def _is_named(name: str, names: frozenset[str], spoken: Language) -> bool:
    """Whether a name has the form of a person's, or is that of the site or its team."""
    return is_surely_person(name, spoken) or (is_site(name, names) and name[:1].isupper())


def _is_short(name: str) -> bool:
    return name.isalpha() and name[0].isupper() and len(name) <= _MAX_FIRST_NAME


_MAX_FIRST_NAME = 12


def _trust(found: Sequence[str], evidence: str, names: frozenset[str], spoken: Language) -> float:
    """What is left of the weight of a claim: little where it names the site, less than all where no person."""
    are_people = all(is_surely_person(name, spoken) for name in found)
    if "Organization" in evidence:
        return _BODY
    if any(letters(name) in names for name in found):
        return _SITE_OF_PERSON if are_people else _BODY
    if all(_is_account(name) for name in found):
        return _BODY
    return 1.0 if are_people else _NO_PERSON


def _is_account(name: str) -> bool:
    """Whether a name is one that somebody logs in with: "webteam7", "ann-lee"."""
    return " " not in name and name == name.casefold()


_BODY, _SITE_OF_PERSON, _NO_PERSON = 0.3, 0.5, 0.65


def _without_cards(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Readings without those of marked elements far from the title, where these name several people: they belong to
    other articles, or to comments. Likewise names over notes: several such are a list of what the article is about."""
    far = [one for one in readings if one.claim.evidence.endswith("far from the title")]
    are_cards = len({letters(name) for one in far for name in one.values}) > 2
    notes = [one for one in readings if one.claim.evidence.startswith("a name over")]
    are_products = len({letters(name) for one in notes for name in one.values}) > 1
    return (one for one in readings if not ((are_cards and one in far) or (are_products and one in notes)))


# -- choosing --------------------------------------------------------------------------------------------------

_LEAST: Mapping[str, float] = {"authors": 0.15, "title": 0.3}


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
            changed = list(_first_counts(_dates(claims, "updated", spoken, code)))
            published = [_less_if_changed(one, changed) for one in _first_counts(_dates(claims, "date", spoken, code))]
            return published + _shown_instead(published, changed) if published else changed
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
