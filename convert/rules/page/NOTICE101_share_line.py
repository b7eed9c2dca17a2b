"""A line that asks the reader to share or forward the article.

What it does
    Removes it.

Why
    Its buttons are not in an edition, and it is no part of what the authors wrote.

Example
    "Please click the share buttons above or below." goes.

Known problems
    An article about sharing that ends in such a sentence loses it; the sentence is in the ledger.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule("NOTICE101", "share-line", Phase.PAGE, notice_check("share"), Safety.UNSAFE, ("JOIN101", "NOTE101"))
