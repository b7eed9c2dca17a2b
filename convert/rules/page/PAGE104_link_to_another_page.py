"""A link from one page of the article to another one, which was fetched, too.

What it does
    Removes a paragraph or list of links that all lead to pages of the article: "Next page", "1 2 3", "Page 2: The
    costs". Of words beside the links it may hold a few, such as "Page 1 of 3".

Why
    In an edition what it leads to stands right below. In the middle of a sentence that two pages share, it would be in
    the way of joining it.

Example
    "Continued on page 2" between the two halves of a sentence goes, if the link leads to the second page.

Known problems
    A link of the author's own, in a paragraph of its own and without words beside it, goes as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Break, BreakKind, Document, Image, Inlines, Link, List, Paragraph, Styled
from convert.rule import Phase, Rule, Safety
from convert.walk import Path, Span, inlines_in, plain, sequences, sequences_of
from convert.web.address import is_address
from convert.web.pages import Place, is_first_page, place_of

_CONFIDENCE = 0.9

_LETTERS_BESIDE = 12
"""Letters beside the links at most: as many as "Seite 1 von 3" has, and "Go to page: ". A sentence has more."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    pages = _pages(document)
    if len(pages) < 2:
        return
    items: set[Path] = set()
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            if isinstance(block, List):
                items |= {(*path, index, number) for number in range(len(block.items))}
            if path not in items and isinstance(block, Paragraph | List) and _only_leads_on(block, pages):
                target = Span(path, index, index + 1)
                yield Edit(target, (), "links to pages of the article, which are here", _CONFIDENCE)


def _pages(document: Document) -> tuple[Place, ...]:
    """Where the pages are that the document was put together from, the first one first; none where it was not."""
    sources = [block.origin.source for block in document.blocks[:1]]
    sources += [
        block.origin.source for block in document.blocks if isinstance(block, Break) and block.kind is BreakKind.PAGE
    ]
    return tuple(dict.fromkeys(place for source in sources if (place := _place(source)) is not None))


def _place(address: str) -> Place | None:
    try:
        return place_of(address) if is_address(address) else None
    except ValueError:
        return None


def _only_leads_on(block: Paragraph | List, pages: tuple[Place, ...]) -> bool:
    runs = list(_runs(block))
    links = [node for run in runs for node in inlines_in(run) if isinstance(node, Link)]
    if not links or any(isinstance(node, Image) for run in runs for node in inlines_in(run)):
        return False
    targets = [_page(link.url, pages) for link in links]
    own = _place(_source(block))
    beside = "".join(_beside(run) for run in runs)
    return (
        None not in targets
        and any(target != own for target in targets)
        and sum(map(str.isalpha, beside)) <= _LETTERS_BESIDE
        and len(list(_leaves(block))) == len(runs)
    )


def _page(url: str, pages: tuple[Place, ...]) -> Place | None:
    """The page of the article that an address leads to."""
    place = _place(url)
    if place in pages:
        return place
    return pages[0] if place is not None and is_first_page(url, pages[0]) else None


def _source(block: Block) -> str:
    return block.origin.source or next((leaf.origin.source for leaf in _leaves(block)), "")


def _runs(block: Block) -> Iterator[Inlines]:
    return (leaf.children for leaf in _leaves(block) if isinstance(leaf, Paragraph))


def _leaves(block: Block) -> Iterator[Block]:
    """The blocks in a block that hold no others."""
    inner = sequences_of(block)
    if not inner:
        yield block
    for sequence in inner:
        for child in sequence:
            yield from _leaves(child)


def _beside(run: Inlines) -> str:
    """The words that are in no link."""
    return "".join(
        "" if isinstance(node, Link) else _beside(node.children) if isinstance(node, Styled) else plain(node)
        for node in run
    )


RULE = Rule("PAGE104", "link-to-another-page", Phase.PAGE, check, Safety.UNSAFE, ("MARK102",))
