"""Addresses as they stand in an edition."""

from __future__ import annotations

import re
from urllib.parse import quote


def written_address(address: str) -> str:
    """An address without what none may hold (URL Standard, 4.3; RFC 3986): pages write spaces and line ends in theirs.

    Letters of all scripts stay, as browsers show them.
    """
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match[0]), _LINE_ENDS.sub("", address.strip()))


_LINE_ENDS = re.compile(r"[\t\n\r]+")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
