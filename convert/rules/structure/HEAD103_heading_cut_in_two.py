"""A heading that the end of a line or a page cut in two.

What it does
    Joins the halves into one heading, where something besides their being neighbours says that they are one:
    a word that cannot end a heading, a small letter at the start, an open quotation, or the colon that all
    other headings end in.

Why
    Each half would be an entry in the contents, and the first would have no text.

Example
    "### Relations Soar As The Union & BRI" over "#### **Continue To Align:**" becomes one heading.

Known problems
    A heading with a heading of a lower level right under it stays two, even if it was one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.credits import credit_facts
from convert.edit import Edit
from convert.hyphens import Vocabulary, rejoined
from convert.language import Language, language
from convert.model import Blocks, Break, BreakKind, Document, Heading
from convert.notices import is_about_heading, wording
from convert.rule import Phase, Rule, Safety
from convert.sentences import ends_open, open_marks, starts_lower
from convert.walk import TOP, Span, plain
from convert.words import words

_COLON = 0.93
_GOES_ON = 0.92
_ONLY_NEIGHBOURS = 0.4

_MAX_WORDS = 40
"""Words of the longest heading that a join may make."""

_MIN_COLONS = 3
_COLON_SHARE = 0.7
"""Share of the headings that must end in a colon for its lack to tell a first half."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    spoken = language(document.meta.language)
    custom = _colon_is_custom(blocks)
    vocabulary: Vocabulary | None = None
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        stop = index + 1
        while stop < len(blocks) and _is_page_break(blocks, stop):
            stop += 1
        second = blocks[stop] if stop < len(blocks) else None
        if not isinstance(second, Heading) or not _can_be_one(block, second, spoken):
            continue
        confidence, reason = _weighed(plain(block).strip(), plain(second).strip(), spoken, colon_is_custom=custom)
        vocabulary = vocabulary or Vocabulary.of(document, spoken)
        children = rejoined(block.children, second.children, vocabulary)
        after = replace(block, children=children, origin=block.origin.joined(second.origin))
        yield Edit(Span(TOP, index, stop + 1), (after,), reason, confidence)


def _is_page_break(blocks: Blocks, index: int) -> bool:
    block = blocks[index]
    return isinstance(block, Break) and block.kind is BreakKind.PAGE


def _can_be_one(first: Heading, second: Heading, spoken: Language) -> bool:
    texts = plain(first), plain(second)
    apart = any(wording(text, spoken) or is_about_heading(text, spoken) for text in texts)
    return not apart and not credit_facts(texts[1], spoken) and sum(len(words(text)) for text in texts) <= _MAX_WORDS


def _colon_is_custom(blocks: Blocks) -> bool:
    headings = [plain(block).rstrip() for block in blocks if isinstance(block, Heading)]
    colons = sum(text.endswith(":") for text in headings)
    return colons >= _MIN_COLONS and colons >= _COLON_SHARE * len(headings)


def _weighed(first: str, second: str, spoken: Language, *, colon_is_custom: bool) -> tuple[float, str]:
    if first.endswith((".", "!", "?", ":")):
        return _ONLY_NEIGHBOURS, "a heading right under a heading, but the first is complete"
    if first.endswith(("-", "\u2010", "\u00ad")):
        return _GOES_ON, "the first half ends with a hyphen"
    if word := ends_open(first, spoken):
        return _GOES_ON, f"the first half ends with “{word}”, after which no heading ends"
    if kind := open_marks(first):
        return _GOES_ON, f"a {kind} is open at the end of the first half"
    if starts_lower(second):
        return _GOES_ON, "the second half starts with a small letter"
    if colon_is_custom and second.endswith(":"):
        return _COLON, "all other headings end in a colon: the first half lacks it, the second has it"
    return _ONLY_NEIGHBOURS, "a heading right under a heading, but nothing says that they are one"


RULE = Rule("HEAD103", "heading-cut-in-two", Phase.STRUCTURE, check, Safety.SAFE, ("PAGE101", "PAGE102", "HEAD102"))
