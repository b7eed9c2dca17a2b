"""The marks that PDF-to-Markdown programs leave, as listed in data/program_marks.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    data = tomllib.loads((files("convert") / "data" / "program_marks.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in data[kind]), re.IGNORECASE | re.DOTALL)


def is_page_mark(text: str) -> bool:
    """Whether a block is what a program puts between two pages."""
    return bool(_patterns("page").fullmatch(text.strip()))


def is_place_holder(text: str) -> bool:
    """Whether a block stands for something that a program left out."""
    return bool(_patterns("place_holder").fullmatch(text.strip()))
