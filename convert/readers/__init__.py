"""Readers: one file a format. A reader turns bytes into a document and knows no rule and no writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from convert.errors import InputError
from convert.model import Document
from convert.readers.decode import decode
from convert.readers.eml import read_eml
from convert.readers.feed import read_feed
from convert.readers.given import Input
from convert.readers.markdown import read_markdown
from convert.readers.mhtml import read_mhtml
from convert.readers.packages import form_of
from convert.readers.pandoc import (
    read_docx,
    read_epub,
    read_latex,
    read_mediawiki,
    read_odt,
    read_org,
    read_rst,
    read_rtf,
)
from convert.readers.saved_page import read_page
from convert.readers.sniff import format_in
from convert.readers.text import read_text

if TYPE_CHECKING:
    from convert.sites.rule import Sites

Reader = Callable[[Input], Document]
"""Gives the document of a source. Bad content is never an error; bytes that are no text of the format are."""


def _of_text(read: Callable[[str, str], Document]) -> Reader:
    """A reader of bytes made of one of text: a function of the decoded text and the source's name."""
    return lambda given: read(decode(given.data, given.name, given.charset), given.name)


READERS: Mapping[str, Reader] = {
    "markdown": _of_text(read_markdown),
    "text": _of_text(read_text),
    "html": read_page,
    "mhtml": read_mhtml,
    "eml": read_eml,
    "feed": read_feed,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "epub": read_epub,
    "latex": read_latex,
    "rst": read_rst,
    "org": read_org,
    "mediawiki": read_mediawiki,
}

SUFFIXES: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".txt": "text",
    ".text": "text",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "eml",
    ".rss": "feed",
    ".atom": "feed",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".tex": "latex",
    ".latex": "latex",
    ".rst": "rst",
    ".org": "org",
    ".mediawiki": "mediawiki",
    ".wiki": "mediawiki",
}


def read_bytes(
    data: bytes,
    name: str,
    format: str | None = None,  # noqa: A002
    *,
    url: str = "",
    charset: str = "",
    path: Path | None = None,
    item: int = 0,
    sites: Sites | None = None,
) -> Document:
    """Reads a source.

    `name` is shown in messages and in the ledger; its suffix gives the format where `format` (a key of READERS)
    does not. `url` is the address of the page and `charset` what its server said of the encoding, where known; `path`
    is where the file stands, and `item` which article of several in it is meant, counted from 1; `sites` gives the
    site rule of a web page. Raises InputError where the bytes hold no text or the format is not read, and ConfigError
    for a site rule that is broken.
    """
    chosen = format or format_of(path.name if path else name, data)
    if chosen not in READERS:
        raise InputError(f'"{chosen}" is not a format that is read', where=name, hint=f"Formats: {', '.join(READERS)}.")
    form = form_of(data)
    if form and form.format != chosen:
        hint = f"Read it with --from {form.format}." if form.format else form.hint
        raise InputError(f"The file is {form.words}, not {chosen}", where=name, hint=hint)
    document = READERS[chosen](Input(data, name, url, charset, path, item, sites))
    return replace(document, meta=replace(document.meta, url=url)) if url and not document.meta.url else document


def format_of(name: str, data: bytes = b"") -> str:
    """The format that a file's name says, or else its first bytes. Raises InputError where neither says one."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if suffix not in SUFFIXES:
        found = format_in(data)
        if found:
            return found
        form = form_of(data)
        said = f"The file is {form.words}" if form else "The file's name does not say a format that is read"
        raise InputError(
            said,
            where=name,
            hint=(form.hint if form else "")
            or f"Rename it ({', '.join(SUFFIXES)}) or say the format with --from {'|'.join(READERS)}.",
        )
    return SUFFIXES[suffix]
