"""The dateline stands in the text.

What it does
    Lifts the date (as ISO 8601) and the publisher named beside it into the metadata. Where a second dateline names
    another publisher and no later date, that is the original one.

Why
    A dateline is no paragraph of the article; every edition sets it under the title.

Example
    "Harbour Post, March 9, 2023" gives the date 2023-03-09 and the publisher Harbour Post.

Known problems
    Dates in figures that can be read in two ways (3/9/2023) are left alone. A place ("Port Anselm, 9 March 2023") is
    taken for a publisher, unless the publisher is known.
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
    return credit_edits(document, _is_dateline)


def _is_dateline(_line: str, facts: tuple[Fact, ...], _spoken: Language) -> bool:
    keys = {fact.key for fact in facts}
    return bool(keys & {Key.DATE, Key.UPDATED}) and Key.AUTHOR not in keys


RULE = Rule("META103", "dateline-in-text", Phase.PAGE, check, Safety.SAFE, ("META101", "META104"))
