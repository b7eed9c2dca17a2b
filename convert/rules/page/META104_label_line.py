"""A line of the page states a fact about the article: its region, theme, source or address.

What it does
    Lifts what "Region: ...", "Theme: ..." and the like say above the article into the metadata, and what "Tags: ..."
    says after it.

Why
    Such lines belong to the site's index, not to the text.

Example
    "Region: Northern Estuaries" gives the region.

Known problems
    Labels that the language data does not list stay in the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.credits import label_facts
from convert.edit import Edit
from convert.facts import Fact
from convert.language import Language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_lines import credit_edits, theme_edits


def check(document: Document, _config: Config) -> Iterator[Edit]:
    yield from credit_edits(document, _is_label)
    yield from theme_edits(document)


def _is_label(line: str, _facts: tuple[Fact, ...], spoken: Language) -> bool:
    return bool(label_facts(line, spoken))


RULE = Rule("META104", "label-line", Phase.PAGE, check, Safety.SAFE, ("META101",))
