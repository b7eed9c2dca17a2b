"""Reading the edges of a text: does a sentence end here, is a quotation or a bracket open, where does one start?"""

from __future__ import annotations

import re

from convert.language import Language

_CLOSERS = "\"'”’»›)]}*_"
_ENDS = ".!?:;…。！？؟।"
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "„": "“"}
_LAST_WORD = re.compile(r"(\w[\w'’-]*|&)\W*$")
_FIRST_WORD = re.compile(r"\w[\w'’-]*")
_ADDRESS = re.compile(r"\S+(?:@|://|\w\.\w)")
_STRAIGHT = re.compile(r"\"")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence, a heading with a colon or an item with a semicolon does."""
    core = text.rstrip().rstrip(_CLOSERS + "0123456789[]¹²³⁴⁵⁶⁷⁸⁹⁰" if _has_note_mark(text) else _CLOSERS).rstrip()
    return core.endswith(tuple(_ENDS))


_NOTE_MARK = re.compile(r"[.!?…][\"'”’»)]*(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,2})\s*$")


def _has_note_mark(text: str) -> bool:
    """Whether the full stop is followed by the number of a note, as in 'so it was.12'."""
    return bool(_NOTE_MARK.search(text))


def starts_lower(text: str) -> bool:
    """Whether a text goes on: its first letter, after any opening marks, is in lower case. An address is no sign."""
    stripped = text.lstrip(" \n\"'“‘«„([")
    return bool(stripped) and stripped[0].islower() and not _ADDRESS.match(stripped)


def open_marks(text: str) -> str:
    """The kind of mark that is opened in the text and not closed: "quotation", "bracket", or ""."""
    if len(_STRAIGHT.findall(text)) % 2:
        return "quotation"
    for opening, closing in _PAIRS.items():
        if text.count(opening) > text.count(closing):
            return "bracket" if opening in "([{" else "quotation"
    return ""


def closes(text: str, kind: str) -> bool:
    """Whether a text closes a mark of this kind that was opened before it."""
    if kind == "quotation":
        closers = any(
            text.count(closing) > text.count(opening) for opening, closing in _PAIRS.items() if closing in "”»“"
        )
        return len(_STRAIGHT.findall(text)) % 2 == 1 or closers
    return any(text.count(closing) > text.count(opening) for opening, closing in _PAIRS.items() if closing in ")]}")


def last_word(text: str) -> str:
    match = _LAST_WORD.search(text)
    return match[1].casefold() if match else ""


def first_word(text: str) -> str:
    match = _FIRST_WORD.search(text)
    return match[0] if match else ""


def ends_open(text: str, language: Language) -> str:
    """The word at the end after which no sentence of the language ends, or ""."""
    if text.rstrip().endswith(tuple(_ENDS + "".join(_CLOSERS))):
        return ""
    word = last_word(text)
    return word if word in language.open_words else ""


def is_title_case(text: str) -> bool:
    """Whether most words of a text start with a capital, as headings of many sites do."""
    found = re.findall(r"[^\W\d_][\w'’-]*", text)
    long = [word for word in found if len(word) > 3]
    return len(found) >= 2 and bool(long) and sum(word[0].isupper() for word in long) >= 0.75 * len(long)
