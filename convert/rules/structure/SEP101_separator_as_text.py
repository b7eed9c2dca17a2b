"""A row of stars or the like that stands as text.

What it does
    Makes it a thematic break, which each edition sets in its own way.

Why
    Escaped stars are read out as "asterisk, asterisk, asterisk" and mean a break.

Example
    "\\\\*\\\\*\\\\*" becomes a break.

Known problems
    None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Break, Document, Heading, Image, Paragraph
from convert.notices import is_separator
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, inlines_in, plain, sequences

_CONFIDENCE = 0.93


def check(document: Document, _config: Config) -> Iterator[Edit]:
    for path, blocks in sequences(document):
        if len(blocks) == 1 and path != TOP:
            continue  # all that a cell or an item says: there it means "none"
        for index, block in enumerate(blocks):
            if not isinstance(block, Paragraph | Heading) or not is_separator(plain(block)):
                continue
            if any(isinstance(node, Image) for node in inlines_in(block.children)):
                continue
            mark = plain(block).strip()
            yield Edit(
                Span(path, index, index + 1),
                (Break(mark=mark, origin=block.origin),),
                f"“{mark}” says nothing and parts the text",
                _CONFIDENCE,
            )


RULE = Rule("SEP101", "separator-as-text", Phase.STRUCTURE, check, Safety.SAFE, ("JOIN101",))
