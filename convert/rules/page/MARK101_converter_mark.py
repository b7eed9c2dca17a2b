"""A mark that the program left which made Markdown of a PDF: a page separator, a place holder, an anchor.

What it does
    Turns what stands between pages into a page break, which the joining rules use as evidence and which is
    never shown; removes place holders of images and anchors of pages.

Why
    They tell of the layout of a PDF that the reader does not have, and stand in the middle of sentences.

Example
    "<!-- image -->", "<span id="page-3-0"></span>" and "{12}-----" go.

Known problems
    The five hyphens that some programs put between pages are a thematic break in hand-written Markdown; they are
    taken for a page separator only where they cut a sentence or come often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Blocks, Break, BreakKind, Document, Inlines, Link, Paragraph, Raw, RawInline, Styled
from convert.program_marks import is_page_mark, is_place_holder
from convert.rule import Phase, Rule, Safety
from convert.rules.page.edge_lines import cut_edges
from convert.sentences import ends_sentence
from convert.walk import Span, joined, leaves, plain, sequences

_SURE = 0.95
_LIKELY = 0.75
_UNLIKELY = 0.4
_OFTEN = 4
"""From so many five-hyphen lines on they are taken for page separators: essays have up to three such breaks."""

_SEPARATORS = ("-----", "------")
"""Five hyphens, which pymupdf4llm puts between pages; markdown-it's token has one more than the source."""

_ANCHOR = re.compile(
    r"<(?:span|a|div)\b[^>]*\b(?:id|name)=\"?page[-_]?\d[\w-]*\"?[^>]*>\s*</?(?:span|a|div)?[^>]*>$|<(?:span|a)\b[^>]*></(?:span|a)>$",
    re.IGNORECASE,
)


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            span = Span(path, index, index + 1)
            match block:
                case Raw(format="html", text=text):
                    yield from _mark_edit(span, text, block)
                case Paragraph():
                    yield from _mark_edit(span, plain(block), block)
                case Break(kind=BreakKind.THEMATIC, mark=mark) if mark in _SEPARATORS:
                    yield _separator_edit(span, blocks, index)
    yield from _anchor_edits(document)


def _mark_edit(span: Span, text: str, block: Block) -> Iterator[Edit]:
    if is_page_mark(text):
        after: Blocks = (Break(kind=BreakKind.PAGE, mark=text.strip(), origin=block.origin),)
        yield Edit(span, after, "a program's mark between two pages", _SURE)
    elif is_place_holder(text):
        yield Edit(span, (), "a program's place holder for something that it left out", _SURE)
    elif isinstance(block, Paragraph):
        rest, start, stop = cut_edges(block, lambda line: is_place_holder(line) or is_page_mark(line))
        if start or stop:
            yield Edit(span, (rest,), f"“{start or stop}”, which a program put there", _SURE)


def _separator_edit(span: Span, blocks: Blocks, index: int) -> Edit:
    after: Blocks = (Break(kind=BreakKind.PAGE, mark="-----", origin=blocks[index].origin),)
    before = blocks[index - 1] if index else None
    if isinstance(before, Paragraph) and not ends_sentence(plain(before)):
        return Edit(span, after, "five hyphens that cut a sentence, as PDF converters part pages", _SURE)
    often = sum(isinstance(block, Break) and block.mark in _SEPARATORS for block in blocks)
    confidence = _LIKELY if often >= _OFTEN else _UNLIKELY
    return Edit(span, after, f"five hyphens, {often} times in the text, as PDF converters part pages", confidence)


def _anchor_edits(document: Document) -> Iterator[Edit]:
    for span, block in leaves(document):
        children = _without_anchors(block.children)
        if children != block.children:
            yield Edit(span, (replace(block, children=children),), "an anchor that a program set for a page", _SURE)


def _without_anchors(children: Inlines) -> Inlines:
    kept = []
    for node in children:
        if isinstance(node, RawInline) and (_ANCHOR.match(node.text) or is_place_holder(node.text)):
            continue
        kept.append(
            replace(node, children=_without_anchors(node.children)) if isinstance(node, Styled | Link) else node
        )
    return joined(tuple(kept))


RULE = Rule("MARK101", "converter-mark", Phase.PAGE, check, Safety.UNSAFE)
