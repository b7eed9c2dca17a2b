"""A line that asks for a membership, a subscription or money, or to follow the site.

What it does
    Removes it.

Why
    It advertises the site, and is no part of the article.

Example
    "Become a member of Harbour Post" goes.

Known problems
    An appeal that the authors themselves make at the end of their text may be taken for the site's.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule(
    "NOTICE103", "membership-line", Phase.PAGE, notice_check("membership"), Safety.UNSAFE, ("JOIN101", "NOTE101")
)
