"""The typesetter's side: loads WeasyPrint, and makes a PDF of each page that it is given."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from mimetypes import guess_type
from typing import IO, Any

from convert.themes import FACES, face_path
from convert.typesetting.client import SYSTEM_PACKAGES
from convert.typesetting.messages import PICTURES, Kind, Message, read, write

_MISSING_SUBSET = (
    "libharfbuzz-subset0 is missing: the PDF takes longer, and its bytes differ from run to run. "
    f"On Debian or Ubuntu: {SYSTEM_PACKAGES}"
)


def serve(pages: IO[bytes], files: IO[bytes]) -> None:
    """Answers each page with a PDF or an error, until the other side ends."""
    try:
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
    except OSError as error:
        while message := read(pages):
            if message.kind is Kind.PAGE:
                write(files, Message(Kind.ERROR, str(error).splitlines()[0].encode()))
        return
    weasyprint.LOGGER.setLevel(logging.ERROR)
    pictures: dict[str, bytes] = {}
    fetcher = _fetcher(pictures)
    while message := read(pages):
        if message.kind is Kind.PICTURE:
            name, _, data = message.body.partition(b"\n")
            pictures[name.decode()] = data
            continue
        if not harfbuzz_subset:
            write(files, Message(Kind.WARNING, _MISSING_SUBSET.encode()))
        try:
            page = weasyprint.HTML(string=message.body.decode(), url_fetcher=fetcher)
            pdf = page.write_pdf(pdf_variant="pdf/ua-1", presentational_hints=True)
        except Exception as error:  # whatever a library throws, the other side must hear of it
            write(files, Message(Kind.ERROR, f"{type(error).__name__}: {error}".encode()))
        else:
            write(files, Message(Kind.PDF, pdf))
        pictures.clear()


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    """A fetcher that opens our own fonts and the pictures of the page and nothing else: no file, no address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Own(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            scheme, _, name = url.partition(":")
            if scheme == PICTURES and name in pictures:
                return URLFetcherResponse(url, pictures[name], {"Content-Type": guess_type(name)[0] or ""})
            if scheme != "font" or not name.isdigit() or int(name) >= len(FACES):
                raise ValueError(f"{url[:80]} is not part of the edition")
            data = face_path(FACES[int(name)]).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})

    return Own()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing is left to do, and taking the libraries down takes a tenth of a second
