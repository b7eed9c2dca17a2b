"""The parts of a page by place: the head, where title and credits stand, and the tail, where notices do.

Places are evidence and never a verdict: a rule asks for the wording as well.
"""

from __future__ import annotations

from collections.abc import Callable

from convert.language import Language
from convert.model import Block, Blocks, Break, CodeBlock, Heading, Link, List, Notice, Paragraph, Quote, Raw, Table
from convert.sentences import ends_open, ends_sentence, starts_lower
from convert.walk import inlines_in, plain
from convert.words import words

HEAD_BLOCKS = 25
"""The head ends here at the latest: title, byline, date and labels of the articles seen take up to a dozen blocks."""

PROSE_WORDS = 20
"""Words from which a paragraph that ends as a sentence is taken for running text, not for a line of the page."""

TAIL_GAP = 5
"""Lines that may stand between two notices of the tail without being one (a place and date, the titles of other
articles); a sentence counts as two."""


def is_prose(block: Block) -> bool:
    """Whether a block is running text."""
    if not isinstance(block, Paragraph):
        return False
    text = plain(block)
    return len(words(text)) >= PROSE_WORDS and ends_sentence(text)


def head_end(blocks: Blocks) -> int:
    """The index at which the head of the page ends: before the second paragraph of prose, the first heading that
    follows prose, or the second one that has text under it (the first may be the title)."""
    prose = headings = 0
    for index, block in enumerate(blocks[:HEAD_BLOCKS]):
        if is_prose(block):
            prose += 1
            if prose == 2:
                return index
        elif isinstance(block, Heading):
            headings += _is_sentence(block_at(blocks, index + 1))
            if prose or headings == 2:
                return index
    return min(len(blocks), HEAD_BLOCKS)


def _is_sentence(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and plain(block).rstrip().endswith((".", "!", "?"))


def tail_start(blocks: Blocks, is_notice: Callable[[Block], bool]) -> int:
    """The index at which the tail of the page starts: from there on (nearly) every block is a notice.

    `is_notice` says whether a block reads like one. A body paragraph may read so too, so that the walk from the
    end stops at a heading or a run of blocks that do not.
    """
    start, gap = len(blocks), 0
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if is_notice(block):
            start, gap = index, 0
        elif isinstance(block, Break | Raw):
            continue
        elif isinstance(block, Heading | Quote | Table | CodeBlock | Notice) or is_prose(block):
            break
        else:
            gap += 2 if ends_sentence(plain(block)) else 1
            if gap > TAIL_GAP:
                break
    return start


MIN_PAGE_END_WORDS = 5
"""Words that a paragraph which a page's end cuts has at least: a page ends with a whole line."""


def cuts_sentence(before: Block | None, after: Block | None, spoken: Language) -> bool:
    """Whether what stands between two blocks cuts a sentence in two."""
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return False
    text = plain(before).rstrip()
    if ends_sentence(text) or len(words(text)) < MIN_PAGE_END_WORDS:
        return False
    return starts_lower(plain(after)) or bool(ends_open(text, spoken)) or text.endswith(("-", "\u2010", "\u00ad", ","))


def block_at(blocks: Blocks, index: int) -> Block | None:
    """The block at an index; None before the first and after the last."""
    return blocks[index] if 0 <= index < len(blocks) else None


def is_link_list(block: Block | None) -> bool:
    """Whether a block is a list, or a short paragraph, of links and little else."""
    if isinstance(block, List):
        return bool(block.items) and all(all(is_link_list(child) for child in item.children) for item in block.items)
    if not isinstance(block, Paragraph):
        return False
    linked = sum(len(plain(node)) for node in inlines_in(block.children) if isinstance(node, Link))
    return bool(linked) and linked >= 0.8 * len(plain(block).strip())
