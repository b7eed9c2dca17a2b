"""The words in the names that pages give their elements."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MAX_REMEMBERED = 8192  # names: those of a page stand on many elements, and sites share most of them


@lru_cache(_MAX_REMEMBERED)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a class name or an id, in lower case: "pullQuote--wide-2" is pull, quote, wide and 2."""
    return tuple(part.lower() for part in _PART.findall(name))
