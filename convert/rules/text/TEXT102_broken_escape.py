"""An escape that shows: a backslash or a character reference that a reader sees.

What it does
    Removes the backslash before a mark of punctuation, and resolves references that were escaped twice.

Why
    Programs that make Markdown escape its marks; escaped twice, "\\\\*" or "&amp;amp;" reach the page.

Example
    "Harrow &amp;amp; Daughters" becomes "Harrow & Daughters".

Known problems
    In an article about markup the escape may be meant; it is kept where it stands as code, in a path
    (C:\\notes\\[draft]), in a command (\\alpha) and around a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from convert.config import Config
from convert.edit import Edit
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.text.leaf import word_edits

_CONFIDENCE = 0.8
_BACKSLASH = re.compile(r"\\+(?=[*_#\[\](){}\"'`>~!.+\-|&])")
_PIECE = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\S+", re.DOTALL)
_MEANT = re.compile(r"\\[^\W_]|:\\|^\\[(\[].*[\^=]", re.DOTALL)  # of a command, a path, a formula
_REFERENCE = re.compile(
    r"&(?:amp;)*(?:amp|lt|gt|quot|apos|nbsp|hellip|ndash|mdash|[lr]squo|[lr]dquo|#\d{2,6}|#x[0-9A-Fa-f]{2,6});"
)


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return word_edits(
        document, _mended, lambda *_: "an escape that was meant for a program shows in the text", _CONFIDENCE
    )


def _mended(text: str) -> str:
    if "\\" in text:
        text = _PIECE.sub(_without_backslashes, text)
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _without_backslashes(match: re.Match[str]) -> str:
    return match[0] if _MEANT.search(match[0]) else _BACKSLASH.sub("", match[0])


def _resolved(match: re.Match[str]) -> str:
    text = match[0]
    while (resolved := unescape(text)) != text:
        text = resolved
    return text


RULE = Rule("TEXT102", "broken-escape", Phase.TEXT, check, Safety.SAFE, ("TEXT101",))
