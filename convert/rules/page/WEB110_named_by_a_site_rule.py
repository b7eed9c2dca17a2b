"""A site rule says what of a web page is its article.

What it does
    Removes what the rule of the page's site drops, and, where the rule says what to keep, all that is outside of it.
    The reason names the file of the rule and the selector. Where a rule says what to keep, WEB101 does not weigh the
    page. What a rule asks for and cannot be done here, or finds no longer, is a finding.

Why
    No model knows a site as well as somebody who reads it. What a person has found out once about its pages holds for
    all of them, and is better written down as data than mended by hand in each article.

Example
    With the line `drop = [".newsletter"]` in the rule of its site a page loses its sign-up box, inside the article too.

Known problems
    It does what the rule says: a rule that is too wide removes words of the article. They are in the ledger, and can be
    put back by decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Blocks, Document
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span

SURE = 1.0
"""A rule is a person's word: what it says is done, whatever confidence is asked for."""


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    regions = _regions(blocks)
    for (_, reason), group in groupby(range(len(blocks)), key=lambda index: (regions[index], _reason(blocks[index]))):
        run = list(group)
        if reason:
            after = tuple(left for index in run for left in _left(blocks[index]))
            yield Edit(Span(TOP, run[0], run[-1] + 1), after, reason, SURE)
    if document.site_remarks:
        yield Edit(Span(TOP, 0, 0), None, "; ".join(document.site_remarks), SURE)


def _reason(block: Block) -> str:
    return block.site.reason if block.site else ""


def _left(block: Block) -> Blocks:
    return block.site.after if block.site else ()


def _regions(blocks: Blocks) -> list[int]:
    """For each block that goes the largest element around it in which nothing stays: what came together goes together,
    and can be put back so. One of which a part stays is on its own."""
    stays: set[int] = set()
    for block in blocks:
        if not _reason(block):
            stays.update(_line(block))
    result = []
    for index, block in enumerate(blocks):
        largest = -index - 1
        for step in () if _left(block) else _line(block):
            if step in stays:
                break
            largest = step
        result.append(largest)
    return result


def _line(block: Block) -> Iterator[int]:
    """The elements around a block, from the inside out, by their identity."""
    around = block.within
    while around is not None:
        yield id(around)
        around = around.around


RULE = Rule("WEB110", "named-by-a-site-rule", Phase.PAGE, check, Safety.UNSAFE, once=True)
