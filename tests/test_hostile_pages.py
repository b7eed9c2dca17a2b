"""Web pages that mean harm, or that no person wrote: none of it reaches an edition; time and memory are bounded."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from convert import InputError, publish, read
from convert.model import Document
from convert.readers import read_bytes
from convert.walk import plain

SENTENCES = "".join(
    f"<p>Sentence number {number} of the article is long enough to be read as one, about the harbour and the sea.</p>"
    for number in ("one", "two", "three", "four")
)
HOSTILE = f"""<!DOCTYPE html><html lang="en"><head><title>The Quiet Quay</title><base href="https://port.example/news/">
<meta http-equiv="refresh" content="0; url=https://evil.example/refresh"><link rel="stylesheet" href="https://evil.example/css">
<style>body{{background:url(https://evil.example/style)}}</style><script src="https://evil.example/head.js"></script></head>
<body onload="evilOnload()"><article><h1 onclick="evilClick()">The Quiet Quay</h1>{SENTENCES}
<script>evilScript()</script><p onmouseover="evilHover()" style="background:url(https://evil.example/inline)">Kept one.
<a href="javascript:evilLink()">Kept two</a>, <a href="  JaVa&#x0A;Script:evilSpaced()">kept three</a>,
<a href="file:///etc/evilpasswd">kept four</a>, <a href="data:text/html,evilData">kept five</a>,
<a href="vbscript:evilVb()">kept six</a>, <a href="b" ping="https://evil.example/ping">kept seven</a>.</p>
<img src="https://evil.example/pixel.gif" width="1" height="1">
<img src="https://evil.example/hidden.gif" style="display:none">
<img src="x" onerror="evilError()" alt="A broken image"><img src="file:///etc/evilimage.png" alt="Another">
<p>&lt;script&gt;evilEntity()&lt;/script&gt; is kept as words: &amp;lt;b&amp;gt;, &#0;&#x1F;&#xD800;&#x110000;
kept ten.</p>
<iframe srcdoc="&lt;script&gt;evilSrcdoc()&lt;/script&gt;"></iframe><iframe src="javascript:evilFrame()"></iframe>
<object data="https://evil.example/object.swf"><embed src="https://evil.example/embed.swf"></object>
<svg onload="evilSvg()"><script>evilSvgScript()</script><foreignObject><p>evilForeign</p></foreignObject></svg>
<math><mtext><img src="x" onerror="evilMath()"></mtext><mi xlink:href="javascript:evilMi()">x</mi></math>
<form action="https://evil.example/form"><input name="evilinput" value="evilValue"><textarea>evilText</textarea></form>
<noscript><p>evilNoscript</p></noscript><template><p>evilTemplate</p></template><p hidden>evilHidden</p>
<a href="https://port.example/x" title="&quot; onclick=&quot;evilTitle()">Kept eleven</a> and the last of it, a line
on the quay.
</article></body></html>"""
HARM = (
    "evil.example",
    "evil",
    "onclick",
    "onload",
    "onerror",
    "javascript:",
    "vbscript:",
    "file:/",
    "data:text",
    "\x00",
    "\x1f",
)
KEPT = ("one", "two", "three", "four", "five", "six", "seven", "ten", "eleven")


def test_nothing_hostile_reaches_an_edition_and_the_words_do(tmp_path: Path) -> None:
    source = tmp_path / "quay.html"
    source.write_text(HOSTILE, encoding="utf-8")
    (published,) = publish([source], tmp_path / "out", formats=("md", "epub"))
    assert published.errors == ()
    markdown = (tmp_path / "out" / "quay.md").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "out" / "quay.epub") as book:
        names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        xhtml = "".join(book.read(name).decode() for name in names)
    for edition in (markdown, xhtml):
        words = edition.replace("evilEntity", "").replace("evilTitle", "")  # words that the page shows
        words = words.replace("onclick=", "")  # of the title, between other marks
        assert [harm for harm in HARM if harm in words] == []
        assert [word for word in KEPT if f"ept {word}" not in edition] == []
    assert "<script" not in xhtml
    assert 'onclick="' not in xhtml


# -- size ------------------------------------------------------------------------------------------------------

LINE = "<p>A sentence of the article that is long enough to be read as one, about the harbour and the sea.</p>"
MIB = 2**20
LARGE = {
    "200,000 elements in one another": "'<div>' * 200_000 + LINE + '</div>' * 200_000",
    "100,000 lists in one another": "'<ul><li>' * 100_000 + LINE",
    "100,000 quotes in one another": "'<blockquote>' * 100_000 + LINE",
    "formatting that nothing closes": "''.join(f'<p><font color={n}>x' for n in range(20_000)) + LINE",
    "50,000 tables in one another": "'<table><tr><td>' * 50_000 + LINE",
    "100,000 attributes": "'<div ' + ' '.join(f'a{n}=\"v\"' for n in range(100_000)) + '>' + LINE + '</div>'",
    "500,000 classes": "'<div class=\"' + 'menu ' * 500_000 + '\">' + LINE + '</div>'",
    "100,000 comments that nothing closes": "LINE + '<!--' * 100_000",
    "2,000,000 brackets": "'<' * 2_000_000 + LINE",
    "20,000 notes": (
        "''.join(f'<p>w<sup><a href=\"#fn{n}\" id=\"r{n}\">{n}</a></sup></p>' for n in range(20_000)) + '<ol>'"
        " + ''.join(f'<li id=\"fn{n}\">n <a href=\"#r{n}\">b</a></li>' for n in range(20_000)) + '</ol>' + LINE"
    ),
    "a note called 20,000 times": (
        "''.join(f'<p>w<sup><a href=\"#fn1\" id=\"r{n}\">1</a></sup></p>' for n in range(20_000))"
        " + '<ol><li id=\"fn1\">n '"
        " + ''.join(f'<a href=\"#r{n}\">b</a>' for n in range(20_000)) + '</li></ol>' + LINE"
    ),
    "spans of 1,000 columns": (
        "'<table>' + ('<tr>' + '<td colspan=1000>x</td>' * 200 + '</tr>') * 200 + '</table>' + LINE"
    ),
    "16 MiB of words": f"'<p>' + 'word ' * {int(15.9 * MIB) // 5} + '</p>' + LINE",
}
MAX_SECONDS = 60
"""What a slow machine is given; a fast one needs 1 to 8."""
MAX_MEMORY = 2 * 2**30
READER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from convert.readers import read_bytes
from convert.walk import plain
LINE = {line!r}
print("about the harbour" in plain(read_bytes(({page}).encode(), "page.html")))
"""


@pytest.mark.parametrize("shape", LARGE)
def test_large_shapes_are_read_in_bounded_time_and_memory(shape: str) -> None:
    program = READER.format(memory=MAX_MEMORY, line=LINE, page=LARGE[shape])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=MAX_SECONDS, check=False
    )
    assert done.stderr == ""
    said = done.stdout.strip()
    assert said == "True" or shape.startswith(("100,000 lists", "50,000", "2,000,000"))


def test_a_page_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(LINE.encode() * (17 * MIB // len(LINE)))
    with pytest.raises(InputError, match="16 MiB"):
        read(path)


# -- odd bytes -------------------------------------------------------------------------------------------------


def read_html(page: str) -> Document:
    return read_bytes(page.encode("utf-8", "surrogatepass"), "page.html")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (f"<p>A\0 word\0.</p>\0{LINE * 2}", "word"),
        ("<p>&#0;A &#xD800;word &#x110000;&#99999999999999999999;</p>", "word"),
        ("<p>&lt;b&gt;word&lt;/b&gt; &amp;lt;", "<b>word</b> &lt;"),
        ("<p>word &copy &notit; &am", "word © ¬it; &am"),
        ("<p>cut <b>off <a href='x", "cut off"),
        ("<p>cut <!-- off", "cut"),
        ("</p></div></body>word", "word"),
        ("<p/>one<br/>two<div/>three", "three"),
        ("<p>a word<![CDATA[ data ]]></p>", "a word"),
        ("<frameset><frame src=x></frameset><p>word", ""),
        ("<plaintext><p>word", "<p>word"),
        ("<title>only</title>", ""),
        ("<table><p>word</p><tr><td>cell</td></table>", "word"),
        ("<select><option>no</select><p>word", "word"),
    ],
)
def test_broken_pages_give_their_words(page: str, words: str) -> None:
    assert words in plain(read_html(page))


def test_controls_of_a_page_reach_no_text() -> None:
    text = plain(read_html("<p>A&#1;b&#x1F;c\0d&#x7F;</p>"))
    assert not set(text) & {"\0", "\x1e"}


ENDLESS = "9" * 5000  # more digits than Python turns into a number


@pytest.mark.parametrize("form", ["html", "markdown"])
@pytest.mark.parametrize(
    "markup",
    [
        f'<table><tr><th>a</th><th>b</th></tr><tr><td colspan="{ENDLESS}">1</td><td>2</td></tr></table>',
        f'<table><tr><th>a</th><th>b</th></tr><tr><td rowspan="{ENDLESS}">1</td><td>2</td></tr></table>',
        f'<ol start="{ENDLESS}"><li>kept words</li></ol>',
        f'<div role="heading" aria-level="{ENDLESS}">kept words</div>',
        '<div role="heading" aria-level="²">kept words</div>',
        f'<img src="https://port.example/a.jpg" width="{ENDLESS}" height="²" alt="">',
    ],
    ids=["colspan", "rowspan", "start", "level", "level-that-is-no-number", "width"],
)
def test_numbers_that_are_none(markup: str, form: str) -> None:
    """A number that nobody meant is one that is not there, or the largest that there is."""
    document = read_bytes(f"{markup}<p>The last line.</p>".encode(), "page", form)
    assert "The last line." in plain(document)
    assert ("kept words" in markup) == ("kept words" in plain(document))
