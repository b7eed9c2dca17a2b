"""The site configuration files of fivefilters.org's Full-Text RSS (github.com/fivefilters/ftr-site-config, CC0).

Lines of "directive: value", "#" before comments. A file is called by its host: "example.org.txt", and
".example.org.txt" for the hosts below it. What follows is what the project documents under "Site patterns".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from convert.sites.rule import MAX_SELECTOR, Check, Kind, Selector, SiteRule

_SELECTORS: Mapping[str, str] = {
    "body": "keep",
    "strip": "drop",
    "title": "title",
    "author": "author",
    "date": "date",
    "next_page_link": "next_page",
}
"""Directives whose value is an XPath, and the keys that they are here."""

_BY_TEXT: Mapping[str, str] = {
    "strip_id_or_class": '[class*="{0}"], [id*="{0}"]',
    "strip_image_src": 'img[src*="{0}"]',
}
"""Directives whose value is a part of an attribute."""

_OF_NO_MEANING = frozenset({"tidy", "prune", "parser", "autodetect_on_failure", "insert_detected_image"})
"""Directives for what is done otherwise here: Lexbor parses, nothing is pruned, and where no `body` is found the
model decides."""

_LINE = re.compile(r"(?P<directive>[a-z_]+)\s*(?:\((?P<argument>.*?)\))?\s*:(?P<value>.*)", re.IGNORECASE)
_MARKS = re.compile(r"[\"'\\]")


def read_ftr_rule(text: str, path: Path) -> SiteRule:
    """The rule in a file. Nothing is raised: what is not done here is named in `passed_over`."""
    selectors: list[Selector] = []
    checks: list[Check] = []
    passed_over: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        match = _LINE.fullmatch(line) if line and line[0] != "#" else None
        if match is None or not match["value"].strip():
            continue
        directive, value = match["directive"].lower(), match["value"].strip()
        if directive in _OF_NO_MEANING:
            continue
        if directive == "test_url":
            checks.append(Check(address=value, line=number))
        elif directive == "test_contains" and checks:
            checks[-1] = replace(checks[-1], has=(*checks[-1].has, value))
        elif directive in (*_SELECTORS, *_BY_TEXT) and not match["argument"] and len(value) <= MAX_SELECTOR:
            selectors.append(_selector(directive, value, number))
        elif directive not in ("test_contains", "test_title"):
            passed_over.append(f"{directive} (line {number})")
    return SiteRule(path, (_host(path),), tuple(selectors), tuple(checks), tuple(passed_over))


def _selector(directive: str, value: str, line: int) -> Selector:
    said = f"line {line}, {directive}: {value}"
    if directive in _BY_TEXT:
        part = _MARKS.sub("", value)
        return Selector("drop", Kind.CSS, _BY_TEXT[directive].format(part), said, line)
    return Selector(_SELECTORS[directive], Kind.XPATH, value, said, line)


def _host(path: Path) -> str:
    name = path.name.lower().removesuffix(".txt")
    return f"*{name}" if name.startswith(".") else name
