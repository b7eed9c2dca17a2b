"""Each block of a page with what stands around it, as the model sees it: one row of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from convert.content.areas import Area, areas_of, core_of, line_of
from convert.content.lexicon import Lexicon
from convert.content.measures import HEADING, Measured, measured
from convert.model import Block, Document, Heading
from convert.words import alike

FEATURES = (
    # the block itself
    *("kind", "level", "tag", "words", "chars", "link_share", "commas", "end", "starts_upper", "wording"),
    *("styled", "opening"),
    # the elements around it: `apart` is what is not around the core as well
    *("low_apart", "high_apart", "names_apart", "own_names", "depth", "footer", "figure"),
    # the element around its own (1), and the next that hold more (2, 3)
    *("words_1", "links_1", "long_1", "blocks_1", "alike_1", "words_2", "links_2", "long_2", "links_3", "long_3"),
    # the core of the page
    *("from_core", "share_of_page"),
    # where it stands, in shares of the page's words and of its running text; distances are in blocks
    *("place", "words_before", "words_after", "long_before", "long_after", "after_title", "to_long_after"),
    # its neighbours
    *("wording_before", "wording_after", "names_before", "names_after"),
    # the section that the last heading opens
    *("section_words", "section_links", "section_heading", "section_wording", "section_blocks"),
    # repetition, structured data, and the page as a whole
    *("twins", "is_twin", "in_body_text", "page_words", "page_long"),
)
"""The names of the numbers in a row, in order."""

FAR = 99
"""The distance to something that is not there."""

_TAG_GROUPS = (
    *("p", "li", "div span", "td th", "section", "article", "ul", "ol", "button", "label", "blockquote", "header"),
    *("footer", "aside", "main", "body"),
)

_TAGS: Mapping[str, int] = {tag: number for number, tags in enumerate(_TAG_GROUPS, start=1) for tag in tags.split()}

_ENDS: Mapping[str, int] = {
    mark: number for number, marks in enumerate(('.!”"', "?", ":", ",;", "…", ")", "›»→"), start=1) for mark in marks
}
"""How a block ends: with a sentence, a question, a colon, in the middle, ..."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as the model sees it: for each block what was counted, where it stands, and its row."""

    blocks: tuple[Measured, ...]
    areas: tuple[Area, ...]
    core_line: frozenset[int]  # the ids of the core and of the areas around it
    rows: tuple[tuple[float, ...], ...]


def view_of(document: Document, lexicon: Lexicon) -> View:
    """The page of a document whose blocks know their containers."""
    blocks = tuple(map(measured, document.blocks))
    if not blocks:
        return View((), (), frozenset(), ())
    areas = tuple(areas_of(document.blocks, blocks, lexicon))
    core = core_of(areas)
    core_line = frozenset(map(id, line_of(core)))
    return View(blocks, areas, core_line, tuple(_rows(document, blocks, areas, core, core_line, lexicon)))


def _rows(
    document: Document,
    blocks: Sequence[Measured],
    areas: Sequence[Area],
    core: Area,
    core_line: Collection[int],
    lexicon: Lexicon,
) -> list[tuple[float, ...]]:
    count = len(blocks)
    counts = [len(block.words) for block in blocks]
    longs = [number if block.is_long else 0 for number, block in zip(counts, blocks, strict=True)]
    all_words, all_long = sum(counts) or 1, sum(longs) or 1
    words_before = [0, *accumulate(counts)]
    long_before = [0, *accumulate(longs)]
    wording = [0.0, *(lexicon.of_words(block.words) for block in blocks), 0.0]
    names = [0.0, *(area.names_total for area in areas), 0.0]
    texts = [" ".join(block.words) for block in blocks]
    twins = Counter(texts)
    known: set[str] = set()
    title_at = _title_place(blocks, texts, _said(document, "title"))
    body = _triples(max(_said(document, "text"), key=len, default="").split())
    next_long = _distance_to_long(blocks)
    sections = _sections(blocks, wording[1:])
    around: dict[int, tuple[float, ...]] = {}
    rows = []
    for i, (block, area) in enumerate(zip(blocks, areas, strict=True)):
        if id(area) not in around:
            around[id(area)] = _around(area, core_line, core, all_long)
        text, key, number = block.text, texts[i], counts[i]
        rows.append(
            (
                *(block.kind, _level(document.blocks[i]), _TAGS.get(area.tag, 0), number, len(text) or 1),
                *(block.link_share, text.count(","), _ENDS.get(text[-1:], 0), text[:1].isupper(), wording[i + 1]),
                *(block.styled, lexicon.of_opening(block.words)),
                *around[id(area)],
                number / all_words,
                *(i / count, words_before[i] / all_words, 1 - words_before[i + 1] / all_words),
                *(long_before[i] / all_long, 1 - long_before[i + 1] / all_long),
                *(i - title_at if title_at >= 0 else -FAR, next_long[i]),
                *(wording[i], wording[i + 2], names[i], names[i + 2]),
                *sections[i],
                *(twins[key] if number else 0, number > 2 and key in known),
                _covered(block.words, body) if body else -1.0,
                *(all_words, all_long),
            )
        )
        known.add(key)
    return rows


