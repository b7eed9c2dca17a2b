"""Reads a web page: raw, as a browser rendered it, or saved.

selectolax (the Lexbor engine) parses as browsers do (WHATWG, 13.2); `html_blocks.py` walks the tree; `page_claims.py`
reads what the page says of itself. All text that a reader of the page sees comes in, the site's own too: what the
article is, rules say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from convert.model import Blocks, Document, Meta, Note
from convert.readers.decode import decode
from convert.readers.given import Input
from convert.readers.html_blocks import Page, Walk, Watch
from convert.readers.html_depth import without_deep_tags
from convert.readers.html_notes import notes_of
from convert.readers.html_streamed import moved_pieces
from convert.readers.page_claims import claims_of

if TYPE_CHECKING:
    from convert.sites.rule import Sites

_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def read_html(given: Input) -> Document:
    """The document of a page. Raises InputError where the bytes are no text or too many."""
    return read_page(decode_html(given.data, given.name, given.charset), given.name, given.url, given.sites)


def read_page(html: str, name: str, url: str, sites: Sites | None = None) -> Document:
    """The document of a page that is text; `url` is its address, or empty; `sites` gives the rule of its site.

    Raises ConfigError for a site rule that is broken.
    """
    html = without_deep_tags(html)
    tree = LexborHTMLParser(html)
    root = tree.root
    claims = claims_of(tree, url)
    address = url or next((claim.value for claim in claims if claim.field == "url"), "")
    base = _base(tree, address)
    language = (root.attributes.get("lang") or "") if root is not None else ""
    page = Page(name, absolute_in(base), base, language=language)
    rule = sites(address) if sites and address else None
    if rule is None:
        walk = _walked(tree, html, page, address)
        return Document(walk.done(), tuple(walk.notes), Meta(url=url), name, claims)
    from convert.readers.site_marks import marked  # only here: most pages have no rule
    from convert.sites.reading import said_by

    said = said_by(rule, html)
    watch = Watch({node.mem_id: number for number, node in said.watched(tree)})
    walk = _walked(tree, html, replace(page, watch=watch), address)

    def without(numbers: Collection[int]) -> Blocks:
        again = LexborHTMLParser(html)  # a walk may change its tree
        skipped = Watch({node.mem_id: n for n, node in said.watched(again) if n in numbers}, skips=True)
        return _walked(again, html, replace(page, watch=skipped), address).done()

    blocks, remarks = marked(walk.done(), said, watch.places, without)
    document = Document(blocks, tuple(walk.notes), Meta(url=url), name, (*said.claims, *claims))
    return replace(document, site_remarks=remarks)


def _walked(tree: LexborHTMLParser, html: str, page: Page, address: str) -> Walk:
    page = replace(page, moved=moved_pieces(tree, html), notes=notes_of(tree, address))
    walk = Walk(page, place="/html[1]")
    body = tree.body
    if body is not None:
        walk.element(body, "body", "/html[1]/body[1]")
    walk.flush()
    read = {note.label for note in walk.notes}
    walk.notes += [Note(label, ()) for label in dict.fromkeys(page.notes.notes.values()) if label not in read]
    return walk


def _base(tree: LexborHTMLParser, address: str) -> str:
    """What relative addresses are relative to (HTML 4.2.3)."""
    said = tree.css_first("base[href]")
    href = (said.attributes.get("href") or "") if said is not None else ""
    return urljoin(address, href) if href else address


def absolute_in(base: str) -> Callable[[str], str]:
    """Makes the addresses of a page absolute, as far as the page's own is known (RFC 3986, 5)."""
    parts = urlsplit(base)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    def absolute(href: str) -> str:
        href = href.strip()
        if not origin or href.startswith(("http://", "https://", "#")):
            return href  # a place in the page itself stays one: LINK101 sees to it
        if href.startswith("/") and not href.startswith("//"):
            return origin + href
        if _ABSOLUTE.match(href):
            return href
        try:
            return urljoin(base, href)
        except ValueError:  # no address at all: "http://[broken"
            return href

    return absolute


def decode_html(data: bytes, name: str, charset: str) -> str:
    """The text of a page: as its server said, else as the page says of itself (WHATWG 13.2.3.2), else as it looks.

    Raises InputError as `decode` does.
    """
    return decode(data, name, charset or _declared(data))


def _declared(data: bytes) -> str:
    """The encoding that a page states in a `<meta>` or an XML declaration."""
    if b"charset" not in data[:_PRESCAN] and not data.startswith(b"<?xml"):
        return ""
    from bs4.dammit import EncodingDetector  # only here: it takes longer to load than most pages to read

    return EncodingDetector.find_declared_encoding(data[:_PRESCAN], is_html=True) or ""


_PRESCAN = 4096
"""Bytes in which a page must state its encoding. The standard says 1,024; pages with long comments need more."""
