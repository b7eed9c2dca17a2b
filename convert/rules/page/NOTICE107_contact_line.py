"""A line that names a contact of the site.

What it does
    Removes it.

Why
    It is not about the article.

Example
    "For media inquiries: press@post.example" goes.

Known problems
    Names and addresses on lines of their own under such a line stay.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule("NOTICE107", "contact-line", Phase.PAGE, notice_check("contact"), Safety.UNSAFE, ("JOIN101", "NOTE101"))