def _said(document: Document, field: str) -> set[str]:
    return {words for claim in document.claims if claim.field == field and (words := alike(claim.value))}


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 0


def _around(area: Area, core_line: Collection[int], core: Area, all_long: int) -> tuple[float, ...]:
    """What the elements around a block say of it."""
    low = high = total = 0.0
    step = area
    while id(step) not in core_line and step.around is not None:
        low, high, total = min(low, step.names), max(high, step.names), total + step.names
        step = step.around
    one = area.around or area
    two = _larger(one)
    three = _larger(two)
    return (
        *(low, high, total, area.names, area.depth - core.depth, area.is_footer, area.is_figure),
        *(one.words, one.link_share(), one.long_words / all_long, one.blocks, one.alike),
        *(two.words, two.link_share(), two.long_words / all_long, three.link_share(), three.long_words / all_long),
        core.depth - step.depth,
    )


def _larger(area: Area) -> Area:
    """The nearest area around one that holds more."""
    step = area
    while step.around is not None and step.blocks <= area.blocks:
        step = step.around
    return step


def _distance_to_long(blocks: Sequence[Measured]) -> list[int]:
    """How many blocks after each the next running text stands."""
    distances = []
    distance = FAR
    for block in reversed(blocks):
        distances.append(distance)
        distance = 1 if block.is_long else min(FAR, distance + 1)
    return distances[::-1]


def _sections(blocks: Sequence[Measured], wording: Sequence[float]) -> list[tuple[float, ...]]:
    """Of the section that each block stands in: words, share of links, blocks since its heading, the heading's
    wording, number of blocks."""
    starts = [index for index, block in enumerate(blocks) if block.kind == HEADING]
    made: list[tuple[float, ...]] = []
    for start, stop in pairwise((0, *(index for index in starts if index), len(blocks))):
        has_heading = blocks[start].kind == HEADING
        inner = blocks[start + has_heading : stop]
        words, chars = sum(len(block.words) for block in inner), sum(len(block.text) for block in inner)
        links = sum(block.linked for block in inner) / chars if chars else -1.0
        said = wording[start] if has_heading else 0.0
        made.extend((words, links, index - start, said, stop - start) for index in range(start, stop))
    return made


def _title_place(blocks: Sequence[Measured], texts: Sequence[str], titles: set[str]) -> int:
    """Which block is the title: the heading that the page calls so, else the first heading; -1 for none."""
    headings = [index for index, block in enumerate(blocks) if block.kind == HEADING and block.words]
    return next((index for index in headings if texts[index] in titles), headings[0] if headings else -1)


_Triples = frozenset[tuple[str, str, str]]


def _triples(words: Sequence[str]) -> _Triples:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _covered(words: Sequence[str], triples: _Triples) -> float:
    """Which share of a block's words stands in the text that the page's structured data gives (articleBody)."""
    own = list(zip(words, words[1:], words[2:], strict=False))
    return sum(map(triples.__contains__, own)) / len(own) if own else -0.5
