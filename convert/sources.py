"""Sources: the files and addresses that a command is given, and what their editions are called."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from convert.errors import InputError
from convert.readers import SUFFIXES
from convert.readers.decode import MAX_BYTES
from convert.web.address import checked, file_name, is_address
from convert.web.saved import address_of, is_saved_copy

STANDARD_INPUT = "-"
_NOT_ARTICLES = re.compile(r"readme\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One article to read: a file, an address on the web, the saved copy of one, or standard input (neither)."""

    name: str  # as messages and the ledger call it
    slug: str  # as its editions are called
    path: Path | None = None  # of the file, or of the folder of a saved copy
    address: str = ""  # on the web; the name, too
    item: int = 0  # which article of a feed, counted from 1

    @property
    def is_standard_input(self) -> bool:
        return self.path is None and not self.address


def sources_of(arguments: Iterable[str]) -> tuple[Source, ...]:
    """The sources that arguments name: files, feeds (their articles; "feed.xml#2" is the
    second), folders (their articles, by name), http and https addresses, folders
    that are the saved copy of one, "-" for standard input.

    Raises InputError for a path that is not there, a folder without articles, and an address that may not be opened.
    """
    found = [source for argument in arguments for source in _sources(argument)]
    return tuple(
        replace(source, slug=slug)
        for source, slug in zip(found, _unique([source.slug for source in found]), strict=True)
    )


def _sources(argument: str) -> Iterator[Source]:
    if argument == STANDARD_INPUT:
        yield Source("standard input", "article")
    elif is_address(argument):
        address = checked(argument)
        yield Source(address, _slug(file_name(address)), address=address)
    elif is_saved_copy(Path(argument)):
        folder = Path(argument)
        address = address_of(folder)
        yield Source(address, _slug(folder.resolve().stem), folder, address)
    else:
        whole, _, number = argument.rpartition("#")
        if number.isdecimal() and not Path(argument).exists() and Path(whole).is_file():
            yield from (source for source in _articles(Path(whole)) if source.item in (0, int(number)))
            return
        for path in _paths(argument):
            yield from _articles(path)


_FEEDS = frozenset({".xml", *(suffix for suffix, format_ in SUFFIXES.items() if format_ == "feed")})


def _articles(path: Path) -> Iterator[Source]:
    """The articles in a file: those of a feed, by its numbers; one in any other."""
    titles: tuple[str, ...] = ()
    if path.suffix.lower() in _FEEDS:
        from convert.readers.feed import titles_in  # only here: most sources are no feeds

        with suppress(InputError):  # which reading it will raise again, for this file alone
            titles = titles_in(load(Source(path.name, "", path)), path.name)
    if len(titles) < 2:
        yield Source(path.name, _slug(path.stem), path)
    for number, title in enumerate(titles if len(titles) > 1 else (), start=1):
        yield Source(f"{path.name}#{number}", _slug(title), path, item=number)


def _paths(argument: str) -> Iterator[Path]:
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
    """The bytes of a file or of standard input; no more is read than any reader takes.

    Raises InputError where it cannot be read.
    """
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
