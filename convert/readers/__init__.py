"""Readers: one file a format. A reader turns bytes into a document and knows no rule and no writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from convert.errors import InputError
from convert.model import Document
from convert.readers.decode import decode
from convert.readers.markdown import read_markdown
from convert.readers.text import read_text

Reader = Callable[[str, str], Document]
"""Takes the decoded text and the name of the source; gives the document. Bad content is never an error."""

READERS: Mapping[str, Reader] = {
    "markdown": read_markdown,
    "text": read_text,
}

SUFFIXES: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".txt": "text",
    ".text": "text",
}


def read_bytes(data: bytes, name: str, format: str | None = None) -> Document:  # noqa: A002
    """Reads a source.

    `name` is shown in messages and in the ledger; its suffix gives the format where `format` (a key of READERS)
    does not. Raises InputError where the bytes hold no text or the format is not read.
    """
    chosen = format or format_of(name)
    if chosen not in READERS:
        raise InputError(f'"{chosen}" is not a format that is read', where=name, hint=f"Formats: {', '.join(READERS)}.")
    return READERS[chosen](decode(data, name), name)


def format_of(name: str) -> str:
    """The format that a file's name says. Raises InputError where it says none that is read."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if suffix not in SUFFIXES:
        raise InputError(
            "The file's name does not say a format that is read",
            where=name,
            hint=f"Rename it ({', '.join(SUFFIXES)}) or say the format with --from {'|'.join(READERS)}.",
        )
    return SUFFIXES[suffix]
