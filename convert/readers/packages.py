"""Documents that are zip archives: what kind one is, whether it can be read, and the images in it.

DOCX (ISO/IEC 29500-2), ODT (OpenDocument 1.3, part 2) and EPUB (EPUB 3.3, 4) are such.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from convert.errors import InputError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"

MAX_UNPACKED = 256 * 2**20
"""The most that the parts of an archive may come to: sixteen times the largest file that is read. Articles unpack to
three or four times their size, archives that are made to fill memory to a thousand times."""

_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a DOCX with a password ([MS-OFFCRYPTO], 2.3.4.4)."""

_MIME_KINDS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/epub+zip": "epub",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises for archives that are damaged, encrypted or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class Form:
    """What bytes say of themselves: the format in which they are read, "" if in none, and the words for it."""

    format: str
    words: str
    hint: str = ""


def form_of(data: bytes) -> Form | None:
    """What the first bytes of a file say it is; None where they say nothing."""
    if data.startswith(RTF):
        return Form("rtf", "an RTF document")
    if data.startswith(OLE):
        if _ENCRYPTED_PART in data:
            return Form("", "an Office document with a password", "Save it without one.")
        return Form("", "an old Office document", "Save it as DOCX.")
    return _form_of_zip(data) if data.startswith(ZIP) else None


def _form_of_zip(data: bytes) -> Form:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = frozenset(package.namelist())
            mime = package.open("mimetype").read(80).strip() if "mimetype" in names else b""
    except _BROKEN:
        return Form("", "a damaged zip archive (DOCX, EPUB and ODT are such)", "Save or copy it again.")
    if mime in _MIME_KINDS:
        kind = _MIME_KINDS[mime]
        return Form(kind, f"an {kind.upper()} document (a zip archive)")
    if "word/document.xml" in names or ("_rels/.rels" in names and any(name.startswith("word/") for name in names)):
        return Form("docx", "a DOCX document (a zip archive)")
    if "META-INF/container.xml" in names:
        return Form("epub", "an EPUB document (a zip archive)")
    for start, words in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation")):
        if any(name.startswith(start) for name in names):
            return Form("", f"{words} (a zip archive)", "Save its text as DOCX.")
    return Form("", "a zip archive", "Unpack it and give the article in it.")


def check_package(data: bytes, name: str) -> None:
    """Raises InputError for an archive that is damaged, has a password, or unpacks to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            size = sum(entry.file_size for entry in entries)
            if size > MAX_UNPACKED:
                raise InputError(
                    f"The document unpacks to {size / 2**20:.0f} MiB; {MAX_UNPACKED // 2**20} MiB is the most that"
                    " is read",
                    where=name,
                    hint="Make it again from its text.",
                )
            if any(entry.flag_bits & 1 for entry in entries) or _is_encrypted(package):
                raise InputError("The document has a password", where=name, hint="Save it without one.")
            damaged = package.testzip()  # which also holds the sizes that it states against what it unpacks to
    except _BROKEN as error:
        raise InputError(f"The document is damaged ({error})", where=name, hint="Save or copy it again.") from error
    if damaged:
        raise InputError(f"The document is damaged (in {damaged})", where=name, hint="Save or copy it again.")


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    """Whether the text of an ODT (part 2, 4.8) or EPUB (4.2.6.3.2) is encrypted; fonts alone may be."""
    names = frozenset(package.namelist())
    if "META-INF/manifest.xml" in names:
        return b"encryption-data" in package.read("META-INF/manifest.xml")
    if "META-INF/encryption.xml" in names:
        return any(mark in package.read("META-INF/encryption.xml") for mark in (b'html"', b"html'"))
    return False


def media_of(data: bytes, addresses: Iterable[str]) -> Mapping[str, bytes]:
    """The images in a document, by the addresses under which its text shows them.

    An address is the end of a path in the archive: a DOCX counts from the folder of its text, an EPUB from that of its
    package document.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        ends = {address: f"/{unquote(address)}" for address in addresses}
        found = {
            address: next((name for name in names if f"/{name}".endswith(end)), "") for address, end in ends.items()
        }
        return {address: package.read(name) for address, name in found.items() if name}


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some parts changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(target, "w") as copy:
        for name in dict.fromkeys(package.namelist()):
            copy.writestr(name, changed[name] if name in changed else package.read(name))
    return target.getvalue()
