"""What a rule proposes (`Edit`) and what became of it (`Record`)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from convert.facts import Fact
from convert.model import Blocks
from convert.walk import Span, plain
from convert.words import letters


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposal: this run of blocks becomes those blocks, for this reason.

    `after` is the replacement; `()` removes; `None` changes nothing and reports. An empty span (start equal to
    stop) inserts, or only supplies facts. `reason` is a sentence with the evidence, which the person whose text
    it is can check. `confidence` runs from 0 to 1.
    """

    target: Span
    after: Blocks | None
    reason: str
    confidence: float
    facts: tuple[Fact, ...] = ()


class Outcome(StrEnum):
    APPLIED = "applied"
    DECLINED = "declined"
    FOUND = "found"  # a finding: nothing to apply


class Verdict(StrEnum):
    """A person's answer to an edit."""

    APPLY = "apply"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the ledger: an edit and what became of it."""

    id: str
    code: str
    name: str
    source: str
    place: str
    outcome: Outcome
    confidence: float
    reason: str
    before: Blocks
    after: Blocks | None
    facts: tuple[Fact, ...] = ()


def record_id(code: str, place: str, before: Blocks, after: Blocks | None, facts: Sequence[Fact]) -> str:
    """The name of an edit, the same on every run as long as the source and the rule propose the same.

    It is made of the rule, the place and the letters before and after, so that an answer to it still holds when another
    rule has changed the level or the emphasis of the same words.
    """
    facts_text = "\n".join(f"{fact.key}={fact.value}" for fact in facts)
    texts = (letters(plain(before)), "" if after is None else letters(plain(after)))
    identity = "\0".join((code, place, *texts, facts_text))
    return hashlib.sha256(identity.encode()).hexdigest()[:10]
