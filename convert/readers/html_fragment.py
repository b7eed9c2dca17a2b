"""HTML as it stands inside Markdown: small pieces, read with Beautiful Soup into blocks and inline nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PreformattedString

from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    List,
    ListItem,
    MathBlock,
    Origin,
    Paragraph,
    Quote,
    Raw,
    RawInline,
    Table,
    Text,
)
from convert.readers.html_elements import HIDDEN, SPACES, element, image, trimmed, whole_number
from convert.walk import joined, plain

_BLOCK = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "hr"}
    | {"div", "section", "article", "header", "footer", "aside", "main", "nav", "details", "summary", "center"}
    | {"figure", "figcaption", "address", "form", "fieldset", "body", "html"}
)


MAX_DEPTH = 60
"""Elements in one another that are read as structure; pages have up to thirty. Deeper ones give their words only."""


def _depth(soup: BeautifulSoup) -> int:
    """How deep the elements of a page lie in one another."""
    depths: dict[int, int] = {id(soup): 0}
    for tag in soup.find_all(name=lambda _name: True):  # in document order: a parent comes before its children
        depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
    return max(depths.values())


def read_fragment(html: str, origin: Origin) -> Blocks:
    """The blocks of a piece of HTML; markup without words comes as one Raw block."""
    soup = BeautifulSoup(html, "html.parser")
    if _depth(soup) > MAX_DEPTH:
        blocks = tuple(_paragraph([Text(SPACES.sub(" ", soup.get_text(" ")))], origin))
    else:
        blocks = tuple(_blocks(soup.contents, origin))
    return blocks or (Raw("html", html, origin=origin),)


def _blocks(nodes: Iterable[object], origin: Origin) -> Iterator[Block]:
    """Blocks of a run of nodes: block elements as they are, runs of words between them as paragraphs."""
    run: list[Inline] = []
    for node in nodes:
        if isinstance(node, Tag) and (node.name in _BLOCK or node.find(list(_BLOCK)) is not None):
            yield from _paragraph(run, origin)
            run = []
            yield from _BLOCKS.get(node.name, _transparent)(node, origin)
        else:
            run.extend(_inline(node))
    yield from _paragraph(run, origin)


def _paragraph(run: Iterable[Inline], origin: Origin) -> Iterator[Block]:
    inlines = trimmed(joined(tuple(run)))
    if plain(inlines).strip() or any(isinstance(node, Image) for node in inlines):
        yield Paragraph(inlines, origin=origin)


def _transparent(tag: Tag, origin: Origin) -> Iterator[Block]:
    if tag.name not in HIDDEN:
        yield from _blocks(tag.contents, origin)


def _text_block(tag: Tag, origin: Origin) -> Iterator[Block]:
    if tag.find(list(_BLOCK)) is not None:
        yield from _blocks(tag.contents, origin)
    else:
        yield from _paragraph(_inlines(tag), origin)


def _heading(tag: Tag, origin: Origin) -> Iterator[Block]:
    inlines = trimmed(_inlines(tag))
    if plain(inlines).strip():
        yield Heading(int(tag.name[1]), inlines, origin=origin)


def _list(tag: Tag, origin: Origin) -> Iterator[Block]:
    children = [child for child in tag.children if isinstance(child, Tag)]
    items = tuple(ListItem(tuple(_blocks(_contents_of(child), origin))) for child in children)
    start = whole_number(_attributes(tag).get("start"), 1) if tag.name == "ol" else None
    if items:
        yield List(items, start, origin=origin)


def _contents_of(child: Tag) -> list[object]:
    return list(child.contents) if child.name in ("li", "dt", "dd") else [child]


def _definitions(tag: Tag, origin: Origin) -> Iterator[Block]:
    """A <dl>, its groups in <div>s or not (HTML, 4.4.9). What stands before the first term is a block of its own."""
    items: list[Definition] = []
    terms: list[Inlines] = []
    for part in _groups(tag):
        if part.name == "dt":
            terms.append(trimmed(_inlines(part)))
            continue
        said = tuple(_blocks(part.contents if part.name == "dd" else [part], origin))
        if terms:
            items.append(Definition(tuple(terms), said))
            terms = []
        elif not items:
            yield from said
        else:
            items[-1] = Definition(items[-1].terms, (*items[-1].children, *said))
    if terms:
        items.append(Definition(tuple(terms), ()))
    if items:
        yield DefinitionList(tuple(items), origin=origin)


def _groups(tag: Tag) -> Iterator[Tag]:
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "div":
            yield from _groups(child)
        elif isinstance(child, Tag):
            yield child


def _text_or_math(tag: Tag, origin: Origin) -> Iterator[Block]:
    if "math" in _classes(tag):
        yield MathBlock(tag.get_text().strip(), origin=origin)
    else:
        yield from _text_block(tag, origin)


def _classes(tag: Tag) -> list[str]:
    """The names in the class attribute, which Beautiful Soup gives as a list, or as a string where there is one."""
    value = tag.get_attribute_list("class")
    return [name for part in value if part for name in str(part).split()]


def _quote(tag: Tag, origin: Origin) -> Iterator[Block]:
    yield Quote(tuple(_blocks(tag.contents, origin)), origin=origin)


def _pre(tag: Tag, origin: Origin) -> Iterator[Block]:
    code = tag.find("code")
    classes = _classes(code) if isinstance(code, Tag) else []
    named = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
    yield CodeBlock(tag.get_text().strip("\n"), named[0] if named else "", origin=origin)


def _table(tag: Tag, origin: Origin) -> Iterator[Block]:
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    made = [tuple(_cell(cell, origin) for cell in row.find_all(["td", "th"], recursive=False)) for row in rows]
    made = [row for row in made if row]
    caption = tag.find("caption")
    if isinstance(caption, Tag):
        yield from _paragraph(_inlines(caption), origin)
    head = sum(1 for row in rows if row.find_parent("thead") is not None and row.find(["td", "th"]) is not None)
    head = head or int(bool(made) and all(cell.header for cell in made[0]))
    if made:
        yield Table(tuple(made[:head]), tuple(made[head:]), origin=origin)


def _cell(tag: Tag, origin: Origin) -> Cell:
    attributes = _attributes(tag)
    return Cell(
        tuple(_blocks(tag.contents, origin)),
        align=_align(tag),
        colspan=whole_number(attributes.get("colspan"), 1),
        rowspan=whole_number(attributes.get("rowspan"), 1),
        header=tag.name == "th",
    )


def _align(tag: Tag) -> str:
    styled = _TEXT_ALIGN.search(str(tag.get("style") or ""))
    value = str(styled[1] if styled else tag.get("align") or "").lower()
    return value if value in ("left", "center", "right") else ""


_TEXT_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.IGNORECASE)


def _figure(tag: Tag, origin: Origin) -> Iterator[Block]:
    picture, caption = tag.find("img"), tag.find("figcaption")
    link = tag.find("a", href=True)
    if "embed" in _classes(tag) and isinstance(link, Tag):
        url, title = str(link["href"]), link.get_text().strip()
        words = tuple(_blocks(caption.contents, origin)) if isinstance(caption, Tag) else ()
        yield Embed(url, "" if title == url else title, words, origin=origin)
        return
    if not isinstance(picture, Tag):
        yield from _blocks(tag.contents, origin)
        return
    words = tuple(_blocks(caption.contents, origin)) if isinstance(caption, Tag) else ()
    yield Figure(image(_attributes(picture)), words, origin=origin)
    left = [node for node in tag.contents if node is not picture and node is not caption]
    yield from (block for block in _blocks(left, origin) if plain(block).strip())


def _rule(_tag: Tag, origin: Origin) -> Iterator[Block]:
    yield Break(origin=origin, mark="<hr>")


_BLOCKS: Mapping[str, Callable[[Tag, Origin], Iterator[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(("li", "dt", "dd", "figcaption", "summary", "address"), _text_block),
    "p": _text_or_math,
    "dl": _definitions,
    "blockquote": _quote,
    "pre": _pre,
    "table": _table,
    "figure": _figure,
    "hr": _rule,
}


def _inlines(tag: Tag) -> Inlines:
    return joined(tuple(node for child in tag.children for node in _inline(child)))


def _inline(node: object) -> Iterator[Inline]:
    if isinstance(node, Comment):
        yield RawInline("html", f"<!--{node}-->")
    elif isinstance(node, PreformattedString):
        return
    elif isinstance(node, NavigableString):
        yield Text(SPACES.sub(" ", node))
    elif isinstance(node, Tag) and node.name not in HIDDEN:
        yield from element(node.name, _attributes(node), _inlines(node))


def _attributes(tag: Tag) -> dict[str, str]:
    return {key: value if isinstance(value, str) else " ".join(value) for key, value in tag.attrs.items()}
