"""The titles that a web page claims, without what is no part of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from convert.claim_weights import Reading, weight
from convert.model import Claim
from convert.site_names import SEPARATOR, before_bar, shortenings, without_site
from convert.words import letters, words


def titles(claims: Sequence[Claim], names: frozenset[str]) -> Iterator[Reading]:
    """The titles, those of the head without the name of the site. A heading that the page shows says where the title
    ends: "The Tide" in "The Tide - Ports - Harbour Post"."""
    shown = [claim for claim in claims if _is_shown(claim) and letters(claim.value) not in names]
    stated = [claim for claim in claims if not _is_shown(claim)]
    headings = [_without_name(" ".join(claim.value.split()), names) for claim in shown]
    known = {
        letters(text) for claim, text in zip(shown, headings, strict=True) if weight("title", claim.evidence) > _SEEN
    }
    heads = [_as_shown(" ".join(claim.value.split()), known, names) for claim in stated]
    for claim, value in zip(shown, headings, strict=True):
        value = before_bar(value)
        longest = max((head for head in heads if _is_behind_label(head, value)), key=len, default="")
        yield Reading((longest or value,), claim, weight("title", claim.evidence))
    for claim, value in zip(stated, heads, strict=True):
        yield Reading((value,), claim, weight("title", claim.evidence))


def _is_shown(claim: Claim) -> bool:
    return claim.evidence.startswith(("<h", "<div", "<p", "<span", "another", "an <h1>"))


def _without_name(heading: str, names: Collection[str]) -> str:
    """A heading without the name of the site behind a bar, and without what is exactly that name behind a dash."""
    if "|" in heading:
        return without_site(heading, names)
    last = list(SEPARATOR.finditer(heading))[-1:]
    return next((heading[: one.start()] for one in last if letters(heading[one.end() :]) in names), heading)


def _as_shown(title: str, known: Collection[str], names: Collection[str]) -> str:
    """A title of the head as the page shows it, or else without the name of the site."""
    for text in (title, *shortenings(title)):
        if letters(text) in known:
            return text
    return before_bar(without_site(title, names))


def _is_behind_label(title: str, shown: str) -> bool:
    """Whether a heading is a title with something before it: "Blog: The Tide", "9 March 2023 The Tide"."""
    rest = shown.removesuffix(title)
    return rest != shown and 0 < len(words(rest)) <= _LABEL_WORDS < len(words(title)) + 1


_SEEN = 0.5
"""The weight from which a heading says where a title ends; other headings of the page are not its title."""

_LABEL_WORDS = 3
"""Words of the longest label before a title in its heading; a date has three."""
