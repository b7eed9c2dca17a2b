"""Blocks as XHTML: what the PDF and the EPUB have in common. Well-formed, and valid as HTML (WHATWG) too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from convert.article import Highlight
from convert.edition import Edition
from convert.exporters.addresses import written_address
from convert.images import is_of_the_web
from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    CodeBlock,
    Definition,
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
from convert.walk import inlines_below, inlines_in, plain, sequences_of, with_sequences

_TAGS: Mapping[Style, str] = {
    Style.EMPHASIS: "em",
    Style.STRONG: "strong",
    Style.STRIKETHROUGH: "s",
    Style.UNDERLINE: "u",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
    Style.MARK: "mark",
    Style.SMALL: "small",
}

_NO_ADDRESS = "[…]"
"""What stands for an image without a description: a mark without words, for we make none up."""


def text_xhtml(text: str) -> str:
    """Words as they stand between tags."""
    return escape(text, quote=False)


@dataclass(frozen=True, slots=True)
class Formula:
    tex: str
    is_block: bool


@dataclass(frozen=True, slots=True)
class Rendering:
    """What the same blocks need to know of the file that they are written into."""

    edition: Edition
    notes: Mapping[str, int]  # the number of each note, by its label
    notes_file: str = ""  # the file that holds the notes; "" is this one
    text_files: Mapping[str, str] = field(default_factory=dict)  # the file that first calls each note, by its label
    note_attributes: str = ""  # on the call of a note: epub:type and role, where the format has them
    text: Callable[[str], str] = text_xhtml  # how words are written
    pictures: str = ""  # what stands before the name of a picture's file: a folder, a scheme
    is_tagged: bool = False  # of a tagged PDF: PDF/UA-1 wants nothing but words in a link, and a header for each cell
    is_in_link: bool = False
    image: Callable[[Image], str] | None = None  # how an image is written, if not as here
    formulas: Mapping[Formula, str] = field(default_factory=dict)  # as MathML; those that are not here are TeX
    item_attributes: str = ""  # on a note and on the way back from it, as on its call
    back_attributes: str = ""

    @staticmethod
    def of(edition: Edition) -> Rendering:
        labels = [note.label for note in edition.article.notes]
        called = {label: "" for blocks in edition.article.sequences for label in notes_called(blocks)}
        return Rendering(edition, {label: number for number, label in enumerate(labels, start=1)}, text_files=called)


def notes_called(blocks: Blocks) -> Iterator[str]:
    """The labels of the notes that blocks call, in reading order."""
    return (node.label for node in inlines_below(blocks) if isinstance(node, NoteRef))


def with_calls_once(body: str) -> str:
    """The text of a file in which only the first call of each note has an id."""
    seen: set[str] = set()

    def kept(match: re.Match[str]) -> str:
        if match[0] in seen:
            return ""
        seen.add(match[0])
        return match[0]

    return _CALL_ID.sub(kept, body)


_CALL_ID = re.compile(r' id="call-\d+"')


def xml_id(anchor: str) -> str:
    """An anchor as an XML id, which must start with a letter or an underscore (XML 1.0, production 5)."""
    return anchor if re.match(r"[^\W\d]", anchor) else f"h-{anchor}"


def attributes(**values: str | None) -> str:
    """Attributes as they stand in a tag; those without a value are left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in values.items() if value
    )


# -- blocks ----------------------------------------------------------------------------------------------------


def blocks_xhtml(blocks: Iterable[Block], rendering: Rendering) -> str:
    return "".join(f"{_block(block, rendering)}\n" for block in blocks if not isinstance(block, Raw))


