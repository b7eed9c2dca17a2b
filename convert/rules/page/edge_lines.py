"""The first and the last lines of a paragraph that has several: there a printed page's furniture sticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convert.model import Inline, Inlines, LineBreak, Paragraph, Text
from convert.walk import inlines_in, joined, lines


def cut_edges(block: Paragraph, is_furniture: Callable[[str], bool]) -> tuple[Paragraph, str, str]:
    """The paragraph without furniture at its edges, and the lines that were cut from its start and its end.

    One line at least stays.
    """
    start, stop = [], []
    found = lines(block)
    while len(found) > 1 and is_furniture(found[0]) and (rest := _without_first(block.children)) is not None:
        start.append(found[0])
        block = replace(block, children=rest)
        found = lines(block)
    while len(found) > 1 and is_furniture(found[-1]) and (rest := _without_last(block.children)) is not None:
        stop.append(found[-1])
        block = replace(block, children=rest)
        found = lines(block)
    return block, " ".join(start), " ".join(reversed(stop))


def _without_first(children: Inlines) -> Inlines | None:
    """What follows the first line, where that is not inside other markup."""
    for number, node in enumerate(children):
        if isinstance(node, Text) and "\n" in node.text:
            return joined((Text(node.text.partition("\n")[2]),), children[number + 1 :])
        if not isinstance(node, Text) and _has_line_end(node):
            return None
    return None


def _without_last(children: Inlines) -> Inlines | None:
    for number in range(len(children) - 1, -1, -1):
        node = children[number]
        if isinstance(node, Text) and "\n" in node.text:
            return joined(children[:number], (Text(node.text.rpartition("\n")[0]),))
        if not isinstance(node, Text) and _has_line_end(node):
            return None
    return None


def _has_line_end(node: Inline) -> bool:
    inner = inlines_in((node,))
    return any(isinstance(one, LineBreak) or (isinstance(one, Text) and "\n" in one.text) for one in inner)
