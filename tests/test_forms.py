"""Word processors' files, books and the markup of other tools: all their words come in, and broken ones are refused."""

from __future__ import annotations

import html
import json
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convert import Cleaned, InputError, publish
from convert.edition import edition_of
from convert.exporters.pandoc_ast import Known, pandoc_blocks, pandoc_document
from convert.model import (
    Block,
    Blocks,
    Break,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    MathBlock,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Row,
    Style,
    Styled,
    Table,
    Text,
)
from convert.readers import READERS, read_bytes
from convert.readers.pandoc_tree import MAX_DEPTH, document_of
from convert.walk import dump, joined, plain

ARTICLE = """---
title: The Ferry of Port Anselm
author: [Ann Lee, Bo Kim]
date: 2023-03-09
---

The ferry has a *new* **engine**, which the mayor called "long overdue" --- and it's loud.[^1]

[^1]: Measured on the quay, at 84 decibels.

# The crossing

A passage takes 12 minutes at H~2~O level, or 10^2^ seconds at night; see [the timetable](https://port.example/times).

- Bread
- Butter
    - salted

3. third
4. fourth

> What the captain said.

| Ship  | Berth |
|-------|------:|
| Ossel |     4 |
| Tern  |    11 |

~~~python
def berth():
    return 4
~~~

* * *

Größe, naïve, “curly”, 'straight', 日本語, €5, a\\ b.
"""
FORMATS = ("docx", "odt", "rtf", "epub", "latex", "rst", "org", "mediawiki")
SAID = (
    "The ferry has a new engine, which the mayor called",
    "long overdue",
    "84 decibels",
    "the timetable",
    "Butter",
    "salted",
    "fourth",
    "What the captain said.",
    "Ossel",
    "Berth",
    "return 4",
    "Größe, naïve, “curly”,",
    "日本語, €5",
)


def made(format: str, markdown: str = ARTICLE) -> bytes:  # noqa: A002
    """A file in a format, made by pandoc from Markdown whose quotes it leaves alone."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown-smart", f"--to={format}", *_OPTIONS],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout


_OPTIONS = ("--standalone", "--output=-", "--syntax-highlighting=none")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# -- every form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_all_words_of_an_article_come_in(format: str) -> None:  # noqa: A002
    document = read_bytes(made(format), "article", format)
    text = " ".join((document.meta.title, *document.meta.authors, document.meta.date, plain(document)))
    stated = ("The Ferry of Port Anselm", "Ann Lee", "Bo Kim", "2023-03-09")
    for said in (*SAID, *(stated if format != "mediawiki" else ())):  # MediaWiki has no place for them
        assert said in text.replace("\n", " "), said


@pytest.mark.parametrize("format", FORMATS)
def test_structure_comes_in(format: str) -> None:  # noqa: A002
    document = read_bytes(made(format), "article", format)
    golden = dump(document.blocks)
    assert re.search(r"^#+ The crossing$", golden, flags=re.M)
    assert "*new* **engine**" in golden
    assert "[the timetable](https://port.example/times)" in golden
    assert "{subscript 2}" in golden
    assert "{superscript 2}" in golden
    assert len(document.notes) == 1
    assert any(isinstance(block, Table) for block in document.blocks)
    if format != "rtf":
        assert "- Bread" in golden
        assert "3. third" in golden or format == "mediawiki"  # it has no first numbers
        assert "> What the captain said." in golden


@pytest.mark.parametrize("format", FORMATS)
def test_straight_quotes_stay_straight(format: str) -> None:  # noqa: A002
    text = plain(read_bytes(made(format), "article", format))
    assert '"long overdue"' in text
    assert "it's loud" in text
    assert "---" in text or format == "org"  # where it is the sign for a dash


@pytest.mark.parametrize("format", FORMATS)
def test_each_block_has_a_place_that_can_be_counted(format: str) -> None:  # noqa: A002
    document = read_bytes(made(format), f"article.{format}", format)
    assert {block.origin.source for block in document.blocks} == {f"article.{format}"}
    assert all(re.search(r"paragraphs? \d+", block.origin.place) for block in document.blocks)


@pytest.mark.parametrize("format", ["docx", "epub", "latex", "org"])
def test_what_a_file_states_of_itself_is_metadata(format: str) -> None:  # noqa: A002
    meta = read_bytes(made(format), "article", format).meta
    assert (meta.title, meta.authors, meta.date) == ("The Ferry of Port Anselm", ("Ann Lee", "Bo Kim"), "2023-03-09")


def test_a_date_in_words_stays_in_the_text() -> None:
    document = read_bytes(made("docx", ARTICLE.replace("2023-03-09", "March 9, 2023")), "article.docx")
    assert plain(document.blocks[0]) == "March 9, 2023"
    assert document.meta.date == ""


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "epub", "tex", "rst", "org", "wiki"])
def test_editions_of_every_form(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / f"article.{suffix}"
    source.write_bytes(made({"tex": "latex", "wiki": "mediawiki"}.get(suffix, suffix)))
    (result,) = publish([source], tmp_path / "out", formats=("md", "epub"))
    assert result.errors == ()
    assert result.edition is not None
    assert result.edition.title == "The Ferry of Port Anselm" or suffix in ("odt", "rtf", "wiki")
    written = (tmp_path / "out" / "article.md").read_text("utf-8")
    assert "Größe" in written
    assert "Tern" in written


def test_the_first_bytes_say_the_format_where_the_name_does_not() -> None:
    assert "Ossel" in plain(read_bytes(made("docx"), "download.bin"))
    assert "Ossel" in plain(read_bytes(made("rtf"), "download"))


# -- DOCX ------------------------------------------------------------------------------------------------------

BODY = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:body>%s<w:sectPr/></w:body></w:document>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""


def docx_of(paragraphs: str) -> bytes:
    return zipped({"_rels/.rels": RELATIONS, "word/document.xml": BODY % paragraphs})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def words_of_docx(data: bytes) -> str:
    """The words of a DOCX, read without pandoc: what stands in its elements of text."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    pieces = re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|(</w:p>|<w:br/>)", xml)
    return "".join(html.unescape(text) or "\n" for text, _ in pieces)


