"""Writes docs/rules.md from the documentation at the head of each rule's file.

python docs/make_rules_page.py
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from convert.rule import Phase, Rule, Safety
from convert.rules import RULES
from convert.terminal import documentation

PAGE = Path(__file__).parent / "rules.md"

HEAD = """\
# The rules

<!-- Written by docs/make_rules_page.py from the files of the rules. Change those, and run it again. -->

Each rule looks for one fault. It proposes edits; the engine applies or declines them, and the ledger has them all
([ledger.md](ledger.md)). `clearcopy explain CODE` prints the same text as this page.

*Words* says what a rule may do to the text. *kept*: every visible word stays, in the text or in the metadata. *may
go*: the rule may remove words. They are then in the ledger, and can be put back.

The table has the rules in the order in which they run. The checks at its end change no word: they report what
no edit can mend.
"""

PHASES = {
    Phase.TEXT: "Characters and links",
    Phase.PAGE: "What the page added, and the facts that it states",
    Phase.STRUCTURE: "Paragraphs, headings and breaks",
    Phase.CHECK: "Checks",
}

_CODE_SPAN = re.compile(r"(`[^`]*`)")
_MARKUP = re.compile(r"([\\*_<\[\]|]|&(?=#?\w+;))|^([#>])", re.MULTILINE)
_SECTION = re.compile(r"^(\S.*)\n((?:(?: +.*)?\n?)+)", re.MULTILINE)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows the same; what stands between backticks is code already."""
    parts = _CODE_SPAN.split(text)
    return "".join(part if part.startswith("`") and part != "`" else _MARKUP.sub(r"\\\1\2", part) for part in parts)


def words(rule: Rule) -> str:
    return "kept" if rule.safety is Safety.SAFE else "may go"


def fault(rule: Rule) -> str:
    """The sentence at the head of a rule's file that says what it is about."""
    return " ".join(documentation(rule).partition("\n\n")[0].split())


def table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| Code | Name | Fault | Words |"
    yield "| --- | --- | --- | --- |"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {escaped(fault(rule))} | {words(rule)} |"


def entry(rule: Rule) -> Iterator[str]:
    """The whole documentation of a rule."""
    sections = documentation(rule).partition("\n\n")[2] + "\n"
    yield f"\n### {rule.code}\n"
    yield f"**{rule.name}**: {escaped(fault(rule))} Words: {words(rule)}."
    for heading, body in _SECTION.findall(sections):
        yield f"\n*{heading}.* {escaped(textwrap.dedent(body).strip())}"


def group(phase: Phase) -> Iterator[str]:
    """The rules of a folder, by code."""
    yield f"\n## {PHASES[phase]}"
    rules = sorted((rule for rule in RULES if rule.phase is phase), key=lambda rule: rule.code)
    yield from chain.from_iterable(map(entry, rules))


def page() -> str:
    lines = chain((HEAD,), table(RULES), chain.from_iterable(map(group, PHASES)))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
