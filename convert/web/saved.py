"""The copy of what was fetched for an article: a folder from which its editions are made again, without the network.

the-harbour-wall.source/
  copy.json       what each file is: its address, its type, when it was fetched, its SHA-256
  page-1.html     the bytes as the server gave them, unpacked
  page-2.html     the further pages of the article
  image-1.jpeg    whatever else was fetched for it
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from convert.errors import InputError, UsageError
from convert.place import make_folder, put, sha256
from convert.web.address import checked
from convert.web.content import FORMATS
from convert.web.fetch import Fetched

SUFFIX = ".source"
"""How the folder of a copy ends; before it comes the name of the editions."""

INDEX = "copy.json"
FORMAT_VERSION = 1

_KEPT = tuple(field.name for field in fields(Fetched) if field.name != "content")
"""What the index says of a file: all that is known of it but its bytes."""


class SavedCopy:
    """What was fetched for one article. `address` is what the user asked for."""

    def __init__(self, address: str, pages: Iterable[Fetched] = (), others: Iterable[Fetched] = ()) -> None:
        self.address = address
        self._pages = list(pages)
        self._others = list(others)
        self._by_address = {name: one for one in (*self._others, *self._pages) for name in (one.url, one.asked)}

    @property
    def pages(self) -> tuple[Fetched, ...]:
        """The pages of the article, in their order."""
        return tuple(self._pages)

    @property
    def others(self) -> tuple[Fetched, ...]:
        """What else was fetched: images."""
        return tuple(self._others)

    def get(self, address: str) -> Fetched | None:
        """What an address gave; None where it was not fetched."""
        try:
            return self._by_address.get(checked(address))
        except InputError:
            return None

    def add(self, fetched: Fetched) -> None:
        """Keeps what an address gave, an image. Nothing is written yet."""
        if self.get(fetched.asked) is None:
            self._others.append(fetched)
            self._by_address |= {fetched.url: fetched, fetched.asked: fetched}


# -- reading ---------------------------------------------------------------------------------------------------


def is_saved_copy(path: Path) -> bool:
    return (path / INDEX).is_file()


def address_of(folder: Path) -> str:
    """The address that a copy was made of. Raises InputError where the copy cannot be read."""
    return str(_index(folder)["address"])


def read_copy(folder: Path) -> SavedCopy:
    """The copy in a folder. Raises InputError where it cannot be read or is no longer what was fetched."""
    index = _index(folder)
    pages: list[Fetched] = []
    others: list[Fetched] = []
    for entry in index["files"]:
        (pages if entry["is_page"] else others).append(_read(folder, entry))
    if not pages:
        raise _broken(folder)
    return SavedCopy(str(index["address"]), pages, others)


def _index(folder: Path) -> dict[str, Any]:
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        is_known = index["copy"] == FORMAT_VERSION and all(_is_entry(entry) for entry in index["files"])
    except OSError as error:
        raise InputError(f"The saved copy cannot be read ({error.strerror})", where=str(folder)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise _broken(folder) from error
    if not is_known or not isinstance(index["address"], str):
        raise _broken(folder)
    return dict(index)


def _is_entry(entry: dict[str, Any]) -> bool:
    name = entry["file"]
    is_plain = isinstance(name, str) and Path(name).name == name and "\\" not in name  # it stays in its folder
    return is_plain and all(isinstance(entry[key], str) for key in (*_KEPT, "sha256")) and entry["is_page"] in (0, 1)


def _broken(folder: Path) -> InputError:
    return InputError(
        f"{INDEX} is not the list of a saved copy", where=str(folder), hint="Fetch the article again, by its address."
    )


def _read(folder: Path, entry: dict[str, Any]) -> Fetched:
    path = folder / entry["file"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The saved copy is not whole ({error.strerror})",
            where=str(path),
            hint="Fetch the article again, by its address.",
        ) from error
    if sha256(content) != entry["sha256"]:
        raise InputError(
            "The file was changed since it was fetched",
            where=str(path),
            hint="Fetch the article again, or give the file itself, with --url for its address.",
        )
    return Fetched(content=content, **{key: entry[key] for key in _KEPT})


# -- writing ---------------------------------------------------------------------------------------------------


def refuse_foreign_copy(folder: Path, address: str) -> None:
    """Raises UsageError where a folder is not the unchanged copy of the same address, and would be overwritten."""
    if not folder.exists():
        return
    try:
        found = read_copy(folder).address if is_saved_copy(folder) else ""
    except InputError:
        found = ""
    if found != address:
        raise UsageError(
            f"The folder holds the copy of {found}" if found else "The folder is not a copy as Clearcopy saved it",
            where=str(folder),
            hint="Move it, choose another folder with -o, or replace it with --force.",
        )


def write_copy(copy: SavedCopy, folder: Path) -> Path:
    """Puts a copy into its folder, in place of an earlier one, and gives its index. Other files in it stay.

    Raises ExportError where it cannot be written.
    """
    make_folder(folder)
    before = _files_before(folder)
    files = _named(copy)
    for name, fetched in files.items():
        put(folder / name, fetched.content)
    entries = [
        {
            "file": name,
            "is_page": number < len(copy.pages),
            **{key: getattr(fetched, key) for key in _KEPT},
            "sha256": sha256(fetched.content),
        }
        for number, (name, fetched) in enumerate(files.items())
    ]
    index = {"copy": FORMAT_VERSION, "address": copy.address, "files": entries}
    put(folder / INDEX, (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode())
    for name in before - files.keys():
        (folder / name).unlink(missing_ok=True)
    return folder / INDEX


def _files_before(folder: Path) -> set[str]:
    try:
        return {entry["file"] for entry in _index(folder)["files"]}
    except InputError:
        return set()


def _named(copy: SavedCopy) -> dict[str, Fetched]:
    """A name for each file, from its kind: "page-2.html", "image-1.png"."""
    numbers: Counter[str] = Counter()
    named = {}
    for number, fetched in enumerate((*copy.pages, *copy.others)):
        kind = "page" if number < len(copy.pages) else "image" if fetched.content_type.startswith("image/") else "file"
        numbers[kind] += 1
        named[f"{kind}-{numbers[kind]}{_suffix(fetched.content_type)}"] = fetched
    return named


_SUFFIXES = {"markdown": ".md", "text": ".txt", "latex": ".tex"}


def _suffix(content_type: str) -> str:
    """How a file of a media type ends; a table of our own, for `mimetypes` asks the system."""
    kind, _, name = content_type.partition("/")
    if content_type in FORMATS:
        return _SUFFIXES.get(FORMATS[content_type], f".{FORMATS[content_type]}")
    return ".svg" if name == "svg+xml" else f".{name}" if kind == "image" and name.isalnum() else ".bin"
