"""What the rules about credit lines share: each takes the paragraphs whose first line is of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from convert.credits import credit_facts
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Document, Heading, Paragraph
from convert.walk import TOP, Span, lines
from convert.zones import head_end

_IN_HEAD = 0.95
_UNDER_TITLE = 0.9


def credit_edits(document: Document, is_mine: Callable[[str, tuple[Fact, ...], Language], bool]) -> Iterator[Edit]:
    """An edit for each block of the head all of whose lines are credits, the first of them of this kind."""
    spoken = language(document.meta.language)
    end = head_end(document.blocks)
    for index, block in enumerate(document.blocks[:end]):
        if not isinstance(block, Paragraph | Heading):
            continue
        read = [(line, credit_facts(line, spoken)) for line in lines(block) if line.strip()]
        if not read or not all(found for _, found in read) or not is_mine(*read[0], spoken):
            continue
        facts = tuple(fact for _, found in read for fact in found)
        confidence = _UNDER_TITLE if isinstance(block, Heading) else _IN_HEAD
        yield Edit(
            Span(TOP, index, index + 1), (), f"states {described(facts)}, in the head of the page", confidence, facts
        )


def described(facts: Iterable[Fact]) -> str:
    """Facts as a reason names them: "the author Ann Lee, the date 2021-01-26"."""
    return ", ".join(f"the {_NAMES.get(fact.key, str(fact.key).replace('_', ' '))} {fact.value}" for fact in facts)


_NAMES = {Key.AUTHOR: "author", Key.RIGHTS: "copyright"}
