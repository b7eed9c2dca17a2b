"""Reads Markdown: CommonMark and GFM (tables, strikethrough, footnotes, task lists, raw HTML), math, front matter.

markdown-it-py finds the structure; this file turns its tokens into our blocks, each with its lines. The form
feeds that some programs leave between pages become page breaks. A Markdown edition of our own is read back to
the document that it was written from (see `edition.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from convert.model import (
    Block,
    Blocks,
    Break,
    BreakKind,
    Cell,
    Code,
    CodeBlock,
    Document,
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
from convert.readers.edition import read_back
from convert.readers.front_matter import front_matter
from convert.readers.html_elements import HIDDEN, element, trimmed
from convert.readers.text import lines_place, read_text
from convert.walk import joined, styled

_PAGE_MARK = "<!--form feed-->"
_COMMENTS = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*", re.DOTALL)
_TASK = re.compile(r"\[([ xX])\] ")

MAX_NESTING = 40
"""Levels of quotes and lists that are read as structure. markdown-it drops what is nested deeper than its own
limit (100 levels, two for each list), so that a file beyond this is read as plain text."""

_TOO_DEEP = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^[ \t]*(?:>[ \t]*){{{MAX_NESTING},}}",  # quotes
        rf"^[ \t]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+){{{MAX_NESTING},}}",  # lists opened in one line
        rf"^[ \t]{{{2 * MAX_NESTING},}}(?:[-*+]|\d{{1,9}}[.)])[ \t]",  # lists by indentation
    )
)


def read_markdown(text: str, name: str) -> Document:
    """The document of a Markdown text (str, line ends as line feeds); any text is Markdown."""
    head = front_matter(text)
    lines = text.split("\n")[head.lines :]
    if any(pattern.search(text) for pattern in _TOO_DEEP):
        return read_text(text, name)
    source, numbers = _numbered(lines, head.lines)
    reading = _Reading(name, numbers)
    tokens = _parser().parse(source)
    blocks = tuple(_blocks(_Tokens(tokens), reading))
    if head.unknown:
        origin = Origin(name, lines_place(1, head.lines))
        blocks = (Raw("yaml", head.unknown, origin=origin), *blocks)
    document = Document(blocks, tuple(reading.notes), head.meta, name)
    return read_back(document) if head.is_edition else document


class _Parser(MarkdownIt):
    """Reads every link as one: which addresses an edition may open is for a rule to say, on record."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True, "maxNesting": 100})
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser)
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    return parser


def _numbered(lines: Sequence[str], skipped: int) -> tuple[str, list[int]]:
    """The text to parse, with form feeds as comments between empty lines, and the source's number of each line."""
    result: list[tuple[str, int]] = []
    for number, line in enumerate(lines, start=skipped + 1):
        first, *pages = line.split("\f")
        if first or not pages:
            result.append((first, number))
        for page in pages:
            result.extend((extra, number) for extra in ("", _PAGE_MARK, ""))
            if page.strip():
                result.append((page, number))
    return "\n".join(line for line, _ in result), [number for _, number in result]


# -- blocks ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What is known while one file is read."""

    name: str
    numbers: Sequence[int]
    notes: list[Note] = field(default_factory=list)

    def origin(self, token: Token) -> Origin:
        if not token.map or not self.numbers:
            return Origin(self.name, "")
        first, last = token.map
        last = max(first, min(last, len(self.numbers)) - 1)
        first = min(first, last)
        return Origin(self.name, lines_place(self.numbers[first], self.numbers[last]))


