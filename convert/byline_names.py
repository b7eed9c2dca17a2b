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

_PARTS = re.compile(r"\s*[\n|·•∙›»]\s*|\s+[-–—]\s+|\s{3,}")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|io|php|html)\b|@\w+\.|/")
_HANDLE = re.compile(r"(?:^|\s)\(?@\w+\)?")
_INITIALS = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.?){1,5}®?\Z|[A-Z][A-Z0-9./-]{1,8}(?: \d+)?®?\Z")
_MOSTLY_CAPITALS = re.compile(r"[^a-z]*[A-Z][^a-z]*(?:[a-z][^a-z]*)?\Z")
_FAMILY_FIRST = re.compile(r"([^\s,]+),\s+((?:[A-Z][\w'’-]+\.?)(?:\s[A-Z]\.?)?)\Z")


@dataclass(frozen=True, slots=True)
class NameData:
    labels: tuple[str, ...]  # what stands before a name: "by", "written by", "author"
    ends: tuple[str, ...]  # what stands after it: "published", "updated", "on"
    conjunctions: tuple[str, ...]
    never: frozenset[str]  # words of which alone no author's name is made
    roles: frozenset[str]
    credentials: frozenset[str]


def people(value: str, data: NameData, spoken: Language) -> tuple[str, ...]:
    """The people that a stated author names, in their order, without labels, roles and addresses."""
    found: list[str] = []
    goes_on = True
    for part in _PARTS.split(_HANDLE.sub(" ", value)):
        text = _without_label(part.strip(" ,;:()*"), data)
        if not text:
            goes_on = goes_on or part.strip() in (",", "&")
            continue
        if text.casefold() in data.conjunctions or text in "&,":
            goes_on = True
            continue
        continues = part.lstrip().startswith(",")
        if not (goes_on or continues):
            break
        names = list(_listed(text, data, spoken, is_first=not (found and continues)))
        if not names and found and not continues:
            break
        found.extend(names)
        if not found:
            continue
        goes_on = part.rstrip().endswith((",", "&", " and"))
    return _once(found)[:MAX_PEOPLE]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(letters(name), name)
    return tuple(seen.values())


def _without_label(text: str, data: NameData) -> str:
    changed = True
    while changed:
        changed = False
        small = text.casefold()
        for label in data.labels:
            if small == label or small.startswith((label + " ", label + ":")):
                text = text[len(label) :].strip(" ,;:-–—")
                changed = True
                break
    return text


def _listed(text: str, data: NameData, spoken: Language, *, is_first: bool) -> Iterator[str]:
    """The names in one part of a byline."""
    text = _until_end(text, data, spoken)
    if _ADDRESS.search(text):
        return
    words = "|".join(re.escape(word) for word in data.conjunctions)
    parts = [part for part in re.split(rf"\s*[,;]\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+", text, flags=re.I) if part]
    last = ""
    for number, part in enumerate(parts):
        part = part.strip(" .:*") if not part.endswith((".D.", "D.", "Jr.", "Sr.")) else part.strip(" :*")
        if last and (
            part.casefold().strip(".®") in data.credentials or (_INITIALS.match(part) and _MOSTLY_CAPITALS.match(part))
        ):
            last = f"{last}, {part}"
            continue
        if last:
            yield last
            last = ""
        if _can_be_name(part, data, is_first=is_first and number == 0):
            last = part
        elif is_first and number == 0:
            return
    if last:
        yield last


def _until_end(text: str, data: NameData, spoken: Language) -> str:
    found = find_date(text, spoken)
    text = found.rest.partition("\n")[0] if found else text
    small = f"{text.casefold()} "
    stops = [at for end in data.ends if (at := small.find(f" {end} ")) > 0]
    return text[: min(stops)].strip(" ,;:") if stops else text.strip(" ,;:")


def _can_be_name(text: str, data: NameData, *, is_first: bool) -> bool:
    found = text.split()
    if not 0 < len(found) <= MAX_NAME_WORDS or not any(char.isalpha() for char in text):
        return False
    small = [word.casefold().strip(".,:()") for word in found]
    if all(word in data.never for word in small) or text.endswith(("!", "?", "…")):
        return False
    if any(char.isdigit() for char in text) and len(found) > 1:
        return False
    if is_first:
        return True
    return len(found) > 1 and not (set(small) & data.roles)


def is_surely_person(text: str, spoken: Language) -> bool:
    """Whether a text has the form of a person's name, of two words or more."""
    return is_name(re.sub(r",.*|\(.*?\)", "", text).strip(), spoken)
