"""A rule: one fault, one code, one file. Rules propose edits and do nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from convert.config import Config
from convert.edit import Edit
from convert.model import Document


class Phase(StrEnum):
    """What a rule works on, and the folder that it stands in."""

    PAGE = "page"  # what the site or the printer added, and the facts that it states
    STRUCTURE = "structure"  # paragraphs, headings, levels
    TEXT = "text"  # characters, spaces, escapes
    CHECK = "check"  # what no edit can mend


class Safety(StrEnum):
    SAFE = "safe"  # keeps every visible word, in the text or in the metadata
    UNSAFE = "unsafe"  # may remove words


Check = Callable[[Document, Config], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` is family and number (JOIN101), never used again for another fault; `name` names the fault."""

    code: str
    name: str
    phase: Phase
    check: Check
    safety: Safety
    runs_after: tuple[str, ...] = ()
    once: bool = False  # weighs the page as it came; on its own result it would see another page

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")