def _block(block: Block, rendering: Rendering) -> str:
    place = attributes(lang=block.lang, dir=block.dir)
    match block:
        case Paragraph((Image() as image,)) if image.url in rendering.edition.pictures:
            return f"<figure{place}>{_image(image, rendering)}</figure>"
        case Paragraph(children):
            verse = ' class="verse"' if any(isinstance(node, LineBreak) for node in inlines_in(children)) else ""
            return f"<p{verse}{place}>{inlines_xhtml(children, rendering)}</p>"
        case Heading(level, children):
            return f"<h{level}{place}>{inlines_xhtml(children, rendering)}</h{level}>"
        case List(items=()) | DefinitionList(items=()) | Table(head=(), body=()):
            return ""  # an empty one is not valid
        case List():
            return _list(block, rendering, place)
        case Quote(children):
            return f"<blockquote{place}>\n{blocks_xhtml(children, rendering)}</blockquote>"
        case Section(children=children):
            return blocks_xhtml(children, rendering).removesuffix("\n")
        case CodeBlock(text, language):
            kind = attributes(class_=f"language-{language}" if language else None)
            return f"<pre{place}><code{kind}>{escape(text)}</code></pre>"
        case Table():
            return _table(block, rendering, place)
        case Figure(image, caption):
            words = f"<figcaption>{blocks_xhtml(caption, rendering)}</figcaption>" if caption else ""
            return f"<figure{place}>{_image(image, rendering, plain(caption))}{words}</figure>"
        case DefinitionList(items):
            return f"<dl{place}>\n{''.join(_definition(item, rendering) for item in items)}</dl>"
        case Embed(url, title, caption):
            link = f"<p><a{attributes(href=written_address(url))}>{escape(title or url, quote=False)}</a></p>"
            return f'<div class="embed"{place}>\n{link}\n{blocks_xhtml(caption, rendering)}</div>'
        case MathBlock(tex):
            formula = rendering.formulas.get(Formula(tex, is_block=True)) or escape(tex, quote=False)
            return f'<p class="math"{place}>{formula}</p>'
        case Break():
            return "<hr/>"
        case Notice(kind):
            return f'<p class="notice">{escape(rendering.edition.words[str(kind).replace("-", "_")])}</p>'
        case Raw():
            return ""


def _list(block: List, rendering: Rendering, place: str) -> str:
    tag = "ul" if block.start is None else "ol"
    start = attributes(start=str(block.start)) if block.start not in (None, 1) else ""
    items = "".join(f"<li>{_item(item, rendering)}</li>\n" for item in block.items)
    return f"<{tag}{start}{place}>\n{items}</{tag}>"


def _item(item: ListItem, rendering: Rendering) -> str:
    box = "" if item.checked is None else "☑ " if item.checked else "☐ "
    match item.children:
        case (Paragraph(children), *rest) if all(isinstance(block, List) for block in rest):
            nested = f"\n{blocks_xhtml(rest, rendering)}" if rest else ""
            return box + inlines_xhtml(children, rendering) + nested
    return box + blocks_xhtml(item.children, rendering)


def _definition(item: Definition, rendering: Rendering) -> str:
    terms = "".join(f"<dt>{inlines_xhtml(term, rendering)}</dt>\n" for term in item.terms or ((),))
    return f"{terms}<dd>{flow_xhtml(item.children, rendering)}</dd>\n"


def _table(table: Table, rendering: Rendering, place: str) -> str:
    width = max((*_widths(table.head), *_widths(table.body)), default=0)
    head, body = _squared(table.head, width), _squared(table.body, width)
    if rendering.is_tagged and not head and not all(any(cell.header for cell in row) for row in body):
        body = tuple(tuple(replace(cell, header=False) for cell in row) for row in body)  # some would have no header
    top = f"<thead>\n{''.join(_row(row, rendering, 'col') for row in head)}</thead>\n" if head else ""
    rest = f"<tbody>\n{''.join(_row(row, rendering, 'row') for row in body)}</tbody>\n" if body else ""
    return f"<table{place}>\n{top}{rest}</table>"


def _widths(rows: tuple[Row, ...]) -> list[int]:
    """How many columns each row of a section reaches over, with the cells of rows above that reach into it."""
    widths: list[int] = []
    hanging: list[tuple[int, int]] = []  # of those cells: the columns, and how many more rows
    for row in rows:
        widths.append(sum(cell.colspan for cell in row) + sum(columns for columns, _ in hanging))
        hanging = [(columns, left - 1) for columns, left in hanging if left > 1]
        hanging += [(cell.colspan, cell.rowspan - 1) for cell in row if cell.rowspan > 1]
    return widths


