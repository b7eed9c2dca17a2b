"""Reads an article from a feed: RSS 2.0 and its content module, RSS 1.0 (RDF), Atom (RFC 4287)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr, parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError, ParserCreate

from convert.errors import InputError
from convert.model import Claim, Document
from convert.readers.decode import decode
from convert.readers.given import Input

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_STATED = re.compile(rb"""\A[^<]{0,4}<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']""")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]*);")
_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ADDRESS_AND_NAME = re.compile(r"\S+@\S+ \((?P<name>[^()]+)\)")
"""How RSS 2.0 has an author written: "lee@port.example (Ann Lee)"."""

_FRAGMENT = (
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">'
)
"""Around a piece of a feed that was saved without its root."""

_MAX_NAMED = 12
"""Articles that a message names; more would fill the screen."""


@dataclass(frozen=True, slots=True)
class _Feed:
    root: Element
    items: Sequence[Element]


def read_feed(given: Input) -> Document:
    """The document of the article in a feed, with what the feed says of it.

    `given.item` says which, counted from 1. Raises InputError where the file is no feed or holds several articles
    and none is named.
    """
    from convert.readers import read_bytes  # only here: its table holds this reader

    feed = _feed(given.data, given.name)
    number = given.item or 1
    if number > len(feed.items):
        raise InputError(
            f"The feed holds {len(feed.items)} articles, and none with the number {number}",
            where=given.name,
            hint="Count from 1.",
        )
    if not given.item and len(feed.items) > 1:
        titles = [f"#{place} {_title(item)}" for place, item in enumerate(feed.items[:_MAX_NAMED], start=1)]
        more = ", …" if len(feed.items) > _MAX_NAMED else ""
        raise InputError(
            f"The feed holds {len(feed.items)} articles: {', '.join(titles)}{more}",
            where=given.name,
            hint=f"Put the number of one behind the name of the file: {given.name}#1.",
        )
    item = feed.items[number - 1]
    try:
        text = _text(item)
    except RecursionError as error:
        raise _too_deep(given.name) from error
    if not text.strip():
        raise InputError("The feed does not hold the article's text", where=given.name, hint="Give the page itself.")
    document = read_bytes(
        text.encode(), given.name, "html", url=given.url or _link(item), charset="utf-8", sites=given.sites
    )
    return replace(document, claims=(*_claims(feed.root, item), *document.claims))


def titles_in(data: bytes, name: str) -> tuple[str, ...]:
    """The titles of the articles in a feed, in its order. Raises InputError where the file is no feed."""
    return tuple(_title(item) for item in _feed(data, name).items)


# -- XML -------------------------------------------------------------------------------------------------------


def _feed(data: bytes, name: str) -> _Feed:
    root = _root(data, name)
    items = [part for part in root.iter() if _local(part) in ("item", "entry")]
    if not items and root.find(_CONTENT) is not None:
        items = [root]
    if not items:
        raise InputError("The file is no feed with articles (RSS or Atom)", where=name, hint="Save the feed again.")
    return _Feed(root, items)


def _root(data: bytes, name: str) -> Element:
    """The root of a feed. Entities that HTML has names for are read, those that the file makes are not."""
    stated = _STATED.match(data)
    text = _DECLARATION.sub("", decode(data, name, stated[1].decode("ascii") if stated else "")).lstrip()
    text = "".join(
        piece if place % 2 else _mended(piece) for place, piece in enumerate(_CDATA.split(_CONTROLS.sub("", text)))
    )
    if text.startswith(("<content:encoded", "<item", "<entry")):
        text = f"{_FRAGMENT}{text}</rss>"
    try:
        _refuse_entities(text, name)
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ExpatError) as error:
        raise InputError(
            f"The file is no well-formed XML ({error})", where=name, hint="Save the feed again."
        ) from error
    except RecursionError as error:
        raise _too_deep(name) from error


def _too_deep(name: str) -> InputError:
    return InputError("The elements of the feed lie in one another too deep", where=name, hint="Save the feed again.")


def _mended(text: str) -> str:
    """XML with the names of HTML's characters written as numbers, and ampersands that start none of them as such."""
    named = _NAMED.sub(lambda match: _numbered(html.unescape(match[0])), text)
    return _BARE_AMPERSAND.sub("&amp;", named)


def _numbered(letters: str) -> str:
    return letters.replace("&", "&amp;") if letters.startswith("&") else "".join(f"&#{ord(one)};" for one in letters)


