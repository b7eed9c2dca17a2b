"""Pages that came in pieces: React puts late ones at the end, hidden, and a script moves each to its place.

A piece stands in `<div hidden id="S:1">`; its place is `<template id="B:0">` or `<template id="P:1">`; the script that
moves it is `$RC("B:0","S:1")` or `$RS("S:1","P:1")` (React 18 and later, streaming server rendering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOVES = re.compile(r"""\$R[A-Z]\(\s*["']([BSP]:\w+)["']\s*,\s*["']([BSP]:\w+)["']""")


def moved_pieces(tree: LexborHTMLParser, html: str) -> Mapping[str, LexborNode]:
    """The pieces of a page by the ids of their places, and those without a place by their own."""
    if 'id="S:' not in html:
        return {}
    pieces = {node.attributes.get("id") or "": node for node in tree.css('div[hidden][id^="S:"]')}
    places: dict[str, LexborNode] = {}
    left = dict(pieces)
    for one, other in _MOVES.findall(html):
        place, piece = (other, one) if one.startswith("S") else (one, other)
        if piece in left:
            places[place] = left.pop(piece)
    return {**places, **left}