class _Tokens:
    """The flat list of markdown-it's tokens, read as a tree: `until` gives what stands before a closing token."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def until(self, closing: str | None) -> Iterator[Token]:
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                return
            yield token

    def inline(self, closing: str) -> list[Token]:
        return [child for token in self.until(closing) for child in token.children or ()]


def _blocks(tokens: _Tokens, reading: _Reading, closing: str | None = None) -> Iterator[Block]:
    for token in tokens.until(closing):
        make = _BLOCKS.get(token.type)
        if make is not None:
            yield from make(token, tokens, reading)


def _paragraph(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield Paragraph(_inlines(tokens.inline("paragraph_close")), origin=reading.origin(token))


def _heading(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield Heading(int(token.tag[1]), _inlines(tokens.inline("heading_close")), origin=reading.origin(token))


def _bullets(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield List(tuple(_items(tokens, reading, "bullet_list_close")), origin=reading.origin(token))


def _numbers(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    items = tuple(_items(tokens, reading, "ordered_list_close"))
    yield List(items, int(token.attrGet("start") or 1), origin=reading.origin(token))


def _items(tokens: _Tokens, reading: _Reading, closing: str) -> Iterator[ListItem]:
    for _ in tokens.until(closing):
        yield _task(ListItem(tuple(_blocks(tokens, reading, "list_item_close"))))


def _task(item: ListItem) -> ListItem:
    """A list item that starts with a box, as GFM writes tasks."""
    match item.children:
        case (Paragraph(children=(Text(text), *rest)) as first, *others):
            box = _TASK.match(text)
            if box:
                words = joined((Text(text[box.end() :]),), tuple(rest))
                paragraph = Paragraph(words, origin=first.origin)
                return ListItem((paragraph, *others), checked=box[1] != " ")
    return item


def _quote(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield Quote(tuple(_blocks(tokens, reading, "blockquote_close")), origin=reading.origin(token))


def _code(token: Token, _tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    text = token.content.removesuffix("\n").replace(_PAGE_MARK, "\f")
    yield CodeBlock(text, token.info.strip().partition(" ")[0], origin=reading.origin(token))


def _math(token: Token, _tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield MathBlock(token.content.strip(), origin=reading.origin(token))


def _rule(token: Token, _tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    yield Break(mark=token.markup, origin=reading.origin(token))


def _html(token: Token, _tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    origin = reading.origin(token)
    if token.content.strip() == _PAGE_MARK:
        yield Break(kind=BreakKind.PAGE, mark="\f", origin=origin)
    elif _COMMENTS.fullmatch(token.content):
        yield Raw("html", token.content.strip(), origin=origin)
    else:
        from convert.readers.html_fragment import read_fragment  # only here: it loads Beautiful Soup

        yield from read_fragment(token.content, origin)


def _table(token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    origin = reading.origin(token)
    head: list[Row] = []
    body: list[Row] = []
    for part in tokens.until("table_close"):
        if part.type == "tr_open":
            row = tuple(_cells(tokens, origin))
            (head if row and row[0].header else body).append(row)
    if all(not cell.children for row in head for cell in row):  # how GFM writes a table without a header
        head = []
    yield Table(tuple(head), tuple(body), origin=origin)


def _cells(tokens: _Tokens, origin: Origin) -> Iterator[Cell]:
    for token in tokens.until("tr_close"):
        align = str(token.attrGet("style") or "").removeprefix("text-align:")
        words = _inlines(tokens.inline(token.type.replace("open", "close")))
        content: Blocks = (Paragraph(words, origin=origin),) if words else ()
        yield Cell(content, align=align, header=token.type == "th_open")


def _footnotes(_token: Token, tokens: _Tokens, reading: _Reading) -> Iterator[Block]:
    for token in tokens.until("footnote_block_close"):
        children = tuple(_blocks(tokens, reading, "footnote_close"))
        reading.notes.append(Note(_label(token), children))
    yield from ()


_BLOCKS: Mapping[str, Callable[[Token, _Tokens, _Reading], Iterator[Block]]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "bullet_list_open": _bullets,
    "ordered_list_open": _numbers,
    "blockquote_open": _quote,
    "fence": _code,
    "code_block": _code,
    "math_block": _math,
    "math_block_label": _math,
    "hr": _rule,
    "html_block": _html,
    "table_open": _table,
    "footnote_block_open": _footnotes,
}


def _label(token: Token) -> str:
    """What a note is called: its label in the source, or its number where it has none."""
    return str(token.meta.get("label") or int(token.meta["id"]) + 1)


# -- inline nodes ----------------------------------------------------------------------------------------------

_OPENING: Mapping[str, Style] = {
    "em_open": Style.EMPHASIS,
    "strong_open": Style.STRONG,
    "s_open": Style.STRIKETHROUGH,
}

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_VOID = frozenset({"br", "img", "wbr", "hr", "input"})


@dataclass(slots=True)
class _Frame:
    """An element that is open: how it is called, and how its node is made of its children."""

    name: str
    finish: Callable[[Inlines], Inlines]
    children: list[Inline] = field(default_factory=list)


def _inlines(tokens: Sequence[Token]) -> Inlines:
    """The inline nodes of a run of tokens; Markdown's own elements and HTML's may lie in one another."""
    stack = [_Frame("", lambda children: children)]

    def close(name: str) -> None:
        if any(frame.name == name for frame in stack[1:]):
            while True:
                frame = stack.pop()
                made = frame.finish(joined(tuple(frame.children))) if frame.name == name else tuple(frame.children)
                stack[-1].children.extend(made)
                if frame.name == name:
                    return

    for token in tokens:
        if token.type in _OPENING:
            stack.append(_Frame(token.type, _styled(_OPENING[token.type])))
        elif token.type == "link_open":
            url, title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
            stack.append(_Frame(token.type, _linked(url, title)))
        elif token.type.endswith("_close"):
            close(token.type.replace("_close", "_open"))
        elif token.type == "html_inline" and (tag := _TAG.fullmatch(token.content)):
            name = tag["name"].lower()
            if tag["close"]:
                close(name)
            elif name in _VOID or tag["rest"].endswith("/"):
                stack[-1].children.extend(element(name, _attributes(tag["rest"]), ()))
            else:
                stack.append(_Frame(name, _element(name, _attributes(tag["rest"]))))
        else:
            stack[-1].children.extend(_leaf(token))
    while len(stack) > 1:
        frame = stack.pop()  # never closed: its words stay, its style was a mistake
        stack[-1].children.extend(frame.children)
    return trimmed(joined(tuple(stack[0].children)))


def _styled(style: Style) -> Callable[[Inlines], Inlines]:
    return lambda children: (styled(style, children),)


def _linked(url: str, title: str) -> Callable[[Inlines], Inlines]:
    return lambda children: (Link(url, children, title),)


def _element(name: str, attributes: Mapping[str, str]) -> Callable[[Inlines], Inlines]:
    if name in HIDDEN:
        return lambda _children: ()
    return lambda children: element(name, attributes, children)


def _attributes(rest: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(rest)}


def _leaf(token: Token) -> Inlines:
    match token.type:
        case "text" | "text_special":
            return (Text(token.content),) if token.content else ()
        case "softbreak":
            return (Text("\n"),)
        case "hardbreak":
            return (LineBreak(),)
        case "code_inline":
            return (Code(token.content),)
        case "image":
            return (Image(str(token.attrGet("src") or ""), token.content, str(token.attrGet("title") or "")),)
        case "math_inline" | "math_inline_double":
            return (Math(token.content),)
        case "footnote_ref":
            return (NoteRef(_label(token)),)
        case "html_inline":
            return (RawInline("html", token.content),)
    return ()
