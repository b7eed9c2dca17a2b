"""What a site rule says of one page: the elements it names, the facts it finds, and the next page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import Claim
from convert.sites.rule import Selector, SiteRule
from convert.sites.select import elements_of, found
from convert.web.address import SCHEMES, joined

_FIELDS = {"title": "title", "author": "authors", "date": "date"}
"""The keys of facts, and the fields of the metadata that they state."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of a page. Elements are told by their numbers in the order of the page."""

    rule: SiteRule
    kept: tuple[tuple[Selector, tuple[int, ...]], ...]  # in the order of the rule, those too that find nothing
    dropped: tuple[tuple[Selector, tuple[int, ...]], ...]
    claims: tuple[Claim, ...]

    def watched(self, page: LexborHTMLParser) -> Iterator[tuple[int, LexborNode]]:
        """The elements of a page that the rule names, with their numbers."""
        numbers = {number for _, found in (*self.kept, *self.dropped) for number in found}
        return ((number, node) for number, node in enumerate(elements_of(page)) if number in numbers)


def said_by(rule: SiteRule, html: str) -> Said:
    """Evaluates a rule on a page. Raises ConfigError for a selector that is broken or takes too long."""
    selectors = rule.of("keep", "drop", *_FIELDS)
    matches = list(zip(selectors, found(rule, selectors, html), strict=True))
    claims: dict[str, Claim] = {}
    for selector, match in matches:
        if selector.key in _FIELDS and selector.key not in claims and match.values:
            # several elements are several authors; of a title or a date the first counts
            value = _AND.join(match.values) if selector.key == "author" else match.values[0]
            claims[selector.key] = Claim(_FIELDS[selector.key], value, f"{rule.name}, {selector.said}")
    return Said(
        rule,
        tuple((selector, match.elements) for selector, match in matches if selector.key == "keep"),
        tuple((selector, match.elements) for selector, match in matches if selector.key == "drop"),
        tuple(claims.values()),
    )


_AND = "\n,\n"


def next_page_by(rule: SiteRule, html: str, base: str, url: str) -> str | None:
    """The address of the next page that a rule finds on the page at `url`; None where it finds none.

    It is one of the same host. `base` is what the page's addresses are relative to. Raises ConfigError as `said_by`.
    """
    selectors = rule.of("next_page")
    host = _host(url)
    for match in found(rule, selectors, html):
        for value in match.values:
            target = joined(base, value).partition("#")[0]
            if target and urlsplit(target).scheme in SCHEMES and _host(target) == host:
                return target
    return None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
