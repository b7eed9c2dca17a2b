"""An article without headings, or without any text.

What it does
    Reports it: the editions have no contents, or nothing to read.

Why
    A contents list with one made-up entry would be a lie.

Example
    A plain column of opinion.

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Heading
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain
from convert.words import words

_CONFIDENCE = 0.95


def check(document: Document, _config: Config) -> Iterator[Edit]:
    if not words(plain(document)):
        yield Edit(
            Span(TOP, 0, 0), None, "nothing is left of the page: all of it was furniture and notices", _CONFIDENCE
        )
    elif not any(isinstance(block, Heading) for block in document.blocks):
        yield Edit(
            Span(TOP, 0, 0), None, "the article has no headings, so that the editions have no contents", _CONFIDENCE
        )


RULE = Rule("CHK104", "no-headings", Phase.CHECK, check, Safety.SAFE)
