"""The blocks of a web page: one walk over its tree, in document order.

The page comes out flat: each block stands at the top, whatever it was nested in, and knows the elements around it
(`Container`). So an article that a page builder cut into six containers is one run of blocks, and a rule that looks at
a block's neighbours needs no tree. Quotes, lists, tables, figures and definition lists keep what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import (
    Block,
    Blocks,
    Break,
    Code,
    CodeBlock,
    Container,
    Definition,
    DefinitionList,
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
    Ruby,
    Style,
    Text,
)
from convert.readers.html_code import code_of
from convert.readers.html_elements import CODE, SPACES, STYLES, Attributes, is_hidden, trimmed, whole_number
from convert.readers.html_figures import (
    read_caption,
    read_embed,
    read_figure,
    read_image,
    read_media,
    read_noscript,
)
from convert.readers.html_images import is_placeholder
from convert.readers.html_math import DRAWN, tex_of, tex_of_drawn
from convert.readers.html_notes import NO_NOTES, Notes, without_marks
from convert.readers.html_tables import read_table
from convert.walk import joined, plain, styled

MAX_DEPTH = 200
"""Elements in one another that are read as structure; the deepest page of 793 real ones has 56. What lies deeper
gives its words."""

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
    | {"form", "search", "fieldset", "legend", "button", "details", "summary", "dialog"}
    | {"dir", "menu", "slot"}
    | {"li", "dt", "dd", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
"""Elements that start a new block (WHATWG, 15.3.3, and those that every site styles so)."""

_SPACE = " \t\n\r\f"
_UNEVEN_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # all that is not one space already
_FIGURE_CLASS = re.compile(r"(?:^|\s)(?:wp-caption|thumbinner|captioned-image-container|image-with-caption)(?:\s|$)")
"""Classes of elements that hold an image and its caption: WordPress, MediaWiki before 1.40, Substack."""
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])|(?:^|\s)thumbcaption(?:\s|$)", re.IGNORECASE)


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
    notes: Notes = NO_NOTES
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
    has_placeholder: bool = False  # of an image; what is behind it may follow
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
                elif tag == "template":
                    self._template(child, f"{place}/{tag}[{number}]", place)
            child = child.next
        self.depth -= 1

    def element(self, node: LexborNode, tag: str, place: str) -> None:
        if self.page.watch is not None and self.page.watch.passes_over(node, place):
            if node.text().isspace():  # an element of nothing but a space parts words
                self.words(" ")
            return
        attributes = node.attributes
        notes = self.page.notes.notes
        if notes and node.mem_id in notes:
            self._note(node, tag, notes[node.mem_id], attributes, place)
            return
        name = attributes.get("id")
        if attributes and is_hidden(attributes) and not (_can_be_opened(attributes) or name in self.page.moved):
            return
        if name and name in self.page.moved:  # a piece of the page that has no place of its own
            self.children(node, place)
        elif tag in _BLOCK:
            self.container(node, tag, attributes, place)
        else:
            _HANDLERS.get(tag, _inline)(self, node, tag, attributes, place)

    def _template(self, node: LexborNode, own: str, place: str) -> None:
        """What the page's own script puts into this place, or what the element around shows in place of its own.

        The latter is declarative shadow DOM (HTML 4.12.3), as SingleFile saves the elements of scripts.
        """
        attributes = node.attributes
        found = self.page.moved.get(attributes.get("id") or "") if self.page.moved else None
        if found is not None:
            self.children(found, place)
        elif "shadowrootmode" in attributes:
            _, _, inside = (node.html or "").partition(">")
            shown = LexborHTMLParser(inside.removesuffix("</template>")).body
            if shown is not None:
                self.children(shown, own)

    def container(self, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
        """An element that holds blocks, or is one paragraph."""
        if attributes:
            if attributes.get("role") == "heading":
                _heading(self, node, tag, attributes, place)
                return
            classes = attributes.get("class")
            if classes and self._is_of_figure(node, tag, classes, attributes, place):
                return
        self.flush()
        outer = self.within, self.place, self.lang, self.dir
        self._enter(tag, attributes, place)
        self.children(node, place)
        self.flush()
        self.within, self.place, self.lang, self.dir = outer

    def _is_of_figure(self, node: LexborNode, tag: str, classes: str, attributes: Attributes, place: str) -> bool:
        """Whether an element is by its class a figure, or the caption of the figure that is walked; then it is read."""
        if self.caption is not None:
            if _CAPTION_CLASS.search(classes):
                read_caption(self, node, tag, attributes, place)
                return True
        elif tag == "div" and _FIGURE_CLASS.search(classes) and node.css_first("img") is not None:
            read_figure(self, node, tag, attributes, place)
            return True
        return False

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

    def _note(self, node: LexborNode, tag: str, label: str, attributes: Attributes, place: str) -> None:
        walk = self.inner(tag, attributes, place)
        walk.children(node, place)
        self.notes.append(Note(label, without_marks(walk.done())))

    # -- words -------------------------------------------------------------------------------------------------

    def words(self, text: str) -> None:
        """Words of the page; its white space shows as one space (CSS Text 3, 4.1.1)."""
        if self.after_space:
            text = text.lstrip(_SPACE)
        if text:
            text = _UNEVEN_SPACES.sub(" ", text)
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
            if self.has_placeholder:
                frame.children = [node for node in frame.children if not _shows_nothing(node)]
            children = joined((*frame.children, *made)) if frame.children or made else ()
            frame.children = []
            made = frame.make(children) if children else ()
        self.has_placeholder = False
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
    if tag == "span" and attributes:
        classes = attributes.get("class")
        if classes and classes.startswith(DRAWN) and _drawn_math(walk, node, place):
            return
        if classes and classes in _SIDE_NOTES:
            _side_note(walk, node, tag, attributes, place)
            return
    make = _style_maker(tag, attributes)
    if make is None:
        walk.children(node, place)
        return
    walk.frames.append(_Frame(make))
    walk.children(node, place)
    _close(walk)


_SIDE_NOTES = frozenset({"sidenote", "marginnote"})
"""How Tufte CSS and its kin call a note that stands in the text, beside it on the screen."""


def _side_note(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    label = f"side-{len(walk.notes) + 1}"
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    walk.notes.append(Note(label, without_marks(inner.done())))
    walk.add(NoteRef(label))


_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)


def _style_maker(tag: str, attributes: Attributes) -> Callable[[Inlines], Inlines] | None:
    """What an inline element makes of its children: by its name, or by its style where it has one."""
    make = _STYLE_MAKERS.get(tag)
    style = attributes.get("style") if attributes else None
    if not style:
        return make
    if make is None:
        if _BOLD.search(style):
            return _STYLE_MAKERS["b"]
        return _STYLE_MAKERS["i"] if _ITALIC.search(style) else None
    return None if tag in ("b", "strong") and _NOT_BOLD.search(style) else make  # Google Docs puts all into such a <b>


def _close(walk: Walk) -> None:
    frame = walk.frames.pop()
    if walk.has_placeholder:
        frame.children = [node for node in frame.children if not _shows_nothing(node)]
    if frame.children:
        walk.frames[-1].children.extend(frame.make(joined(tuple(frame.children))))


def _link(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    href = attributes.get("href")
    if not href:
        walk.children(node, place)
        return
    notes = walk.page.notes
    if notes.calls:
        if node.mem_id in notes.calls:
            walk.add(NoteRef(notes.calls[node.mem_id]))
            return
        if node.mem_id in notes.backlinks:
            return
    url, title = walk.page.absolute(href), attributes.get("title") or ""
    walk.frames.append(_Frame(lambda children: (Link(url, children, title),)))
    walk.children(node, place)
    _close(walk)


def _code(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    if tag == "code" and node.css_first("br") is not None:
        _pre(walk, node, tag, attributes, place)
        return
    text = SPACES.sub(" ", node.text())
    if text.strip():
        walk.add(Code(text.strip()))


def _line_break(walk: Walk, _node: LexborNode, _tag: str, _attributes: Attributes, _place: str) -> None:
    """A line break; two of them are how old pages part paragraphs."""
    words = walk.frames[-1].children
    while words and isinstance(words[-1], Text) and words[-1].text in (" ", "\u00a0", " \u00a0", "\u00a0 "):
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
    level = int(tag[1]) if tag[1:].isdigit() else whole_number(attributes.get("aria-level"), 2, most=_MAX_LEVEL)
    if inlines is None or not plain(inlines).strip():
        walk.blocks.extend(blocks)
    else:
        children = _linked_as(walk, inlines)
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Heading(level, children, origin=origin, within=inner.within, lang=inner.lang, dir=inner.dir))


_MAX_LEVEL = 6


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
    if inner.depth > MAX_DEPTH:
        walk.words(node.text(separator=" "))
        return
    child = node.first_child
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
                items.append(ListItem(blocks, _checked(child)))
        child = child.next
    walk.blocks.extend(inner.done())
    if not items:
        return
    if all(_is_plain_item(item.children) for item in items):
        start = _first_number(node, attributes) if tag == "ol" else None
        origin = Origin(walk.page.source, place)
        walk.blocks.append(
            List(tuple(items), start, origin=origin, within=inner.within, lang=inner.lang, dir=inner.dir)
        )
    else:
        walk.blocks.extend(block for item in items for block in item.children)


def _first_number(node: LexborNode, attributes: Attributes) -> int:
    """The number of a list's first item (HTML 4.4.5 and 4.4.8)."""
    item = node.css_first("li")
    said = (item.attributes.get("value") if item is not None else None) or attributes.get("start") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < _MAX_DIGITS else 1


