"""Articles of several pages: which address is the next page, and one document of them all.

`rel=next` (HTML, 4.6.7.12) says that a page is the next of *some* series. On many sites that is the next article of a
blog, or the next page of a list or of the comments. So a link counts only if its address is that of the first page
with a page number added, and if neither page says that it is something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from convert.model import Break, BreakKind, Container, Document, NoteRef, Origin
from convert.web.address import SCHEMES, joined

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from convert.sites.rule import Sites

# -- the next page ---------------------------------------------------------------------------------------------


def next_page(html: str, url: str, first: str = "", sites: Sites | None = None) -> str | None:
    """The address of the page that goes on with the article of this one; None where there is none.

    `url` is the address of this page, `first` that of the article's first page (by default this one is the first).
    `sites` gives the rule of the page's site: where its selectors find a link, that is the one. Raises ConfigError for
    a site rule that is broken.
    """
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    base = _base(page, url)
    rule = sites(url) if sites else None
    if rule is not None and rule.of("next_page"):
        from convert.sites.reading import next_page_by  # only here: most pages have no rule

        if target := next_page_by(rule, html, base, url):
            return target
    is_first = first in ("", url)
    if is_first and (_is_root(url) or _is_listing(page)):
        return None
    starts = {place_of(start) for start in (url, _canonical(page, base)) if start} if is_first else set()
    for link in page.css("link[rel][href], a[rel][href]"):
        relations = (link.attributes.get("rel") or "").lower().split()
        reference = link.attributes.get("href") or ""
        if "next" not in relations or _is_of_comments(link, reference):
            continue
        target = joined(base, reference).partition("#")[0]
        if target and _goes_on(url, target, starts):
            return target
    return None


def _goes_on(url: str, target: str, starts: set[Place]) -> bool:
    """Whether an address is, by its form, that of the page after the one at `url`.

    `starts` is what the first page is called, where this is the first one.
    """
    if urlsplit(target).scheme not in SCHEMES:
        return False
    here = {numbering.place: numbering.number for numbering in _numberings(url)}
    for numbering in _numberings(target):
        if numbering.place in starts:
            return numbering.number in ((1, 2) if numbering.counts_from_0 else (2,))
        # the first page may have its number too: "?page=1", but not the bare "/1/", which is an article's number
        if numbering.place in here and (not starts or (numbering.is_worded and here[numbering.place] == 1)):
            return numbering.number == here[numbering.place] + 1
    return False


def is_first_page(url: str, first: Place) -> bool:
    """Whether an address is that of the first page with its number: "/wall?page=1"."""
    return any(numbering.place == first and numbering.number < 2 for numbering in _numberings(url))


def is_same_page(url: str, other: str) -> bool:
    """Whether two addresses are of one page, but for a trailing slash, "www." and what trackers added."""
    return place_of(url) == place_of(other)


def contradicts(first: str, other: str) -> bool:
    """Whether a page (HTML) says that it is another article than the first: it states another day of publication."""
    from selectolax.lexbor import LexborHTMLParser

    one, two = (_published(LexborHTMLParser(html))[:_DAY] for html in (first, other))
    return bool(one and two) and one != two


@dataclass(frozen=True, slots=True)
class Place:
    """An address without what differs between the pages of one article, and between two ways to write it."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Numbering:
    """One way to read an address as the page of a series."""

    place: Place
    number: int
    is_worded: bool  # it says that it is a page: "page/2", "?page=2"
    counts_from_0: bool = False  # some systems call the second page "?page=1"


_WORD = r"(?:page|seite|pagina|página|strona|sida|side|sivu)"
_NUMBERED_PATHS = (
    (re.compile(rf"(?P<base>.+)/{_WORD}[-_/]?(?P<number>\d{{1,3}})", re.IGNORECASE), True),  # /wall/page/2
    (re.compile(rf"(?P<base>.+?)[-_,.]{_WORD}[-_]?(?P<number>\d{{1,3}})", re.IGNORECASE), True),  # /wall-seite-2
    (re.compile(r"(?P<base>.+)/(?P<number>\d{1,2})", re.IGNORECASE), False),  # /wall/2
)
_NUMBERED_FILE = re.compile(r"(?P<base>.+?)[-_,](?P<number>\d{1,2})", re.IGNORECASE)
"""/wall_2.html. Without the suffix of a file it is no page: blogs call the second post of one title "/wall-2/"."""

