"""A heading that is a paragraph set in bold.

What it does
    Makes it a heading, of the level that the headings around it have.

Why
    Programs that read a PDF see large bold words and no heading; without one the section has no entry in the
    contents.

Example
    "**The Night Market Stays:**" over a paragraph becomes a heading.

Known problems
    A bold sentence that stands alone for emphasis, without a full stop, is taken for a heading.
    Questions in bold are sections where the article has no other headings, and else those of an interviewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from convert.config import Config
from convert.credits import credit_facts
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Block, Blocks, Break, BreakKind, Document, Heading, Inlines, Paragraph, Raw, Style, Styled
from convert.notices import is_separator
from convert.rule import Phase, Rule, Safety
from convert.sentences import is_title_case
from convert.walk import TOP, Span, joined, plain
from convert.words import words

_AS_THE_OTHERS = 0.92
_BEFORE_TEXT = 0.8
_PLAIN_AS_THE_OTHERS = 0.75
_QUESTION_AMONG_OTHERS = 0.5

_MAX_WORDS = 25
"""Words of the longest bold heading; headings of the articles seen have up to eighteen."""

_MIN_COLONS = 3
"""Headings that end in a colon, from which on the colon is taken for the custom of the article."""

_MIN_OTHERS = 2
"""Headings, besides the title, from which on the article has headings of its own. Of the bold paragraphs in some
sixty printed articles that were read back, all questions in an article with such headings were an interviewer's,
and all those in an article without were its headings."""

_DEFAULT_LEVEL = 2
_CLOSERS = "\"'”’»)]"


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    title = next((block for block in blocks if not isinstance(block, Break | Raw)), None)
    levels = Counter(block.level for block in blocks if isinstance(block, Heading) and block is not title)
    level = levels.most_common(1)[0][0] if levels else _DEFAULT_LEVEL
    colons = sum(isinstance(block, Heading) and _ends_in_colon(block) for block in blocks) >= _MIN_COLONS
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _stands_over_text(blocks, index) or _is_credit(block, spoken):
            continue
        bold = _bold_words(block)
        text = plain(block).strip()
        if bold and _can_head(text):
            confidence, reason = _BEFORE_TEXT, "a short paragraph wholly in bold over a text"
            if colons and text.endswith(":"):
                confidence, reason = _AS_THE_OTHERS, f"{reason}, ending in a colon as the headings do"
            elif text.endswith("?") and levels.total() >= _MIN_OTHERS:
                confidence, reason = _QUESTION_AMONG_OTHERS, f"{reason}, but a question, and there are other headings"
            yield Edit(Span(TOP, index, index + 1), (_heading(block, level, bold),), reason, confidence)
        elif colons and text.endswith(":") and is_title_case(text) and _can_head(text):
            reason = "a short paragraph with capitals and a colon, as the headings have, over a text"
            yield Edit(
                Span(TOP, index, index + 1), (_heading(block, level, block.children),), reason, _PLAIN_AS_THE_OTHERS
            )


def _heading(block: Paragraph, level: int, children: Inlines) -> Heading:
    return Heading(level, children, origin=block.origin, lang=block.lang, dir=block.dir)


def _ends_in_colon(block: Block) -> bool:
    return plain(block).rstrip().endswith(":")


def _bold_words(block: Paragraph) -> Inlines:
    """What a paragraph that is wholly bold says, without the bold."""
    if not block.children or not all(
        isinstance(node, Styled) and node.style is Style.STRONG for node in block.children
    ):
        return ()
    return joined(*(node.children for node in block.children if isinstance(node, Styled)))


def _can_head(text: str) -> bool:
    ended = text.rstrip(_CLOSERS).endswith((".", ",", ";"))
    return 0 < len(words(text)) <= _MAX_WORDS and not ended and not is_separator(text)


def _is_credit(block: Paragraph, spoken: Language) -> bool:
    return bool(credit_facts(plain(block), spoken))


def _stands_over_text(blocks: Blocks, index: int) -> bool:
    for block in blocks[index + 1 :]:
        if isinstance(block, Raw) or (isinstance(block, Break) and block.kind is BreakKind.PAGE):
            continue
        if isinstance(block, Paragraph):
            return len(words(plain(block))) > 3 and not _bold_words(block)
        return not isinstance(block, Heading | Break)
    return False


RULE = Rule("HEAD101", "bold-paragraph-as-heading", Phase.STRUCTURE, check, Safety.SAFE, ("MARK102",))
