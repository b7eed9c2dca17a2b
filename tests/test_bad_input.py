"""What people and scrapers really hand in: nothing, not text, half a text, too much, and hostile text."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from convert import publish, to_text
from convert.publishing import Published

TITLE = "# The New Harbour Wall\n\n"
PLAIN = "The wall is eleven metres high, and the town has paid for every stone of it.\n\n"
KINDS = ("md", "epub")
SECONDS = 60


def save(folder: Path, content: str | bytes, name: str = "article.md") -> Path:
    """A source in a folder of its own, so that editions and leftovers show."""
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def command(folder: Path, *arguments: str | Path, seconds: float = SECONDS) -> subprocess.CompletedProcess[str]:
    """Runs `publish` into `folder / "out"`, with `folder / "tmp"` as the system's folder for temporary files."""
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "convert", "publish", *map(str, arguments), "-o", str(folder / "out")],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder / "tmp")},
        timeout=seconds,
        check=False,
    )


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def assert_fails(result: subprocess.CompletedProcess[str], code: int, name: str, folder: Path) -> None:
    """One message that names the file, and nothing left behind."""
    assert result.returncode == code, result.stderr
    assert result.stdout == ""
    (message,) = result.stderr.splitlines()
    assert message.startswith("clearcopy: ")
    assert name in message
    assert files_in(folder / "out") == set()
    assert files_in(folder / "tmp") == set()


def published(folder: Path, content: str | bytes, kinds: tuple[str, ...] = KINDS) -> Published:
    """Sound editions of a source: all are there, the source is as it was, and nothing else was made."""
    source = save(folder, content)
    before = source.read_bytes()
    (made,) = publish([source], folder / "out", formats=kinds)
    assert made.errors == ()
    assert files_in(folder / "out") == {f"article.{kind}" for kind in kinds} | {"article.ledger.jsonl"}
    assert source.read_bytes() == before
    assert files_in(source.parent) == {source.name}
    for page in pages(folder):
        etree.fromstring(page)
    return made


def edition(folder: Path, kind: str = "md") -> Path:
    return folder / "out" / f"article.{kind}"


def markdown(folder: Path) -> str:
    return edition(folder).read_text("utf-8")


def pages(folder: Path) -> Iterator[bytes]:
    """The documents of the EPUB edition."""
    if edition(folder, "epub").exists():
        with zipfile.ZipFile(edition(folder, "epub")) as package:
            yield from (package.read(name) for name in package.namelist() if name.endswith((".xhtml", ".ncx", ".opf")))


def text(made: Published) -> str:
    assert made.cleaned is not None
    return to_text(made.cleaned.document)


# -- what is refused -------------------------------------------------------------------------------------------


def zip_bytes() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t\r\n \n", "empty", id="spaces"),
        pytest.param(b"\xef\xbb\xbf\n", "empty", id="byte order mark"),
        pytest.param(random.Random(1).randbytes(5_000), "binary", id="random"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG", id="png"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n", "PDF", id="pdf"),
        pytest.param(zip_bytes(), "zip", id="zip"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    result = command(tmp_path, save(tmp_path, content), "--to", "md,epub")
    assert_fails(result, 3, "article.md", tmp_path)
    assert said in result.stderr


def test_refusal_of_a_pdf_edition_leaves_nothing(tmp_path: Path) -> None:
    """The typesetter is running by then: it must go, with its temporary folder."""
    assert_fails(command(tmp_path, save(tmp_path, b"")), 3, "article.md", tmp_path)


@pytest.mark.parametrize("megabytes", [17, 100])
def test_a_file_over_the_limit_is_refused_with_the_limit(tmp_path: Path, megabytes: int) -> None:
    source = save(tmp_path, b"")
    os.truncate(source, megabytes * 2**20)
    result = command(tmp_path, source, "--to", "md")
    assert_fails(result, 3, "article.md", tmp_path)
    assert f"{megabytes} MiB" in result.stderr
    assert "16 MiB" in result.stderr


def test_a_missing_path(tmp_path: Path) -> None:
    assert_fails(command(tmp_path, "nowhere.md"), 3, "nowhere.md", tmp_path)


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "lost.md").symlink_to(tmp_path / "gone.md")
    assert_fails(command(tmp_path, "lost.md", "--to", "md"), 3, "lost.md", tmp_path)


