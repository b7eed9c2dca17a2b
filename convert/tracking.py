"""The parameters of addresses that track readers, as listed in data/tracking.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import unquote_plus


@cache
def _listed() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    data = tomllib.loads((files("convert") / "data" / "tracking.toml").read_text(encoding="utf-8"))
    names = {name: entry["reader"] for entry in data["parameters"] for name in entry["names"]}
    return names, tuple((entry["start"], entry["reader"]) for entry in data["families"])


def tracker_of(name: str) -> str:
    """Who reads a parameter of this name; "" for one that says what is to be shown."""
    names, families = _listed()
    key = unquote_plus(name).casefold().removeprefix("amp;")
    return names.get(key) or next((reader for start, reader in families if key.startswith(start)), "")


def without_trackers(url: str) -> tuple[str, tuple[str, ...]]:
    """An address without the parameters that track, all else as it was; and their names."""
    address, mark, place = url.partition("#")
    path, _, query = address.partition("?")
    if not query:
        return url, ()
    parts = query.split("&")
    kept = [part for part in parts if not tracker_of(part.partition("=")[0])]
    if len(kept) == len(parts):
        return url, ()
    names = tuple(dict.fromkeys(name for part in parts if tracker_of(name := part.partition("=")[0])))
    return path + ("?" if kept else "") + "&".join(kept) + mark + place, names
