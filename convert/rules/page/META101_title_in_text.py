"""The article's title stands in the text, as a heading among headings.

What it does
    Lifts the title into the metadata, from where every edition sets it once, and removes the heading; removes a
    heading that repeats a title known from the front matter.

Why
    In a scraped page the title is a heading of any level, or a bold paragraph. Left there, it is an entry of
    its own contents.

Example
    "# A Year At Sea" over "By Ann Lee" becomes the title.

Known problems
    In a text without a title the first heading of a section may be taken for one; it must then be followed by
    a byline, a date or a label, or be the only heading of its level, so that this is rare.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.credits import credit_facts, is_site_label, names
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Block, Blocks, Break, Document, Heading, Paragraph, Raw, Style, Styled
from convert.notices import wording
from convert.page_numbers import reads_like_number
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_sentence
from convert.walk import TOP, Span, lines, plain
from convert.words import alike, words
from convert.zones import head_end, is_prose

_REPEATED = 0.95
_BASE = 0.55  # a heading at the very top, with nothing else known
_CREDITS_FOLLOW = 0.3
_ONLY_OF_ITS_LEVEL = 0.2
_TOP_LEVEL = 0.1
_COLON_AS_THE_OTHERS = 0.5
_SAME_AS_THE_OTHERS = 0.2
_BELOW_THE_OTHERS = 0.2
_PARAGRAPH = 0.1  # taken off where the candidate is no heading

_CREDIT_DISTANCE = 5
"""Blocks after the title within which its byline, date or label must start."""

_MAX_TITLE_WORDS = 40
"""Words of the longest title taken from a paragraph; headlines of newspapers stay under thirty."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    known = document.meta.title
    if known:
        yield from _repetitions(blocks, known)
        return
    spoken = language(document.meta.language)
    candidate = _candidate(blocks, spoken)
    if candidate is None:
        return
    title = " ".join(plain(blocks[candidate]).split())
    confidence, evidence = _weighed(blocks, candidate, spoken)
    yield Edit(Span(TOP, candidate, candidate + 1), (), evidence, confidence, (Fact(Key.TITLE, title),))


def _repetitions(blocks: Blocks, known: str) -> Iterator[Edit]:
    for index, block in enumerate(blocks[: head_end(blocks) + 1]):
        if isinstance(block, Heading | Paragraph) and alike(plain(block)) == alike(known):
            yield Edit(Span(TOP, index, index + 1), (), "repeats the title", _REPEATED)
            return


def _candidate(blocks: Blocks, spoken: Language) -> int | None:
    """The first block of the head that can be a title: a heading, or a line that credits follow. A line that comes
    again in the text, as a running head does, or that is a name is one only where there is no other."""
    doubtful: list[tuple[int, int]] = []
    for index, block in enumerate(blocks[: head_end(blocks) + 1]):
        if isinstance(block, Heading):
            return index
        if isinstance(block, Paragraph):
            if _can_be_title(block, spoken) and _credits_follow(blocks, index, spoken):
                doubt = 2 * bool(names(plain(block), spoken)) + _comes_again(blocks, index)
                if not doubt:
                    return index
                doubtful.append((doubt, -index))
            if is_prose(block) and wording(plain(block), spoken) is None:
                break
        elif not isinstance(block, Break | Raw):
            break
    return -min(doubtful)[1] if doubtful else None  # of equals the last: the title stands right above the byline


def _comes_again(blocks: Blocks, index: int) -> bool:
    text = alike(plain(blocks[index]))
    return any(isinstance(other, Paragraph) and alike(plain(other)) == text for other in blocks[index + 1 :])


def _can_be_title(block: Paragraph, spoken: Language) -> bool:
    text = plain(block).strip()
    if credit_facts(text, spoken) or wording(text, spoken) is not None or is_site_label(text, spoken):
        return False
    if reads_like_number(text):
        return False
    is_bold = all(isinstance(node, Styled) and node.style is Style.STRONG for node in block.children)
    return 0 < len(words(text)) <= _MAX_TITLE_WORDS and (is_bold or not text.endswith((".", ",", ";")))


def _credits_follow(blocks: Blocks, index: int, spoken: Language) -> bool:
    """Whether credits follow a title; those under another heading are that one's."""
    for block in blocks[index + 1 : index + 1 + _CREDIT_DISTANCE]:
        if _is_credit(block, spoken):
            return True
        if isinstance(block, Heading):
            return False
    return False


def _is_credit(block: Block, spoken: Language) -> bool:
    if not isinstance(block, Paragraph | Heading):
        return False
    return any(credit_facts(line, spoken) for line in lines(block)[:2])


def _weighed(blocks: Blocks, index: int, spoken: Language) -> tuple[float, str]:
    block = blocks[index]
    evidence, confidence = ["the first line of the page"], _BASE
    others = [other for other in blocks if isinstance(other, Heading) and other is not block]
    if _credits_follow(blocks, index, spoken):
        confidence += _CREDITS_FOLLOW
        evidence.append("a byline, a date or a label follows")
    elif isinstance(block, Heading) and any(other.level < block.level for other in others):
        confidence -= _BELOW_THE_OTHERS
        evidence.append("but its level is below that of others")
    if isinstance(block, Heading):
        if all(other.level != block.level for other in others):
            confidence += _ONLY_OF_ITS_LEVEL
            evidence.append("the only heading of its level")
        if block.level == 1:
            confidence += _TOP_LEVEL
        if plain(block).rstrip().endswith(":") and sum(plain(o).rstrip().endswith(":") for o in others) >= 2:
            confidence -= _COLON_AS_THE_OTHERS
            evidence.append("but it ends in a colon as the sections' headings do")
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if following is not None and is_prose(following) and any(o.level == block.level for o in others):
            confidence -= _SAME_AS_THE_OTHERS
    else:
        confidence -= _PARAGRAPH
    if ends_sentence(plain(block)) and plain(block).rstrip().endswith("."):
        confidence -= _PARAGRAPH
    return max(0.0, min(confidence, 0.98)), ", ".join(evidence)


RULE = Rule("META101", "title-in-text", Phase.PAGE, check, Safety.SAFE)
