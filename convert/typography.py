"""Fine points of setting that CSS cannot ask WeasyPrint for."""

from __future__ import annotations

import re
from dataclasses import replace

from convert.exporters.xhtml import text_xhtml
from convert.model import Block, Blocks, Heading, Inlines, Paragraph, Styled, Text
from convert.walk import plain, sequences_of, with_sequences

NO_BREAK_SPACE = "\u00a0"

MAX_RUNT = 9
"""Letters of a last word that would look lost on a line of its own; a longer one fills an eighth of the measure."""

MIN_WORDS = 5
"""Words of a paragraph from which on binding its last two changes nothing else."""


def without_runts(blocks: Blocks) -> Blocks:
    """The blocks with the last two words of each paragraph and heading held together by a no-break space.

    Otherwise a short last word stands alone on the last line, which typographers call a runt (CSS Text 4 will have
    `text-wrap: pretty` for it).
    """
    return tuple(_bound_block(block) for block in blocks)


def _bound_block(block: Block) -> Block:
    if isinstance(block, Paragraph | Heading):
        text = plain(block).rstrip()
        is_short = len(text.rpartition(" ")[2]) <= MAX_RUNT and len(text.split()) >= MIN_WORDS
        return replace(block, children=_bound(block.children)) if is_short else block
    return with_sequences(block, [without_runts(sequence) for sequence in sequences_of(block)])


def held_together(text: str) -> str:
    """Words for a PDF: where a no-break space holds some together, an element does, and the space is a plain one.

    In most fonts both spaces are one glyph, and a PDF knows one character for it: a single no-break space would make
    all spaces no-break ones, and no search for two words would find them.
    """
    return _HELD.sub(
        lambda match: f'<span class="held">{match[0].replace(NO_BREAK_SPACE, " ")}</span>', text_xhtml(text)
    )


_HELD = re.compile("[^ \t\n\u00a0<>]+(?:\u00a0+[^ \t\n\u00a0<>]+)+")


def bound(text: str) -> str:
    """A text with its last two words held together."""
    words, space, last = text.rstrip().rpartition(" ")
    return f"{words}{NO_BREAK_SPACE}{last}" if space else last


def _bound(children: Inlines) -> Inlines:
    """The nodes with their last space made a no-break one, if it stands in the last of them."""
    *before, last = children
    match last:
        case Text(text) if " " in text.rstrip():
            last = Text(bound(text))
        case Styled() if last.children:
            last = replace(last, children=_bound(last.children))
    return (*before, last)
