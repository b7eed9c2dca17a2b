"""A block of a web page is not part of its article.

What it does
    Removes menus, teasers, share bars, sign-up boxes, comments and all else of a web page that is not the article. Each
    block is weighed by what it is and what stands around it: its links, its wording, the names of its elements, the
    running text near it, its place on the page, the text that the page's structured data gives. A learned model adds up
    this evidence; no single sign decides. Blocks that stand in one element go in one edit.

Why
    Half of the words of a web page are not the article. Tools that go by the names of elements alone lose headings
    and whole sections; those that go by the density of the text alone lose lists, and keep newsletter boxes.

Example
    A list of links called "Related stories" under the last paragraph goes; a heading of the article stays, though its
    class is called "menu-item".

Known problems
    The model has seen English pages mostly; of others it goes by structure. Comments that are written like articles may
    stay, and a list of links that is the article itself may go. What stays in doubt is in the ledger as declined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from convert.config import Config
from convert.content.areas import Area, line_of
from convert.content.model import Model, load_model
from convert.content.verdict import Verdict, evidence_of, verdict_of
from convert.edit import Edit
from convert.model import Blocks, Break, BreakKind, Document
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span

DOUBTFUL = 0.4
"""The confidence from which a block that stays is shown as doubtful: of every ten such blocks about four are not of the
article."""


def check(document: Document, config: Config) -> Iterator[Edit]:
    if all(block.within is None for block in document.blocks):
        return
    model = load_model(config.content_model)
    for start, stop in _pages(document.blocks):
        part = replace(document, blocks=document.blocks[start:stop])
        if _is_settled(part.blocks, config):
            continue
        for edit in _edits(verdict_of(part, model), model):
            target = Span(TOP, edit.target.start + start, edit.target.stop + start)
            yield replace(edit, target=target)


def _is_settled(blocks: Blocks, config: Config) -> bool:
    """Whether a site rule says what of a page is the article, and is heard."""
    return "WEB110" not in config.ignore and any(block.site and block.site.is_settled for block in blocks)


def _pages(blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Where each page of an article on several pages starts and stops: what is around the article is on each."""
    breaks = [i for i, block in enumerate(blocks) if isinstance(block, Break) and block.kind is BreakKind.PAGE]
    for start, stop in pairwise((-1, *breaks, len(blocks))):
        yield start + 1, stop


def _edits(verdict: Verdict, model: Model) -> Iterator[Edit]:
    regions = _regions(verdict)
    indexes = range(len(verdict.chances))
    for (kind, _), group in groupby(indexes, key=lambda index: (_kind(verdict, index), regions[index])):
        if kind == _STAYS:
            continue
        run = list(group)
        worded = [index for index in run if verdict.view.blocks[index].words] or run
        longest = max(worded, key=lambda index: len(verdict.view.blocks[index].words))
        confidence = min(verdict.confidence(index) for index in worded)
        reason = f"is not of the article: {evidence_of(verdict, longest, model)}"
        yield Edit(Span(TOP, run[0], run[-1] + 1), (), reason, confidence)


_GOES, _DOUBTFUL, _STAYS = range(3)


def _kind(verdict: Verdict, index: int) -> int:
    if not verdict.stays(index):
        return _GOES
    is_worded = bool(verdict.view.blocks[index].words)
    return _DOUBTFUL if is_worded and verdict.confidence(index) >= DOUBTFUL else _STAYS


def _regions(verdict: Verdict) -> list[int]:
    """For each block the largest element around it in which nothing stays: what goes together came together."""
    keeps: set[int] = set()
    for index, area in enumerate(verdict.view.areas):
        if verdict.stays(index):
            keeps.update(map(id, line_of(area)))
    return [_largest_without(area, keeps) for area in verdict.view.areas]


def _largest_without(area: Area, keeps: set[int]) -> int:
    largest = area
    for step in line_of(area):
        if id(step) in keeps:
            break
        largest = step
    return id(largest)


RULE = Rule("WEB101", "block-outside-the-article", Phase.PAGE, check, Safety.UNSAFE, runs_after=("WEB110",), once=True)