def _squared(rows: tuple[Row, ...], width: int) -> tuple[Row, ...]:
    """Rows of one length: a ragged table is not valid in a tagged PDF (PDF/UA-1, 7.5). No cell leaves its section."""
    rows = tuple(
        tuple(replace(cell, rowspan=min(cell.rowspan, len(rows) - number)) for cell in row)
        for number, row in enumerate(rows)
    )
    return tuple(
        (*row, *([Cell((), header=_is_header(row))] * (width - had)))
        for row, had in zip(rows, _widths(rows), strict=True)
    )


def _is_header(row: Row) -> bool:
    return bool(row) and all(cell.header for cell in row)


def _row(row: Row, rendering: Rendering, scope: str) -> str:
    return f"<tr>{''.join(_cell(cell, rendering, scope) for cell in row)}</tr>\n"


def _cell(cell: Cell, rendering: Rendering, scope: str) -> str:
    tag = "th" if cell.header else "td"
    place = attributes(
        scope=scope if cell.header else None,
        colspan=str(cell.colspan) if cell.colspan > 1 else None,
        rowspan=str(cell.rowspan) if cell.rowspan > 1 else None,
        style=f"text-align: {cell.align}" if cell.align in ("left", "center", "right") else None,
    )
    return f"<{tag}{place}>{flow_xhtml(cell.children, rendering)}</{tag}>"


def flow_xhtml(blocks: Blocks, rendering: Rendering) -> str:
    """What an element holds that needs no paragraph for a single one: a cell, a definition, a note."""
    match blocks:
        case (Paragraph(children),):
            return inlines_xhtml(children, rendering)
    return blocks_xhtml(blocks, rendering)


# -- inline nodes ----------------------------------------------------------------------------------------------


def inlines_xhtml(inlines: Inlines, rendering: Rendering) -> str:
    return "".join(_inline(node, rendering) for node in inlines)


def _inline(node: Inline, rendering: Rendering) -> str:
    match node:
        case Text(text):
            return rendering.text(text)
        case Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case LineBreak():
            return "<br/>"
        case Styled(style, children):
            return f"<{_TAGS[style]}>{inlines_xhtml(children, rendering)}</{_TAGS[style]}>"
        case Link(children=children) if rendering.is_in_link:  # HTML allows no link in a link
            return inlines_xhtml(children, rendering)
        case Link(children=(Image() as image,)) if rendering.is_tagged and _is_drawn(image, rendering):
            return _image(image, rendering)
        case Link(url, (Code(text),), title) if rendering.is_tagged:
            return (
                f"<code><a{attributes(href=written_address(url), title=title)}>{escape(text, quote=False)}</a></code>"
            )
        case Link() if rendering.is_tagged and _holds_elements(node, rendering):
            return inlines_xhtml(_spread(node, rendering), rendering)
        case Link(url, children, title):
            inner = replace(rendering, text=text_xhtml, is_in_link=True)
            return f"<a{attributes(href=written_address(url), title=title)}>{inlines_xhtml(children, inner)}</a>"
        case Image():
            return _image(node, rendering)
        case Math(tex):
            formula = rendering.formulas.get(Formula(tex, is_block=False)) or escape(tex, quote=False)
            return f'<span class="math">{formula}</span>'
        case Ruby(base, reading):
            return f"<ruby>{inlines_xhtml(base, rendering)}<rp>(</rp><rt>{escape(reading)}</rt><rp>)</rp></ruby>"
        case NoteRef(label):
            return _note_call(label, rendering)
        case RawInline():
            return ""


def _holds_elements(link: Link, rendering: Rendering) -> bool:
    return any(
        _is_drawn(child, rendering)
        if isinstance(child, Image)
        else isinstance(child, Styled | Code | Link | LineBreak | Math | Ruby | NoteRef)
        for child in link.children
    )


