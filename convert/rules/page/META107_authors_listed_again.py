"""The authors are listed once more at the end, as a link to their other articles.

What it does
    Removes the line; names that the byline does not have go into the metadata.

Why
    It is the site's index; the byline stands under the title.

Example
    "Articles by: Ann Lee and Bo Kim" goes.

Known problems
    Where no byline was found, the name of a site with two words ("More by Harbour Post") is taken for an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.credits import names
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_phrases import phrase_edits


def check(document: Document, _config: Config) -> Iterator[Edit]:
    known = {author.casefold() for author in document.meta.authors}

    def authors(_key: str, value: str, spoken: Language) -> tuple[Fact, ...] | None:
        found = names(value, spoken)
        if known and not known & {name.casefold() for name in found}:
            return None  # "More from Harbour Post"
        return tuple(Fact(Key.AUTHOR, name) for name in found) or None

    return phrase_edits(document, lambda spoken: spoken.articles_by, authors)


RULE = Rule("META107", "authors-listed-again", Phase.PAGE, check, Safety.SAFE, ("META102",))
