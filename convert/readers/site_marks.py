"""Marks the blocks of a page with what the rule of its site says of them.

The rule names elements; a block is told to be in one by its place. Of a block that holds a dropped element (a link in a
paragraph, an item of a list) what is left is made by a second walk over the page that passes those elements over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from convert.model import Block, Blocks, Paragraph, SiteMark
from convert.readers.html_elements import CODE, STYLES
from convert.sites.reading import Said
from convert.sites.rule import Selector
from convert.walk import plain

_IN_TEXT = frozenset({"a", "span", "font", "label", *STYLES, *CODE})
"""Elements that a paragraph holds; of others a paragraph at the same place stands beside them."""

_ROOT = ("/html[1]", "/html[1]/body[1]")

Without = Callable[[Collection[int]], Blocks]
"""Gives the blocks of a page without some elements, by their numbers."""


def marked(blocks: Blocks, said: Said, places: Mapping[int, str], without: Without) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks with their marks, and what a person should know of the rule: what it could not find or do.

    `places` says where the named elements stand, as far as a reader of the page sees them.
    """
    name = said.rule.name
    keeper, kept = _kept(blocks, said, places)
    dropped: dict[str, tuple[str, int]] = {}  # by place: the reason, and the number
    held: list[str] = []
    for selector, numbers in said.dropped:
        for number in numbers:
            place = places.get(number, "")
            if place in _ROOT or (place and kept is not None and kept.is_around(place)):
                held.append(selector.said)
            elif place:
                dropped.setdefault(place, (f"{name}, {selector.said}", number))
    remarks = []
    if keeper is None and said.kept:
        tried = ", ".join(selector.said for selector, _ in said.kept)
        remarks.append(f"{tried}: finds nothing on this page; the site may have changed")
    if held:
        remarks.append(f"{', '.join(dict.fromkeys(held))}: would drop the article itself, and was passed over")
    if said.rule.passed_over:
        remarks.append(f"not done here: {', '.join(said.rule.passed_over)}")
    outside = f"outside what the site rule keeps: {name}, {keeper.said}" if keeper else ""
    marks = _Marks(kept, outside, dropped)
    result = marks.on(blocks, without)
    return result, (f"{name}: {'; '.join(remarks)}",) if remarks else ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """The places of what holds the article, and of all that is around those."""

    places: frozenset[str]
    around: frozenset[str]
    around_words: frozenset[str]  # around those that stand in a paragraph

    @classmethod
    def of(cls, places: Collection[str]) -> _Kept:
        words = [place for place in places if place.rpartition("/")[2].partition("[")[0] in _IN_TEXT]
        return cls(
            frozenset(places),
            frozenset(step for place in places for step in _line(place)),
            frozenset(step for place in words for step in _line(place)[1:]),
        )

    def is_around(self, place: str) -> bool:
        return place in self.around

    def holds(self, block: Block) -> bool:
        place = block.origin.place
        inner = self.around_words if isinstance(block, Paragraph) else self.around
        return place in inner or not self.places.isdisjoint(_line(place))


def _line(place: str) -> list[str]:
    """A place and all places around it, from the inside out."""
    steps = place.split("/")
    return ["/".join(steps[:end]) for end in range(len(steps), 1, -1)]


def _kept(blocks: Blocks, said: Said, places: Mapping[int, str]) -> tuple[Selector | None, _Kept | None]:
    """The first selector that finds an element which holds a block."""
    for selector, numbers in said.kept:
        kept = _Kept.of([places[number] for number in numbers if number in places])
        if kept.places and any(kept.holds(block) for block in blocks):
            return selector, kept
    return None, None


@dataclass(frozen=True, slots=True)
class _Marks:
    kept: _Kept | None
    outside: str  # the reason of what is not kept
    dropped: Mapping[str, tuple[str, int]]

    def on(self, blocks: Blocks, without: Without) -> Blocks:
        goes = [self._reason(block) for block in blocks]
        used = {place for block in blocks for place in _line(block.origin.place) if place in self.dropped}
        left = self._left(blocks, goes, used, without)
        is_settled = self.kept is not None
        result = []
        for index, (block, reason) in enumerate(zip(blocks, goes, strict=True)):
            if reason:
                mark = SiteMark(is_settled, reason)
            elif index in left:
                mark = left[index]
            elif is_settled:
                mark = SiteMark(is_settled)
            else:
                result.append(block)
                continue
            result.append(replace(block, site=mark))
        return tuple(result)

    def _reason(self, block: Block) -> str:
        for place in reversed(_line(block.origin.place)):
            if place in self.dropped:
                return self.dropped[place][0]
        return "" if self.kept is None or not block.origin.place or self.kept.holds(block) else self.outside

    def _left(
        self, blocks: Blocks, goes: Sequence[str], used: Collection[str], without: Without
    ) -> dict[int, SiteMark]:
        """What is left of each block that stays and holds dropped elements, by its number."""
        inner: dict[str, list[str]] = {}  # of the place of a block, those of the dropped elements in it
        staying = {block.origin.place for block, reason in zip(blocks, goes, strict=True) if not reason}
        for place in self.dropped:
            around = next((step for step in _line(place)[1:] if step in staying), None)
            if around is not None:
                inner.setdefault(around, []).append(place)
        if not inner:
            return {}
        numbers = {self.dropped[place][1] for found in inner.values() for place in found}
        again = _by_place(without(numbers))
        here = {place for place, _ in _indexed(blocks)}
        result: dict[int, SiteMark] = {}
        for place, group in _grouped(blocks).items():
            if place not in inner:
                continue
            parts = [one for one in inner[place] if one not in used] or inner[place]  # others hold whole blocks
            reason = "; ".join(dict.fromkeys(self.dropped[one][0] for one in parts))
            others = again.get(place, [])
            if not others:  # a list whose items are no list without it
                loose = [block for other, found in again.items() if other not in here for block in found]
                others = [block for block in loose if block.origin.place.startswith(f"{place}/")]
            for index, after in zip(group, _aligned([blocks[i] for i in group], others), strict=True):
                block = blocks[index]
                if after != (block,):
                    mark = SiteMark(self.kept is not None)
                    made = tuple(replace(one, within=block.within, site=mark) for one in after)
                    result[index] = SiteMark(mark.is_settled, reason, made)
        return result


def _indexed(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    return ((block.origin.place, index) for index, block in enumerate(blocks))


def _grouped(blocks: Sequence[Block]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for place, index in _indexed(blocks):
        groups.setdefault(place, []).append(index)
    return groups


def _by_place(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    return {place: [blocks[index] for index in group] for place, group in _grouped(blocks).items()}


def _aligned(before: Sequence[Block], after: Sequence[Block]) -> list[Blocks]:
    """For each block of a place what became of it."""
    if len(before) == len(after):
        return [(block,) for block in after]
    result: list[Blocks] = [()] * len(before)
    matcher = SequenceMatcher(None, [plain(one) for one in before], [plain(one) for one in after], autojunk=False)
    for _, start, stop, first, end in matcher.get_opcodes():
        for number, one in enumerate(after[first:end]):
            index = min(start + number, max(stop - 1, 0))
            result[index] = (*result[index], one)
    return result
