"""What web pages say of themselves, and what is chosen of it: small pages, each with one kind of evidence or trap."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser

from convert import Cleaned, clean
from convert.claims import choices
from convert.ledger import record_json
from convert.model import Claim, Document, Heading, Meta, Paragraph, Text
from convert.readers.page_claims import claims_of
from convert.walk import plain

URL = "https://www.harbourpost.example/2023/ports/a-year-at-sea"


def claims(head: str = "", body: str = "", url: str = URL) -> tuple[Claim, ...]:
    page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    return claims_of(LexborHTMLParser(page), url)


def cleaned(head: str = "", body: str = "", url: str = URL) -> Cleaned:
    return clean(Document((), claims=claims(head, body, url)))


def meta(head: str = "", body: str = "", url: str = URL) -> Meta:
    return cleaned(head, body, url).document.meta


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def article(**properties: object) -> Mapping[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **properties}


# -- the title -------------------------------------------------------------------------------------------------


def test_the_sites_name_is_no_part_of_the_title() -> None:
    head = """<title>A Year At Sea | Ports | Harbour Post</title>
    <meta property="og:title" content="A Year At Sea - Harbour Post">
    <meta property="og:site_name" content="Harbour Post">"""
    assert meta(head).title == "A Year At Sea"
    assert meta(head, "<h1>A Year At Sea</h1>").title == "A Year At Sea"


def test_the_name_in_the_address_tells_the_sites_name() -> None:
    assert meta("<title>A Year At Sea – HarbourPost</title>").title == "A Year At Sea"


def test_a_dash_inside_a_title_stays() -> None:
    title = "Pilots - and what they earn"
    assert meta(f"<title>{title}</title>", f"<h1>{title}</h1>").title == title


def test_of_several_headings_the_one_like_the_title_is_it() -> None:
    head = '<meta property="og:title" content="A Year At Sea">'
    body = "<h1>Harbour Post</h1><h1>Menu</h1><article><h1>A Year At Sea</h1><p>Text.</p></article><h1>Comments</h1>"
    assert meta(head, body).title == "A Year At Sea"


def test_a_heading_that_is_the_logo_is_no_title() -> None:
    head = "<title>Quay Notes: A Year At Sea</title><meta property='og:title' content='A Year At Sea'>"
    assert meta(head, "<header><h1>Quay Notes</h1></header><h2>A Year At Sea</h2>").title == "A Year At Sea"


def test_what_a_reader_sees_beats_what_search_engines_get() -> None:
    head = "<title>Year at sea: what pilots earn</title>"
    assert meta(head, "<h1>A Year At Sea</h1>").title == "A Year At Sea"


def test_a_bar_in_a_heading_parts_the_title_from_the_section() -> None:
    assert meta("", "<h1>A Year At Sea | Ports | Harbour Post</h1>").title == "A Year At Sea"


def test_the_sites_name_behind_a_dash_is_no_part_of_a_heading() -> None:
    head = '<title>A Year At Sea – Harbour Post</title><meta property="og:site_name" content="Harbour Post">'
    assert meta(head, "<h1>A Year At Sea – Harbour Post</h1>").title == "A Year At Sea"
    assert meta(head, "<h1>A Year At Sea – Ports</h1>").title == "A Year At Sea – Ports"
    assert meta(head, '<div class="title">A Year At Sea | Harbour Post</div>').title == "A Year At Sea"


def test_a_heading_that_says_another_thing_is_that_of_a_department() -> None:
    head = "<title>What pilots earn in a year at sea</title><meta property='og:title' content='What pilots earn'>"
    assert meta(head, "<h1>Wages and careers</h1>").title == "What pilots earn"
    assert meta(head, "<h1>How pilots of the port earn</h1>").title == "How pilots of the port earn"


def test_a_colon_after_a_name_that_the_site_has_too_stays() -> None:
    head = '<title>Harbour Cranes: Who Drives Them</title><meta property="og:site_name" content="Harbour Post">'
    assert meta(head).title == "Harbour Cranes: Who Drives Them"


def test_a_line_break_in_a_heading_parts_words_and_emphasis_does_not() -> None:
    assert meta("", "<h1>A Year<br>At <em>S</em>ea</h1>").title == "A Year At Sea"


# -- JSON-LD ---------------------------------------------------------------------------------------------------


def test_json_ld_states_all_fields() -> None:
    found = meta(
        json_ld(
            article(
                headline="A Year At Sea",
                author={"@type": "Person", "name": "Ann Lee"},
                datePublished="2023-03-09T23:30:00-05:00",
                dateModified="2023-03-12",
                publisher={"@type": "Organization", "name": "Harbour Post"},
                description="What pilots do.",
                inLanguage="en_GB",
                image=["https://harbourpost.example/a.jpg", "https://harbourpost.example/b.jpg"],
                articleBody="The pilots leave at four.",
            )
        ).replace("<script", "<script"),
        url="",
    )
    assert found.title == "A Year At Sea"
    assert found.authors == ("Ann Lee",)
    assert (found.date, found.updated) == ("2023-03-09", "2023-03-12")
    assert found.publisher == "Harbour Post"
    assert found.description == "What pilots do."
    assert found.image == "https://harbourpost.example/a.jpg"


def test_the_text_in_json_ld_is_kept_as_a_claim() -> None:
    found = claims(json_ld(article(articleBody="The pilots leave at four.")))
    assert Claim("text", "The pilots leave at four.", "JSON-LD NewsArticle, articleBody") in found


def test_ids_in_a_graph_are_followed() -> None:
    graph = {
        "@graph": [
            article(headline="A Year At Sea", author=[{"@id": "#ann"}, {"@id": "#bo"}], publisher={"@id": "#post"}),
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": "Person", "@id": "#bo", "name": "Bo Kim"},
            {"@type": "Organization", "@id": "#post", "name": "Harbour Post"},
        ]
    }
    found = meta(json_ld(graph))
    assert found.authors == ("Ann Lee", "Bo Kim")
    assert found.publisher == "Harbour Post"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "author": "Ann Lee", "headline": "A Year\n At Sea",}',
        '<!-- {"@type": "Article", "author": "Ann Lee"} -->',
        '//<![CDATA[\n{"@type": "Article", "author": "Ann Lee"}\n//]]>',
        '{"@type": "Article", "author": "Ann Lee", "description": "50\\% more"}',
        '{"@type": "WebSite"} {"@type": "Article", "author": "Ann Lee"}',
        '[{"@type": ["Thing", "NewsArticle"], "author": [["Ann Lee"]]}];',
    ],
)
def test_json_ld_that_is_not_quite_json_is_read(script: str) -> None:
    assert meta(f'<script type="application/ld+json">{script}</script>').authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "null",
        "[[[[[[[[1]]]]]]]]",
        '{"@type": {}, "author": {"@id": []}}',
        '{"@type": "Article", "author": {"@id": []}}',
        '"x"',
    ],
)
def test_json_ld_that_is_none_is_passed_over(script: str) -> None:
    found = meta(f'<script type="application/ld+json">{script}</script>', "<h1>A Year At Sea</h1>")
    assert found.title == "A Year At Sea"
    assert found.authors == ()


@pytest.mark.parametrize("name", ["url", "name", "author", "@graph", "mainEntity", "image"])
def test_nodes_nested_without_end_are_passed_over(name: str) -> None:
    start = f'{{"@type": "Article", "{name}": '
    deep = start * 400 + '"x"' + "}" * 400
    assert isinstance(meta(f'<script type="application/ld+json">{deep}</script>'), Meta)


def test_ids_that_go_round_in_circles_end() -> None:
    graph = [
        {"@type": "Article", "@id": "a", "author": {"@id": "b"}},
        {"@id": "b", "author": {"@id": "a"}, "name": {"@id": "b", "name": {"@id": "a"}}},
    ]
    assert meta(json_ld(graph)).authors == ()


def test_of_several_articles_the_one_with_the_pages_address_counts() -> None:
    found = meta(
        json_ld(
            [
                article(
                    headline="Cranes",
                    author="Cy Doe",
                    url="https://harbourpost.example/cranes",
                    datePublished="2024-01-02",
                ),
                article(
                    headline="A Year At Sea", author="Ann Lee", mainEntityOfPage=URL + "/", datePublished="2023-03-09"
                ),
            ]
        )
    )
    assert (found.title, found.authors, found.date) == ("A Year At Sea", ("Ann Lee",), "2023-03-09")


# -- authors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "people"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Written by Ann Lee and Bo Kim", ("Ann Lee", "Bo Kim")),
        ("Ann Lee, Bo Kim & Cy van Dorn", ("Ann Lee", "Bo Kim", "Cy van Dorn")),
        ("Ann Lee, Senior Writer", ("Ann Lee",)),
        ("Ann Lee | Senior Writer | March 9, 2023", ("Ann Lee",)),
        ("Ann Lee, PhD, RD", ("Ann Lee, PhD, RD",)),
        ("By Ann Lee @annlee", ("Ann Lee",)),
        ("Ann Lee on March 9, 2023", ("Ann Lee",)),
        ("Ann Lee; Ann Lee", ("Ann Lee",)),
        ("https://www.facebook.example/annlee", ()),
        ("ann@harbourpost.example", ()),
        ("admin", ()),
        ("Harbour Post Staff", ("Harbour Post Staff",)),
    ],
)
def test_authors_are_people(stated: str, people: tuple[str, ...]) -> None:
    assert meta(f'<meta name="author" content="{stated}">').authors == people


def test_a_byline_with_two_people_and_their_roles() -> None:
    body = """<h1>A Year At Sea</h1><div class="byline">By <a href="/people/ann">Ann Lee</a>, ports editor, and
    <a href="/people/bo">Bo Kim</a></div><p>Text.</p>"""
    assert meta("", body).authors == ("Ann Lee", "Bo Kim")


def test_a_byline_without_a_mark_of_its_own() -> None:
    assert meta("", "<h1>A Year At Sea</h1><p>By Ann Lee</p><p>The pilots leave at four.</p>").authors == ("Ann Lee",)


def test_a_sentence_that_starts_like_a_byline_is_none() -> None:
    assert meta("", "<h1>A Year At Sea</h1><p>By four in the morning the pilots leave.</p>").authors == ()


def test_the_byline_beats_the_account_that_the_system_used() -> None:
    head = json_ld(article(author={"@type": "Person", "name": "webteam7"})) + '<meta name="author" content="webteam7">'
    body = '<h1>A Year At Sea</h1><p class="byline">By <a rel="author" href="/author/ann-lee">Ann Lee</a></p>'
    assert meta(head, body).authors == ("Ann Lee",)


def test_an_organisation_is_the_author_where_the_page_names_no_person() -> None:
    body = {"@type": "Organization", "name": "Quayside Institute"}
    assert meta(json_ld(article(author=body))).authors == ("Quayside Institute",)
    byline = '<h1>A Year At Sea</h1><p class="byline">By Ann Lee</p>'
    assert meta(json_ld(article(author=body)), byline).authors == ("Ann Lee",)


def test_no_author_is_made_up() -> None:
    body = """<h1>A Year At Sea</h1><p>The pilots leave at four.</p><h2>More</h2>
    <div class="card"><span class="author">Cy Doe</span></div><div class="card"><span class="author">Di Fox</span></div>
    <div class="card"><span class="author">Ed Gray</span></div>"""
    filler = "<p>Text.</p>" * 60
    assert meta("<title>A Year At Sea</title>", body.replace("<h2>", filler + "<h2>")).authors == ()


def test_who_only_reviewed_a_page_did_not_write_it() -> None:
    assert meta("", "<h1>A Year At Sea</h1><p>Reviewed by Ann Lee</p><p>Text.</p>").authors == ()


def test_a_name_over_a_note_on_it_is_the_author() -> None:
    note = "<p>Ann Lee</p><p>Ann is a pilot and writes on ports.</p>"
    assert meta("", f"<h1>A Year At Sea</h1>{'<p>Text.</p>' * 60}{note}").authors == ("Ann Lee",)
    others = note + "<p>Bo Kim</p><p>Bo Kim is a crane driver.</p>"
    assert meta("", f"<h1>Four people of the port</h1>{'<p>Text.</p>' * 60}{others}").authors == ()


def test_a_list_of_authors_without_commas() -> None:
    body = "<h1>A Year At Sea</h1><p>Author(s)</p><ul><li>Ann Lee</li><li>Bo Kim</li></ul><p>The pilots leave.</p>"
    assert meta("", body).authors == ("Ann Lee", "Bo Kim")


def test_names_as_catalogues_write_them() -> None:
    assert meta('<meta name="citation_author" content="Lee, Ann M.">').authors == ("Ann M. Lee",)


def test_microdata_names_the_author_and_the_date() -> None:
    body = """<article itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">A Year At Sea</h1>
    <span itemprop="author" itemscope><span itemprop="name">Ann Lee</span></span>
    <meta itemprop="datePublished" content="2023-03-09"></article>"""
    found = meta("", body)
    assert (found.authors, found.date) == (("Ann Lee",), "2023-03-09")


def test_dublin_core_is_read() -> None:
    head = """<meta name="DC.title" content="A Year At Sea"><meta name="DC.creator" content="Ann Lee">
    <meta name="DC.date.issued" content="2023-03-09"><meta name="DC.publisher" content="Quayside Institute">"""
    found = meta(head)
    assert (found.title, found.authors, found.date) == ("A Year At Sea", ("Ann Lee",), "2023-03-09")
    assert found.publisher == "Quayside Institute"


# -- dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2023-03-09", "2023-03-09"),
        ("2023-03-09T08:00:00Z", "2023-03-09"),
        ("20230309", "2023-03-09"),
        ("2023/3/9", "2023-03-09"),
        ("Thu, 09 Mar 2023 08:00:00 GMT", "2023-03-09"),
        ("March 9, 2023", "2023-03-09"),
        ("9 March 2023", "2023-03-09"),
        ("2023 Mar 9", "2023-03-09"),
        ("03/09/2023", "2023-03-09"),
        ("9. März 2023", "2023-03-09"),
        ("2023-13-45", ""),
        ("soon", ""),
    ],
)
def test_dates_are_read(stated: str, date: str) -> None:
    assert meta(f'<meta property="article:published_time" content="{stated}">').date == date


def test_a_date_in_the_address() -> None:
    assert meta("<title>A Year At Sea</title>", url="https://harbourpost.example/2023/03/09/sea").date == "2023-03-09"
    assert meta("<title>A Year At Sea</title>", url="https://harbourpost.example/2023/mar/9/sea").date == "2023-03-09"
    assert meta("<title>A Year At Sea</title>", url="https://harbourpost.example/2023/sea/9/").date == ""
    told = meta("", "<h1>Sea</h1><p class='date'>3/9/2023</p>", url="https://harbourpost.example/2023/september/03/sea")
    assert told.date == "2023-09-03"


def test_a_dateline_under_the_title_beats_dates_of_other_articles() -> None:
    body = (
        "<h1>A Year At Sea</h1><p>Published on 9 March 2023</p>"
        + "<p>Text.</p>" * 60
        + '<div class="date">1 May 2024</div><time datetime="2024-05-02">2 May</time>'
    )
    assert meta("", body).date == "2023-03-09"


def test_the_date_of_a_change_is_not_the_date_of_publication() -> None:
    found = meta("", "<h1>A Year At Sea</h1><p>Published 9 March 2023</p><p>Last updated: 12 March 2023</p>")
    assert (found.date, found.updated) == ("2023-03-09", "2023-03-12")


def test_a_page_with_the_date_of_a_change_alone_has_that() -> None:
    found = meta("", "<h1>A Year At Sea</h1><p>Last updated: 12 March 2023</p>")
    assert (found.date, found.updated) == ("2023-03-12", "")


def test_the_date_that_readers_see_beats_one_that_machines_are_told() -> None:
    head = json_ld(article(datePublished="2015-03-09"))
    shown = "<h1>A Year At Sea</h1><p>Updated: 12 March 2023</p>"
    assert meta(head, shown).date == "2023-03-12"
    both = "<h1>A Year At Sea</h1><p>Published 9 March 2015</p><p>Updated 12 March 2023</p>"
    assert (meta(head, both).date, meta(head, both).updated) == ("2015-03-09", "2023-03-12")


def test_a_tag_for_the_date_of_publication_beats_the_date_of_a_change_that_readers_see() -> None:
    head = '<meta property="article:published_time" content="2015-03-09T10:00:00Z">'
    for shown in (
        "<p>Updated: 12 March 2023</p>",
        '<p>Last updated on <time datetime="2023-03-12">12 March</time></p>',
        '<div class="post-date"><b>Updated</b> 12 March 2023</div>',
    ):
        found = meta(head, f"<h1>A Year At Sea</h1>{shown}")
        assert (found.date, found.updated) == ("2015-03-09", "2023-03-12")


def test_what_stands_before_a_marked_date_says_what_happened_then() -> None:
    marked = '<time datetime="2023-03-12">12 March 2023</time>'
    for label in ("Last updated:", "Last updated <i>on</i>"):
        found = meta("", f"<h1>A Year At Sea</h1><p><b>Published</b> 9 March 2015</p><p><b>{label}</b> {marked}</p>")
        assert (found.date, found.updated) == ("2015-03-09", "2023-03-12")
    assert meta(json_ld(article(datePublished="2015-03-09")), f"<h1>Sea</h1><p>{marked}</p>").date == "2023-03-12"


def test_a_date_that_readers_see_beats_one_in_json_ld() -> None:
    head = json_ld(article(datePublished="Nov 05, 2025", dateModified="Nov 04, 2025"))
    assert meta(head, "<h1>A Year At Sea</h1><p>9 March 2023</p>").date == "2023-03-09"


def test_dates_of_other_articles_near_the_title_are_not_what_readers_see_of_this_one() -> None:
    head = json_ld(article(datePublished="2015-03-09")) + '<meta itemprop="datePublished" content="2015-03-09">'
    others = "".join(f'<li>Cranes <time datetime="2024-0{month}-01"></time></li>' for month in range(1, 7))
    found = meta(head, f"<h1>A Year At Sea</h1><ul>{others}</ul>")
    assert found.date == "2015-03-09"


def test_figures_are_read_as_another_date_of_the_page_says() -> None:
    page = '<h1>A Year At Sea</h1><p class="date">{}</p><time datetime="2023-09-03">09-03-2023</time>'
    for written in ("9/3/2023", "3/9/2023"):
        assert meta("", page.format(written)).date == "2023-09-03"


@pytest.mark.parametrize(
    "line",
    ["Essay - Published: 2023.03.09 |", "Post date: 9 March 2023", "Posted 13-03-23", "Date posted: 2023-03-09"],
)
def test_datelines_in_other_forms(line: str) -> None:
    date = "2023-03-13" if "13" in line else "2023-03-09"
    assert meta("", f"<h1>A Year At Sea</h1><p>{line}</p>").date == date


def test_the_only_date_of_the_page_is_its_date_wherever_it_stands() -> None:
    body = "<h1>A Year At Sea</h1>" + "<p>The pilots leave at four.</p>" * 60
    assert meta("", f"{body}<p>Ann Lee</p><p>9 March 2023</p>").date == "2023-03-09"
    assert meta("", f"{body}<p>9 March 2023</p><p>10 March 2023</p>").date == ""


def test_figures_are_read_as_the_language_of_the_page_has_them() -> None:
    page = '<html lang="{}"><body><h1>A Year At Sea</h1><p>Published: 3/9/2023</p></body></html>'
    for spoken, date in (("en-US", "2023-03-09"), ("en-GB", "2023-09-03")):
        found = claims_of(LexborHTMLParser(page.format(spoken)), "")
        assert clean(Document((), claims=found)).document.meta.date == date


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    body = (
        "<h1>A Year At Sea</h1><p>The pilots of the old port left for the last time on 9 March 1999, in the rain.</p>"
    )
    assert meta("", body).date == ""


# -- the rest, and the rule ------------------------------------------------------------------------------------


def test_address_language_and_image() -> None:
    head = """<link rel="canonical" href="/ports/a-year-at-sea"><meta property="og:image" content="/sea.jpg">"""
    found = meta(head)
    assert found.url == "https://www.harbourpost.example/ports/a-year-at-sea"
    assert found.image == "https://www.harbourpost.example/sea.jpg"
    assert found.language == "en"


def test_the_ledger_names_the_evidence() -> None:
    head = json_ld(article(headline="A Year At Sea")) + "<title>A Year At Sea - Harbour Post</title>"
    body = "<h1>A Year At Sea</h1>"
    (record,) = [r for r in cleaned(head, body).ledger if r.code == "META109" and r.facts[0].key == "title"]
    assert record.reason.startswith("<h1>; the same by JSON-LD NewsArticle, headline")
    assert record_json(record)["code"] == "META109"


def test_the_rules_on_the_text_agree_with_what_the_page_states() -> None:
    blocks = (
        Heading(1, (Text("A Year At Sea"),)),
        Paragraph((Text("By Ann M. Lee and Bo Kim"),)),
        Paragraph((Text("Published 9 March 2023"),)),
        Paragraph((Text("The pilots leave at four, and nobody on the quay knows how many of them will be back."),)),
    )
    head = json_ld(article(headline="A Year At Sea", author="Ann Lee", datePublished="2023-03-09"))
    found = clean(Document(blocks, claims=claims(head))).document
    assert [plain(block)[:10] for block in found.blocks] == ["The pilots"]
    assert found.meta.title == "A Year At Sea"
    assert found.meta.authors == ("Ann Lee", "Bo Kim")
    assert found.meta.date == "2023-03-09"


def test_a_page_that_repeats_itself_a_thousand_times_is_read_in_no_time() -> None:
    head = json_ld(article(author=[f"Ann Lee {number}" for number in range(20_000)]))
    body = "<h1>A Year At Sea</h1>" + '<p class="author">By Ann Lee</p>' * 5_000
    assert len(claims(head, body)) < 500


def test_a_language_that_is_no_code_is_none() -> None:
    assert clean(Document((), claims=(Claim("language", "English", "html lang"),))).document.meta.language == ""


def test_what_the_source_states_stays() -> None:
    document = Document((), meta=Meta(title="Mine", authors=("Me Myself",)), claims=claims("<title>Theirs</title>"))
    assert clean(document).document.meta.title == "Mine"


def test_cleaning_again_changes_nothing() -> None:
    once = cleaned(json_ld(article(headline="A Year At Sea", author=["Ann Lee", "Bo Kim"]))).document
    assert clean(once).document == once


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "\x00", "<p>Text", "<h1></h1><title></title>", "<frameset></frameset>"]
)
def test_any_page_can_be_asked(page: str) -> None:
    assert all(choice.facts for choice in choices(claims_of(LexborHTMLParser(page), ""), Meta()))
