"""A heading with no text under it.

What it does
    Reports it.

Why
    The section's text is missing, or the heading is the first half of one that was cut, or no heading.

Example
    "## One" right over "## Two".

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Document, Heading, Paragraph, Role
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, plain

_CONFIDENCE = 0.9


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading) and _is_empty(block, following):
            yield Edit(
                Span(TOP, index, index + 1), None, f"nothing stands under the heading “{plain(block)}”", _CONFIDENCE
            )


def _is_empty(heading: Heading, following: Block | None) -> bool:
    if isinstance(following, Heading):
        return following.level <= heading.level
    return following is None or (isinstance(following, Paragraph) and following.role is Role.ABOUT)


RULE = Rule("CHK103", "heading-without-text", Phase.CHECK, check, Safety.SAFE, ("HEAD105",))
