"""A running head or foot of the printed page stands between the paragraphs.

What it does
    Removes lines that come again and again where pages meet, and leaves a page break in their place.

Why
    They cut sentences in two, and are furniture of a page that is gone.

Example
    "Harbour Post | Mud, Gulls and Money", four times between the halves of sentences, goes.

Known problems
    A refrain that starts with a capital, ends without a full stop and comes three times, once in the middle of a
    sentence, is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Block, Blocks, Break, BreakKind, Document, Heading, Paragraph
from convert.page_numbers import PageNumber, Says, page_number, reads_like_number
from convert.rule import Phase, Rule, Safety
from convert.sentences import starts_lower
from convert.walk import TOP, Span, plain
from convert.words import alike, words
from convert.zones import block_at, cuts_sentence

_OFTEN_BETWEEN_PAGES = 0.92
_TWICE_IN_SENTENCES = 0.75
_NAMES_THE_PAGE = 0.85
_ONLY_REPEATED = 0.4

_MIN_WORDS_OF_NAME = 3
"""Words of the title by which a line is known to state it; running heads often cut it off."""

_MAX_WORDS = 18
"""Words of the longest running head: a title, a publisher and a page number."""

_MIN_WORDS_OF_TWO = 3
"""Words that a line has at least which is taken for a running head though it comes only twice."""

_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"https?://|www\.|\b\w+\.(?:com|org|net|ca|de|uk|gov|edu|example)\b", re.IGNORECASE)


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    groups: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        key = _key(block)
        if key:
            groups.setdefault(key, []).append(index)
    names = frozenset(alike(name) for name in (document.meta.title, document.meta.publisher) if name)
    repeated = {index for indexes in groups.values() if len(indexes) >= 2 for index in indexes}
    named = {index for index, block in enumerate(blocks) if _names_the_page(block, names)}
    page = _Page(blocks, names, frozenset(repeated | named), language(document.meta.language))
    for indexes in groups.values():
        if len(indexes) >= 2:
            yield from _group_edits(page, indexes)
    for index in sorted(named - repeated):
        is_title = alike(plain(blocks[index])) in names
        if _evidence(page, index) == _SURE or (index in (0, len(blocks) - 1) and not is_title):
            yield _edit(page, index, "a line where a page ends, with the title in it", _NAMES_THE_PAGE)


@dataclass(frozen=True, slots=True)
class _Page:
    """What a line is weighed by."""

    blocks: Blocks
    names: frozenset[str]  # the title and the publisher, as they are compared
    furniture: frozenset[int]  # the blocks that come again or state the title: what may stand beside a running head
    spoken: Language


def _key(block: Block) -> str:
    """What a line is compared by: its words, with any number like any other where it is no heading."""
    if not _is_line(block):
        return ""
    text = plain(block).strip()
    if not _ADDRESS.search(text) and (starts_lower(text) or text.endswith((".", "!", "?", "”", '"'))):
        return ""  # a line of a poem or of a dialogue
    return alike(text) if isinstance(block, Heading) else _DIGITS.sub("#", alike(text))


def _is_line(block: Block) -> bool:
    if not isinstance(block, Paragraph | Heading):
        return False
    text = plain(block).strip()
    return 0 < len(words(text)) <= _MAX_WORDS and not reads_like_number(text)


def _names_the_page(block: Block, names: frozenset[str]) -> bool:
    """Whether a line states the title or the publisher, or the first words of it: running heads cut them off."""
    if not _is_line(block) or plain(block).rstrip().endswith("."):
        return False
    text = alike(plain(block))
    starts = (name.split()[:_MIN_WORDS_OF_NAME] for name in names)
    return any(len(start) == _MIN_WORDS_OF_NAME and " ".join(start) in text for start in starts)


def _group_edits(page: _Page, indexes: list[int]) -> Iterator[Edit]:
    blocks = page.blocks
    evidence = [_evidence(page, index) for index in indexes]
    count, sure, likely = len(indexes), evidence.count(_SURE), len(indexes) - evidence.count(_NONE)
    text = alike(plain(blocks[indexes[0]]))
    if count >= 3 and sure and 2 * likely >= count:
        confidence, why = _OFTEN_BETWEEN_PAGES, f"{likely} times where a page ends or a sentence is cut"
    elif sure and likely == count and len(words(text)) >= _MIN_WORDS_OF_TWO:
        confidence, why = _TWICE_IN_SENTENCES, "each time where a page ends or a sentence is cut"
    elif count < 3 or any(_heads_text(blocks, index) for index in indexes):
        return
    elif _names_the_page(blocks[indexes[0]], page.names) and not any(text in name for name in page.names):
        confidence, why = _NAMES_THE_PAGE, "with the title or the publisher and more in it"
    else:
        confidence, why = _ONLY_REPEATED, "but nothing else tells a page's end there"
    for index in indexes:
        yield _edit(page, index, f"the same line {count} times, {why}", confidence)


def _edit(page: _Page, index: int, reason: str, confidence: float) -> Edit:
    after: Blocks = (Break(kind=BreakKind.PAGE, mark="running head", origin=page.blocks[index].origin),)
    return Edit(Span(TOP, index, index + 1), after, reason, confidence)


_NONE, _LIKELY, _SURE = range(3)


def _evidence(page: _Page, index: int) -> int:
    """How much tells that a page ends at a line: a page break, a line that numbers a page and a sentence that goes on
    behind it are sure; a bare number, or the start or end of the text, may be anything's."""
    start, before_numbers = _skip(page, index, -1)
    stop, after_numbers = _skip(page, index, 1)
    numbers = (*before_numbers, *after_numbers)
    before, after = block_at(page.blocks, start), block_at(page.blocks, stop)
    is_break = any(isinstance(block, Break) and block.kind is BreakKind.PAGE for block in (before, after))
    if is_break or cuts_sentence(before, after, page.spoken) or any(one.says is Says.PAGE for one in numbers):
        return _SURE
    return _LIKELY if numbers or before is None or after is None else _NONE


def _skip(page: _Page, index: int, step: int) -> tuple[int, list[PageNumber]]:
    """The first place before or after a line that is no furniture, and the page numbers on the way to it."""
    numbers = []
    place = index + step
    for _ in range(_MAX_LINES):
        block = block_at(page.blocks, place)
        number = page_number(plain(block)) if isinstance(block, Paragraph | Heading) else None
        if number is not None:
            numbers.append(number)
        elif place not in page.furniture:
            break
        place += step
    return place, numbers


_MAX_LINES = 4
"""Lines that the head and the foot of two pages have between them: two running heads, an address, a number."""


def _heads_text(blocks: Blocks, index: int) -> bool:
    return isinstance(blocks[index], Heading) and isinstance(block_at(blocks, index + 1), Paragraph)


RULE = Rule("PAGE101", "running-head", Phase.PAGE, check, Safety.UNSAFE, ("META101", "MARK101"))
