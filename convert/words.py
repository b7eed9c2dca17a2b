"""Counting words, the way that the books are kept: what a reader would call the same words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W_]+")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in order: runs of letters and digits, compatibility forms and case alike (NFKC)."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def word_count(text: str) -> Counter[str]:
    return Counter(words(text))


def letters(text: str) -> str:
    """A text squeezed to its letters and digits, to compare what is alike but for spaces, hyphens and marks."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def alike(text: str) -> str:
    """A text as a person compares two lines: without case, outer punctuation and runs of spaces."""
    return " ".join(words(text))