_MAX_DIGITS = 8

_MAX_ITEM_BLOCKS = 4
"""Blocks in an item above which a list is taken for the layout of a page: items of running text seldom have three."""


def _is_plain_item(blocks: Blocks) -> bool:
    return len(blocks) <= _MAX_ITEM_BLOCKS and all(
        isinstance(block, Paragraph | List | CodeBlock | MathBlock) or (isinstance(block, Figure) and not block.caption)
        for block in blocks
    )


def _checked(node: LexborNode) -> bool | None:
    """Whether the box of a task list's item is ticked; None where there is no box that a reader cannot tick."""
    box = node.css_first("input[type=checkbox]")
    if box is None:
        return None
    is_task = "task-list-item" in (node.attributes.get("class") or "") or "disabled" in box.attributes
    return "checked" in box.attributes if is_task else None


def _definitions(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """A definition list (HTML 4.4.9), groups in div elements too; one that lays out a page gives its blocks."""
    parts = list(_parts_of_definitions(node))
    if any(part.tag not in ("dt", "dd") for part in parts):
        walk.container(node, tag, attributes, place)
        return
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    inner.depth += 1
    items: list[tuple[list[Inlines], list[Block]]] = []
    flat: list[Block] = []
    simple = inner.depth <= MAX_DEPTH
    counts: dict[str, int] = {}
    for child in parts:
        name = child.tag or ""
        counts[name] = counts.get(name, 0) + 1
        own = f"{place}//{name}[{counts[name]}]"
        if walk.page.passes_over(child, own):
            continue
        part = inner.inner(name, child.attributes, own)
        part.children(child, own)
        blocks = part.done()
        flat += blocks
        if not items or (name == "dt" and items[-1][1]):
            items.append(([], []))
        if name == "dt":
            term = _inlines_of(blocks)
            simple = simple and term is not None
            items[-1][0].append(term or ())
        else:
            items[-1][1].extend(blocks)
    if simple and items and all(_is_plain_item(tuple(blocks)) for _, blocks in items):
        made = tuple(Definition(tuple(filter(None, terms)), tuple(blocks)) for terms, blocks in items)
        walk.blocks.append(DefinitionList(made, origin=Origin(walk.page.source, place), within=inner.within))
    else:
        walk.blocks.extend(flat)


def _parts_of_definitions(node: LexborNode) -> Iterator[LexborNode]:
    """The terms and definitions of a list, and what else it holds that shows words."""
    child = node.first_child
    while child is not None:
        tag = child.tag or "-"
        if tag == "div":
            yield from _parts_of_definitions(child)
        elif tag == "-text":
            if (child.text_content or "").strip():
                yield child
        elif tag[0] not in "-_!" and tag not in SKIPPED and not is_hidden(child.attributes):
            yield child
        child = child.next


def _pre(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    text, language = code_of(node)
    if text.strip():
        origin = Origin(walk.page.source, place)
        within = container_of(tag, attributes, walk.within)
        walk.blocks.append(CodeBlock(text, language, origin=origin, within=within))


def _shows_nothing(node: Inline) -> bool:
    """Whether a node is the placeholder of an image that the page does not name."""
    return isinstance(node, Image) and is_placeholder(node)


# -- math and ruby ---------------------------------------------------------------------------------------------


def _math(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    _formula(walk, tex_of(node), place, is_display=attributes.get("display") == "block")


def _formula(walk: Walk, tex: str, place: str, *, is_display: bool) -> None:
    if not tex:
        return
    if is_display and len(walk.frames) == 1:
        walk.flush()
        walk.blocks.append(MathBlock(tex, origin=Origin(walk.page.source, place), within=walk.within))
    else:
        walk.add(Math(tex))


def _drawn_math(walk: Walk, node: LexborNode, place: str) -> bool:
    """What KaTeX, MathJax or MediaWiki drew: the formula once. False where its TeX is not known."""
    found = tex_of_drawn(node)
    if found is None:
        return "MathJax_Preview" in (node.attributes.get("class") or "")
    tex, is_display = found
    _formula(walk, tex, place, is_display=is_display)
    return True


def _mathjax(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    """What MathJax 3 and 4 drew. Without MathML for listeners nothing of it is text: its letters are in the style."""
    math = node.css_first("math")
    if math is not None:
        _formula(walk, tex_of(math), place, is_display=bool(attributes.get("display")))


def _tex_script(walk: Walk, node: LexborNode) -> None:
    """TeX in a script element, as MathJax 2 keeps it."""
    kind = node.attributes.get("type") or ""
    if kind.startswith("math/tex"):
        _formula(walk, node.text().strip(), walk.place, is_display="mode=display" in kind)


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


def _label(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """The label of a field. One without words is a switch of the style sheet, and ends no paragraph."""
    if node.text().strip():
        walk.container(node, tag, attributes, place)


def _nothing(_walk: Walk, _node: LexborNode, _tag: str, _attributes: Attributes, _place: str) -> None:
    pass


def _styled_as(style: Style, children: Inlines) -> Inlines:
    return (styled(style, children),)


_AROUND_CALLS = " []()\u00a0,;"


def _raised(children: Inlines) -> Inlines:
    """What <sup> holds: raised, or the calls of notes, which are raised as they are, without brackets and commas."""
    words = "".join(node.text for node in children if isinstance(node, Text))
    calls = tuple(node for node in children if isinstance(node, NoteRef))
    is_calls = calls and len(calls) == sum(not isinstance(node, Text) for node in children)
    return calls if is_calls and not words.strip(_AROUND_CALLS) else (styled(Style.SUPERSCRIPT, children),)


_STYLE_MAKERS: Mapping[str, Callable[[Inlines], Inlines]] = {
    **{tag: partial(_styled_as, style) for tag, style in STYLES.items()},
    "sup": _raised,
}

_Handler = Callable[[Walk, LexborNode, str, Attributes, str], None]

_HANDLERS: Mapping[str, _Handler] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(CODE, _code),
    **dict.fromkeys(("video", "audio"), read_media),
    **dict.fromkeys(("iframe", "embed"), read_embed),
    "a": _link,
    "br": _line_break,
    "hr": _rule,
    "blockquote": _quote,
    "dl": _definitions,
    "pre": _pre,
    "img": read_image,
    "noscript": read_noscript,
    "figure": read_figure,
    "figcaption": read_caption,
    "table": read_table,
    "math": _math,
    "mjx-container": _mathjax,
    "ruby": _ruby,
    "label": _label,
    "annotation": _nothing,
    "annotation-xml": _nothing,
}
