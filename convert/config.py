"""Settings: frozen, from TOML. A key or code that nobody knows is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from convert.errors import ConfigError

CONFIDENCE = 0.6
"""Below this an edit is declined. On the articles that the rules were written with, joins that were right scored
0.7 and more, look-alikes 0.5 and less."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a person can set. The defaults are what `clearcopy` does without a settings file."""

    confidence: float = CONFIDENCE
    language: str = ""  # BCP 47; empty: found from the words
    ignore: tuple[str, ...] = ()  # rule codes or families that do not run
    content_model: str = ""  # the file of a model of what an article is; empty: the one of the package
    site_rules: str = ""  # the folder of site rules; empty: none


def config_from_toml(path: Path) -> Config:
    """Reads a settings file (TOML, UTF-8). Raises ConfigError with the key that is wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"The settings file cannot be read ({error.strerror})",
            where=str(path),
            hint="Check the path given to --config.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The settings file is not TOML ({error})", where=str(path)) from error
    return config_from_mapping(values, where=str(path))


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "confidence": (int, float),
    "language": str,
    "ignore": list,
    "content_model": str,
    "site_rules": str,
}


def config_from_mapping(values: Mapping[str, Any], *, where: str = "") -> Config:
    """Settings from plain values. Raises ConfigError for a key that is unknown or a value of the wrong type."""
    known = [field.name for field in fields(Config)]
    for key, value in values.items():
        if key not in known:
            raise ConfigError(f'"{key}" is not a setting', where=where, hint=f"Settings: {', '.join(known)}.")
        if not isinstance(value, _TYPES[key]) or isinstance(value, bool):
            raise ConfigError(f'The setting "{key}" has a value of the wrong type', where=where)
    if not 0 <= values.get("confidence", CONFIDENCE) <= 1:
        raise ConfigError('The setting "confidence" must lie between 0 and 1', where=where)
    return Config(
        confidence=float(values.get("confidence", CONFIDENCE)),
        language=values.get("language", ""),
        ignore=tuple(map(str, values.get("ignore", ()))),
        content_model=values.get("content_model", ""),
        site_rules=values.get("site_rules", ""),
    )
