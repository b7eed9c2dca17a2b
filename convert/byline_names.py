"""The people in what a page states as its author: a name, a byline with labels and roles, a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from convert.credits import find_date, is_name
from convert.language import Language
from convert.words import letters

MAX_NAME_WORDS = 7
"""Words of the longest name ("Center for Drug Evaluation and Research" has six)."""

MAX_PEOPLE = 12
"""People of the longest list that is taken; the authors of a survey are sometimes dozens."""

_PARTS = re.compile(r"\s*[\n|·•∙›»]\s*|\s+[-–—]\s+|\s{3,}")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|io|php|html)\b|@\w+\.|/")
_HANDLE = re.compile(r"(?:^|\s)\(?@\w+\)?")
_COMMA = re.compile(r"\s*[,;]\s*")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.?){1,5}®?\Z|[A-Z][A-Z0-9./-]{1,8}(?: \d+)?®?\Z")
_CAPITALS = re.compile(r"[^a-z]*[A-Z][^a-z]*(?:[a-z][^a-z]*)?\Z")
_ENDS_IN_POINT = re.compile(r"\b(?:[A-Z]|[JS]r)\.\Z")
_FAMILY_FIRST = re.compile(r"\A\s*([^\s,]+),\s+([^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*)?)\s*\Z")


@dataclass(frozen=True, slots=True)
class NameData:
    spoken: Language
    labels: tuple[str, ...]  # what stands before a name: "by", "written by", "author"
    lists: frozenset[str]  # the labels that say that several names follow: "authors"
    ends: tuple[str, ...]  # what stands after it: "published", "updated", "on"
    never: frozenset[str]  # words of which alone no author's name is made
    roles: frozenset[str]


def people(value: str, data: NameData) -> tuple[str, ...]:
    """The people that a byline or a tag names, in their order, without labels, roles and addresses."""
    found: list[str] = []
    goes_on, is_list = True, False
    for part in _PARTS.split(_HANDLE.sub(" ", value)):
        bare = part.strip(" ,;:*")
        is_list = is_list or bare.casefold() in data.lists
        text = _without_label(bare, data)
        if not any(char.isalpha() for char in text) or text.casefold() in data.spoken.conjunctions:
            goes_on = goes_on or any(mark in part for mark in ",&;") or text.casefold() in data.spoken.conjunctions
            continue
        continues = bool(found) and part.lstrip()[0] in ",;&"
        if found and not (goes_on or continues or (is_list and is_name(text, data.spoken))):
            break
        names = list(_listed(text, data, is_first=not continues))
        if not names and found and not continues:
            break
        found.extend(names)
        last = part.split()[-1]
        goes_on = not found or last[-1] in ",;&" or last.casefold() in data.spoken.conjunctions
    return _once(found)[:MAX_PEOPLE]


def family_first(value: str) -> str:
    """A name that catalogues write with the family's first ("Lee, Ann M.") as people say it; others as they are."""
    match = _FAMILY_FIRST.match(value)
    return f"{match[2]} {match[1]}" if match else value


def is_surely_person(text: str, spoken: Language) -> bool:
    """Whether a text has the form of a person's name, of two words or more."""
    return is_name(re.sub(r",.*|\(.*?\)", "", text).strip(), spoken)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(letters(name), name)
    return tuple(seen.values())


def _without_label(text: str, data: NameData) -> str:
    """A text without what announces a name; "More articles by" is several such words in a row."""
    small = text.casefold()
    for label in data.labels:
        if small == label or small.startswith((f"{label} ", f"{label}:")):
            return _without_label(text[len(label) :].strip(" ,;:-–—"), data)
    return text


def _listed(text: str, data: NameData, *, is_first: bool) -> Iterator[str]:
    """The names in one part of a byline; none where it starts with something else."""
    text = _until_end(text, data)
    if _ADDRESS.search(text):
        return
    name = ""
    for number, group in enumerate(_COMMA.split(text)):
        if name and _is_degree(group, data):
            name = f"{name}, {group.strip(' *')}"
            continue
        for place, one in enumerate(_parted(group, data)):
            if name:
                yield name
            opens = is_first and number == 0
            name = _trimmed(one)
            if not _can_be_name(name, data, may_be_one_word=opens or place > 0, may_be_role=opens and place == 0):
                name = ""
                if opens and place == 0:
                    return
    if name:
        yield name


def _parted(text: str, data: NameData) -> list[str]:
    """A text parted at its "and"s."""
    words = "|".join(re.escape(word) for word in data.spoken.conjunctions)
    return [part for part in re.split(rf"(?:\A|\s+)(?:{words})\s+", f" {text}", flags=re.IGNORECASE) if part.strip()]


def _is_degree(text: str, data: NameData) -> bool:
    text = text.strip(" *")
    is_known = text.casefold().strip(".®") in data.spoken.credentials
    return is_known or bool(_DEGREE.match(text) and _CAPITALS.match(text))


def _trimmed(text: str) -> str:
    text = text.strip(" :*")
    text = text if _ENDS_IN_POINT.search(text) else text.strip(".")
    return text if "(" in text else text.strip(" )")


def _until_end(text: str, data: NameData) -> str:
    """A text up to the date, or up to what says that the name is over ("Published", "in Ports")."""
    found = find_date(text, data.spoken)
    if found:
        before = found.rest.partition("\n")[0].split()
        while before and before[-1].casefold().strip(":") in (*data.spoken.open_words, *data.spoken.published):
            before.pop()
        text = " ".join(before)
    small = text.casefold()
    stops = [at for end in data.ends if (at := small.find(f" {end} ")) > 0]
    return text[: min(stops, default=None)].strip(" ,;:")


def _can_be_name(text: str, data: NameData, *, may_be_one_word: bool, may_be_role: bool) -> bool:
    found = text.split()
    if not 0 < len(found) <= MAX_NAME_WORDS or not any(char.isalpha() for char in text):
        return False
    small = [word.casefold().strip(".,:()") for word in found]
    if all(word in data.never for word in small) or text.endswith(("!", "?", "…")):
        return False
    if len(found) == 1:
        return may_be_one_word
    return not any(char.isdigit() for char in text) and (may_be_role or not set(small) & data.roles)
