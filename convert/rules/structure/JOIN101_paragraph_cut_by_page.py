"""A paragraph that the end of a page cut in two.

What it does
    Joins the halves where the evidence says so: no sentence ends before the cut, and the text goes on after it
    with a small letter, closes the quotation or bracket that is open, or follows a word after which no sentence
    ends. What stood between (page number, running head) is gone by then and has left a page break. The last item
    of a list and the end of a quotation are looked at too.

Why
    Print cuts paragraphs where pages end; an edition must not.

Example
    "... the Secretary General and the" and "UN High Commissioner ..." become one paragraph.

Known problems
    A cut right after a sentence cannot be seen in the text, and stays. So does one before a name where nothing
    says that a page ended there, and one with a picture or a table between.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from convert.config import Config
from convert.edit import Edit
from convert.hyphens import Vocabulary, rejoined
from convert.language import Language, language
from convert.model import Block, Break, BreakKind, Document, Heading, List, ListItem, Paragraph, Quote, Role
from convert.notices import is_separator
from convert.page_numbers import reads_like_number
from convert.rule import Phase, Rule, Safety
from convert.sentences import (
    closes,
    ends_in_abbreviation,
    ends_open,
    ends_sentence,
    is_title_case,
    open_marks,
    starts_item,
    starts_label,
    starts_lower,
    starts_sentence,
)
from convert.walk import Span, lines, plain, sequences
from convert.words import words

_MIN_WORDS = 5
"""Words that a first half has at least, for a page ends with a whole line; fewer are a label or an item."""

_LINE = 60
"""Characters that a printed line has at least: columns are set in 45 to 75 (Bringhurst), pages of a browser in 90."""

_FULL_LINE = 0.8
"""Share of the usual width that a line has which the margin ended, and not the author."""

_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3}[.!?]\s")
_SMALL = re.compile(r"\b[^\W\d_A-ZÀ-Þ][^\W\d_]*\b")
_CAPITAL_INSIDE = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-ÿ][^\W\d_]*\b")

_MAX_OPEN_WORDS = 600
"""Words beyond which an odd quotation mark says nothing any more: it may be a mark of inches or a slip."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to join, or not, and what it counts for.

    The weights are log-odds to the base of two. A logistic regression on the neighbouring paragraphs of some
    hundred articles, printed and read back by five programs with the truth known, gave their signs and sizes;
    they are rounded, and kept smaller where that collection has few cases.
    """

    says: str
    weight: float


_BASE = -2.0  # two paragraphs are two, unless something says otherwise
_SENTENCE_ENDS = -6.0
_ABBREVIATION_ENDS = -1.0
_NO_END = 0.8
_SHORT = -2.0
_LABEL = -4.0
_TITLE = -4.0
_ITEMS = -4.0
_SHORT_BOTH = -2.0
_AUTHORS_LINES = -4.0
_NEW_SENTENCE = -4.0
_LOWER = 4.0
_OPEN_WORD = 2.6
_CLOSES = 2.8
_OPEN = 0.8
_PAGE_BREAK = 2.2
_LIST = -3.0
_COMMA = 1.6
_HYPHEN = 1.6
_LINE_FULL = 0.8
_LINE_SHORT = -4.0


def check(document: Document, _config: Config) -> Iterator[Edit]:
    spoken = language(document.meta.language)
    vocabulary: Vocabulary | None = None
    small = _small_words(document)
    for path, blocks in sequences(document):
        for first, second in _neighbours(blocks):
            before, after = blocks[first], blocks[second]
            halves = _halves(before, after)
            if not halves:
                continue
            evidence = [*_evidence_before(halves[0], spoken), *_evidence_after(*halves, spoken, small)]
            if second > first + 1:
                evidence.append(Evidence("a page ends between", _PAGE_BREAK))
            if isinstance(before, List) and not _has_sentences(before):
                evidence.append(Evidence("a list that is not made of sentences ends before", _LIST))
            confidence = _confidence(evidence)
            if confidence < _WORTH_RECORDING:
                continue
            vocabulary = vocabulary or Vocabulary.of(document, spoken)
            half = rejoined(halves[0].children, halves[1].children, vocabulary)
            whole = replace(halves[0], children=half, origin=halves[0].origin.joined(halves[1].origin))
            reason = "; ".join(one.says for one in evidence)
            yield Edit(Span(path, first, second + 1), (_joined(before, whole, after),), reason, confidence)


_WORTH_RECORDING = 0.35
"""Below this a proposal says nothing that a person would want to look at."""


def _neighbours(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The indexes of blocks with nothing but page breaks between them."""
    shown = [index for index, block in enumerate(blocks) if not _is_page_break(block)]
    return pairwise(shown)


def _is_page_break(block: Block) -> bool:
    return isinstance(block, Break) and block.kind is BreakKind.PAGE


