"""What the reader of web pages makes of the markup of real pages: snippets of every program that writes them."""

from __future__ import annotations

import pytest

from convert.exporters.formulas import Formula, mathml
from convert.model import Code, DefinitionList, Document, Figure, Link, Quote, Table
from convert.readers import read_bytes
from convert.walk import dump, inlines_below, plain


def read(html: str, url: str = "") -> Document:
    return read_bytes(html.encode(), "page.html", url=url)


def blocks(html: str, url: str = "") -> str:
    return dump(read(html, url).blocks)


def notes(html: str) -> dict[str, str]:
    return {note.label: dump(note.children) for note in read(html).notes}


# -- notes -----------------------------------------------------------------------------------------------------

CALLED = "<p>A word.{call} More.</p><h2>Next</h2>{note}"

NOTES = {
    "roles": (
        '<a id="r" href="#n" role="doc-noteref">1</a>',
        '<aside id="n" role="doc-footnote"><p>The note.</p></aside>',
    ),
    "role and a link back": (
        '<sup id="r"><a href="#n" role="doc-noteref">1</a></sup>',
        '<ol><li id="n" role="doc-endnote">The note. <a href="#r" role="doc-backlink">↩︎</a></li></ol>',
    ),
    "kramdown": (
        '<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">1</a></sup>',
        '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:a"><p>The note.&#160;<a href="#fnref:a" '
        'class="reversefootnote" role="doc-backlink">&#8617;</a></p></li></ol></div>',
    ),
    "Word": (
        '<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>',
        '<div><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> The note.</p></div></div>',
    ),
    "LibreOffice": (
        '<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup>',
        '<div id="sdfootnote1"><p>'
        '<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> The note.</p></div>',
    ),
    "a paragraph that leads back": (
        '<a name="back1" href="#end1">[1]</a>',
        '<p><a name="end1" href="#back1">[1]</a> The note.</p>',
    ),
    "a footnote section without links back": (
        '<sup><a href="#x7">1</a></sup>',
        '<section class="article-footnotes"><ol><li id="x7">The note.</li></ol></section>',
    ),
    "Substack": (
        '<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>',
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>The note.</p></div></div>',
    ),
    "docutils": (
        '<a class="footnote-reference brackets" href="#id2" id="id1" role="doc-noteref">'
        '<span class="fn-bracket">[</span>'
        "1"
        '<span class="fn-bracket">]</span></a>',
        '<aside class="footnote brackets" id="id2" role="doc-footnote">'
        '<span class="label">'
        '<span class="fn-bracket">[</span>'
        '<a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span><p>The note.</p></aside>',
    ),
}


@pytest.mark.parametrize("program", NOTES)
def test_notes_of_programs(program: str) -> None:
    call, note = NOTES[program]
    html = CALLED.format(call=call, note=note)
    assert blocks(html) == "A word.{note 1} More.\n\n## Next"
    assert notes(html) == {"1": "The note."}


def test_a_note_called_twice_is_one() -> None:
    html = (
        '<p>One<sup id="a"><a href="#cite_note-1">[1]</a></sup> two'
        '<sup id="b"><a href="#cite_note-1">[1]</a></sup>.</p>'
        '<ol><li id="cite_note-1">^ <a href="#a">a</a> <a href="#b">b</a> Lee 1999.</li></ol>'
    )
    assert blocks(html) == "One{note 1} two{note 1}."
    assert notes(html) == {"1": "Lee 1999."}


@pytest.mark.parametrize(
    "html",
    [
        '<ol><li><a href="#s1">1</a></li></ol><h2 id="s1">One</h2><p>Text. <a href="#top">↑</a></p>',
        '<p><a href="#c2">[2]</a></p><section id="c2"><h3>Two</h3><p>Text.</p></section>',
        '<p id="top"><a href="#comments">12</a></p><div id="comments"><p>A comment.</p></div>',
        '<p>As was shown [<a href="#ref-1">1</a>].</p><ol><li id="ref-1">Lee 1999, Lights.</li></ol>',
        '<p>See <a href="#fn1">the long note at the end</a>.</p><p id="fn1">Words.</p>',
    ],
)
def test_what_is_no_note_stays_in_its_place(html: str) -> None:
    document = read(html)
    assert document.notes == ()
    assert "{note" not in dump(document.blocks)


def test_a_call_of_a_note_that_is_not_read_keeps_its_mark() -> None:
    html = '<p>A word.<sup><a href="#fn1">1</a></sup></p><div hidden><svg><desc id="fn1">x</desc></svg></div>'
    assert "1" in blocks(html)


def test_a_note_in_the_margin() -> None:
    html = (
        '<p>She rows<label for="s"></label><input id="s" type="checkbox">'
        '<span class="sidenote">Not on Sundays.</span> home.</p>'
    )
    assert blocks(html) == "She rows{note side-1} home."
    assert notes(html) == {"side-1": "Not on Sundays."}


