"""Markup that shows no words: a comment, an empty element, an entry of the front matter that nothing uses.

What it does
    Removes it. Its text stands in the ledger.

Why
    An edition has no use for it, and a script or a tracker may hide in it.

Example
    "<!-- wp:paragraph -->" goes.

Known problems
    A comment that an author left on purpose is not kept in the Markdown edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Image, Inlines, Link, Paragraph, Raw, RawInline, Styled
from convert.rule import Phase, Rule, Safety
from convert.walk import Span, inlines_in, joined, plain, sequences

_CONFIDENCE = 0.9


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            span = Span(path, index, index + 1)
            if isinstance(block, Raw):
                what = (
                    "an entry of the front matter that no edition uses"
                    if block.format == "yaml"
                    else "markup without words"
                )
                yield Edit(span, (), what, _CONFIDENCE)
            elif isinstance(block, Paragraph) and _is_empty(block):
                yield Edit(span, (), "a paragraph without words", _CONFIDENCE)
            elif isinstance(block, Paragraph) and any(
                isinstance(node, RawInline) for node in inlines_in(block.children)
            ):
                after = replace(block, children=_without_raw(block.children))
                yield Edit(span, (after,), "markup without words", _CONFIDENCE)


def _is_empty(block: Paragraph) -> bool:
    shown = any(isinstance(node, Image) for node in inlines_in(block.children))
    return not plain(block).strip() and not shown


def _without_raw(children: Inlines) -> Inlines:
    return joined(
        tuple(
            replace(node, children=_without_raw(node.children)) if isinstance(node, Styled | Link) else node
            for node in children
            if not isinstance(node, RawInline)
        )
    )


RULE = Rule("MARK102", "markup-without-words", Phase.PAGE, check, Safety.UNSAFE, ("MARK101",))
