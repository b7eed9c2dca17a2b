"""The language of the text is not stated.

What it does
    Finds it by the commonest words of the languages that Clearcopy knows, and puts it into the metadata.

Why
    Hyphenation, quotation marks, speech and the phrases of the other rules depend on it.

Example
    A text with many of "the, of, and, to" gets the language "en".

Known problems
    Short texts, and texts in several languages, get the language of most of their common words.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import detect, language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain


def check(document: Document, config: Config) -> Iterator[Edit]:
    if document.meta.language:
        return
    code = config.language or detect(plain(document))
    if code:
        how = "set by the settings" if config.language else f"the commonest words are {language(code).name}"
        yield Edit(Span(TOP, 0, 0), (), how, 0.9, (Fact(Key.LANGUAGE, code),))


RULE = Rule("META108", "language-not-stated", Phase.PAGE, check, Safety.SAFE, ("META109",))