@pytest.mark.parametrize("name", ["articles", "folder.md"])
def test_a_folder_without_articles(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "README.md").write_text(TITLE)
    (tmp_path / name / "picture.png").write_bytes(b"\x89PNG")
    assert_fails(command(tmp_path, name, "--to", "md"), 3, name, tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path: Path) -> None:
    source = save(tmp_path, TITLE + PLAIN)
    source.chmod(0)
    assert_fails(command(tmp_path, source, "--to", "md"), 3, "article.md", tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    result = command(tmp_path, save(tmp_path, TITLE + PLAIN), "--to", "md")
    assert result.returncode == 4
    assert "out" in result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "out").read_text() == "a file where the folder should be"


# -- encodings -------------------------------------------------------------------------------------------------

GERMAN = (
    "# Größe und Maß der Häfen\n\nDie Müllers aßen süße Äpfel; sagte er „schön“ – und ging.\n\n"
    + "Das ist ein ganz gewöhnlicher Absatz mit schönen Wörtern über die Häfen der Ostsee.\n\n" * 3
)
GERMAN_ASCII_MARKS = GERMAN.replace("„", '"').replace("“", '"').replace("–", "-")
JAPANESE = "# 新しい港についての記事\n\n" + "これは港についての段落です。言葉は十分にあります。\n\n" * 5


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (GERMAN_ASCII_MARKS, "latin-1"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_encodings_are_found(tmp_path: Path, written: str, encoding: str) -> None:
    made = published(tmp_path, written.encode(encoding))
    lines = [line for line in written.splitlines() if line]
    assert made.edition is not None
    assert made.edition.title == lines[0].removeprefix("# ")
    assert text(made).split("\n\n")[0] == lines[1]


def test_a_character_cut_in_two_at_the_end_costs_that_character_only(tmp_path: Path) -> None:
    made = published(tmp_path, (GERMAN + "Zum Schluss ein Café").encode()[:-1])
    assert "süße Äpfel" in text(made)
    assert "Zum Schluss ein Caf" in text(made)


def test_bytes_of_lone_surrogates_do_not_spoil_the_rest(tmp_path: Path) -> None:
    made = published(tmp_path, GERMAN.encode() + b"Worte \xed\xa0\x80 danach.\n")
    assert "süße Äpfel" in text(made)
    assert "danach." in text(made)


def test_control_characters_reach_no_edition(tmp_path: Path) -> None:
    published(tmp_path, TITLE + "Words\x01 with\x0b some\x7f \x1b[31mred\x00 ones.\n\n" + PLAIN * 10)
    for page in (edition(tmp_path).read_bytes(), *pages(tmp_path)):
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)


# -- shapes ----------------------------------------------------------------------------------------------------

LONG_TITLE = "A long word " * 416 + "ends it"


def test_a_title_of_5000_characters(tmp_path: Path) -> None:
    made = published(tmp_path, f"# {LONG_TITLE}\n\n{PLAIN}")
    assert made.edition is not None
    assert made.edition.title == LONG_TITLE


def test_a_title_of_5000_characters_as_a_pdf(tmp_path: Path) -> None:
    published(tmp_path, f"# {'Word title ' * 454}\n\n{PLAIN}", ("pdf",))


