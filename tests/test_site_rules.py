"""Site rules: what they keep and drop, in both forms, each edit on record; and rules that are broken or hostile."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from test_invariants import check_all
from test_web import ANY, FAST, Site, _served

import convert
from convert import Cleaned, Config, ConfigError, Verdict
from convert.edit import Outcome
from convert.readers.html import read_page
from convert.sites.checks import run_checks
from convert.sites.folder import read_rule, sites_in
from convert.sites.rule import Kind, Selector, SiteRule
from convert.sites.select import found
from convert.walk import dump
from convert.web.collect import collect
from convert.web.pages import next_page

ADDRESS = "https://www.quay.example/2024/the-tide"
LONG = "The tide comes in twice a day, and twice a day the pilots wait for it beside the old mole."
PAGE = f"""<!doctype html><html lang="en"><head><title>The Tide - Quay News</title></head>
<body class="has-sidebar"><nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<main><h1>The Tide</h1><p class="who">By <a>Ann Lee</a> and <a>Bo Kim</a></p>
<time datetime="2024-05-01">last week</time>
<div class="text"><p>{LONG} <span class="share">Tell a friend</span></p>
<div class="letter"><h3>Our letter</h3><p>Each week by post.</p></div>
<ul><li>Ropes</li><li class="ad">Buy a boat</li><li>Lamps</li></ul>
<table><tr><th>Day</th><th>Height</th></tr><tr><td>Monday</td><td>3 m</td></tr>
<tr class="ad"><td>Buy</td><td>a boat</td></tr></table>
<p>Nobody hurries them.</p><p><img src="/ads/boat.png" alt="A boat"></p></div>
<div class="more"><p>{LONG.replace("tide", "wind")}</p></div></main>
<footer><p>All of Quay News.</p></footer></body></html>"""
TEXT = f"""{LONG}

- Ropes
- Lamps

| Day | Height |
| Monday | 3 m |

