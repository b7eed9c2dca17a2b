"""Choosing among what a web page claims: the likeliest title, authors, dates and so on, with the evidence.

Every claim is read into a value (a title without the name of the site, people, an ISO date) and weighed by where it
stands; claims of the same value support each other. What evidence is worth stands in data/page_claims.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from convert.addresses import bare
from convert.claim_weights import ADDRESS, Reading, entry_of, weight
from convert.claimed_authors import authors
from convert.claimed_dates import dates_of_change, dates_of_publication
from convert.claimed_titles import titles
from convert.facts import Fact, Key
from convert.language import language
from convert.model import Claim, Meta
from convert.site_names import site_names
from convert.words import letters, words


@dataclass(frozen=True, slots=True)
class Choice:
    """The facts of one field, and why these."""

    facts: tuple[Fact, ...]
    reason: str
    confidence: float


_LEAST: Mapping[str, float] = {"authors": 0.15, "title": 0.3}
"""What a value must be worth to be taken: more than a name in a place far off."""

_NOT_ALONE = ("a name beside a date", "a name beside a role", "link to a person's page")
"""Evidence that supports other evidence, and is none by itself: of eight pages on which it stood alone, it was right
on three. Names of sections and places look like people's."""


def chosen(field: str, read: Sequence[Reading]) -> tuple[Reading, float] | None:
    """The reading that is worth most together with those that agree with it, and what they are worth; of several that
    agree, the first of the weightiest. None where there is none, or none that is worth enough."""
    keys = [_keys(field, one) for one in read]
    kinds = [entry_of(field, one.claim.evidence) for one in read]
    supports: dict[frozenset[str], dict[str, float]] = {}
    for own in set(keys):
        support = supports[own] = {}
        for others, kind, other in zip(keys, kinds, read, strict=True):
            if own & others:
                support[kind] = max(support.get(kind, 0.0), other.weight)
    best: tuple[float, float, int] | None = None
    for number, one in enumerate(read):
        support = supports[keys[number]]
        if support.keys() == {kinds[number]} and kinds[number] in _NOT_ALONE:
            continue
        rank = (sum(support.values()), one.weight + _MORE * len(one.values), -number)
        if best is None or rank > best:
            best = rank
    if best is None or best[0] < _LEAST.get(field, 0.0):
        return None
    return read[-best[2]], best[0]


_MORE = 0.1
"""What each author more is worth, between lists that agree: the longer one is the fuller one."""


def _keys(field: str, reading: Reading) -> frozenset[str]:
    """The values of a reading, as far as they must be alike to be the same."""
    if field in ("date", "updated"):
        return frozenset(reading.values)
    return frozenset(" ".join(words(value)) if field == "title" else letters(value) for value in reading.values)


@dataclass(frozen=True, slots=True)
class Site:
    """What has to be known of a page before its claims can be read."""

    address: str
    code: str  # of the language, as the page states it
    names: frozenset[str]  # what the site calls itself

    @classmethod
    def of(cls, claims: Sequence[Claim], address: str) -> Site:
        code = next((claim.value for claim in claims if claim.field == "language"), "")
        address = address or next((claim.value for claim in claims if claim.evidence == ADDRESS), "")
        return cls(address, code, site_names(claims, address))


def readings(field: str, claims: Sequence[Claim], site: Site) -> list[Reading]:
    """The claims about a field, each read into its value and weighed."""
    spoken = language(site.code or "en")
    about = [claim for claim in claims if claim.field == field]
    match field:
        case "title":
            return list(titles(about, site.names))
        case "authors":
            return authors(about, site.names, spoken)
        case "date":
            return dates_of_publication(claims, spoken, site.code)
        case "updated":
            return dates_of_change(claims, spoken, site.code)
        case "url":
            return [_plain(claim) for claim in about if not _is_root(claim.value) or _is_root(site.address)]
        case "publisher":
            return [_plain(claim) for claim in about if not re.match(r"@|https?:", claim.value)]
        case "language":
            named = [replace(_plain(claim), values=(claim.value.replace("_", "-"),)) for claim in about]
            return [one for one in named if _LANGUAGE.match(one.values[0])]
    return [_plain(claim) for claim in about]


def _plain(claim: Claim) -> Reading:
    return Reading((" ".join(claim.value.split()),), claim, weight(claim.field, claim.evidence))


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
"""The form of a language's code (BCP 47, section 2.1, without private use)."""


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


def choices(claims: Sequence[Claim], known: Meta) -> Iterator[Choice]:
    """What is chosen of all that a page claims about what is not known yet: one choice a field, where there is anything
    to choose from."""
    wanted = {field: key for field, key in _FIELDS.items() if not getattr(known, key)}
    site = Site.of(claims, known.url)
    date = known.date
    for field, key in wanted.items():
        read = readings(field, claims, site)
        best = chosen(field, read)
        if best is None:
            continue
        reading, total = best
        if key is Key.UPDATED and date == reading.values[0]:
            continue  # a page with one date has no later one
        date = reading.values[0] if key is Key.DATE else date
        facts = tuple(Fact(key, value) for value in reading.values)
        yield Choice(facts, _reason(field, reading, read), _confidence(total))


def _confidence(total: float) -> float:
    return min(_SURE, _ALONE + _STEP * total)


_ALONE, _STEP, _SURE = 0.75, 0.04, 0.97
"""The confidence of the weakest claim that is taken, what each further unit of weight adds, and the most. A fact that a
page states is taken unless somebody asks for more confidence than that."""


def _reason(field: str, best: Reading, read: Sequence[Reading]) -> str:
    """The evidence of a value, who says the same, and who says something else."""
    own = _keys(field, best)
    agreeing, differing = [], []
    for other in read:
        if other.claim.evidence == best.claim.evidence:
            continue
        if own & _keys(field, other):
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
