"""Front matter: the YAML or TOML at the head of a Markdown file."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import yaml

from convert.facts import Fact, Key, with_facts
from convert.model import Meta

_YAML = re.compile(r"\A\s*---[ \t]*\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(?P<body>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_KEYS: Mapping[str, Key] = {
    "title": Key.TITLE,
    "author": Key.AUTHOR,
    "authors": Key.AUTHOR,
    "creator": Key.AUTHOR,
    "byline": Key.AUTHOR,
    "date": Key.DATE,
    "published": Key.DATE,
    "pubdate": Key.DATE,
    "updated": Key.UPDATED,
    "modified": Key.UPDATED,
    "publisher": Key.PUBLISHER,
    "site": Key.PUBLISHER,
    "sitename": Key.PUBLISHER,
    "original_publisher": Key.ORIGINAL_PUBLISHER,
    "url": Key.URL,
    "source": Key.URL,
    "link": Key.URL,
    "canonical": Key.URL,
    "region": Key.REGION,
    "theme": Key.THEME,
    "lang": Key.LANGUAGE,
    "language": Key.LANGUAGE,
    "description": Key.DESCRIPTION,
    "summary": Key.DESCRIPTION,
    "rights": Key.RIGHTS,
    "copyright": Key.RIGHTS,
}
"""Names that static site generators (Hugo, Jekyll, Pelican), pandoc and scrapers (trafilatura, Defuddle) use."""

GENERATOR = "Clearcopy"

_OURS = ("generator", "left_out", "file")
"""Entries that a Clearcopy edition has besides those of other programs."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    meta: Meta
    lines: int  # how many lines of the file it takes
    unknown: str  # the entries that the metadata has no place for, as YAML; "" if there are none
    is_edition: bool  # whether the file is a Markdown edition that Clearcopy made


NONE = FrontMatter(Meta(), 0, "", is_edition=False)


def front_matter(text: str) -> FrontMatter:
    """The front matter of a Markdown text. One that does not parse is none: its lines are then text."""
    for pattern, parse in ((_YAML, _safe_yaml), (_TOML, tomllib.loads)):
        match = pattern.match(text)
        if not match:
            continue
        try:
            values = parse(match["body"])
        except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
            return NONE
        if values is None:
            values = {}
        if not isinstance(values, Mapping):
            return NONE
        return _front_matter(values, match[0].count("\n"))
    return NONE


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for gigabytes, and no front matter needs one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def _safe_yaml(text: str) -> object:
    return yaml.load(text, _Loader)


def _front_matter(values: Mapping[object, object], lines: int) -> FrontMatter:
    is_edition = str(values.get("generator", "")).startswith(GENERATOR)
    facts: list[Fact] = []
    unknown: dict[object, object] = {}
    for name, value in values.items():
        key = _KEYS.get(str(name).lower().replace("-", "_"))
        found = [Fact(key, text) for text in _texts(value)] if key else []
        facts.extend(found)
        if not found and not (is_edition and name in _OURS):
            unknown[name] = value
    meta = with_facts(Meta(), facts)
    if is_edition:
        meta = replace(meta, left_out=_counts(values.get("left_out")), file=str(values.get("file", "")))
    text = yaml.safe_dump(unknown, allow_unicode=True, sort_keys=False) if unknown else ""
    return FrontMatter(meta, lines, text, is_edition)


def _texts(value: object) -> Iterable[str]:
    match value:
        case str():
            return [value.strip()] if value.strip() else []
        case datetime.datetime() | datetime.date():
            return [value.isoformat()[:10]]
        case int() | float():
            return [str(value)]
        case list():
            return [text for part in value for text in _texts(part)]
        case {"name": name}:
            return _texts(name)
    return []


def _counts(value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping):
        return ()
    return tuple((str(code), times) for code, times in value.items() if isinstance(times, int))
