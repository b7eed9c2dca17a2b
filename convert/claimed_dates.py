"""The dates that a web page claims: of publication, or of the last change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.claim_weights import ADDRESS, FAR, Reading, first_counts, weight
from convert.language import Language
from convert.model import Claim
from convert.stated_dates import date_in_address, stated_date


def dates_of_publication(claims: Sequence[Claim], spoken: Language, code: str) -> list[Reading]:
    """The dates of publication; where a page shows its readers, or states, nothing but changes, the dates of these."""
    changed = dates_of_change(claims, spoken, code)
    published = [_less_if_changed(one, changed) for one in first_counts(_dates(claims, "date", spoken, code))]
    return published + _shown_instead(published, changed) if published else changed


def dates_of_change(claims: Sequence[Claim], spoken: Language, code: str) -> list[Reading]:
    return list(first_counts(_dates(claims, "updated", spoken, code)))


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
    return reading.claim.evidence.startswith(_SHOWN) and not reading.claim.evidence.endswith(FAR)


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
