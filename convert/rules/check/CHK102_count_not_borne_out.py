"""The article counts its sections, and has another number of them.

What it does
    Reports it. The words stay as they are.

Why
    Either the count is a slip, or a section is missing; an editor must decide.

Example
    "the top two dozen highlights", over 27 sections.

Known problems
    A count of something else in the same words ("ten points of difference") is reported too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.language import Language, language
from convert.model import Document, Heading, Paragraph
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain

_CONFIDENCE = 0.8
_WORD = re.compile(r"[^\W_]+")

_MIN_COUNT = 3
"""A smaller number before such a noun counts something in a sentence more often than the sections."""

_ADJECTIVES = 2
"""Words that may stand between the number and the noun ("ten most important points")."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    spoken = language(document.meta.language)
    blocks = document.blocks
    headings = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
    if not headings:
        return
    top = min(block.level for block in blocks if isinstance(block, Heading))
    found = sum(isinstance(block, Heading) and block.level == top for block in blocks)
    for index, block in enumerate(blocks[: headings[0]]):
        if not isinstance(block, Paragraph):
            continue
        claimed = claimed_count(plain(block), spoken)
        if claimed and claimed[0] != found:
            said = f"the text says “{claimed[1]}” ({claimed[0]}); the article has {found}"
            yield Edit(Span(TOP, index, index + 1), None, said, _CONFIDENCE)
            return


def claimed_count(text: str, spoken: Language) -> tuple[int, str] | None:
    """The number of sections that a text says the article has, with the words that say so."""
    found = [match[0] for match in _WORD.finditer(text)]
    small = [word.casefold() for word in found]
    for place, word in enumerate(small):
        if word not in spoken.counted:
            continue
        for start in range(max(0, place - _ADJECTIVES - 2), place):
            count, stop = number_at(small, start, spoken)
            if count >= _MIN_COUNT and place - stop <= _ADJECTIVES:
                return count, " ".join(found[start : place + 1])
    return None


def number_at(found: list[str], start: int, spoken: Language) -> tuple[int, int]:
    """The number that starts at a word ("24", "twenty four", "two dozen"), and the word after it; 0 for none."""
    total, place = 0, start
    while place < len(found):
        word = found[place]
        value = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else spoken.numbers.get(word, 0)
        if not value:
            break
        multiplies = (
            total
            and value in (spoken.numbers.get("dozen", 12), spoken.numbers.get("score", 20))
            and not word.isdigit()
            and total < 12
        )
        total = total * value if multiplies else total + value
        place += 1
    return total, place


RULE = Rule("CHK102", "count-not-borne-out", Phase.CHECK, check, Safety.SAFE, ("HEAD105",))
