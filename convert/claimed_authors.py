"""The authors that a web page claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from convert.byline_names import NameData, family_first, is_surely_person, people
from convert.claim_weights import FAR, Reading, claim_tables, first_counts, weight
from convert.language import Language, language
from convert.model import Claim
from convert.site_names import is_site
from convert.words import letters


def authors(claims: Sequence[Claim], names: frozenset[str], spoken: Language) -> list[Reading]:
    """The people that each claim names, or a body where it names one. `names` are those of the site: an author of that
    name is one only where there is no other."""
    return list(first_counts(_without_lists(list(_authors(claims, names, spoken)))))


@cache
def _name_data(code: str) -> NameData:
    """What is known of bylines in a language."""
    spoken, data = language(code), claim_tables()["names"]
    return NameData(
        spoken=spoken,
        labels=tuple(sorted({*spoken.byline, *data["labels"]}, key=len, reverse=True)),
        lists=frozenset(data["lists"]),
        ends=tuple(data["ends"]),
        never=frozenset(data["never"]) | spoken.weekdays | frozenset(spoken.months),
        roles=frozenset(data["roles"]) | spoken.trades,
    )


def _authors(claims: Sequence[Claim], names: frozenset[str], spoken: Language) -> Iterator[Reading]:
    shown = _name_data(spoken.code)
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


def _without_lists(readings: Sequence[Reading]) -> list[Reading]:
    """Readings without those of weakly marked places that name several people: they belong to other articles, to
    comments, to books and pictures that the article is about."""
    kept = list(readings)
    for is_of_kind, most in ((_is_far, 2), (_is_note, 1), (_is_line_below, 2)):
        some = [one for one in kept if is_of_kind(one.claim.evidence)]
        if len({letters(name) for one in some for name in one.values}) > most:
            kept = [one for one in kept if one not in some]
    return kept


def _is_far(evidence: str) -> bool:
    return evidence.endswith(FAR)


def _is_note(evidence: str) -> bool:
    return evidence.startswith("a name over")


def _is_line_below(evidence: str) -> bool:
    return evidence.startswith("line near")
