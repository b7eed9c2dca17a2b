"""What a web site calls itself, so that its name can be told from a title and from an author."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from convert.addresses import host_of, site_name
from convert.model import Claim
from convert.words import letters, words

SEPARATOR = re.compile(r"\s+[|·•»«–—:~/-]+\s+|\s*[|»]\s*|:\s+")
"""What parts a title from the name of the site, or from that of a section."""

_MIN_SHARED = 4
"""Letters from which a name inside another says that both are the same: "Post" in "Harbour Post", not "BT"."""


def site_names(claims: Iterable[Claim], url: str) -> frozenset[str]:
    """What the site calls itself, squeezed to letters; the name in its address is one."""
    stated = [claim.value for claim in claims if claim.field == "publisher"]
    addresses = [url, *(claim.value for claim in claims if claim.field == "url")]
    names = {letters(name) for name in (*stated, *map(site_name, addresses), *map(host_of, addresses))}
    return frozenset(name for name in names if name)


def is_site(text: str, names: Collection[str]) -> bool:
    """Whether a text is a name of the site, or the longer or the shorter form of one."""
    own = letters(text)
    if not own:
        return False
    if any(own == name or _inside(own, name) or _inside(name, own) for name in names):
        return True
    parts = words(text)
    return any(all(part in name for part in parts) for name in names if len(own) >= _MIN_SHARED)


def _inside(one: str, other: str) -> bool:
    return len(one) >= _MIN_SHARED and one in other


def without_site(title: str, names: Collection[str]) -> str:
    """A title without the parts at its ends that name the site. Before the title stands nothing but its name; behind
    it may stand more: "The Tide | Harbour Post Online"."""
    while True:
        breaks = list(SEPARATOR.finditer(title))
        if not breaks:
            return title
        first, last = breaks[0], breaks[-1]
        before, behind = title[: first.start()], title[last.end() :]
        if ":" not in last[0] and len(words(behind)) <= _MAX_SITE_WORDS and is_site(behind, names):
            title = title[: last.start()].strip()
        elif letters(before) in names:
            title = title[first.end() :].strip()
        else:
            return title


_MAX_SITE_WORDS = 8
"""Words of the longest name of a site with its motto or its department."""


def before_bar(title: str) -> str:
    """A title up to the bar that parts it from its section ("The Tide, Again | Ports"). A short start is none."""
    start = title.partition("|")[0].strip()
    return start if len(words(start)) >= _MIN_BEFORE_BAR else title


_MIN_BEFORE_BAR = 3


def shortenings(title: str) -> Iterator[str]:
    """A title without its last part, its last two, its first, and so on: what it may be without the site's name."""
    breaks = list(SEPARATOR.finditer(title))
    for found in reversed(breaks):
        yield title[: found.start()].strip()
    for found in breaks:
        yield title[found.end() :].strip()


def site_parts(titles: Collection[str]) -> frozenset[str]:
    """Parts of titles that another of the titles goes without, squeezed to letters: "Harbour Post" of "The Tide -
    Harbour Post" beside "The Tide"."""
    known = {letters(title) for title in titles}
    found = set()
    for title in titles:
        for short in shortenings(title):
            if letters(short) in known:
                found.add(letters(title.replace(short, "", 1)))
    return frozenset(found - known - {""})
