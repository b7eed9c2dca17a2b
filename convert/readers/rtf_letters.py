"""The letters of an RTF file (version 1.9.1) as UTF-8, for pandoc.

pandoc 3.9 loses the letter behind "\\u8222?", knows code page 1252 only, and takes no letters beyond 65,535. It does
read UTF-8. Deletions that are on record in the file are left out, as if they had been accepted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(
    rb"\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})"
    rb"|(?P<letters>[^\\{}\r\n]+)"
    rb"|[\r\n]+",
    re.DOTALL,
)

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""What \\fcharset names (RTF 1.9.1, "Font Table")."""

_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_ESCAPED = {ord(mark): f"\\{mark}" for mark in "\\{}"}


@dataclass(frozen=True, slots=True)
class _Group:
    skip: int = 1  # how many characters stand in for a \u where it is not known (\uc)
    font: str = ""
    in_fonts: bool = False
    is_left_out: bool = False


@dataclass(slots=True)
class _Reading:
    code_page: str = "cp1252"
    encodings: dict[str, str] = field(default_factory=dict)  # of fonts
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    to_skip: int = 0
    pending: bytearray = field(default_factory=bytearray)  # letters of more than one byte come byte by byte
    default_font: str = ""
    is_optional: bool = False  # \* was read: what follows may be left out by programs that do not know it
    high: int = 0  # the first half of a letter beyond 65,535

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def change(self, **values: object) -> None:
        self.groups[-1] = replace(self.group, **values)  # type: ignore[arg-type]

    def decoded(self) -> str:
        encoding = self.encodings.get(self.group.font) or self.code_page
        text = bytes(self.pending).decode(encoding, errors="replace")
        self.pending.clear()
        return "" if self.group.is_left_out else text.translate(_ESCAPED)


def letters_as_utf8(data: bytes) -> bytes:
    """The same RTF with every letter written as such, and without deleted text."""
    return "".join(_pieces(data)).encode("utf-8", errors="replace")


def _pieces(data: bytes) -> Iterator[str]:
    reading = _Reading()
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        if match["word"] == b"bin":
            place += max(0, int(match["number"] or 0))  # raw bytes of a picture
            continue
        piece = _piece(match, reading)
        if piece and (not reading.group.is_left_out or match["close"]):
            yield piece
    if reading.pending:
        yield reading.decoded()


def _piece(match: re.Match[bytes], reading: _Reading) -> str:
    if match["byte"] and not reading.to_skip:
        reading.pending.append(int(match["byte"], 16))
        return ""
    before = reading.decoded() if reading.pending and not match["byte"] else ""
    if match["open"] or match["close"]:
        return before + _brace(match, reading)
    if reading.to_skip and not _is_control(match):
        return before + _rest(match, reading)
    if match["word"]:
        return before + _word(match["word"].decode("ascii"), match["number"], reading)
    if match["symbol"]:
        reading.is_optional = match["symbol"] == b"*"
        return before + ("" if reading.is_optional else match[0].decode("latin-1"))
    if match["letters"]:
        reading.pending.extend(match["letters"])
        return before + reading.decoded()
    return before


def _is_control(match: re.Match[bytes]) -> bool:
    """Whether a control word does not count as a letter that stands in: the next \\u ends what was skipped."""
    return match["word"] in (b"u", b"uc")


def _brace(match: re.Match[bytes], reading: _Reading) -> str:
    reading.to_skip = 0
    was_left_out = reading.group.is_left_out
    if match["open"]:
        reading.groups.append(reading.group)
    elif len(reading.groups) > 1:
        reading.groups.pop()
        return "" if was_left_out and reading.group.is_left_out else "}"
    return "" if was_left_out else match[0].decode("ascii")


def _rest(match: re.Match[bytes], reading: _Reading) -> str:
    """What is left of a token of which letters stand in for one that was written already."""
    letters = match["letters"]
    if not letters:
        reading.to_skip -= bool(match["byte"] or match["symbol"])
        return ""
    skipped = min(reading.to_skip, len(letters))
    reading.to_skip -= skipped
    reading.pending.extend(letters[skipped:])
    return reading.decoded()


def _word(word: str, number: bytes | None, reading: _Reading) -> str:
    value = int(number) if number else 0
    reading.to_skip = 0
    if word == "u" and number:
        reading.to_skip = reading.group.skip
        return _letter(value % 0x10000, reading)
    if word == "uc":
        reading.change(skip=min(max(value, 0), 100))
        return ""
    if word in _CODE_PAGES:
        reading.code_page = _CODE_PAGES[word]
    elif word == "ansicpg":
        reading.code_page = _known(f"cp{value}") or reading.code_page
        return ""
    elif word == "fonttbl":
        reading.change(in_fonts=True)
    elif word in ("f", "deff"):
        reading.change(font=str(value))
        reading.default_font = str(value) if word == "deff" else reading.default_font
    elif word == "fcharset" and reading.group.in_fonts and value in _CHARSETS:
        reading.encodings[reading.group.font] = _CHARSETS[value]
    elif word == "deleted" and number != b"0":
        reading.change(is_left_out=True)
    elif word == "plain":
        reading.change(font=reading.default_font)
    mark = "\\*" if reading.is_optional and word != "footnote" else ""  # pandoc 3.9 would leave the note out
    reading.is_optional = False
    return f"{mark}\\{word}{number.decode('ascii') if number else ''} "


def _letter(value: int, reading: _Reading) -> str:
    if 0xD800 <= value < 0xDC00:
        reading.high = value
        return ""
    if 0xDC00 <= value < 0xE000:
        high, reading.high = reading.high, 0
        return chr(0x10000 + ((high - 0xD800) << 10) + value - 0xDC00) if high else "\ufffd"
    return chr(value).translate(_ESCAPED)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
