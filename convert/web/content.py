"""What the bytes of a response are: unpacked within a limit, and their format."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from convert.errors import InputError
from convert.readers import SUFFIXES
from convert.readers.packages import form_of

ENCODINGS = "gzip, deflate"
"""The packings that are asked for and unpacked. Python has a limit for what these may become, step by step."""

_STEP = 65_536  # bytes that are unpacked at a time


class PackingError(Exception):
    """The bytes are not packed as the server says."""


def unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The bytes of a response, at most 64 KiB at a time, so that who counts them can stop.

    `encoding` is the Content-Encoding (RFC 9110, 8.4). Raises PackingError where the bytes are not that.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not names:
        return iter(chunks)
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise PackingError(f'packed as "{encoding}"')
    return _inflated(chunks, is_gzip=names[0] != "deflate")


def _inflated(chunks: Iterable[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    machine = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if machine is None or (machine.eof and is_gzip):  # a gzip file may have several members (RFC 1952, 2.2)
                machine = zlib.decompressobj(_window(rest, is_gzip=is_gzip))
            try:
                piece = machine.decompress(rest, _STEP)
            except zlib.error as error:
                raise PackingError("packed wrongly") from error
            if piece:
                yield piece
            if machine.eof:
                rest = machine.unused_data if is_gzip and machine.unused_data.startswith(_GZIP) else b""
            else:
                rest = machine.unconsumed_tail
    if machine is not None and not machine.eof:
        yield machine.flush()
        if not machine.eof:
            raise PackingError("cut off")


_GZIP = b"\x1f\x8b"


def _window(start: bytes, *, is_gzip: bool) -> int:
    """How zlib is to read a packing. "deflate" is zlib's form by the standard, and the bare one by some servers."""
    is_bare = not is_gzip and start[0] & 0x0F != 8
    return -zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS | 32


# -- formats ---------------------------------------------------------------------------------------------------

FORMATS: Mapping[str, str] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-word.document.macroenabled.12": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/epub+zip": "epub",
    "application/x-tex": "latex",
    "application/x-latex": "latex",
    "text/x-tex": "latex",
    "text/prs.fallenstein.rst": "rst",
    "text/x-rst": "rst",
    "text/org": "org",
    "text/x-org": "org",
    "text/x-wiki": "mediawiki",
    "multipart/related": "mhtml",
    "application/x-mimearchive": "mhtml",
    "message/rfc822": "eml",
}
"""The formats of the readers by the media types of servers."""

_UNKNOWN_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/zip", "text/plain"})
"""Types that servers send for files that they know nothing of; the name of the file says more."""

_KINDS: Mapping[str, str] = {
    "application/pdf": "a PDF",
    "application/json": "JSON",
    "application/ld+json": "JSON",
    "application/rss+xml": "a feed",
    "application/atom+xml": "a feed",
    "application/zip": "a zip archive",
    "application/msword": "an old Word document",
    "image": "an image",
    "audio": "a sound file",
    "video": "a film",
}

_HTML_STARTS = (b"<!doctype html", b"<html")


def format_of_page(content: bytes, content_type: str, address: str) -> str:
    """The format of a fetched page: by its media type; where that says nothing, by its name or its first bytes.

    Raises InputError for what no article is read from.
    """
    suffix = "." + urlsplit(address).path.rpartition(".")[2].lower()
    if content_type in _UNKNOWN_TYPES:
        if suffix in SUFFIXES:
            return SUFFIXES[suffix]
        start = content[:1024].removeprefix(BOM_UTF8).lstrip().lower()
        if content_type != "text/plain" and start.startswith(_HTML_STARTS):
            return "html"
        if (form := form_of(content)) and form.format:
            return form.format
    if content_type in FORMATS:
        return FORMATS[content_type]
    kind = _KINDS.get(content_type) or _KINDS.get(content_type.partition("/")[0])
    raise InputError(
        f"The address is not an article's page but {kind or content_type or 'something of no stated type'}",
        where=address,
        hint="Give the address of the article itself, or say with --from what it is.",
    )
