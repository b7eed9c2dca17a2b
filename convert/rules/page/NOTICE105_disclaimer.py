"""A disclaimer of the site.

What it does
    Removes it.

Why
    It speaks of the site's liability and is the same under every article.

Example
    "The views expressed in this article are those of the author alone." goes.

Known problems
    A disclosure that the authors wrote about themselves is kept only where it is not worded like one.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule("NOTICE105", "disclaimer", Phase.PAGE, notice_check("disclaimer"), Safety.UNSAFE, ("JOIN101", "NOTE101"))