_SUFFIX = re.compile(r"\.(?:x?html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)$", re.IGNORECASE)
_PAGE_KEYS = frozenset(
    {"page", "pg", "pageno", "page_no", "pagenum", "pagenumber", "page_number", "seite", "pagina", "start_page"}
)
"""Keys of a query that number pages. Not "p": WordPress numbers its articles with it."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|srsltid|ref|cmpid", re.IGNORECASE)


def place_of(url: str) -> Place:
    """Where a page is, without what differs between two ways to write its address. Raises ValueError for no address."""
    parts = urlsplit(url)
    return _place(parts, _stem(parts), _query(parts))


def _place(parts: SplitResult, path: str, query: list[tuple[str, str]]) -> Place:
    host = parts.netloc.lower().rpartition("@")[2].removeprefix("www.")
    return Place(host, _INDEX.sub("", path).rstrip("/"), tuple(sorted(query)))


def _stem(parts: SplitResult) -> str:
    return _SUFFIX.sub("", unquote(parts.path).rstrip("/"))


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]


def _numberings(url: str) -> Iterator[_Numbering]:
    parts = urlsplit(url)
    stem, query = _stem(parts), _query(parts)
    for key, value in query:
        if key.lower() in _PAGE_KEYS and value.isdecimal() and len(value) < 4:
            rest = [pair for pair in query if pair != (key, value)]
            yield _Numbering(_place(parts, stem, rest), int(value), is_worded=True, counts_from_0=True)
    for pattern, is_worded in _NUMBERED_PATHS:
        if found := pattern.fullmatch(stem):
            yield _Numbering(_place(parts, _SUFFIX.sub("", found["base"]), query), int(found["number"]), is_worded)
    if _SUFFIX.search(parts.path) and (found := _NUMBERED_FILE.fullmatch(stem)):
        yield _Numbering(_place(parts, found["base"], query), int(found["number"]), is_worded=False)


def _is_root(url: str) -> bool:
    return not place_of(url).path


# -- what a page says of itself --------------------------------------------------------------------------------


def _base(page: LexborHTMLParser, url: str) -> str:
    found = page.css_first("base[href]")
    return joined(url, found.attributes.get("href") or "") or url if found else url


def _canonical(page: LexborHTMLParser, base: str) -> str:
    found = page.css_first('link[rel~="canonical"][href]')
    return joined(base, found.attributes.get("href") or "") if found else ""


def _stated(page: LexborHTMLParser, name: str) -> str:
    found = page.css_first(f'meta[property="{name}"][content]')
    return (found.attributes.get("content") or "").strip() if found else ""


_DAY = len("2024-05-01")
"""Characters of a time that are compared: its hours are often written in two ways."""

_DATE_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')


def _published(page: LexborHTMLParser) -> str:
    """When the article of a page was published, as the page writes it; "" where it does not say, or more than one."""
    if stated := _stated(page, "article:published_time"):
        return stated
    dates = {
        date
        for script in page.css('script[type="application/ld+json"]')
        for date in _DATE_IN_JSON.findall(script.text())
    }
    return dates.pop() if len(dates) == 1 else ""


_TEASERS = 3
"""As many articles with a linked heading of their own make a page a list; an article's page has one or two besides."""


def _is_listing(page: LexborHTMLParser) -> bool:
    """Whether a page is a list of articles: it says so, or shows some, and does not say that it is an article."""
    kind = _stated(page, "og:type").lower()
    if kind.endswith("article") or _published(page):
        return False
    teasers = [one for one in page.css("article") if one.css_first("h1 a[href], h2 a[href], h3 a[href], h4 a[href]")]
    return kind in ("website", "blog") or len(teasers) >= _TEASERS


def _is_of_comments(link: LexborNode, reference: str) -> bool:
    """Whether a link leads to further comments, and not to a further page."""
    if "comment" in reference.lower():
        return True
    around: LexborNode | None = link
    while around is not None:
        names = f"{around.attributes.get('id') or ''} {around.attributes.get('class') or ''}".lower()
        if around.tag not in ("body", "html") and "comment" in names:
            return True
        around = around.parent
    return False


# -- one document ----------------------------------------------------------------------------------------------


def stitch(documents: Sequence[Document]) -> Document:
    """One document of the pages of an article, in their order; what is known of the article is the first one's.

    The end of each page is kept as a break, by which the rules mend a sentence that it cut. Each block of a further
    page says which; labels of notes that an earlier page has too are made others.
    """
    first, *others = documents
    blocks, notes = list(first.blocks), list(first.notes)
    for number, document in enumerate(others, start=2):
        labels = {note.label for note in notes}
        again = {note.label: f"{note.label}-page-{number}" for note in document.notes if note.label in labels}
        end = Origin(document.source, f"page {number}")
        blocks.append(Break(kind=BreakKind.PAGE, mark=f"page {number}", origin=end))
        blocks += _moved(document.blocks, number, again)
        notes += [
            replace(note, label=again.get(note.label, note.label)) for note in _moved(document.notes, number, again)
        ]
    return replace(first, blocks=tuple(blocks), notes=tuple(notes))


def _moved(node: Any, number: int, labels: dict[str, str]) -> Any:
    """The same nodes with the page in each origin, and other labels of notes. Any node of the model, any depth."""
    match node:
        case Origin():
            return replace(node, place=f"page {number}, {node.place}") if node.place else node
        case NoteRef():
            return replace(node, label=labels.get(node.label, node.label))
        case tuple():
            return tuple(_moved(part, number, labels) for part in node)
        case Container():
            return node  # it is the same element only if it is the same object
    if not is_dataclass(node) or isinstance(node, type):
        return node
    parts = {field.name: getattr(node, field.name) for field in fields(node)}
    changed = {name: new for name, part in parts.items() if (new := _moved(part, number, labels)) is not part}
    return replace(node, **changed) if changed else node
