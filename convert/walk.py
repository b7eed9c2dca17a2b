"""Visiting and rebuilding trees, and their two readings: the words (`plain`) and the golden form (`dump`).

A place in a document is a path. The document and every container hold sequences of blocks (a quote has one, a
list one for each item, a table one for each cell), so a path names in turn a sequence, a block in it, a
sequence of that block, and so on, and always ends at a sequence: `(0,)` is the top level, `(0, 4, 2)` the
third item of the fifth block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

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
    Role,
    Row,
    Ruby,
    Section,
    Style,
    Styled,
    Table,
    Text,
)

Path: TypeAlias = tuple[int, ...]

TOP: Path = (0,)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of neighbours: the blocks `start` up to but without `stop` of the sequence at `path`."""

    path: Path
    start: int
    stop: int


# -- blocks ----------------------------------------------------------------------------------------------------


def sequences_of(block: Block) -> tuple[Blocks, ...]:
    """The sequences of blocks that a block holds, in reading order."""
    match block:
        case Quote() | Section():
            return (block.children,)
        case List():
            return tuple(item.children for item in block.items)
        case Table():
            return tuple(cell.children for row in (*block.head, *block.body) for cell in row)
        case DefinitionList():
            return tuple(item.children for item in block.items)
        case Figure() | Embed():
            return (block.caption,)
    return ()


def with_sequences(block: Block, sequences: Sequence[Blocks]) -> Block:
    """The same block holding other sequences, as many as `sequences_of` gave."""
    match block:
        case Quote() | Section():
            return replace(block, children=sequences[0])
        case List():
            items = (replace(item, children=new) for item, new in zip(block.items, sequences, strict=True))
            return replace(block, items=tuple(items))
        case Table():
            cells = iter(sequences)
            return replace(block, head=_refill(block.head, cells), body=_refill(block.body, cells))
        case DefinitionList():
            defined = (replace(item, children=new) for item, new in zip(block.items, sequences, strict=True))
            return replace(block, items=tuple(defined))
        case Figure() | Embed():
            return replace(block, caption=sequences[0])
    return block


def _refill(rows: tuple[Row, ...], contents: Iterator[Blocks]) -> tuple[Row, ...]:
    return tuple(
        tuple(replace(cell, children=new) for cell, new in zip(row, islice(contents, len(row)), strict=True))
        for row in rows
    )


def sequences(document: Document) -> Iterator[tuple[Path, Blocks]]:
    """Every sequence of blocks in the document with its path: the body first, then each note."""
    roots: tuple[Blocks, ...] = (document.blocks, *(note.children for note in document.notes))
    pending: list[tuple[Path, Blocks]] = []
    pending.extend(((index,), root) for index, root in reversed(list(enumerate(roots))))
    while pending:
        path, blocks = pending.pop()
        yield path, blocks
        inner = [
            ((*path, position, number), sequence)
            for position, block in enumerate(blocks)
            for number, sequence in enumerate(sequences_of(block))
        ]
        pending.extend(reversed(inner))


def leaves(document: Document) -> Iterator[tuple[Span, Paragraph | Heading]]:
    """Every block that holds inline nodes, with its place."""
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph | Heading):
                yield Span(path, index, index + 1), block


Splices: TypeAlias = Mapping[Path, Sequence[tuple[Span, Blocks]]]


def splice(document: Document, changes: Iterable[tuple[Span, Blocks]]) -> Document:
    """The document with each span replaced by its blocks. Spans must neither overlap nor nest."""
    by_path: dict[Path, list[tuple[Span, Blocks]]] = {}
    for span, blocks in changes:
        by_path.setdefault(span.path, []).append((span, blocks))
    touched = {path[:length] for path in by_path for length in range(1, len(path) + 1, 2)}
    body = _spliced((0,), document.blocks, by_path, touched)
    notes = tuple(
        replace(note, children=_spliced((number,), note.children, by_path, touched))
        for number, note in enumerate(document.notes, start=1)
    )
    return replace(document, blocks=body, notes=notes)


