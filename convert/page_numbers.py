"""Reading the numbers of pages: which lines are one, and which number they state."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BARE = re.compile(r"\W{0,3}(?P<number>\d{1,4})\W{0,3}")
_ROMAN = re.compile(r"\W{0,3}(?P<roman>[ivxlc]{1,7})\W{0,3}", re.IGNORECASE)
_NAMED = re.compile(
    r"\W*(?:page|pg|p|seite|s)\b\W*(?P<number>\d{1,4})(?:\W+(?:of|von|out of|/)?\W*(?P<total>\d{1,4}))?\W*",
    re.IGNORECASE,
)
_OF = re.compile(r"\W*(?P<number>\d{1,4})\s*(?:of|von|/)\s*(?P<total>\d{1,4})\W*", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:https?://|www\.)\S+\s+(?P<number>\d{1,4})\s*/\s*(?P<total>\d{1,4})"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?(?:\s+\d{1,2}:\d{2}(?:\s*[AP]M)?)?\s+\S.{3,150}",
    re.IGNORECASE,
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageNumber:
    number: int | None  # None: a line of the print that states no number
    says_so: bool  # whether the line itself says that it is one ("Page 3", "3 of 12"), or is a bare number


def page_number(text: str) -> PageNumber | None:
    """The page number that a line is, as a whole; None where it is anything else."""
    line = text.strip()
    for pattern in (_NAMED, _OF):
        if match := pattern.fullmatch(line):
            number, total = int(match["number"]), match["total"]
            return PageNumber(number, says_so=True) if not total or number <= int(total) else None
    if match := _PRINTED.fullmatch(line):
        return PageNumber(int(match["number"]) if match["number"] else None, says_so=True)
    if match := _BARE.fullmatch(line):
        return PageNumber(int(match["number"]), says_so=False)
    if match := _ROMAN.fullmatch(line):
        value = _roman(match["roman"].lower())
        return PageNumber(value, says_so=False) if value else None
    return None


def reads_like_number(text: str) -> bool:
    return page_number(text) is not None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
    return sum(signed)
