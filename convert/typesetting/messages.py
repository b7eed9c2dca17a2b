"""The messages between the command and the typesetter: a length (8 bytes, big-endian), a kind (1 byte), a body."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum
from typing import IO

_HEAD = struct.Struct(">Qc")


PICTURES = "picture"
"""The scheme of the addresses that a page has for its pictures."""


class Kind(Enum):
    PICTURE = b"I"  # a file of the next page: its name (UTF-8), a line feed, its bytes
    PAGE = b"H"  # a page of HTML to lay out, UTF-8
    PDF = b"P"  # the file
    WARNING = b"W"  # UTF-8
    ERROR = b"E"  # UTF-8


@dataclass(frozen=True, slots=True)
class Message:
    kind: Kind
    body: bytes


def write(stream: IO[bytes], message: Message) -> None:
    stream.write(_HEAD.pack(len(message.body), message.kind.value) + message.body)
    stream.flush()


def read(stream: IO[bytes]) -> Message | None:
    """The next message; None where the other side has ended."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, kind = _HEAD.unpack(head)
    body = stream.read(length)
    return Message(Kind(kind), body) if len(body) == length else None