def _spliced(path: Path, blocks: Blocks, changes: Splices, touched: set[Path]) -> Blocks:
    if path not in touched:
        return blocks
    inner = list(blocks)
    for index in {inside[len(path)] for inside in touched if len(inside) > len(path) and inside[: len(path)] == path}:
        held = enumerate(sequences_of(blocks[index]))
        made = [_spliced((*path, index, number), sequence, changes, touched) for number, sequence in held]
        inner[index] = with_sequences(blocks[index], made)
    for span, after in sorted(changes.get(path, ()), key=lambda change: change[0], reverse=True):
        inner[span.start : span.stop] = after
    return tuple(inner)


def at(document: Document, span: Span) -> Blocks:
    """The blocks of a span."""
    root, *steps = span.path
    blocks = document.blocks if root == 0 else document.notes[root - 1].children
    for position, number in zip(steps[::2], steps[1::2], strict=True):
        blocks = sequences_of(blocks[position])[number]
    return blocks[span.start : span.stop]


# -- inline nodes ----------------------------------------------------------------------------------------------


def map_text(inlines: Inlines, change: Callable[[str], str]) -> Inlines:
    """The same inline nodes with every run of words changed; code, math and addresses stay as they are."""
    return tuple(_map_inline(node, change) for node in inlines)


def _map_inline(node: Inline, change: Callable[[str], str]) -> Inline:
    match node:
        case Text(text):
            return Text(change(text))
        case Styled() | Link():
            return replace(node, children=map_text(node.children, change))
        case Ruby():
            return replace(node, base=map_text(node.base, change))
        case Image():
            return replace(node, alt=change(node.alt))
    return node


def inlines_in(inlines: Inlines) -> Iterator[Inline]:
    """Every inline node, parents before children."""
    for node in inlines:
        yield node
        if isinstance(node, Styled | Link):
            yield from inlines_in(node.children)
        elif isinstance(node, Ruby):
            yield from inlines_in(node.base)


