"""Our document as pandoc's (pandoc-types 1.23), in the JSON that pandoc reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    MathBlock,
    Note,
    NoteRef,
    Notice,
    Paragraph,
    Quote,
    Raw,
    RawInline,
    Row,
    Ruby,
    Section,
    Style,
    Styled,
    Table,
    Text,
)

Json: TypeAlias = Any

API_VERSION = [1, 23]
_NO_ATTRIBUTES: Json = ["", [], []]
_STYLES: Mapping[Style, str] = {
    Style.EMPHASIS: "Emph",
    Style.STRONG: "Strong",
    Style.STRIKETHROUGH: "Strikeout",
    Style.UNDERLINE: "Underline",
    Style.SUPERSCRIPT: "Superscript",
    Style.SUBSCRIPT: "Subscript",
}
_ALIGNMENTS = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}


def node(kind: str, content: Json = None) -> Json:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def pandoc_document(blocks: Iterable[Json]) -> Json:
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": list(blocks)}


def raw_html(text: str) -> Json:
    return node("RawBlock", ["html", text])


def pandoc_blocks(blocks: Blocks, notes: Mapping[str, Note]) -> list[Json]:
    return [made for block in blocks for made in _block(block, notes)]


def _block(block: Block, notes: Mapping[str, Note]) -> list[Json]:
    match block:
        case Paragraph(children):
            return [node("Para", pandoc_inlines(children, notes))]
        case Heading(level, children):
            return [node("Header", [level, _NO_ATTRIBUTES, pandoc_inlines(children, notes)])]
        case List():
            return [_list(block, notes)]
        case Quote(children):
            return [node("BlockQuote", pandoc_blocks(children, notes))]
        case Section(children=children):
            return pandoc_blocks(children, notes)
        case CodeBlock(text, language):
            return [node("CodeBlock", [["", [language] if language else [], []], text])]
        case Table():
            return [_table(block, notes)]
        case Figure(image, caption):
            return [node("Para", [_inline(image, notes)]), *pandoc_blocks(caption, notes)]
        case DefinitionList(items):
            return [
                made
                for item in items
                for made in (
                    *(node("Para", pandoc_inlines(term, notes)) for term in item.terms),
                    *pandoc_blocks(item.children, notes),
                )
            ]
        case Embed(url, title, caption):
            link = node("Link", [_NO_ATTRIBUTES, words(title or url), [url, ""]])
            return [node("Para", [link]), *pandoc_blocks(caption, notes)]
        case MathBlock(tex):
            return [node("Para", [node("Math", [node("DisplayMath"), tex])])]
        case Break():
            return [node("HorizontalRule")]
        case Raw() | Notice():
            return []


def _list(block: List, notes: Mapping[str, Note]) -> Json:
    tight = all(len(item.children) <= 1 or isinstance(item.children[1], List) for item in block.items)
    items = [_item(item, notes, "Plain" if tight else "Para") for item in block.items]
    if block.start is None:
        return node("BulletList", items)
    return node("OrderedList", [[block.start, node("Decimal"), node("Period")], items])


def _item(item: ListItem, notes: Mapping[str, Note], paragraph: str) -> list[Json]:
    box = [] if item.checked is None else [node("Str", "☒" if item.checked else "☐"), node("Space")]
    made = pandoc_blocks(item.children, notes)
    if made and made[0]["t"] == "Para":
        made[0] = node(paragraph, [*box, *made[0]["c"]])
    return made


def _table(table: Table, notes: Mapping[str, Note]) -> Json:
    rows = (*table.head, *table.body)
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    first = rows[0] if rows else ()
    aligns = [_ALIGNMENTS.get(cell.align, "AlignDefault") for cell in first]
    columns = [[node(aligns[i] if i < len(aligns) else "AlignDefault"), node("ColWidthDefault")] for i in range(width)]
    return node(
        "Table",
        [
            _NO_ATTRIBUTES,
            [None, []],
            columns,
            [_NO_ATTRIBUTES, [_row(row, notes) for row in table.head]],
            [[_NO_ATTRIBUTES, 0, [], [_row(row, notes) for row in table.body]]],
            [_NO_ATTRIBUTES, []],
        ],
    )


def _row(row: Row, notes: Mapping[str, Note]) -> Json:
    return [_NO_ATTRIBUTES, [_cell(cell, notes) for cell in row]]


def _cell(cell: Cell, notes: Mapping[str, Note]) -> Json:
    match cell.children:
        case (Paragraph(children),):
            content = [node("Plain", pandoc_inlines(children, notes))]
        case _:
            content = pandoc_blocks(cell.children, notes)
    content = _with_bars_escaped(content)
    align = node(_ALIGNMENTS.get(cell.align, "AlignDefault"))
    return [_NO_ATTRIBUTES, align, cell.rowspan, cell.colspan, content]


def _with_bars_escaped(content: Json) -> Json:
    """The content of a cell with the bars in its code escaped, as GFM wants it and pandoc 3.9 does not write it."""
    match content:
        case {"t": "Code", "c": [_, str(text)]} if "|" in text:
            fence = "``" if "`" in text else "`"
            return node("RawInline", ["markdown", f"{fence}{text.replace('|', chr(92) + '|')}{fence}"])
        case dict():
            return {key: _with_bars_escaped(value) for key, value in content.items()}
        case list():
            return [_with_bars_escaped(value) for value in content]
    return content


def pandoc_inlines(inlines: Inlines, notes: Mapping[str, Note]) -> list[Json]:
    return [made for child in inlines for made in _inlines_of(child, notes)]


def _inlines_of(child: Inline, notes: Mapping[str, Note]) -> list[Json]:
    match child:
        case Text(text):
            return words(text)
        case Styled(style, children):
            kind = _STYLES.get(style)
            inner = pandoc_inlines(children, notes)
            return [node(kind, inner)] if kind else inner
        case RawInline():
            return []
        case Ruby(base, reading):
            return [*pandoc_inlines(base, notes), *words(f"({reading})")]
        case Image(url="", alt=alt):
            return words(alt)
        case NoteRef(label) if label not in notes:
            return words(f"[{label}]")
        case _:
            return [_inline(child, notes)]


def _inline(child: Inline, notes: Mapping[str, Note]) -> Json:
    match child:
        case Code(text):
            return node("Code", [_NO_ATTRIBUTES, text])
        case LineBreak():
            return node("LineBreak")
        case Link(url, children, title):
            return node("Link", [_NO_ATTRIBUTES, pandoc_inlines(children, notes), [url, title]])
        case Image(url, alt, title):
            return node("Image", [_NO_ATTRIBUTES, words(alt), [url, title]])
        case Math(tex):
            return node("Math", [node("InlineMath"), tex])
        case NoteRef(label):
            return node("Note", pandoc_blocks(notes[label].children, notes))
    raise TypeError(f"{type(child).__name__} makes several nodes")


def words(text: str) -> list[Json]:
    """Words with spaces between them. No soft breaks: a line of the edition is a paragraph."""
    made: list[Json] = []
    for number, part in enumerate(text.replace("\n", " ").split(" ")):
        if number:
            made.append(node("Space"))
        for place, piece in enumerate(_SPECIAL.split(part)):
            if piece == "&" and place % 2:  # every other piece is a match
                made.append(node("RawInline", ["markdown", "\\&"]))
            elif piece:
                made.append(node("Str", piece))
    return made


_SPECIAL = re.compile(r"(\\|&(?=#?\w+;))")
"""What pandoc 3.9 does not write so that it reads back: it loses the bracket after a backslash in one string, and not
in two, and leaves an ampersand bare before what then reads as a character reference."""
