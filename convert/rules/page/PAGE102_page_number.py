"""A page number stands between the paragraphs.

What it does
    Removes it, and leaves a page break in its place.

Why
    It numbers pages that are gone, in the middle of sentences.

Example
    "3" between "... where the fish are, not" and "on the inner one" goes.

Known problems
    The pages numbers themselves are not checked for gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from convert.config import Config
from convert.edit import Edit
from convert.model import Blocks, Break, BreakKind, Document, Heading, Paragraph
from convert.page_numbers import PageNumber, page_number
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_sentence
from convert.walk import TOP, Span, plain

_SAYS_SO = 0.95
_IN_SEQUENCE = 0.9
_PAIR = 0.75
_AT_PAGE_END = 0.85
_CUTS_SENTENCE = 0.8
_ALONE = 0.4

_LONG_SEQUENCE = 3
"""From so many growing numbers on the sequence alone tells that they are pages."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    found = [
        (index, number)
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph | Heading) and (number := page_number(plain(block))) is not None
    ]
    growing = _growing([number for _, number in found])
    for index, number in found:
        confidence, reason = _weighed(blocks, index, number, growing)
        after: Blocks = (Break(kind=BreakKind.PAGE, mark=plain(blocks[index]).strip(), origin=blocks[index].origin),)
        yield Edit(Span(TOP, index, index + 1), after, reason, confidence)


def _growing(numbers: list[PageNumber]) -> int:
    """How many numbers there are, if each is larger than the one before; else none count."""
    values = [number.number for number in numbers if number.number is not None]
    return len(values) if all(a < b for a, b in pairwise(values)) else 0


def _weighed(blocks: Blocks, index: int, number: PageNumber, growing: int) -> tuple[float, str]:
    if number.says_so:
        return _SAYS_SO, "a line of the printed page that numbers it"
    if growing >= _LONG_SEQUENCE:
        return _IN_SEQUENCE, f"a number alone, one of {growing} that grow through the text"
    before = blocks[index - 1] if index else None
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if any(isinstance(block, Break) and block.kind is BreakKind.PAGE for block in (before, after)):
        return _AT_PAGE_END, "a number alone where a page ends"
    if isinstance(before, Paragraph) and not ends_sentence(plain(before)):
        return _CUTS_SENTENCE, "a number alone in the middle of a sentence"
    return (_PAIR if growing == 2 else _ALONE), "a number alone"


RULE = Rule("PAGE102", "page-number", Phase.PAGE, check, Safety.UNSAFE, ("PAGE101",))
