"""One image, from the bytes that a page has to those that an edition holds.

Those are JPEG or PNG, upright, no larger than needed, and without what cameras and programs write beside the pixels.
The same bytes give the same bytes.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

MAX_WIDTH, MAX_HEIGHT = 1600, 2400
"""Pixels. The measure of the themes (124 to 156 mm) in print at 300 dpi is 1,465 to 1,843 of them, and the screens of
e-readers have 1,072 to 1,860; the height is that of the page, 210 mm at 300 dpi."""

MAX_SOURCE_BYTES = 50 * 2**20
MAX_SOURCE_PIXELS = 64_000_000
"""More than most cameras take; decoded, they are 192 MB. A file of a few kilobytes can claim billions."""

MIN_SIDE = 3
"""Pixels. What is smaller counts readers or holds a place."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP")
"""What browsers show, but SVG: it can hold scripts and fetch files, and an edition links to it."""

_QUALITY = (
    85  # of JPEG: the least at which its makers see no difference to the source (libjpeg's documentation: 75 to 95)
)
_LOSSLESS = ("PNG", "GIF", "BMP")
_SHRINK_AT_MOST = 0.5  # a step, and a little more than the bytes ask for, so that two do in nearly all cases
_SHRINK_MORE = 0.93
_SMALLEST = 160  # pixels of width, under which no picture is worth its bytes


class UnusableImageError(Exception):
    """The bytes are no image that an edition can hold; the message says why, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Pixels:
    data: bytes
    type: str  # "image/jpeg" or "image/png"
    width: int
    height: int


def pixels_of(data: bytes, most_bytes: int) -> Pixels:
    """The image as an edition holds it, in at most about `most_bytes`. Raises UnusableImageError."""
    from PIL import Image

    if len(data) > MAX_SOURCE_BYTES:
        raise UnusableImageError(f"it has {len(data) / 2**20:.0f} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are looked at here, and of odd metadata, which goes
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                return _made(image, data, most_bytes)
    except (UnusableImageError, MemoryError):
        raise
    except Exception as error:  # whatever a decoder throws at bytes from anywhere
        raise UnusableImageError(f"it cannot be read as an image ({type(error).__name__})") from error


def _made(image: PillowImage, data: bytes, most_bytes: int) -> Pixels:
    from PIL import ImageOps

    width, height = image.size
    if width * height > MAX_SOURCE_PIXELS:
        raise UnusableImageError(f"it has {width} by {height} pixels")
    if width < MIN_SIDE or height < MIN_SIDE:
        raise UnusableImageError("it has next to no pixels")
    kind = image.format or ""
    if kind == "JPEG":
        if _can_stay(image) and len(data) <= most_bytes:
            image.load()
            return Pixels(_without_metadata(data), "image/jpeg", width, height)
        image.draft(image.mode, (MAX_WIDTH, MAX_HEIGHT))  # decodes no more than is needed
    image.load()
    upright = ImageOps.exif_transpose(image)
    plain = _in_plain_colours(upright if upright is not None else image)
    plain.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    return _encoded(plain, most_bytes, is_lossless=kind in _LOSSLESS)


# -- JPEG files that stay as they are --------------------------------------------------------------------------


def _can_stay(image: PillowImage) -> bool:
    return (
        image.mode in ("RGB", "L")
        and image.width <= MAX_WIDTH
        and image.height <= MAX_HEIGHT
        and not image.info.get("icc_profile")
        and image.getexif().get(_ORIENTATION, 1) == 1
    )


_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4 A
_KEPT = frozenset({0xE0, 0xEE})  # of the application segments: JFIF, and Adobe's, which says what the colours are
_START_OF_SCAN, _COMMENT = 0xDA, 0xFE
_END = b"\xff\xd9"


def _without_metadata(data: bytes) -> bytes:
    """A JPEG file without the segments that cameras and programs add (ITU-T T.81, B.1.1.3); the pixels stay."""
    parts, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _START_OF_SCAN:
            break
        is_added = marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in _KEPT)
        if not is_added:
            parts.append(data[place : place + 2 + length])
        place += 2 + length
    end = data.rfind(_END)
    return b"".join((*parts, data[place : end + 2 if end > place else len(data)]))


# -- all others ------------------------------------------------------------------------------------------------


def _in_plain_colours(image: PillowImage) -> PillowImage:
    """The image in sRGB: with transparency only where something shows through."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        lowest = clear.getchannel("A").getextrema()[0]
        image = clear if lowest != _OPAQUE else clear.convert("RGB")
    elif profile and image.mode in ("RGB", "CMYK"):
        image = _from_profile(image, profile)
    image = image.convert("RGB") if image.mode not in ("RGB", "RGBA", "L") else image.copy()
    image.info.clear()
    return image


_OPAQUE = 255


def _from_profile(image: PillowImage, profile: bytes) -> PillowImage:
    from PIL import ImageCms

    try:
        made = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: browsers show the colours as they are, too
    return made or image


def _encoded(image: PillowImage, most_bytes: int, *, is_lossless: bool) -> Pixels:
    while True:
        made = _smallest(image, is_lossless=is_lossless)
        if len(made.data) <= most_bytes or image.width <= _SMALLEST:
            return made
        factor = max(_SHRINK_AT_MOST, sqrt(most_bytes / len(made.data)) * _SHRINK_MORE)
        image = image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))))


def _smallest(image: PillowImage, *, is_lossless: bool) -> Pixels:
    """The image as a JPEG file, or as PNG where it is transparent, or was lossless and is no larger so (drawings)."""
    files = []
    if is_lossless or image.mode == "RGBA":
        files.append(Pixels(_saved(_with_palette(image), "PNG"), "image/png", *image.size))
    if image.mode != "RGBA":
        files.append(Pixels(_saved(image, "JPEG"), "image/jpeg", *image.size))
    return min(files, key=lambda file: len(file.data))


_PALETTE = 256


def _with_palette(image: PillowImage) -> PillowImage:
    """The same pixels by number, where a palette has all their colours."""
    if image.mode != "RGB" or image.getcolors(_PALETTE) is None:
        return image
    return image.quantize(_PALETTE)


def _saved(image: PillowImage, kind: str) -> bytes:
    target = BytesIO()
    if kind == "JPEG":
        image.save(target, kind, quality=_QUALITY, optimize=True)
    else:
        image.save(target, kind, optimize=image.mode == "P")
    return target.getvalue()
