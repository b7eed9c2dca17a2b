"""A word that the end of a line cut in two with a hyphen.

What it does
    Makes it one word again. The hyphen goes if the word stands elsewhere in the document without it, and stays
    if it stands there with it; where neither is so, it stays in compounds and goes in words.

Why
    The line ends somewhere else in an edition, or nowhere.

Example
    "infra-" at a line's end and "structure" on the next become "infrastructure"; "co-" and "operate" become
    "co-operate" if the document writes it so.

Known problems
    A compound that stands nowhere else in the document and does not start with a known prefix loses its hyphen.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.hyphens import Vocabulary, mend_lines
from convert.language import language
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.text.leaf import word_edits

_CONFIDENCE = 0.85


def check(document: Document, _config: Config) -> Iterator[Edit]:
    vocabulary = Vocabulary.of(document, language(document.meta.language))
    return word_edits(document, lambda text: mend_lines(text, vocabulary), _reason, _CONFIDENCE)


def _reason(before: str, _after: str) -> str:
    line = next(line for line in before.split("\n") if line.endswith(("-", "‐", "\u00ad")))
    return f"a line ends in “{line.rpartition(' ')[2]}”, and the word goes on in the next"


RULE = Rule("JOIN102", "word-hyphenated-across-lines", Phase.STRUCTURE, check, Safety.SAFE, ("TEXT101",))
