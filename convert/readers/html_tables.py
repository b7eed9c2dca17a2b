"""The tables of a web page: those that hold data, and those that lay the page out or show code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from convert.model import Blocks, Cell, CodeBlock, Heading, Origin, Quote, Row, Table
from convert.readers.html_code import code_in_table, language_of_table
from convert.readers.html_elements import Attributes, is_hidden, whole_number
from convert.walk import plain

if TYPE_CHECKING:
    from convert.readers.html_blocks import Walk

_MAX_CELL_WORDS = 80
"""Words a cell on average above which a table without header cells is taken for the layout of a page."""


def read_table(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    """A table of data; one that lays out the page gives its cells' blocks."""
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    head: list[Row] = []
    body: list[Row] = []
    code = code_in_table(node)
    if code is not None:
        origin = Origin(walk.page.source, place)
        walk.blocks.append(CodeBlock(code, language_of_table(node), origin=origin, within=inner.within))
        return
    has_inner = node.css_first("table table") is not None
    if has_inner or attributes.get("role") in ("presentation", "none"):
        walk.container(node, tag, attributes, place)
        return
    number = 0
    caption: Blocks = ()
    for found in node.css("tr, caption"):
        if found.tag == "caption":
            if walk.page.passes_over(found, f"{place}/caption"):
                continue
            part = inner.inner("caption", found.attributes, f"{place}/caption")
            part.children(found, f"{place}/caption")
            caption = part.done()
            continue
        number += 1
        if is_hidden(found.attributes) or walk.page.passes_over(found, f"{place}//tr[{number}]"):
            continue
        row = _row(inner, found, f"{place}//tr[{number}]")
        if row:
            in_head = found.parent is not None and found.parent.tag == "thead"
            is_head = in_head or (not body and all(cell.header for cell in row))
            (head if is_head and not body else body).append(row)
    walk.blocks.extend(caption)
    rows = (*head, *body)
    if _is_data(rows, node):
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Table(tuple(head), tuple(body), origin=origin, within=inner.within))
    else:
        walk.blocks.extend(block for row in rows for cell in row for block in cell.children)


def _row(walk: Walk, node: LexborNode, place: str) -> Row:
    cells: list[Cell] = []
    number = 0
    child = node.first_child
    while child is not None:
        is_cell = child.tag in ("td", "th") and not is_hidden(child.attributes)
        number += is_cell
        if is_cell and not walk.page.passes_over(child, f"{place}/*[{number}]"):
            attributes = child.attributes
            cell = walk.inner(child.tag or "td", attributes, f"{place}/*[{number}]")
            cell.children(child, cell.place)
            align = (attributes.get("align") or "").lower()
            cells.append(
                Cell(
                    cell.done(),
                    align if align in ("left", "center", "right") else "",
                    whole_number(attributes.get("colspan"), 1),
                    whole_number(attributes.get("rowspan"), 1),
                    child.tag == "th",
                )
            )
        child = child.next
    return tuple(cells)


def _is_data(rows: Sequence[Row], node: LexborNode) -> bool:
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return False
    if any(isinstance(block, Heading | Table | Quote) for cell in cells for block in cell.children):
        return node.css_first("th, thead") is not None
    words = sum(len(plain(cell).split()) for cell in cells)
    return words <= _MAX_CELL_WORDS * len(cells)
