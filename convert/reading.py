"""From a source to its document: a file, standard input, an address on the web, or the saved copy of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from convert.model import Document
from convert.readers import read_bytes
from convert.readers.sniff import format_in
from convert.sites.rule import Sites
from convert.sources import Source, load
from convert.web.address import Policy
from convert.web.collect import collect
from convert.web.content import format_of_page
from convert.web.fetch import Limits, fetch
from convert.web.pages import stitch
from convert.web.saved import SavedCopy, read_copy

_LIMITS, _POLICY = Limits(), Policy()


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be fetched, and how much of it."""

    limits: Limits = _LIMITS
    policy: Policy = _POLICY


_REACH = Reach()


@dataclass(frozen=True, slots=True)
class Scrape:
    """A source that was read."""

    document: Document
    data: bytes  # what it was read from; the pages of an article one after the other
    copy: SavedCopy | None = None  # of an article on the web


def read_source(
    source: Source,
    input_format: str | None = None,
    url: str = "",
    reach: Reach = _REACH,
    tell: Callable[[str], None] = lambda _what: None,
    sites: Sites | None = None,
) -> Scrape:
    """Reads a source. Only one that is an address, and no saved copy, leads to the network.

    `url` is the address of the page, where the source does not say it; `sites` gives the rule of a page's site. Raises
    InputError, and ConfigError for a site rule that is broken.
    """
    if source.address:
        copy = (
            read_copy(source.path) if source.path else collect(source.address, reach.limits, reach.policy, tell, sites)
        )
        tell(f"reading {source.name}")
        document = _named(document_of(copy, input_format, sites), source.name, url)
        return Scrape(document, b"".join(page.content for page in copy.pages), copy)
    tell(f"reading {source.name}")
    data = load(source)
    piped = format_in(data) or "markdown" if source.is_standard_input else None  # most texts are Markdown too
    document = read_bytes(
        data, source.name, input_format or piped, url=url, path=source.path, item=source.item, sites=sites
    )
    return Scrape(_named(document, source.name, url), data)


def document_of(copy: SavedCopy, input_format: str | None = None, sites: Sites | None = None) -> Document:
    """The document of an article that was fetched, all its pages. Raises InputError where a page is no article's."""
    return stitch(
        [
            read_bytes(
                page.content,
                page.url,
                input_format or format_of_page(page.content, page.content_type, page.url),
                url=page.url,
                charset=page.charset,
                sites=sites,
            )
            for page in copy.pages
        ]
    )


def _named(document: Document, name: str, url: str) -> Document:
    """The document under the name of its source, and with the address that the user gave."""
    meta = replace(document.meta, url=url) if url else document.meta
    return replace(document, source=name, meta=meta)


ACCEPT_IMAGE = "image/jpeg, image/png, image/webp;q=0.9, image/avif;q=0.9, image/gif;q=0.9, */*;q=0.1"
"""What the editions can hold, the formats first that need not be converted."""


def image_at(address: str, reach: Reach = _REACH) -> bytes:
    """The image at an address, as it came. Raises InputError where it cannot be had."""
    return fetch(address, reach.limits, reach.policy, ACCEPT_IMAGE).content
