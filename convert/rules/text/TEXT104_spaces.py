"""Spaces that no typesetter would leave: runs of them, tabs, and runs of no-break spaces.

What it does
    Makes one space of a run of spaces and tabs, and a plain space of a no-break space between words that
    nothing holds together. A no-break space beside a number, a unit or a mark of punctuation stays.

Why
    They come from the layout of the page, and open holes in the lines.

Example
    "the  harbour" becomes "the harbour".

Known problems
    Columns that were set with spaces are no table afterwards; where they matter, the source must be code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.text.leaf import word_edits

_CONFIDENCE = 0.97
_RUN = re.compile("[ \t\u00a0\u2002-\u200a\u202f\u3000]{2,}")
_TAB = re.compile("[\t\u2002-\u2008\u200a]")
_NO_BREAK = re.compile("(?<=[^\\W\\d_])\u00a0(?=[^\\W\\d_])")
_AT_LINE_END = re.compile(" +\n *| *\n +")


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return word_edits(document, _mended, _reason, _CONFIDENCE)


def _mended(text: str) -> str:
    text = _TAB.sub(" ", _RUN.sub(" ", text))
    return _AT_LINE_END.sub("\n", _NO_BREAK.sub(" ", text))


def _reason(before: str, _after: str) -> str:
    if _RUN.search(before):
        return "several spaces in a row"
    return "a no-break space between words" if _NO_BREAK.search(before) else "a space of the layout"


RULE = Rule("TEXT104", "spaces", Phase.TEXT, check, Safety.SAFE, ("TEXT103",))
