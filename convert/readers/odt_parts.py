"""The text of an ODT with what pandoc 3.9 passes over brought where it sees it; the words stay as they are.

Those are (OpenDocument 1.3, part 3): fields (7), marked text (6.1.9), numbered paragraphs (5.3.6), ruby (6.4), and what
stands in text boxes and shapes (10.4.3, 10.3).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from convert.readers.packages import repacked

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SEEN = frozenset(
    _TEXT + name
    for name in (
        "p",
        "h",
        "span",
        "a",
        "s",
        "tab",
        "line-break",
        "note",
        "note-citation",
        "note-body",
        "list",
        "sequence",
    )
) | frozenset(_TEXT + name for name in ("list-item", "list-header", "bookmark-ref", "reference-ref"))
"""Elements in a paragraph of which pandoc reads the words."""

_PART = "content.xml"


def with_all_words(data: bytes) -> bytes:
    """The same ODT in a form of which pandoc reads every word. Raises ElementTree.ParseError for one that is no XML.

    One that declares a document type is left as it is: no program writes one there, and it may be a trap.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        part = package.read(_PART) if _PART in package.namelist() else b""
    if not part or b"<!DOCTYPE" in part:
        return data
    root = ElementTree.fromstring(part)
    for element in list(root.iter()):
        _see_through(element)
        _name_as_libreoffice(element)
    for element in list(root.iter()):
        _take_out_boxes(element)
    return repacked(data, {_PART: str.encode(ElementTree.tostring(root, encoding="unicode"))})


def _see_through(element: Element) -> None:
    """Puts the words of what pandoc does not know in its place."""
    place = 0
    while place < len(element):
        child = element[place]
        if child.tag == f"{_TEXT}ruby":
            text = f"{_words(child, 'ruby-base')}({_words(child, 'ruby-text')})"
            _replace(element, place, text, [])
        elif child.tag == f"{_TEXT}numbered-paragraph" or (
            element.tag in _PARAGRAPHS | {f"{_TEXT}span", f"{_TEXT}a"}
            and str(child.tag).startswith(_TEXT)
            and child.tag not in _SEEN
            and "".join(child.itertext()).strip()
        ):
            _replace(element, place, child.text or "", list(child))
        else:
            place += 1


def _words(element: Element, name: str) -> str:
    return "".join(text for part in element.findall(_TEXT + name) for text in part.itertext())


def _replace(parent: Element, place: int, text: str, children: list[Element]) -> None:
    """Puts some words and elements in the place of a child of an element."""
    tail = parent[place].tail or ""
    parent[place : place + 1] = children
    _add_before(parent, place, text)
    _add_before(parent, place + len(children), tail)


def _add_before(parent: Element, place: int, text: str) -> None:
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _name_as_libreoffice(element: Element) -> None:
    """Names an embedded formula as pandoc looks for it: "./Formula-0", and not "Formula-0/", as it writes it itself."""
    address = element.get(_HREF, "")
    if element.tag == f"{_DRAW}object" and address and not address.startswith("./"):
        element.set(_HREF, f"./{address.rstrip('/')}")


def _take_out_boxes(element: Element) -> None:
    """Puts the paragraphs of text boxes and shapes behind the paragraph that they hang on."""
    if element.tag not in _PARAGRAPHS and any(child.tag in _PARAGRAPHS for child in element):
        element[:] = [
            kept for child in element for kept in (child, *(_boxed(child) if child.tag in _PARAGRAPHS else ()))
        ]


def _boxed(paragraph: Element) -> Iterator[Element]:
    """The blocks in boxes and shapes of a paragraph; not those around an image, which pandoc reads as its caption."""
    for shape in paragraph.iter():
        if str(shape.tag).startswith(_DRAW) and shape.find(f".//{_DRAW}image") is None:
            yield from (child for child in shape if child.tag in _PARAGRAPHS or child.tag == f"{_TEXT}list")
