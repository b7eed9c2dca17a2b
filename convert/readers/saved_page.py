"""What browsers and their extensions write into a page that they save: where it was, and where its files are."""

from __future__ import annotations

import re

_HEAD = 4096
"""Characters at the start of a page in which these comments stand."""

_SINGLE_FILE = re.compile(r"<!--[^>]*?\bPage saved with SingleFile\b[^>]*?\burl:\s*(?P<url>https?://\S+)", re.DOTALL)
_BROWSER = re.compile(r"<!--\s*saved from url=\(\d{4,}\)(?P<url>https?://\S+?)\s*-->", re.IGNORECASE)
_FILES = re.compile(
    r"(?:\./)?[^/:?#]+(?:_files|\.files|-Dateien|_fichiers|_archivos|_file|_bestanden|_pliki|_arquivos|_ficheiros)/",
    re.IGNORECASE,
)
"""The folder beside a saved page, as browsers call it in English, German, French, Spanish, Italian, Dutch, Polish and
Portuguese."""


def saved_page_address(page: str) -> str:
    """The address of a page that was saved, as SingleFile or a browser wrote it into the page; "" where none did."""
    head = page[:_HEAD]
    match = _SINGLE_FILE.search(head) or _BROWSER.search(head)
    return match["url"] if match else ""


def is_saved_beside(address: str) -> bool:
    """Whether an address on a saved page is that of a file in the folder beside it, whatever the page's own is."""
    return bool(_FILES.match(address))
