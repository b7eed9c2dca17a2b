"""Reads a web page saved as one file (MHTML, RFC 2557), as Chromium and its kin and Word write it."""

from __future__ import annotations

from dataclasses import replace

from convert.errors import InputError
from convert.model import Document
from convert.readers.given import Input
from convert.readers.mime import charset_of, content_of, files_of, header, message_of, root_of


def read_mhtml(given: Input) -> Document:
    """The document of a saved page, with its images. Raises InputError where the file holds no page."""
    from convert.readers import read_bytes  # only here: its table holds this reader

    message = message_of(given.data, given.name)
    root = root_of(message)
    content = content_of(root) if root is not None else b""
    if root is None or not content.strip():
        raise InputError(
            "The file holds no web page (no part that is text/html)",
            where=given.name,
            hint="Save the page again, as one file or as HTML.",
        )
    location = header(root, "Content-Location") or header(message, "Snapshot-Content-Location")
    address = given.url or (location if location.lower().startswith(("http://", "https://")) else "")
    document = read_bytes(content, given.name, "html", url=address, charset=charset_of(root), sites=given.sites)
    return replace(document, files={**document.files, **files_of(message, address)})