def test_all_text_of_a_docx_comes_in_as_an_independent_reader_sees_it() -> None:
    data = made("docx")
    document = read_bytes(data, "article.docx")
    ours = words_of(" ".join((document.meta.title, *document.meta.authors, document.meta.date, plain(document.blocks))))
    assert sorted(ours) == sorted(words_of(words_of_docx(data)))


_BODY = re.compile(r"<(?:office:)?body[^>]*>")


@pytest.mark.parametrize(("format", "part"), [("odt", r"content\.xml"), ("epub", r"EPUB/text/.*\.xhtml")])
def test_all_text_of_other_packages_comes_in_as_an_independent_reader_sees_it(format: str, part: str) -> None:  # noqa: A002
    """The words between the tags of the parts, the notes among them."""
    data = made(format)
    with zipfile.ZipFile(BytesIO(data)) as package:
        pages = [package.read(name).decode() for name in package.namelist() if re.fullmatch(part, name)]
    text = html.unescape(re.sub(r"<[^>]+>", " ", " ".join(_BODY.split(page)[-1] for page in pages)))
    document = read_bytes(data, "article", format)
    ours = " ".join((document.meta.title, *document.meta.authors, document.meta.date, plain(document)))
    assert Counter(re.findall(r"[^\W\d_]{2,}", text)) - Counter(re.findall(r"[^\W\d_]{2,}", ours)) == Counter()


def test_changes_on_record_are_accepted() -> None:
    data = docx_of(
        '<w:p><w:r><w:t xml:space="preserve">The wall is </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>low'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="A"><w:r><w:t>high</w:t></w:r></w:ins></w:p>'
    )
    assert plain(read_bytes(data, "a.docx")) == "The wall is high"


