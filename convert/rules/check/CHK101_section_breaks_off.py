"""A section that breaks off in the middle of a sentence.

What it does
    Marks the place in each edition, and reports it. Nothing is added to the words, and no quotation is closed.

Why
    The reader must know that words are missing, and an editor where to look for them.

Example
    A last paragraph that ends "... the three leaders", with its quotation open, before the next heading.

Known problems
    A section that breaks off at the end of a sentence cannot be told from one that ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Blocks, Break, Document, Heading, Notice, NoticeKind, Paragraph, Role
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_open, ends_sentence, open_marks
from convert.walk import TOP, Span, plain
from convert.words import alike, words

_WITH_OPEN_MARK = 0.95
_WITH_OPEN_WORD = 0.95
_AT_SECTION_END = 0.8
_UNUSUAL_SHARE = 0.8
"""Share of the paragraphs that must end as sentences, for one that does not to be a fault and not the custom."""

_MIN_WORDS = 8
"""Words from which a paragraph without a full stop is an unfinished sentence and not a signature or a label."""


def check(document: Document, config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    mark = alike(spoken.edition["breaks_off"])
    prose = [block for block in blocks if isinstance(block, Paragraph) and len(words(plain(block))) >= _MIN_WORDS]
    ended = sum(ends_sentence(plain(block)) for block in prose)
    is_custom = bool(prose) and ended >= _UNUSUAL_SHARE * len(prose)
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is Role.ABOUT or _is_marked(blocks, index, mark):
            continue
        found = _evidence(blocks, index, spoken, sentences_end=is_custom)
        if found:
            why, confidence = found
            after = (block, Notice(NoticeKind.BREAKS_OFF, origin=block.origin))
            yield Edit(Span(TOP, index, index + 1), after, why, confidence)
            if confidence >= config.confidence:
                yield Edit(Span(TOP, index, index + 1), None, _where(blocks, index, why), confidence)


def _is_marked(blocks: Blocks, index: int, mark: str) -> bool:
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return isinstance(following, Notice) or (isinstance(following, Paragraph) and alike(plain(following)) == mark)


def _evidence(blocks: Blocks, index: int, spoken: Language, *, sentences_end: bool) -> tuple[str, float] | None:
    text = plain(blocks[index]).strip()
    if ends_sentence(text) or len(words(text)) < _MIN_WORDS:
        return None
    shown = f"“... {' '.join(text.split()[-4:])}”"
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    at_end = following is None or isinstance(following, Heading | Break) or _is_apart(following)
    if not at_end and not isinstance(following, Paragraph):
        return None  # a list, a table or a quotation goes on from it
    kind = open_marks(text)
    if kind:
        return f"ends {shown}: no sentence ends, and a {kind} is open", _WITH_OPEN_MARK
    if word := ends_open(text, spoken):
        return f"ends {shown}: no sentence ends with “{word}”", _WITH_OPEN_WORD
    if at_end and sentences_end:
        return f"ends {shown}: no sentence ends, and the section is over", _AT_SECTION_END
    return None


def _is_apart(block: object) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.ABOUT


def _where(blocks: Blocks, index: int, why: str) -> str:
    heading = next((block for block in reversed(blocks[:index]) if isinstance(block, Heading)), None)
    section = f"the section “{plain(heading)}”" if heading else "the text before the first heading"
    return f"{section} breaks off: it {why}"


RULE = Rule("CHK101", "section-breaks-off", Phase.CHECK, check, Safety.SAFE, ("JOIN101",))
