"""Hyphens at the ends of lines: the printer's, which go, and the word's own, which stay.

The document is its own dictionary: a word that stands in it whole was cut by the printer, one that stands in it
with its hyphen was not. Only where it says neither do the halves decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from convert.language import Language
from convert.model import Document, Inline, Inlines, Link, Styled, Text
from convert.walk import joined, plain

# Each starts at the start of a word and gives nothing back, or the time would grow with the square of a long word.
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-‐][^\W_]++)+")
_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"(?<![^\W\d_])(?P<first>[^\W\d_]++)[-‐\u00ad]\n(?P<second>[^\W\d_]+)")
_LAST_HALF = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-‐\u00ad]$")
_FIRST_HALF = re.compile(r"[^\W\d_]+")
_HALVES = re.compile(r"(?<![^\W_])[^\W_]++[-‐\u00ad]\s+[^\W_]+")

_MIN_HALF = 2
"""Letters of the shortest half that a printer leaves (hyphenation patterns of TeX: two before, three after)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, in lower case: those without and those with hyphens."""

    whole: frozenset[str]
    compounds: frozenset[str]
    language: Language

    @staticmethod
    def of(document: Document, language: Language) -> Vocabulary:
        text = plain(document.blocks).casefold()
        text = _HALVES.sub(" ", text)  # the halves of a cut word are no words that the document knows
        compounds = frozenset(match[0].replace("‐", "-") for match in _COMPOUND.finditer(text))
        whole = frozenset(_WORD.findall(_COMPOUND.sub(" ", text)))
        return Vocabulary(whole, compounds, language)

    def mended(self, first: str, second: str) -> str:
        """Two halves of a word as one, with the hyphen where it is the word's own; as two words where it stands
        for a half that is named later."""
        if second in self.language.suspending and (first + second).casefold() not in self.whole:
            return f"{first}- {second}"
        return first + second if self._is_printers(first, second) else f"{first}-{second}"

    def _is_printers(self, first: str, second: str) -> bool:
        a, b = first.casefold(), second.casefold()
        if f"{a}-{b}" in self.compounds or (second[0].isupper() and not first.isupper()):
            return False
        if a + b in self.whole:
            return True
        if a in self.language.prefixes or len(a) < _MIN_HALF:
            return False
        return not (a in self.whole and b in self.whole and len(a) > 3 and len(b) > 3)


def mend_lines(text: str, vocabulary: Vocabulary) -> str:
    """A text with the words mended that its line ends cut."""
    return _CUT.sub(lambda match: vocabulary.mended(match["first"], match["second"]), text)


def rejoined(before: Inlines, after: Inlines, vocabulary: Vocabulary) -> Inlines:
    """Two halves of a paragraph as one: a space between them, or the word mended that the cut parted."""
    last, first = _LAST_HALF.search(plain(before).rstrip()), _FIRST_HALF.match(plain(after).lstrip())
    if not last or not first:
        space = () if plain(after).startswith((",", ";", ")")) else (Text(" "),)
        return joined(before, space, after)
    mended = vocabulary.mended(last[1], first[0])
    if mended == last[1] + first[0]:
        before = _without_last_hyphen(before)
    return joined(before, (Text(" "),), after) if " " in mended else joined(before, after)


def _without_last_hyphen(children: Inlines) -> Inlines:
    *others, last = children
    return joined(tuple(others), (_shortened(last),))


def _shortened(node: Inline) -> Inline:
    match node:
        case Text(text):
            return Text(text.rstrip()[:-1])
        case Styled(style, children):
            return Styled(style, _without_last_hyphen(children))
        case Link(url, children, title):
            return Link(url, _without_last_hyphen(children), title)
    return node