def _spread(link: Link, rendering: Rendering) -> Inlines:
    """A link as several, each of plain words or code, and its styles around them (PDF/UA-1 wants no element in one)."""
    return tuple(_around(child, link, rendering) for child in link.children)


def _around(child: Inline, link: Link, rendering: Rendering) -> Inline:
    match child:
        case Styled(style, children):
            return Styled(style, _spread(replace(link, children=children), rendering))
        case LineBreak() | NoteRef() | Math() | Ruby() | Link():
            return child
        case Image() if _is_drawn(child, rendering):
            return child
    return replace(link, children=(child,))


def _is_drawn(image: Image, rendering: Rendering) -> bool:
    return image.url in rendering.edition.pictures


def _image(image: Image, rendering: Rendering, caption: str = "") -> str:
    """An image: its picture, where the edition holds one; else its description, and its address to follow.

    A picture without a description says what its caption says, or that it is an image: a tagged PDF must have one
    (PDF/UA-1, 7.3).
    """
    if rendering.image is not None:
        return rendering.image(image)
    picture = rendering.edition.pictures.get(image.url)
    if picture is not None:
        alt = image.alt or " ".join(caption.split()) or rendering.edition.words["image"]
        pixels = picture.pixels
        size = attributes(width=str(pixels.width), height=str(pixels.height), title=image.title)
        return f'<img src="{rendering.pictures}{picture.name}"{attributes(alt=alt)}{size}/>'
    words = escape(image.alt or _NO_ADDRESS, quote=False)
    if rendering.is_in_link:
        return words
    if is_of_the_web(image.url):
        return f'<a class="image"{attributes(href=written_address(image.url))}>{words}</a>'
    return f'<span class="image">{words}</span>'


def _note_call(label: str, rendering: Rendering) -> str:
    number = rendering.notes.get(label)
    if number is None:
        return f"[{escape(label)}]"
    target = f"{rendering.notes_file}#note-{number}"
    if rendering.is_in_link:
        return f'<sup class="noteref" id="call-{number}">{number}</sup>'
    return f'<sup class="noteref"><a id="call-{number}" href="{target}"{rendering.note_attributes}>{number}</a></sup>'


# -- parts of the edition --------------------------------------------------------------------------------------


def title_block(edition: Edition, rendering: Rendering) -> str:
    """The head of the article: publisher, title, standfirst, authors, date and facts."""
    parts = [f'<p class="kicker">{escape(edition.meta.publisher, quote=False)}</p>'] if edition.meta.publisher else []
    parts.append(f'<h1 class="title">{escape(edition.title, quote=False)}</h1>')
    if edition.article.standfirst:
        parts.append(f'<div class="standfirst">{blocks_xhtml(edition.article.standfirst, rendering)}</div>')
    if edition.byline:
        people = [f'<span class="author">{escape(name, quote=False)}</span>' for name in edition.byline]
        parts.append(f'<p class="byline">{edition.words["by"]} {listed(people, edition.words["and"])}</p>')
    if edition.date:
        written = escape(edition.date, quote=False)
        parts.append(f'<p class="dateline"><time datetime="{escape(edition.meta.date)}">{written}</time></p>')
    if edition.facts:
        parts.append(f'<ul class="facts">{"".join(_fact(label, value) for label, value in edition.facts)}</ul>')
    if edition.lead_image is not None:
        parts.append(f'<figure class="lead-image">{_image(edition.lead_image, rendering)}</figure>')
    return '<header class="title-block">\n' + "\n".join(parts) + "\n</header>\n"


def _fact(label: str, value: str) -> str:
    words = escape(label, quote=False), escape(value, quote=False)
    return '<li><span class="label">{}</span> <span class="value">{}</span></li>'.format(*words)


