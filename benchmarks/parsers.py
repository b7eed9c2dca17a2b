"""Parsers of HTML side by side: time a page, and on how many pages text stands in another element than browsers say.

    pip install justhtml html5lib
    python benchmarks/parsers.py pages.jsonl.xz [--every 6]

html5lib follows the parsing algorithm of the standard (WHATWG, 13.2) step by step and is the measure. Compared is, for
each run of words, the elements that it stands in. Where places are told is what the libraries document.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus import load_pages

Words = list[tuple[str, str]]
"""Each text of a page with the names of the elements around it, from the outside in."""

_SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "title", "svg", "math", "textarea", "select", "iframe"}
)


def lexbor(html: str) -> Any:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


def lexbor_words(tree: Any) -> Iterator[tuple[str, str]]:
    pending = [(tree.body, "body")] if tree.body else []
    while pending:
        node, path = pending.pop()
        child = node.first_child
        while child is not None:
            if child.tag == "-text":
                yield path, child.text_content or ""
            elif child.tag and child.tag[0] not in "-_!" and child.tag not in _SKIPPED:
                pending.append((child, f"{path}/{child.tag}"))
            child = child.next


def lxml_html(html: str) -> Any:
    from lxml import html as parser

    return parser.document_fromstring(html.encode(), parser=parser.HTMLParser(encoding="utf-8"))


def lxml_words(tree: Any) -> Iterator[tuple[str, str]]:
    body = tree.find("body")
    pending = [(body, "body")] if body is not None else []
    while pending:
        node, path = pending.pop()
        yield path, node.text or ""
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                pending.append((child, f"{path}/{child.tag}"))
            yield path, child.tail or ""


def soup(builder: str) -> Callable[[str], Any]:
    from bs4 import BeautifulSoup

    return lambda html: BeautifulSoup(html, builder)


def soup_words(tree: Any) -> Iterator[tuple[str, str]]:
    from bs4.element import NavigableString, PreformattedString, Tag

    pending = [(tree.body, "body")] if tree.body else []
    while pending:
        node, path = pending.pop()
        for child in node.children:
            if isinstance(child, Tag) and child.name not in _SKIPPED:
                pending.append((child, f"{path}/{child.name}"))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                yield path, child


def just(html: str) -> Any:
    from justhtml import JustHTML

    return JustHTML(html, sanitize=False)


def just_words(tree: Any) -> Iterator[tuple[str, str]]:
    pending = [(body, "body") for body in tree.query("body")[:1]]
    while pending:
        node, path = pending.pop()
        for child in node.children or ():
            if child.name == "#text":
                yield path, child.data or ""
            elif child.name[0] not in "#!" and child.name not in _SKIPPED:
                pending.append((child, f"{path}/{child.name}"))


PARSERS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], Iterator[tuple[str, str]]], str]] = {
    "selectolax (Lexbor)": ("selectolax", lexbor, lexbor_words, "element"),
    "lxml.html": ("lxml", lxml_html, lxml_words, "line, element"),
    "bs4, html.parser": ("beautifulsoup4", soup("html.parser"), soup_words, "line and column, element"),
    "justhtml": ("justhtml", just, just_words, "offset, element"),
    "bs4, html5lib": ("html5lib", soup("html5lib"), soup_words, "element"),
}
MEASURE = "bs4, html5lib"


def counted(words: Iterator[tuple[str, str]]) -> Words:
    return sorted((path.replace("/tbody", ""), " ".join(text.split())) for path, text in words if text.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--every", type=int, default=6, help="take every nth page")
    arguments = parser.parse_args()
    pages = [page.html for page in load_pages(arguments.pages)[:: arguments.every]]
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {len(pages)} pages\n")
    print("| parser | version | ms a page | pages with text elsewhere | places |\n| --- | --- | ---: | ---: | --- |")
    right: list[Words] = []
    for name in (MEASURE, *(name for name in PARSERS if name != MEASURE)):
        package, parse, words_of, places = PARSERS[name]
        spent, wrong = 0.0, 0
        for number, html in enumerate(pages):
            start = time.process_time()
            tree = parse(html)
            spent += time.process_time() - start
            found = counted(words_of(tree))
            if name == MEASURE:
                right.append(found)
            wrong += found != right[number]
        share = "–" if name == MEASURE else f"{wrong / len(pages):.1%}"
        print(f"| {name} | {version(package)} | {1000 * spent / len(pages):.1f} | {share} | {places} |")


if __name__ == "__main__":
    main()
