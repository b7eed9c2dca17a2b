"""The words of an element of a page, for readers and for site rules."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

HIDDEN = frozenset({"script", "style", "noscript", "svg", "template", "iframe", "select", "button", "textarea"})
"""Elements whose text is none that a reader of the page takes for its words."""

_PARTING = frozenset({"br", "div", "p", "li", "ul", "section", "h1", "h2", "h3", "td", "tr"})


def inner_text(node: LexborNode) -> str:
    """The words of an element as a reader sees them: a line break and a block part words, inline elements do not."""
    parts: list[str] = []
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            if child.parent is None or child.parent.tag not in HIDDEN:
                parts.append(child.text_content or "")
        elif child.tag in _PARTING:
            parts.append(" ")
    return " ".join("".join(parts).split())
