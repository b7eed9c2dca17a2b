"""An invisible character inside a word or a space.

What it does
    Removes zero-width spaces, soft hyphens, byte order marks and control characters; resolves the ligatures of
    print (ﬁ, ﬂ) into their letters. The joiners that Persian, the Indic scripts and emoji need stay.

Why
    They cut words for search, for speech and for hyphenation, and no reader can see why.

Example
    "passen<U+200B>gers" becomes "passengers".

Known problems
    A soft hyphen that an author set on purpose, to allow a break, is removed too: editions hyphenate themselves.
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
_INVISIBLE = re.compile("[\u200b\u00ad\ufeff\u2060\u180e\ufffc\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return word_edits(document, _mended, _reason, _CONFIDENCE)


def _mended(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], _INVISIBLE.sub("", text))


def _reason(before: str, _after: str) -> str:
    found = _INVISIBLE.search(before) or _LIGATURE.search(before)
    return f"U+{ord(found[0]):04X} is no letter of the text" if found else "an invisible character"


RULE = Rule("TEXT103", "invisible-character", Phase.TEXT, check, Safety.SAFE, ("TEXT101",))
