"""What the rules about notices share. Each takes the blocks that are worded most like its own kind.

Wording alone is not enough: a paragraph that opens a quotation, or that is all the text under a heading of the
article, is kept whatever it says, and what stands in the middle of the article must be a line to go.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Block, Blocks, Break, Document, Heading, List, Paragraph, Raw, Role
from convert.notices import MAX_LINE_WORDS, Wording, block_wording, in_tail, is_about_heading, wording
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
"""Share of sure phrases from which on a line says nothing else."""

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
    head = head_end(blocks)
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading | List) or getattr(block, "role", Role.BODY) is not Role.BODY:
            continue
        worded = block_wording(block, spoken)
        if worded is None or worded.kind != kind or _is_article(blocks, index, tail, spoken):
            continue
        confidence, place = _weighed(worded, block, index, head, tail)
        said = ", ".join(f"“{said_words}”" for said_words in dict.fromkeys((*worded.sure, *worded.hints)[:3]))
        stop = index + 1
        if index >= tail or _is_heading(worded, block):
            stop = _with_its_links(blocks, index)
        if index >= tail and _is_heading(worded, block):
            stop = max(stop, _with_its_titles(blocks, index, spoken))
        reason = f"{spoken.notices[kind].what} ({said}), {place}"
        yield Edit(Span(TOP, index, stop), (), reason, confidence)


def _weighed(worded: Wording, block: Block, index: int, head: int, tail: int) -> tuple[float, str]:
    is_line = len(words(plain(block))) <= MAX_LINE_WORDS
    if index >= tail:
        return (_SURE_IN_TAIL if worded.sure else _HINTS_IN_TAIL), "among the notices after the article"
    is_filled = worded.sure_share >= _FILLED
    is_label = worded.is_label and not isinstance(block, Heading)
    if index < head and ((worded.sure and is_line) or is_filled or is_label):
        return _SURE_IN_HEAD, "above the article"
    if not isinstance(block, List) and (is_filled or worded.has_label):
        return _LINE_BETWEEN, "between paragraphs"
    return _PROSE_BETWEEN, "but inside the article"


def _is_article(blocks: Blocks, index: int, tail: int, spoken: Language) -> bool:
    """Whether a block belongs to the article by its place: it speaks in a quotation, or a heading needs it."""
    block = blocks[index]
    if isinstance(block, Heading):
        following = _next(blocks, index)
        if following is None or is_link_list(following) or block_wording(following, spoken) is not None:
            return False
        return is_prose(following) or (index < tail and not isinstance(following, Heading))
    text = plain(block).strip()
    if text.startswith(_OPENERS) or (text.startswith("«") and "»" in text):
        return True
    above, below = _previous(blocks, index), _next(blocks, index)
    is_all_text = below is None or isinstance(below, Heading) or block_wording(below, spoken) is not None
    if not isinstance(above, Heading) or not is_all_text:
        return False
    heading = plain(above)
    return not is_about_heading(heading, spoken) and wording(heading, spoken) is None


def _next(blocks: Blocks, index: int) -> Block | None:
    return next((block for block in blocks[index + 1 :] if not isinstance(block, Break | Raw)), None)


def _previous(blocks: Blocks, index: int) -> Block | None:
    return next((block for block in reversed(blocks[:index]) if not isinstance(block, Break | Raw)), None)


def _is_heading(worded: Wording, block: Block) -> bool:
    """Whether a notice is a heading, or a line that is one but for its form ("Related articles:")."""
    return isinstance(block, Heading) or (worded.has_label and worded.sure_share == 1)


def _with_its_links(blocks: Blocks, index: int) -> int:
    """Where a notice ends that takes the lists of links under it along."""
    stop = index + 1
    while stop < len(blocks) and is_link_list(blocks[stop]):
        stop += 1
    return stop


def _with_its_titles(blocks: Blocks, index: int, spoken: Language) -> int:
    """Where a heading of the tail ends over the titles of other articles, whose links are lost: lines that are no
    sentences, with another notice or nothing after them."""
    stop = index + 1
    while stop < len(blocks) and _is_titles(blocks[stop], spoken):
        stop += 1
    after = block_at(blocks, stop)
    return stop if after is None or block_wording(after, spoken) is not None else index + 1


def _is_titles(block: Block, spoken: Language) -> bool:
    return (
        isinstance(block, Paragraph | List)
        and len(words(plain(block))) <= _MAX_TITLES_WORDS
        and not ends_sentence(plain(block))
        and block_wording(block, spoken) is None
    )
