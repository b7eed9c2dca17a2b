"""Whole web pages, as damaged and as cluttered as real ones, from the source to the cleaned article.

tests/pages/<slug>/ holds `source.*` (with its folder of files, where it has one), `expected.txt` (what is known of the
article and its text, in the golden form) and `ledger.jsonl` (every edit: its rule, its outcome and its words).
Those in tests/pages/known_failures/ hold what should be. `pytest --accept` rewrites what is expected, which one reads.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import TESTS

from convert import Cleaned, clean, publish, read
from convert.ledger import record_json
from convert.model import Document
from convert.walk import dump

FOLDER = TESTS / "pages"
SHOWN = ("title", "authors", "date", "publisher", "url", "language", "description")


def pages_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*/source.*") if path.is_file())


def slug(path: Path) -> str:
    return path.parent.name


def shown(document: Document) -> str:
    """What is known of the article, its blocks and its notes."""
    meta = {field.name: getattr(document.meta, field.name) for field in fields(document.meta)}
    facts = "".join(f"{key}: {_value(meta[key])}\n" for key in SHOWN if meta[key])
    notes = "".join(f"\n\n[{note.label}] {dump(note.children)}" for note in document.notes)
    return f"{facts}\n{dump(document.blocks)}{notes}\n"


def _value(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def ledger_of(result: Cleaned) -> str:
    kept = ("code", "outcome", "before", "after")
    records = ({key: value for key, value in record_json(record).items() if key in kept} for record in result.ledger)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.mark.parametrize("path", pages_in(FOLDER), ids=slug)
def test_page(path: Path, accept: bool) -> None:  # noqa: FBT001
    result = clean(read(path))
    text, ledger = shown(result.document), ledger_of(result)
    if accept:
        (path.parent / "expected.txt").write_text(text, encoding="utf-8")
        (path.parent / "ledger.jsonl").write_text(ledger, encoding="utf-8")
    assert text == (path.parent / "expected.txt").read_text(encoding="utf-8")
    assert ledger == (path.parent / "ledger.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", pages_in(FOLDER / "known_failures"), ids=slug)
@pytest.mark.xfail(strict=True, reason="known failure")
def test_page_that_fails_yet(path: Path) -> None:
    assert shown(clean(read(path)).document) == (path.parent / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", pages_in(FOLDER), ids=slug)
def test_editions_of_page(path: Path, tmp_path: Path) -> None:
    """Each edition is read back before it is placed, and holds the article's words or is an error."""
    (published,) = publish([path], tmp_path, formats=("md", "epub"))
    assert published.errors == ()
    if "folder" in slug(path) or "mhtml" in slug(path) or "singlefile" in slug(path):
        assert list(tmp_path.rglob("image-1.*")), "the image beside the page is in the edition"