SHAPES = {
    "headings 50 deep": "".join(f"{'#' * level} Level number {level}\n\n{PLAIN}" for level in range(1, 51)),
    "quotes 50 deep": "> " * 50 + "The deepest words.\n",
    "quotes 500 deep": "> " * 500 + "The deepest words.\n",
    "lists 100 deep": "".join(f"{'  ' * level}- item {level}\n" for level in range(100)),
    "brackets": "[" * 3_000 + "The deepest words" + "]" * 3_000 + "\n",
    "emphasis never closed": "*one **two " * 600 + "\n",
    "unclosed tags": "<div><p>Open <b>bold <table><tr><td>cell\n\nThe words after.\n\n<!-- a comment\n\nThe end.\n",
    "elements 50 deep": "<div>" * 50 + "The deepest words" + "</div>" * 50 + "\n",
}
LAST_WORDS = {
    "headings 50 deep": "Level number 50",
    "lists 100 deep": "item 99",
    "emphasis never closed": "two",
    "unclosed tags": "The end.",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_odd_shapes_keep_their_words(tmp_path: Path, shape: str) -> None:
    made = published(tmp_path, TITLE + PLAIN + SHAPES[shape])
    assert LAST_WORDS.get(shape, "The deepest words") in text(made)


@pytest.mark.parametrize("shape", ["quotes 500 deep", "lists 100 deep"])
def test_deep_nesting_can_be_printed(tmp_path: Path, shape: str) -> None:
    published(tmp_path, TITLE + PLAIN + SHAPES[shape], ("pdf",))


def test_elements_500_deep(tmp_path: Path) -> None:
    published(tmp_path, TITLE + PLAIN + "<div>" * 500 + "The deepest words" + "</div>" * 500 + "\n")


def test_a_line_of_200_kilobytes(tmp_path: Path) -> None:
    line = "A line that goes on and on " * 7_600
    made = published(tmp_path, TITLE + line + "\n", ("md",))
    assert line.strip() in text(made)


def test_a_word_of_20_kilobytes(tmp_path: Path) -> None:
    """Base64 and other data that a scrape leaves in the text."""
    source = save(tmp_path, f"{TITLE}{'x' * 20_000}\n")
    assert command(tmp_path, source, "--to", "md", seconds=8).returncode == 0


def test_2000_headings(tmp_path: Path) -> None:
    made = published(tmp_path, TITLE + "".join(f"## Berth {n}\n\nIt is taken, {n}.\n\n" for n in range(2_000)), ("md",))
    assert made.edition is not None
    assert [entry.title for entry in made.edition.contents] == [f"Berth {n}" for n in range(2_000)]


def test_no_headings_at_all(tmp_path: Path) -> None:
    made = published(tmp_path, PLAIN * 3)
    assert made.cleaned is not None
    assert [record.code for record in made.cleaned.findings] == ["CHK104"]
    assert text(made).count("eleven metres") == 3


def test_only_boilerplate(tmp_path: Path) -> None:
    """Editions without text are valid ones, and the ledger has all that went."""
    made = published(tmp_path, "Share this:\n\nFacebook\n\nTwitter\n\nSubscribe to our newsletter\n")
    assert made.cleaned is not None
    assert "Facebook" in (tmp_path / "out" / "article.ledger.jsonl").read_text("utf-8")


# -- hostile text ----------------------------------------------------------------------------------------------

HOSTILE = f"""{TITLE}{PLAIN}<script>alert('evil')</script>

<style>p {{ color: evil }}</style>

<iframe src="https://evil.example/"></iframe>

<p onclick="evil()">Clicked words</p>

A [one](file:///etc/passwd), [two](javascript:evil), [three](data:text/html;base64,ZXZpbA==), [four](JaVaScRiPt:evil),
<a href="file:///tmp/evil" onmouseover="evil()">five</a>, <img src="file:///tmp/evil.png" alt="six">,
![seven](file:///etc/hosts), ![eight](data:image/png;base64,ZXZpbA==), [nine][ref], [ten](java&#115;cript:evil),
<a href="&#x6a;avascript:evil">eleven</a> and [kept](https://example.org/).

[ref]: file:///evil

{PLAIN}"""
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "kept")
DANGER = re.compile(rb"file:/|javascript|data:|evil|onclick|onmouseover|<script|<iframe|/etc/", re.IGNORECASE)


def test_hostile_text_reaches_no_edition_and_its_words_do(tmp_path: Path) -> None:
    published(tmp_path, HOSTILE, ("pdf", "epub", "md"))
    for number in (*NUMBERS, "Clicked words"):
        assert number in markdown(tmp_path)
    for page in (edition(tmp_path).read_bytes(), *pages(tmp_path), *pdf_objects(tmp_path)):
        assert not DANGER.search(page), DANGER.search(page)
    assert "(https://example.org/)" in markdown(tmp_path)


