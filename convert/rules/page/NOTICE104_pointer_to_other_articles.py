"""A pointer to other articles of the site.

What it does
    Removes the line; in the tail of the page, or under a heading, also the list of links or titles under it.

Why
    It is the site's navigation; what it points to is not in the edition.

Example
    "Related articles" with its list goes.

Known problems
    Reading that the authors recommend, under such a heading, goes too. Titles that a program has parted from their
    heading stay.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule(
    "NOTICE104", "pointer-to-other-articles", Phase.PAGE, notice_check("related"), Safety.UNSAFE, ("JOIN101", "NOTE101")
)
