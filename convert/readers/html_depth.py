"""Pages whose elements lie deeper in one another than any page's do: their tags, without those that lie too deep.

The parser's time grows with the square of the depth, and so does the tree where formatting elements stay open (WHATWG
13.2.4.3, "reconstruct the active formatting elements"). Browsers cut the tree at 512; here the tags go before parsing.
"""

from __future__ import annotations

import re

MAX_OPEN = 500
"""Elements that are open at once. Of 793 real pages the deepest has 56; browsers stop at 512."""

_MAX_STYLED = 20
"""The same for formatting elements, which each paragraph opens anew as long as nothing closes them."""

_FEW_TAGS = 2_000
"""Tags up to which nothing can take long."""
_MANY_TAGS = 10_000
"""Tags from which every page is looked through; none of 793 real pages has as many."""
_MANY_UNCLOSED = 500
"""The same for tags that nothing closes, of which each paragraph may open each anew; 12 of 793 pages have as many."""

_CLOSES_ITSELF = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "caption",
        "rt",
        "rp",
    }
    | {
        "html",
        "head",
        "body",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
    }
    | {"wbr", "param", "path", "circle", "rect", "use", "line", "polygon", "ellipse", "stop"}
)
"""Elements that have no end tag or need none (WHATWG 13.1.2.4), and the shapes of SVG."""

_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
"""Formatting elements (WHATWG 13.2.4.2)."""

_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
"""Elements whose text holds no tags (WHATWG 13.1.2)."""

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")


_LONG_TAG = 100_000
"""Characters between two ">" from which a tag may have more attributes than a parser can compare with one another."""
_MAX_ATTRIBUTES = 1_000
_TAG_START = re.compile(r"<[a-zA-Z]")


def without_deep_tags(html: str) -> str:
    """The page without the tags of elements that lie deeper than MAX_OPEN, and without the attributes after the
    thousandth of an element; nearly every page comes back as it is."""
    if len(html) > _LONG_TAG and max(map(len, pieces := html.split(">"))) > _LONG_TAG:
        html = ">".join(map(_with_fewer_attributes, pieces))
    tags = html.count("<")
    if tags < _FEW_TAGS or (tags < _MANY_TAGS and tags - 2 * html.count("</") < _MANY_UNCLOSED):
        return html
    return _cut(html)


def _with_fewer_attributes(piece: str) -> str:
    """What stands before a ">", its tag without the attributes that no page has."""
    tag = _TAG_START.search(piece) if len(piece) > _LONG_TAG else None
    if tag is None:
        return piece
    attributes = piece[tag.start() :].split(maxsplit=_MAX_ATTRIBUTES)
    kept = " ".join(attributes[:_MAX_ATTRIBUTES])
    is_open = next((quote for quote in ('"', "'") if kept.count(quote) % 2), "")  # a value was cut, a long class
    return piece[: tag.start()] + kept + is_open


def _cut(html: str) -> str:
    kept: list[str] = []
    start = position = depth = styled = 0
    while (position := html.find("<", position)) >= 0:
        found = _NAME.match(html, position)
        if found is None and not html.startswith("<!--", position):
            position += 1
            continue
        end = html.find("-->" if found is None else ">", position)
        if end < 0:
            break
        if found is None:
            position = end
            continue
        name = found[1].lower()
        if name in _RAW and html[position + 1] != "/":
            close = _RAW[name].search(html, end)
            if close is None:
                break
            position = close.start() + 1
            continue
        if name not in _CLOSES_ITSELF and html[end - 1] != "/":
            step = -1 if html[position + 1] == "/" else 1
            is_styling = name in _FORMATTING
            is_open, most = (styled, _MAX_STYLED) if is_styling else (depth, MAX_OPEN)
            if is_open > most or (is_open == most and step > 0):
                kept.append(html[start:position])
                start = end + 1
            if is_styling:
                styled = max(0, styled + step)
            else:
                depth = max(0, depth + step)
        position = end + 1
    return "".join((*kept, html[start:])) if kept else html
