"""The end of a page of the source, after everything that it cut is joined.

What it does
    Removes the mark.

Why
    An edition has pages of its own.

Example
    The form feed between two paragraphs goes.

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Break, BreakKind, Document
from convert.rule import Phase, Rule, Safety
from convert.walk import Span, sequences


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for path, blocks in sequences(document):
        for index, block in enumerate(blocks):
            if isinstance(block, Break) and block.kind is BreakKind.PAGE:
                yield Edit(Span(path, index, index + 1), (), "a page of the source ended here", 1.0)


RULE = Rule("PAGE103", "page-break", Phase.PAGE, check, Safety.SAFE, ("JOIN101", "HEAD103"))