# -- code ------------------------------------------------------------------------------------------------------

CODE = {
    "hljs": ('<pre><code class="hljs python">x = 1\ny = 2</code></pre>', "python"),
    "hljs, language first": ('<pre><code class="python hljs">x = 1\ny = 2</code></pre>', "python"),
    "Prism": ('<pre class="language-python"><code>x = 1\ny = 2</code></pre>', "python"),
    "GitHub": ('<div class="highlight highlight-source-python"><pre>x = 1\ny = 2</pre></div>', "python"),
    "Hugo": ('<pre tabindex="0"><code class="x" data-lang="python">x = 1\ny = 2</code></pre>', "python"),
    "Sphinx": (
        '<div class="highlight-python notranslate"><div class="highlight"><pre>x = 1\ny = 2</pre></div></div>',
        "python",
    ),
    "no language": ('<div class="highlight-default"><pre>x = 1\ny = 2</pre></div>', ""),
    "breaks": ("<pre>x = 1<br>y = 2</pre>", ""),
    "code with breaks alone": ("<p><code>x = 1<br>y = 2</code></p>", ""),
    "lines are elements": (
        '<pre class="language-python"><div class="line">x = 1</div><div class="line">y = 2</div></pre>',
        "python",
    ),
    "numbered lines": (
        '<pre><code class="language-python"><span class="line" data-line-number="1">x = 1\n</span>'
        '<span class="line" data-line-number="2">y = 2</span></code></pre>',
        "python",
    ),
    "numbers in a table": (
        '<pre><code class="language-python hljs"><table class="hljs-ln"><tr>'
        '<td class="hljs-ln-numbers" data-line-number="1"></td>'
        '<td class="hljs-ln-code">x = 1</td></tr><tr><td class="hljs-ln-numbers" data-line-number="2"></td>'
        '<td class="hljs-ln-code">y = 2</td></tr></table></code></pre>',
        "python",
    ),
    "SyntaxHighlighter": (
        '<div class="syntaxhighlighter python"><table><tr><td class="gutter"><div class="line number1">1</div>'
        '<div class="line number2">2</div></td><td class="code">'
        '<div class="container"><div class="line number1"><code>x = 1</code>'
        '</div><div class="line number2"><code>y = 2</code></div></div></td></tr></table></div>',
        "python",
    ),
    "a button to copy": (
        '<pre><button class="copy">Copy</button><code class="language-python">x = 1\ny = 2</code></pre>',
        "python",
    ),
}


@pytest.mark.parametrize("program", CODE)
def test_code_of_programs(program: str) -> None:
    html, language = CODE[program]
    assert blocks(html) == f"```{language}\nx = 1\ny = 2\n```"


# -- formulas --------------------------------------------------------------------------------------------------

FORMULAS = {
    "<math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>&#x2212;</mo><mn>1</mn></mrow></mfrac></math>": r"\frac{a}{b - 1}",
    "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></math>": (
        r"\sum_{i = 1}^{n} i"
    ),
    "<math><mi>sin</mi><mo>&#x2061;</mo><mi>α</mi><mtext>if wet</mtext></math>": r"\mathrm{sin} \alpha \text{if wet}",
    "<math><msqrt><mi>x</mi></msqrt><mo>≤</mo><mroot><mi>y</mi><mn>3</mn></mroot></math>": r"\sqrt{x} \le \sqrt[3]{y}",
    '<math alttext="x+1"><mi>x</mi></math>': "x+1",
    (
        "<math><semantics><mi>x</mi>"
        '<annotation encoding="MathType-MTEF">MathType@MTEF@5</annotation></semantics></math>'
    ): "x",
    (
        '<span class="katex"><span class="katex-mathml"><math><mi>k</mi>'
        '</math></span><span class="katex-html">k</span></span>'
    ): "k",
}


@pytest.mark.parametrize("html", FORMULAS)
def test_formulas_come_once_and_as_tex(html: str) -> None:
    assert blocks(f"<p>Thus {html}.</p>") == f"Thus ${FORMULAS[html]}$."


def test_tex_made_of_mathml_is_understood_by_the_editions() -> None:
    formulas = [Formula(tex, is_block=False) for tex in FORMULAS.values()]
    drawn = mathml(formulas)
    assert [formula for formula in formulas if not drawn.get(formula)] == []


