"""Messages of MIME (RFC 2045 to 2047), as saved web pages and e-mails are: their parts, headers and files."""

from __future__ import annotations

import binascii
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import TypeAlias
from urllib.parse import unquote, urljoin

from convert.errors import InputError
from convert.readers.decode import MAX_BYTES

Part: TypeAlias = "Message[str, str]"


def message_of(data: bytes, name: str) -> Part:
    """The message in a file. Raises InputError where there is none, or its parts lie in one another too deep."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"The file is {len(data) / 2**20:.0f} MiB large; {MAX_BYTES // 2**20} MiB is the most that is read",
            where=name,
            hint="Save the page without its images.",
        )
    if not data.strip():
        raise InputError("The file is empty", where=name, hint="Save the article again.")
    try:
        return message_from_bytes(data.lstrip(b"\r\n \t\xef\xbb\xbf"))
    except RecursionError as error:
        raise InputError(
            "The parts of the message lie in one another too deep", where=name, hint="Save the article again."
        ) from error


def parts_of(message: Part) -> Iterator[Part]:
    """The parts that hold no parts, in their order; not those of a message in the message."""
    pending = [message]
    while pending:
        part = pending.pop()
        if part.is_multipart():
            if part.get_content_maintype() == "multipart":
                pending.extend(reversed(subparts(part)))
        else:
            yield part


def subparts(part: Part) -> list[Part]:
    held = part.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def content_of(part: Part) -> bytes:
    """The bytes of a part, unpacked (RFC 2045, 6)."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error):
        content = b""
    return content if isinstance(content, bytes) else b""


def charset_of(part: Part) -> str:
    """What a part says of its encoding; "" where it says nothing that can be read."""
    try:
        return part.get_content_charset() or ""
    except (UnicodeError, LookupError, ValueError):
        return ""


def header(part: Part, name: str) -> str:
    """A header as readers see it (RFC 2047), in one line; "" where there is none."""
    raw = str(part.get(name) or "")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (HeaderParseError, UnicodeError, LookupError, ValueError):
        return " ".join(raw.split())


def content_id(part: Part) -> str:
    return header(part, "Content-ID").strip("<>")


def root_of(related: Part) -> Part | None:
    """The part of several that the others belong to (RFC 2387): the one that is named, else the first page."""
    start = str(related.get_param("start") or "").strip("<>")
    parts = list(parts_of(related))
    named = [part for part in parts if start and content_id(part) == start]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    return next(iter((*named, *pages)), None)


def files_of(message: Part, base: str) -> Mapping[str, bytes]:
    """The images in a message by the addresses under which its page shows them (RFC 2557, 8; RFC 2392)."""
    files: dict[str, bytes] = {}
    for part in parts_of(message):
        if part.get_content_maintype() != "image":
            continue
        location = header(part, "Content-Location")
        identifier = content_id(part)
        for address in (location, _absolute(base, location), f"cid:{identifier}" if identifier else ""):
            if address:
                files.setdefault(address, content_of(part))
                files.setdefault(unquote(address), content_of(part))
    return files


def _absolute(base: str, location: str) -> str:
    try:
        return urljoin(base, location) if location else ""
    except ValueError:  # no address at all
        return ""