def listed(parts: list[str], conjunction: str) -> str:
    """Parts as a sentence lists them: "A", "A and B", "A, B and C"."""
    return f" {conjunction} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def highlight_xhtml(highlight: Highlight, rendering: Rendering) -> str:
    heading = replace(highlight.heading, level=2)
    inner, _ = _leveled(highlight.blocks, 2 - highlight.heading.level, 2)
    return (
        f'<section class="highlight" id="{escape(xml_id(highlight.anchor))}">\n'
        f"{blocks_xhtml((heading, *inner), rendering)}</section>\n"
    )


def _leveled(blocks: Blocks, shift: int, level: int) -> tuple[Blocks, int]:
    """Blocks with their headings, those in quotes and lists too, at a level moved by `shift`, and the last level.

    No level is skipped on the way down (WCAG 2.2, H42; PDF/UA-1, 7.4.2); `level` is the one before.
    """
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = max(3, min(block.level + shift, level + 1, 6))
            block = replace(block, level=level)
        else:
            sequences = []
            for sequence in sequences_of(block):
                inner, level = _leveled(sequence, shift, level)
                sequences.append(inner)
            block = with_sequences(block, sequences)
        made.append(block)
    return tuple(made), level


def lead_xhtml(edition: Edition, rendering: Rendering) -> str:
    lead = _bold_headings(edition.article.lead)
    return f'<section class="lead">\n{blocks_xhtml(lead, rendering)}</section>\n' if lead else ""


def _bold_headings(blocks: Blocks) -> Blocks:
    """Blocks over which no heading stands, with the headings in quotes and the like as paragraphs in bold."""
    return tuple(
        Paragraph((Styled(Style.STRONG, block.children),), origin=block.origin, lang=block.lang, dir=block.dir)
        if isinstance(block, Heading)
        else with_sequences(block, [_bold_headings(sequence) for sequence in sequences_of(block)])
        for block in blocks
    )


def about_xhtml(edition: Edition, rendering: Rendering) -> str:
    about = edition.article.about
    if not about:
        return ""
    heading = escape(edition.words["about"], quote=False)
    return f'<section class="about">\n<h2>{heading}</h2>\n{blocks_xhtml(about, rendering)}</section>\n'


def notes_list(edition: Edition, rendering: Rendering) -> str:
    """The notes as a list, each with a link back to where it is first called."""
    items = []
    for note in edition.article.notes:
        number = rendering.notes[note.label]
        link = _back_link(note.label, rendering)
        words = flow_xhtml(note.children, rendering)
        items.append(f'<li id="note-{number}"{rendering.item_attributes}>{words}{link}</li>\n')
    return f"<ol>\n{''.join(items)}</ol>\n"


def _back_link(label: str, rendering: Rendering) -> str:
    if label not in rendering.text_files:
        return ""
    target = f"{rendering.text_files[label]}#call-{rendering.notes[label]}"
    title = attributes(title=rendering.edition.words["back_to_text"])
    return f' <a href="{target}"{title}{rendering.back_attributes}>↩</a>'


def colophon_xhtml(edition: Edition) -> str:
    words, colophon = edition.words, edition.colophon
    parts = [f"<h2>{escape(words['colophon'], quote=False)}</h2>"]
    parts.extend(_p(text) for text in (*colophon.credits, colophon.made_with))
    if colophon.findings:
        parts.append(f'<p class="findings-title"><strong>{escape(words["findings"], quote=False)}</strong></p>')
        items = "".join(f"<li>{escape(text, quote=False)}</li>" for text in colophon.findings)
        parts.append(f'<ul class="findings">{items}</ul>')
    if colophon.left_out:
        rows = "".join(
            f"<tr><td>{entry.code}</td><td>{escape(entry.fault, quote=False)}</td><td>{entry.times}</td></tr>\n"
            for entry in colophon.left_out
        )
        head = "".join(
            f'<th scope="col">{escape(words[key], quote=False)}</th>' for key in ("code", "left_out", "times")
        )
        parts.append(f'<table class="left-out">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>')
    else:
        parts.append(_p(words["left_out_none"]))
    parts.append(_p(colophon.ledger))
    return "\n".join(parts) + "\n"


def _p(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"
