"""Words that stand more often in articles than around them, or the reverse: of short blocks, and of class names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from convert.model import Container
from convert.name_parts import name_parts

SHORT = 14
"""Words up to which the wording of a block is looked up; longer ones are told by their shape."""

_MOST = 5.0
_MOST_NAMES = 4.0
"""What the words of one block, and of one element's names, can weigh at most: a dozen weak words are no proof."""

_LONGEST_NAME = 60  # characters; longer class names are generated


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How much each word speaks for the article: the logarithm of its odds against the average."""

    names: Mapping[str, float]
    words: Mapping[str, float]
    openings: Mapping[str, float]  # the first words of a block, however long

    def of_words(self, words: Sequence[str]) -> float:
        """The evidence in the wording of a short block; 0 of a long one."""
        if not words or len(words) > SHORT:
            return 0.0
        weights = self.words
        total = fsum(weights[key] for key in word_keys(words) if key in weights)  # in any order the same
        return max(-_MOST, min(_MOST, total))

    def of_opening(self, words: Sequence[str]) -> float:
        """The evidence in how a block begins: that of its longest opening that is known."""
        return next((self.openings[key] for key in opening_keys(words) if key in self.openings), 0.0)

    def of_names(self, container: Container) -> float:
        """The evidence in an element's class names and id."""
        if not container.classes and not container.name:
            return 0.0
        weights = self.names
        total = fsum(weights[word] for word in name_words(container) if word in weights)
        return max(-_MOST_NAMES, min(_MOST_NAMES, total))


def word_keys(words: Sequence[str]) -> set[str]:
    """What is looked up of a short block: its words, its pairs of words, its first word ("^"), the whole ("=")."""
    keys = {word for word in words if not word.isdigit()}
    keys.add("^" + words[0])
    if len(words) > 1:
        keys.add("=" + " ".join("0" if word.isdigit() else word for word in words))
        keys.update(f"{one} {other}" for one, other in pairwise(words))
    return keys


def opening_keys(words: Sequence[str]) -> list[str]:
    """What is looked up of a block's beginning: its first three words, two, and one."""
    return [" ".join(words[:count]) for count in (3, 2, 1) if len(words) > count]


def name_words(container: Container) -> set[str]:
    """The words in an element's class names and id: "menu-item", "menuItem" and "menu_item" are menu and item."""
    return {
        part
        for name in (*container.classes, container.name)
        if len(name) <= _LONGEST_NAME
        for part in name_parts(name)
        if len(part) > 2 and not part.isdigit()
    }