HELD = "<w:r><w:t>held words</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{HELD}</w:p></w:txbxContent>"
OLD_BOX = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
NEW_BOX = (
    f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing>"
)
BY = 'w:id="1" w:author="A"'
ODD_DOCX = {
    "a content control": f"<w:sdt><w:sdtContent><w:p>{HELD}</w:p></w:sdtContent></w:sdt>",
    "a control around a cell": f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:p>{HELD}</w:p></w:tc></w:sdtContent>"
    "</w:sdt></w:tr></w:tbl>",
    "a simple field": f'<w:p><w:fldSimple w:instr="DATE">{HELD}</w:fldSimple></w:p>',
    "a field of parts": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{HELD}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "no-break hyphens": "<w:p><w:r><w:t>held</w:t><w:noBreakHyphen/><w:t>words</w:t></w:r></w:p>",
    "a smart tag": f"<w:p><w:smartTag>{HELD}</w:smartTag></w:p>",
    "custom XML": f"<w:customXml><w:customXml><w:p>{HELD}</w:p></w:customXml></w:customXml>",
    "a direction": f'<w:p><w:dir w:val="rtl">{HELD}</w:dir></w:p>',
    "ruby": "<w:p><w:r><w:ruby><w:rt><w:r><w:t>words</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>held</w:t></w:r>"
    "</w:rubyBase></w:ruby></w:r></w:p>",
    "a text box": f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{NEW_BOX}</mc:Choice><mc:Fallback>'
    f"{OLD_BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "a text box of old": f"<w:p><w:r>{OLD_BOX}</w:r></w:p>",
    "words that moved": f"<w:p><w:moveFrom {BY}>{HELD}</w:moveFrom></w:p><w:p><w:moveTo {BY}>{HELD}</w:moveTo></w:p>",
    "a new paragraph": f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{HELD}</w:p>",
}


@pytest.mark.parametrize("shape", ODD_DOCX)
def test_odd_corners_of_docx_keep_their_words(shape: str) -> None:
    assert words_of(plain(read_bytes(docx_of(ODD_DOCX[shape]), "a.docx"))) == ["held", "words"]


# -- ODT -------------------------------------------------------------------------------------------------------

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3"><office:body><office:text>%s</office:text></office:body></office:document-content>"""
STYLES_PART = """<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 office:version="1.3"><office:styles/></office:document-styles>"""


def odt_of(content: str) -> bytes:
    mime = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mime, "content.xml": CONTENT % content, "styles.xml": STYLES_PART})


IN_SHAPE = "<text:p>held words</text:p>"
ODD_ODT = {
    "a deletion on record": "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
    '</text:deletion></text:changed-region></text:tracked-changes><text:p>held<text:change text:change-id="c"/> words'
    "</text:p>",
    "a comment": "<text:p>held<office:annotation><dc:creator>A</dc:creator><text:p>no</text:p></office:annotation>"
    " words</text:p>",
    "a text box": f"<text:p><draw:frame><draw:text-box>{IN_SHAPE}</draw:text-box></draw:frame></text:p>",
    "a shape": f"<text:p><draw:g><draw:custom-shape>{IN_SHAPE}</draw:custom-shape></draw:g></text:p>",
    "fields": "<text:p><text:date>held</text:date> <text:span><text:user-defined>words</text:user-defined></text:span>"
    "</text:p>",
    "fields in marked text": "<text:p><text:meta>held <text:author-name>words</text:author-name></text:meta></text:p>",
    "ruby": "<text:p><text:ruby><text:ruby-base>held</text:ruby-base><text:ruby-text>words</text:ruby-text></text:ruby>"
    "</text:p>",
    "a numbered paragraph": f"<text:numbered-paragraph>{IN_SHAPE}</text:numbered-paragraph>",
    "a section": f"<text:section>{IN_SHAPE}</text:section>",
    "an endnote": "<text:p>held<text:note><text:note-citation>i</text:note-citation><text:note-body><text:p>words"
    "</text:p></text:note-body></text:note></text:p>",
}


@pytest.mark.parametrize("shape", ODD_ODT)
def test_odd_corners_of_odt_keep_their_words(shape: str) -> None:
    assert words_of(plain(read_bytes(odt_of(ODD_ODT[shape]), "a.odt"))) == ["held", "words"]


