"""pandoc's document (pandoc-types 1.23, as JSON) as ours: the inverse of `exporters/pandoc_ast.py`, and more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, TypeAlias

from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
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
    Meta,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Quote,
    Raw,
    RawInline,
    Row,
    Style,
    Table,
    Text,
)
from convert.readers.html_elements import trimmed
from convert.readers.latex_words import words_of_latex
from convert.walk import inlines_in, joined, plain, styled

Json: TypeAlias = Any

MAX_DEPTH = 60
"""Blocks in one another that are read as structure; articles have up to ten. Deeper ones give their words only."""

_STYLES: Mapping[str, Style] = {
    "Emph": Style.EMPHASIS,
    "Strong": Style.STRONG,
    "Strikeout": Style.STRIKETHROUGH,
    "Underline": Style.UNDERLINE,
    "Superscript": Style.SUPERSCRIPT,
    "Subscript": Style.SUBSCRIPT,
}
_SPAN_STYLES: Mapping[str, Style] = {"mark": Style.MARK, "underline": Style.UNDERLINE, "ul": Style.UNDERLINE}
_QUOTES: Mapping[str, tuple[str, str]] = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
"""How a quotation is set whose marks the source leaves to the typesetter: of our formats, LaTeX alone."""

_ALIGNMENTS = {"AlignLeft": "left", "AlignCenter": "center", "AlignRight": "right"}
_BOXES = {"☐": False, "☒": True}
_META_BLOCKS = ("subtitle", "abstract")
_ORG_CAPTION = re.compile(r"#\+caption(?:\[[^\]]*\])?:(.*)", re.IGNORECASE)
_EPUB_PAGE = (".xhtml", ".html", ".htm", ".xml")


@dataclass(slots=True)
class _Reading:
    """What is known while a tree is read."""

    format: str
    name: str
    count: int = 0  # paragraphs so far
    page: str = ""  # of an EPUB
    notes: list[Note] = field(default_factory=list)

    def next(self) -> Origin:
        self.count += 1
        return self.origin(self.count, self.count)

    def origin(self, first: int, last: int) -> Origin:
        """The place of a run of paragraphs, counted from the start of the document or of its file in an EPUB."""
        place = f"paragraph {first}" if last <= first else f"paragraphs {first}-{last}"
        return Origin(self.name, f"{self.page}, {place}" if self.page else place)


def document_of(tree: Json, format: str, name: str) -> Document:  # noqa: A002
    """The document of pandoc's tree. `format` is what it was read from, a key of READERS."""
    reading = _Reading(format, name)
    meta, stated = _meta(tree.get("meta", {}), reading)
    nodes = tree["blocks"]
    if format == "epub" and (cover := _cover(nodes)):
        meta, nodes = replace(meta, image=cover), nodes[1:]
    blocks = tuple(_blocks(nodes, reading, 0))
    return Document((*stated, *blocks), tuple(reading.notes), meta, name)


def _cover(nodes: Json) -> str:
    """The address of the image that a book names as its cover, which pandoc puts before its first page; or ""."""
    match nodes:
        case [{"t": "Para", "c": [{"t": "Image", "c": [_, [], [str(url), _]]}]}, *_]:
            return url
    return ""


# -- metadata --------------------------------------------------------------------------------------------------


def _meta(values: Mapping[str, Json], reading: _Reading) -> tuple[Meta, Blocks]:
    """What the document states of itself; what of that stands in its text and the metadata have no place for, as
    paragraphs: subtitle, abstract, a date that is no ISO date."""
    title = _line(values.get("title"), reading)
    authors = tuple(author for value in _list_of(values, "author", "creator") for author in _people(value, reading))
    if reading.format == "epub":
        authors = authors[::-1]  # pandoc 3.9 gives them last first
    date = _line(values.get("date"), reading)
    is_iso = _is_iso(date)
    meta = Meta(
        title=title,
        authors=authors,
        date=date[:10] if is_iso else "",
        language=_line(values.get("lang") or values.get("language"), reading),
        publisher=_line(values.get("publisher"), reading),
        rights=_line(values.get("rights"), reading),
        description=_line(values.get("description"), reading),
    )
    stated = [block for key in _META_BLOCKS if key in values for block in _meta_blocks(values[key], reading)]
    if date and not is_iso:
        stated.append(Paragraph((Text(date),), origin=Origin(reading.name, "date")))
    return meta, tuple(stated)


def _list_of(values: Mapping[str, Json], *keys: str) -> list[Json]:
    found = [values[key] for key in keys if key in values]
    return [part for value in found for part in (value["c"] if value["t"] == "MetaList" else [value])]


def _people(value: Json, reading: _Reading) -> Iterator[str]:
    """The names in one entry; Org writes several with semicolons between them."""
    yield from (name.strip() for name in _line(value, reading).split(";") if name.strip())