Nobody hurries them."""


def folder(path: Path, **files: str) -> Path:
    """A folder of rules: of `toml` and `txt`, or any files by their names."""
    names = {"toml": "quay.toml", "txt": "quay.example.txt"}
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / names.get(name, name)).write_text(text, encoding="utf-8")
    return path


def cleaned(rules: Path, page: str = PAGE, url: str = ADDRESS, **decisions: Verdict) -> Cleaned:
    document = convert.read(page.encode(), "html", url, site_rules=rules)
    return convert.clean(document, Config(ignore=("CHK",)), decisions)


def reasons(result: Cleaned, code: str = "WEB110") -> list[str]:
    return [record.reason for record in result.ledger if record.code == code and record.outcome is Outcome.APPLIED]


def text(result: Cleaned) -> str:
    return dump(result.document.blocks)


def findings(result: Cleaned) -> str:
    return " ".join(record.reason for record in result.findings)


TOML = """hosts = ["quay.example"]
keep = [".gone", "//div[@class='text']"]
drop = [".letter", ".share, .ad", "//img[contains(@src, '/ads/')]"]
title = "main h1"
author = ".who a"
date = "time"
"""
FTR = """# a comment
title: //main/h1
body: //div[@class='gone']
body: //div[@class='text']
author: //p[@class='who']/a
date: //time/@datetime
strip: //div[@class='letter']
strip_id_or_class: share
strip_id_or_class: 'ad'
strip_image_src: /ads/
prune: no
tidy: no
"""


# -- what a rule does ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["toml", "txt"])
def test_what_a_rule_keeps_is_the_article(tmp_path: Path, form: str) -> None:
    result = cleaned(folder(tmp_path, **{form: TOML if form == "toml" else FTR.replace("'ad'", "ad\n")}))
    assert text(result) == TEXT
    meta = result.document.meta
    assert (meta.title, meta.authors, meta.date) == ("The Tide", ("Ann Lee", "Bo Kim"), "2024-05-01")
    assert reasons(result, "WEB101") == []


def test_each_edit_names_the_file_and_the_selector(tmp_path: Path) -> None:
    said = reasons(cleaned(folder(tmp_path, toml=TOML)))
    assert 'site rule quay.toml, drop ".letter"' in said
    assert 'site rule quay.toml, drop ".share, .ad"' in said
    assert "outside what the site rule keeps: site rule quay.toml, keep \"//div[@class='text']\"" in said
    said = reasons(cleaned(folder(tmp_path / "b", txt=FTR)))
    assert "site rule quay.example.txt, line 7, strip: //div[@class='letter']" in said


def test_facts_name_the_rule(tmp_path: Path) -> None:
    said = " ".join(reasons(cleaned(folder(tmp_path, toml=TOML)), "META109"))
    assert 'site rule quay.toml, title "main h1"' in said
    assert 'site rule quay.toml, author ".who a"' in said


def test_a_rule_knows_better_than_all_that_the_page_states(tmp_path: Path) -> None:
    head = """<meta property="og:title" content="Low Water"><meta name="author" content="Cy Day">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Low Water", "author": {"name": "Cy Day"},
    "datePublished": "2023-01-01"}</script></head>"""
    page = PAGE.replace("</head>", head).replace("<h1>The Tide", '<h1>Low Water</h1><h2 class="real">The Tide')
    page = page.replace("</h1><p", "</h2><p")
    rules = folder(tmp_path, toml=TOML.replace("main h1", ".real"))
    meta = cleaned(rules, page).document.meta
    assert (meta.title, meta.authors, meta.date) == ("The Tide", ("Ann Lee", "Bo Kim"), "2024-05-01")


def test_the_books_balance_and_every_edit_can_be_put_back(tmp_path: Path) -> None:
    for name, rules in (("a", TOML), ("b", TOML.replace("keep", "#"))):
        check_all(convert.read(PAGE.encode(), "html", ADDRESS, site_rules=folder(tmp_path / name, toml=rules)))


def test_a_person_can_decline_what_a_rule_does(tmp_path: Path) -> None:
    rules = folder(tmp_path, toml=TOML)
    (record,) = [one for one in cleaned(rules).ledger if one.reason.endswith('drop ".letter"')]
    assert "Each week by post." in text(cleaned(rules, **{record.id: Verdict.DECLINE}))
    (record,) = [one for one in cleaned(rules).ledger if "All of Quay News" in dump(one.before)]
    assert "All of Quay News" in text(cleaned(rules, **{record.id: Verdict.DECLINE}))


def test_where_keep_finds_nothing_it_is_a_finding_and_the_model_decides(tmp_path: Path) -> None:
    result = cleaned(folder(tmp_path, toml='hosts = ["quay.example"]\nkeep = ".gone"\ndrop = ".letter"\n'))
    assert 'site rule quay.toml: keep ".gone": finds nothing on this page; the site may have changed' in findings(
        result
    )
    assert reasons(result, "WEB101")
    assert LONG in text(result)
    assert "Each week" not in text(result)


def test_a_rule_that_is_switched_off_says_nothing(tmp_path: Path) -> None:
    document = convert.read(PAGE.encode(), "html", ADDRESS, site_rules=folder(tmp_path, toml=TOML))
    result = convert.clean(document, Config(ignore=("WEB110",)))
    assert reasons(result) == []
    assert reasons(result, "WEB101")


def test_what_holds_the_article_is_never_dropped(tmp_path: Path) -> None:
    rules = 'hosts = ["quay.example"]\nkeep = ".text"\ndrop = ["[class*=sidebar]", "main"]\n'
    result = cleaned(folder(tmp_path, toml=rules))
    assert LONG in text(result)
    assert 'drop "[class*=sidebar]", drop "main": would drop the article itself' in findings(result)


def test_several_elements_may_hold_the_article(tmp_path: Path) -> None:
    page = f"<main><section><p>{LONG}</p></section><p>Not this.</p><section><p>And on.</p></section></main>"
    rules = folder(tmp_path, toml='hosts = ["quay.example"]\nkeep = "section"')
    assert text(cleaned(rules, page)) == f"{LONG}\n\nAnd on."


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>One <b>two<i class=x> three</i></b> four.</p>", "One **two** four."),
        ("<p>One<span class=x> </span>two<i class=x></i>fold.</p>", "One twofold."),
        ("<div>One.<br><br><span class=x>Two.</span><br><br>Three.</div>", "One.\n\nThree."),
        ("<div>One <span class=x>two<div>three</div>four</span></div>", "One"),
        ("<blockquote><p>One.</p><p class=x>Two.</p></blockquote>", "> One."),
        ("<dl><dt>One</dt><dd>Two.</dd><dt class=x>Three</dt><dd class=x>Four.</dd></dl>", "One\n: Two."),
        ("<table><tr><td class=x>One</td><td>Two</td><td>3</td></tr><tr><td class=x>4</td><td>5</td><td>6</td></tr>"
         "</table>", "| Two | 3 |\n| 5 | 6 |"),
        ("<table><tr><td>One</td><td class=x>Two</td></tr></table>", "One"),
        ("<figure><img src=/a.png alt=A><figcaption>One <span class=x>two</span></figcaption></figure>",
         "![A](https://www.quay.example/a.png)\nOne"),
        ("<h2>One <a class=x href=#>#</a></h2><p>Two.</p>", "## One\n\nTwo."),
        ("<p>One.</p><iframe class=x src=https://film.example/1></iframe><hr class=x><p>Two.</p>", "One.\n\nTwo."),
        ("<p><ruby>漢<rt>kan</rt></ruby> <span class=x>more</span></p>", "{ruby 漢 kan}"),
    ],
)  # fmt: skip
def test_parts_of_blocks_are_dropped(tmp_path: Path, page: str, left: str) -> None:
    rules = folder(tmp_path, toml='hosts = ["quay.example"]\nkeep = "main"\ndrop = ".x"')
    document = convert.read(f"<main>{page}</main>".encode(), "html", ADDRESS, site_rules=rules)
    result = convert.clean(document, Config(ignore=("CHK", "HEAD", "META", "SEP")))
    assert text(result) == left
    check_all(document)


# -- which rule --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("https://quay.example/a", "quay.example.txt"),
        ("http://WWW.Quay.Example:8080/a", "quay.example.txt"),
        ("https://sea.quay.example/a", ".quay.example.txt"),
        ("https://old.sea.quay.example/a", ".quay.example.txt"),
        ("https://port.example/a", "ports.toml"),
        ("https://a.b.port.example/a", "ports.toml"),
        ("https://both.example/a", "ports.toml"),
        ("https://notquay.example/a", None),
        ("https://example/a", None),
        ("quay.example", None),
        ("https://[broken", None),
        ("https://../../etc/passwd", None),
        ("https://..%2f..%2fsecret/a", None),
    ],
)
def test_the_rule_of_an_address(tmp_path: Path, address: str, rule: str | None) -> None:
    ports = 'hosts = ["port.example", "*.port.example", "both.example"]\nkeep = "main"\n'
    texts = dict.fromkeys(("quay.example.txt", ".quay.example.txt", "both.example.txt", "LICENSE.txt"), FTR)
    (tmp_path / "secret.txt").write_text(FTR)
    sites = sites_in(str(folder(tmp_path / "rules", **{"ports.toml": ports}, **texts)))
    assert sites is not None
    named = sites(address)
    assert (named.path.name if named else None) == rule


def test_a_saved_page_says_its_own_address(tmp_path: Path) -> None:
    page = PAGE.replace("</head>", f'<link rel="canonical" href="{ADDRESS}"></head>')
    assert text(cleaned(folder(tmp_path, toml=TOML), page, "")) == TEXT


def test_without_a_rule_nothing_changes(tmp_path: Path) -> None:
    rules = folder(tmp_path, toml=TOML)
    other = "https://other.example/tide"
    assert (
        cleaned(rules, url=other).ledger
        == convert.clean(convert.read(PAGE.encode(), "html", other), Config(ignore=("CHK",))).ledger
    )


# -- the same tree -----------------------------------------------------------------------------------------------


BROKEN = (
    '<p>one<p>two<table><p>three<tr><td>four<li>five</table><a>six<a>seven<svg><foo:bar a:b=1 "=2 @x=3>eight</svg>'
    "<template><p>nine</p></template><form><form><select><p>ten\x00\x0b</select><b><p>eleven</b>twelve<o:p>thirteen</o:p>"
    "<math><mi>x</math><unknown-element é=1 1a=2>fourteen<frameset>"
)


def test_xpath_and_css_see_the_same_tree() -> None:
    rule = SiteRule(Path("a.toml"), ("a.example",))
    tags = sorted({node.tag for node in LexborHTMLParser(BROKEN).root.traverse() if (node.tag or "-")[0] not in "-_!"})
    for tag in (tag for tag in tags if tag.isalnum()):
        css = Selector("keep", Kind.CSS, tag, "")
        xpath = Selector("keep", Kind.XPATH, f"//{tag}", "")
        one, two = found(rule, [css, xpath], BROKEN)
        assert one == two, tag
        assert one.elements


# -- rules that are not right ------------------------------------------------------------------------------------


def fault(path: Path, page: str = PAGE) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        cleaned(path, page)
    return caught.value


@pytest.mark.parametrize(
    ("name", "rule", "line", "said"),
    [
        ("quay.toml", 'hosts = ["quay.example"]\n\nkeep = "//div["', 3, "XPath"),
        ("quay.toml", 'hosts = ["quay.example"]\ndrop = ["div["]', 2, "CSS"),
        ("quay.toml", 'hosts = ["quay.example"]\nkeep = "xpath:document(\'/etc/passwd\')//div"', 2, "XPath"),
        ("quay.toml", 'hosts = ["quay.example"]\nkeep = "//div[unknown()]"', 2, "XPath"),
        ("quay.toml", 'hosts = ["quay.example"]\nkeep = "//re:test"', 2, "XPath"),
        ("quay.example.txt", "title: //h1\nbody: //div[@class='x'", 2, "XPath"),
        ("quay.example.txt", "\nstrip: document('http://127.0.0.1/')", 2, "XPath"),
    ],
)
def test_a_broken_selector_is_told_with_its_line(tmp_path: Path, name: str, rule: str, line: int, said: str) -> None:
    error = fault(folder(tmp_path, **{name: rule}))
    assert error.where == f"{tmp_path / name}, line {line}"
    assert said in error.problem


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("hosts = [", "not TOML"),
        ('keep = "main"', 'no "hosts"'),
        ('hosts = "quay.example"\nkeeps = "main"', '"keeps" is not a key'),
        ('hosts = "quay.example"\nkeep = 3', '"keep" has a value of the wrong type'),
        ('hosts = "quay.example"\nkeep = [""]', '"keep" has a value of the wrong type'),
        ('hosts = "https://quay.example/"', "is no host"),
        ('hosts = "*"', "is no host"),
        ('hosts = "quay.example"\nchecks = 1', '"checks" has a value of the wrong type'),
        ('hosts = "quay.example"\n[[checks]]\nhas = "a"', "names no page"),
        ('hosts = "quay.example"\n[[checks]]\npage = "a.html"\nhave = "a"', '"have" is not a key'),
        ('hosts = "quay.example"\n[[checks]]\npage = "../secret.html"', "outside the folder"),
        ('hosts = "quay.example"\n[[checks]]\npage = "/etc/passwd"', "outside the folder"),
        (f'hosts = "quay.example"\nkeep = "{"a" * 5000}"', "more than 4,000 characters"),
        ("#" * 1_000_001, "too long"),
    ],
)
def test_a_file_that_is_no_rule(tmp_path: Path, rule: str, said: str) -> None:
    error = fault(folder(tmp_path, toml=rule))
    assert said in error.problem
    assert "quay.toml" in error.where


def test_two_rules_for_one_host(tmp_path: Path) -> None:
    error = fault(folder(tmp_path, **{"a.toml": TOML, "b.toml": TOML}))
    assert (error.problem, error.where) == ('The host "quay.example" is named by a.toml, too', str(tmp_path / "b.toml"))


def test_a_rule_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "quay.toml").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in fault(tmp_path).problem


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read" in fault(tmp_path / "gone").problem
    (tmp_path / "file").touch()
    assert "cannot be read" in fault(tmp_path / "file").problem


def test_what_is_not_done_here_is_named(tmp_path: Path) -> None:
    odd = "http_header(user-agent): x\nreplace_string(<b>): <i>\nsingle_page_link: //a\nnonsense\nfuture_thing: x\n"
    result = cleaned(folder(tmp_path, txt=FTR + odd))
    assert re.search(
        r"not done here: http_header \(line 13\), replace_string \(line 14\), single_page_link \(line 15\), "
        r"future_thing \(line 17\)",
        findings(result),
    )
    assert text(result) == TEXT
    assert "not done here" not in findings(cleaned(folder(tmp_path / "b", txt=FTR)))


SLOW_XPATH = "//*" + "[count(//*" * 6 + "[. = 'x']" + ") > 0]" * 6
SLOW_CSS = "x " + "div " * 6 + "i"


@pytest.mark.parametrize(("kind", "selector"), [(Kind.XPATH, SLOW_XPATH), (Kind.CSS, SLOW_CSS)])
def test_a_selector_that_takes_forever_is_given_up(kind: Kind, selector: str) -> None:
    page = "<div>" * 150 + "<i>deep</i>"
    rule = SiteRule(Path("a.toml"), ("a.example",))
    slow = Selector("drop", kind, selector, "", 7)
    start = time.monotonic()
    with pytest.raises(ConfigError) as caught:
        found(rule, [Selector("keep", Kind.XPATH, "//i", ""), slow], page, seconds=1)
    assert time.monotonic() - start < 10
    assert caught.value.where == "a.toml, line 7"
    assert "took longer than 1 seconds" in caught.value.problem


def test_selectors_with_no_limit_are_quick() -> None:
    page = "<div class=a>" * 3000 + "<i>deep</i>"
    rule = SiteRule(Path("a.toml"), ("a.example",))
    quick = ["x div", "div > div > div > x", '[class*="a b c d"]', "x, y z", "x + y", '[a~="b"] i']
    selectors = [Selector("drop", Kind.CSS, one, "") for one in quick]
    assert all(one.is_quick for one in selectors)
    start = time.monotonic()
    found(rule, selectors, page)
    assert time.monotonic() - start < 5
    slow = ["x div i", "x ~ div i", "x  div\ti", ":has(div)", "div:not(x)", "a ~b~ c"]
    assert not any(Selector("drop", Kind.CSS, one, "").is_quick for one in slow)


@pytest.mark.parametrize("page", ["", "<", "plain words", "<html></html>", "<frameset><frame></frameset>", BROKEN])
def test_any_page_can_be_read_with_a_rule(tmp_path: Path, page: str) -> None:
    for form in (TOML, TOML.replace("keep", "#")):
        read_page(page, "a", ADDRESS, sites_in(str(folder(tmp_path, toml=form))))


# -- the next page -----------------------------------------------------------------------------------------------


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _served()


NEXT = 'hosts = ["127.0.0.1"]\nkeep = "main"\nnext_page = ".further a"\n'


def test_a_rule_leads_to_the_next_page(site: Site, tmp_path: Path) -> None:
    link = '<div class="further"><a href="{}">Turn over</a></div>'
    site.page("/tide", f"<main><p>One.</p></main>{link.format('/tide-continued')}")
    site.page("/tide-continued", f"<main><p>Two.</p></main>{link.format('/tide')}")
    sites = sites_in(str(folder(tmp_path, toml=NEXT)))
    copy = collect(site.url("/tide"), FAST, ANY, lambda _what: None, sites)
    assert [page.url for page in copy.pages] == [site.url("/tide"), site.url("/tide-continued")]
    assert len(collect(site.url("/tide"), FAST, ANY, lambda _what: None).pages) == 1
    document = convert.read(site.url("/tide"), allow_private=True, site_rules=tmp_path)
    result = convert.clean(document, Config(ignore=("CHK",)))
    assert text(result) == "One.\n\nTwo."
    assert sum("keep" in reason for reason in reasons(result)) == 2


@pytest.mark.parametrize("href", ["https://other.example/2", "javascript:alert(1)", "file:///etc/passwd", "//[", ""])
def test_a_next_page_is_of_the_same_host(tmp_path: Path, href: str) -> None:
    sites = sites_in(str(folder(tmp_path, toml='hosts = "quay.example"\nnext_page = "//a/@href"')))
    assert next_page(f'<a href="{href}">on</a>', ADDRESS, sites=sites) is None


def test_a_next_page_in_the_other_form(tmp_path: Path) -> None:
    sites = sites_in(str(folder(tmp_path, txt="next_page_link: //a[@id='on']\n")))
    assert next_page('<a id="on" href="part-b">on</a>', ADDRESS, sites=sites) == "https://www.quay.example/2024/part-b"


# -- the checks of a rule ----------------------------------------------------------------------------------------


CHECKS = """
[[checks]]
page = "tide.html"
has = ["Nobody  hurries them."]
lacks = ["Each week by post."]
title = "The Tide"
authors = ["Ann Lee", "Bo Kim"]
date = "2024-05-01"
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "convert", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_checks_of_a_rule_pass(tmp_path: Path) -> None:
    folder(tmp_path, toml=TOML + CHECKS, **{"tide.html": PAGE})
    done = run("rules", "test", tmp_path / "quay.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert 'pass  tide.html: has "Nobody  hurries them."' in done.stdout
    assert done.stdout.splitlines()[-1] == "6 passed, 0 failed, 0 skipped"


def test_the_checks_of_a_rule_fail(tmp_path: Path) -> None:
    folder(tmp_path, toml=TOML.replace('".letter"', '".note"') + CHECKS, **{"tide.html": PAGE.replace("Ann", "Eve")})
    done = run("rules", "test", tmp_path / "quay.toml")
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert failed == [
        'FAIL  tide.html: lacks "Each week by post."',
        'FAIL  tide.html: authors "Ann Lee, Bo Kim", found "Eve Lee, Bo Kim"',
    ]


def test_a_check_fails_where_keep_finds_nothing(tmp_path: Path) -> None:
    folder(tmp_path, toml=TOML + CHECKS, **{"tide.html": PAGE.replace('class="text"', 'class="new"')})
    done = run("rules", "test", tmp_path / "quay.toml")
    assert done.returncode == 1
    assert "FAIL  tide.html: site rule quay.toml: keep" in done.stdout


def test_the_tests_of_the_other_form_run_on_saved_pages(tmp_path: Path) -> None:
    tests = f"test_url: {ADDRESS}\ntest_contains: Nobody hurries them.\ntest_url: https://quay.example/gone\n"
    folder(tmp_path, txt=FTR + tests)
    rule = tmp_path / "quay.example.txt"
    done = run("rules", "test", rule)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name their folder with --pages; nothing is fetched" in done.stderr
    pages = folder(
        tmp_path / "pages", **{"x.html": PAGE.replace("<head>", f'<head><link rel="canonical" href="{ADDRESS}">')}
    )
    done = run("rules", "test", rule, "--pages", pages)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "pass  x.html: keep finds the article",
        'pass  x.html: has "Nobody hurries them."',
        "skip  https://quay.example/gone: no saved page of this address",
        "2 passed, 0 failed, 1 skipped",
    ]


