"""The blocks of a web page: one walk over its tree, in document order.

The page comes out flat: each block stands at the top, whatever it was nested in, and knows the elements around it
(`Container`). So an article that a page builder cut into six containers is one run of blocks, and a rule that looks at
a block's neighbours needs no tree. Quotes, lists, tables, figures and definition lists keep what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from selectolax.lexbor import LexborNode

from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    CodeBlock,
    Container,
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
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Quote,
    Row,
    Ruby,
    Style,
    Table,
    Text,
)
from convert.readers.html_elements import CODE, STYLES, trimmed
from convert.readers.html_images import best_image, is_placeholder
from convert.walk import joined, plain, styled

MAX_DEPTH = 200
"""Elements in one another that are read as structure; the deepest page of 793 real ones has 56. What lies deeper
gives its words."""

Attributes = Mapping[str, str | None]

SKIPPED = frozenset(
    {"script", "style", "template", "head", "title", "meta", "base", "link", "noembed", "noframes", "object", "applet"}
    | {"svg", "canvas", "map", "source", "track", "param", "rp", "progress", "meter"}
    | {"select", "option", "optgroup", "datalist", "textarea", "input"}
)
"""Elements that show no words of the page (WHATWG, 15.3.1), or only the state of a form."""

_BLOCK = frozenset(
    {
        "body",
        "p",
        "div",
        "section",
        "article",
        "aside",
        "main",
        "header",
        "footer",
        "nav",
        "address",
        "center",
        "hgroup",
    }
    | {"form", "search", "fieldset", "legend", "button", "label", "details", "summary", "dialog"}
    | {"dir", "menu", "slot"}
    | {"li", "dt", "dd", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
"""Elements that start a new block (WHATWG, 15.3.3, and those that every site styles so)."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CODE_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*|sourceCode\s+)([\w+#.-]+)")
_LINE_NUMBERS = "[class*=gutter], [class*=lineno], [class*=line-number], [data-line-number]"


@dataclass(slots=True)
class Watch:
    """Elements whose places are wanted, by their identity in the tree; `skips` says whether they are passed over."""

    numbers: Mapping[int, int]
    skips: bool = False
    places: dict[int, str] = field(default_factory=dict)  # of those that the walk came to, by their numbers

    def passes_over(self, node: LexborNode, place: str) -> bool:
        number = self.numbers.get(node.mem_id)
        if number is None:
            return False
        self.places[number] = place
        return self.skips


@dataclass(frozen=True, slots=True)
class Page:
    """What the walk needs to know of the page as a whole."""

    source: str  # the name of the source
    absolute: Callable[[str], str]  # an address as it stands on the page, made absolute
    base: str = ""
    note_labels: Mapping[str, str] = field(default_factory=dict)  # of the notes, by the id of their element
    moved: Mapping[str, LexborNode] = field(default_factory=dict)  # see html_streamed.py: by the id of their place
    language: str = ""
    watch: Watch | None = None

    def passes_over(self, node: LexborNode, place: str) -> bool:
        return self.watch is not None and self.watch.passes_over(node, place)


@dataclass(slots=True)
class _Frame:
    """An inline element that is open: how its nodes are made of its children."""

    make: Callable[[Inlines], Inlines]
    children: list[Inline] = field(default_factory=list)


def _itself(children: Inlines) -> Inlines:
    return children


