"""Reading the edges of a text: does a sentence end here, is a quotation or a bracket open, where does one start?"""

from __future__ import annotations

import re

from convert.language import Language

_CLOSERS = "\"'”’»›)]}*_"
_ENDS = ".!?:;…。！？؟।"
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "„": "“"}
_LAST_WORD = re.compile(r"(?<![\w'’-])(\w[\w'’-]*+|&)\W*+$")
_FIRST_WORD = re.compile(r"\w[\w'’-]*")
_FIRST_WORDS = 200  # characters that hold the first two words of a text
_ADDRESS = re.compile(r"\S+(?:@|://|\w\.\w)")
_STRAIGHT = re.compile(r"\"")
_DASH_AFTER_COLON = re.compile(r"(?<=[:;])\s*[—–-]+$")
_AFTER_ITEM = re.compile(r";\s+[^\W\d_]{1,4}$")
_ATTRIBUTION = re.compile(r"[.!?…\"”’»]\s*[–—-]{1,2}\s*([^\W\d_])[^.!?]{0,80}$")
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.\s?)+$|\b[^\W\d_aeiouyäöü]{1,4}\.$", re.IGNORECASE)
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪◦‣*–—-]\s")
_LABEL = re.compile(r"[^\W\d_]+(?:\.?\s\d{1,3}[.:]|(?:\s[^\W\d_]+){0,2}:)\s")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence, a heading with a colon, an item with a semicolon ("...; and") or a
    quotation with the name of who said it does."""
    core = text.rstrip().rstrip(_CLOSERS + "0123456789[]¹²³⁴⁵⁶⁷⁸⁹⁰" if _has_note_mark(text) else _CLOSERS).rstrip()
    core = _DASH_AFTER_COLON.sub("", core)
    named = _ATTRIBUTION.search(core)
    return core.endswith(tuple(_ENDS)) or bool(_AFTER_ITEM.search(core)) or (named is not None and named[1].isupper())


def ends_in_abbreviation(text: str) -> bool:
    """Whether the full stop at the end may be that of an abbreviation ("e.g.", "Dr.") or of an initial."""
    return bool(_ABBREVIATION.search(text.rstrip()))


_NOTE_MARK = re.compile(r"[.!?…][\"'”’»)]*(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,2})\s*$")


def _has_note_mark(text: str) -> bool:
    """Whether the full stop is followed by the number of a note, as in 'so it was.12'."""
    return bool(_NOTE_MARK.search(text))


def starts_lower(text: str) -> bool:
    """Whether a text goes on: its first letter, after any opening marks or a dash, is in lower case, or it starts
    with a mark that nothing starts with. An address is no sign, nor is the letter that numbers an item."""
    text = text.lstrip()
    if text.startswith((",", ";", ")")):
        return True
    stripped = text.lstrip(" \"'“‘«„([–—")
    return bool(stripped) and stripped[0].islower() and not _ADDRESS.match(stripped) and not _ENUMERATOR.match(text)


def starts_item(text: str) -> bool:
    """Whether a text starts as an item of a list does: with a number, a letter or a bullet."""
    return bool(_ENUMERATOR.match(text) or _BULLET.match(text))


def starts_label(text: str) -> bool:
    """Whether a text starts with a label ("Photo: ", "Figure 3. ") or the name of a speaker ("Marsh: ")."""
    return text[:1].isupper() and bool(_LABEL.match(text))


def starts_sentence(text: str, language: Language, small: frozenset[str]) -> bool:
    """Whether a text starts with a word in a capital that only the start of a sentence gives it: a small word of the
    language, or one that the document writes small (`small`) where no other capital follows, as in a name."""
    first, second = [*_FIRST_WORD.findall(text[:_FIRST_WORDS]), "", ""][:2]
    word = first.casefold()
    if first != first.capitalize() or f"{first}." in text[: len(first) + 3]:
        return False
    if word in language.open_words or word in language.common or word in language.pronouns:
        return True
    return word in small and second[:1].islower()


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
