"""Which notice a block is: the wording of the language data weighed, and the place where such notices stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from convert.credits import is_name, label_facts
from convert.facts import Fact, Key
from convert.language import Language, language
from convert.model import Block, Blocks, Heading, List, Paragraph, Quote, Role, Table
from convert.phrases import Match, Phrase, Token, captured, is_whole, tokens
from convert.sentences import first_word
from convert.walk import plain, sequences_of
from convert.words import alike, words
from convert.zones import is_link_list, tail_start

MAX_NOTICE_WORDS = 260
"""Words of the longest notice; the longest fair-use notices and disclaimers seen have about 180."""

MAX_LINE_WORDS = 25
"""Words up to which a notice is a line: a button's or a link's text, which may stand anywhere in a page."""

MAX_NAME_WORDS = 14
"""Words of the longest names in a credit: those of two authors, a publisher and a year."""

MIN_HINTS = 2

MIN_MENU_HINTS = 4
"""Hints that make a menu of a line that has no other words."""

MIN_SHARE = 0.15
"""Share of a text's words that stand in the phrases of a notice. Notices seen have 0.2 and more; most paragraphs of
articles that such a phrase occurs in have 0.1 and less."""

MIN_SHARE_OF_PROSE = 0.25
"""The same for what is longer than a line: the last paragraph of an article may end in an invitation."""

MIN_SHARE_OF_HINTS = 0.4
"""The same where there are only hints: words of other paragraphs as well, so that they must be more of the text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The kind of notice that a text is worded like, with the words that say so."""

    kind: str
    sure: tuple[str, ...]
    hints: tuple[str, ...]
    share: float  # of the words of the text, those that stand in phrases
    sure_share: float  # those that stand in sure ones, of any kind of notice
    is_label: bool  # whether the text is hints and no more ("Share", "Home News Opinion")
    has_label: bool  # whether the text is a line that starts with a sure label, and no sentence ("Read more: A title")

    @property
    def weight(self) -> int:
        return 3 * len(self.sure) + len(self.hints)


def wording(text: str, spoken: Language) -> Wording | None:
    """The kind of notice that a text is most worded like, or None.

    It takes a sure phrase, or two hints, or a hint that is all of a label; and they must be a fair part of the text.
    """
    return _wording(text, spoken.code)


def block_wording(block: Block, spoken: Language) -> Wording | None:
    """The wording of a block; of a list that of its first item, if all items are worded like notices. A table is
    worded like one only where it has a single cell: a box."""
    if isinstance(block, Table) and len(sequences_of(block)) != 1:
        return None
    if not isinstance(block, List):
        return wording(plain(block).strip(), spoken)
    items = [wording(plain(item).strip(), spoken) for item in block.items]
    return items[0] if items and all(items) else None


@lru_cache(maxsize=65_536)
def _wording(text: str, code: str) -> Wording | None:
    found = tokens(text)
    if not 0 < len(found) <= MAX_NOTICE_WORDS:
        return None
    kinds = {
        kind: _Phrases(tuple(notice.sure.find(found)), tuple(notice.hints.find(found)))
        for kind, notice in language(code).notices.items()
    }
    sure_places = _places(match for phrases in kinds.values() for match in phrases.sure)  # notices mix their kinds
    weighed = (_weighed(kind, phrases, text, found, sure_places) for kind, phrases in kinds.items())
    min_share = MIN_SHARE if len(found) <= MAX_LINE_WORDS else MIN_SHARE_OF_PROSE
    told = [one for one in weighed if one.is_label or one.has_label or _is_told(one, min_share)]
    return max(told, key=lambda one: (one.weight, one.share), default=None)


def _is_told(one: Wording, min_share: float) -> bool:
    if one.sure:
        return one.share >= min_share
    return len(one.hints) >= MIN_HINTS and one.share >= MIN_SHARE_OF_HINTS


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one kind that stand in a text."""

    sure: tuple[tuple[Phrase, Match], ...]
    hints: tuple[tuple[Phrase, Match], ...]


def _places(matches: Iterable[tuple[Phrase, Match]]) -> frozenset[int]:
    return frozenset(place for _, match in matches for place in range(match.start, match.stop))


