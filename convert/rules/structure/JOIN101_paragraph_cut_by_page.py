"""A paragraph that the end of a page cut in two.

What it does
    Joins the halves where the evidence says so: no sentence ends before the cut, and the text goes on after it
    with a small letter, closes the quotation or bracket that is open, or follows a word after which no sentence
    ends. What stood between (page number, running head) is gone by then and has left a page break.

Why
    Print cuts paragraphs where pages end; an edition must not.

Example
    "... the Secretary General and the" and "UN High Commissioner ..." become one paragraph.

Known problems
    A cut right after a sentence cannot be seen in the text, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeGuard

from convert.config import Config
from convert.edit import Edit
from convert.hyphens import Vocabulary, rejoined
from convert.language import Language, language
from convert.model import Block, Break, BreakKind, Document, Paragraph, Role
from convert.notices import is_separator
from convert.rule import Phase, Rule, Safety
from convert.sentences import closes, ends_open, ends_sentence, open_marks, starts_lower
from convert.walk import Path, Span, plain, sequences
from convert.words import words

_MIN_WORDS = 5
"""Words that a first half has at least: a page ends with a whole line."""

_MAX_OPEN_WORDS = 600
"""Words beyond which an odd quotation mark says nothing any more: it may be a mark of inches or a slip."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to join, or not, and what it counts for. The weights are log-odds in steps of about a factor
    of two, set by hand on the articles that the rule was written with and rounded."""

    says: str
    weight: float


_BASE = -2.0  # two paragraphs are two, unless something says otherwise
_SENTENCE_ENDS = -6.0
_LOWER = 4.0
_OPEN_WORD = 3.6
_CLOSES = 2.4
_OPEN = 1.2
_PAGE_BREAK = 1.0
_COMMA = 1.6
_HYPHEN = 3.0
_NO_END = 0.8
_LABEL = -2.5


def check(document: Document, _config: Config) -> Iterator[Edit]:
    spoken = language(document.meta.language)
    vocabulary: Vocabulary | None = None
    for path, blocks in sequences(document):
        for first, second in _neighbours(blocks):
            before, after = blocks[first], blocks[second]
            if not _can_be_joined(before, after):
                continue
            confidence, reason = _weighed(plain(before), plain(after), spoken, page_break=second > first + 1)
            if confidence < _WORTH_RECORDING:
                continue
            vocabulary = vocabulary or Vocabulary.of(document, spoken)
            yield _join(path, (first, second), (before, after), vocabulary, (reason, confidence))


_WORTH_RECORDING = 0.35
"""Below this a proposal says nothing that a person would want to look at."""


def _neighbours(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The indexes of blocks with nothing but page breaks between them."""
    shown = [index for index, block in enumerate(blocks) if not _is_page_break(block)]
    return pairwise(shown)


def _is_page_break(block: Block) -> bool:
    return isinstance(block, Break) and block.kind is BreakKind.PAGE


def _can_be_joined(before: Block, after: Block) -> TypeGuard[object]:
    return (
        isinstance(before, Paragraph)
        and isinstance(after, Paragraph)
        and before.role is after.role is Role.BODY
        and not is_separator(plain(before))
        and not is_separator(plain(after))
    )


def _weighed(before: str, after: str, spoken: Language, *, page_break: bool) -> tuple[float, str]:
    evidence = list(_evidence(before.strip(), after.strip(), spoken, page_break=page_break))
    score = _BASE + sum(one.weight for one in evidence)
    return 1 / (1 + 2.0**-score), "; ".join(one.says for one in evidence)


def _evidence(before: str, after: str, spoken: Language, *, page_break: bool) -> Iterator[Evidence]:
    if ends_sentence(before):
        yield Evidence("a sentence ends before", _SENTENCE_ENDS)
    else:
        yield Evidence("no sentence ends before", _NO_END)
    if len(words(before)) < _MIN_WORDS:
        yield Evidence("the first is shorter than a line", _LABEL)
    if before.endswith(("-", "\u2010", "\u00ad")):
        yield Evidence("a hyphen at the end", _HYPHEN)
    elif before.endswith((",", "–", "—")):
        yield Evidence(f"“{before[-1]}” at the end", _COMMA)
    elif word := ends_open(before, spoken):
        yield Evidence(f"“{word}”, after which no sentence ends", _OPEN_WORD)
    if starts_lower(after):
        yield Evidence("the next word starts with a small letter", _LOWER)
    kind = open_marks(before) if len(words(before)) <= _MAX_OPEN_WORDS else ""
    if kind and not (after.startswith(('"', "“", "„", "«")) and kind == "quotation"):
        closed = closes(after, kind)
        yield Evidence(
            f"the {kind} that is open is closed after" if closed else f"a {kind} is open", _CLOSES if closed else _OPEN
        )
    if page_break:
        yield Evidence("a page ends between", _PAGE_BREAK)


def _join(
    path: Path,
    places: tuple[int, int],
    halves: tuple[Block, Block],
    vocabulary: Vocabulary,
    said: tuple[str, float],
) -> Edit:
    before, after = halves
    reason, confidence = said
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    children = rejoined(before.children, after.children, vocabulary)
    joined_block = replace(before, children=children, origin=before.origin.joined(after.origin))
    return Edit(Span(path, places[0], places[1] + 1), (joined_block,), reason, confidence)


RULE = Rule("JOIN101", "paragraph-cut-by-page", Phase.STRUCTURE, check, Safety.SAFE, ("PAGE101", "PAGE102", "META101"))
