"""A web page states facts about the article outside its text.

What it does
    Puts title, authors, dates, publisher, address, language, description and lead image into the metadata, as the page
    states them in its structured data (JSON-LD, microdata), in the tags of its head (Open Graph, Dublin Core) and
    where a reader sees them (heading, byline, dateline). Of several statements that differ, the one is taken that
    stands in the better place and that more of the others agree with; the reason names them.

Why
    The text of a page often has no title and no byline of its own, and what a reader gets of both is in the page around
    it. A title with the site's name behind it, an author that is an account, and a date of a change that is taken for
    the date of publication are what other tools give.

Example
    A page with <title>A Year At Sea - Harbour Post</title> and <h1>A Year At Sea</h1> gets the title "A Year At Sea".

Known problems
    A page that says one title to its readers and another one to search engines gets that of its readers. A page that
    shows its readers no date but that of its last change gets that as its date, though JSON-LD has another one; only
    the tag article:published_time counts more. A month without a day is no date, and 3/9/2023 is read as the language
    of the page has it, unless another date of the page says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.claims import choices
from convert.config import Config
from convert.edit import Edit
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span


def check(document: Document, _config: Config) -> Iterator[Edit]:
    if not document.claims:
        return
    for choice in choices(document.claims, document.meta):  # what the source states, or a person, stays
        for fact in choice.facts:
            yield Edit(Span(TOP, 0, 0), (), choice.reason, choice.confidence, (fact,))


RULE = Rule("META109", "facts-stated-by-the-page", Phase.PAGE, check, Safety.SAFE, once=True)
