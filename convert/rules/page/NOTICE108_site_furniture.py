"""Furniture of the site: its navigation, consent line, log-in or advertisement mark.

What it does
    Removes it.

Why
    It does something on the page only.

Example
    "Skip to content" goes.

Known problems
    A lone word that is a site's ("Search", "Opinion") goes above and below the article, whoever wrote it; between
    paragraphs it stays.
"""

from __future__ import annotations

from convert.rule import Phase, Rule, Safety
from convert.rules.page.notice_lines import notice_check

RULE = Rule("NOTICE108", "site-furniture", Phase.PAGE, notice_check("site"), Safety.UNSAFE, ("JOIN101", "NOTE101"))