def _line(value: Json, reading: _Reading) -> str:
    """A value of the metadata as one line."""
    match value:
        case {"t": "MetaString", "c": str(text)}:
            return " ".join(text.split())
        case {"t": "MetaInlines", "c": content}:
            return " ".join(plain(tuple(_inlines(content, reading))).split())
        case {"t": "MetaBlocks"}:
            return " ".join(plain(_meta_blocks(value, reading)).split())
        case {"t": "MetaMap", "c": {"name": name}}:
            return _line(name, reading)
        case {"t": "MetaMap", "c": {"text": text}}:
            return _line(text, reading)
        case {"t": "MetaList", "c": [first, *_]}:
            return _line(first, reading)
    return ""


def _meta_blocks(value: Json, reading: _Reading) -> Blocks:
    match value:
        case {"t": "MetaBlocks", "c": content}:
            return tuple(_blocks(content, reading, 0))
        case {"t": "MetaInlines", "c": content}:
            return tuple(_paragraph(content, reading))
        case {"t": "MetaString", "c": str(text)}:
            return (Paragraph((Text(text),), origin=reading.next()),)
        case {"t": "MetaList", "c": parts}:
            return tuple(block for part in parts for block in _meta_blocks(part, reading))
    return ()


def _is_iso(date: str) -> bool:
    """Whether a text is a date of ISO 8601, with or without a time."""
    from datetime import datetime

    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return len(date) >= len("2021-01-26") and date[4] == "-"


# -- blocks ----------------------------------------------------------------------------------------------------


def _blocks(nodes: Iterable[Json], reading: _Reading, depth: int) -> Iterator[Block]:
    if depth > MAX_DEPTH:
        words = _all_words(nodes)
        if words:
            yield Paragraph((Text(words),), origin=reading.next())
        return
    is_hidden = False
    for node in nodes:
        is_bound = node["t"] == "RawBlock" and node["c"][1].startswith(("<nav", "</nav"))
        if is_bound:
            is_hidden = bool(_HIDDEN.match(node["c"][1]))
        elif not is_hidden:
            yield from _block(node, reading, depth)


_HIDDEN = re.compile(r"<nav\b[^>]*\shidden\b")
"""The lists of an EPUB that reading systems use and do not show (EPUB 3.3, 7.4.1). pandoc leaves their bounds raw."""


def _block(node: Json, reading: _Reading, depth: int) -> Iterator[Block]:
    content = node.get("c")
    match node["t"]:
        case "Para" | "Plain":
            yield from _paragraph(content, reading)
        case "LineBlock":
            lines = [tuple(_inlines(line, reading)) for line in content]
            yield from _of_words(_with_breaks(lines), reading)
        case "Header":
            level, attributes, inlines = content
            words = _words(inlines, reading)
            if _shows(words):
                heading = Heading(min(max(level, 1), 6), words, origin=reading.next())
                yield _marked(heading, attributes)
        case "CodeBlock":
            (_, classes, _), text = content
            named = [name for name in classes if name != "sourceCode"]  # what pandoc's own HTML calls every listing
            yield CodeBlock(text, named[0] if named else "", origin=reading.next())
        case "RawBlock":
            yield from _raw_block(content[0], content[1], reading)
        case "HorizontalRule":
            yield Break(origin=reading.origin(reading.count, reading.count))
        case "BlockQuote":
            yield from _held(lambda children, origin: Quote(children, origin=origin), content, reading, depth)
        case "Div":
            attributes, children = content
            yield from (_marked(block, attributes) for block in _blocks(children, reading, depth + 1))
        case "BulletList":
            yield from _list(content, None, reading, depth)
        case "OrderedList":
            (start, _, _), items = content
            yield from _list(items, start, reading, depth)
        case "DefinitionList":
            yield from _definitions(content, reading, depth)
        case "Table":
            yield from _table(content, reading, depth)
        case "Figure":
            yield from _figure(content, reading, depth)


def _paragraph(content: Json, reading: _Reading) -> Iterator[Block]:
    match content:
        case [{"t": "Span", "c": [[str(page), _, _], []]}] if page.endswith(_EPUB_PAGE):
            reading.page, reading.count = page, 0
            return
    for is_formula, run in groupby(content, key=_is_display_math):
        if is_formula:
            yield from (MathBlock(node["c"][1].strip(), origin=reading.next()) for node in run)
        else:
            yield from _of_words(_words(run, reading), reading)


def _is_display_math(node: Json) -> bool:
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def _of_words(words: Inlines, reading: _Reading) -> Iterator[Block]:
    words = trimmed(words)
    if _shows(words):
        yield Paragraph(words, origin=reading.next())


def _shows(words: Inlines) -> bool:
    return bool(plain(words).strip()) or any(isinstance(node, Image | NoteRef) for node in inlines_in(words))