# -- figures, lists, links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="/a.png" alt="A"><figcaption>The caption.</figcaption></figure>',
        '<figure><a href="/big"><img src="/a.png" alt="A"></a><figcaption><p>The caption.</p></figcaption></figure>',
        '<div class="wp-caption alignleft"><img src="/a.png" alt="A"><p class="wp-caption-text">The caption.</p></div>',
        '<div class="thumb tright"><div class="thumbinner">'
        '<img src="/a.png" alt="A"><div class="thumbcaption">The caption.</div></div></div>',
        '<figure><div class="image"><img src="/a.png" alt="A"></div>'
        '<div class="image__caption">The caption.</div></figure>',
        '<div class="captioned-image-container"><figure>'
        '<img src="/a.png" alt="A"><figcaption class="image-caption">The caption.'
        "</figcaption></figure></div>",
    ],
)
def test_captions_belong_to_their_figures(html: str) -> None:
    (figure,) = read(html).blocks
    assert isinstance(figure, Figure)
    assert figure.image.alt == "A"
    assert plain(figure.caption) == "The caption."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<ol start="0"><li>a</li></ol>', "0. a"),
        ('<ol><li value="7">a</li><li>b</li></ol>', "7. a\n8. b"),
        ('<ol start="-3"><li>a</li></ol>', "1. a"),
        ('<ul><li><input type="checkbox" checked disabled> done</li></ul>', "- [x] done"),
        ('<ul><li><label><input type="checkbox"> filter</label></li></ul>', "- filter"),
        ("<p>one<br>&nbsp;<br>two</p>", "one\n\ntwo"),
        ('<p><b style="font-weight:normal">plain</b> <span style="font-weight: 700">bold</span></p>', "plain **bold**"),
        ("<p>[<sup>x</sup>]</p>", "[{superscript x}]"),
    ],
)
def test_small_things(html: str, expected: str) -> None:
    assert blocks(html) == expected


def test_links_are_whole_where_the_address_is_known() -> None:
    html = (
        '<p><a href="b">b</a> <a href="/c">c</a> <a href="//d.example">d</a> <a href="?e">e</a> <a href="#f">f</a></p>'
    )
    links = [node.url for node in inlines_below(read(html, "https://port.example/a/").blocks) if isinstance(node, Link)]
    assert links == [
        "https://port.example/a/b",
        "https://port.example/c",
        "https://d.example",
        "https://port.example/a/?e",
        "#f",
    ]


def test_the_base_of_a_page_is_heeded() -> None:
    html = '<head><base href="https://cdn.example/x/"></head><p><a href="b">b</a></p>'
    (link,) = [node for node in inlines_below(read(html, "https://port.example/a/").blocks) if isinstance(node, Link)]
    assert link.url == "https://cdn.example/x/b"


def test_a_table_keeps_spans_and_header_cells() -> None:
    html = (
        "<table><tr><th colspan=2>A</th><th>B</th></tr>"
        "<tr><th rowspan=2>r</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    (table,) = read(html).blocks
    assert isinstance(table, Table)
    assert [(cell.colspan, cell.header) for cell in table.head[0]] == [(2, True), (1, True)]
    assert (table.body[0][0].rowspan, table.body[0][0].header) == (2, True)


def test_languages_and_directions_stay_with_their_blocks() -> None:
    html = (
        '<html lang="en"><p lang="ar" dir="rtl">مرحبا</p>'
        '<blockquote lang="fr"><p>La mer.</p></blockquote><p lang="en">x</p></html>'
    )
    first, second, third = read(html).blocks
    assert (first.lang, first.dir) == ("ar", "rtl")
    assert isinstance(second, Quote)
    assert second.lang == "fr"
    assert third.lang is None


def test_definitions_in_groups() -> None:
    (block,) = read("<dl><div><dt>a</dt><dt>b</dt><dd>one</dd></div><div><dt>c</dt><dd>two</dd></div></dl>").blocks
    assert isinstance(block, DefinitionList)
    assert [len(item.terms) for item in block.items] == [2, 1]


def test_inline_code_keeps_its_words() -> None:
    (paragraph,) = read("<p>Ask <code>GET  <b>/level</b></code>.</p>").blocks
    assert Code("GET /level") in list(inlines_below((paragraph,)))


# -- images ----------------------------------------------------------------------------------------------------

EMPTY = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='640'%20height='960'%3E%3C/svg%3E"
REAL = '<noscript><img src="https://port.example/pier.jpg" alt="A pier"></noscript>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f'<p>One</p><figure><img src="{EMPTY}" alt="A pier"></figure><p>Two</p>', "One\n\nTwo"),
        (f'<p>One <a href="https://port.example/"><img src="{EMPTY}" alt="A pier"></a> two</p>', "One two"),
        (f'<p><img src="{EMPTY}" alt="A pier">{REAL}</p>', "![A pier](https://port.example/pier.jpg)"),
    ],
    ids=["alone", "in-a-link", "with-the-image"],
)
def test_a_placeholder_is_no_image(html: str, shown: str) -> None:
    assert " ".join(blocks(html).split(" ")).replace("  ", " ") == shown
