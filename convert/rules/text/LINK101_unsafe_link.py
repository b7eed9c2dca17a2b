"""A link that must not, or cannot, be followed from an edition.

What it does
    Keeps the words and removes the link where it runs a script, points into somebody's own disk, carries data,
    or is relative to a page whose address is not known. Images with such addresses keep their description; those
    whose address names a file that may lie with the source, or holds the image itself, are left to the editions.

Why
    A "file:" link tells the world about a disk, a script has no place in a book, and a relative link is dead
    outside its site.

Example
    "[the report](file:///home/me/report.html)" becomes "the report".

Known problems
    A relative link could be made whole if the address of the page were known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.images import names_file
from convert.model import Document, Image, Inline, Inlines, Link, Styled
from convert.rule import Phase, Rule, Safety
from convert.walk import inlines_in, joined, leaves

_CONFIDENCE = 0.95
_SAFE = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@|tel:\+?\d|doi:|urn:)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_safe(url: str) -> bool:
    """Whether an edition may carry this address."""
    return bool(_SAFE.match(url.strip()))


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for span, block in leaves(document):
        bad = [node for node in inlines_in(block.children) if isinstance(node, Link) and not is_safe(node.url)]
        images = [node for node in inlines_in(block.children) if isinstance(node, Image) and not _shown(node)]
        if bad or images:
            address = bad[0].url if bad else images[0].url
            after = replace(block, children=_without(block.children))
            yield Edit(span, (after,), f"the address {address[:80]!r} {_why(address)}", _CONFIDENCE)


def _shown(image: Image) -> bool:
    return is_safe(image.url) or names_file(image.url) or not image.url


def _why(address: str) -> str:
    if address.startswith("#"):
        return "points to a place in the page that the text does not have"
    if _SCHEME.match(address):
        return "is not one that an edition may open"
    return "is relative to a page whose address is not known"


def _without(children: Inlines) -> Inlines:
    return joined(*(_without_link(node) for node in children))


def _without_link(node: Inline) -> Inlines:
    match node:
        case Link() if not is_safe(node.url):
            return _without(node.children)
        case Link() | Styled():
            return (replace(node, children=_without(node.children)),)
        case Image() if not _shown(node):
            return (replace(node, url=""),)
    return (node,)


RULE = Rule("LINK101", "unsafe-link", Phase.TEXT, check, Safety.SAFE)
