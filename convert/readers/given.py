"""What a reader is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convert.sites.rule import Sites


@dataclass(frozen=True, slots=True)
class Input:
    """One source before it is read."""

    data: bytes
    name: str  # as messages and the ledger call it
    url: str = ""  # the address of the page, where it is known
    charset: str = ""  # what the server said of the encoding
    path: Path | None = None  # where it stands, for a saved page with a folder of files beside it
    item: int = 0  # which article of several, counted from 1; 0 where none is named
    sites: Sites | None = None  # gives what a person knows of the site of a page
