"""The elements of a page as areas: what each holds, in all its blocks, and which of them is the core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from convert.content.lexicon import Lexicon
from convert.content.measures import Measured
from convert.model import Block, Container

CORE_SHARE = 0.7
"""The share of a page's running text that its core holds: the rest may be comments, teasers and notices."""


@dataclass(slots=True, eq=False)
class Area:
    """An element of the page and what it holds. Filled once, while the blocks are gone through."""

    around: Area | None
    container: Container | None
    depth: int
    names: float  # the evidence of its class names and id
    names_total: float  # with those of the elements around it
    is_footer: bool
    is_figure: bool
    alike: int = 1  # elements of the same tag and class names beside it, itself included
    words: int = 0
    chars: int = 0
    linked: int = 0
    long_words: int = 0
    blocks: int = 0

    @property
    def tag(self) -> str:
        return self.container.tag if self.container is not None else ""

    def link_share(self) -> float:
        return self.linked / self.chars if self.chars else 0.0


def areas_of(blocks: Sequence[Block], seen: Sequence[Measured], lexicon: Lexicon) -> list[Area]:
    """The area that each block stands in."""
    root = Area(None, None, 0, 0.0, 0.0, is_footer=False, is_figure=False)
    areas: dict[int, Area] = {}
    alike: Counter[tuple[int, str, tuple[str, ...]]] = Counter()
    weights: dict[tuple[tuple[str, ...], str], float] = {}  # of names; a page has few of them, often

    def area_of(container: Container | None) -> Area:
        if container is None:
            return root
        known = areas.get(id(container))
        if known is None:
            around = area_of(container.around)
            called = container.classes, container.name
            names = weights.get(called)
            if names is None:
                names = weights[called] = lexicon.of_names(container)
            is_footer = around.is_footer or container.tag == "footer" or container.role == "contentinfo"
            is_figure = around.is_figure or container.tag == "figure"
            total = around.names_total + names
            known = Area(around, container, around.depth + 1, names, total, is_footer, is_figure)
            alike[_signature(container)] += 1
            areas[id(container)] = known
        return known

    result = []
    for block, one in zip(blocks, seen, strict=True):
        area = area_of(block.within)
        result.append(area)
        words, chars, linked = len(one.words), len(one.text), one.linked
        long_words = words if one.is_long else 0
        step: Area | None = area
        while step is not None:
            step.words += words
            step.chars += chars
            step.linked += linked
            step.long_words += long_words
            step.blocks += 1
            step = step.around
    for area in areas.values():
        if area.container is not None:
            area.alike = alike[_signature(area.container)]
    return result


def _signature(container: Container) -> tuple[int, str, tuple[str, ...]]:
    return id(container.around), container.tag, container.classes


def line_of(area: Area) -> list[Area]:
    """An area and those around it, from the inside out."""
    line = []
    step: Area | None = area
    while step is not None:
        line.append(step)
        step = step.around
    return line


def core_of(areas: Sequence[Area]) -> Area:
    """The smallest area that holds most of the page's running text; of a page without any, the whole."""
    root = line_of(areas[0])[-1]
    enough = CORE_SHARE * root.long_words
    best = root
    for area in areas:
        step: Area | None = area
        while step is not None and step.long_words < enough:
            step = step.around
        if step is not None and step.blocks < best.blocks:
            best = step
    return best if root.long_words else root