def pdf_objects(folder: Path) -> Iterator[bytes]:
    """Each object of the PDF edition, its streams decoded."""
    with pikepdf.open(edition(folder, "pdf")) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Length1") is None:
                yield thing.read_bytes()
            yield repr(thing).encode()


YAML_BOMB = "a: &a [lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{of}'] * 9)}]\n" for of, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "front_matter",
    [
        pytest.param(YAML_BOMB, id="bomb"),
        pytest.param(f"{YAML_BOMB}title: *j\n", id="bomb as title"),
        pytest.param("title: [never closed\n  : : x\n", id="broken"),
        pytest.param("title: !!python/object/apply:os.mkdir [made-by-yaml]\n", id="code"),
        pytest.param("- a\n- list\n", id="list"),
        pytest.param("title: {a: {b: [1, 2]}}\nauthors: 7\ndate: never\n", id="wrong types"),
    ],
)
def test_bad_front_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, front_matter: str) -> None:
    """It neither runs nor grows, and the article comes out."""
    monkeypatch.chdir(tmp_path)
    made = published(tmp_path, f"---\n{front_matter}---\n\n{TITLE}{PLAIN}")
    assert PLAIN.strip() in text(made)
    assert edition(tmp_path).stat().st_size < 20_000
    assert not (tmp_path / "made-by-yaml").exists()


# -- scripts and blocks ----------------------------------------------------------------------------------------

