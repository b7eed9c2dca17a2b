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
from dataclasses import dataclass

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Blocks, Break, Document, Heading, Notice, NoticeKind, Paragraph, Role
from convert.notices import wording
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_open, ends_sentence, open_marks
from convert.walk import TOP, Span, plain
from convert.words import alike, words

_WITH_OPEN_MARK = 0.95
_WITH_OPEN_WORD = 0.95
_AT_SECTION_END = 0.8
_WITHOUT_CUSTOM = 0.5
_UNUSUAL_SHARE = 0.8
"""Share of the other paragraphs that must end as sentences, for one that does not to be a fault and no custom."""

_MIN_OTHERS = 2
"""Paragraphs that a custom has at least."""

_MIN_WORDS = 8
"""Words from which a paragraph without a full stop is an unfinished sentence and not a signature or a label."""


@dataclass(frozen=True, slots=True)
class _Custom:
    """Whether the paragraphs of the article end as sentences: as far as can be seen, and beyond doubt."""

    is_usual: bool
    is_known: bool


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    mark = alike(spoken.edition["breaks_off"])
    prose = [block for block in blocks if isinstance(block, Paragraph) and len(words(plain(block))) >= _MIN_WORDS]
    ended = sum(ends_sentence(plain(block)) for block in prose)
    others = max(len(prose) - 1, 0)
    as_usual = ended >= _UNUSUAL_SHARE * others
    custom = _Custom(as_usual, is_known=as_usual and others >= _MIN_OTHERS)
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is Role.ABOUT:
            continue
        is_marked = _is_mark(blocks, index + 1, mark)
        found = _evidence(blocks, index, index + 1 + is_marked, spoken, custom)
        if not found:
            continue
        why, confidence = found
        if is_marked:
            yield Edit(Span(TOP, index, index + 1), None, _where(blocks, index, why), confidence)
        else:
            notice = Notice(NoticeKind.BREAKS_OFF, origin=block.origin)
            yield Edit(Span(TOP, index + 1, index + 1), (notice,), why, confidence)


def _is_mark(blocks: Blocks, index: int, mark: str) -> bool:
    """Whether the place is marked already: by us just now, or in an earlier edition."""
    block = blocks[index] if index < len(blocks) else None
    return isinstance(block, Notice) or (isinstance(block, Paragraph) and alike(plain(block)) == mark)


def _evidence(blocks: Blocks, index: int, after: int, spoken: Language, custom: _Custom) -> tuple[str, float] | None:
    text = plain(blocks[index]).strip()
    if (worded := wording(text, spoken)) is not None and worded.sure:
        return None  # a notice of the site that was kept; such lines end as they like
    if ends_sentence(text) or len(words(text)) < _MIN_WORDS:
        return None
    shown = f"“... {' '.join(text.split()[-4:])}”"
    following = blocks[after] if after < len(blocks) else None
    at_end = following is None or isinstance(following, Heading | Break) or _is_apart(following)
    if not at_end and not isinstance(following, Paragraph):
        return None  # a list, a table or a quotation goes on from it
    kind = open_marks(text)
    if kind:
        return f"ends {shown}: no sentence ends, and a {kind} is open", _WITH_OPEN_MARK
    if word := ends_open(text, spoken):
        return f"ends {shown}: no sentence ends with “{word}”", _WITH_OPEN_WORD if custom.is_usual else _WITHOUT_CUSTOM
    if at_end and custom.is_known:
        return f"ends {shown}: no sentence ends, and the section is over", _AT_SECTION_END
    return None


def _is_apart(block: object) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.ABOUT


def _where(blocks: Blocks, index: int, why: str) -> str:
    heading = next((block for block in reversed(blocks[:index]) if isinstance(block, Heading)), None)
    section = f"the section “{plain(heading)}”" if heading else "the text before the first heading"
    return f"{section} breaks off: it {why}"


RULE = Rule("CHK101", "section-breaks-off", Phase.CHECK, check, Safety.SAFE, ("JOIN101",))
