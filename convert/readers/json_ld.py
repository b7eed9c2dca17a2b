"""The structured data of a web page: JSON-LD with the words of schema.org, as search engines are given it.

Pages write it by hand or by templates, so that much of it is not JSON: with line feeds inside strings, commas before
closing brackets, comments of HTML around. What can be read is read; the rest is passed over.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from convert.addresses import same_page
from convert.model import Claim
from convert.readers.claim_data import ClaimData

Node: TypeAlias = Mapping[str, Any]

_WRAPPING = re.compile(
    r"\A\s*(?:(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?)?|(?:(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?)?[\s;]*\Z"
)
_COMMA_BEFORE_END = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_PREFIX = re.compile(r"\A(?:https?://schema\.org/|schema:)")

_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage")
"""Properties whose value is the article or the page again. All others hold other things: comments, related articles."""

MAX_DEPTH = 6
"""How deep nodes are followed; the graphs of common systems need three levels."""


def json_ld_claims(scripts: Sequence[str], addresses: Sequence[str], data: ClaimData) -> list[Claim]:
    """What the JSON-LD of a page states: of the article that has one of the page's addresses, or else of all
    articles in it; then of the page; then of the site."""
    nodes = [node for script in scripts for value in _values(script) for node in _nodes(value, 0)]
    index = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if data.is_article(_type(node))]
    own = [
        node for node in articles if any(same_page(own, address) for own in _addresses(node) for address in addresses)
    ]
    articles = own + [node for node in articles if node not in own and not (own and _addresses(node))]
    pages = [node for node in nodes if _type(node) in data.page_types]
    claims = [claim for node in (*articles, *pages) for claim in _claims(node, index, data)]
    for node in nodes:
        if _type(node) in data.site_types:
            claims.extend(
                Claim("publisher", name, f"JSON-LD {_type(node)}, name") for name, _ in _names(node, index, 0)
            )
    return claims


def _values(script: str) -> Iterator[object]:
    """The values in a script; several one after the other, as some pages write, are each read."""
    for candidate in _candidates(script):
        try:
            yield json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    text = _WRAPPING.sub("", script)
    decoder, at, text = json.JSONDecoder(strict=False), 0, _COMMA_BEFORE_END.sub("", text)
    while (at := text.find("{", at)) != -1:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def _candidates(script: str) -> Iterator[str]:
    """A script as it is, which most often is JSON, and then without what is none."""
    yield script
    text = _WRAPPING.sub("", script)
    yield text
    yield _BAD_ESCAPE.sub(r"\\\\", _COMMA_BEFORE_END.sub("", text))


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _WRAPPERS:
            if name in value:
                yield from _nodes(value[name], depth + 1)


def _type(node: Node) -> str:
    """The type of a node; of several the first that is no mere "Thing"."""
    kind = node.get("@type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    names = [_PREFIX.sub("", name) for name in kinds if isinstance(name, str)]
    return next((name for name in names if name != "Thing"), "")


def _addresses(node: Node) -> list[str]:
    """The addresses that a node gives as its own."""
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return [value for value in values if isinstance(value, str) and value.startswith("http")]


def _claims(node: Node, index: Mapping[str, Node], data: ClaimData) -> Iterator[Claim]:
    kind = _type(node)
    for name, field in data.properties.items():
        if name not in node:
            continue
        if field in ("authors", "publisher"):
            for value, whose in _names(node[name], index, 0):
                is_body = f" ({whose})" if whose not in ("", "Person") else ""
                yield Claim(field, value, f"JSON-LD {kind}, {name}{is_body}")
        else:
            for value in _texts(node[name]):
                yield Claim(field, value, f"JSON-LD {kind}, {name}")


def _names(value: object, index: Mapping[str, Node], depth: int) -> Iterator[tuple[str, str]]:
    """The names in the value of a property about people or bodies, each with the type of what bears it."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        found = index.get(value)
        if found is not None:
            yield from _names(found, {}, depth + 1)
        elif text := _text(value):
            yield text, ""
    elif isinstance(value, list):
        for part in value:
            yield from _names(part, index, depth + 1)
    elif isinstance(value, dict):
        names = value.get("name")
        if names:
            for text in _texts(names):
                yield text, _type(value)
        elif value.get("givenName") or value.get("familyName"):
            yield _text(f"{value.get('givenName', '')} {value.get('familyName', '')}"), _type(value)
        elif (node := index.get(str(value.get("@id", "")))) is not None:
            yield from _names(node, {}, depth + 1)


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """The strings of a value; of a node its address (an image's) or its name. Of several nodes the first counts."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if text := _text(value):
            yield text
    elif isinstance(value, list):
        for part in value if value and isinstance(value[0], str) else value[:1]:
            yield from _texts(part, depth + 1)
    elif isinstance(value, dict):
        inner = value.get("url") or value.get("@value") or value.get("name") or value.get("contentUrl")
        yield from _texts(inner, depth + 1)


def _text(value: str) -> str:
    """A string as a reader would see it: some pages escape it for HTML, once or twice."""
    text = html.unescape(html.unescape(value)) if "&" in value else value
    return text.strip()
