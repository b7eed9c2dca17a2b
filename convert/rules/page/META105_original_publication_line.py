"""A line says where the article was first published.

What it does
    Lifts the original publisher, and the date beside it, into the metadata, from a line above or below the article.

Why
    It is a fact about the article, which every edition states in its title block and colophon.

Example
    "This article was originally published on Quayside." gives the original publisher Quayside.

Known problems
    A line that goes on after the name ("..., where she is an editor") is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_phrases import phrase_edits, publisher_fact


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return phrase_edits(document, lambda spoken: spoken.original_publisher, publisher_fact)


RULE = Rule("META105", "original-publication-line", Phase.PAGE, check, Safety.SAFE, ("JOIN101",))
