"""A notice about copyright, permission to reprint or fair use.

What it does
    Removes it. The line that states whose copyright it is goes into the metadata (META106).

Why
    It is the site's; an edition states the copyright in its colophon.

Example
    "... contains copyrighted material the use of which has not been authorized ..." goes.

Known problems
    The terms of a free licence, where no label states them, go as well; the ledger has them.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule(
    "NOTICE106", "copyright-notice", Phase.PAGE, notice_check("copyright"), Safety.UNSAFE, ("JOIN101", "NOTE101")
)
