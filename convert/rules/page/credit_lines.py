"""What the rules about credit lines share: each takes the paragraphs whose first line is of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from convert.credits import credit_facts
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Document, Figure, Heading, Paragraph, Table
from convert.notices import in_tail, states_theme
from convert.walk import TOP, Span, lines, plain
from convert.words import alike
from convert.zones import head_end

_IN_HEAD = 0.95
_UNDER_TITLE = 0.9
_IN_TAIL = 0.9

IsMine = Callable[[str, tuple[Fact, ...], Language], bool]


def credit_edits(document: Document, is_mine: IsMine) -> Iterator[Edit]:
    """An edit for each block of the head all of whose lines are credits, the first of them of this kind."""
    spoken = language(document.meta.language)
    blocks = document.blocks
    end = head_end(blocks)
    headings = [block for block in blocks[end:] if isinstance(block, Heading)]
    are_dated = any(credit_facts(plain(heading), spoken) for heading in headings)
    publisher, date = document.meta.publisher, document.meta.date
    for index, block in enumerate(blocks[:end]):
        if not isinstance(block, Paragraph | Heading) or (index and isinstance(blocks[index - 1], Table | Figure)):
            continue  # under a table or a figure stands where that is from
        if isinstance(block, Heading) and are_dated:
            continue  # a diary: its headings are places and dates
        read = _read(block, spoken)
        if not read or not is_mine(*read[0], spoken):
            continue
        facts: tuple[Fact, ...] = ()
        for line, found in read:
            facts += _settled(line, found, publisher, date)
            publisher, date = publisher or _value(facts, Key.PUBLISHER), date or _value(facts, Key.DATE)
        if len(facts) < sum(len(found) for _, found in read):
            continue  # what has no place in the metadata stays in the text
        confidence = _UNDER_TITLE if isinstance(block, Heading) else _IN_HEAD
        yield Edit(
            Span(TOP, index, index + 1), (), f"states {described(facts)}, in the head of the page", confidence, facts
        )


def _settled(line: str, facts: tuple[Fact, ...], publisher: str, date: str) -> tuple[Fact, ...]:
    """The facts of a line, those of a second publisher as the original one's where the line states no later date.

    A republisher's page has both: "Harbour Post, 9 March 2023" over "Quayside 8 March 2023". A comma after the
    second name would make it a place. None where it is neither.
    """
    own = _value(facts, Key.PUBLISHER)
    if not own or not publisher or alike(own) in alike(publisher) or alike(publisher) in alike(own):
        return facts
    own_date = _value(facts, Key.DATE)
    if not own_date or own_date > date or "," in line.partition(own)[2][:2]:
        return ()
    return tuple(Fact(Key.ORIGINAL_PUBLISHER, own) if fact.key is Key.PUBLISHER else fact for fact in facts)


def _value(facts: tuple[Fact, ...], key: Key) -> str:
    return next((fact.value for fact in facts if fact.key is key), "")


def _read(block: Paragraph | Heading, spoken: Language) -> list[tuple[str, tuple[Fact, ...]]]:
    """The lines of a block with the facts of each, or the block as one line; empty where any part is no credit."""
    for found in (lines(block), [plain(block)]):
        read = [(line, credit_facts(line, spoken)) for line in found if line.strip()]
        if all(facts for _, facts in read):
            return read
    return []


def theme_edits(document: Document) -> Iterator[Edit]:
    """An edit for each line after the article that states what it is filed under."""
    spoken = language(document.meta.language)
    blocks = document.blocks
    for index in range(in_tail(blocks, document.meta.authors, spoken), len(blocks)):
        block = blocks[index]
        facts = states_theme(plain(block), spoken) if isinstance(block, Paragraph) else ()
        if facts:
            reason = f"states {described(facts)}, among the notices after the article"
            yield Edit(Span(TOP, index, index + 1), (), reason, _IN_TAIL, facts)


def described(facts: Iterable[Fact]) -> str:
    """Facts as a reason names them: "the author Ann Lee, the date 2021-01-26"."""
    return ", ".join(f"the {_NAMES.get(fact.key, str(fact.key).replace('_', ' '))} {fact.value}" for fact in facts)


_NAMES = {Key.AUTHOR: "author", Key.RIGHTS: "copyright"}
