"""The dates that a web page claims: of publication, or of the last change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from convert.claim_weights import ADDRESS, FAR, Reading, entry_of, first_counts, weight
from convert.language import Language
from convert.model import Claim
from convert.stated_dates import StatedDate, date_in_address, stated_date


def dates_of_publication(claims: Sequence[Claim], spoken: Language, code: str) -> list[Reading]:
    """The dates of publication; where a page shows its readers, or states, nothing but changes, the dates of these.

    Of a date that is shown and another one that machines are told, the one that is shown counts, unless the page tells
    machines its date in a tag that is for nothing else (`article:published_time`): templates fill in JSON-LD with what
    they have, and it is the system that writes that tag. Against that tag a shown date must be marked as one.
    """
    dated = _dated(claims, spoken, code)
    changed = list(first_counts(_dates(dated, "updated")))
    addressed = tuple(_in_addresses(claims))
    published = list(first_counts((*addressed, *_dates(dated, "date", {one.values[0] for one in addressed}))))
    if not published:
        return changed
    changes = {one.values for one in changed}
    changes_shown = {one.values for one in changed if _is_near(one)}
    near = [one for one in published if _is_near(one) and one.values not in changes_shown]
    others = _of_other_articles(near)
    is_tagged = any(_IN_A_TAG.search(one.claim.evidence) for one in published)
    shown = [one for one in near if one not in others and not (is_tagged and one.claim.evidence.startswith(_UNMARKED))]
    weighed = []
    for one in published:
        if one in shown:
            weighed.append(replace(one, weight=one.weight * _SHOWN))
        elif one in others or (one.values in changes and not one.claim.evidence.startswith(_STATED)):
            weighed.append(replace(one, weight=one.weight * _DOUBTFUL))
        else:
            weighed.append(one)
    if is_tagged or shown:
        return weighed
    return weighed + [replace(one, weight=one.weight * _SHOWN_ALONE) for one in changed if _is_near(one)]


def _of_other_articles(near: Sequence[Reading]) -> list[Reading]:
    """Those of the dates shown near the title that are of other articles: where one kind of evidence shows several,
    all but the first."""
    dates: dict[str, list[tuple[str, ...]]] = {}
    for one in near:
        dates.setdefault(entry_of("date", one.claim.evidence), []).append(one.values)
    lists = {kind: values[0] for kind, values in dates.items() if len(set(values)) > _MAX_SHOWN}
    return [one for one in near if lists.get(entry_of("date", one.claim.evidence), one.values) != one.values]


_MAX_SHOWN = 2
"""Dates that a page shows of itself by one kind of evidence: of publication, and of a change that is not labelled."""

_IN_A_TAG = re.compile(r"meta .*published_time")


def dates_of_change(claims: Sequence[Claim], spoken: Language, code: str) -> list[Reading]:
    return list(first_counts(_dates(_dated(claims, spoken, code), "updated")))


_Dated: TypeAlias = list[tuple[Claim, StatedDate]]


def _dated(claims: Sequence[Claim], spoken: Language, code: str) -> _Dated:
    """The claims about dates that hold one."""
    about = (claim for claim in claims if claim.field in ("date", "updated"))
    return [(claim, date) for claim in about if (date := stated_date(claim.value, spoken, code))]


def _in_addresses(claims: Sequence[Claim]) -> Iterator[Reading]:
    for claim in claims:
        if claim.field == "url" and (iso := date_in_address(claim.value)):
            yield Reading((iso,), Claim("date", claim.value, ADDRESS), weight("date", ADDRESS))


def _dates(dated: _Dated, key: str, known: Collection[str] = ()) -> Iterator[Reading]:
    """The dates of publication, or those of changes, as `key` says. One that can be read in two ways is read as another
    one says that cannot, or one of the `known` dates."""
    sure = {*known, *(date.iso for _, date in dated if not date.otherwise)}
    for claim, date in dated:
        is_update = claim.field == "updated" or date.is_update or bool(_OF_A_CHANGE.search(claim.evidence))
        if is_update != (key == "updated"):
            continue
        worth = weight(key, claim.evidence)
        if not date.otherwise:
            yield Reading((date.iso,), claim, worth)
        elif (date.otherwise in sure) != (date.iso in sure):
            yield Reading((date.otherwise if date.otherwise in sure else date.iso,), claim, worth)
        else:
            yield Reading((date.iso,), claim, worth * _DOUBTFUL)


def _is_near(reading: Reading) -> bool:
    return reading.claim.evidence.startswith(_SHOWN_BY) and not reading.claim.evidence.endswith(FAR)


_STATED = ("JSON-LD", "meta")
_UNMARKED = "line near"
_SHOWN_BY = ("<time>", "element", _UNMARKED, "itemprop")
_SHOWN = 2.0
"""What a date that readers see is worth more."""

_SHOWN_ALONE = 4.0
"""What a date of a change is worth more that is the only date that readers see."""


_OF_A_CHANGE = re.compile("modif|updated", re.IGNORECASE)

_DOUBTFUL = 0.5
"""What is left of the weight of a date that can be read in two ways."""
