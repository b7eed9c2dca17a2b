"""Our document as pandoc's (pandoc-types 1.23), in the JSON that pandoc reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from convert.edition import Edition
from convert.exporters.addresses import written_address
from convert.exporters.html_in_markdown import html_block, is_alone, is_kept
from convert.exporters.xhtml import text_xhtml
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
from convert.walk import sequences_of

Json: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Known:
    """What the blocks need to know of the edition: its notes by label, and the files of its pictures by address."""

    edition: Edition
    notes: Mapping[str, Note]
    files: Mapping[str, str]
    is_in_note: bool = False  # notes that call notes have only their number: they may call each other


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
    numbers: dict[str, int] = {}
    return {
        "pandoc-api-version": API_VERSION,
        "meta": {},
        "blocks": _with_numbers(_with_notes_once(list(blocks), numbers), numbers),
    }


def _with_notes_once(content: Json, numbers: dict[str, int]) -> Json:
    """Blocks in which a note that is called again is so by its number: pandoc would write it a second time.

    `numbers` are those of the notes so far; pandoc counts as it goes, and so does this.
    """
    match content:
        case {"t": "Note", "c": note, "label": str(label)}:
            if label in numbers:
                return _call(numbers[label])
            numbers[label] = len(numbers) + 1
            return node("Note", note)
        case dict():
            return {key: _with_notes_once(value, numbers) for key, value in content.items()}
        case list():
            return [_with_notes_once(value, numbers) for value in content]
    return content


def _with_numbers(content: Json, numbers: Mapping[str, int]) -> Json:
    """Blocks in which the notes that notes call are so by their numbers."""
    match content:
        case {"t": "Note", "label": str(label)}:
            return _call(numbers[label])
        case dict():
            return {key: _with_numbers(value, numbers) for key, value in content.items()}
        case list():
            return [_with_numbers(value, numbers) for value in content]
    return content


def _call(number: int) -> Json:
    return node("RawInline", ["markdown", f"[^{number}]"])


_LABEL = "label"
"""Where a note keeps its label until the document is made; pandoc has no place for it."""


def raw_html(text: str) -> Json:
    return node("RawBlock", ["html", text])


def raw_inline(text: str) -> Json:
    return node("RawInline", ["html", text])


def pandoc_blocks(blocks: Blocks, known: Known) -> list[Json]:
    return [made for block in blocks for made in _block(block, known)]


def _block(block: Block, known: Known) -> list[Json]:
    match block:
        case Paragraph(children):
            return [node("Para", _line(children, known))]
        case Heading(level, children):
            return [node("Header", [level, _NO_ATTRIBUTES, _on_one_line(_line(children, known))])]
        case List():
            return [_list(block, known)]
        case Quote(children):
            return [node("BlockQuote", pandoc_blocks(children, known))]
        case Section(children=children):
            return pandoc_blocks(children, known)
        case CodeBlock(text, language):
            return [node("CodeBlock", [["", [language] if language else [], []], text])]
        case Table() if not _fits_pipe(block) and is_alone(block):
            return [raw_html(html_block(block, known.edition, known.files))]
        case Table():
            return [_table(block if _fits_pipe(block) else _flat(block), known)]
        case DefinitionList() | Embed() if is_alone(block):
            return [raw_html(html_block(block, known.edition, known.files))]
        case Figure(image, caption) if caption and is_kept(image, known.files) and is_alone(block):
            return [raw_html(html_block(block, known.edition, known.files))]
        case Figure(image, caption):
            return [node("Para", _inlines_of(image, known)), *pandoc_blocks(caption, known)]
        case DefinitionList(items):
            return [
                made
                for item in items
                for made in (
                    *(node("Para", pandoc_inlines(term, known)) for term in item.terms),
                    *pandoc_blocks(item.children, known),
                )
            ]
        case Embed(url, title, caption):
            link = node("Link", [_NO_ATTRIBUTES, words(title or url), [written_address(url), ""]])
            return [node("Para", [link]), *pandoc_blocks(caption, known)]
        case MathBlock(tex):
            return [node("Para", [node("Math", [node("DisplayMath"), tex])])]
        case Break():
            return [node("HorizontalRule")]
        case Raw() | Notice():
            return []


def _list(block: List, known: Known) -> Json:
    tight = all(len(item.children) <= 1 or isinstance(item.children[1], List) for item in block.items)
    items = [_item(item, known, "Plain" if tight else "Para") for item in block.items]
    if block.start is None:
        return node("BulletList", items)
    return node("OrderedList", [[block.start, node("Decimal"), node("Period")], items])


def _item(item: ListItem, known: Known, paragraph: str) -> list[Json]:
    box = [] if item.checked is None else [node("Str", "☒" if item.checked else "☐"), node("Space")]
    made = pandoc_blocks(item.children, known)
    if made and made[0]["t"] == "Para":
        made[0] = node(paragraph, [*box, *made[0]["c"]])
    return made


def _table(table: Table, known: Known) -> Json:
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
            [_NO_ATTRIBUTES, [_row(row, known) for row in table.head]],
            [[_NO_ATTRIBUTES, 0, [], [_row(row, known) for row in table.body]]],
            [_NO_ATTRIBUTES, []],
        ],
    )


def _fits_pipe(table: Table) -> bool:
    """Whether GFM can write a table: one row of headers or none, no other ones, no spans, no blocks in cells."""
    cells = [cell for row in (*table.head, *table.body) for cell in row]
    return (
        len(table.head) <= 1
        and all(cell.header for row in table.head for cell in row)
        and not any(cell.header for row in table.body for cell in row)
        and all(cell.colspan == cell.rowspan == 1 for cell in cells)
        and all(not cell.children or _is_inline(cell.children) for cell in cells)
    )


def _flat(table: Table) -> Table:
    """A table that calls notes, as GFM can write it: the place of a span is left empty, blocks are lines of a cell."""
    rows: list[Row] = []
    hanging: dict[int, int] = {}  # columns that a cell of a row above reaches into, and for how many more rows
    for row in (*table.head, *table.body):
        made: list[Cell] = []
        reaching: dict[int, int] = {}
        cells = list(row)
        while cells or any(column >= len(made) for column in hanging):
            if len(made) in hanging or not cells:
                made.append(Cell(()))
                continue
            cell = cells.pop(0)
            start = len(made)
            made.append(Cell(_as_lines(cell.children), cell.align))
            made.extend(Cell(()) for _ in range(cell.colspan - 1))
            reaching |= dict.fromkeys(range(start, len(made)), cell.rowspan - 1)
        rows.append(tuple(made))
        hanging = {column: left for column, left in ({c: n - 1 for c, n in hanging.items()} | reaching).items() if left}
    width = max(map(len, rows), default=0)
    rows = [(*row, *(Cell(()) for _ in range(width - len(row)))) for row in rows]
    head = tuple(replace(cell, header=True) for cell in rows[0]) if table.head else ()
    return Table((head,) if head else (), tuple(rows[1:] if head else rows), origin=table.origin)


def _as_lines(blocks: Blocks) -> Blocks:
    """The words of blocks as one paragraph with line breaks; () where there are none."""
    lines = [line for block in blocks for line in _lines_of(block)]
    children = [node for line in lines for node in (LineBreak(), *line)][1:]
    return (Paragraph(tuple(children)),) if children else ()


def _lines_of(block: Block) -> Iterator[Inlines]:
    match block:
        case Paragraph(children) | Heading(children=children):
            yield children
        case CodeBlock(text):
            yield from ((Code(line),) for line in text.splitlines() if line.strip())
        case MathBlock(tex):
            yield (Math(tex),)
        case Figure(image):
            yield (image,)
        case DefinitionList(items):
            for item in items:
                yield from item.terms
                yield from (line for inner in item.children for line in _lines_of(inner))
            return
    yield from (line for sequence in sequences_of(block) for inner in sequence for line in _lines_of(inner))


def _is_inline(blocks: Blocks) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


def _row(row: Row, known: Known) -> Json:
    return [_NO_ATTRIBUTES, [_cell(cell, known) for cell in row]]


def _cell(cell: Cell, known: Known) -> Json:
    match cell.children:
        case (Paragraph(children),):
            content = [node("Plain", pandoc_inlines(children, known))]
        case _:
            content = pandoc_blocks(cell.children, known)
    content = _for_pipes(content)
    align = node(_ALIGNMENTS.get(cell.align, "AlignDefault"))
    return [_NO_ATTRIBUTES, align, cell.rowspan, cell.colspan, content]


def _for_pipes(content: Json) -> Json:
    """The content of a cell as GFM wants it: bars in code escaped, which pandoc 3.9 does not, and line breaks as HTML,
    for which it would make HTML of the table, and of its notes.
    """
    match content:
        case {"t": "LineBreak"}:
            return raw_inline("<br>")
        case {"t": "Code", "c": [_, str(text)]} if "|" in text:
            fence = "``" if "`" in text else "`"
            return node("RawInline", ["markdown", f"{fence}{text.replace('|', chr(92) + '|')}{fence}"])
        case dict():
            return {key: _for_pipes(value) for key, value in content.items()}
        case list():
            return [_for_pipes(value) for value in content]
    return content


def _line(inlines: Inlines, known: Known) -> list[Json]:
    """The inline nodes of a block: without spaces at the ends of lines, and no line read as the start of a block.

    Pandoc 3.9 escapes what could be one at the start of a block only, and not after a space or a line break.
    """
    made: list[Json] = []
    for one in pandoc_inlines(inlines, known):
        is_start = not made or made[-1]["t"] == "LineBreak"
        if one["t"] == "Space" and (is_start or made[-1]["t"] == "Space"):
            continue
        if one["t"] == "LineBreak":
            made = _without_space(made)
        elif one["t"] == "Str" and made and is_start and (mark := _MARK.fullmatch(one["c"])):
            one = node("RawInline", ["markdown", f"{mark[1]}\\{mark[2]}"])
        made.append(one)
    return _without_space(made)


def _on_one_line(content: Json) -> Json:
    """The content of a heading, which in Markdown is one line (CommonMark, 4.2)."""
    match content:
        case {"t": "LineBreak"}:
            return node("Space")
        case dict():
            return {key: _on_one_line(value) for key, value in content.items()}
        case list():
            return [_on_one_line(value) for value in content]
    return content


_MARK = re.compile(r"(\d{0,9})([.)]|[-+=]+)")
"""What a list, a rule or a heading could start with: "1.", "2)", "-", "---", "==="."""


def _without_space(made: list[Json]) -> list[Json]:
    return made[:-1] if made and made[-1]["t"] == "Space" else made


def pandoc_inlines(inlines: Inlines, known: Known) -> list[Json]:
    return [made for child in inlines for made in _inlines_of(child, known)]


def _inlines_of(child: Inline, known: Known) -> list[Json]:
    match child:
        case Text(text):
            return words(text)
        case Styled(style, children):
            kind = _STYLES.get(style)
            inner = pandoc_inlines(children, known)
            return [node(kind, inner)] if kind else inner
        case RawInline():
            return []
        case Ruby(base, reading):
            after = f"<rp>(</rp><rt>{text_xhtml(reading)}</rt><rp>)</rp></ruby>"
            return [raw_inline("<ruby>"), *pandoc_inlines(base, known), raw_inline(after)]
        case Image(alt=alt) if not is_kept(child, known.files):
            return words(alt)
        case NoteRef(label) if label not in known.notes:
            return words(f"[{label}]")
        case _:
            return [_inline(child, known)]


def _title(title: str) -> str:
    """The title of a link or an image on one line; pandoc writes straight quotes in it unescaped into Markdown."""
    return " ".join(title.replace('"', "'").split())


def _inline(child: Inline, known: Known) -> Json:
    match child:
        case Code(text):
            return node("Code", [_NO_ATTRIBUTES, text])
        case LineBreak():
            return node("LineBreak")
        case Link(url, children, title):
            return node(
                "Link",
                [
                    _NO_ATTRIBUTES,
                    pandoc_inlines(_without_links(children), known),
                    [written_address(url), _title(title)],
                ],
            )
        case Image(url, alt, title):
            return node(
                "Image",
                [_NO_ATTRIBUTES, words(alt), [known.files.get(url) or written_address(url), _title(title)]],
            )
        case Math(tex):
            return node("Math", [node("InlineMath"), tex])
        case NoteRef(label):
            inner = (
                [] if known.is_in_note else pandoc_blocks(known.notes[label].children, replace(known, is_in_note=True))
            )
            return {**node("Note", inner), _LABEL: label}
    raise TypeError(f"{type(child).__name__} makes several nodes")


def _without_links(children: Inlines) -> Inlines:
    """The same without links: Markdown has no link in a link (CommonMark, 6.3)."""
    return tuple(
        inner
        for child in children
        for inner in (
            _without_links(child.children)
            if isinstance(child, Link)
            else (replace(child, children=_without_links(child.children)),)
            if isinstance(child, Styled)
            else (child,)
        )
    )


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