def _refuse_entities(text: str, name: str) -> None:
    """Raises InputError where a file declares entities: a few lines of them can stand for gigabytes, or for a file of
    the reader's own."""

    def refuse(*_declared: object) -> None:
        raise InputError("The XML makes entities of its own, which are not read", where=name, hint="Take them out.")

    parser = ParserCreate()
    parser.EntityDeclHandler = refuse
    parser.Parse(text.encode(), True)  # noqa: FBT003


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, *names: str) -> Iterator[Element]:
    """The children with a name, whatever the version of the feed's namespace, in the order of the names."""
    for name in names:
        for child in element:
            if child.tag == name or (("{" not in name and child.tag in (name, _ATOM + name)) or _is_rss1(child, name)):
                yield child


def _is_rss1(child: Element, name: str) -> bool:
    return str(child.tag).startswith("{http://purl.org/rss/1.0/}") and _local(child) == name


def _first(element: Element, *names: str) -> str:
    """The words of the first of some children that has any."""
    return next((text for child in _children(element, *names) if (text := _words(child))), "")


def _words(element: Element) -> str:
    """The words of an element in one line, without the HTML that feeds put into their titles."""
    text = "".join(element.itertext())
    return " ".join(html.unescape(_TAG.sub("", text)).split())


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


# -- the article -----------------------------------------------------------------------------------------------


def _text(item: Element) -> str:
    """The text of an article as HTML: the whole where the feed has it, else its summary."""
    for child in _children(item, _CONTENT, "content", "description", "summary"):
        kind = child.get("type", "html" if child.tag == _CONTENT or _local(child) == "description" else "text")
        text = _html(child, kind)
        if text.strip():
            return text
    return ""


def _html(element: Element, kind: str) -> str:
    """The HTML in an element, by the type that Atom names (RFC 4287, 3.1.1)."""
    if kind in ("xhtml", "application/xhtml+xml") or len(element):
        for part in element.iter():
            part.tag = str(part.tag).removeprefix(_XHTML)
        return "".join([html.escape(element.text or "", quote=False), *map(_serialized, element)])
    text = "".join(element.itertext())
    if kind in ("text", "text/plain"):
        return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in text.split("\n\n") if part.strip())
    return text


def _serialized(element: Element) -> str:
    return ElementTree.tostring(element, encoding="unicode", method="html")


def _title(item: Element) -> str:
    return _first(item, "title") or "without a title"


def _link(item: Element) -> str:
    """The address of the article's page; "" where the feed does not say it."""
    links = [child for child in _children(item, "link") if child.get("rel", "alternate") == "alternate"]
    given = [child.get("href") or _words(child) for child in links]
    given += [_words(child) for child in _children(item, "guid") if child.get("isPermaLink") != "false"]
    return next((address for address in given if address.startswith(("http://", "https://"))), "")


def _claims(root: Element, item: Element) -> Iterator[Claim]:
    channel = next((part for part in root.iter() if _local(part) == "channel"), root)
    title = _first(item, "title")
    if title:
        yield Claim("title", title, "feed, title of the article")
    for author in _authors(channel, item):
        yield Claim("authors", author, "feed, author")
    for field, names in _DATES:
        date = _iso(_first(item, *names))
        if date:
            yield Claim(field, date, f"feed, {names[0].rpartition('}')[2]}")
    publisher = _first(channel, "title") if channel is not item else ""
    if publisher:
        yield Claim("publisher", publisher, "feed, title")
    language = item.get(_LANG) or root.get(_LANG) or _first(channel, "language", f"{_DC}language")
    if language:
        yield Claim("language", language, "feed, language")
    address = _link(item)
    if address:
        yield Claim("url", address, "feed, link")


_DATES = (
    ("date", ("pubDate", "published", f"{_DC}date", "issued", "updated")),
    ("updated", ("updated", "modified")),
)


def _authors(channel: Element, item: Element) -> Iterator[str]:
    """The authors of the article, or else of the feed."""
    found = [_name(child) for child in _children(item, f"{_DC}creator", "author")]
    found = [name for name in found if name] or [_name(child) for child in _children(channel, "author")]
    yield from dict.fromkeys(name for name in found if name)


def _name(author: Element) -> str:
    names = [_words(child) for child in _children(author, "name")]
    text = next(iter(names), "") if len(author) else _words(author)
    match = _ADDRESS_AND_NAME.fullmatch(text)
    if match:
        return match["name"]
    name, address = parseaddr(text)
    return name if "@" in address else text


def _iso(date: str) -> str:
    """A date of RFC 822 or RFC 3339 as the day of ISO 8601; "" where it is neither."""
    if re.match(r"\d{4}-\d\d-\d\d", date):
        return date[:10]
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