def inlines_below(blocks: Blocks) -> Iterator[Inline]:
    """Every inline node of blocks and of those in them, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(children=children):
                yield from inlines_in(children)
            case Figure(image):
                yield image
            case DefinitionList(items):
                for item in items:
                    for term in item.terms:
                        yield from inlines_in(term)
                    yield from inlines_below(item.children)
                continue
        for sequence in sequences_of(block):
            yield from inlines_below(sequence)


def joined(*parts: Inlines) -> Inlines:
    """One run of inline nodes of several, with neighbouring words and neighbours of one style made one."""
    result: list[Inline] = []
    last: Inline | None = None
    for part in parts:
        for node in part:
            if isinstance(node, Text):
                if not node.text:
                    continue
                if isinstance(last, Text):
                    last = result[-1] = Text(last.text + node.text)
                    continue
            elif isinstance(node, Styled) and isinstance(last, Styled) and last.style == node.style:
                last = result[-1] = Styled(node.style, joined(last.children, node.children))
                continue
            result.append(node)
            last = node
    return tuple(result)


def styled(style: Style, children: Inlines) -> Styled:
    """Inline nodes in a style. The same style inside it says nothing, and Markdown cannot write it."""
    inner = (node.children if isinstance(node, Styled) and node.style is style else (node,) for node in children)
    return Styled(style, joined(*inner))


# -- the words -------------------------------------------------------------------------------------------------


def plain(node: Inline | Block | ListItem | Cell | Note | Inlines | Blocks | Document) -> str:
    """The words of a node as one string: what a reader sees, without markup.

    Soft line breaks are spaces; blocks, items and cells stand on lines of their own.
    """
    match node:
        case Text(text):
            return text.replace("\n", " ")
        case Code(text) | CodeBlock(text=text):
            return text
        case Styled() | Link():
            return "".join(map(plain, node.children))
        case Paragraph() | Heading():
            return "".join(map(plain, node.children))
        case Image(alt=alt):
            return alt
        case Math(tex) | MathBlock(tex=tex):
            return tex
        case LineBreak():
            return "\n"
        case Ruby(base, reading):
            return f"{plain(base)}({reading})"
        case NoteRef() | RawInline() | Raw() | Break() | Notice():
            return ""
        case DefinitionList(items):
            return "\n".join(
                words for item in items for words in (*map(plain, item.terms), plain(item.children)) if words
            )
        case Embed(caption=caption):
            return _lines(caption)
        case List():
            return _lines(node.items)
        case Table():
            return _lines(cell for row in (*node.head, *node.body) for cell in row)
        case Figure():
            return _lines((node.image, *node.caption))
        case Quote() | Section() | ListItem() | Cell() | Note():
            return _lines(node.children)
        case Document():
            return _lines((*node.blocks, *node.notes))
        case tuple():
            inline = all(isinstance(child, Inline) for child in node)
            return "".join(map(plain, node)) if inline else _lines(node)


def lines(block: Paragraph | Heading) -> list[str]:
    """The words of a block, line by line as the source has them."""
    marked = map_text(block.children, lambda text: text.replace("\n", _LINE_END))
    return plain(marked).replace(_LINE_END, "\n").split("\n")


_LINE_END = "\x1e"  # the record separator: no text has one, the readers let none through


def _lines(nodes: Iterable[Inline | Block | ListItem | Cell | Note]) -> str:
    return "\n".join(words for words in map(plain, nodes) if words)


# -- the golden form -------------------------------------------------------------------------------------------

_MARKS = {
    Style.EMPHASIS: ("*", "*"),
    Style.STRONG: ("**", "**"),
    Style.STRIKETHROUGH: ("~~", "~~"),
}


def dump(node: Block | Blocks) -> str:
    """A block as ledgers and tests show it: it reads like Markdown, and is never parsed again.

    Nothing is escaped; a role, a language and a note call stand in braces; a soft line break is "⏎".
    """
    match node:
        case Paragraph():
            role = "" if node.role is Role.BODY else f"{{{node.role}}} "
            return role + _dump_inlines(node.children)
        case Heading():
            return f"{'#' * node.level} {_dump_inlines(node.children)}"
        case List():
            return "\n".join(_dump_item(node, number) for number in range(len(node.items)))
        case Quote():
            return _indented("> ", dump(node.children))
        case CodeBlock():
            return f"```{node.language}\n{node.text.rstrip()}\n```"
        case Table():
            return "\n".join(_dump_row(row) for row in (*node.head, *node.body))
        case DefinitionList():
            return "\n".join(map(_dump_definition, node.items))
        case Figure():
            return _dump_inlines((node.image,)) + ("\n" + dump(node.caption) if node.caption else "")
        case Embed():
            return f"{{embed {node.url}}} {node.title}".rstrip() + ("\n" + dump(node.caption) if node.caption else "")
        case MathBlock():
            return f"$$ {node.tex.strip()} $$"
        case Break():
            return f"{{{node.kind} break}}"
        case Section():
            return f"{{{node.tag}}}\n" + _indented("  ", dump(node.children))
        case Raw():
            return f"{{{node.format}}} {node.text.strip()}"
        case Notice():
            return f"{{{node.kind}}}"
        case tuple():
            return "\n\n".join(map(dump, node))


def _dump_item(block: List, number: int) -> str:
    item = block.items[number]
    mark = "-" if block.start is None else f"{block.start + number}."
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    body = dump(item.children)
    return f"{mark} {box}" + body.replace("\n", "\n  ")


def _dump_definition(item: Definition) -> str:
    terms = "\n".join(map(_dump_inlines, item.terms))
    return f"{terms}\n: " + dump(item.children).replace("\n", "\n  ")


def _dump_row(row: Row) -> str:
    return "| " + " | ".join(dump(cell.children).replace("\n", " ") for cell in row) + " |"


def _indented(prefix: str, text: str) -> str:
    return "\n".join(prefix + line for line in text.splitlines())


def _dump_inlines(inlines: Inlines) -> str:
    return "".join(map(_dump_inline, inlines))


def _dump_inline(node: Inline) -> str:
    match node:
        case Text(text):
            return text.replace("\n", "⏎")
        case Code(text):
            return f"`{text}`"
        case LineBreak():
            return "⏎⏎"
        case Styled(style, children):
            opening, closing = _MARKS.get(style, (f"{{{style} ", "}"))
            return opening + _dump_inlines(children) + closing
        case Link(url, children):
            return f"[{_dump_inlines(children)}]({url})"
        case Image(url, alt):
            return f"![{alt}]({url})"
        case Math(tex):
            return f"${tex}$"
        case Ruby(base, reading):
            return f"{{ruby {_dump_inlines(base)} {reading}}}"
        case NoteRef(label):
            return f"{{note {label}}}"
        case RawInline(_, text):
            return f"{{{text}}}"
