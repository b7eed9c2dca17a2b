"""A note on the author stands in the text.

What it does
    Marks it as the note on the author, which every edition sets after the article under a heading of its own;
    removes the heading that the page gave it.

Why
    It is worth keeping, and is no section of the article.

Example
    "Ann Lee is a reporter who covers harbours." after the last section.

Known problems
    A note that does not start with a name of the byline, and stands under no heading, is taken for text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Blocks, Break, Document, Heading, Paragraph, Raw, Role
from convert.notices import goes_on_about, in_tail, is_about_heading, is_biography
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain

_BY_NAME = 0.92
_UNDER_HEADING = 0.9
_IN_HEAD = 0.5


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks, authors = document.blocks, document.meta.authors
    spoken = language(document.meta.language)
    tail = in_tail(blocks, authors, spoken)
    for index, block in enumerate(blocks):
        span = Span(TOP, index, index + 1)
        if isinstance(block, Heading | Paragraph) and is_about_heading(plain(block), spoken, authors):
            yield from _under_heading(document, index, tail, spoken)
        elif isinstance(block, Paragraph) and block.role is Role.BODY and is_biography(plain(block), authors, spoken):
            confidence = _BY_NAME if index >= tail else _IN_HEAD
            where = "after the article" if index >= tail else "but inside the article"
            after: Blocks = (replace(block, role=Role.ABOUT),)
            yield Edit(span, after, f"starts with an author's name and says what the author does, {where}", confidence)


def _under_heading(document: Document, index: int, tail: int, spoken: Language) -> Iterator[Edit]:
    blocks = document.blocks
    stop = index + 1
    while stop < len(blocks) and _is_note(blocks, stop, index, spoken):
        stop += 1
    notes = [block for block in blocks[index + 1 : stop] if isinstance(block, Paragraph)]
    if notes and (stop >= tail or is_biography(plain(notes[0]), document.meta.authors, spoken)):
        after: Blocks = tuple(replace(block, role=Role.ABOUT) for block in notes)
        yield Edit(
            Span(TOP, index, stop),
            after,
            "stands under a heading that says that it is about the author",
            _UNDER_HEADING,
        )


def _is_note(blocks: Blocks, index: int, heading: int, spoken: Language) -> bool:
    block = blocks[index]
    if isinstance(block, Break | Raw):
        return index == heading + 1
    return isinstance(block, Paragraph) and (block.role is Role.ABOUT or goes_on_about(plain(block), spoken))


RULE = Rule("NOTE101", "biography-in-text", Phase.PAGE, check, Safety.SAFE, ("JOIN101", "META102"))