def test_a_fetched_copy_is_a_saved_page(site: Site, tmp_path: Path) -> None:
    site.page("/tide", f"<main><p>{LONG}</p></main>")
    rules = folder(tmp_path / "rules", toml=f'{NEXT}[[checks]]\naddress = "{site.url("/tide")}"\nhas = "{LONG}"')
    config = Config(site_rules=str(rules))
    (one,) = convert.publish([site.url("/tide")], tmp_path, formats=["md"], allow_private=True, config=config)
    assert one.errors == ()
    asked = len(site.asked)
    assert [result.passed for result in run_checks(rules / "quay.toml", tmp_path)] == [True, True]
    assert len(site.asked) == asked


@pytest.mark.parametrize(
    ("rule", "page", "said"),
    [
        (TOML, PAGE, "has no checks"),
        (TOML + CHECKS, "", "cannot be read"),
        (TOML.replace("//div", "//div[") + CHECKS, PAGE, "The XPath cannot be used"),
    ],
)
def test_checks_that_cannot_be_run(tmp_path: Path, rule: str, page: str, said: str) -> None:
    folder(tmp_path, toml=rule, **({"tide.html": page} if page else {}))
    done = run("rules", "test", tmp_path / "quay.toml")
    assert done.returncode in (2, 3)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rule_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read_rule(tmp_path / "gone.toml")
    assert run("rules", "test", tmp_path / "gone.toml").returncode == 2