@dataclass(slots=True)
class Walk:
    """One walk over a part of a page: the blocks so far, and the words that wait for the end of their block."""

    page: Page
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    caption: list[Block] | None = None  # of the figure that is walked
    frames: list[_Frame] = field(default_factory=lambda: [_Frame(_itself)])
    within: Container | None = None
    place: str = ""
    lang: str | None = None
    dir: str | None = None
    after_space: bool = True
    is_filled: bool = False
    depth: int = 0

    # -- the tree ----------------------------------------------------------------------------------------------

    def children(self, node: LexborNode, place: str) -> None:
        """Walks what an element holds."""
        if self.depth > MAX_DEPTH:
            self.words(node.text(separator=" "))
            return
        self.depth += 1
        counts: dict[str, int] = {}
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self.words(child.text_content or "")
            elif tag is not None and tag[0] not in "-_!":
                number = counts[tag] = counts.get(tag, 0) + 1
                if tag not in SKIPPED:
                    self.element(child, tag, f"{place}/{tag}[{number}]")
                elif tag == "script":
                    _tex_script(self, child)
                elif tag == "template" and self.page.moved:
                    self._moved(child.attributes.get("id") or "", place)
            child = child.next
        self.depth -= 1

    def element(self, node: LexborNode, tag: str, place: str) -> None:
        if self.page.watch is not None and self.page.watch.passes_over(node, place):
            return
        attributes = node.attributes
        name = attributes.get("id")
        if attributes and _is_hidden(attributes) and not (_can_be_opened(attributes) or name in self.page.moved):
            return
        if name and name in self.page.moved:  # a piece of the page that has no place of its own
            self.children(node, place)
        elif name and name in self.page.note_labels:
            self._note(node, tag, name, attributes, place)
        elif tag in _BLOCK:
            self.container(node, tag, attributes, place)
        else:
            _HANDLERS.get(tag, _inline)(self, node, tag, attributes, place)

    def _moved(self, name: str, place: str) -> None:
        """What the page's own script puts into this place."""
        found = self.page.moved.get(name)
        if found is not None:
            self.children(found, place)

    def container(self, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
        """An element that holds blocks, or is one paragraph."""
        if attributes.get("role") == "heading":
            _heading(self, node, tag, attributes, place)
            return
        self.flush()
        outer = self.within, self.place, self.lang, self.dir
        self._enter(tag, attributes, place)
        self.children(node, place)
        self.flush()
        self.within, self.place, self.lang, self.dir = outer

    def _enter(self, tag: str, attributes: Attributes, place: str) -> None:
        self.within = container_of(tag, attributes, self.within)
        self.place = place
        if "lang" in attributes or "dir" in attributes:
            lang = attributes.get("lang")
            self.lang = (lang if lang != self.page.language else None) if lang else self.lang
            self.dir = attributes.get("dir") or self.dir

    def inner(self, tag: str, attributes: Attributes, place: str) -> Walk:
        """A walk for what a block of its own holds."""
        walk = Walk(self.page, within=self.within, lang=self.lang, dir=self.dir, depth=self.depth)
        walk._enter(tag, attributes, place)
        walk.notes = self.notes
        return walk

    def _note(self, node: LexborNode, tag: str, name: str, attributes: Attributes, place: str) -> None:
        walk = self.inner(tag, attributes, place)
        walk.children(node, place)
        self.notes.append(Note(self.page.note_labels[name], walk.done()))

    # -- words -------------------------------------------------------------------------------------------------

    def words(self, text: str) -> None:
        """Words of the page; its white space shows as one space (CSS Text 3, 4.1.1)."""
        text = _SPACES.sub(" ", text)
        if self.after_space and text[:1] == " ":
            text = text[1:]
        if text:
            self.after_space = text[-1] == " "
            self.frames[-1].children.append(Text(text))
            self.is_filled = True

    def add(self, node: Inline) -> None:
        self.frames[-1].children.append(node)
        self.after_space = False
        self.is_filled = True

    def flush(self) -> None:
        """Ends the paragraph. Inline elements that are open stay open for the next."""
        self.after_space = True
        if not self.is_filled:
            return
        self.is_filled = False
        inlines = self._taken()
        if inlines:
            self.blocks.append(self._paragraph(inlines))

    def _taken(self) -> Inlines:
        made: Inlines = ()
        for frame in reversed(self.frames):
            children = joined((*frame.children, *made)) if frame.children or made else ()
            frame.children = []
            made = frame.make(children) if children else ()
        return trimmed(made)

    def _paragraph(self, inlines: Inlines) -> Block:
        origin = Origin(self.page.source, self.place)
        match inlines:
            case (Image() as image,):
                return Figure(image, origin=origin, within=self.within)
            case (MathBlock() as block,):
                return block
        return Paragraph(inlines, origin=origin, within=self.within, lang=self.lang, dir=self.dir)

    def done(self) -> Blocks:
        self.flush()
        return tuple(self.blocks)


def container_of(tag: str, attributes: Attributes, around: Container | None) -> Container:
    classes = attributes.get("class")
    return Container(
        tag,
        tuple(classes.split()) if classes else (),
        attributes.get("id") or "",
        attributes.get("role") or "",
        around,
    )


def _is_hidden(attributes: Attributes) -> bool:
    """Whether an element says of itself that it is not shown (HTML 6.1; CSS in its style attribute)."""
    style = attributes.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    return "hidden" in attributes and attributes["hidden"] != "until-found"


def _can_be_opened(attributes: Attributes) -> bool:
    """Whether a hidden element is the panel of an accordion or of tabs, which a reader opens (WAI-ARIA APG)."""
    return attributes.get("role") in ("region", "tabpanel") and "aria-labelledby" in attributes


def _inlines_of(blocks: Sequence[Block]) -> Inlines | None:
    """Blocks as one run of inline nodes, if they are nothing but paragraphs and images."""
    parts: list[Inlines] = []
    for block in blocks:
        match block:
            case Paragraph(children):
                parts.append(children)
            case Figure(image, ()):
                parts.append((image,))
            case _:
                return None
    return trimmed(joined(*(piece for part in parts for piece in ((Text(" "),), part))))


# -- elements --------------------------------------------------------------------------------------------------


def _inline(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    is_drawn = tag == "span" and (attributes.get("class") or "").startswith(("katex", "MathJax"))
    if is_drawn and _rendered_math(walk, node):
        return
    make = _STYLE_MAKERS.get(tag)
    if make is None:
        walk.children(node, place)
        return
    walk.frames.append(_Frame(make))
    walk.children(node, place)
    _close(walk)


def _close(walk: Walk) -> None:
    frame = walk.frames.pop()
    if frame.children:
        walk.frames[-1].children.extend(frame.make(joined(tuple(frame.children))))


def _link(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    href = attributes.get("href")
    if not href:
        walk.children(node, place)
        return
    if href[0] == "#" and href[1:] in walk.page.note_labels:
        walk.add(NoteRef(walk.page.note_labels[href[1:]]))
        return
    url, title = walk.page.absolute(href), attributes.get("title") or ""
    walk.frames.append(_Frame(lambda children: (Link(url, children, title),)))
    walk.children(node, place)
    _close(walk)


def _code(walk: Walk, node: LexborNode, _tag: str, _attributes: Attributes, _place: str) -> None:
    text = _SPACES.sub(" ", node.text())
    if text.strip():
        walk.add(Code(text.strip()))


def _line_break(walk: Walk, _node: LexborNode, _tag: str, _attributes: Attributes, _place: str) -> None:
    """A line break; two of them are how old pages part paragraphs."""
    words = walk.frames[-1].children
    if words and isinstance(words[-1], Text) and words[-1].text == " ":
        words.pop()
    if words and isinstance(words[-1], LineBreak):
        words.pop()
        walk.flush()
    elif walk.is_filled:
        words.append(LineBreak())
        walk.after_space = True


def _heading(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    blocks = inner.done()
    inlines = _inlines_of(blocks)
    said = attributes.get("aria-level") or "2"
    level = int(tag[1]) if tag[1:].isdigit() else int(said) if said.isdigit() else 2
    if inlines is None or not plain(inlines).strip():
        walk.blocks.extend(blocks)
    else:
        children = _linked_as(walk, inlines)
        origin = Origin(walk.page.source, place)
        made = Heading(
            max(1, min(level, 6)), children, origin=origin, within=inner.within, lang=inner.lang, dir=inner.dir
        )
        walk.blocks.append(made)


def _linked_as(walk: Walk, inlines: Inlines) -> Inlines:
    """Inline nodes inside the inline elements that are open around their block: a link around a heading."""
    for frame in reversed(walk.frames[1:]):
        inlines = frame.make(inlines)
    return inlines


def _rule(walk: Walk, _node: LexborNode, _tag: str, _attributes: Attributes, place: str) -> None:
    walk.flush()
    walk.blocks.append(Break(origin=Origin(walk.page.source, place), within=walk.within, mark="<hr>"))


def _quote(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    blocks = inner.done()
    if blocks:
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Quote(blocks, origin=origin, within=inner.within, lang=inner.lang, dir=inner.dir))


def _list(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """A list; one whose items are parts of a page, with headings and figures in them, gives its items' blocks."""
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    items: list[ListItem] = []
    inner.depth += 1
    counts: dict[str, int] = {}
    child = node.first_child if inner.depth <= MAX_DEPTH else None
    while child is not None:
        name = child.tag or ""
        if name == "-text":
            inner.words(child.text_content or "")
        elif name[0] not in "-_!" and name not in SKIPPED:
            counts[name] = counts.get(name, 0) + 1
            item = inner.inner("", {}, place)
            item.within = inner.within
            item.frames = [_Frame(frame.make) for frame in walk.frames]
            item.element(child, name, f"{place}/{name}[{counts[name]}]")
            blocks = item.done()
            if blocks:
                items.append(ListItem(blocks, _checked(blocks, child)))
        child = child.next
    walk.blocks.extend(inner.done())
    if not items:
        return
    if all(_is_plain_item(item.children) for item in items):
        start = _number(attributes.get("start"), 1) if tag == "ol" else None
        origin = Origin(walk.page.source, place)
        walk.blocks.append(
            List(tuple(items), start, origin=origin, within=inner.within, lang=inner.lang, dir=inner.dir)
        )
    else:
        walk.blocks.extend(block for item in items for block in item.children)


_MAX_ITEM_BLOCKS = 4
"""Blocks in an item above which a list is taken for the layout of a page: items of running text seldom have three."""


def _is_plain_item(blocks: Blocks) -> bool:
    return len(blocks) <= _MAX_ITEM_BLOCKS and all(
        isinstance(block, Paragraph | List | CodeBlock | MathBlock) or (isinstance(block, Figure) and not block.caption)
        for block in blocks
    )


def _checked(_blocks: Blocks, node: LexborNode) -> bool | None:
    """Whether the box of a task list's item is ticked; None where there is no box."""
    box = node.css_first("input[type=checkbox]") if "task-list-item" in (node.attributes.get("class") or "") else None
    return None if box is None else "checked" in box.attributes


def _definitions(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """A definition list (HTML 4.4.9), groups in div elements too."""
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    items: list[tuple[list[Inlines], list[Block]]] = []
    simple = True
    for child in node.css("dt, dd"):
        if walk.page.passes_over(child, f"{place}//{child.tag}"):
            continue
        part = inner.inner(child.tag or "", child.attributes, place)
        part.children(child, f"{place}//{child.tag}")
        blocks = part.done()
        if child.tag == "dt":
            term = _inlines_of(blocks)
            simple = simple and term is not None
            if not items or items[-1][1]:
                items.append(([], []))
            items[-1][0].append(term or ())
        else:
            if not items:
                items.append(([], []))
            items[-1][1].extend(blocks)
    simple = simple and all(_is_plain_item(tuple(blocks)) for _, blocks in items)
    if simple and items:
        made = tuple(Definition(tuple(filter(None, terms)), tuple(blocks)) for terms, blocks in items)
        walk.blocks.append(DefinitionList(made, origin=Origin(walk.page.source, place), within=inner.within))
    else:
        walk.container(node, tag, attributes, place)


def _pre(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    code = node.css_first("code")
    for numbers in node.css(_LINE_NUMBERS):
        numbers.decompose()
    for br in node.css("br"):
        br.replace_with("\n")
    text = node.text().strip("\n")
    if text.strip():
        said = [attributes.get("class") or "", (code.attributes.get("class") or "") if code else ""]
        said += [(node.parent.attributes.get("class") or "") if node.parent else ""]
        found = next((match for names in said if (match := _CODE_LANGUAGE.search(names))), None)
        language = found[1] if found else ""
        origin = Origin(walk.page.source, place)
        within = container_of(tag, attributes, walk.within)
        walk.blocks.append(CodeBlock(text, language, origin=origin, within=within))


def _image(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, _place: str) -> None:
    sources: list[Mapping[str, str]] = []
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        sources = [{key: value or "" for key, value in found.attributes.items()} for found in parent.css("source")]
    image = best_image({key: value or "" for key, value in attributes.items()}, sources, walk.page.base)
    if image is not None:
        walk.add(image)


def _noscript(walk: Walk, node: LexborNode, _tag: str, _attributes: Attributes, place: str) -> None:
    """What a page shows without scripts: the real image behind a placeholder, and nothing else."""
    before = walk.frames[-1].children
    if before and isinstance(before[-1], Image) and not is_placeholder(before[-1]):
        return
    found = node.css_first("img")
    if found is not None:
        if before and isinstance(before[-1], Image):
            before.pop()
        _image(walk, found, "img", found.attributes, place)


def _figure(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    inner.caption = []
    inner.children(node, place)
    blocks, caption = list(inner.done()), tuple(inner.caption)
    pictures = [block for block in blocks if isinstance(block, Figure) or _linked_image(block)]
    origin = Origin(walk.page.source, place)
    if len(blocks) == 1 and len(pictures) == 1 and caption:
        image = pictures[0].image if isinstance(pictures[0], Figure) else _linked_image(pictures[0])
        assert image is not None
        walk.blocks.append(Figure(image, caption, origin=origin, within=inner.within))
    elif len(blocks) == 1 and isinstance(blocks[0], Embed):
        walk.blocks.append(replace(blocks[0], caption=caption))
    else:
        walk.blocks.extend((*blocks, *caption))


def _linked_image(block: Block) -> Image | None:
    match block:
        case Paragraph(children=(Link(children=(Image() as image,)),)):
            return image
    return None


def _caption(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    if walk.caption is None:
        walk.container(node, tag, attributes, place)
        return
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    walk.caption.extend(inner.done())


def _embed(walk: Walk, _node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    """Something of another page. What a frame of one pixel shows is a tracker."""
    address = attributes.get("src") or attributes.get("data-src") or attributes.get("data-lazy-src") or ""
    url = walk.page.absolute(address) if address else ""
    is_pixel = any((attributes.get(side) or "").strip("px ") in ("0", "1") for side in ("width", "height"))
    if url.startswith(("http://", "https://")) and not is_pixel:
        walk.flush()
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Embed(url, attributes.get("title") or "", origin=origin, within=walk.within))


def _media(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    source = node.css_first("source")
    if not attributes.get("src") and source is not None:
        attributes = {**attributes, "src": source.attributes.get("src")}
    _embed(walk, node, tag, attributes, place)


# -- tables ----------------------------------------------------------------------------------------------------

_MAX_CELL_WORDS = 80
"""Words a cell on average above which a table without header cells is taken for the layout of a page."""


def _table(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """A table of data; one that lays out the page gives its cells' blocks."""
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    head: list[Row] = []
    body: list[Row] = []
    has_inner = node.css_first("table table") is not None
    if has_inner or attributes.get("role") in ("presentation", "none"):
        walk.container(node, tag, attributes, place)
        return
    number = 0
    caption: Blocks = ()
    for found in node.css("tr, caption"):
        if found.tag == "caption":
            if walk.page.passes_over(found, f"{place}/caption"):
                continue
            part = inner.inner("caption", found.attributes, f"{place}/caption")
            part.children(found, f"{place}/caption")
            caption = part.done()
            continue
        number += 1
        if _is_hidden(found.attributes) or walk.page.passes_over(found, f"{place}//tr[{number}]"):
            continue
        row = _row(inner, found, f"{place}//tr[{number}]")
        if row:
            in_head = found.parent is not None and found.parent.tag == "thead"
            is_head = in_head or (not body and all(cell.header for cell in row))
            (head if is_head and not body else body).append(row)
    walk.blocks.extend(caption)
    rows = (*head, *body)
    if _is_data(rows, node):
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Table(tuple(head), tuple(body), origin=origin, within=inner.within))
    else:
        walk.blocks.extend(block for row in rows for cell in row for block in cell.children)


def _row(walk: Walk, node: LexborNode, place: str) -> Row:
    cells: list[Cell] = []
    number = 0
    child = node.first_child
    while child is not None:
        is_cell = child.tag in ("td", "th") and not _is_hidden(child.attributes)
        number += is_cell
        if is_cell and not walk.page.passes_over(child, f"{place}/*[{number}]"):
            attributes = child.attributes
            cell = walk.inner(child.tag or "td", attributes, f"{place}/*[{number}]")
            cell.children(child, cell.place)
            align = (attributes.get("align") or "").lower()
            cells.append(
                Cell(
                    cell.done(),
                    align if align in ("left", "center", "right") else "",
                    _number(attributes.get("colspan"), 1),
                    _number(attributes.get("rowspan"), 1),
                    child.tag == "th",
                )
            )
        child = child.next
    return tuple(cells)


def _is_data(rows: Sequence[Row], node: LexborNode) -> bool:
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return False
    if any(isinstance(block, Heading | Table | Quote) for cell in cells for block in cell.children):
        return node.css_first("th, thead") is not None
    words = sum(len(plain(cell).split()) for cell in cells)
    return words <= _MAX_CELL_WORDS * len(cells)


def _number(value: str | None, default: int) -> int:
    """A number from an attribute; at most 1,000, which is the limit of HTML for colspan."""
    text = (value or "").strip()
    return min(int(text), 1000) if text.isascii() and text.isdigit() and int(text[:6]) else default


# -- math and ruby ---------------------------------------------------------------------------------------------


def _math(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    """A formula in MathML: its TeX, where it is noted with it (MathML Core, annotation), else its words."""
    tex = _tex_of(node)
    if not tex:
        walk.children(node, place)
    elif attributes.get("display") == "block":
        walk.flush()
        walk.blocks.append(MathBlock(tex, origin=Origin(walk.page.source, place), within=walk.within))
    else:
        walk.add(Math(tex))


def _tex_of(node: LexborNode) -> str:
    note = node.css_first('annotation[encoding="application/x-tex"]')
    if note is not None:
        return note.text().strip()
    return (node.attributes.get("alttext") or "").strip()


def _rendered_math(walk: Walk, node: LexborNode) -> bool:
    """What KaTeX or MathJax drew: the formula once, from its MathML; nothing where a script holds its TeX."""
    classes = node.attributes.get("class") or ""
    if "MathJax" in classes:
        return True
    math = node.css_first("math")
    if math is None:
        return False
    tex = _tex_of(math)
    if not tex:
        return False
    if "katex-display" in classes or math.attributes.get("display") == "block":
        walk.flush()
        walk.blocks.append(MathBlock(tex, origin=Origin(walk.page.source, walk.place), within=walk.within))
    else:
        walk.add(Math(tex))
    return True


def _mathjax(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    math = node.css_first("math")
    if math is not None:
        _math(
            walk,
            math,
            "math",
            {**math.attributes, **({"display": "block"} if attributes.get("display") else {})},
            place,
        )


def _tex_script(walk: Walk, node: LexborNode) -> None:
    """TeX in a script element, as MathJax 2 keeps it."""
    kind = node.attributes.get("type") or ""
    if not kind.startswith("math/tex"):
        return
    tex = node.text().strip()
    if "mode=display" in kind:
        walk.flush()
        walk.blocks.append(MathBlock(tex, origin=Origin(walk.page.source, walk.place), within=walk.within))
    elif tex:
        walk.add(Math(tex))


def _ruby(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """Words with their reading (HTML 4.5.10)."""
    reading = "".join(found.text() for found in node.css("rt")).strip()
    for found in node.css("rt, rp"):
        found.decompose()
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    base = _inlines_of(inner.done())
    if base and reading:
        walk.add(Ruby(base, reading))
    elif base:
        for child in base:
            walk.add(child)


def _nothing(_walk: Walk, _node: LexborNode, _tag: str, _attributes: Attributes, _place: str) -> None:
    pass


def _styled_as(style: Style, children: Inlines) -> Inlines:
    return (styled(style, children),)


_STYLE_MAKERS: Mapping[str, Callable[[Inlines], Inlines]] = {
    tag: partial(_styled_as, style) for tag, style in STYLES.items()
}

_Handler = Callable[[Walk, LexborNode, str, Attributes, str], None]

_HANDLERS: Mapping[str, _Handler] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(CODE, _code),
    **dict.fromkeys(("video", "audio"), _media),
    **dict.fromkeys(("iframe", "embed"), _embed),
    "a": _link,
    "br": _line_break,
    "hr": _rule,
    "blockquote": _quote,
    "dl": _definitions,
    "pre": _pre,
    "img": _image,
    "noscript": _noscript,
    "figure": _figure,
    "figcaption": _caption,
    "table": _table,
    "math": _math,
    "mjx-container": _mathjax,
    "ruby": _ruby,
}
