"""Reads plain text: paragraphs apart by empty lines, pages by form feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from convert.model import Block, Break, BreakKind, Document, Origin, Paragraph, Text

_FORM_FEED = re.compile("(\f)")


def read_text(text: str, name: str) -> Document:
    """The document of a plain text. Line ends inside a paragraph are kept as soft line breaks."""
    return Document(tuple(_blocks(text, name)), source=name)


def _blocks(text: str, name: str) -> Iterator[Block]:
    pieces = (
        (number, piece.strip(" \t"))
        for number, line in enumerate(text.split("\n"), start=1)
        for piece in _FORM_FEED.split(line)
    )
    for kind, run in groupby(pieces, key=lambda piece: piece[1] if piece[1] in ("", "\f") else "text"):
        lines = list(run)
        origin = Origin(name, lines_place(lines[0][0], lines[-1][0]))
        if kind == "\f":
            yield Break(kind=BreakKind.PAGE, mark="\f", origin=origin)
        elif kind:
            yield Paragraph((Text("\n".join(line for _, line in lines)),), origin=origin)


def lines_place(first: int, last: int) -> str:
    """A run of lines, counted from 1, as places are written."""
    return f"line {first}" if first >= last else f"lines {first}-{last}"
