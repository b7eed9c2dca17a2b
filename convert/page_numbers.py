"""Reading the numbers of pages: which lines are one, and how much the line itself says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from convert.language import available, language


class Says(Enum):
    """How a line numbers a page."""

    PAGE = auto()  # in words or by its form: "Page 3 of 12", "https://post.example/a 3/12"
    SHARE = auto()  # "3 of 12", "3/12": scores and dates are written so as well
    NUMBER = auto()  # a number and no more
    PRINT = auto()  # what a browser puts above a page, without a number: the time and the title


@dataclass(frozen=True, slots=True)
class PageNumber:
    says: Says
    number: int | None = None


_OUTER = r"[-–—~|\[(\s]*"
_OUTER_END = r"[-–—~|\])\s]*"
_NUMBERED = r"(?P<number>\d{1,4})"
_ADDRESS = r"(?:https?://|www\.|file://)\S+"
_DATE = r"(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2})"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]\.?M\.?)?(?:\s+Uhr)?"
_MOMENT = rf"{_DATE},?\s+(?:at\s+|um\s+)?{_TIME}"


@cache
def _patterns() -> tuple[tuple[Says, re.Pattern[str]], ...]:
    """What a line may be, the surest first, with the words of all languages: pages are numbered by the printer."""
    spoken = [language(code) for code in available()]
    pages = [word for one in spoken for word in one.page_words]
    page = "|".join(rf"{re.escape(word)}\.?" for word in pages)
    named = "|".join(re.escape(form) for word in pages if word.isalpha() for form in (word.capitalize(), word.upper()))
    share = rf"{_NUMBERED}\s*(?:{'|'.join(word for one in spoken for word in one.of_words)}|/)\s*(?P<total>\d{{1,4}})"
    patterns = (
        (Says.PAGE, rf"{_OUTER}(?:{page})\W{{0,3}}(?:{share}|(?P<alone>\d{{1,4}})){_OUTER_END}"),
        (Says.PAGE, rf"{_NUMBERED}\s*\|\s*(?:{page})"),
        (Says.PAGE, rf"{_ADDRESS}\s+[\[(]?(?:(?:{page}) )?{share}[\])]?(?:\s+\[?{_MOMENT}\]?)?"),
        (Says.PAGE, rf"{share}\s+{_MOMENT}"),
        (Says.PAGE, rf"\S.{{1,80}}\W(?-i:{named}) {share}"),
        (Says.PAGE, rf"(?-i:{named}) {share}\W.{{1,80}}"),
        (Says.PAGE, rf"[-–—]{{1,2}}\s*{share}\s*[-–—]{{1,2}}"),
        (Says.SHARE, rf"{_OUTER}{share}{_OUTER_END}"),
        (Says.PRINT, _MOMENT),
        (Says.PRINT, rf"{_MOMENT}\s+\S.{{2,150}}|\S.{{2,150}}\s+{_MOMENT}"),
        (Says.NUMBER, rf"{_OUTER}{_NUMBERED}{_OUTER_END}"),
    )
    return tuple((says, re.compile(pattern, re.IGNORECASE)) for says, pattern in patterns)


_ROMAN = re.compile(rf"{_OUTER}(?P<roman>[ivxlc]{{1,7}}){_OUTER_END}", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def page_number(text: str) -> PageNumber | None:
    """The page number that a line is, as a whole; None where it is anything else."""
    line = text.strip()
    for says, pattern in _patterns():
        if match := pattern.fullmatch(line):
            groups = match.groupdict()
            number, total = groups.get("number") or groups.get("alone"), groups.get("total")
            if number and total and int(number) > int(total):
                return None
            return PageNumber(says, int(number) if number else None)
    match = _ROMAN.fullmatch(line)
    return PageNumber(Says.NUMBER, _roman(match["roman"].lower())) if match else None


def reads_like_number(text: str) -> bool:
    return page_number(text) is not None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
    return sum(signed)


def in_sequence(numbers: list[int | None]) -> set[int]:
    """The places of the longest run of numbers that count upwards, as pages do, a few of them left out."""
    ends: dict[int, int] = {}  # the last number of a run, and its place
    length: dict[int, int] = {}
    before: dict[int, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        runs = [ends[number - step] for step in range(1, _MAX_STEP + 1) if number - step in ends]
        length[place] = 1
        if runs:
            before[place] = max(runs, key=lambda run: length[run])
            length[place] = length[before[place]] + 1
        ends[number] = place
    if not length:
        return set()
    place = max(length, key=lambda candidate: length[candidate])
    run = {place}
    while place in before:
        place = before[place]
        run.add(place)
    return run


_MAX_STEP = 3
"""How far a page's number may be from the one before it: pages with a picture often show none."""
