"""The parts of a DOCX with what pandoc 3.9 passes over brought where it sees it; the words stay as they are.

Those are (ISO/IEC 29500-1): simple fields (17.16.19), runs of a direction (17.3.2.3, 17.3.2.8), custom XML (17.5.1),
ruby (17.3.3.25), and the text boxes of old Word (VML).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from convert.readers.packages import repacked

_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
"""What pandoc, which goes by the prefixes and not by the namespaces, wants them to be called."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SEEN_THROUGH = frozenset(_W + name for name in ("fldSimple", "dir", "bdo", "customXml"))
_PART = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_PASSED_OVER = re.compile(rb"<(?:w:(?:fldSimple|dir|bdo|customXml|ruby)|v:textbox)\b")


def with_all_words(data: bytes) -> bytes:
    """The same DOCX in a form of which pandoc reads every word; the bytes themselves where it reads them already.

    Raises ElementTree.ParseError for a part that is no XML.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        changed = {
            name: _changed(package.read(name))
            for name in package.namelist()
            if _PART.fullmatch(name) and _is_passed_over(package.read(name))
        }
    return repacked(data, changed) if changed else data


def _is_passed_over(part: bytes) -> bool:
    """Whether pandoc passes over something in a part. One that declares a document type is left to it: no program
    writes one there, and what it declares may be a trap."""
    return bool(_PASSED_OVER.search(part)) and b"<!DOCTYPE" not in part


def _changed(part: bytes) -> bytes:
    for prefix, namespace in _PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.fromstring(part)
    for element in list(root.iter()):
        _see_through(element)
    for element in list(root.iter()):
        _spell_out_ruby(element)
    for element in list(root.iter()):
        _take_out_boxes(element)
    return str.encode(ElementTree.tostring(root, encoding="unicode"))


def _see_through(element: Element) -> None:
    """Puts what wrappers hold in their place. They may lie in one another."""
    while any(child.tag in _SEEN_THROUGH for child in element):
        element[:] = [kept for child in element for kept in (list(child) if child.tag in _SEEN_THROUGH else [child])]


def _spell_out_ruby(element: Element) -> None:
    """Puts "base(reading)" in the place of a run that holds ruby."""
    if any(child.find(f"{_W}ruby") is not None for child in element if child.tag == f"{_W}r"):
        element[:] = [made for child in element for made in _without_ruby(child)]


def _without_ruby(run: Element) -> list[Element]:
    ruby = run.find(f"{_W}ruby") if run.tag == f"{_W}r" else None
    if ruby is None:
        return [run]
    base, reading = ruby.findall(f"{_W}rubyBase/{_W}r"), ruby.findall(f"{_W}rt/{_W}r")
    return [*base, _run("("), *reading, _run(")")]


def _run(text: str) -> Element:
    run = Element(f"{_W}r")
    ElementTree.SubElement(run, f"{_W}t").text = text
    return run


def _take_out_boxes(element: Element) -> None:
    """Puts the paragraphs of old text boxes behind the paragraph that a box hangs on."""
    if any(child.tag == f"{_W}p" and _boxes(child) for child in element):
        element[:] = [
            kept
            for child in element
            for kept in (child, *(part for box in (_boxes(child) if child.tag == f"{_W}p" else ()) for part in box))
        ]


def _boxes(paragraph: Element) -> list[Element]:
    """The contents of the old text boxes in a paragraph; not of those that stand in for a new one."""
    fallback = {box for part in paragraph.iter(_FALLBACK) for box in part.iter(f"{_W}txbxContent")}
    boxes = [box for old in paragraph.iter(f"{_VML}textbox") for box in old.iter(f"{_W}txbxContent")]
    return [box for box in boxes if box not in fallback]
