"""What the rules about notices share. Each takes the blocks that are worded most like its own kind.

Wording alone is not enough: a paragraph that opens a quotation, or that is all the text under a heading of the
article, is kept whatever it says, and what stands in the middle of the article must be a line to go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Block, Blocks, Break, Document, Heading, List, Notice, Paragraph, Raw, Role, Table
from convert.notices import MAX_LINE_WORDS, Wording, block_wording, in_tail, reads_like_notice
from convert.rule import Check
from convert.sentences import ends_sentence
from convert.walk import TOP, Span, plain
from convert.words import words
from convert.zones import block_at, head_end, is_link_list, is_prose

_SURE_IN_TAIL = 0.92
_HINTS_IN_TAIL = 0.7
_SURE_IN_HEAD = 0.8
_LINE_BETWEEN = 0.7
_PROSE_BETWEEN = 0.3

_FILLED = 0.4
"""Share of sure phrases from which on a line says little else."""

_NOTHING_ELSE = 0.8
"""Share of phrases from which on it says nothing else."""

_MAX_TITLES_WORDS = 60
"""Words of the titles under such a heading, if a program made one paragraph of them: six of ten words each."""

_OPENERS = ('"', "“", "„", "‘")


def notice_check(kind: str) -> Check:
    """The check of the rule for one kind of notice."""

    def check(document: Document, _config: Config) -> Iterator[Edit]:
        return _notice_edits(document, kind)

    return check


def _notice_edits(document: Document, kind: str) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    tail = in_tail(blocks, document.meta.authors, spoken)
    page = _Page(blocks, head_end(blocks), tail, document.meta.authors, spoken)
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading | List | Table) or getattr(block, "role", Role.BODY) is Role.ABOUT:
            continue
        worded = block_wording(block, spoken)
        if worded is None or worded.kind != kind or _is_article(page, index, worded):
            continue
        confidence, place = _weighed(worded, page, index)
        said = ", ".join(f"“{said_words}”" for said_words in dict.fromkeys((*worded.sure, *worded.hints)[:3]))
        reason = f"{spoken.notices[kind].what} ({said}), {place}"
        yield Edit(Span(TOP, index, _stop(page, index, worded)), (), reason, confidence)


_UNMISTAKABLE = 3
"""Phrases that make a line a notice wherever it stands: copyright, terms, privacy and cookies side by side."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the place of a block is told by."""

    blocks: Blocks
    head: int
    tail: int
    authors: tuple[str, ...]
    spoken: Language


def _weighed(worded: Wording, page: _Page, index: int) -> tuple[float, str]:
    block = page.blocks[index]
    is_line = len(words(plain(block))) <= MAX_LINE_WORDS
    if index >= page.tail:
        return (_SURE_IN_TAIL if worded.sure else _HINTS_IN_TAIL), "among the notices after the article"
    is_filled = worded.sure_share >= _FILLED
    is_label = worded.is_label and not isinstance(block, Heading)
    if index < page.head and ((worded.sure and is_line) or is_filled or is_label):
        return _SURE_IN_HEAD, "above the article"
    if not isinstance(block, List) and (is_filled or worded.has_label):
        return _LINE_BETWEEN, "between paragraphs"
    return _PROSE_BETWEEN, "but inside the article"


def _is_article(page: _Page, index: int, worded: Wording) -> bool:
    """Whether a block belongs to the article by its place: it speaks in a quotation, or a heading needs it."""
    block = page.blocks[index]
    if isinstance(block, Heading):
        return not (worded.has_label and worded.sure_share < 1) and _has_text(page, index)
    text = plain(block).strip()
    if text.startswith(_OPENERS) or (text.startswith("«") and "»" in text):
        return True
    if len(worded.sure) >= _UNMISTAKABLE and len(words(text)) <= MAX_LINE_WORDS:
        return False
    if index >= page.tail and (worded.has_label or worded.share >= _NOTHING_ELSE or len(worded.sure) >= 2):
        return False
    if index < page.tail and is_link_list(block_at(page.blocks, index + 1)):
        return True  # it introduces what the author points to
    above, below = _previous(page.blocks, index), _next(page.blocks, index)
    is_all_text = below is None or isinstance(below, Heading) or block_wording(below, page.spoken) is not None
    return is_all_text and isinstance(above, Heading) and not reads_like_notice(above, page.authors, page.spoken)


def _has_text(page: _Page, index: int) -> bool:
    """Whether what stands under a heading makes it one of the article's."""
    following = _next(page.blocks, index)
    if following is None or is_link_list(following) or block_wording(following, page.spoken) is not None:
        return False
    return is_prose(following) or (index < page.tail and not isinstance(following, Heading))


def _next(blocks: Blocks, index: int) -> Block | None:
    return next((block for block in blocks[index + 1 :] if not isinstance(block, Break | Raw | Notice)), None)


def _previous(blocks: Blocks, index: int) -> Block | None:
    return next((block for block in reversed(blocks[:index]) if not isinstance(block, Break | Raw)), None)


def _stop(page: _Page, index: int, worded: Wording) -> int:
    """Where a notice ends: it takes the lists of links under it along, if it is a heading or stands in the tail."""
    is_heading = isinstance(page.blocks[index], Heading) or (worded.has_label and worded.sure_share == 1)
    stop = index + 1
    if is_heading or index >= page.tail:
        while stop < len(page.blocks) and is_link_list(page.blocks[stop]):
            stop += 1
    return max(stop, _titles_stop(page, index)) if is_heading and index >= page.tail else stop


def _titles_stop(page: _Page, index: int) -> int:
    """Where a heading of the tail ends over the titles of other articles, whose links are lost: lines that are no
    sentences, with another notice or nothing after them."""
    stop = index + 1
    while stop < len(page.blocks) and _is_titles(page.blocks[stop], page.spoken):
        stop += 1
    after = block_at(page.blocks, stop)
    return stop if after is None or block_wording(after, page.spoken) is not None else index + 1


def _is_titles(block: Block, spoken: Language) -> bool:
    return (
        isinstance(block, Paragraph | List)
        and len(words(plain(block))) <= _MAX_TITLES_WORDS
        and not ends_sentence(plain(block))
        and block_wording(block, spoken) is None
    )
