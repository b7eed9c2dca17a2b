"""Site rules: what a person knows of the pages of one site, as data (docs/site-rules.md).

A rule names what holds the article (`keep`), what never is of it (`drop`), where title, author and date stand, and
which link leads to the next page. The reader of web pages evaluates the rule of the page's host and marks the blocks;
the rule WEB110 proposes the edits, so that each is in the ledger with the file and the selector that made it.
"""
