"""A line credits the source and states its copyright.

What it does
    Lifts the publisher and the words of the copyright into the metadata.

Why
    An edition states both in its colophon, once.

Example
    "The original source of this article is Harbour Post Copyright © A. Lee, Harbour Post, 2023".

Known problems
    A copyright line of a picture that stands below the article is taken for the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.config import Config
from convert.credits import is_publisher
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.page.credit_phrases import phrase_edits, publisher_fact


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return phrase_edits(document, lambda spoken: spoken.source, _facts)


def _facts(key: str, value: str, spoken: Language) -> tuple[Fact, ...] | None:
    if key != Key.RIGHTS:
        return publisher_fact(key, value, spoken)
    return (Fact(Key.RIGHTS, value),) if _is_copyright(value, spoken) else None


_YEAR = re.compile(r"\b\d{4}(?:\s*[-–]\s*\d{4})?\b")
_SIGN = re.compile(r"©|\([cC]\)|\b[cC]\b")


def _is_copyright(text: str, spoken: Language) -> bool:
    """Whether a text is a year and names: those of the authors and the publisher."""
    words = "|".join(map(re.escape, (",", ";", *(f" {word} " for word in spoken.conjunctions))))
    owners = [owner.strip(" .") for owner in re.split(words, _SIGN.sub(" ", _YEAR.sub(",", text)))]
    return bool(_YEAR.search(text)) and all(
        is_publisher(_capitalised(owner, spoken), spoken) for owner in owners if owner
    )


def _capitalised(owner: str, spoken: Language) -> str:
    """A name without the small word before it ("by Ann Lee", "the Quayside")."""
    first, _, rest = owner.partition(" ")
    return rest if first.casefold() in spoken.open_words and rest else owner


RULE = Rule("META106", "source-and-copyright-line", Phase.PAGE, check, Safety.SAFE, ("JOIN101",))