def _with_breaks(lines: Sequence[Inlines]) -> Inlines:
    parts = [part for line in lines for part in ((LineBreak(),), line)]
    return joined(*parts[1:])


def _held(make: Any, content: Json, reading: _Reading, depth: int) -> Iterator[Block]:
    """A block that is made of the blocks that it holds, with the place of them all; none, where it holds none."""
    first = reading.count + 1
    children = tuple(_blocks(content, reading, depth + 1))
    if children:
        yield make(children, reading.origin(first, reading.count))


def _marked(block: Block, attributes: Json) -> Block:
    """A block with the language and the direction that its element states, where it has none of its own."""
    values = dict(attributes[2])
    lang = block.lang or values.get("lang") or None
    direction = block.dir or (values.get("dir") if values.get("dir") in ("ltr", "rtl") else None)
    return block if (lang, direction) == (block.lang, block.dir) else replace(block, lang=lang, dir=direction)


def _raw_block(format: str, text: str, reading: _Reading) -> Iterator[Block]:  # noqa: A002
    if format in ("html", "html4", "html5"):
        from convert.readers.html_fragment import read_fragment  # only here: it loads Beautiful Soup

        yield from read_fragment(text, reading.next())
    elif format in ("latex", "tex"):
        words = words_of_latex(text)
        for paragraph in words.split("\n\n"):
            if paragraph.strip():
                yield Paragraph((Text(paragraph.strip()),), origin=reading.next())
        if not words.strip():
            yield Raw("latex", text, origin=reading.origin(reading.count, reading.count))
    elif caption := _ORG_CAPTION.match(text):
        yield Paragraph((Text(caption[1].strip()),), origin=reading.next())
    elif text.strip():
        yield Raw(format, text, origin=reading.origin(reading.count, reading.count))


def _list(contents: Json, start: int | None, reading: _Reading, depth: int) -> Iterator[Block]:
    first = reading.count + 1
    items = tuple(_item(content, reading, depth) for content in contents)
    if items:
        yield List(items, start, origin=reading.origin(first, reading.count))


def _item(content: Json, reading: _Reading, depth: int) -> ListItem:
    match content:
        case [
            {"t": "Plain" | "Para" as kind, "c": [{"t": "Str", "c": "☐" | "☒" as box}, {"t": "Space"}, *rest]},
            *others,
        ]:
            blocks = tuple(_blocks([{"t": kind, "c": rest}, *others], reading, depth + 1))
            return ListItem(blocks, checked=_BOXES[box])
    return ListItem(tuple(_blocks(content, reading, depth + 1)))


def _definitions(content: Json, reading: _Reading, depth: int) -> Iterator[Block]:
    first = reading.count + 1
    items = []
    for term, definitions in content:
        words = _words(term, reading)
        reading.count += 1
        children = tuple(block for part in definitions for block in _blocks(part, reading, depth + 1))
        items.append(Definition((words,) if words else (), children))
    if items:
        yield DefinitionList(tuple(items), origin=reading.origin(first, reading.count))


def _figure(content: Json, reading: _Reading, depth: int) -> Iterator[Block]:
    attributes, (_, caption), children = content
    first = reading.count + 1
    inner = tuple(_blocks(children, reading, depth + 1))
    words = tuple(_blocks(caption, reading, depth + 1))
    match inner:
        case (Paragraph(children=(Image() as image,)),):
            figure = Figure(image, words, origin=reading.origin(first, reading.count))
            yield _marked(figure, attributes)
        case _:
            yield from (_marked(block, attributes) for block in (*inner, *words))


# -- tables ----------------------------------------------------------------------------------------------------


def _table(content: Json, reading: _Reading, depth: int) -> Iterator[Block]:
    attributes, (_, caption), columns, (_, head), bodies, (_, foot) = content
    yield from _blocks(caption, reading, depth + 1)
    first = reading.count + 1
    aligns = [_ALIGNMENTS.get(align["t"], "") for align, _ in columns]
    head_rows = _rows(head, aligns, len(columns), reading, depth)
    body_rows: list[Row] = []
    for _, head_columns, between, rows in bodies:
        body_rows.extend(_rows(between, aligns, len(columns), reading, depth))
        body_rows.extend(_rows(rows, aligns, head_columns, reading, depth))
    body_rows.extend(_rows(foot, aligns, 0, reading, depth))
    if not any(cell.children for row in head_rows for cell in row):
        head_rows = []
    if head_rows or body_rows:
        table = Table(tuple(head_rows), tuple(body_rows), origin=reading.origin(first, reading.count))
        yield _marked(table, attributes)