def _halves(before: Block, after: Block) -> tuple[Paragraph, Paragraph] | None:
    """The paragraphs that may be halves of one: two neighbours, the end of a list or a quotation and what follows
    it, or the end and the start of two quotations."""
    first = _last_paragraph(before)
    second = after
    if isinstance(before, Quote) and isinstance(after, Quote) and after.children:
        second = after.children[0]
    elif isinstance(before, Quote):
        return None
    if first is None or not isinstance(second, Paragraph) or not first.role is second.role is Role.BODY:
        return None
    return None if _is_no_text(plain(first)) or _is_no_text(plain(second)) else (first, second)


def _is_no_text(text: str) -> bool:
    return is_separator(text) or reads_like_number(text)


def _last_paragraph(block: Block) -> Paragraph | None:
    match block:
        case Paragraph():
            return block
        case Quote(children=(*_, last)) | List(items=(*_, ListItem(children=(*_, last)))):
            return _last_paragraph(last)
    return None


def _has_sentences(block: List) -> bool:
    """Whether the items of a list are sentences, so that a last item without a full stop is not whole."""
    return bool(_SENTENCE_INSIDE.search(plain(block)))


def _joined(before: Block, whole: Paragraph, after: Block) -> Block:
    """The first block with the whole paragraph at its end, and what else the second block holds."""
    match before:
        case Quote(children=(*others, last)):
            rest = after.children[1:] if isinstance(after, Quote) else ()
            return replace(before, children=(*others, _joined(last, whole, whole), *rest))
        case List(items=(*items, ListItem(children=(*others, last)) as item)):
            changed = replace(item, children=(*others, _joined(last, whole, whole)))
            return replace(before, items=(*items, changed))
    return whole


def _small_words(document: Document) -> frozenset[str]:
    """The words that the document writes small, and with a capital only where a sentence starts."""
    text = "\n".join(plain(block) for block in document.blocks if not isinstance(block, Heading))
    return frozenset(_SMALL.findall(text)) - {word.casefold() for word in _CAPITAL_INSIDE.findall(text)}


def _confidence(evidence: Iterable[Evidence]) -> float:
    score = _BASE + sum(one.weight for one in evidence)
    return 1.0 / (1.0 + math.pow(2.0, -score))


def _evidence_before(block: Paragraph, spoken: Language) -> Iterator[Evidence]:
    """What the end of the first says."""
    text = plain(block).strip()
    if not ends_sentence(text):
        yield Evidence("no sentence ends before", _NO_END)
    elif ends_in_abbreviation(text):
        yield Evidence("an abbreviation or a sentence ends before", _ABBREVIATION_ENDS)
    else:
        yield Evidence("a sentence ends before", _SENTENCE_ENDS)
    if len(words(text)) < _MIN_WORDS or (len(text) < _LINE and starts_label(text)):
        yield Evidence("the first is a label", _LABEL)
    elif len(text) < _LINE:
        yield Evidence("the first is shorter than a line", _SHORT)
    if _is_title(text):
        yield Evidence("the first is set like a title", _TITLE)
    if text.endswith(("-", "\u2010", "\u00ad")) and text[-2:-1].isalpha():
        yield Evidence("a hyphen at the end", _HYPHEN)
    elif text.endswith((",", "-", "–", "—")):
        yield Evidence(f"“{text[-1]}” at the end", _COMMA)
    elif word := ends_open(text, spoken):
        yield Evidence(f"“{word}”, after which no sentence ends", _OPEN_WORD)
    found = [line for line in lines(block) if line.strip()]
    if len(found) > 1:
        if len(found[-1]) >= _FULL_LINE * median(map(len, found[:-1])):
            yield Evidence("its last line is full", _LINE_FULL)
        else:
            yield Evidence("its last line is short", _LINE_SHORT)


def _evidence_after(first: Paragraph, second: Paragraph, spoken: Language, small: frozenset[str]) -> Iterator[Evidence]:
    """What the start of the second says, beside the first."""
    before, after = plain(first).strip(), plain(second).strip()
    if starts_label(after) or (starts_item(after) and (starts_item(before) or not starts_lower(after))):
        yield Evidence("the second starts as an item or a label does", _ITEMS)
    elif starts_lower(after):
        yield Evidence("the next word starts with a small letter", _LOWER)
    elif starts_sentence(after, spoken, small):
        yield Evidence("the second starts as a sentence does", _NEW_SENTENCE)
    if _is_title(after):
        yield Evidence("the second is set like a title", _TITLE)
    if len(before) < _LINE and len(after) < _LINE:
        yield Evidence("both are shorter than a line", _SHORT_BOTH)
    if "\n" in before or "\n" in after:
        yield Evidence("the author ended the lines", _AUTHORS_LINES)
    kind = open_marks(before) if len(words(before)) <= _MAX_OPEN_WORDS else ""
    if kind and not (after.startswith(('"', "“", "„", "«")) and kind == "quotation"):
        closed = closes(after, kind)
        yield Evidence(
            f"the {kind} that is open is closed after" if closed else f"a {kind} is open", _CLOSES if closed else _OPEN
        )


def _is_title(text: str) -> bool:
    return is_title_case(text) and not text.endswith((".", ",", ";"))


RULE = Rule("JOIN101", "paragraph-cut-by-page", Phase.STRUCTURE, check, Safety.SAFE, ("PAGE101", "PAGE102", "META101"))
