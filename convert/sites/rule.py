"""A site rule: what all forms of it are read into."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

MAX_FILE = 1_000_000
"""Bytes of the longest rule that is read; the longest of those that are shared has 40,000."""

MAX_SELECTOR = 4_000
"""Characters of the longest selector. Longer ones are not written by people."""


class Kind(StrEnum):
    CSS = "css"
    XPATH = "xpath"


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector of a rule. `said` is how the ledger names it: the key and the selector as the file writes them."""

    key: str  # "keep", "drop", "title", "author", "date" or "next_page"
    kind: Kind
    expression: str
    said: str
    line: int = 0  # where it stands in its file; 0 where that is not known

    @property
    def is_quick(self) -> bool:
        """Whether it is evaluated in a time that grows with the page alone, so that no limit is needed."""
        if self.kind is not Kind.CSS:
            return False
        return "(" not in self.expression and len(_STEPS.findall(_QUOTED.sub('""', self.expression))) <= _MAX_STEPS


_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_STEPS = re.compile(r"(?<![>+~,\s])\s+(?![>+,\s])|~(?!=)")
"""The combinators for which every element around, or before, may have to be tried."""

_MAX_STEPS = 1


@dataclass(frozen=True, slots=True)
class Check:
    """What must be true of the article of one saved page."""

    page: Path | None = None  # the file of the page
    address: str = ""  # of the page; of one whose file is not named, to find it by
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is known of the pages of a site. Of each key's selectors the first counts that finds something, but of
    `drop` all."""

    path: Path
    hosts: tuple[str, ...]  # "example.org", which is "www.example.org" too; "*.example.org" for all below it
    selectors: tuple[Selector, ...] = ()
    checks: tuple[Check, ...] = ()
    passed_over: tuple[str, ...] = ()  # what the file asks for and is not done: "http_header (line 3)"

    @property
    def name(self) -> str:
        """As the ledger calls it."""
        return f"site rule {self.path.name}"

    def of(self, *keys: str) -> tuple[Selector, ...]:
        return tuple(selector for selector in self.selectors if selector.key in keys)

    def place_of(self, selector: Selector) -> str:
        """Where a selector stands, for messages."""
        return f"{self.path}, line {selector.line}" if selector.line else str(self.path)


Sites: TypeAlias = Callable[[str], SiteRule | None]
"""Gives the rule of the site that an address belongs to."""
