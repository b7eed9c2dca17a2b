"""What a Clearcopy edition added to the article: its title block, its contents, its headings and its colophon.

What it does
    Removes the parts between Clearcopy's own marks, when a Markdown edition is read as a source again.

Why
    They are made anew for each edition. Without this rule, a second cleaning would add a second contents list.

Example
    "<!-- clearcopy:contents --> ... <!-- /clearcopy:contents -->" goes.

Known problems
    What a person wrote between the marks goes too; it is in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Section
from convert.readers.edition import MARK
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Section) and block.tag.startswith(MARK):
            part = block.tag.removeprefix(MARK)
            yield Edit(Span(TOP, index, index + 1), (), f"the {part} that an earlier edition added", 1.0)


RULE = Rule("EDN101", "edition-apparatus", Phase.PAGE, check, Safety.UNSAFE)
