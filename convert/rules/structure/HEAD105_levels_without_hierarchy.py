"""Headings whose levels make no hierarchy.

What it does
    Looks whether the levels can be meant: whether the first heading is of the highest level, and no level is
    skipped on the way down. If so, they are only moved so that the highest is level 2, under the title. If not,
    the highlights of the article are siblings, and each gets level 2. The levels of a web page are its author's: there
    only what skips a level is moved up.

Why
    Programs that read a PDF guess levels from the size of letters. An article whose sections stand at levels
    4, 3, 1, 1, 4 has no parts and subparts; it has sections.

Example
    "#### One", "### Two", "# Three" all become level 2.

Known problems
    Levels that were guessed and happen to look like a hierarchy are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from convert.config import Config
from convert.edit import Edit
from convert.model import Document, Heading
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span

HIGHLIGHT_LEVEL = 2
"""The level of the article's sections: 1 is its title (WCAG 2.2, technique H42, and PDF/UA-1, 7.4.2)."""

_MAX_LEVEL = 6
_SIBLINGS = 0.9
_MOVED = 0.95


def check(document: Document, _config: Config) -> Iterator[Edit]:
    headings = [(index, block) for index, block in enumerate(document.blocks) if isinstance(block, Heading)]
    levels = [heading.level for _, heading in headings]
    if not levels:
        return
    ranks = {level: rank for rank, level in enumerate(sorted(set(levels)))}
    found = [ranks[level] for level in levels]
    is_page = all(heading.within is not None for _, heading in headings)
    meant = without_skips(found) if is_page else found if makes_hierarchy(found) else [0] * len(found)
    for (index, heading), rank in zip(headings, meant, strict=True):
        level = min(HIGHLIGHT_LEVEL + rank, _MAX_LEVEL)
        if level != heading.level:
            after = replace(heading, level=level)
            reason, confidence = _reason(levels, is_hierarchy=meant == found, is_page=is_page)
            yield Edit(Span(TOP, index, index + 1), (after,), reason, confidence)


def without_skips(ranks: Sequence[int]) -> list[int]:
    """Levels, counted from 0, by how deep each heading stands in others: none is skipped (WCAG 2.2, H42)."""
    meant: list[int] = []
    around: list[int] = []
    for rank in ranks:
        while around and around[-1] >= rank:
            around.pop()
        meant.append(len(around))
        around.append(rank)
    return meant


def makes_hierarchy(ranks: Sequence[int]) -> bool:
    """Whether levels, counted from 0 without gaps, can be those of parts and subparts."""
    return ranks[0] == 0 and all(after <= before + 1 for before, after in pairwise(ranks))


def _reason(levels: Sequence[int], *, is_hierarchy: bool, is_page: bool) -> tuple[str, float]:
    used = ", ".join(map(str, sorted(set(levels))))
    if is_hierarchy:
        return f"the levels in use ({used}) start at {HIGHLIGHT_LEVEL}, under the title, and skip none", _MOVED
    if is_page:
        return f"the page's levels ({used}) start at {HIGHLIGHT_LEVEL}, under the title, and none is skipped", _MOVED
    run = ", ".join(map(str, levels[:8])) + (" ..." if len(levels) > 8 else "")
    return f"the levels ({run}) make no hierarchy: the sections are siblings", _SIBLINGS


RULE = Rule("HEAD105", "levels-without-hierarchy", Phase.STRUCTURE, check, Safety.SAFE, ("HEAD103", "META101"))
