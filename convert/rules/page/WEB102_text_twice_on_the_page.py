"""A web page has a piece of the article's text a second time.

What it does
    Removes the second copy: a quotation that the page draws out of its own text (a pull quote), and a block that it
    holds twice, for small screens and for large ones. The classes of the elements tell ("pull-quote", "desktop-only"),
    and the words: those of a pull quote stand whole in a paragraph near it; a copy has every word of the first.

Why
    On the screen a pull quote is an ornament, and one of the two copies is hidden by the style sheet. In an edition the
    reader meets the same sentence twice.

Example
    An <aside class="pullquote"> says “She knew the way”, and so does the captain, one paragraph below. The aside goes.

Known problems
    A pull quote that the page has shortened or worded anew stays. So does a sentence that a plain block quote repeats,
    where it is short, or where the text announces it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from convert.config import Config
from convert.edit import Edit
from convert.model import (
    Block,
    Blocks,
    Container,
    Document,
    Figure,
    Heading,
    LineBreak,
    List,
    Paragraph,
    Quote,
    Table,
)
from convert.name_parts import name_parts
from convert.rule import Phase, Rule, Safety
from convert.walk import TOP, Span, inlines_below, plain
from convert.words import words

_NEAR = 15
"""Blocks between a pull quote and its paragraph at most: pages put it beside its own part of the text."""

_MIN_DRAWN_OUT = 3
"""Words of what is called a pull quote at least; of a quotation that is not called so, `_MIN_UNCALLED`."""
_MIN_UNCALLED = 8

_MIN_COPY = 20
"""Words of a paragraph at least that nobody writes twice, word for word, in one article."""
_MIN_RUN = 30
"""Words of several blocks in a row that come again in their order."""

_BESIDE = 4
"""Blocks between a short block and its copy for another screen at most: "Pros" may be said of two things."""

_SURE, _LIKELY, _DOUBTFUL = 0.92, 0.75, 0.5
"""Where a class says it; where the words alone do; where an author may have wished it."""

_MAX_CLASSES = 4096
"""Class attributes whose words are remembered: a page has hundreds, each on many elements."""

_MAX_STEPS = 4
"""Elements around a block whose names are asked; pages put three around a pull quote."""


@dataclass(frozen=True, slots=True)
class _Names:
    screens: frozenset[str]
    screen_classes: re.Pattern[str]
    drawn_out: re.Pattern[str]
    beside: frozenset[str]


@cache
def _names() -> _Names:
    data = tomllib.loads((files("convert") / "data" / "copies.toml").read_text(encoding="utf-8"))
    drawn_out = "|".join(map(re.escape, data["drawn_out"]))
    screen_classes = re.compile("|".join(data["screen_classes"]), re.IGNORECASE)
    return _Names(
        frozenset(data["screens"]), screen_classes, re.compile(rf"\b(?:{drawn_out})\b"), frozenset(data["beside"])
    )


def check(document: Document, _config: Config) -> Iterator[Edit]:
    blocks = document.blocks
    if all(block.within is None for block in blocks):
        return
    texts = [" ".join(words(plain(block))) for block in blocks]
    gone: set[int] = set()
    for edit in (*_copies(blocks, texts), *_drawn_out(blocks, texts)):
        own = set(range(edit.target.start, edit.target.stop))
        if not own & gone:
            gone |= own
            yield edit


# -- copies ----------------------------------------------------------------------------------------------------


def _copies(blocks: Blocks, texts: Sequence[str]) -> Iterator[Edit]:
    firsts: dict[tuple[type[Block], str], int] = {}
    index = 0
    while index < len(blocks):
        key = _key(blocks[index], texts[index])
        first = firsts.get(key) if key is not None else None
        if first is None:
            if key is not None:
                firsts[key] = index
            index += 1
            continue
        length = _length_of_run(blocks, texts, first, index)
        confidence = _confidence_of_copy(blocks, texts, first, index, length)
        if confidence:
            reason = f"has the same words as what stands at {_place(blocks[first])}"
            yield Edit(Span(TOP, index, index + length), (), reason, confidence)
        index += length


def _key(block: Block, text: str) -> tuple[type[Block], str] | None:
    if isinstance(block, Figure):
        return Figure, f"{block.image.url} {text}"
    return (type(block), text) if text else None


def _length_of_run(blocks: Blocks, texts: Sequence[str], first: int, second: int) -> int:
    """How many blocks from `second` on are those from `first` on, which end where the copy starts."""
    length = 1
    while (
        first + length < second
        and second + length < len(blocks)
        and _key(blocks[first + length], texts[first + length]) is not None
        and _key(blocks[first + length], texts[first + length]) == _key(blocks[second + length], texts[second + length])
    ):
        length += 1
    return length


def _confidence_of_copy(blocks: Blocks, texts: Sequence[str], first: int, second: int, length: int) -> float:
    """How sure it is that blocks are a copy, and not a refrain; 0 where nothing speaks for it."""
    run = range(second, second + length)
    number = sum(len(texts[index].split()) for index in run)
    if _is_for_screens(blocks[first], blocks[second]) and (number >= _MIN_UNCALLED or second - first <= _BESIDE):
        return _SURE
    if any(_is_verse(blocks[index]) for index in run):
        return 0
    if length > 1 and number >= _MIN_RUN:
        return _LIKELY
    if length == 1 and number >= _MIN_COPY and isinstance(blocks[second], Paragraph | List | Table):
        return _LIKELY if second - first <= _NEAR else _DOUBTFUL
    return 0


def _is_verse(block: Block) -> bool:
    return isinstance(block, Quote) or any(isinstance(node, LineBreak) for node in inlines_below((block,)))


def _is_for_screens(one: Block, other: Block) -> bool:
    """Whether both stand in elements for some screens only, not in the same one."""
    shared = {id(step) for step in _line(one)} & {id(step) for step in _line(other)}
    return all(
        any(_is_for_some_screens(step) for step in _line(block) if id(step) not in shared) for block in (one, other)
    )


def _is_for_some_screens(container: Container) -> bool:
    names = _names()
    return not names.screens.isdisjoint(_class_words(container.classes)) or any(
        names.screen_classes.fullmatch(name) for name in container.classes
    )


# -- pull quotes -----------------------------------------------------------------------------------------------


def _drawn_out(blocks: Blocks, texts: Sequence[str]) -> Iterator[Edit]:
    for index, block in enumerate(blocks):
        if not isinstance(block, Quote | Paragraph | Heading) or not texts[index]:
            continue
        is_called, may_be = _is_called_drawn_out(block), isinstance(block, Quote) or _is_beside(block)
        if not is_called and not may_be:
            continue
        least = _MIN_DRAWN_OUT if is_called else _MIN_UNCALLED
        said = [text for text in _said(block, texts[index]) if len(text.split()) >= least]
        found = _holder(blocks, texts, index, said)
        if found is None:
            continue
        announced = index > 0 and plain(blocks[index - 1]).rstrip().endswith(":")
        reason = f"is drawn out of the paragraph at {_place(blocks[found])}, which has the same words"
        confidence = _SURE if is_called else _DOUBTFUL if announced else _LIKELY
        yield Edit(Span(TOP, index, index + 1), (), reason, confidence)


def _said(block: Block, text: str) -> Iterator[str]:
    """The words that a paragraph near it would have: all, or those before the name of who said them."""
    yield text
    shown = plain(block)
    for part in (shown.rpartition(mark)[0] for mark in ("—", "–", " - ", "\n")):
        if part and len(words(shown)) - len(words(part)) <= _MAX_NAME:
            yield " ".join(words(part))


_MAX_NAME = 8
"""Words of the name under a pull quote: "Ida Moss, engineer of the Port Anselm barrier"."""


def _holder(blocks: Blocks, texts: Sequence[str], index: int, said: Sequence[str]) -> int | None:
    """The paragraph near a quotation that has its words, and more."""
    near = range(max(0, index - _NEAR), min(len(blocks), index + _NEAR + 1))
    for other in sorted(near, key=lambda one: abs(one - index)):
        block = blocks[other]
        if other == index or not isinstance(block, Paragraph | List) or _is_called_drawn_out(block):
            continue
        text = f" {texts[other]} "
        if any(f" {words_} " in text and len(words_) < len(texts[other]) for words_ in said):
            return other
    return None


def _is_called_drawn_out(block: Block) -> bool:
    return any(_says_drawn_out(step.classes) for step in _line(block) if step.classes)


@lru_cache(_MAX_CLASSES)
def _says_drawn_out(classes: tuple[str, ...]) -> bool:
    return _names().drawn_out.search(" ".join(_class_words(classes))) is not None


def _is_beside(block: Block) -> bool:
    """Whether a block stands in an element beside the text, or in one that often holds a quotation."""
    return any(step.tag == "aside" or _says_beside(step.classes) for step in _line(block) if step.tag not in _LARGE)


@lru_cache(_MAX_CLASSES)
def _says_beside(classes: tuple[str, ...]) -> bool:
    return not _names().beside.isdisjoint(_class_words(classes))


_LARGE = frozenset({"article", "main", "body", "section"})


# -- the elements around ---------------------------------------------------------------------------------------


def _line(block: Block) -> Iterator[Container]:
    """The elements around a block, the nearest first, up to those that hold the article."""
    step = block.within
    for _ in range(_MAX_STEPS):
        if step is None or step.tag in ("article", "main", "body"):
            return
        yield step
        step = step.around


def _class_words(classes: Iterable[str]) -> list[str]:
    """The words of an element's classes: "pullQuote--wide" is "pull quote wide"."""
    return [part for name in classes for part in name_parts(name)]


def _place(block: Block) -> str:
    return block.origin.place or "another place of the page"


RULE = Rule("WEB102", "text-twice-on-the-page", Phase.PAGE, check, Safety.UNSAFE, runs_after=("WEB101",), once=True)
