"""The images of an edition: which ones it shows, where their bytes come from, and what their files are called.

Bytes come from the address itself (`data:`), from what the document was read with, from the folder of the source, and
from the network only where a caller gives a function that fetches.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, unquote_to_bytes

from convert.errors import ClearcopyError
from convert.model import Blocks, Image
from convert.pixels import MAX_SOURCE_BYTES, Pixels, UnusableImageError, pixels_of
from convert.walk import inlines_below

if TYPE_CHECKING:
    from convert.edition import Edition

Lookup: TypeAlias = Callable[[str], bytes | None]
"""Gives the file at an address; None where it is not at hand. It may raise ClearcopyError for one that is not given."""

BUDGET = 16 * 2**20
"""Bytes of all images of an edition. With it, a PDF and an EPUB stay under the 25 MB that most mail services take, as
mail writes bytes (a third more)."""

MAX_IMAGES = 200
"""Images that an edition holds; longer pages are galleries, and link to the rest."""

_AT_ONCE = 4
"""Images that are asked for at the same time: fewer than the six that browsers open to one host."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that an edition holds."""

    name: str  # of its file: "image-1.jpg"
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Illustrated:
    """An edition with its pictures, and what a user should hear of those that it lacks."""

    edition: Edition
    warnings: tuple[str, ...] = ()
    fetched: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # by address


def illustrated(
    edition: Edition, at_hand: Sequence[Lookup], fetch: Callable[[str], bytes] | None = None
) -> Illustrated:
    """The edition with the pictures that can be had.

    `at_hand` are asked in turn, then `fetch` (for addresses of the web only). Images that are nowhere stay links.
    """
    shown = tuple(dict.fromkeys(image.url for image in images_of(edition.article.sequences) if image.url))
    lead = edition.meta.image if edition.meta.image and not _is_shown(edition.meta.image, shown) else ""
    wanted = (*((lead,) if lead else ()), *shown)[:MAX_IMAGES]
    found = {address: _first(address, (embedded, *at_hand)) for address in wanted}
    missing = [address for address in wanted if found[address] is None and is_of_the_web(address)]
    fetched, warnings = _fetched(missing, fetch) if fetch is not None and missing else ({}, ())
    found |= fetched
    pictures, unusable = _pictures({address: data for address, data in found.items() if data is not None})
    shown_data = {pictures[address].pixels.data for address in shown if address in pictures}
    if lead in pictures and pictures[lead].pixels.data not in shown_data:
        alt = f"{edition.words['image']}: {edition.title}"
        edition = replace(edition, lead_image=Image(lead, alt))
    return Illustrated(replace(edition, pictures=pictures), (*warnings, *unusable), fetched)


def names_file(address: str) -> bool:
    """Whether an address is one of a file that may come with a source: below its folder, in its mail, or in itself."""
    if address[:11].lower() == "data:image/" or address[:4].lower() == "cid:":
        return True
    return is_relative(address)


def is_relative(address: str) -> bool:
    """Whether an address names a file by its path from the source, below its folder."""
    return bool(_RELATIVE.match(address))


_RELATIVE = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/\\#?]|\.\./).")


def is_of_the_web(address: str) -> bool:
    """Whether an address can be followed from an edition."""
    return address[:8].lower().startswith(("http://", "https://"))


def images_of(sequences: Iterable[Blocks]) -> Iterator[Image]:
    """Every image in blocks, in reading order."""
    return (node for blocks in sequences for node in inlines_below(blocks) if isinstance(node, Image))


# -- bytes -----------------------------------------------------------------------------------------------------


def _first(address: str, lookups: Iterable[Lookup]) -> bytes | None:
    return next((data for look in lookups if (data := look(address)) is not None), None)


def _fetched(addresses: Sequence[str], fetch: Callable[[str], bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """What the addresses gave, in their order, and a warning for each that gave nothing."""
    from concurrent.futures import ThreadPoolExecutor  # only here: most editions fetch nothing

    fetched: dict[str, bytes] = {}
    warnings: list[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for address, outcome in zip(addresses, pool.map(lambda one: _asked(fetch, one), addresses), strict=True):
            if isinstance(outcome, ClearcopyError):
                warnings.append(f"the image {_short(address)} was not fetched: {outcome.problem}")
            else:
                fetched[address] = outcome
    return fetched, tuple(warnings)


def _asked(fetch: Callable[[str], bytes], address: str) -> bytes | ClearcopyError:
    try:
        return fetch(address)
    except ClearcopyError as error:
        return error


def embedded(address: str) -> bytes | None:
    """The bytes that a `data:` address holds (RFC 2397)."""
    if address[:5].lower() != "data:":
        return None
    head, comma, body = address[5:].partition(",")
    if not comma:
        return None
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw) if head.lower().endswith(";base64") else raw
    except binascii.Error:
        return None


def beside(source: Path) -> Lookup:
    """A lookup of the files in the folder of a source, and in no other, by relative addresses."""
    folder = source.resolve().parent

    def look(address: str) -> bytes | None:
        name = unquote(address.partition("#")[0].partition("?")[0])
        if not name or ":" in name or "\\" in name or "\0" in name or name.startswith("/"):
            return None
        try:
            path = (folder / name).resolve()
            is_there = path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= MAX_SOURCE_BYTES
            return path.read_bytes() if is_there else None
        except OSError:
            return None

    return look


def among(files: Mapping[str, bytes]) -> Lookup:
    """A lookup of files by their addresses."""
    return files.get


# -- pictures --------------------------------------------------------------------------------------------------


def _pictures(found: Mapping[str, bytes]) -> tuple[dict[str, Picture], tuple[str, ...]]:
    """The pictures by address, each in its share of the budget; what one does not need is left to the next."""
    pictures: dict[str, Picture] = {}
    warnings: list[str] = []
    left = BUDGET
    for number, (address, data) in enumerate(found.items()):
        try:
            pixels = pixels_of(data, left // (len(found) - number))
        except UnusableImageError as error:
            warnings.append(f"the image {_short(address)} is not in the edition: {error}")
            continue
        left = max(0, left - len(pixels.data))
        pictures[address] = Picture(f"image-{len(pictures) + 1}.{_SUFFIXES[pixels.type]}", pixels)
    return pictures, tuple(warnings)


_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}


def _is_shown(address: str, shown: Iterable[str]) -> bool:
    """Whether an image is among others, in any size: pages name one image in several ways."""
    name = _name(address)
    return any(address == other or (name and name == _name(other)) for other in shown)


def _name(address: str) -> str:
    """What the file of an image is called, without its size and its type; "" where that says nothing."""
    if address[:5].lower() == "data:":
        return ""
    stem = address.partition("?")[0].partition("#")[0].rpartition("/")[2].partition(".")[0]
    return _SIZE.sub("", stem).lower()


_SIZE = re.compile(r"(?:[-_@]\d{2,4}x\d{0,4}|[-_]scaled|@[23]x)+$")
"""How content systems mark the sizes of one image (WordPress: crane-1024x683.jpg, crane-scaled.jpg)."""

_SHORT = 80


def _short(address: str) -> str:
    return address if len(address) <= _SHORT else f"{address[:_SHORT]}…"
