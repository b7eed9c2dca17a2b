"""The inline elements of HTML and what they are in our document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from convert.model import (
    Code,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    RawInline,
    Ruby,
    Style,
    Styled,
    Text,
)
from convert.walk import joined, plain, styled

STYLES: Mapping[str, Style] = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "dfn": Style.EMPHASIS,
    "var": Style.EMPHASIS,
    "s": Style.STRIKETHROUGH,
    "del": Style.STRIKETHROUGH,
    "strike": Style.STRIKETHROUGH,
    "u": Style.UNDERLINE,
    "ins": Style.UNDERLINE,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
    "mark": Style.MARK,
    "small": Style.SMALL,
}
"""The elements of HTML (WHATWG, 4.5 Text-level semantics) that the model has a style for."""

CODE = frozenset({"code", "kbd", "samp", "tt"})
HIDDEN = frozenset({"script", "style", "template", "head", "noscript", "iframe", "object", "svg"})
"""Elements whose content is not text that a reader of the page sees."""


Attributes: TypeAlias = Mapping[str, str | None]
"""The attributes of an element; those without a value have none."""

HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
"""What a style attribute says of an element that is not shown."""

SPACES = re.compile(r"[ \t\n\r\f]+")
"""White space, which shows as one space (CSS Text 3, 4.1.1)."""


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element says of itself that it is not shown (HTML 6.1; CSS in its style attribute)."""
    style = attributes.get("style")
    if style and HIDING_STYLE.search(style):
        return True
    return "hidden" in attributes and attributes["hidden"] != "until-found"


def whole_number(value: str | None, default: int, most: int = 1000) -> int:
    """A number from an attribute, from 1 to `most`; 1,000 is the limit of HTML for colspan (4.9.11)."""
    text = (value or "").strip()
    digits = text.lstrip("0") if text.isascii() and text.isdigit() else ""
    if not digits:
        return default
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def element(name: str, attributes: Mapping[str, str], children: Inlines) -> Inlines:
    """The inline nodes of one HTML element; of one that the model has no type for, its children."""
    if name in STYLES:
        return (styled(STYLES[name], children),)
    if name in CODE:
        return (Code(plain(children)),)
    if name == "a" and attributes.get("href"):
        return (Link(attributes["href"], children, attributes.get("title", "")),)
    if name == "br":
        return (LineBreak(),)
    if name == "img":
        return (image(attributes),)
    if name == "rt":
        return (styled(READING, children),)
    if name == "rp":
        return ()
    if name == "ruby":
        return tuple(_ruby(children))
    if name == "span" and "math" in attributes.get("class", "").split():
        return (Math(plain(children)),)
    if not children:
        marks = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return (RawInline("html", f"<{name}{marks}></{name}>"),)
    return children


READING = Style.SMALL
"""How the reading of a ruby comes out of its element, and stays where it stands in none."""


def _ruby(children: Inlines) -> Iterator[Inline]:
    """The pairs of words and readings that a <ruby> holds (HTML, 4.5.10)."""
    base: list[Inline] = []
    for child in children:
        if isinstance(child, Styled) and child.style is READING and base:
            yield Ruby(trimmed(joined(tuple(base))), plain(child).strip())
            base = []
        else:
            base.append(child)
    yield from base


def image(attributes: Mapping[str, str]) -> Image:
    return Image(attributes.get("src", ""), attributes.get("alt", ""), attributes.get("title", ""))


def trimmed(inlines: Inlines) -> Inlines:
    """Inline nodes without spaces at the start and the end of the block."""
    nodes = list(inlines)
    for end in (0, -1):
        if nodes and isinstance(text := nodes[end], Text):
            nodes[end] = Text(
                text.text.strip() if len(nodes) == 1 else text.text.rstrip() if end else text.text.lstrip()
            )
    return tuple(node for node in nodes if not (isinstance(node, Text) and not node.text))
