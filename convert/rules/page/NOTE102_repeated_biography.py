"""The note on the author stands in the page twice.

What it does
    Keeps the first and removes the others.

Why
    Sites print it under the text and again in a box.

Example
    The second "Ann Lee is a reporter who covers harbours." goes.

Known problems
    A second note that says more than the first is kept; the reader then reads some sentences twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Paragraph, Role
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain
from convert.words import alike

_SAME = 0.97


def check(document: Document, _config: Config) -> Iterator[Edit]:
    seen: list[str] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and block.role is Role.ABOUT:
            text = alike(plain(block))
            if any(text in earlier for earlier in seen):
                yield Edit(Span(TOP, index, index + 1), (), "says again what the first note on the author says", _SAME)
            seen.append(text)


RULE = Rule("NOTE102", "repeated-biography", Phase.PAGE, check, Safety.UNSAFE, ("NOTE101",))
