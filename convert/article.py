"""The structure of an article: what a cleaned document is to a reader, and the one table of contents.

title, standfirst, lead, highlights (each a heading and its blocks), notes, about the author
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from convert.model import Block, Blocks, Document, Heading, Meta, Note, Paragraph, Role
from convert.walk import plain
from convert.web.address import file_name, is_address


@dataclass(frozen=True, slots=True)
class Highlight:
    """One section of the article that has its own entry in the contents."""

    heading: Heading
    blocks: Blocks
    anchor: str

    @property
    def title(self) -> str:
        return " ".join(plain(self.heading).split())


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    meta: Meta
    standfirst: Blocks
    lead: Blocks
    highlights: tuple[Highlight, ...]
    about: Blocks
    notes: tuple[Note, ...]

    @property
    def sequences(self) -> tuple[Blocks, ...]:
        """All blocks, in the order in which a reader meets them."""
        highlights = ((highlight.heading, *highlight.blocks) for highlight in self.highlights)
        notes = (note.children for note in self.notes)
        return (self.standfirst, self.lead, *highlights, self.about, *notes)


def article_of(document: Document) -> Article:
    """The article that a cleaned document holds.

    Highlights are the headings of the highest level in use, each with what stands under it. The title of a
    document without one is the name of its source.
    """
    body = [block for block in document.blocks if _role(block) is Role.BODY]
    levels = [block.level for block in body if isinstance(block, Heading)]
    top = min(levels, default=0)
    starts = [i for i, block in enumerate(body) if isinstance(block, Heading) and block.level == top]
    title = document.meta.title or name_as_title(document.meta.file or document.source)
    anchors = _anchors(title, body)
    highlights = []
    for start, stop in pairwise((*starts, len(body))):
        heading = body[start]
        assert isinstance(heading, Heading)
        highlights.append(Highlight(heading, tuple(body[start + 1 : stop]), anchors[start]))
    return Article(
        title=title,
        meta=document.meta,
        standfirst=_of_role(document, Role.STANDFIRST),
        lead=tuple(body[: starts[0]] if starts else body),
        highlights=tuple(highlights),
        about=_of_role(document, Role.ABOUT),
        notes=document.notes,
    )


def _role(block: Block) -> Role:
    return block.role if isinstance(block, Paragraph) else Role.BODY


def _of_role(document: Document, role: Role) -> Blocks:
    return tuple(block for block in document.blocks if _role(block) is role)


def name_as_title(source: str) -> str:
    """The name of a file or an address as a title: "harbour-address.md" is "Harbour address"."""
    stem = file_name(source) if is_address(source) else source.rpartition("/")[2].rpartition(".")[0] or source
    words = stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Untitled"


def _anchors(title: str, body: list[Block]) -> dict[int, str]:
    """The anchor of each heading, by its index.

    They are those that GitHub gives the headings of the Markdown edition, in which the title comes first: lower
    case, only letters, digits, hyphens and underscores kept, spaces made hyphens, repeated ones numbered.
    """
    seen: Counter[str] = Counter({slug(title): 1})
    anchors = {}
    for index, heading in enumerate(body):
        if isinstance(heading, Heading):
            base = slug(" ".join(plain(heading).split()))
            anchors[index] = f"{base}-{seen[base]}" if seen[base] else base
            seen[base] += 1
    return anchors


_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


def slug(text: str) -> str:
    """A heading's anchor on GitHub."""
    return _NOT_IN_ANCHOR.sub("", text.strip().lower()).replace(" ", "-") or "section"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    title: str
    anchor: str


def contents(article: Article) -> tuple[Entry, ...]:
    """The table of contents: one entry for each highlight, the same in every edition."""
    return tuple(Entry(highlight.title, highlight.anchor) for highlight in article.highlights)
