"""Which image an <img> stands for: the real one where a script would put it there, the largest where there are several.

Read are `src` and `srcset` (HTML, 4.8.4.2.2 and 4.8.4.3), the <source>s of a <picture> (4.8.1), and what scripts use
in their place; see `data/image_attributes.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin

from convert.model import Image

PREVIEW_CHARACTERS = 2048
"""The length up to which a `data:` address holds a preview and no image: those that Gatsby and Next.js put into a page
are 10 to 40 pixels wide and take 100 to 1,500 characters."""

_LARGEST = 1 << 20  # pixels; more than any image has, for those that are said to be as large as they are kept

_NEWER_TYPES = ("webp", "avif", "jxl", "heic", "heif")
"""Formats that not every reading system of EPUB and no PDF has; a tie goes to the others."""

_OFFER = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+(?:(\d+(?:\.\d+)?)([wx])(?![^\s,]))?[^,]*)?(?:,|$)")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FOR_OTHERS = re.compile(r"max-width|max-device-width|prefers-color-scheme\s*:\s*dark|\bprint\b", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\t\n\r]+")  # removed from addresses (URL Standard, 4.4)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WORD = re.compile(r"[^\W_]+")
_SIZE = re.compile(r"\d+(?:x\d+|px)?")
_DRAWS = re.compile(
    r"<(?:path|image|text|circle|ellipse|polygon|polyline|line|use)\b|%3c(?:path|image|text)", re.IGNORECASE
)


class _Attribute(NamedTuple):
    """What an attribute holds, and its place among those that do: scripts put in what stands first."""

    place: int
    is_set: bool
    is_full_size: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """The data, as the code reads it."""

    attributes: Mapping[str, _Attribute]
    placeholder: frozenset[str]
    beside: frozenset[str]


@cache
def _names() -> _Names:
    data = tomllib.loads((files("convert") / "data" / "image_attributes.toml").read_text(encoding="utf-8"))
    sets, full_size = (*data["set"], "srcset"), data["full_size"]
    attributes = {
        name: _Attribute(place, name in sets, name in full_size)
        for place, name in enumerate((*sets, *full_size, *data["address"], "src"))
    }
    placeholder, beside = frozenset(data["placeholder"]), frozenset(data["beside_placeholder"])
    return _Names(attributes, placeholder, beside | placeholder)


class _Candidate(NamedTuple):
    """An address and what makes it better than another, the weightiest first."""

    for_page: bool  # and not for small or dark screens only
    width: float  # in pixels; 0 where nothing says it
    density: float
    is_known: bool  # of a format that all readers have
    place: int  # of equals the first is the one that a script puts there: the places are below 0
    address: str


# -- the image -------------------------------------------------------------------------------------------------


def best_image(attributes: Mapping[str, str], sources: Sequence[Mapping[str, str]], base: str) -> Image | None:
    """The image of an <img>, as large as the page has it.

    `attributes` are those of the <img>, `sources` those of each <source> of its <picture>, all with names in lower
    case; `base` is the address that the page's own are relative to, "" where it is not known. The address is absolute
    where `base` is. None where there is no image to show: one of a pixel that counts readers, one that is hidden, one
    without an address that an edition may follow. Where the page has nothing but a placeholder, that is given: see
    `is_placeholder`.
    """
    if _is_hidden(attributes):
        return None
    candidates = list(_candidates(attributes, sources))
    if _is_pixel(attributes) and not any(candidate.width > 1 for candidate in candidates):
        return None
    candidates.sort(reverse=True)
    addresses = [candidate.address for candidate in candidates]
    real = (address for address in addresses if not _shows_nothing(address))
    for address in chain(real, addresses):
        absolute = _absolute(address, base)
        if absolute:
            return Image(absolute, _words(attributes.get("alt")), _words(attributes.get("title")))
    return None


def is_placeholder(image: Image) -> bool:
    """Whether an image is what a page shows until the real one is there, and the real one is not known."""
    return _shows_nothing(image.url)


def _words(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


# -- what a page offers ----------------------------------------------------------------------------------------


def _candidates(attributes: Mapping[str, str], sources: Sequence[Mapping[str, str]]) -> Iterator[_Candidate]:
    width = _number(attributes.get("width"))
    for number, source in enumerate(sources):
        for_page = not _FOR_OTHERS.search(source.get("media") or "")
        for found in _of_element(source, _number(source.get("width")) or width, -number):
            yield found if for_page else found._replace(for_page=False)
    yield from _of_element(attributes, width, -len(sources))


def _of_element(attributes: Mapping[str, str], width: float, number: int) -> Iterator[_Candidate]:
    """The addresses that an element holds; `number` is its place among the others of its picture, below 0."""
    names = _names().attributes
    kind = (attributes.get("type") or "").strip().lower()
    for name, value in attributes.items():
        attribute = names.get(name)
        if attribute is None or not value:
            continue
        place = number * len(names) - attribute.place
        if attribute.is_set:
            offered = _of_set(value)
        else:
            offered = ((_LINE_ENDS.sub("", value.strip()), _LARGEST if attribute.is_full_size else 0.0, 1.0),)
        for address, wide, density in offered:
            if _is_kept(address):
                is_known = not (kind or address.partition("?")[0]).endswith(_NEWER_TYPES)
                yield _Candidate(True, wide or width * density, density, is_known, place, address)  # noqa: FBT003


def _of_set(text: str) -> Iterable[tuple[str, float, float]]:
    """The addresses of a `srcset`, each with its width (0 where it states none) and its density (HTML, 4.8.4.2.2).

    An address ends at a space; commas within it belong to it.
    """
    for address, number, unit in _OFFER.findall(text.strip(" \t\n\r\f,")):
        value = float(number or 0)
        yield address, value if unit == "w" else 0.0, value if unit == "x" else 1.0


def _number(value: str | None) -> float:
    found = _NUMBER.fullmatch(value) if value else None
    return float(found[1]) if found else 0


# -- what is no image ------------------------------------------------------------------------------------------


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_NOT_SHOWN.search(attributes.get("style") or ""))


def _is_pixel(attributes: Mapping[str, str]) -> bool:
    """Whether all sides that are stated are of one pixel or none."""
    sides = [found for name in ("width", "height") if (found := _NUMBER.fullmatch(attributes.get(name) or ""))]
    return bool(sides) and all(float(side[1]) <= 1 for side in sides)


def _shows_nothing(address: str) -> bool:
    """Whether an address is that of a placeholder: by what it holds, or by the name of its file."""
    if address[:5].lower() == "data:":
        if address[5:14].lower() == "image/svg":
            return not _DRAWS.search(address) and len(address) < PREVIEW_CHARACTERS
        return len(address) < PREVIEW_CHARACTERS
    name = address.partition("?")[0].partition("#")[0].rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    words = _WORD.findall(stem.lower())
    names = _names()
    return any(word in names.placeholder for word in words) and all(
        word in names.beside or _SIZE.fullmatch(word) for word in words
    )


# -- addresses -------------------------------------------------------------------------------------------------


def _is_kept(address: str) -> bool:
    """Whether an address is one that an edition may hold: of the web, of the page itself, or beside it."""
    if "{" in address or not ("." in address or "/" in address or ":" in address):
        return False  # a template, or a word such as "true"
    scheme = _SCHEME.match(address)
    if not scheme:
        return not address.startswith("#")
    name = scheme[0].lower()
    return name in ("http:", "https:", "cid:") or (name == "data:" and address[5:11].lower() == "image/")


def _absolute(address: str, base: str) -> str:
    """An address as it is without its page; "" where it is none."""
    if _SCHEME.match(address):
        return address.replace(" ", "%20") if address[:4].lower() == "http" else address
    address = address.replace(" ", "%20")
    if base.lower().startswith(("http:", "https:")):
        try:
            return urljoin(base, address)
        except ValueError:  # brackets that are no IPv6 address
            return ""
    return f"https:{address}" if address.startswith("//") else address