def _rows(rows: Json, aligns: Sequence[str], head_columns: int, reading: _Reading, depth: int) -> list[Row]:
    """The rows of one part of a table. The first columns of it, as many as said, are heads."""
    made: list[Row] = []
    taken: dict[int, int] = {}  # columns that a cell of a row above reaches down into, and for how many rows more
    for _, cells in rows:
        row: list[Cell] = []
        column = 0
        reaching: dict[int, int] = {}
        for _, align, rowspan, colspan, blocks in cells:
            while taken.get(column, 0):
                column += 1
            stated = _ALIGNMENTS.get(align["t"], "") or (aligns[column] if column < len(aligns) else "")
            children = tuple(_blocks(blocks, reading, depth + 1))
            row.append(Cell(children, stated, max(colspan, 1), max(rowspan, 1), header=column < head_columns))
            reaching.update(dict.fromkeys(range(column, column + max(colspan, 1)), rowspan - 1))
            column += max(colspan, 1)
        taken = {place: left - 1 for place, left in taken.items() if left > 1} | {
            place: left for place, left in reaching.items() if left > 0
        }
        made.append(tuple(row))
    return made


# -- inline nodes ----------------------------------------------------------------------------------------------


def _words(content: Json, reading: _Reading) -> Inlines:
    return trimmed(joined(tuple(_inlines(content, reading))))


def _inlines(nodes: Iterable[Json], reading: _Reading) -> Iterator[Inline]:
    for node in nodes:
        yield from _inline(node, reading)


def _children(content: Json, reading: _Reading) -> Inlines:
    return joined(tuple(_inlines(content, reading)))


def _inline(node: Json, reading: _Reading) -> Inlines:
    content = node.get("c")
    match node["t"]:
        case "Str":
            return (Text(content),)
        case "Space":
            return (Text(" "),)
        case "SoftBreak":
            return (Text("\n"),)
        case "LineBreak":
            return (LineBreak(),)
        case "Code":
            return (Code(content[1]),)
        case "Math":
            return (Math(content[1].strip()),)
        case "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            return (Text(opening), *_children(content[1], reading), Text(closing))
        case "SmallCaps":
            return _children(content, reading)  # the model has no small capitals: a matter of style, not of words
        case "Cite":
            return _children(content[1], reading)
        case "Link":
            _, inlines, (url, title) = content
            children = _children(inlines, reading)
            return (Link(url, children, title),) if url else children
        case "Image":
            _, inlines, (url, title) = content
            return (Image(url, " ".join(plain(_children(inlines, reading)).split()), title),)
        case "Note":
            return (_note(content, reading),)
        case "RawInline":
            return _raw_inline(*content)
        case "Span":
            return _span(content[0], content[1], reading)
        case kind if kind in _STYLES:
            children = _children(content, reading)
            return (styled(_STYLES[kind], children),) if children else ()
    return ()


def _span(attributes: Json, content: Json, reading: _Reading) -> Inlines:
    children = _children(content, reading)
    style = next((_SPAN_STYLES[name] for name in attributes[1] if name in _SPAN_STYLES), None)
    return (styled(style, children),) if style and children else children


def _note(content: Json, reading: _Reading) -> NoteRef:
    label = str(len(reading.notes) + 1)
    place = len(reading.notes)
    reading.notes.append(Note(label, ()))  # its place: a note in it comes after it
    count, page = reading.count, reading.page
    reading.notes[place] = Note(label, tuple(_at_note(_blocks(content, reading, 0), label, reading)))
    reading.count, reading.page = count, page  # notes do not count among the paragraphs of the text
    return NoteRef(label)


def _at_note(blocks: Iterator[Block], label: str, reading: _Reading) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, origin=Origin(reading.name, f"note {label}"))


def _raw_inline(format: str, text: str) -> Inlines:  # noqa: A002
    if format in ("latex", "tex"):
        words = words_of_latex(text)
        return (Text(words),) if words else ()
    return (RawInline(format, text),)


def _all_words(nodes: Iterable[Json]) -> str:
    """The words below some nodes, without structure and however deep they lie."""
    words: list[str] = []
    pending = [iter(list(nodes))]
    while pending:
        node = next(pending[-1], None)
        if node is None:
            pending.pop()
            continue
        match node:
            case {"t": "Str", "c": str(text)}:
                words.append(text)
            case {"t": "Space" | "SoftBreak" | "LineBreak"}:
                words.append(" ")
            case {"t": "Code" | "CodeBlock" | "Math", "c": [_, str(text)]}:
                words.append(text)
            case {"t": str(kind), "c": content}:
                words.append(" " if kind in _BLOCK_KINDS else "")
                pending.append(iter(content if isinstance(content, list) else []))
            case list():
                pending.append(iter(node))
    return " ".join("".join(words).split())


_BLOCK_KINDS = frozenset({"Para", "Plain", "Header", "LineBlock", "BlockQuote", "BulletList", "OrderedList", "Div"})