def test_commands_take_a_folder_of_rules(tmp_path: Path) -> None:
    folder(tmp_path / "rules", toml=TOML)
    (tmp_path / "tide.html").write_text(PAGE)
    common = (tmp_path / "tide.html", "--url", ADDRESS, "--site-rules", tmp_path / "rules")
    assert "Tell a friend" not in run("clean", *common, "--to", "text").stdout
    assert 'drop ".letter"' in run("explain", *common).stdout
    assert run("publish", *common, "--to", "md", "-o", tmp_path / "build").returncode == 0
    assert "Tell a friend" not in (tmp_path / "build/tide.md").read_text()
    (tmp_path / "clearcopy.toml").write_text(f'site_rules = "{tmp_path / "rules"}"')
    settings = (tmp_path / "tide.html", "--url", ADDRESS, "--config", tmp_path / "clearcopy.toml")
    assert "Tell a friend" not in run("clean", *settings, "--to", "text").stdout
    done = run("clean", tmp_path / "tide.html", "--site-rules", tmp_path / "gone")
    assert done.returncode == 2
    assert "folder of site rules cannot be read" in done.stderr


def test_extraction_takes_a_folder_of_rules(tmp_path: Path) -> None:
    one = convert.extract(PAGE, ADDRESS, site_rules=folder(tmp_path, toml=TOML))
    assert one.text.startswith(LONG)
    assert one.title == "The Tide"
    assert "Quay News" not in one.text