def test_words_around_fields_of_odt_keep_their_places() -> None:
    text = "<text:p>On <text:date>9 March</text:date> in <text:a>a</text:a> <text:title>T</text:title>, b</text:p>"
    assert plain(read_bytes(odt_of(text), "a.odt")) == "On 9 March in a T, b"


@pytest.mark.parametrize("format", ["docx", "odt", "epub"])
def test_formulas_come_in(format: str) -> None:  # noqa: A002
    assert "x" in plain(read_bytes(made(format, "See $x^2$ there.\n"), "a", format))


@pytest.mark.parametrize("format", ["docx", "odt", "epub"])
def test_images_keep_their_name_and_come_with_their_bytes(tmp_path: Path, format: str) -> None:  # noqa: A002
    (tmp_path / "quay.png").write_bytes(pixel())
    data = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={format}", "--output=-", f"--resource-path={tmp_path}"],
        input=b"Words.\n\n![The quay](quay.png){#fig}\n",
        capture_output=True,
        check=True,
    ).stdout
    document = read_bytes(data, "a", format)
    (address,) = re.findall(r"!\[.*\]\(([^)]+)\)", dump(document.blocks))
    assert document.files == {address: pixel()}


def pixel() -> bytes:
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    header = chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_our_own_epub_is_read_with_its_cover_as_lead_image_and_without_hidden_lists(tmp_path: Path) -> None:
    (tmp_path / "crane.md").write_text(ARTICLE, "utf-8")
    publish([tmp_path / "crane.md"], tmp_path, formats=("epub",))
    document = read_bytes((tmp_path / "crane.epub").read_bytes(), "crane.epub")
    assert document.meta.title == "The Ferry of Port Anselm"
    assert document.meta.image
    assert "[Cover](" not in dump(document.blocks)  # of the landmarks
    assert "84 decibels" in plain(document)


# -- RTF -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"\u8222?Hafen\u8220? ist", "„Hafen“ ist"),
        (r"\u8222\'84Hafen", "„Hafen"),
        (r"{\uc2\u8222 ab}x", "„x"),
        (r"{\uc0\u8222}Hafen", "„Hafen"),
        (r"\u-10179?\u-8704?end", "😀end"),
        (r"caf\'e9 \'93x\'94", "café “x”"),
        (r"\f1 \'cf\'f0\'e8\f0  end", "При end"),
        (r"\f2 \'93\'fa\'96\'7b", "日本"),
        (r"\{x\} a\\b", "{x} a\\b"),
        (r"kept{\deleted  gone {\b gone} \'e9} too", "kept too"),
        (r"\ldblquote a\rdblquote  b\rquote s", "“a” b’s"),
    ],
)
def test_letters_of_rtf(written: str, said: str) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}{\f2\fcharset128 Gothic;}}"
    data = rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}\pard\f0 {written}\par}}".encode("ascii")
    assert plain(read_bytes(data, "a.rtf")) == said


def test_notes_of_rtf_as_libreoffice_writes_them() -> None:
    document = read_bytes(rb"{\rtf1\ansi Words{\super\chftn{\*\footnote\chftn\pard The note.\par}} end.\par}", "a.rtf")
    assert dump(document.blocks) == "Words{note 1} end."
    assert plain(document.notes[0]).strip() == "The note."


# -- LaTeX -----------------------------------------------------------------------------------------------------