def _weighed(kind: str, phrases: _Phrases, text: str, found: tuple[Token, ...], sure_places: frozenset[int]) -> Wording:
    labels = [match for elements, match in (*phrases.sure, *phrases.hints) if _is_label(elements, match)]
    ends = text.rstrip()[-1:]
    is_menu = len(phrases.hints) >= MIN_MENU_HINTS and len(_places(phrases.hints)) == len(found)
    return Wording(
        kind,
        sure=tuple({match.start: _written(text, found, match) for _, match in phrases.sure}.values()),
        hints=tuple({match.start: _written(text, found, match) for _, match in phrases.hints}.values()),
        share=len(_places(phrases.hints) | sure_places) / len(found),
        sure_share=len(sure_places) / len(found),
        is_label=(is_menu or any(match.stop == len(found) for match in labels)) and ends not in ".!?",
        has_label=any(_is_label(*one) for one in phrases.sure) and ends != "." and len(found) <= MAX_LINE_WORDS,
    )


def _is_label(elements: Phrase, match: Match) -> bool:
    return is_whole(elements) and match.start == 0


def _written(text: str, found: tuple[Token, ...], match: Match) -> str:
    return " ".join(text[found[match.start].start : found[match.stop - 1].stop].split())


def is_biography(text: str, authors: Iterable[str], spoken: Language) -> bool:
    """Whether a text starts as a note on an author does: the name, a verb of such notes, and a trade.

    A label may stand before it ("About the author: ...").
    """
    label, colon, rest = text.partition(":")
    found = tokens(rest if colon and is_about_heading(label, spoken) else text)
    if not any(token.word in spoken.trades for token in found):
        return False
    return any(_name_and_verb(found, tokens(author), spoken) for author in authors)


def _name_and_verb(found: tuple[Token, ...], name: tuple[Token, ...], spoken: Language) -> bool:
    start = [token.word for token in found[: len(name)]]
    after = [token.word for token in found[len(name) : len(name) + 4]]
    return start == [token.word for token in name] and any(word in spoken.about_verbs for word in after)


def is_about_heading(text: str, spoken: Language, authors: Iterable[str] = ()) -> bool:
    """Whether a heading says that what follows is about the author: in so many words, or with an author's name and
    no more than two other words ("About Ann Lee")."""
    said = alike(text)
    if said in _about_headings(spoken.code):
        return True
    return any(len(words(said.replace(alike(author), "", 1))) <= 2 for author in authors if alike(author) in said)


@cache
def _about_headings(code: str) -> frozenset[str]:
    return frozenset(map(alike, language(code).about_headings))


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
    if isinstance(block, List | Table):
        return is_link_list(block) or block_wording(block, spoken) is not None
    text = plain(block).strip()
    if not text:
        return False
    if is_about_heading(text, spoken, authors if isinstance(block, Heading) else ()):
        return True
    if isinstance(block, Heading):
        return _is_sure(text, spoken) or _is_credit(text, spoken)
    return (
        wording(text, spoken) is not None
        or is_biography(text, authors, spoken)
        or is_separator(text)
        or bool(states_theme(text, spoken))
        or _is_credit(text, spoken)
        or is_link_list(block)
    )


def states_theme(text: str, spoken: Language) -> tuple[Fact, ...]:
    """The fact of a line that says what an article is filed under ("Tags: ports, ships")."""
    facts = label_facts(text, spoken) if len(text.split()) <= MAX_LINE_WORDS else ()
    return facts if all(fact.key is Key.THEME for fact in facts) else ()


def _is_sure(text: str, spoken: Language) -> bool:
    worded = wording(text, spoken)
    return worded is not None and bool(worded.sure)


def is_separator(text: str) -> bool:
    """Whether a text is a row of stars or the like, which parts a page and says nothing."""
    return bool(text.strip()) and not any(character.isalnum() for character in text) and len(text.strip()) <= 40


def _is_credit(text: str, spoken: Language) -> bool:
    found = tokens(text)
    return any(
        all(len(value.split()) <= MAX_NAME_WORDS for value in captured(text, found, match).values())
        for phrases in (spoken.original_publisher, spoken.source, spoken.articles_by)
        for match in phrases.start(found)
    )
