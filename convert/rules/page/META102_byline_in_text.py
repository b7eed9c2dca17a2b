"""The byline stands in the text.

What it does
    Lifts the authors, each as a person, into the metadata, and with them the date and the publisher where the
    same line states these.

Why
    A byline is no paragraph of the article; every edition sets it under the title.

Example
    "By Ann Lee and Bo Kim" gives the authors Ann Lee and Bo Kim.

Known problems
    Names in small letters, single names ("By Voltaire"), bodies ("By the Editors") and names without a "by" are not
    recognised. A publisher after one name and a comma ("By Ann Lee, Harbour Post") is taken for a second author.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_lines import credit_edits


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return credit_edits(document, _is_byline)


def _is_byline(_line: str, facts: tuple[Fact, ...], _spoken: Language) -> bool:
    return any(fact.key is Key.AUTHOR for fact in facts)


RULE = Rule("META102", "byline-in-text", Phase.PAGE, check, Safety.SAFE, ("META101", "META104"))