def test_words_in_commands_of_ones_own_come_in() -> None:
    text = r"""\documentclass{article}\title{The \emph{Wall}}\author{Ann \and Bo}\begin{document}\maketitle
Some \mine{kept words} and \vspace{3cm}more~\yours[opt]{ones, 5\% of {\bf them}}; see \cite{lee2020}.
\begin{sidebar}
Inside \emph{it}.

\begin{itemize}\item one \item two\end{itemize}
\end{sidebar}
``Quoted'' --- end.
\[ E = mc^2 \]
After it.
\end{document}"""
    document = read_bytes(text.encode(), "a.tex")
    assert (document.meta.title, document.meta.authors) == ("The Wall", ("Ann", "Bo"))
    golden = dump(document.blocks)
    assert "Some kept words and more\u00a0ones, 5% of **them**; see [lee2020]." in golden.replace("⏎", " ").replace(
        "  ", " "
    )
    assert "Inside *it*.\n\n- one\n- two" in golden
    assert "“Quoted” — end." in golden
    assert MathBlock("E = mc^2") in [strip(block) for block in document.blocks]
    assert "3cm" not in golden


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("latex", "Words.\n\n\\input{%s}\n\n\\includegraphics{%s}"),
        ("rst", "Words.\n\n.. include:: %s\n\n.. csv-table::\n   :file: %s\n"),
        ("org", 'Words.\n\n#+INCLUDE: %s\n#+INCLUDE: "%s" src\n'),
    ],
)
def test_no_other_file_is_opened(tmp_path: Path, format: str, text: str) -> None:  # noqa: A002
    secret = tmp_path / "secret.txt"
    secret.write_text("sesame")
    document = read_bytes((text % (secret, secret)).encode(), "a", format)
    assert "Words." in plain(document)
    assert "sesame" not in dump(document.blocks)


# -- what is refused -------------------------------------------------------------------------------------------


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def damaged(data: bytes) -> bytes:
    """A zip archive one of whose parts does not hold what its checksum says."""
    place = data.index(b"word/document.xml") + 400
    return data[:place] + bytes(byte ^ 255 for byte in data[place : place + 40]) + data[place + 40 :]


def encrypted_part() -> bytes:
    data = bytearray(made("docx"))
    with zipfile.ZipFile(BytesIO(bytes(data))) as package:
        (place,) = [entry.header_offset for entry in package.infolist() if entry.filename == "word/document.xml"]
    data[place + 6] |= 1
    central = bytes(data).rindex(b"word/document.xml") - 46
    data[central + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    return zipped({"word/document.xml": BODY % "", **{f"word/{n}.xml": b"\0" * 2**25 for n in range(12)}})


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def old_office(more: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + more


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty file": ("a.docx", lambda: b"", "empty"),
    "text in a DOCX": ("a.docx", lambda: b"just words", "no DOCX document"),
    "a DOCX cut off": ("a.docx", lambda: truncated(made("docx")), "damaged"),
    "a DOCX with bytes changed": ("a.docx", lambda: damaged(made("docx")), "damaged"),
    "a zip bomb": ("a.docx", bomb, "unpacks to 384 MiB"),
    "a part with a password": ("a.docx", encrypted_part, "password"),
    "a DOCX with a password": ("a.docx", lambda: old_office("EncryptedPackage".encode("utf-16-le")), "password"),
    "a DOC called DOCX": ("a.docx", old_office, "old Office document"),
    "a DOC": ("a.doc", old_office, "Save it as DOCX"),
    "an ODT called DOCX": ("a.docx", lambda: made("odt"), "ODT"),
    "a DOCX called Markdown": ("a.md", lambda: made("docx"), "--from docx"),
    "an RTF called text": ("a.txt", lambda: made("rtf"), "--from rtf"),
    "a workbook": ("a.docx", lambda: zipped({"_rels/.rels": "", "xl/workbook.xml": ""}), "Excel"),
    "some zip": ("a.bin", lambda: zipped({"a.txt": "words"}), "Unpack it"),
    "a DOCX that is no XML": ("a.docx", lambda: zipped({"word/document.xml": "no"}), "cannot be read"),
    "a DOCX with a bomb of entities": (
        "a.docx",
        lambda: zipped(
            {
                "_rels/.rels": RELATIONS,
                "word/document.xml": BOMB + (BODY % f"<w:p><w:dir>{HELD}</w:dir><w:r><w:t>&i;</w:t></w:r></w:p>")[38:],
            }
        ),
        "read",
    ),
    "a DOCX without words": ("a.docx", lambda: docx_of("<w:p/>"), "no text"),
    "text called RTF": ("a.rtf", lambda: b"just words", "no RTF document"),
    "LaTeX that calls itself": ("a.tex", lambda: rb"\newcommand{\a}{\a\a}\a", "Loop"),
    "an EPUB without a book": (
        "a.epub",
        lambda: zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}),
        "cannot be read",
    ),
    "an ODT with a password": (
        "a.odt",
        lambda: zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
                "content.xml": "x",
            }
        ),
        "password",
    ),
}


