"""A page number stands between the paragraphs.

What it does
    Removes it, and leaves a page break in its place; also what a browser prints above and below a page (time,
    title, address), and "continued on page 3".

Why
    It numbers pages that are gone, in the middle of sentences.

Example
    "3" between "... where the fish are, not" and "on the inner one" goes.

Known problems
    Bare numbers none of which cuts a sentence are taken for numbers of sections, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Blocks, Break, BreakKind, Document, Heading, Meta, Paragraph
from convert.page_numbers import PageNumber, Says, in_sequence, page_number
from convert.phrases import tokens
from convert.rule import Phase, Rule, Safety
from convert.rules.page.edge_lines import cut_edges
from convert.walk import TOP, Span, plain
from convert.words import alike
from convert.zones import block_at, cuts_sentence

_SAYS_SO = 0.95
_IN_SEQUENCE = 0.9
_AT_PAGE_END = 0.85
_CUTS_SENTENCE = 0.8
_REPEATED = 0.9
_AT_EDGE = 0.9
_LONE_HEADING = 0.5
_ALONE = 0.4

_MIN_AT_PAGE_END = 0.25
"""Share of the numbers of a sequence that must stand where a page ends or cut a sentence. On pages of running text
more than half of them do; the numbers of chapters, places in a list or slides do so by chance only."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    found = [
        _Candidate(index, number)
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph | Heading) and (number := page_number(plain(block))) is not None
    ]
    members = _pages(blocks, found, spoken)
    for place, candidate in enumerate(found):
        index = candidate.index
        confidence, reason = _weighed(blocks, candidate, document.meta, spoken, is_member=place in members)
        yield _edit(blocks, index, reason, confidence)
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph | Heading) and _is_continued(plain(block), spoken):
            yield _edit(blocks, index, "says where the printed text goes on", _SAYS_SO)
        elif isinstance(block, Paragraph):
            yield from _edge_edits(block, index, document.meta)


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: PageNumber


def _edit(blocks: Blocks, index: int, reason: str, confidence: float) -> Edit:
    block = blocks[index]
    return Edit(
        Span(TOP, index, index + 1),
        (Break(kind=BreakKind.PAGE, mark=plain(block).strip(), origin=block.origin),),
        reason,
        confidence,
    )


def _edge_edits(block: Paragraph, index: int, meta: Meta) -> Iterator[Edit]:
    """An edit for a paragraph that starts or ends with lines of the print."""
    rest, start, stop = cut_edges(block, lambda line: _is_sure(line, meta))
    if not start and not stop:
        return
    breaks = [(Break(kind=BreakKind.PAGE, mark=mark, origin=block.origin),) if mark else () for mark in (start, stop)]
    reason = f"“{start or stop}”, a line of the printed page that was taken for one of the paragraph"
    yield Edit(Span(TOP, index, index + 1), (*breaks[0], rest, *breaks[1]), reason, _AT_EDGE)


def _is_sure(line: str, meta: Meta) -> bool:
    number = page_number(line)
    if number is None:
        return False
    return number.says is Says.PAGE or (number.says is Says.PRINT and _names_the_page(line, meta))


def _pages(blocks: Blocks, found: list[_Candidate], spoken: Language) -> set[int]:
    """The places of the candidates that count upwards, if enough of them stand where a page ends."""
    members = in_sequence([one.number.number for one in found])
    ends = sum(_is_page_end(blocks, found[place].index, spoken) for place in members)
    return members if len(members) >= 2 and ends and ends >= _MIN_AT_PAGE_END * len(members) else set()


def _is_page_end(blocks: Blocks, index: int, spoken: Language) -> bool:
    return _has_break(blocks, index) or _is_in_sentence(blocks, index, spoken)


def _has_break(blocks: Blocks, index: int) -> bool:
    around = (block_at(blocks, index - 1), block_at(blocks, index + 1))
    return any(isinstance(block, Break) and block.kind is BreakKind.PAGE for block in around)


def _is_in_sentence(blocks: Blocks, index: int, spoken: Language) -> bool:
    return cuts_sentence(block_at(blocks, index - 1), block_at(blocks, index + 1), spoken)


def _weighed(
    blocks: Blocks, candidate: _Candidate, meta: Meta, spoken: Language, *, is_member: bool
) -> tuple[float, str]:
    index, number = candidate.index, candidate.number
    if is_member:
        return _IN_SEQUENCE, "one of several numbers that count the pages"
    if _has_break(blocks, index):
        return _AT_PAGE_END, "a number where a page ends"
    if _is_in_sentence(blocks, index, spoken):
        return _CUTS_SENTENCE, "a number in the middle of a sentence"
    if number.says is Says.PRINT:
        return (_REPEATED if _is_print(blocks, index, meta) else _ALONE), "a time and a line, as browsers print them"
    if number.says is Says.PAGE:
        is_heading = isinstance(blocks[index], Heading)
        return (_LONE_HEADING if is_heading else _SAYS_SO), "a line of the printed page that numbers it"
    return _ALONE, "a number alone"


def _is_print(blocks: Blocks, index: int, meta: Meta) -> bool:
    """Whether a line with a time names the page or comes again."""
    text = alike(plain(blocks[index]))
    again = sum(isinstance(block, Paragraph | Heading) and alike(plain(block)) == text for block in blocks)
    return again >= 2 or _names_the_page(text, meta)


def _names_the_page(text: str, meta: Meta) -> bool:
    said = alike(text)
    return any(name and alike(name) in said for name in (meta.title, meta.publisher))


def _is_continued(text: str, spoken: Language) -> bool:
    found = tokens(text)
    return any(match.start == 0 and match.stop == len(found) for _, match in spoken.continued.find(found))


RULE = Rule("PAGE102", "page-number", Phase.PAGE, check, Safety.UNSAFE, ("PAGE101",))
