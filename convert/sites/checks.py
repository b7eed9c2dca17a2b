"""The checks of a site rule, run on saved pages: `clearcopy rules test`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from convert.config import Config
from convert.engine import Cleaned, clean
from convert.errors import ConfigError, InputError, UsageError
from convert.model import Document
from convert.plain_text import to_text
from convert.reading import document_of
from convert.rules import RULES
from convert.sites.folder import read_rule
from convert.sites.rule import Check, SiteRule, Sites
from convert.web.pages import Place, place_of
from convert.web.saved import is_saved_copy, read_copy

_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})

_MAX_FILES = 5_000
"""Files of a folder of saved pages that are looked at."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check; `passed` is None where its page is not here."""

    page: str
    what: str
    passed: bool | None


def run_checks(file: Path, pages: Path | None = None) -> tuple[Result, ...]:
    """Runs the checks of the rule in a file. Pages that are named by their address alone are looked for in `pages`,
    by default the folder of the rule; nothing is fetched.

    Raises ConfigError for a file that is no site rule or has a broken selector, and UsageError where it has no checks
    or none of their pages is here.
    """
    rule = read_rule(file)
    if not rule.checks:
        raise UsageError("The site rule has no checks", where=str(file), hint="docs/site-rules.md says how to add one.")
    is_needed = any(check.page is None for check in rule.checks)
    saved = _saved(pages or file.parent) if is_needed or pages else {}
    results = tuple(result for check in rule.checks for result in _results(rule, check, saved))
    if all(result.passed is None for result in results):
        raise UsageError(
            "None of the pages of the checks is here",
            where=str(file),
            hint="Save them, and name their folder with --pages; nothing is fetched.",
        )
    return results


def _results(rule: SiteRule, check: Check, saved: Mapping[Place, Path]) -> Iterator[Result]:
    path = check.page or saved.get(_place(check.address))
    name = path.name if path else check.address
    if path is None:
        yield Result(name, "no saved page of this address", None)
        return
    cleaned = _cleaned(rule, path, check.address)
    text, meta = _plain(to_text(cleaned.document)), cleaned.document.meta
    findings = [record.reason for record in cleaned.findings if record.code == "WEB110"]
    if rule.of("keep"):
        is_kept = any(block.site and block.site.is_settled for block in cleaned.original.blocks)
        yield Result(name, "keep finds the article" if is_kept else "; ".join(findings), is_kept)
    for phrase in check.has:
        yield Result(name, f'has "{phrase}"', _plain(phrase) in text)
    for phrase in check.lacks:
        yield Result(name, f'lacks "{phrase}"', _plain(phrase) not in text)
    if check.title:
        yield _same(name, "title", check.title, meta.title)
    if check.authors:
        yield _same(name, "authors", ", ".join(check.authors), ", ".join(meta.authors))
    if check.date:
        yield _same(name, "date", check.date, meta.date)


def _same(page: str, what: str, wanted: str, found: str) -> Result:
    is_same = _plain(wanted) == _plain(found)
    return Result(page, f'{what} "{wanted}"' + ("" if is_same else f', found "{found}"'), is_same)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _cleaned(rule: SiteRule, path: Path, address: str) -> Cleaned:
    document = _document(path, address or "https://" + rule.hosts[0].removeprefix("*."), lambda _address: rule)
    return clean(document, RULES, Config())


def _document(path: Path, address: str, sites: Sites) -> Document:
    if is_saved_copy(path):
        return document_of(read_copy(path), None, sites)
    from convert.readers import read_bytes
    from convert.sources import Source, load

    document = read_bytes(load(Source(path.name, "", path)), path.name, url=address, path=path, sites=sites)
    return replace(document, source=path.name)


def _place(address: str) -> Place:
    try:
        return place_of(address)
    except ValueError:
        return Place("", "", ())


def _saved(folder: Path) -> dict[Place, Path]:
    """The saved pages of a folder by their addresses: files that state one, and copies that Clearcopy fetched."""
    try:
        entries = sorted(folder.iterdir())[:_MAX_FILES]
    except OSError as error:
        raise ConfigError(
            f"The folder of saved pages cannot be read ({error.strerror})",
            where=str(folder),
            hint="Check the path given to --pages.",
        ) from error
    found: dict[Place, Path] = {}
    for path in entries:
        with suppress(InputError):
            address = _address_of(path)
            if address:
                found.setdefault(_place(address), path)
    return found


def _address_of(path: Path) -> str:
    if is_saved_copy(path):
        return read_copy(path).address
    if path.suffix.lower() not in _SUFFIXES or not path.is_file():
        return ""
    stated: list[str] = []

    def notes(address: str) -> None:
        stated.append(address)

    _document(path, "", notes)
    return stated[0] if stated else ""
