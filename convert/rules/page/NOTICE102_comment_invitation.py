"""An invitation to comment.

What it does
    Removes it.

Why
    There is nothing to comment on in an edition.

Example
    "Leave a comment" goes.

Known problems
    A question to the readers with which the authors themselves end ("... Let us know in the comments.") goes too.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule(
    "NOTICE102", "comment-invitation", Phase.PAGE, notice_check("comment"), Safety.UNSAFE, ("JOIN101", "NOTE101")
)
