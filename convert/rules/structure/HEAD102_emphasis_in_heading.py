"""A heading that is wholly in bold or italics.

What it does
    Takes the emphasis away and keeps the words. A word of the heading that is emphasised among others stays so.

Why
    A heading is set by the theme; bold in bold is noise, in the contents too.

Example
    "### **Some Title**" becomes "### Some Title".

Known problems
    A heading that is a work's title in italics loses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Heading, Inlines, Style, Styled
from convert.rule import Phase, Rule, Safety
from convert.walk import joined, leaves, plain

_WHOLLY = 0.95
_STYLES = (Style.STRONG, Style.EMPHASIS, Style.UNDERLINE)


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for span, block in leaves(document):
        if isinstance(block, Heading):
            children = _without_outer_style(block.children)
            if children != block.children:
                yield Edit(span, (replace(block, children=children),), "the whole heading is emphasised", _WHOLLY)


def _without_outer_style(children: Inlines) -> Inlines:
    """The nodes without a style that covers all of their words."""
    styled = [node for node in children if isinstance(node, Styled) and node.style in _STYLES]
    rest = [node for node in children if node not in styled]
    if not styled or any(plain(node).strip(" :.") for node in rest):
        return children
    return joined(*(node.children if isinstance(node, Styled) and node in styled else (node,) for node in children))


RULE = Rule("HEAD102", "emphasis-in-heading", Phase.STRUCTURE, check, Safety.SAFE, ("HEAD101",))
