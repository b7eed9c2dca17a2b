"""Which notice a block is: the wording of the language data weighed, and the place where such notices stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from convert.credits import is_name
from convert.language import Language, language
from convert.model import Block, Blocks, Heading, List, Paragraph, Quote, Role
from convert.phrases import Token, captured, match_at, tokens
from convert.sentences import first_word
from convert.walk import plain
from convert.words import alike
from convert.zones import is_link_list, tail_start

MAX_NOTICE_WORDS = 260
"""Words of the longest notice; the longest fair-use notices and disclaimers seen have about 180."""

MAX_LINE_WORDS = 25
"""Words up to which a notice is a line: a button's or a link's text, which may stand anywhere in a page."""

MIN_HINTS = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """The kind of notice that a text is worded like, with the phrases that say so."""

    kind: str
    sure: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def weight(self) -> int:
        return 3 * len(self.sure) + len(self.hints)


def wording(text: str, spoken: Language) -> Wording | None:
    """The kind of notice that a text is most worded like; None where it has neither a sure phrase nor two hints."""
    return _wording(text, spoken.code)


@lru_cache(maxsize=512)
def _wording(text: str, code: str) -> Wording | None:
    found = tokens(text)
    if not 0 < len(found) <= MAX_NOTICE_WORDS:
        return None
    weighed = [
        Wording(
            kind,
            tuple(written for written, _ in notice.sure.find(found)),
            tuple(written for written, _ in notice.hints.find(found)),
        )
        for kind, notice in language(code).notices.items()
    ]
    likely = [one for one in weighed if one.sure or len(one.hints) >= MIN_HINTS]
    return max(likely, key=lambda one: one.weight, default=None)


def is_biography(text: str, authors: Iterable[str], spoken: Language) -> bool:
    """Whether a text starts as a note on an author does: the name, a verb of such notes, and a trade."""
    found = tokens(text)
    if not any(token.word in spoken.trades for token in found):
        return False
    return any(_name_and_verb(found, tokens(author), spoken) for author in authors)


def _name_and_verb(found: tuple[Token, ...], name: tuple[Token, ...], spoken: Language) -> bool:
    start = [token.word for token in found[: len(name)]]
    after = [token.word for token in found[len(name) : len(name) + 4]]
    return start == [token.word for token in name] and any(word in spoken.about_verbs for word in after)


def is_about_heading(text: str, spoken: Language) -> bool:
    return alike(text) in {alike(heading) for heading in spoken.about_headings}


def goes_on_about(text: str, spoken: Language) -> bool:
    """Whether a paragraph under "About the author" is about a person: it starts with a name or a pronoun."""
    if first_word(text).casefold() in spoken.pronouns:
        return True
    leading = text.split()
    named = any(is_name(" ".join(leading[:count]), spoken) for count in (2, 3, 4))
    return named and any(token.word in spoken.about_verbs for token in tokens(text)[:8])


def in_tail(blocks: Blocks, authors: Iterable[str], spoken: Language) -> int:
    """The index from which on the blocks are notices, credits and notes on the author."""
    people = tuple(authors)
    return tail_start(blocks, lambda block: reads_like_notice(block, people, spoken))


def reads_like_notice(block: Block, authors: tuple[str, ...], spoken: Language) -> bool:
    if isinstance(block, Quote):
        return False
    if isinstance(block, Paragraph) and block.role is Role.ABOUT:
        return True
    if isinstance(block, List):
        return is_link_list(block)
    text = plain(block).strip()
    if not text:
        return False
    if isinstance(block, Heading):
        return is_about_heading(text, spoken) or _is_sure(text, spoken)
    return (
        wording(text, spoken) is not None
        or is_biography(text, authors, spoken)
        or is_separator(text)
        or _is_credit(text, spoken)
        or is_link_list(block)
    )


def _is_sure(text: str, spoken: Language) -> bool:
    worded = wording(text, spoken)
    return worded is not None and bool(worded.sure)


def is_separator(text: str) -> bool:
    """Whether a text is a row of stars or the like, which parts a page and says nothing."""
    return bool(text.strip()) and not any(character.isalnum() for character in text) and len(text.strip()) <= 40


def _is_credit(text: str, spoken: Language) -> bool:
    found = tokens(text)
    for phrases in (spoken.original_publisher, spoken.source, spoken.articles_by):
        for _, elements in phrases.phrases:
            match = match_at(elements, found, 0)
            if match and all(len(value.split()) <= 14 for value in captured(text, found, match).values()):
                return True
    return False
