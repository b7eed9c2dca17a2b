"""The typesetter's side: loads WeasyPrint, and makes a PDF of each page that it is given."""

from __future__ import annotations

import logging
import os
import sys
from typing import IO, Any

from convert.themes import FACES, face_path
from convert.typesetting.client import SYSTEM_PACKAGES
from convert.typesetting.messages import Kind, Message, read, write

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
        while read(pages):
            write(files, Message(Kind.ERROR, str(error).splitlines()[0].encode()))
        return
    weasyprint.LOGGER.setLevel(logging.ERROR)
    fetcher = _fetcher()
    while message := read(pages):
        if not harfbuzz_subset:
            write(files, Message(Kind.WARNING, _MISSING_SUBSET.encode()))
        try:
            page = weasyprint.HTML(string=message.body.decode(), url_fetcher=fetcher)
            pdf = page.write_pdf(pdf_variant="pdf/ua-1", presentational_hints=True)
        except Exception as error:  # whatever a library throws, the other side must hear of it
            write(files, Message(Kind.ERROR, f"{type(error).__name__}: {error}".encode()))
        else:
            write(files, Message(Kind.PDF, pdf))


def _fetcher() -> Any:
    """A fetcher that opens our own fonts and nothing else: no file, no address of a page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            scheme, _, number = url.partition(":")
            if scheme != "font" or not number.isdigit() or int(number) >= len(FACES):
                raise ValueError(f"{url[:80]} is not part of the edition")
            data = face_path(FACES[int(number)]).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})

    return Fonts()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing is left to do, and taking the libraries down takes a tenth of a second
