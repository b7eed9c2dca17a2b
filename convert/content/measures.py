"""What can be counted in one block of a page, without looking around."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from convert.model import (
    Block,
    Code,
    CodeBlock,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Ruby,
    Styled,
    Table,
    Text,
)

_KINDS: dict[type, int] = {
    kind: number
    for number, kind in enumerate(
        (Paragraph, Heading, List, Quote, Table, DefinitionList, CodeBlock, Figure, Embed, MathBlock)
    )
}
"""The kinds of blocks as the model numbers them."""

HEADING = _KINDS[Heading]
SHOWN = frozenset({_KINDS[Figure], _KINDS[Embed]})
"""The kinds that show something, with or without words: pictures, films, maps."""

LONG = 15
"""Words from which a block without many links counts as running text; menus, buttons and bylines have fewer."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Measured:
    """One block in numbers. `text` leaves out the descriptions of images."""

    kind: int
    text: str
    words: tuple[str, ...]  # in lower case
    linked: int  # characters of the text that are links
    styled: float  # share of the text in italics, bold or another style
    link_share: float
    is_long: bool


def measured(block: Block) -> Measured:
    out: list[str] = []
    links: list[int] = []
    styles: list[int] = []
    _block(block, out, links, styles)
    text = "".join(out).strip()
    words = tuple(_WORD.findall(text.lower()))
    kind = _KINDS.get(type(block), len(_KINDS))
    linked = sum(links)
    share = min(1.0, linked / len(text)) if text else 0.0
    styled = min(1.0, sum(styles) / len(text)) if text else 0.0
    return Measured(kind, text, words, linked, styled, share, len(words) >= LONG and share < 0.5 and kind != HEADING)


def words_of(block: Block) -> str:
    """The words of a block that stand on the page as words: without the descriptions of images."""
    out: list[str] = []
    _block(block, out, [], [])
    return "".join(out)


def _block(block: Block, out: list[str], links: list[int], styles: list[int]) -> None:
    match block:
        case Paragraph(children) | Heading(children=children):
            _inlines(children, out, links, styles)
        case List(items):
            for item in items:
                _blocks(item.children, out, links, styles)
        case Quote(children):
            _blocks(children, out, links, styles)
        case Table(head, body):
            for row in (*head, *body):
                for cell in row:
                    _blocks(cell.children, out, links, styles)
        case Figure(caption=caption) | Embed(caption=caption):
            _blocks(caption, out, links, styles)
        case DefinitionList(entries):
            for entry in entries:
                for term in entry.terms:
                    _inlines(term, out, links, styles)
                    out.append("\n")
                _blocks(entry.children, out, links, styles)
        case CodeBlock(text) | MathBlock(text):
            out.append(text)


def _blocks(blocks: Iterable[Block], out: list[str], links: list[int], styles: list[int]) -> None:
    for block in blocks:
        _block(block, out, links, styles)
        out.append("\n")


def _inlines(inlines: Inlines, out: list[str], links: list[int], styles: list[int]) -> None:
    for node in inlines:
        if isinstance(node, Text):
            out.append(node.text)
        elif isinstance(node, Styled):
            start = len(out)
            _inlines(node.children, out, links, styles)
            styles.append(sum(map(len, out[start:])))
        elif isinstance(node, Link):
            start = len(out)
            _inlines(node.children, out, links, styles)
            links.append(sum(map(len, out[start:])))
        elif isinstance(node, LineBreak):
            out.append("\n")
        elif isinstance(node, Code):
            out.append(node.text)
        elif isinstance(node, Math):
            out.append(node.tex)
        elif isinstance(node, Ruby):
            _inlines(node.base, out, links, styles)
