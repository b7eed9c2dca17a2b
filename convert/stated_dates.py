"""Dates as web pages state them: in tags by the standards, in datelines as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from convert.credits import find_date
from convert.language import Language, available, language

_ISO = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_FIGURE = re.compile(r"\d")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T\d+|\d{6})?Z?\s*\Z")
_YEAR_FIRST = re.compile(r"(\d{4})\s+(\D{3,9})\s+(\d{1,2})\b")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/([^\W\d_]{3,9})/(\d{1,2})(?!\d)")

_WORD = re.compile(r"[^\W\d_]+")

_DAY_FIRST_ENGLISH = ("en-gb", "en-au", "en-in", "en-ie", "en-nz", "en-za")
"""Where English is written with the day before the month in figures (CLDR, short date patterns)."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
"""A page of the web is not older than the web."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    iso: str  # "2021-01-26"
    is_update: bool  # whether what stands before it says that something was changed then
    otherwise: str = ""  # what it is if figures that can be read in two ways (3/9/2023) are read the other way


def stated_date(value: str, spoken: Language, code: str) -> StatedDate | None:
    """The first date in a text; None if there is none.

    `code` is the language as the page states it ("en-GB"), which says whether 3/9 is in March or in September.
    """
    if not _FIGURE.search(value):
        return None
    if match := _COMPACT.match(value):
        return _dated(match[1], match[2], match[3])
    if match := _ISO.search(value):
        is_update = bool(match.start()) and says_updated(value[: match.start()], spoken)
        return _dated(match[1], match[3], match[4], is_update=is_update)
    text = _YEAR_FIRST.sub(r"\3 \2 \1", value.replace("\n", " "))
    figures = _FIGURES.search(text)
    in_figures = (
        _in_figures(figures, code, is_update=says_updated(text[: figures.start()], spoken)) if figures else None
    )
    if in_figures and in_figures.otherwise:
        return in_figures
    for one in (spoken, *(language(other) for other in available() if other != spoken.code)):
        if found := find_date(text, one):
            year, month, day = found.date.split("-")
            is_update = says_updated(found.rest.partition("\n")[0], spoken)
            return _dated(year, month, day, is_update=is_update)
    return in_figures


def _in_figures(figures: re.Match[str], code: str, *, is_update: bool) -> StatedDate | None:
    """A date in figures with the year at the end. With points the day comes first (CLDR)."""
    year = figures[3] if len(figures[3]) == 4 else f"20{figures[3]}"
    month_first = _dated(year, figures[1], figures[2], is_update=is_update)
    day_first = _dated(year, figures[2], figures[1], is_update=is_update)
    has_points = "." in figures[0]
    if month_first is None or month_first == day_first:
        return day_first
    if day_first is None:
        return None if has_points else month_first
    if _is_month_first(code) and not has_points:
        return replace(month_first, otherwise=day_first.iso)
    return replace(day_first, otherwise=month_first.iso)


def date_in_address(address: str) -> str:
    """The date in the address of a page ("/2021/01/26/", "/2021/jan/26/"), as ISO 8601; "" if there is none."""
    match = _IN_ADDRESS.search(address)
    found = _dated(match[1], match[2], match[3]) if match else None
    if found is None and (match := _MONTH_IN_ADDRESS.search(address)):
        month = _months().get(match[2].casefold())
        found = _dated(match[1], str(month), match[3]) if month else None
    return found.iso if found else ""


@cache
def _months() -> Mapping[str, int]:
    """The number of a month by its name in any language."""
    return {name: number for code in available() for name, number in language(code).months.items()}


def says_updated(before: str, spoken: Language) -> bool:
    """Whether what stands before a date says that something was changed then."""
    if not _WORD.search(before):
        return False
    said = f" {' '.join(_WORD.findall(before.casefold()))} "
    changed = max((said.rfind(f" {label} ") for label in spoken.updated), default=-1)
    published = max((said.rfind(f" {label} ") for label in spoken.published if label != "on"), default=-1)
    return changed >= 0 and changed >= published


def _is_month_first(code: str) -> bool:
    code = code.lower().replace("_", "-")
    return code.startswith("en") and not code.startswith(_DAY_FIRST_ENGLISH)


def _dated(year: str, month: str, day: str, *, is_update: bool = False) -> StatedDate | None:
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return StatedDate(f"{int(year):04}-{int(month):02}-{int(day):02}", is_update)
