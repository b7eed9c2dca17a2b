"""What a web page says of itself outside its running text: every claim, raw, with where it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import Claim
from convert.readers.claim_data import claim_data
from convert.readers.json_ld import json_ld_claims
from convert.readers.meta_tags import meta_claims
from convert.readers.visible_claims import visible_claims
from convert.site_names import site_names

_TELLING = 'meta[content], link[rel~="canonical"][href], script[type="application/ld+json" i], h1'
"""Elements that state facts wherever they stand, found in one go."""


def claims_of(page: LexborHTMLParser, url: str) -> tuple[Claim, ...]:
    """All that a page says about its title, authors, dates and so on, each as the page writes it.

    `url` is the address of the page, "" where it is not known. Claims contradict each other; the rule META109
    chooses. Nothing is raised for bad content.
    """
    data = claim_data()
    found: dict[str, list[LexborNode]] = defaultdict(list)
    for element in page.css(_TELLING):
        found[element.tag or ""].append(element)
    head = meta_claims(page, [*found["meta"], *found["link"]], data)
    addresses = [url, *(claim.value for claim in head if claim.field == "url")]
    structured = json_ld_claims([script.text() for script in found["script"]], addresses, data)
    titles = tuple(dict.fromkeys(claim.value for claim in (*structured, *head) if claim.field == "title"))
    shown = visible_claims(page, found["h1"], titles, site_names((*structured, *head), url), data)
    here = [Claim("url", url, "the address of the page")] if url else []
    claims = (_absolute(claim, url) for claim in (*structured, *head, *shown, *here) if claim.value)
    return tuple(_not_too_many(claims))


def _not_too_many(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The first claims of each kind; what a page says a hundred times it does not say of itself."""
    counts: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        counts[claim.field, claim.evidence] += 1
        if counts[claim.field, claim.evidence] <= _MAX_OF_A_KIND:
            yield claim


_MAX_OF_A_KIND = 40


def _absolute(claim: Claim, url: str) -> Claim:
    """A claim whose address is a whole one."""
    if claim.field not in ("url", "image") or claim.value.startswith(("http://", "https://")):
        return claim
    try:
        return Claim(claim.field, urljoin(url, claim.value), claim.evidence)
    except ValueError:
        return claim
