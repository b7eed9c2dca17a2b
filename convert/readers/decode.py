"""From the bytes of a file to its text, in whatever encoding the file really has."""

from __future__ import annotations

import codecs
import re

from convert.errors import InputError

MAX_BYTES = 16 * 2**20
"""The largest source that is read: five times the text of the longest novels. A larger file is a data dump or
a mistake, and would take the typesetter hours."""

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.02
"""Share of control characters above which bytes are no text; real scrapes with stray form feeds stay far below."""

_FEW_BAD = 0.01
"""Share of undecodable characters up to which a file is called UTF-8 with damage, not another encoding."""

_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def decode(data: bytes, name: str, charset: str = "") -> str:
    """The text of a file, with line ends as line feeds and without byte order mark.

    The encoding is that of the byte order mark; else UTF-16 where that is stated or every other byte is zero; else
    UTF-8 where the bytes are that; else `charset`, what a server or a page says of it, where they are that; else UTF-8
    where they nearly are that; else what charset-normalizer finds. Raises InputError for an empty, binary or oversized
    file.
    """
    refuse_binary(data, name)
    text = _decoded(data, name, charset).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip("\0\f\ufeff\u200b \t\n"):
        raise InputError("The file is empty", where=name, hint="Save the article again.")
    return text


def refuse_binary(data: bytes, name: str) -> None:
    """Raises InputError for a file that is too large, or that says of itself that it is no text."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"The file is {len(data) / 2**20:.0f} MiB large; {MAX_BYTES // 2**20} MiB is the most that is read",
            where=name,
            hint="Split it into articles.",
        )
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(
                f"The file is {kind}, not text", where=name, hint="Give its text as Markdown or plain text."
            )


def _decoded(data: bytes, name: str, charset: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    is_wide = _WIDE.match(charset) is not None
    if is_wide and not _is_plain_ascii(data) and (text := _as_stated(data, charset)):
        return text
    wide = _utf16_without_bom(data)
    if wide:
        return data.decode(wide, errors="replace")
    sample = data[:_SAMPLE]
    controls = sum(byte in _CONTROLS for byte in sample)
    if controls > max(1, len(sample) * _MAX_CONTROL_SHARE):
        raise InputError("The file is binary, not text", where=name, hint="Give its text as Markdown or plain text.")
    if charset and not is_wide and data.isascii() and (text := _as_stated(data, charset)):
        return text  # ISO-2022-JP and its like are written in ASCII
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if charset and (text := _as_stated(data, charset)):
            return text
    nearly = data.decode("utf-8", errors="replace")
    bad, good = nearly.count("\ufffd"), sum(ord(character) > 127 for character in nearly)
    if bad <= len(nearly) * _FEW_BAD and good > 2 * bad:
        return nearly
    return _guessed(data)


_WIDE = re.compile(r"utf-?(?:16|32)", re.IGNORECASE)
"""Encodings in which most letters hold a byte that is a control character by itself."""

_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""What encodings are that pages call by the name of a smaller one (WHATWG Encoding, 4.2), by Python's names."""

_NEVER = frozenset({"utf-8", "utf-7", "punycode", "idna", "raw_unicode_escape", "unicode_escape", "palmos"})
"""Python's codecs that no page is written in. UTF-8 was tried."""


def _is_plain_ascii(data: bytes) -> bool:
    return data.isascii() and not _CONTROLS & set(data[:_SAMPLE])


def _as_stated(data: bytes, charset: str) -> str:
    """The text in the encoding that is stated; "" where it is none, or the bytes are not that."""
    try:
        name = codecs.lookup(charset).name
        return "" if name in _NEVER else data.decode(_AS_BROWSERS_READ.get(name, name))
    except (LookupError, ValueError):
        return ""


def _utf16_without_bom(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only here: most files are UTF-8

    try:
        return data.decode("cp1252") if _looks_western(data) else str(from_bytes(data).best() or "")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return str(best) if best is not None else data.decode("latin-1")


_WESTERN = frozenset(
    b"\x91\x92\x93\x94\x96\x97\x85\xa0\xa3\xa9\xab\xbb\xb0\xe9\xe8\xe0\xe7\xf1\xfc\xf6\xe4\xdf\xe1\xed\xf3"
)


def _looks_western(data: bytes) -> bool:
    """Whether the bytes above ASCII are those that Windows-1252 gives quotes, dashes and common letters.

    A statistical guess needs many such bytes; an English article has few, and nearly all of these.
    """
    high = [byte for byte in data if byte > 127]
    return bool(high) and sum(byte in _WESTERN for byte in high) > 0.7 * len(high) and len(high) < 0.1 * len(data)
