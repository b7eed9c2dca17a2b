"""A paragraph whose lines end where the lines of the source did.

What it does
    Makes one line of them. Short lines that each start with a capital are verse, and stay lines.

Why
    The width of a terminal or a printed column is not the width of a page or a screen.

Example
    A paragraph of eight lines of 78 characters becomes one line.

Known problems
    An address without commas, in more than three lines, is taken for verse; that keeps its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Inlines, LineBreak, Styled, Text
from convert.rule import Phase, Rule, Safety
from convert.walk import inlines_in, joined, leaves, lines, map_text

_WRAPPED = 0.95
_VERSE = 0.8

_MIN_VERSE_LINES = 4
_MAX_VERSE_LINE = 60
"""Characters of the longest line of verse; the lines of prose are wrapped at 65 to 80."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for span, block in leaves(document):
        if not any(isinstance(node, Text) and "\n" in node.text for node in inlines_in(block.children)):
            continue
        found = lines(block)
        if is_verse(found):
            after = replace(block, children=_with_line_breaks(block.children))
            yield Edit(span, (after,), f"{len(found)} short lines that start with capitals, as verse does", _VERSE)
        else:
            after = replace(block, children=map_text(block.children, lambda text: text.replace("\n", " ")))
            yield Edit(span, (after,), f"{len(found)} lines of one paragraph", _WRAPPED)


def is_verse(found: list[str]) -> bool:
    """Whether lines are such as a poet ends them."""
    return (
        len(found) >= _MIN_VERSE_LINES
        and all(len(line) <= _MAX_VERSE_LINE for line in found)
        and all(line.lstrip("\"'“‘ ")[:1].isupper() for line in found)
    )


def _with_line_breaks(children: Inlines) -> Inlines:
    made: list[Inlines] = []
    for node in children:
        if isinstance(node, Text):
            first, *rest = node.text.split("\n")
            made.append((Text(first),))
            made.extend((LineBreak(), Text(line)) for line in rest)
        elif isinstance(node, Styled):
            made.append((replace(node, children=_with_line_breaks(node.children)),))
        else:
            made.append((node,))
    return joined(*made)


RULE = Rule("JOIN103", "lines-wrapped-hard", Phase.STRUCTURE, check, Safety.SAFE, ("JOIN102", "META104"))
