"""A heading that ends in a colon.

What it does
    Takes the colon away.

Why
    The colon led over to a text under a line of bold; a heading does that by being one. In contents it is noise.

Example
    "Some Title:" becomes "Some Title".

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Heading, Inlines, Link, Styled, Text
from convert.rule import Phase, Rule, Safety
from convert.walk import joined, leaves, plain

_CONFIDENCE = 0.95
_COLONS = ":："


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for span, block in leaves(document):
        if isinstance(block, Heading) and plain(block).rstrip().endswith(tuple(_COLONS)):
            children = _without_colon(block.children)
            if plain(children).strip():
                yield Edit(span, (replace(block, children=children),), "the heading ends in a colon", _CONFIDENCE)


def _without_colon(children: Inlines) -> Inlines:
    """The nodes without the colon that the last words end in."""
    *before, last = children
    match last:
        case Text(text):
            last = Text(text.rstrip().rstrip(_COLONS).rstrip())
        case Styled() | Link() if last.children:
            last = replace(last, children=_without_colon(last.children))
    shown = () if not plain(last) else (last,)
    return joined(tuple(before), shown) if shown or not before else _trimmed(tuple(before))


def _trimmed(children: Inlines) -> Inlines:
    *before, last = children
    return joined(tuple(before), (Text(last.text.rstrip()),)) if isinstance(last, Text) else children


RULE = Rule("HEAD104", "colon-after-heading", Phase.STRUCTURE, check, Safety.SAFE, ("HEAD103",))
