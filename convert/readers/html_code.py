"""The text and the language of code on a page, without the numbers of its lines.

Read is what highlight.js, Prism, Pygments (Sphinx, Jekyll), Rouge (GitHub Pages), GitHub, Hugo and SyntaxHighlighter
write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|syntaxhighlighter\s+|src-|highlight-)([\w+#.-]+)"
)
_HLJS = re.compile(r"(?:^|\s)hljs\s+(?!language-|copy)([a-z][\w+#-]*)|(?:^|\s)([a-z][\w+#-]*)\s+hljs(?:\s|$)")
_NO_LANGUAGE = frozenset({"default", "none", "plain", "text", "plaintext", "nohighlight", "source", "notranslate"})
_NUMBERS = "[class*=gutter], [class*=lineno], [class*=line-number], [class*=LineNumber], [data-line-number]"
_LETTER = re.compile(r"[^\W\d_]")
_MAX_AROUND = 3
"""Elements around a <pre> whose class may name its language."""


def code_of(node: LexborNode) -> tuple[str, str]:
    """The text of a <pre> and its language, "" where none is named. Takes line numbers out of the tree."""
    for button in node.css("button"):
        button.decompose()
    for numbers in node.css(_NUMBERS):
        if not _LETTER.search(numbers.text()):
            numbers.decompose()
    for br in node.css("br"):
        br.replace_with("\n")
    for line in node.css("div, tr"):
        if not line.text().endswith("\n"):
            line.insert_after("\n")
    return node.text().strip("\n"), _language(node)


def _language(node: LexborNode) -> str:
    for element in _named(node):
        attributes = element.attributes
        said = attributes.get("data-lang") or attributes.get("data-language") or ""
        classes = attributes.get("class") or ""
        found = _LANGUAGE.search(classes)
        drawn = _HLJS.search(classes) if found is None else None
        for name in (said, found[1] if found else "", (drawn[1] or drawn[2]) if drawn else ""):
            if name and name.lower() not in _NO_LANGUAGE:
                return name
    return ""


def _named(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that may name the language, the nearest first."""
    code = node.css_first("code")
    if code is not None:
        yield code
    step: LexborNode | None = node
    for _ in range(_MAX_AROUND + 1):
        if step is None or step.tag in ("body", "article", "main"):
            return
        yield step
        step = step.parent


def code_in_table(table: LexborNode) -> str | None:
    """The text of code that a table lays out, one line a row (GitHub) or beside its numbers; None for other tables."""
    classes = table.attributes.get("class") or ""
    lines = table.css("td.blob-code")
    if lines:
        return "\n".join(line.text().strip("\n") for line in lines)
    if "rouge" in classes or "highlighttable" in classes or table.css_first("td.linenos, td.gutter") is not None:
        cells = table.css("td.code, td.rouge-code, td.linenos + td, td.gutter + td")
        if cells:
            rows = cells[0].css("div.line")
            return "\n".join(row.text() for row in rows) if rows else cells[0].text().strip("\n")
    return None


def language_of_table(table: LexborNode) -> str:
    """The language of code that a table lays out."""
    return _language(table)
