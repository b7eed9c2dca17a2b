"""A link tells the site that it leads to by which way the reader came.

What it does
    Cuts the parameters of addresses that track readers ("utm_source", "fbclid", "mc_eid" and their like) and leaves
    all other parts of the address as they are. Who reads each parameter is listed in data/tracking.toml.

Why
    Such parameters carry the name of a campaign, or the number of the one subscriber to whom the page was sent, into
    every copy of the edition. The page that the address leads to is the same without them.

Example
    "https://port.example/tide?day=2&utm_source=letter" becomes "https://port.example/tide?day=2".

Known problems
    Addresses that pass through a counter of a mail service ("https://click.example/c/123") still do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Embed, Inline, Inlines, Link, Styled
from convert.rule import Phase, Rule, Safety
from convert.tracking import tracker_of, without_trackers
from convert.walk import Span, inlines_in, leaves, sequences

_CONFIDENCE = 0.95


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for span, block in leaves(document):
        links = (node.url for node in inlines_in(block.children) if isinstance(node, Link) and "?" in node.url)
        names = [name for url in links for name in without_trackers(url)[1]]
        if names:
            yield Edit(span, (replace(block, children=_without(block.children)),), _reason(names), _CONFIDENCE)
    for path, blocks in sequences(document):
        for index, shown in enumerate(blocks):
            if isinstance(shown, Embed) and "?" in shown.url:
                url, found = without_trackers(shown.url)
                if found:
                    span = Span(path, index, index + 1)
                    yield Edit(span, (replace(shown, url=url),), _reason(found), _CONFIDENCE)


def _reason(names: list[str] | tuple[str, ...]) -> str:
    told = [f'"{name}" ({tracker_of(name)})' for name in dict.fromkeys(names)]
    return f"the address tracks its readers by {', '.join(told[:_MAX_TOLD])}"


_MAX_TOLD = 3


def _without(children: Inlines) -> Inlines:
    return tuple(_without_trackers(node) for node in children)


def _without_trackers(node: Inline) -> Inline:
    match node:
        case Link():
            return replace(node, url=without_trackers(node.url)[0], children=_without(node.children))
        case Styled():
            return replace(node, children=_without(node.children))
    return node


RULE = Rule("LINK102", "tracking-parameter-in-link", Phase.TEXT, check, Safety.SAFE, runs_after=("LINK101",))
