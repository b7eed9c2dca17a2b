"""What the head of a web page states: `meta` and `link` elements, and the language of the page."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import Claim
from convert.readers.claim_data import ClaimData

_NAMED_BY = ("property", "name", "itemprop", "http-equiv")


def meta_claims(page: LexborHTMLParser, elements: Sequence[LexborNode], data: ClaimData) -> list[Claim]:
    """The claims of the `meta` elements among `elements`, for each field the best tags first, then those of `link`
    elements, of `title` and of `html`."""
    found: list[tuple[int, Claim]] = []
    links: list[Claim] = []
    for element in elements:
        attributes = element.attributes
        if element.tag == "link":
            links.append(Claim("url", (attributes.get("href") or "").strip(), 'link rel="canonical"'))
            continue
        value = (attributes.get("content") or "").strip()
        for attribute in _NAMED_BY:
            name = attributes.get(attribute)
            entry = data.meta_entry(name.strip().lower()) if name else None
            if entry and value:
                found.append((entry[1], Claim(entry[0], value, f'meta {attribute}="{name}"')))
                break
    claims = [claim for _, claim in sorted(found, key=lambda pair: pair[0])] + links
    title = page.css_first("head title") or page.css_first("title")
    if title and (text := " ".join(title.text().split())):
        claims.append(Claim("title", text, "<title>"))
    html = page.css_first("html")
    if html and (spoken := (html.attributes.get("lang") or "").strip()):
        claims.append(Claim("language", spoken, "html lang"))
    return claims
