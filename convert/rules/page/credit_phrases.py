"""What the rules about whole-paragraph credits share: phrases of the language data that capture facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convert.credits import find_date, is_publisher
from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Document, Heading, Paragraph
from convert.notices import in_tail
from convert.phrases import PhraseList, captured, tokens
from convert.rules.page.credit_lines import described
from convert.walk import TOP, Span, plain
from convert.zones import head_end

_AROUND = 0.92
_BETWEEN = 0.4
_MAX_CHARACTERS = 300
"""Characters of the longest credit sentence; a longer paragraph says something else besides."""

Facts = Callable[[str, str, Language], tuple[Fact, ...] | None]


def phrase_edits(document: Document, phrases: Callable[[Language], PhraseList], facts: Facts) -> Iterator[Edit]:
    """An edit for each top-level paragraph that is one of the phrases from its first word to its last.

    `facts` turns a captured key and its words into facts; None says that the words are not what they must be.
    """
    spoken = language(document.meta.language)
    blocks = document.blocks
    head, tail = _first_section(document), in_tail(blocks, document.meta.authors, spoken)
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading):
            continue
        text = plain(block).strip()
        if len(text) > _MAX_CHARACTERS:
            continue
        found = text_facts(text, phrases(spoken), facts, spoken)
        if found is not None:
            is_around = index < head or index >= tail
            states = f"states {described(found)}" if found else "credits the source"
            reason = states if is_around else f"{states}, but inside the article"
            yield Edit(Span(TOP, index, index + 1), (), reason, _AROUND if is_around else _BETWEEN, found)


def _first_section(document: Document) -> int:
    """Where the head ends, or the first section starts; a heading above all else is the title, if that is not known."""
    blocks, start = document.blocks, 0 if document.meta.title else 1
    headings = (index for index, block in enumerate(blocks) if index >= start and isinstance(block, Heading))
    return min(head_end(blocks), next(headings, len(blocks)))


def text_facts(text: str, phrases: PhraseList, facts: Facts, spoken: Language) -> tuple[Fact, ...] | None:
    """The facts of a text that is one of the phrases as a whole; None where it is none."""
    found = tokens(text)
    for match in phrases.start(found):
        if match.stop != len(found):
            continue
        made = [facts(key, value, spoken) for key, value in captured(text, found, match).items()]
        if all(part is not None for part in made):
            return tuple(fact for part in made for fact in part or ())
    return None


def publisher_fact(key: str, value: str, spoken: Language) -> tuple[Fact, ...] | None:
    """The facts of a captured publisher, with or without a date; None where the words are no such name."""
    found = find_date(value, spoken)
    name, _, after = found.rest.partition("\n") if found else (value, "", "")
    dates = (Fact(Key.DATE, found.date),) if found else ()
    words = name.strip(" ,;:().").split()
    while words and _is_link(words[0], spoken):
        del words[0]  # "[on] Monday in the Quayside"
    while words and _is_link(words[-1], spoken):
        del words[-1]  # "Quayside on [3 March 2024]"
    name = " ".join(words).strip(" ,")
    if after.strip(" ,;:().") or (name and not is_publisher(name, spoken)):
        return None
    return (*((Fact(Key(key), name),) if name else ()), *dates) or None


def _is_link(word: str, spoken: Language) -> bool:
    return word in spoken.open_words or word.casefold().strip(".,") in spoken.weekdays
