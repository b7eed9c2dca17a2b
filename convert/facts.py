"""Facts: what is learned about an article, one by one, on its way into the metadata."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from convert.model import Meta
from convert.words import words


class Key(StrEnum):
    """The metadata that an edit can supply; each names a field of `Meta`."""

    TITLE = "title"
    AUTHOR = "authors"
    DATE = "date"
    UPDATED = "updated"
    PUBLISHER = "publisher"
    ORIGINAL_PUBLISHER = "original_publisher"
    URL = "url"
    REGION = "region"
    THEME = "theme"
    LANGUAGE = "language"
    DESCRIPTION = "description"
    RIGHTS = "rights"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing learned about the article, as it goes into the metadata."""

    key: Key
    value: str


def with_facts(meta: Meta, facts: Iterable[Fact]) -> Meta:
    """The metadata with facts added. What is known already stays: the first source of a fact wins."""
    for fact in facts:
        if fact.key is Key.AUTHOR:
            if not any(_is_same_person(author, fact.value) for author in meta.authors):
                meta = replace(meta, authors=(*meta.authors, fact.value))
        elif not getattr(meta, fact.key):
            changed: dict[str, Any] = {str(fact.key): fact.value}
            meta = replace(meta, **changed)
    return meta


def _is_same_person(one: str, other: str) -> bool:
    """Whether two names are of one person: the words of one are all in the other ("Ann Lee", "Ann M. Lee, MD")."""
    first, second = set(words(one)), set(words(other))
    return first <= second or second <= first
