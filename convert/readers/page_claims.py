"""What a web page says of itself outside its running text: every claim, raw, with where it stands."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from convert.model import Claim


def claims_of(page: LexborHTMLParser, url: str) -> tuple[Claim, ...]:
    """All that a page says about its title, authors, dates and so on, each as the page writes it.

    `url` is the address of the page, "" where it is not known. Claims contradict each other; the rule META109
    chooses.
    """
    title = page.css_first("title")
    claims = [Claim("title", title.text().strip(), "<title>")] if title else []
    return (*claims, *([Claim("url", url, "the address of the page")] if url else []))
