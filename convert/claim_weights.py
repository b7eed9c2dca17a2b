"""What the evidence of a web page's claims is worth: the tables of data/page_claims.toml, and how they are applied."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from convert.model import Claim

ADDRESS = "the address of the page"
"""The evidence of what stands in the address."""

FAR = "far from the title"
"""What the evidence ends in of what stands far from the title."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as it was read: its value or values, and what it is worth."""

    values: tuple[str, ...]
    claim: Claim
    weight: float


@cache
def claim_tables() -> Mapping[str, Any]:
    text = (files("convert") / "data" / "page_claims.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4096)
def entry_of(field: str, evidence: str) -> str:
    """The entry of the data that a kind of evidence belongs to: the longest that its name starts with."""
    return max((start for start, pattern in _entries(field) if pattern.match(evidence)), key=len, default="")


@cache
def _entries(field: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = claim_tables()["weights"][field]
    return tuple((start, re.compile(re.escape(start).replace(r"\*", "[^,]*"))) for start in entries)


def weight(field: str, evidence: str) -> float:
    return float(claim_tables()["weights"][field].get(entry_of(field, evidence), 0.0))


def first_counts(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Readings of what a page shows, the nearest to the title first, each worth less than the one before it."""
    seen: dict[str, int] = {}
    for one in readings:
        evidence = one.claim.evidence
        if evidence.startswith(("JSON-LD", "meta")):
            yield one
            continue
        kind = entry_of(one.claim.field, evidence)
        worth = one.weight * _NEXT ** seen.get(kind, 0) * (_FAR if evidence.endswith(FAR) else 1.0)
        seen[kind] = seen.get(kind, 0) + 1
        yield replace(one, weight=worth)


_NEXT = 0.7
_FAR = 0.4
"""What is left of the weight of the next claim of a kind, and of one far from the title."""
