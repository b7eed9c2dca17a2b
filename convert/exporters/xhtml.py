"""Blocks as XHTML: what the PDF and the EPUB have in common. Well-formed, and valid as HTML (WHATWG) too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape

from convert.article import Highlight
from convert.edition import Edition
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
from convert.walk import inlines_in, plain

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
class Rendering:
    """What the same blocks need to know of the file that they are written into."""

    edition: Edition
    notes: Mapping[str, int]  # the number of each note, by its label
    notes_file: str = ""  # the file that holds the notes; "" is this one
    text_files: Mapping[str, str] | None = None  # the file that calls each note, by its label
    note_attributes: str = ""  # on the call of a note: epub:type and role, where the format has them
    text: Callable[[str], str] = text_xhtml  # how words are written
    pictures: str = ""  # what stands before the name of a picture's file: a folder, a scheme
    links_hold: bool = True  # whether a link may hold a picture
    image: Callable[[Image], str] | None = None  # how an image is written, if not as here

    @staticmethod
    def of(edition: Edition) -> Rendering:
        labels = [note.label for note in edition.article.notes]
        return Rendering(edition, {label: number for number, label in enumerate(labels, start=1)})


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
        case List():
            return _list(block, rendering, place)
        case Quote(children) | Section(children=children):
            tag = "blockquote" if isinstance(block, Quote) else "div"
            return f"<{tag}{place}>\n{blocks_xhtml(children, rendering)}</{tag}>"
        case CodeBlock(text, language):
            kind = attributes(class_=f"language-{language}" if language else None)
            return f"<pre><code{kind}>{escape(text)}</code></pre>"
        case Table():
            return _table(block, rendering, place)
        case Figure(image, caption):
            words = f"<figcaption>{blocks_xhtml(caption, rendering)}</figcaption>" if caption else ""
            return f"<figure{place}>{_image(image, rendering, plain(caption))}{words}</figure>"
        case DefinitionList(items):
            return f"<dl{place}>\n{''.join(_definition(item, rendering) for item in items)}</dl>"
        case Embed(url, title, caption):
            link = f'<p class="embed"><a{attributes(href=url)}>{escape(title or url, quote=False)}</a></p>'
            return f"{link}\n{blocks_xhtml(caption, rendering)}"
        case MathBlock(tex):
            return f'<p class="math">{escape(tex)}</p>'
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
    terms = "".join(f"<dt>{inlines_xhtml(term, rendering)}</dt>\n" for term in item.terms)
    match item.children:
        case (Paragraph(children),):
            words = inlines_xhtml(children, rendering)
        case _:
            words = blocks_xhtml(item.children, rendering)
    return f"{terms}<dd>{words}</dd>\n"


def _table(table: Table, rendering: Rendering, place: str) -> str:
    rows = _squared((*table.head, *table.body))
    head, body = rows[: len(table.head)], rows[len(table.head) :]
    top = f"<thead>\n{''.join(_row(row, rendering, 'col') for row in head)}</thead>\n" if head else ""
    rest = f"<tbody>\n{''.join(_row(row, rendering, 'row') for row in body)}</tbody>\n" if body else ""
    return f"<table{place}>\n{top}{rest}</table>"


def _squared(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows of one length: a ragged table is not valid in a tagged PDF (PDF/UA-1, 7.5)."""
    if any(cell.rowspan > 1 for row in rows for cell in row):
        return rows
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    return tuple((*row, *([Cell(())] * (width - sum(cell.colspan for cell in row)))) for row in rows)


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
    match cell.children:
        case (Paragraph(children),):
            words = inlines_xhtml(children, rendering)
        case _:
            words = blocks_xhtml(cell.children, rendering)
    return f"<{tag}{place}>{words}</{tag}>"


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
        case Link(children=(Image() as image,)) if not rendering.links_hold and _is_drawn(image, rendering):
            return _image(image, rendering)
        case Link(url, children, title):
            inner = replace(rendering, text=text_xhtml)  # PDF/UA-1 wants no element inside a link
            return f"<a{attributes(href=url, title=title)}>{inlines_xhtml(_without_links(children), inner)}</a>"
        case Image():
            return _image(node, rendering)
        case Math(tex):
            return f'<span class="math">{escape(tex, quote=False)}</span>'
        case Ruby(base, reading):
            return f"<ruby>{inlines_xhtml(base, rendering)}<rp>(</rp><rt>{escape(reading)}</rt><rp>)</rp></ruby>"
        case NoteRef(label):
            return _note_call(label, rendering)
        case RawInline():
            return ""


def _without_links(children: Inlines) -> Inlines:
    """HTML allows no link in a link."""
    return tuple(Styled(Style.SMALL, node.children) if isinstance(node, Link) else node for node in children)


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
    return (
        f'<a class="image"{attributes(href=image.url)}>{words}</a>'
        if is_of_the_web(image.url)
        else f'<span class="image">{words}</span>'
    )


def _note_call(label: str, rendering: Rendering) -> str:
    number = rendering.notes.get(label)
    if number is None:
        return f"[{escape(label)}]"
    target = f"{rendering.notes_file}#note-{number}"
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
    shift = 2 - highlight.heading.level
    inner = tuple(replace(b, level=b.level + shift) if isinstance(b, Heading) else b for b in highlight.blocks)
    return (
        f'<section class="highlight" id="{escape(xml_id(highlight.anchor))}">\n'
        f"{blocks_xhtml((heading, *_without_skips(inner)), rendering)}</section>\n"
    )


def _without_skips(blocks: Blocks) -> Blocks:
    """Headings inside a highlight, with no level skipped on the way down (WCAG 2.2, H42)."""
    made: list[Block] = []
    level = 2
    for block in blocks:
        if isinstance(block, Heading):
            level = max(3, min(block.level, level + 1, 6))
            block = replace(block, level=level)
        made.append(block)
    return tuple(made)


def lead_xhtml(edition: Edition, rendering: Rendering) -> str:
    lead = edition.article.lead
    return f'<section class="lead">\n{blocks_xhtml(lead, rendering)}</section>\n' if lead else ""


def about_xhtml(edition: Edition, rendering: Rendering) -> str:
    about = edition.article.about
    if not about:
        return ""
    heading = escape(edition.words["about"], quote=False)
    return f'<section class="about">\n<h2>{heading}</h2>\n{blocks_xhtml(about, rendering)}</section>\n'


def notes_list(edition: Edition, rendering: Rendering, back: str = "") -> str:
    """The notes as a list; `back` is the file that calls them."""
    items = []
    for note in edition.article.notes:
        number = rendering.notes[note.label]
        home = (rendering.text_files or {}).get(note.label, back)
        link = f'<a href="{home}#call-{number}" title="{escape(edition.words["back_to_text"])}">↩</a>'
        match note.children:
            case (Paragraph(children),):
                words = inlines_xhtml(children, rendering)
            case _:
                words = blocks_xhtml(note.children, rendering)
        items.append(f'<li id="note-{number}">{words} {link}</li>\n')
    return f"<ol>\n{''.join(items)}</ol>\n"


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
