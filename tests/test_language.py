"""Languages are data: each file has what English has, and an article in another language is cleaned as well."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import convert
from convert.language import available, detect
from convert.walk import plain

DATA = Path(convert.__file__).parent / "data" / "language"
OWN_WORDS = {"numbers", "labels"}
"""Tables whose keys are words of the language itself."""

GERMAN = """
# Der Hafen Bekommt Ein Neues Sperrwerk

Von Anna Weiß und Karl Huber

Hafenbote, 9. März 2023

Region: Nordküste

**Die Hafenmeisterin hat den Bericht über das vergangene Jahr vorgelegt, und er ist kürzer als der vorige.**

Die Stadt hat lange auf diesen Bericht gewartet, und der Saal war bis auf den letzten Platz besetzt.

### Das Sperrwerk Wird Fertig:

"Wir haben vier Tore bestellt, und drei davon liegen schon am Kai. Das vierte kommt mit der

2

nächsten Flut, wenn der Schlepper sich nicht wieder verfährt."

# Die Möwen Bleiben:

"Wir haben alles versucht. Die Möwen haben gewonnen, und wir bitten um ehrenvolle Bedingungen."

### Der Haushalt Ist Ausgeglichen:

"Die Schulden sind kleiner, als die Kritiker sagen, und größer, als mir lieb ist."

Dieser Artikel erschien zuerst bei **Kaiblatt**.

**Anna Weiß** ist Reporterin und schreibt seit vielen Jahren über Häfen und Fähren.

Alle Rechte vorbehalten. Nachdruck nur mit schriftlicher Genehmigung des Verlags.
"""


def data(code: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{code}.toml").read_text(encoding="utf-8"))


def keys(table: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield f"{path}{key}"
        if isinstance(value, dict) and key not in OWN_WORDS:
            yield from keys(value, f"{path}{key}.")


def test_there_is_a_second_language() -> None:
    assert {"en", "de"} <= set(available())


@pytest.mark.parametrize("code", available())
def test_each_language_has_what_english_has(code: str) -> None:
    assert set(keys(data(code))) == set(keys(data("en")))


@pytest.mark.parametrize("code", available())
def test_edition_words_have_the_same_places_to_fill(code: str) -> None:
    english, other = data("en")["edition"], data(code)["edition"]
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", other[key])), key


def test_a_language_is_told_by_its_words() -> None:
    assert detect(GERMAN) == "de"
    assert detect("The harbour of the town was full, and it is said that the ferry was late.") == "en"
    assert detect("Лодка пришла утром.") == ""


def test_a_german_article_is_cleaned() -> None:
    cleaned = convert.clean(convert.read(GERMAN.encode(), "markdown"))
    meta = cleaned.document.meta
    assert meta.language == "de"
    assert meta.title == "Der Hafen Bekommt Ein Neues Sperrwerk"
    assert meta.authors == ("Anna Weiß", "Karl Huber")
    assert (meta.date, meta.publisher, meta.original_publisher) == ("2023-03-09", "Hafenbote", "Kaiblatt")
    assert meta.region == "Nordküste"
    text = plain(cleaned.document)
    assert "kommt mit der nächsten Flut" in text
    assert "Rechte vorbehalten" not in text
    markdown = convert.to_markdown(cleaned.document)
    assert "9. März 2023" in markdown
    assert markdown.count("\n## ") == 3 + 2  # the highlights, the note on the author and the colophon
