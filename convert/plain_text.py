"""A cleaned document as plain text: the article's body, without title, byline and colophon."""

from __future__ import annotations

from convert.article import article_of
from convert.content.measures import words_of
from convert.language import language
from convert.model import Block, Blocks, Document, Embed, Figure, List, Notice, Table


def to_text(document: Document) -> str:
    """Standfirst, lead and highlights with their headings, as paragraphs apart by an empty line.

    Items and rows stand on lines of their own; a place where the source breaks off is marked in brackets. Images are
    left out, with their descriptions and captions.
    """
    article = article_of(document)
    said = language(document.meta.language).edition
    blocks = (
        *article.standfirst,
        *article.lead,
        *(block for highlight in article.highlights for block in (highlight.heading, *highlight.blocks)),
    )
    shown = (f"[{said['breaks_off']}]" if isinstance(block, Notice) else _text(block) for block in blocks)
    return "\n\n".join(text for text in shown if text) + "\n"


def _text(block: Block) -> str:
    match block:
        case Figure() | Embed():
            return ""
        case List(items, start):
            marks = ("-" if start is None else f"{start + number}." for number in range(len(items)))
            shown = (_blocks(item.children) for item in items)
            return "\n".join(f"{mark} {words}" for mark, words in zip(marks, shown, strict=True))
        case Table(head, body):
            rows = (*head, *body)
            return "\n".join("\t".join(_blocks(cell.children).replace("\n", " ") for cell in row) for row in rows)
    return words_of(block).strip()


def _blocks(blocks: Blocks) -> str:
    return "\n".join(words for block in blocks if (words := words_of(block).strip()))
