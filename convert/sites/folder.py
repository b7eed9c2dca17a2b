"""A folder of site rules, and which of them an address belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from convert.errors import ConfigError
from convert.sites.ftr import read_ftr_rule
from convert.sites.rule import MAX_FILE, SiteRule, Sites
from convert.sites.toml_form import read_toml_rule


def sites_in(folder: str) -> Sites | None:
    """The rules in a folder, both forms; None for "". A rule in TOML comes before one in the other form.

    Raises ConfigError for a folder or a file that cannot be read, for a file that is no site rule, and for two that
    name the same host.
    """
    return _Folder(Path(folder)).rule_for if folder else None


def read_rule(path: Path) -> SiteRule:
    """The site rule in a file: TOML, or the form of ftr-site-config (".txt"). Raises ConfigError."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ConfigError("The file is too long for a site rule", where=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"The site rule cannot be read ({error.strerror})", where=str(path), hint="Check the path."
        ) from error
    if path.suffix.lower() == ".txt":
        return read_ftr_rule(data.decode("utf-8-sig", errors="replace"), path)
    try:
        return read_toml_rule(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise ConfigError("The site rule is no text in UTF-8", where=str(path)) from error


class _Folder:
    """Files are found by the folder's own list of names, never by a path that is made of an address."""

    def __init__(self, folder: Path) -> None:
        try:
            files = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".toml", ".txt"))
        except OSError as error:
            raise ConfigError(
                f"The folder of site rules cannot be read ({error.strerror})",
                where=str(folder),
                hint="Check the path given to --site-rules.",
            ) from error
        self._texts = {path.name.lower(): path for path in files if path.suffix.lower() == ".txt"}
        self._by_host: dict[str, SiteRule] = {}
        for path in files:
            if path.suffix.lower() == ".toml":
                rule = read_rule(path)
                for host in rule.hosts:
                    first = self._by_host.setdefault(host, rule)
                    if first is not rule:
                        raise ConfigError(
                            f'The host "{host}" is named by {first.path.name}, too',
                            where=str(path),
                            hint="Leave it in one of them.",
                        )

    def rule_for(self, address: str) -> SiteRule | None:
        for host in _hosts(address):
            rule = self._by_host.get(host)
            if rule is None and (text := self._texts.get(f"{host.removeprefix('*')}.txt")):
                rule = read_rule(text)
            if rule is not None:
                return rule
        return None


def _hosts(address: str) -> Iterator[str]:
    """The names under which the rule of an address may stand, the narrowest first."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return
    if not host:
        return
    yield host
    labels = host.split(".")
    for start in range(1, len(labels) - 1):
        yield f"*.{'.'.join(labels[start:])}"
