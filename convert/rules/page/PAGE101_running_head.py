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
    spoken = language(document.meta.language)
    groups: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        key = _key(block)
        if key:
            groups.setdefault(key, []).append(index)
    names = {alike(name) for name in (document.meta.title, document.meta.publisher) if name}
    for indexes in groups.values():
        if len(indexes) >= 2:
            yield from _group_edits(blocks, indexes, names, spoken)
        elif _holds_name(blocks[indexes[0]], names) and _is_at_edge(blocks, indexes[0], spoken):
            yield _edit(blocks, indexes[0], "a line where a page ends, with the title in it", _NAMES_THE_PAGE)


def _is_at_edge(blocks: Blocks, index: int, spoken: Language) -> bool:
    """Whether a page ends at a block, or the text starts or ends with it."""
    return index in (0, len(blocks) - 1) or _evidence(blocks, index, spoken) == _SURE


def _holds_name(block: Block, names: set[str]) -> bool:
    """Whether a line holds the first words of the title or of the publisher, and is not the title itself."""
    text = alike(plain(block))
    starts = (name.split()[:_MIN_WORDS_OF_NAME] for name in names if name != text)
    return any(len(start) == _MIN_WORDS_OF_NAME and " ".join(start) in text for start in starts)


def _key(block: Block) -> str:
    """What a line is compared by: its words, with any number like any other where it is no heading."""
    if not isinstance(block, Paragraph | Heading):
        return ""
    text = plain(block).strip()
    found = words(text)
    if not found or len(found) > _MAX_WORDS or reads_like_number(text):
        return ""
    if not _ADDRESS.search(text) and (starts_lower(text) or text.endswith((".", "!", "?", "”", '"'))):
        return ""  # a line of a poem or of a dialogue
    return alike(text) if isinstance(block, Heading) else _DIGITS.sub("#", alike(text))


def _group_edits(blocks: Blocks, indexes: list[int], names: set[str], spoken: Language) -> Iterator[Edit]:
    evidence = [_evidence(blocks, index, spoken) for index in indexes]
    count, sure, likely = len(indexes), evidence.count(_SURE), len(indexes) - evidence.count(_NONE)
    text = alike(plain(blocks[indexes[0]]))
    is_long = len(words(text)) >= _MIN_WORDS_OF_TWO
    if count >= 3 and sure and 2 * likely >= count:
        confidence, why = _OFTEN_BETWEEN_PAGES, f"{likely} times where a page ends or a sentence is cut"
    elif count == sure and is_long:
        confidence, why = _TWICE_IN_SENTENCES, "each time where a page ends or a sentence is cut"
    elif count < 3 or any(_heads_text(blocks, index) for index in indexes):
        return
    elif _holds_name(blocks[indexes[0]], names) and not any(text in name for name in names):
        confidence, why = _NAMES_THE_PAGE, "with the title or the publisher and more in it"
    else:
        confidence, why = _ONLY_REPEATED, "but nothing else tells a page's end there"
    for index in indexes:
        yield _edit(blocks, index, f"the same line {count} times, {why}", confidence)


def _edit(blocks: Blocks, index: int, reason: str, confidence: float) -> Edit:
    after: Blocks = (Break(kind=BreakKind.PAGE, mark="running head", origin=blocks[index].origin),)
    return Edit(Span(TOP, index, index + 1), after, reason, confidence)


_NONE, _LIKELY, _SURE = range(3)


def _evidence(blocks: Blocks, index: int, spoken: Language) -> int:
    """How much tells that a page ends at a line: a page break, a line that numbers a page and a sentence that goes on
    behind it are sure; a bare number may be anything's."""
    start, stop = index - 1, index + 1
    numbers: list[PageNumber] = []
    while number := _number(block_at(blocks, start)):
        numbers.append(number)
        start -= 1
    while number := _number(block_at(blocks, stop)):
        numbers.append(number)
        stop += 1
    before, after = block_at(blocks, start), block_at(blocks, stop)
    is_break = any(isinstance(block, Break) and block.kind is BreakKind.PAGE for block in (before, after))
    if is_break or cuts_sentence(before, after, spoken) or any(one.says is Says.PAGE for one in numbers):
        return _SURE
    return _LIKELY if numbers else _NONE


def _number(block: Block | None) -> PageNumber | None:
    return page_number(plain(block)) if isinstance(block, Paragraph | Heading) else None


def _heads_text(blocks: Blocks, index: int) -> bool:
    return isinstance(blocks[index], Heading) and isinstance(block_at(blocks, index + 1), Paragraph)


RULE = Rule("PAGE101", "running-head", Phase.PAGE, check, Safety.UNSAFE, ("META101", "MARK101"))
