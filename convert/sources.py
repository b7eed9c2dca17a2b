"""Sources: the files that a command is given, and what their editions are called."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from convert.errors import InputError
from convert.readers import SUFFIXES
from convert.readers.decode import MAX_BYTES

STANDARD_INPUT = "-"
_NOT_ARTICLES = re.compile(r"readme\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `path` is None for standard input."""

    name: str  # as messages and the ledger call it
    slug: str  # as its editions are called
    path: Path | None


def sources_of(arguments: Iterable[str]) -> tuple[Source, ...]:
    """The sources that paths name: files, folders (their articles, by name), "-" for standard input.

    Raises InputError for a path that is not there and a folder without articles.
    """
    paths = [path for argument in arguments for path in _paths(argument)]
    stems = [_slug(path.stem) if path else "article" for path in paths]
    return tuple(
        Source(path.name if path else "standard input", slug, path)
        for path, slug in zip(paths, _unique(stems), strict=True)
    )


def _paths(argument: str) -> Iterator[Path | None]:
    if argument == STANDARD_INPUT:
        yield None
        return
    path = Path(argument)
    try:
        if path.is_dir():
            found = [file for file in sorted(path.iterdir()) if _is_article(file)]
            if not found:
                raise InputError(
                    "The folder holds no article",
                    where=argument,
                    hint=f"Articles are files that end in {', '.join(SUFFIXES)}; a README is not one.",
                )
            yield from found
        elif path.exists():
            yield path
        else:
            raise InputError("There is no such file", where=argument, hint="Check the path.")
    except OSError as error:
        raise InputError(f"The path cannot be read ({error.strerror})", where=argument) from error


def _is_article(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in SUFFIXES and not _NOT_ARTICLES.match(file.name)


def _slug(stem: str) -> str:
    """A file's stem as a name that every system and every reader takes: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKC", stem).lower()
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-")[:_MAX_SLUG] or "article"


_MAX_SLUG = 80  # characters; with suffixes far below the 255 bytes that file systems take, in any script


def _unique(slugs: list[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for slug in slugs:
        seen[slug] += 1
        yield slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"


def load(source: Source) -> bytes:
    """The bytes of a source. Raises InputError where it cannot be read; no more is read than any reader takes."""
    try:
        if source.path is None:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        if source.path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"The file is {source.path.stat().st_size / 2**20:.0f} MiB large; {MAX_BYTES // 2**20} MiB is the most"
                " that is read",
                where=source.name,
                hint="Split it into articles.",
            )
        return source.path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The file cannot be read ({error.strerror})", where=source.name, hint="Check its rights."
        ) from error
