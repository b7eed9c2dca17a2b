"""What the selectors of a rule find on a page: CSS on Lexbor's tree, XPath 1.0 on a copy of the same tree.

Elements are told by their number in the order of the page, which is the same for everyone who parses the page with
Lexbor. A selector may take a time that nobody can wait for (four paths within one another, on a page of a thousand
elements), and neither engine can be stopped; so what is not surely quick runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from convert.errors import ConfigError
from convert.node_text import inner_text
from convert.sites.rule import Kind, Selector, SiteRule

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SECONDS = 5.0
"""How long the selectors of a rule may take for one page. On a page of ten thousand elements the forty of a long rule
take a tenth of a second."""

MAX_MEMORY = 2 << 30
"""Bytes of memory that the process may take, where the system keeps such a limit."""

_MAX_VALUES, _MAX_VALUE = 20, 2_000
"""How many values of a title, an author or a date are looked at, and how long each may be."""


@dataclass(frozen=True, slots=True)
class Match:
    """What one selector found: elements, by their numbers, and the values of those or of attributes and texts."""

    elements: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    error: str = ""


def found(rule: SiteRule, selectors: Sequence[Selector], html: str, seconds: float = MAX_SECONDS) -> list[Match]:
    """What each selector finds. Raises ConfigError for one that is broken or takes too long."""
    if not selectors:
        return []
    if all(selector.is_quick for selector in selectors):
        matches = list(matches_of(html, selectors))
    else:
        matches = _apart(rule, selectors, html, seconds)
    for selector, match in zip(selectors, matches, strict=True):
        if match.error:
            name = "XPath" if selector.kind is Kind.XPATH else "CSS selector"
            raise ConfigError(
                f"The {name} cannot be used ({match.error}): {selector.expression}", where=rule.place_of(selector)
            )
    return matches


def _apart(rule: SiteRule, selectors: Sequence[Selector], html: str, seconds: float) -> list[Match]:
    asked = json.dumps({"html": html, "selectors": [asdict(selector) for selector in selectors]})
    here = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "convert.sites.process"]
    try:
        done = subprocess.run(
            command,
            input=asked.encode("utf-8", errors="replace"),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
        output, what = done.stdout, "could not be evaluated (its process ended)"
    except subprocess.TimeoutExpired as error:
        output, what = error.stdout or b"", f"took longer than {seconds:g} seconds, and was given up"
    lines = output.splitlines()
    if len(lines) < len(selectors):
        selector = selectors[len(lines)]
        raise ConfigError(
            f"The selector {what}: {selector.expression}",
            where=rule.place_of(selector),
            hint="Write it without paths inside the conditions of other paths.",
        )
    values = [json.loads(line) for line in lines]
    return [Match(tuple(one["elements"]), tuple(one["values"]), one["error"]) for one in values]


# -- the evaluation --------------------------------------------------------------------------------------------


def elements_of(page: LexborHTMLParser) -> list[LexborNode]:
    """The elements of a page in their order: what the numbers of matches count."""
    return [node for node in page.root.traverse() if _is_element(node)] if page.root is not None else []


def _is_element(node: LexborNode) -> bool:
    return (node.tag or "-")[0] not in "-_!"


def matches_of(html: str, selectors: Iterable[Selector]) -> Iterator[Match]:
    """What each selector finds on a page, with the error of one that is broken."""
    page = LexborHTMLParser(html)
    elements = elements_of(page)
    numbers = {node.mem_id: number for number, node in enumerate(elements)}
    copy: Mapping[_Element, int] = {}
    for selector in selectors:
        try:
            if selector.kind is Kind.CSS:
                nodes = page.css(selector.expression)
                yield _match(selector, elements, sorted({numbers[node.mem_id] for node in nodes}), ())
                continue
            copy = copy or _copied(page, numbers)
            hits, texts = _by_xpath(selector.expression, copy)
            yield _match(selector, elements, hits, texts)
        except (SelectolaxError, ValueError, SyntaxError, _xpath_error()) as error:
            yield Match(error=str(error).rstrip(". ") or type(error).__name__)


def _match(selector: Selector, elements: Sequence[LexborNode], hits: Sequence[int], texts: Sequence[str]) -> Match:
    if selector.key in ("keep", "drop"):
        return Match(tuple(hits))
    read = [*(_value(elements[number], selector.key) for number in hits[:_MAX_VALUES]), *texts]
    return Match(tuple(hits), tuple(value[:_MAX_VALUE] for value in read[:_MAX_VALUES] if value))


def _value(node: LexborNode, key: str) -> str:
    """What an element says as a title, an author, a date, or the next page."""
    attributes = node.attributes
    if key == "next_page":
        return (attributes.get("href") or "").strip()
    if node.tag == "meta":
        return (attributes.get("content") or "").strip()
    if key == "date" and attributes.get("datetime"):
        return (attributes["datetime"] or "").strip()
    return inner_text(node)


# -- XPath -----------------------------------------------------------------------------------------------------


def _xpath_error() -> type[Exception]:
    """The errors of lxml, where it is loaded; it is only for rules that hold an XPath."""
    if "lxml.etree" not in sys.modules:
        return ValueError
    from lxml import etree

    error: type[Exception] = etree.LxmlError
    return error


def _copied(page: LexborHTMLParser, numbers: Mapping[int, int]) -> dict[_Element, int]:
    """The elements of a page, made again in lxml one by one, with their numbers; the first is the root.

    A page that lxml parsed itself would be another tree than the one that the blocks are made of.
    """
    from lxml import etree

    made: dict[int, _Element] = {}
    result: dict[_Element, int] = {}
    if page.root is None:
        return result
    for node in page.root.traverse(include_text=True):
        parent = made.get(node.parent.mem_id) if node.parent is not None else None
        if node.tag == "-text":
            if parent is not None:
                _add_text(parent, _NO_XML.sub("", node.text_content or ""))
        elif _is_element(node) and (parent is not None or not made):
            tag = _NO_NAME.sub("_", node.tag or "")
            attributes = {
                name: _NO_XML.sub("", value or "") for name, value in node.attributes.items() if _NAME.fullmatch(name)
            }
            tag = tag if _NAME.fullmatch(tag) else f"_{tag}"
            one = etree.Element(tag, attributes) if parent is None else etree.SubElement(parent, tag, attributes)
            made[node.mem_id] = one
            result[one] = numbers[node.mem_id]
    return result


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def _add_text(parent: _Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _by_xpath(expression: str, copy: Mapping[_Element, int]) -> tuple[list[int], list[str]]:
    """The numbers of the elements that an XPath finds, and its texts. It has no functions but those of XPath 1.0:
    none that opens a file or an address."""
    from lxml import etree

    root = next(iter(copy))
    result = etree.XPath(expression, regexp=False)(root)
    if isinstance(result, str):
        return [], [result.strip()]
    if not isinstance(result, list):  # a number, or whether something is true
        return [], []
    hits = sorted({copy[one] for one in result if not isinstance(one, str | tuple) and one in copy})
    return hits, [str(one).strip() for one in result if isinstance(one, str)]
