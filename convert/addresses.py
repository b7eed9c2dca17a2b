"""Addresses of pages: comparing them."""

from __future__ import annotations

import re

_NOT_PART = re.compile(r"\A(?:https?:)?//(?:www\.)?|[?#].*\Z|/(?:index\.html?|amp)?/?(?=[?#]|\Z)", re.DOTALL)


def bare(address: str) -> str:
    """An address without what may differ between two ways to write it: scheme, "www.", query, last stroke."""
    return _NOT_PART.sub("", address.strip()).rstrip("/").casefold()


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page, though written in different ways."""
    return bool(one) and bare(one) == bare(other)


def host_of(address: str) -> str:
    return bare(address).partition("/")[0].partition(":")[0]


def site_name(address: str) -> str:
    """The name in the host of an address, without what all hosts have: "harbourpost" of www.harbourpost.co.uk."""
    parts = host_of(address).split(".")
    while len(parts) > 1 and (len(parts[-1]) <= 3 or parts[-1] in ("info", "blog", "news", "media")):
        parts.pop()
    return parts[-1] if parts else ""
