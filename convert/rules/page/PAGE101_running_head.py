"""A running head or foot of the printed page stands between the paragraphs.

What it does
    Removes lines that come again and again where pages meet, and leaves a page break in their place.

Why
    They cut sentences in two, and are furniture of a page that is gone.

Example
    "Harbour Post | Mud, Gulls and Money", four times between the halves of sentences, goes.

Known problems
    A refrain that comes three times right beside page numbers is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Blocks, Break, BreakKind, Document, Heading, Paragraph
from convert.page_numbers import reads_like_number
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_sentence, starts_lower
from convert.walk import TOP, Span, plain
from convert.words import alike, words

_OFTEN_BETWEEN_PAGES = 0.92
_TWICE_IN_SENTENCES = 0.75
_NAMES_THE_PAGE = 0.85
_ONLY_REPEATED = 0.4

_MAX_WORDS = 18
"""Words of the longest running head: a title, a publisher and a page number."""

_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"https?://|www\.|\b\w+\.(?:com|org|net|ca|de|uk|gov|edu|example)\b", re.IGNORECASE)


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    groups: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        key = _key(block)
        if key:
            groups.setdefault(key, []).append(index)
    names = {alike(name) for name in (document.meta.title, document.meta.publisher) if name}
    for indexes in groups.values():
        if len(indexes) >= 2:
            yield from _group_edits(blocks, indexes, names)


def _key(block: Block) -> str:
    """What a line is compared by: its words, with any number like any other where it is no heading."""
    if not isinstance(block, Paragraph | Heading):
        return ""
    text = plain(block).strip()
    found = words(text)
    if not found or len(found) > _MAX_WORDS or reads_like_number(text):
        return ""
    if text.endswith((".", "!", "?", "”", '"')) and not _ADDRESS.search(text):
        return ""
    return alike(text) if isinstance(block, Heading) else _DIGITS.sub("#", alike(text))


def _group_edits(blocks: Blocks, indexes: list[int], names: set[str]) -> Iterator[Edit]:
    between = sum(_is_between_pages(blocks, index) for index in indexes)
    count = len(indexes)
    text = alike(plain(blocks[indexes[0]]))
    if count >= 3 and 2 * between >= count:
        confidence, why = _OFTEN_BETWEEN_PAGES, f"{between} times where a page ends or a sentence is cut"
    elif between == count:
        confidence, why = _TWICE_IN_SENTENCES, "each time where a page ends or a sentence is cut"
    elif count >= 3 and any(name and (name in text or text in name) for name in names):
        confidence, why = _NAMES_THE_PAGE, "with the title or the publisher in it"
    elif count >= 3 and not any(_heads_text(blocks, index) for index in indexes):
        confidence, why = _ONLY_REPEATED, "but nothing else tells a page's end there"
    else:
        return
    for index in indexes:
        after: Blocks = (Break(kind=BreakKind.PAGE, mark="running head", origin=blocks[index].origin),)
        yield Edit(Span(TOP, index, index + 1), after, f"the same line {count} times, {why}", confidence)


def _is_between_pages(blocks: Blocks, index: int) -> bool:
    before = blocks[index - 1] if index else None
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    return any(_is_page_end(block) for block in (before, after)) or (
        isinstance(before, Paragraph)
        and isinstance(after, Paragraph)
        and not ends_sentence(plain(before))
        and starts_lower(plain(after))
    )


def _is_page_end(block: Block | None) -> bool:
    if isinstance(block, Break):
        return block.kind is BreakKind.PAGE
    return isinstance(block, Paragraph | Heading) and reads_like_number(plain(block))


def _heads_text(blocks: Blocks, index: int) -> bool:
    return isinstance(blocks[index], Heading) and index + 1 < len(blocks) and isinstance(blocks[index + 1], Paragraph)


RULE = Rule("PAGE101", "running-head", Phase.PAGE, check, Safety.UNSAFE, ("META101", "MARK101"))
