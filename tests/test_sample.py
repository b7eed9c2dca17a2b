"""The sample in source/, against its truth: each edition holds the article, whole and clean."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from conftest import SAMPLE, TESTS
from markdown_it import MarkdownIt

from convert import publish
from convert.words import letters

TRUTH: Mapping[str, Any] = json.loads((TESTS / "sample" / "truth.json").read_text(encoding="utf-8"))
RUNNING_HEAD = re.compile(rf"\s*{re.escape(TRUTH['title'])}\s+\d+\s*\Z")
KINDS = ("pdf", "epub", "md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample")
    (published,) = publish([SAMPLE], target)
    assert published.errors == ()
    return target


def text_of(folder: Path, kind: str) -> str:
    """The text of an edition as an independent program reads it."""
    path = folder / f"harbour-address.{kind}"
    if kind == "pdf":
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        text = "\n".join(RUNNING_HEAD.sub("", page) for page in pages)
        return text.replace("\ufffe", "-")  # what PDFium makes of a hyphen at the end of a line
    if kind == "epub":
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if name.endswith(".xhtml") and "nav" not in name]
            return "\n".join(BeautifulSoup(package.read(name), "lxml-xml").get_text("\n") for name in names)
    body = path.read_text("utf-8").split("\n---\n", 1)[1]
    body = re.sub(r"<!-- clearcopy:contents -->.*<!-- /clearcopy:contents -->", "", body, flags=re.S)
    return BeautifulSoup(MarkdownIt("gfm-like", {"linkify": False}).render(body), "lxml").get_text()


def titles_in_contents(folder: Path, kind: str) -> list[str]:
    path = folder / f"harbour-address.{kind}"
    if kind == "pdf":
        return [entry.get_title() for entry in pypdfium2.PdfDocument(path).get_toc()]
    if kind == "epub":
        with zipfile.ZipFile(path) as package:
            nav = BeautifulSoup(package.read("EPUB/nav.xhtml"), "lxml-xml")
        return [link.get_text() for link in nav.find("nav").find_all("a")]
    text = path.read_text("utf-8")
    contents = text[text.index("<!-- clearcopy:contents -->") : text.index("<!-- /clearcopy:contents -->")]
    return re.findall(r"^- \[(.*)\]\(#.*\)$", contents, flags=re.M)


@pytest.mark.parametrize("kind", KINDS)
def test_contents_has_each_highlight_once(folder: Path, kind: str) -> None:
    expected = [highlight["heading"] for highlight in TRUTH["highlights"]]
    assert [letters(title) for title in titles_in_contents(folder, kind)] == [letters(title) for title in expected]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_whole_and_in_order(folder: Path, kind: str) -> None:
    text = letters(text_of(folder, kind))
    assert letters(TRUTH["standfirst"]) in text
    place = text.index(letters(TRUTH["lead"][0]))
    for paragraph in (*TRUTH["lead"], *(p for h in TRUTH["highlights"] for p in (h["heading"], *h["body"]))):
        found = text.find(letters(paragraph), place)
        assert found >= 0, paragraph
        place = found + len(letters(paragraph))


@pytest.mark.parametrize("kind", KINDS)
def test_each_paragraph_is_one(folder: Path, kind: str) -> None:
    """Joined paragraphs stand in one block of the EPUB and on one line of the Markdown."""
    if kind == "pdf":
        pytest.skip("a PDF has lines and no paragraphs; its order of words is tested above")
    blocks = {letters(line) for line in re.split(r"\n", text_of(folder, kind))}
    if kind == "epub":
        with zipfile.ZipFile(folder / "harbour-address.epub") as package:
            pages = [BeautifulSoup(package.read(name), "lxml-xml") for name in package.namelist() if "text-" in name]
        blocks = {letters(block.get_text()) for page in pages for block in page.find_all(["p", "h2", "li", "td", "th"])}
    joined = "\n".join(blocks)
    for highlight in TRUTH["highlights"]:
        for paragraph in (highlight["heading"], *highlight["body"]):
            assert letters(paragraph) in joined if kind == "md" else letters(paragraph) in blocks, paragraph


@pytest.mark.parametrize("kind", KINDS)
def test_boilerplate_is_gone(folder: Path, kind: str) -> None:
    text = re.sub(r"\s+", " ", text_of(folder, kind))
    for phrase in TRUTH["gone"]:
        assert phrase not in text, phrase


@pytest.mark.parametrize("kind", KINDS)
def test_biography_stands_once(folder: Path, kind: str) -> None:
    text = letters(text_of(folder, kind))
    for phrase in TRUTH["once"]:
        assert text.count(letters(phrase)) == 1, phrase


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_authors_wrote_stays(folder: Path, kind: str) -> None:
    text = re.sub(r"\s+", " ", text_of(folder, kind))
    for kept in TRUTH["kept"]:
        assert kept["phrase"] in text, kept["why"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_cut_section_is_marked(folder: Path, kind: str) -> None:
    text = letters(text_of(folder, kind))
    assert letters(TRUTH["truncated"]["ends_with"] + "The source breaks off here.") in text


def test_findings_name_the_cut_section_and_the_wrong_count(folder: Path) -> None:
    records = [json.loads(line) for line in (folder / "harbour-address.ledger.jsonl").read_text("utf-8").splitlines()]
    found = {record["code"]: record for record in records if record.get("outcome") == "found"}
    assert set(found) == {"CHK101", "CHK102"}
    assert TRUTH["truncated"]["heading"].rstrip(":") in found["CHK101"]["reason"]
    assert f"({TRUTH['claimed_count']})" in found["CHK102"]["reason"]
    assert f"has {TRUTH['highlight_count']}" in found["CHK102"]["reason"]
