"""Dates as web pages state them: in tags by the standards, in datelines as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convert.credits import find_date
from convert.language import Language, available, language

_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T\d+|\d{6})?Z?\s*\Z")
_YEAR_FIRST = re.compile(r"(\d{4})\s+(\D{3,9})\s+(\d{1,2})\b")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?!\d)")

_WORD = re.compile(r"[^\W\d_]+")

_DAY_FIRST_ENGLISH = ("en-gb", "en-au", "en-in", "en-ie", "en-nz", "en-za")
"""Where English is written with the day before the month in figures (CLDR, short date patterns)."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
"""A page of the web is not older than the web."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    iso: str  # "2021-01-26"
    is_update: bool  # whether what stands before it says that something was changed then
    is_doubtful: bool  # whether it can be read in two ways: 3/9/2023


def stated_date(value: str, spoken: Language, code: str) -> StatedDate | None:
    """The first date in a text; None if there is none.

    `code` is the language as the page states it ("en-GB"), which says whether 3/9 is in March or in September.
    """
    match = _ISO.match(value) or _COMPACT.match(value)
    if match:
        return _dated(match[1], match[2], match[3], is_update=False, is_doubtful=False)
    text = _YEAR_FIRST.sub(r"\3 \2 \1", value.replace("\n", " "))
    figures = _FIGURES.search(text)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        year = figures[3] if len(figures[3]) == 4 else f"20{figures[3]}"
        month, day = (figures[1], figures[2]) if _is_month_first(figures[0], code) else (figures[2], figures[1])
        is_update = says_updated(text[: figures.start()], spoken)
        return _dated(year, month, day, is_update=is_update, is_doubtful=True)
    if figures and len(figures[3]) == 2:
        text = f"{text[: figures.start(3)]}20{text[figures.start(3) :]}"
    for one in (spoken, *(language(other) for other in available() if other != spoken.code)):
        if found := find_date(text, one):
            is_update = says_updated(found.rest.partition("\n")[0], spoken)
            year, month, day = found.date.split("-")
            return _dated(year, month, day, is_update=is_update, is_doubtful=False)
    return None


def date_in_address(address: str) -> str:
    """The date in the address of a page ("/2021/01/26/"), as ISO 8601; "" if there is none."""
    match = _IN_ADDRESS.search(address)
    found = _dated(match[1], match[2], match[3], is_update=False, is_doubtful=False) if match else None
    return found.iso if found else ""


def says_updated(before: str, spoken: Language) -> bool:
    """Whether what stands before a date says that something was changed then."""
    said = f" {' '.join(_WORD.findall(before.casefold()))} "
    changed = max((said.rfind(f" {label} ") for label in spoken.updated), default=-1)
    published = max((said.rfind(f" {label} ") for label in spoken.published if label != "on"), default=-1)
    return changed >= 0 and changed >= published


def _is_month_first(figures: str, code: str) -> bool:
    code = code.lower().replace("_", "-")
    return "." not in figures and code.startswith("en") and not code.startswith(_DAY_FIRST_ENGLISH)


def _dated(year: str, month: str, day: str, *, is_update: bool, is_doubtful: bool) -> StatedDate | None:
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return StatedDate(f"{int(year):04}-{int(month):02}-{int(day):02}", is_update, is_doubtful)
