"""The pages of an EPUB with notes that pandoc 3.9 loses made plain text; the words stay as they are.

pandoc moves a note (EPUB 3 Structural Semantics, "footnote", "endnote") to its call if both stand on one page, and
drops it otherwise.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from convert.readers.packages import repacked

_PAGE = (".xhtml", ".html", ".htm")
_TAG = re.compile(rb"<[a-zA-Z][^<>]*\bepub:type\s*=\s*[\"'][^\"']*note[^\"']*[\"'][^<>]*>")
_CALL = re.compile(rb"\bepub:type\s*=\s*[\"'][^\"']*\bnoteref\b")
_NOTE = re.compile(rb"\bepub:type\s*=\s*[\"'](?:[^\"']*\s)?(?:footnote|endnote|rearnote|note)(?:\s[^\"']*)?[\"']")
_HREF = re.compile(rb"\bhref\s*=\s*[\"']([^\"']*)[\"']")
_ID = re.compile(rb"\bid\s*=\s*[\"']([^\"']*)[\"']")
_MARK = re.compile(rb"\b(?:epub:type|(role))(?=\s*=\s*[\"'][^\"']*note)")


def with_all_words(data: bytes) -> bytes:
    """The same EPUB in a form of which pandoc reads every word; the bytes themselves where it reads them already."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        pages = {name: package.read(name) for name in package.namelist() if name.lower().endswith(_PAGE)}
    if all(_notes_meet_their_calls(page) for page in pages.values()):
        return data
    return repacked(data, {name: _MARK.sub(_unmarked, page) for name, page in pages.items()})


def _notes_meet_their_calls(page: bytes) -> bool:
    """Whether each call of a page has its note on it, and each note its call."""
    tags = _TAG.findall(page)
    calls = {match[1] for tag in tags if _CALL.search(tag) and (match := _HREF.search(tag))}
    notes = {b"#" + (match[1] if (match := _ID.search(tag)) else b"") for tag in tags if _NOTE.search(tag)}
    return calls == notes


def _unmarked(match: re.Match[bytes]) -> bytes:
    return b"data-role" if match[1] else b"data-type"
