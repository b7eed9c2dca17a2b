"""The summary under the title is not told from the text.

What it does
    Marks the first paragraph as the standfirst where the page set it apart: by a break after it, by setting it
    wholly in bold or italics, or by its being the description that the front matter gives.

Why
    A standfirst is set under the title, and describes the article in libraries and search.

Example
    The first paragraph, with a row of stars under it, becomes the standfirst.

Known problems
    A standfirst that the page did not set apart is the first paragraph of the lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.model import (
    Block,
    Blocks,
    Break,
    BreakKind,
    Document,
    Heading,
    Inlines,
    Meta,
    Paragraph,
    Role,
    Style,
    Styled,
)
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, joined, plain
from convert.words import alike, words

_SET_APART = 0.85
_DESCRIBED = 0.95

_MIN_WORDS, _MAX_WORDS = 8, 100
"""Words of a standfirst; those seen have 15 to 60."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    if any(isinstance(block, Paragraph) and block.role is Role.STANDFIRST for block in blocks):
        return
    first = next((index for index, block in enumerate(blocks) if not isinstance(block, Break)), None)
    if first is None or not isinstance(block := blocks[first], Paragraph) or block.role is not Role.BODY:
        return
    if not _MIN_WORDS <= len(words(plain(block))) <= _MAX_WORDS:
        return
    found = _evidence(blocks, first, document.meta)
    if found:
        reason, confidence = found
        after = replace(block, role=Role.STANDFIRST, children=_without_style(block.children))
        description = " ".join(plain(block).split())
        yield Edit(Span(TOP, first, first + 1), (after,), reason, confidence, (Fact(Key.DESCRIPTION, description),))


def _evidence(blocks: Blocks, first: int, meta: Meta) -> tuple[str, float] | None:
    block = blocks[first]
    assert isinstance(block, Paragraph)
    if meta.description and alike(plain(block)) == alike(meta.description):
        return "the description in the front matter says the same", _DESCRIBED
    following = blocks[first + 1] if first + 1 < len(blocks) else None
    if _is_thematic(following) and _more_text(blocks, first + 2) and not _parts_scenes(blocks, first + 2):
        return "the first paragraph, parted from the text by a break", _SET_APART
    if _without_style(block.children) != block.children and _more_text(blocks, first + 1):
        return "the first paragraph, set wholly in bold or italics", _SET_APART
    return None


def _is_thematic(block: Block | None) -> bool:
    return isinstance(block, Break) and block.kind is BreakKind.THEMATIC


def _parts_scenes(blocks: Blocks, start: int) -> bool:
    """Whether breaks stand between the paragraphs further on too: the first then parts what they part."""
    return any(
        _is_thematic(block)
        and isinstance(before, Paragraph)
        and isinstance(after, Paragraph)
        and after.role is Role.BODY
        for before, block, after in zip(blocks[start:], blocks[start + 1 :], blocks[start + 2 :], strict=False)
    )


def _more_text(blocks: Blocks, index: int) -> bool:
    return index < len(blocks) and isinstance(blocks[index], Paragraph | Heading)


def _without_style(children: Inlines) -> Inlines:
    if children and all(isinstance(node, Styled) and node.style in (Style.STRONG, Style.EMPHASIS) for node in children):
        return joined(*(node.children for node in children if isinstance(node, Styled)))
    return children


RULE = Rule("STAND101", "standfirst-unmarked", Phase.STRUCTURE, check, Safety.SAFE, ("SEP101", "META103"))
