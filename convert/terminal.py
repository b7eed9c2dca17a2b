"""What the commands show on a terminal, with Rich."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convert.edit import Outcome, Record
from convert.engine import Cleaned
from convert.publishing import Published, silent
from convert.rule import Rule
from convert.walk import dump

if TYPE_CHECKING:
    from convert.sites.checks import Result

_SHOWN = 300
"""Characters of a before or after that a terminal shows; the ledger has all of them."""

_FAMILIES = {
    "CHK": "marks",
    "EDN": "earlier editions",
    "HEAD": "headings",
    "JOIN": "joins",
    "LINK": "links",
    "MARK": "programs' marks",
    "META": "facts lifted",
    "NOTE": "notes on the author",
    "NOTICE": "notices",
    "PAGE": "printed pages",
    "SEP": "separators",
    "STAND": "standfirst",
    "TEXT": "characters",
    "WEB": "parts of the page",
}


def console(*, quiet: bool) -> Console:
    """Where messages go: standard error."""
    return Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True, width=_width(sys.stderr))


def output_console() -> Console:
    """Where answers go: standard output."""
    return Console(highlight=False, soft_wrap=True, width=_width(sys.stdout))


_PIPE_WIDTH = 160
"""Columns where nobody looks on: a line of the rules' table stays one line, for grep."""


def _width(stream: TextIO) -> int | None:
    return None if stream.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH


@contextmanager
def progress(screen: Console) -> Iterator[Callable[[str], None]]:
    """A progress line on a terminal; nothing in a pipe."""
    if not screen.is_terminal or screen.quiet:
        yield silent
        return
    with screen.status("") as status:
        yield lambda what: status.update(escape(what))


def report(screen: Console, published: Sequence[Published], *, each_edit: bool) -> None:
    """The table at the end of `publish`: what was made, the edits by family, the findings with their places."""
    for one in published:
        for warning in one.warnings:
            screen.print(f"Warning: {escape(warning)}")
        if one.cleaned is None or one.edition is None:
            continue
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row("Article", escape(one.edition.title))
        table.add_row("Made", escape("\n".join(str(path) for path in one.files)))
        table.add_row("Highlights", str(len(one.edition.contents)))
        table.add_row("Edits", _families(one.cleaned.ledger))
        table.add_row("Findings", escape("\n".join(_finding(record) for record in one.cleaned.findings)) or "none")
        screen.print(table)
        if each_edit:
            _print_records(screen, one.cleaned.ledger)


def report_cleaned(screen: Console, cleaned: Cleaned, *, each_edit: bool) -> None:
    """What `clean` says: the edits by family, and the findings."""
    screen.print(f"{escape(cleaned.document.source)}: {_families(cleaned.ledger)}")
    for record in cleaned.findings:
        screen.print(f"Finding: {escape(_finding(record))}")
    if each_edit:
        _print_records(screen, cleaned.ledger)


def _families(ledger: Sequence[Record]) -> str:
    total = Counter(record.code.rstrip("0123456789") for record in ledger if record.outcome is Outcome.APPLIED)
    declined = sum(record.outcome is Outcome.DECLINED for record in ledger)
    said = [f"{times} {_FAMILIES.get(family, family)}" for family, times in sorted(total.items())]
    if declined:
        said.append(f"{declined} declined")
    return ", ".join(said) or "none"


def _finding(record: Record) -> str:
    return f"{record.place}: {record.reason} [{record.code}]"


def _print_records(screen: Console, ledger: Sequence[Record]) -> None:
    for record in ledger:
        screen.print(f"{record.place}: {record.code} {record.outcome} {escape(record.reason)}")


def explain_cleaned(screen: Console, cleaned: Cleaned) -> None:
    """Every record of a cleaning, in the order of the text's lines where it has them."""
    screen.print(f"[bold]{escape(cleaned.document.source)}[/bold]: {_families(cleaned.ledger)}\n")
    for record in cleaned.ledger:
        what = f"{record.code} {record.name}, {record.outcome} ({record.confidence:g})"
        screen.print(f"[bold]{escape(record.place)}[/bold]  {what}  [dim]{record.id}[/dim]")
        screen.print(f"  {escape(record.reason)}")
        for mark, blocks, style in (("-", record.before, "red"), ("+", record.after or (), "green")):
            for line in _shown(dump(blocks) if blocks else "").splitlines():
                screen.print(f"  [{style}]{mark} {escape(line)}[/{style}]")
        for fact in record.facts:
            screen.print(f"  [green]+ {escape(str(fact.key))}: {escape(fact.value)}[/green]")
        screen.print()


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} [...] {text[-_SHOWN // 2 :]}"


def explain_rule(screen: Console, rule: Rule) -> None:
    """The documentation of a rule, which stands at the head of its file."""
    screen.print(f"[bold]{rule.code} {rule.name}[/bold] ({rule.phase}, {rule.safety})\n")
    screen.print(escape(documentation(rule)))


def documentation(rule: Rule) -> str:
    """The docstring of a rule's file."""
    from importlib import import_module

    module = f"convert.rules.{rule.phase}.{rule.code}_{rule.name.replace('-', '_')}"
    return (import_module(module).__doc__ or "").strip()


def rules_table(screen: Console, rules: Sequence[Rule]) -> None:
    """All rules, one a line."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Code", "Fault", "Folder", "Words", "What it does"):
        table.add_column(title, no_wrap=title != "What it does")
    for rule in rules:
        kept = "kept" if rule.safety == "safe" else "may go"
        table.add_row(rule.code, rule.name, rule.phase, kept, documentation(rule).split("\n")[0])
    screen.print(table)


def report_checks(screen: Console, results: Sequence[Result]) -> None:
    """The checks of a site rule, one a line, with their page."""
    for result in results:
        word = "skip" if result.passed is None else "pass" if result.passed else "FAIL"
        screen.print(escape(f"{word}  {result.page}: {result.what}"))
    counts = Counter(result.passed for result in results)
    screen.print(f"{counts[True]} passed, {counts[False]} failed, {counts[None]} skipped")