SCRIPTS = {
    "ar": "# مقال عن الميناء الجديد\n\nهذه فقرة أولى من الكلمات العربية التي تصف الميناء.\n\n"
    "## العنوان الأول\n\nهذه فقرة ثانية عن السفن والبحر.\n\n## العنوان الثاني\n\nوهذه فقرة ثالثة عن 25 سفينة.\n",
    "he": "# מאמר על הנמל החדש\n\nזוהי פסקה ראשונה של מילים בעברית על הנמל.\n\n"
    "## כותרת ראשונה\n\nזוהי פסקה שנייה על ספינות וים.\n\n## כותרת שנייה\n\nועוד פסקה על 25 ספינות.\n",
    "ja": "# 新しい港についての記事\n\nこれは港についての最初の段落です。\n\n"
    "## 最初の見出し\n\n船と海についての二番目の段落です。\n\n## 二番目の見出し\n\n三番目の段落です。\n",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_other_scripts(tmp_path: Path, language: str) -> None:
    made = published(tmp_path, SCRIPTS[language], ("pdf", "epub", "md"))
    expected = re.findall("^## (.*)$", SCRIPTS[language], flags=re.M)
    assert made.edition is not None
    assert [entry.title for entry in made.edition.contents] == expected
    direction = b"ltr" if language == "ja" else b"rtl"
    assert all(b' dir="' + direction + b'"' in page for page in pages(tmp_path) if b"<html" in page)


EVERY_BLOCK = """# Every Block There Is

By Ann Lee

An opening paragraph with **strong**, *emphasis*, ~~struck~~, `code`, H<sub>2</sub>O, a [link](https://example.org/a)
and a note.[^1]

## Tables and lists

| Left | Centre | Right |
|:-----|:------:|------:|
| one | two | 3 |
| four | `a` | 6 |

- outer
  - inner
    1. numbered
    2. again
- last

<!-- -->

- [ ] to do
- [x] done

## Code and mathematics

```python
def answer() -> int:
    return 42  # <b>&amp;</b>
```

Inline $a^2$ and a block:

$$
E = mc^2
$$

## Quotes and pictures

> A quotation.
>
> > Another inside it.

![A harbour at dawn](https://example.org/harbour.png)

---

The end, with a second note.[^two]

[^1]: The first note, with a [link](https://example.org/n).
[^two]: The second note.

    It has a second paragraph.
"""


def test_every_block_survives_in_every_edition(tmp_path: Path) -> None:
    published(tmp_path, EVERY_BLOCK, ("pdf", "epub", "md"))
    written = markdown(tmp_path)
    for mark in (
        "**strong**",
        "*emphasis*",
        "~~struck~~",
        "- [ ] to do",
        "- [x] done",
        "    return 42  # <b>&amp;</b>",
        "$a^2$",
        "E = mc^2",
        "> > Another inside it.",
        "![A harbour at dawn](https://example.org/harbour.png)",
        "[link](https://example.org/n)",
        "It has a second paragraph.",
    ):
        assert mark in written
    assert re.search(r"^\|:-+\|:-+:\|-+:\|$", written, flags=re.M)
    book = b"".join(pages(tmp_path)).decode()
    for mark in ("<table>", "text-align: right", "<ol>", "<s>struck</s>", "<blockquote>", "<hr/>", "doc-noteref"):
        assert mark in book


@pytest.mark.parametrize("mark", ["—", "-", "*"])
def test_a_mark_in_a_table_stays_in_its_cell(tmp_path: Path, mark: str) -> None:
    """Tables say "none" and "see below" so."""
    made = published(tmp_path, f"{TITLE}{PLAIN}| Ship | Berth |\n|---|---|\n| Ossel | {mark} |\n\n{PLAIN}")
    assert made.cleaned is not None
    assert "SEP101" not in {record.code for record in made.cleaned.ledger}
    assert re.search(rf"^\| Ossel +\| \\?{re.escape(mark)} +\|$", markdown(tmp_path), flags=re.M)


@pytest.mark.parametrize("kind", ["pdf", "epub", "md"])
def test_a_bar_in_the_code_of_a_cell(tmp_path: Path, kind: str) -> None:
    published(tmp_path, f"{TITLE}{PLAIN}| A | B |\n|---|---|\n| `a \\| b` | 6 |\n\n{PLAIN}", (kind,))


# -- what stands in the way ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["md", "ledger.jsonl"])
def test_a_file_that_is_not_ours_stays(tmp_path: Path, kind: str) -> None:
    (tmp_path / "out").mkdir()
    edition(tmp_path, kind).write_text("my own words")
    source = save(tmp_path, TITLE + PLAIN)
    result = command(tmp_path, source, "--to", "md,epub")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert f"article.{kind}" in result.stderr
    assert "--force" in result.stderr
    assert files_in(tmp_path / "out") == {f"article.{kind}"}
    assert edition(tmp_path, kind).read_text() == "my own words"
    assert command(tmp_path, source, "--to", "md,epub", "--force").returncode == 0
    assert "my own words" not in edition(tmp_path, kind).read_text()


def test_an_edition_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    source = save(tmp_path, TITLE + PLAIN * 40)
    assert command(tmp_path, source, "--to", "md").returncode == 0
    source.write_text("# Short\n\nA new text.\n")
    assert command(tmp_path, source, "--to", "md").returncode == 0
    assert "eleven metres" not in markdown(tmp_path)
    assert "A new text." in markdown(tmp_path)
    assert files_in(tmp_path / "out") == {"article.md", "article.ledger.jsonl"}


def test_an_edition_that_was_changed_by_hand_stays(tmp_path: Path) -> None:
    source = save(tmp_path, TITLE + PLAIN)
    assert command(tmp_path, source, "--to", "md").returncode == 0
    changed = markdown(tmp_path) + "\nMy own words.\n"
    edition(tmp_path).write_text(changed)
    result = command(tmp_path, source, "--to", "md")
    assert result.returncode == 2
    assert "article.md" in result.stderr
    assert markdown(tmp_path) == changed


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_a_source_is_never_written_to(tmp_path: Path, options: tuple[str, ...]) -> None:
    source = tmp_path / "out" / "x.md"
    source.parent.mkdir()
    source.write_text(TITLE + PLAIN)
    result = command(tmp_path, source, "--to", "md", *options)
    assert result.returncode == 2
    assert "x.md" in result.stderr
    assert source.read_text() == TITLE + PLAIN
    assert files_in(source.parent) == {"x.md"}
