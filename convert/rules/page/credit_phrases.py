"""What the rules about whole-paragraph credits share: phrases of the language data that capture facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convert.edit import Edit
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Document, Heading, Paragraph
from convert.phrases import PhraseList, captured, match_at, tokens
from convert.rules.page.credit_lines import described
from convert.walk import TOP, Span, plain

_CONFIDENCE = 0.92
_MAX_CHARACTERS = 300
"""Characters of the longest credit sentence; a longer paragraph says something else besides."""

_MAX_NAME_WORDS = 12
"""Words that a captured name may have; a copyright line lists two authors, a publisher and a year."""

Facts = Callable[[str, str, Language], tuple[Fact, ...] | None]


def phrase_edits(document: Document, phrases: Callable[[Language], PhraseList], facts: Facts) -> Iterator[Edit]:
    """An edit for each top-level paragraph that is one of the phrases from its first word to its last.

    `facts` turns a captured key and its words into facts; None says that the words are not what they must be.
    """
    spoken = language(document.meta.language)
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph | Heading):
            continue
        text = plain(block).strip()
        if len(text) > _MAX_CHARACTERS:
            continue
        found = text_facts(text, phrases(spoken), facts, spoken)
        if found is not None:
            states = f"states {described(found)}" if found else "credits the source"
            yield Edit(Span(TOP, index, index + 1), (), states, _CONFIDENCE, found)


def text_facts(text: str, phrases: PhraseList, facts: Facts, spoken: Language) -> tuple[Fact, ...] | None:
    """The facts of a text that is one of the phrases as a whole; None where it is none."""
    found = tokens(text)
    for _, elements in phrases.phrases:
        match = match_at(elements, found, 0)
        if not match or match.stop != len(found):
            continue
        made = [facts(key, value, spoken) for key, value in captured(text, found, match).items()]
        if all(part is not None for part in made):
            return tuple(fact for part in made for fact in part or ())
    return None


def name_fact(key: str, value: str, _spoken: Language) -> tuple[Fact, ...] | None:
    """The fact of a captured name, if it is as short as names are."""
    return (Fact(Key(key), value),) if len(value.split()) <= _MAX_NAME_WORDS else None
