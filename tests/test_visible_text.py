"""All text that a reader of a web page sees comes in: the reader against a second reading, by another parser (libxml2).

The second reading shares no code with the first. It takes each piece of text of the page that is not in an element that
shows none, and looks for its letters in the document.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TESTS, corpus
from lxml import html as lxml_html

from convert import read
from convert.model import Document
from convert.readers.html import read_page
from convert.walk import plain
from convert.words import letters

SHOWS_NONE = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "noembed",
        "noframes",
        "object",
        "applet",
        "svg",
        "canvas",
    }
    | {"map", "select", "datalist", "textarea", "progress", "meter", "iframe", "video", "audio", "rp"}
)
OTHERWISE = frozenset({"math", "mjx-container", "clipboard-copy"})
"""Elements whose text comes in as something else: formulas as TeX."""

DRAWN = re.compile(r"\b(?:katex|MathJax|mwe-math|lineno|linenos|blob-num|gutter|line-number)", re.IGNORECASE)
"""Classes of formulas that are drawn, and of the numbers of lines."""

UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MAX_MISSING = 0.0005
"""Share of the pieces of real pages that two parsers may put otherwise: misnested tables, elements in attributes."""


def pieces(page: bytes | str) -> Iterator[str]:
    """Every piece of text of a page that a reader sees."""
    root = lxml_html.document_fromstring(page)
    body = root.find("body")
    pending = [body if body is not None else root]
    while pending:
        element = pending.pop()
        if element.text and is_shown(element):
            yield element.text
        for child in element:
            if child.tail:
                yield child.tail
            if isinstance(child.tag, str) and is_shown(child):
                pending.append(child)


def is_shown(element: lxml_html.HtmlElement) -> bool:
    if element.tag in SHOWS_NONE | OTHERWISE or DRAWN.search(element.get("class") or ""):
        return False
    if element.tag == "button" and any(parent.tag == "pre" for parent in element.iterancestors()):
        return False
    is_panel = element.get("role") in ("region", "tabpanel") and element.get("aria-labelledby")
    is_piece = (element.get("id") or "").startswith("S:")
    is_hidden = element.get("hidden") is not None and element.get("hidden") != "until-found"
    return bool(is_panel or is_piece or not (is_hidden or UNSEEN.search(element.get("style") or "")))


def missing(page: bytes | str, document: Document) -> list[str]:
    """The pieces of a page that are not in its document, and how many it has."""
    came = letters(plain(document))
    return [piece.strip() for piece in pieces(page) if (squeezed := letters(piece)) and squeezed not in came]


MARKS = re.compile(r"[\[(]?(?:\d{1,4}|[a-z])[\])]?|back to the text|loading…", re.IGNORECASE)
"""What notes are called by, and led back from, which editions make anew."""

OWN = sorted(path for suffix in ("html", "xhtml") for path in (TESTS / "pages").glob(f"**/source.{suffix}"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_all_text_of_our_pages_comes_in(path: Path) -> None:
    data = path.read_bytes()
    encoding = {"encoding-shift-jis": "cp932", "structure-notes-word": "cp1252", "encoding-windows-1252": "cp1252"}
    encoding |= {"encoding-utf-16": "utf-16"}
    text = data.decode(encoding.get(path.parent.name, "utf-8"))
    page = re.sub(r"\A<\?xml.*?\?>", "", text)
    assert [piece for piece in missing(page, read(path)) if not MARKS.fullmatch(piece)] == []


def test_the_second_reading_sees_a_loss() -> None:
    page = "<p>One word.</p><div><p>Another.</p></div>"
    assert missing(page, read_page("<p>One word.</p>", "page", "")) == ["Another."]


def real_pages() -> list[dict[str, str]]:
    folder = corpus()
    path = folder / "articles" / "pages.jsonl.xz" if folder is not None else None
    if path is None or not path.exists():
        return []
    step = 13 * int(os.environ.get("CLEARCOPY_SAMPLE", "1"))  # about sixty pages, or fewer
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if number % step == 0]


def test_all_text_of_real_pages_comes_in() -> None:
    found = real_pages()
    if not found:
        warnings.warn("real pages are not here (CLEARCOPY_CORPUS names their folder)", stacklevel=1)
        pytest.skip("no real pages")
    total, lost = 0, []
    for page in found:
        html = page["html"]
        total += sum(1 for piece in pieces(html) if letters(piece))
        document = read_page(html, page["id"], page["url"])
        lost += [(page["id"], piece) for piece in missing(html, document) if not MARKS.fullmatch(piece)]
    assert len(lost) <= total * MAX_MISSING, lost[:40]
