"""A line credits the source and states its copyright.

What it does
    Lifts the publisher and the words of the copyright into the metadata.

Why
    An edition states both in its colophon, once.

Example
    "The original source of this article is Harbour Post Copyright © A. Lee, Harbour Post, 2023".

Known problems
    A copyright line in the middle of the text, of a picture, is taken for the article's.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_phrases import name_fact, phrase_edits


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return phrase_edits(document, lambda spoken: spoken.source, _facts)


def _facts(key: str, value: str, spoken: Language) -> tuple[Fact, ...] | None:
    if key == Key.RIGHTS and not _states_year(value):
        return None
    return name_fact(key, value, spoken)


def _states_year(text: str) -> bool:
    return any(len(word) == 4 and word.isdigit() for word in text.replace(",", " ").replace(".", " ").split())


RULE = Rule("META106", "source-and-copyright-line", Phase.PAGE, check, Safety.SAFE, ("JOIN101",))
