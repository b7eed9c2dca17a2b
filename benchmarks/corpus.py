"""A corpus of article pages with hand-checked truth, and how an extraction is scored against it.

The form is that of WCXB, the Web Content eXtraction Benchmark: a file of JSON lines, packed with xz, one page a line,
with the keys id, url, html, text, markdown, title, author, date, present and absent. What learns from the corpus and
what measures on it both read it here, so that both split it alike.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from convert.errors import InputError

FOLDS = 5
"""Parts of a cross-validation: four fifths to learn from are near enough to all that a figure tells of the whole."""

Field = Literal["title", "author", "date"]

_WORD = re.compile(r"\w+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ISO_DATE_LENGTH = len("2026-01-31")
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gen", "go", "gov", "govt", "mil", "ne", "net", "or", "org"})
"""Labels that a country's registry puts before its own: example.co.uk is one site, and co.uk is none."""
_COUNTRY_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page as scraped, and the truth about it; what the truth does not know is empty."""

    id: str
    url: str
    html: str
    text: str
    markdown: str
    title: str
    author: str
    date: str  # ISO
    present: tuple[str, ...]  # phrases that a right extraction has
    absent: tuple[str, ...]  # phrases of boilerplate that it has not


@dataclass(frozen=True, slots=True)
class WordScore:
    precision: float
    recall: float
    f1: float


def load_pages(path: Path) -> list[Page]:
    """The pages of a corpus, in its order. Raises InputError where the file cannot be read or is not such a corpus."""
    number = 0
    pages = []
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):  # noqa: B007 (the error names the line)
                pages.append(_page(json.loads(line)))
    except OSError as error:
        raise InputError(
            f"the corpus cannot be read ({error.strerror or error})", where=str(path), hint="Name a pages.jsonl.xz."
        ) from error
    except (lzma.LZMAError, EOFError) as error:
        raise InputError(f"the corpus is not a whole xz file ({error})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        where = f"{path}, after line {number - 1}" if number else str(path)
        raise InputError(f"the corpus has a line that is no page ({error!r})", where=where) from error
    return pages


def _page(row: dict[str, object]) -> Page:
    return Page(
        id=str(row["id"]),
        html=str(row["html"]),
        present=_phrases(row.get("present")),
        absent=_phrases(row.get("absent")),
        **{key: str(row.get(key) or "") for key in ("url", "text", "markdown", "title", "author", "date")},
    )


def _phrases(value: object) -> tuple[str, ...]:
    if value is not None and not isinstance(value, list):
        raise TypeError("phrases are a list")
    return tuple(map(str, value or ()))


def site_of(url: str) -> str:
    """The registered name that an address or a host stands under: pages of one site share their template."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").rstrip(".")
    labels = host.split(".")
    national = len(labels[-1]) == _COUNTRY_LENGTH and len(labels) > 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3 if national else -2 :])


def fold_of(url: str, folds: int = FOLDS) -> int:
    """The part of the corpus, from 0, that a page belongs to: the same for all pages of a site, on every machine."""
    return int.from_bytes(hashlib.sha256(site_of(url).encode()).digest()) % folds


def word_score(got: str, want: str) -> WordScore:
    """Precision, recall and F1 of two bags of lower-case words."""
    found, wanted = Counter(_WORD.findall(got.lower())), Counter(_WORD.findall(want.lower()))
    if not found and not wanted:
        return WordScore(1.0, 1.0, 1.0)
    shared = (found & wanted).total()
    if not shared:
        return WordScore(0.0, 0.0, 0.0)
    precision, recall = shared / found.total(), shared / wanted.total()
    return WordScore(precision, recall, 2 * precision * recall / (precision + recall))


def word_f1(got: str, want: str) -> float:
    """F1 of two bags of lower-case words."""
    return word_score(got, want).f1


def squeeze(text: str) -> str:
    """A text as its words in one case, with single spaces: what phrases and fields are compared in."""
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def phrase_share(text: str, phrases: Sequence[str]) -> float | None:
    """The share of the phrases that the text has; None where there are none to find."""
    if not phrases:
        return None
    words = squeeze(text)
    return sum(squeeze(phrase) in words for phrase in phrases) / len(phrases)


def same_field(field: Field, got: str, want: str) -> bool | None:
    """Whether a field is right; None where the truth does not know it. An author is right among others."""
    if not want:
        return None
    if field == "date":
        return got[:_ISO_DATE_LENGTH] == want[:_ISO_DATE_LENGTH]
    found, wanted = squeeze(got), squeeze(want)
    if not found:
        return False
    return found == wanted or (field == "author" and set(wanted.split()) <= set(found.split()))
