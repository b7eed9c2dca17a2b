"""The cover of the EPUB: title, authors, publisher and date on paper, drawn with Pillow in the fonts of the install.

Shops and shelves show it small, so that the title is set as large as it fits.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from convert.edition import Edition
from convert.exporters.xhtml import listed
from convert.themes import SANS, SANS_BOLD, SERIF_BOLD, Face, face_path, letters_without_font

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont
    from PIL.Image import Image as PillowImage

COVER_TYPE = "image/png"

_WIDTH, _HEIGHT = 1200, 1800
"""Pixels. Shops ask for 1,000 on the longer side at least, and readers show up to about 1,900 of them; 2:3 is the
shape of a paperback."""

_MARGIN = 110
_PAPER, _INK, _QUIET, _ACCENT = "#faf8f4", "#1a1a1a", "#5a5a5a", "#8c1d18"
_TITLE_SIZES = range(124, 43, -8)  # pixels, from the largest; the first that fits is taken
_TITLE_HEIGHT = 1000
_LINE = 1.16  # line height over type size


def cover_image(edition: Edition) -> bytes:
    """The cover as a PNG file. Words that the fonts have no letters for are left to the title page."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((_MARGIN, _MARGIN, _WIDTH - _MARGIN, _MARGIN + 9), fill=_INK)
    if edition.meta.publisher and not letters_without_font(edition.meta.publisher):
        draw.text((_MARGIN, 165), edition.meta.publisher, font=_font(SANS_BOLD, 40), fill=_ACCENT)
    if not letters_without_font(edition.title):
        _draw_title(draw, edition.title)
    authors = listed(list(edition.byline), edition.words["and"]) if edition.byline else ""
    lines = [(authors, _INK, SANS_BOLD), (edition.date, _QUIET, SANS)]
    bottom = _HEIGHT - _MARGIN
    for words, colour, face in reversed([line for line in lines if line[0] and not letters_without_font(line[0])]):
        font = _font(face, 44)
        for row in reversed(_wrapped(words, font, _WIDTH - 2 * _MARGIN)[:4]):
            bottom -= 58
            draw.text((_MARGIN, bottom), row, font=font, fill=colour)
    return _png(image)


def _draw_title(draw: ImageDraw.ImageDraw, title: str) -> None:
    for size in _TITLE_SIZES:
        font = _font(SERIF_BOLD, size)
        rows = _wrapped(title, font, _WIDTH - 2 * _MARGIN)
        if len(rows) * size * _LINE <= _TITLE_HEIGHT and all(
            font.getlength(row) <= _WIDTH - 2 * _MARGIN for row in rows
        ):
            break
    else:
        rows = [*rows[: int(_TITLE_HEIGHT / (size * _LINE)) - 1], "…"]
    for number, row in enumerate(rows):
        draw.text((_MARGIN, 300 + number * size * _LINE), row, font=font, fill=_INK)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(face_path(face), size)


def _png(image: PillowImage) -> bytes:
    target = BytesIO()
    image.save(target, "PNG", compress_level=6)
    return target.getvalue()
