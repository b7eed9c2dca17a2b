"""What browsers and their extensions write into a page that they save: where it was, and where its files are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from convert.images import beside, images_of
from convert.model import Document
from convert.readers.given import Input

_HEAD = 4096
"""Characters at the start of a page in which these comments stand."""

_SINGLE_FILE = re.compile(r"<!--[^>]*?\bPage saved with SingleFile\b[^>]*?\burl:\s*(?P<url>https?://\S+)", re.DOTALL)
_BROWSER = re.compile(r"<!--\s*saved from url=\(\d{4,}\)(?P<url>https?://\S+?)\s*-->", re.IGNORECASE)
_FILE = re.compile(
    r"(?:^|/)(?P<path>[^/:?#]+(?:_files|\.files|-Dateien|_fichiers|_archivos|_file|_bestanden|_pliki|_arquivos|_ficheiros)"
    r"/[^?#]+)",
    re.IGNORECASE,
)
"""A file in the folder beside a saved page, as browsers call that in English, German, French, Spanish, Italian, Dutch,
Polish and Portuguese."""


def read_page(given: Input) -> Document:
    """The document of a web page; of one that a browser saved, with its address and the images in the folder beside it.

    Raises InputError where the bytes are no text or too many.
    """
    from convert.readers.html import read_html  # only here: other forms need no parser of HTML

    address = given.url or saved_page_address(given.data[:_HEAD].decode("latin-1"))
    document = read_html(replace(given, url=address))
    files = files_beside(given.path, document) if given.path is not None else {}
    return replace(document, files={**document.files, **files})


def saved_page_address(page: str) -> str:
    """The address of a page that was saved, as SingleFile or a browser wrote it into the page; "" where none did."""
    head = page[:_HEAD]
    match = _SINGLE_FILE.search(head) or _BROWSER.search(head)
    return match["url"] if match else ""


def files_beside(page: Path, document: Document) -> Mapping[str, bytes]:
    """The images of a saved page that are in the folder beside it and in no other, by their addresses on the page.

    The addresses are absolute where the page's own is known; the end of them still names the file.
    """
    look = beside(page)
    addresses = {image.url for image in images_of((document.blocks,))}
    found = {url: look(match["path"]) for url in sorted(addresses) if (match := _FILE.search(url))}
    return {url: data for url, data in found.items() if data is not None}
