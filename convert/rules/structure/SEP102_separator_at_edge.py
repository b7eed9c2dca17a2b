"""A break beside a heading, before the text or after it.

What it does
    Removes it. A break between two paragraphs of one section stays.

Why
    The page parted its own furniture from the article with it; beside a heading it parts nothing.

Example
    The star line under the last section, after which only notices came, goes.

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Blocks, Break, BreakKind, Document, Heading, Notice, Paragraph, Role
from convert.rule import Phase, Rule, Safety
from convert.walk import Span, sequences

_CONFIDENCE = 0.9


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            if isinstance(block, Break) and block.kind is BreakKind.THEMATIC and (edge := _edge(blocks, index)):
                yield Edit(Span(path, index, index + 1), (), f"a break {edge}", _CONFIDENCE)


def _edge(blocks: Blocks, index: int) -> str:
    before = blocks[index - 1] if index else None
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if before is None or _is_apart(before):
        return "before the text"
    if after is None or _is_apart(after):
        return "after the text"
    if isinstance(before, Heading) or isinstance(after, Heading):
        return "beside a heading"
    return "beside another break" if isinstance(before, Break) else ""


def _is_apart(block: Block) -> bool:
    """Whether a block is set apart from the text by what it is."""
    return isinstance(block, Paragraph) and block.role is not Role.BODY and not isinstance(block, Notice)


RULE = Rule("SEP102", "separator-at-edge", Phase.STRUCTURE, check, Safety.SAFE, ("SEP101", "STAND101", "NOTICE105"))
