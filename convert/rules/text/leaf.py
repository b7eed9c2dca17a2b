"""What the rules about characters share: one change to the words of each paragraph and heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from convert.edit import Edit
from convert.model import Document
from convert.walk import leaves, map_text


def word_edits(
    document: Document, change: Callable[[str], str], reason: Callable[[str, str], str], confidence: float
) -> Iterator[Edit]:
    """An edit for each paragraph and heading whose words the change alters.

    `reason` is given the first run of words that differs, before and after.
    """
    for span, block in leaves(document):
        seen: list[tuple[str, str]] = []

        def changed(text: str, seen: list[tuple[str, str]] = seen) -> str:
            new = change(text)
            if new != text:
                seen.append((text, new))
            return new

        children = map_text(block.children, changed)
        if seen:
            yield Edit(span, (replace(block, children=children),), reason(*seen[0]), confidence)