@pytest.mark.parametrize("shape", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_mends_it(shape: str) -> None:
    name, content, said = REFUSED[shape]
    with pytest.raises(InputError) as caught:
        read_bytes(content(), name)
    assert said in str(caught.value)
    assert str(caught.value).startswith(name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_quotes_deeper_than_any_article_keep_their_words() -> None:
    tree: object = [{"t": "Para", "c": [{"t": "Str", "c": "deepest"}]}]
    for _ in range(MAX_DEPTH * 3):
        tree = [{"t": "BlockQuote", "c": tree}]
    assert plain(document_of({"meta": {}, "blocks": tree}, "docx", "a.docx")) == "deepest"


def test_markup_nested_without_end_ends_in_a_message() -> None:
    text = "".join(f"{'  ' * level}- item {level}\n" for level in range(320))
    with pytest.raises(InputError, match="too deep"):
        read_bytes(text.encode(), "a.org")


# -- there and back --------------------------------------------------------------------------------------------

WORD = st.sampled_from(["ferry", "naïve", "“quoted”", '"straight"', "it's", "a--b", "C:\\path", "x_y", "&", "日本"])
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
TEXTS = WORDS.map(Text)


def runs(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
    one = st.one_of(
        st.builds(lambda style, children: Styled(style, children), st.sampled_from(STYLES), inner),
        st.builds(lambda children: Link("https://port.example/a", children, "t"), inner),
        st.just(Math("x^2")),
        st.just(LineBreak()),
        st.builds(lambda alt: Image("https://port.example/a.png", alt), WORDS),
    )
    return st.builds(lambda first, middle, last: joined((first,), (middle,), (last,)), TEXTS, one, TEXTS)


NOTHING = Document(())
EDITION = edition_of(Cleaned(NOTHING, NOTHING, ()), "article")
STYLES = [
    Style.EMPHASIS,
    Style.STRONG,
    Style.STRIKETHROUGH,
    Style.UNDERLINE,
    Style.SUPERSCRIPT,
    Style.SUBSCRIPT,
]
SIMPLE = TEXTS.map(lambda text: (text,))
INLINES: st.SearchStrategy[Inlines] = st.one_of(SIMPLE, runs(SIMPLE))
PARAGRAPHS = INLINES.map(Paragraph)
ONE_LINE = INLINES.filter(lambda inlines: LineBreak() not in inlines)  # as headings are written


def items(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[ListItem, ...]]:
    item = st.builds(
        lambda first, rest, checked: ListItem((first, *rest), checked),
        PARAGRAPHS,
        st.lists(inner, max_size=1),
        st.sampled_from([None, True, False]),
    )
    return st.lists(item, min_size=1, max_size=3).map(tuple)


def rows(header: bool) -> st.SearchStrategy[tuple[Row, ...]]:  # noqa: FBT001
    cell = st.builds(lambda words: Cell((Paragraph((words,)),), align="left", header=header), TEXTS)
    return st.lists(st.tuples(cell, cell), min_size=1, max_size=1 if header else 3).map(tuple)


BLOCK = st.recursive(
    st.one_of(
        PARAGRAPHS,
        st.builds(Heading, st.integers(1, 6), ONE_LINE),
        st.builds(CodeBlock, WORDS, st.sampled_from(["", "python"])),
        st.just(MathBlock("x^2")),
        st.just(Break()),
        st.builds(Table, rows(header=True), rows(header=False)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: Quote(tuple(blocks))),
        st.builds(List, items(inner), st.sampled_from([None, 1, 7])),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCK, min_size=1, max_size=5))
def test_what_is_written_as_pandocs_document_is_read_back(blocks: list[Block]) -> None:
    last = Paragraph((Text("With a note"), NoteRef("1")))
    notes = {"1": Note("1", (Paragraph((Text("What it says."),)),))}
    tree = json.loads(json.dumps(pandoc_document(pandoc_blocks((*blocks, last), Known(EDITION, notes, {})))))
    document = document_of(unescaped(tree), "docx", "a.docx")
    assert [strip(block) for block in document.blocks] == [*blocks, last]
    assert strip_all(document.notes[0].children) == notes["1"].children


def unescaped(tree: object) -> object:
    """The tree without what the exporter escapes for Markdown's sake."""
    match tree:
        case {"t": "RawInline", "c": ["markdown", text]}:
            return {"t": "Str", "c": str(text).removeprefix("\\")}
        case dict():
            return {key: unescaped(value) for key, value in tree.items()}
        case list():
            return [unescaped(value) for value in tree]
    return tree


def strip(block: Block) -> Block:
    """The block without its places."""
    from dataclasses import replace

    from convert.model import NOWHERE
    from convert.walk import sequences_of, with_sequences

    inner = with_sequences(block, [strip_all(sequence) for sequence in sequences_of(block)])
    return replace(inner, origin=NOWHERE)


def strip_all(blocks: Blocks) -> Blocks:
    return tuple(strip(block) for block in blocks)


def test_what_only_other_programs_write_is_read() -> None:
    """Native nodes that our own exporter never makes: spans of languages, notes in notes, heads of rows, figures."""
    attributes = ["", [], []]
    german = ["", [], [["lang", "de"], ["dir", "ltr"]]]
    word = [{"t": "Str", "c": "Wort"}]
    plain_word = [{"t": "Plain", "c": word}]
    cell = [attributes, {"t": "AlignDefault"}, 1, 1, plain_word]
    wide = [attributes, {"t": "AlignRight"}, 1, 2, plain_word]
    tall = [attributes, {"t": "AlignDefault"}, 2, 1, plain_word]
    columns = [[{"t": "AlignCenter"}, {"t": "ColWidthDefault"}], [{"t": "AlignLeft"}, {"t": "ColWidthDefault"}]]
    body = [attributes, 1, [], [[attributes, [tall, cell]], [attributes, [cell]]]]
    caption = [None, plain_word]
    picture = {"t": "Image", "c": [attributes, [], ["a.png", ""]]}
    blocks = [
        {"t": "Div", "c": [german, [{"t": "Para", "c": [{"t": "SmallCaps", "c": word}]}]]},
        {"t": "DefinitionList", "c": [[word, [plain_word, plain_word]]]},
        {"t": "LineBlock", "c": [word, word]},
        {"t": "Figure", "c": [attributes, caption, [{"t": "Plain", "c": [picture]}]]},
        {
            "t": "Table",
            "c": [attributes, caption, columns, [attributes, [[attributes, [wide]]]], [body], [attributes, []]],
        },
        {"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "SingleQuote"}, word]}, {"t": "Span", "c": [attributes, []]}]},
        {"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": [*word, {"t": "Note", "c": plain_word}]}]}]},
    ]
    document = document_of({"meta": {}, "blocks": blocks}, "docx", "a.docx")
    first, definitions, verse, figure, said, table, quoted, noted = document.blocks
    assert (first.lang, first.dir, plain(first)) == ("de", "ltr", "Wort")
    text = (Text("Wort"),)
    assert strip(definitions) == DefinitionList((Definition((text,), (Paragraph(text), Paragraph(text))),))
    assert strip(verse) == Paragraph((*text, LineBreak(), *text))
    assert strip(figure) == Figure(Image("a.png", ""), (Paragraph(text),))
    assert plain(said) == "Wort"
    assert isinstance(table, Table)
    assert [(cell.colspan, cell.align, cell.header) for cell in table.head[0]] == [(2, "right", True)]
    assert [[(cell.rowspan, cell.align, cell.header) for cell in row] for row in table.body] == [
        [(2, "center", True), (1, "left", False)],
        [(1, "left", False)],
    ]
    assert plain(quoted) == "‘Wort’"
    assert strip(noted) == Paragraph((NoteRef("1"),))
    assert [note.label for note in document.notes] == ["1", "2"]


def test_every_reader_is_found_by_its_name() -> None:
    assert set(FORMATS) < set(READERS)
    assert isinstance(read_bytes(b"* Heading\n\nWords.\n", "a.org"), Document)
