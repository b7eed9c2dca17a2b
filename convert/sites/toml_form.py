"""Our own form of a site rule: a TOML file (docs/site-rules.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from convert.errors import ConfigError
from convert.sites.rule import MAX_SELECTOR, Check, Kind, Selector, SiteRule

SELECTORS = ("keep", "drop", "title", "author", "date", "next_page")
KEYS = ("hosts", *SELECTORS, "checks")
CHECK_KEYS = ("page", "address", "has", "lacks", "title", "authors", "date")

_XPATH = "xpath:"
"""What a selector may start with that is an XPath and does not look like one: "xpath:substring-after(//h2, ': ')"."""


def read_toml_rule(text: str, path: Path) -> SiteRule:
    """The rule in a file. Raises ConfigError for what is no TOML, an unknown key and a value of the wrong type."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"The site rule is not TOML ({error})", where=str(path)) from error
    _known(values, KEYS, path)
    hosts = tuple(host.strip().lower().rstrip(".") for host in _texts(values, "hosts", path))
    for host in hosts:
        if not _is_host(host):
            raise ConfigError(f'"{host}" is no host', where=str(path), hint='Hosts are "example.org", "*.example.org".')
    if not hosts:
        raise ConfigError(
            'The site rule says no "hosts"', where=str(path), hint='Add a line such as hosts = ["example.org"].'
        )
    selectors = tuple(_selector(key, said, text, path) for key in SELECTORS for said in _texts(values, key, path))
    checks = values.get("checks", [])
    if not isinstance(checks, list) or not all(isinstance(check, dict) for check in checks):
        raise _wrong("checks", path, "Each check is a table: [[checks]].")
    return SiteRule(path, hosts, selectors, tuple(_check(check, path) for check in checks))


def _is_host(host: str) -> bool:
    return bool(host.removeprefix("*.")) and not set(host.removeprefix("*.")) & set("*/:@ ") and "." in host


def _known(values: Mapping[str, Any], keys: Sequence[str], path: Path) -> None:
    for key in values:
        if key not in keys:
            raise ConfigError(f'"{key}" is not a key of a site rule', where=str(path), hint=f"Keys: {', '.join(keys)}.")


def _texts(values: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    """The value of a key: a text, or a list of texts."""
    value = values.get(key, [])
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(text, str) and text.strip() for text in found):
        raise _wrong(key, path, "It is a text, or a list of texts.")
    return tuple(found)


def _text(values: Mapping[str, Any], key: str, path: Path) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise _wrong(key, path, "It is a text.")
    return value


def _wrong(key: str, path: Path, hint: str) -> ConfigError:
    return ConfigError(f'The key "{key}" has a value of the wrong type', where=str(path), hint=hint)


def _selector(key: str, said: str, text: str, path: Path) -> Selector:
    line = _line_of(said, text)
    expression = said.strip()
    if len(expression) > MAX_SELECTOR:
        raise ConfigError(f"A selector of {key} has more than {MAX_SELECTOR:,} characters", where=str(path))
    is_xpath = expression.startswith(("/", "(", "./", _XPATH))
    kind = Kind.XPATH if is_xpath else Kind.CSS
    return Selector(key, kind, expression.removeprefix(_XPATH).strip(), f'{key} "{said}"', line)


def _line_of(said: str, text: str) -> int:
    """The line that a selector stands in; TOML's reader does not tell."""
    for form in (said, said.replace("\\", "\\\\").replace('"', '\\"')):
        for number, line in enumerate(text.splitlines(), start=1):
            if f'"{form}"' in line or f"'{form}'" in line:
                return number
    return 0


def _check(values: Mapping[str, Any], path: Path) -> Check:
    _known(values, CHECK_KEYS, path)
    page = _text(values, "page", path)
    address = _text(values, "address", path)
    if not page and not address:
        raise ConfigError(
            "A check names no page",
            where=str(path),
            hint='Add page = "the-file.html", beside the rule, or the address of a saved page.',
        )
    return Check(
        _beside(page, path) if page else None,
        address,
        _texts(values, "has", path),
        _texts(values, "lacks", path),
        _text(values, "title", path),
        _texts(values, "authors", path),
        _text(values, "date", path),
    )


def _beside(page: str, path: Path) -> Path:
    """A file in the folder of the rule. Raises ConfigError for one that lies elsewhere: rules are passed around."""
    folder = path.parent.resolve()
    try:
        found = (folder / page).resolve()
    except (OSError, ValueError) as error:
        raise ConfigError(f'"{page}" is no file', where=str(path)) from error
    if not found.is_relative_to(folder):
        raise ConfigError(
            f'The page "{page}" lies outside the folder of the rule',
            where=str(path),
            hint="Put the saved page into the folder of the rule, or below it.",
        )
    return found
