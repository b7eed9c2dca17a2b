"""A cleaned document as plain text: the article's body, without title, byline and colophon."""

from __future__ import annotations

from convert.article import article_of
from convert.language import language
from convert.model import Block, Document, List, Notice, Table
from convert.walk import plain


def to_text(document: Document) -> str:
    """Standfirst, lead and highlights with their headings, as paragraphs apart by an empty line.

    Items and rows stand on lines of their own; a place where the source breaks off is marked in brackets.
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
        case List(items, start):
            marks = ("-" if start is None else f"{start + number}." for number in range(len(items)))
            return "\n".join(f"{mark} {plain(item)}" for mark, item in zip(marks, items, strict=True))
        case Table(head, body):
            return "\n".join("\t".join(plain(cell).replace("\n", " ") for cell in row) for row in (*head, *body))
    return plain(block).strip()
