"""The ledger as a file: JSON Lines, one record a line, with the balance of words at the end.

{"ledger": 1, "source": ..., "sha256": ..., "version": ..., "editions": ...}   the head
{"id": ..., "code": ..., "place": ..., "before": ..., "after": ...}    one line an edit or finding
{"balance": {"read": ..., "removed": ..., "added": ..., "cleaned": ...}}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convert.__about__ import VERSION
from convert.edit import Outcome, Record
from convert.engine import Cleaned
from convert.model import Blocks, Document
from convert.place import EDITIONS
from convert.walk import dump, plain
from convert.words import word_count

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Balance:
    """The words of the document as read and as cleaned, and those that applied edits took and gave."""

    read: Counter[str]
    removed: Counter[str]
    added: Counter[str]
    cleaned: Counter[str]

    @property
    def is_even(self) -> bool:
        """Whether every word is accounted for: what was read, less what edits took, plus what they gave, is what
        there is."""
        return self.read + self.added == self.cleaned + self.removed


def balance(cleaned: Cleaned) -> Balance:
    """The books of a cleaning."""
    removed: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for record in cleaned.ledger:
        if record.outcome is Outcome.APPLIED:
            before, after = _count(record.before), _count(record.after or ())
            removed += before - after
            added += after - before
    return Balance(_document_count(cleaned.original), removed, added, _document_count(cleaned.document))


def _count(blocks: Blocks) -> Counter[str]:
    return word_count(plain(blocks)) if blocks else Counter()


def _document_count(document: Document) -> Counter[str]:
    return word_count(plain(document))


def ledger_lines(cleaned: Cleaned, sha256: str, editions: Mapping[str, str]) -> bytes:
    """The ledger file (UTF-8).

    `sha256` is that of the source's bytes, `editions` the files that were made with it and theirs, in hexadecimal.
    """
    head: dict[str, Any] = {
        "ledger": FORMAT_VERSION,
        "source": cleaned.document.source,
        "sha256": sha256,
        "version": VERSION,
        EDITIONS: dict(editions),
    }
    books = balance(cleaned)
    tail = {
        "balance": {
            "read": books.read.total(),
            "removed": books.removed.total(),
            "added": books.added.total(),
            "cleaned": books.cleaned.total(),
        }
    }
    lines = (head, *map(record_json, cleaned.ledger), tail)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def record_json(record: Record) -> dict[str, Any]:
    """A record as plain values. Blocks are in the golden form of `walk.dump`."""
    return {
        "id": record.id,
        "code": record.code,
        "name": record.name,
        "place": record.place,
        "outcome": str(record.outcome),
        "confidence": record.confidence,
        "reason": record.reason,
        "before": dump(record.before) if record.before else "",
        "after": None if record.after is None else dump(record.after) if record.after else "",
        "facts": [{str(fact.key): fact.value} for fact in record.facts],
    }
