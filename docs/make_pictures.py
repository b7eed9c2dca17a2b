"""Makes the pictures of the README: publishes the sample and draws three pages of its PDF.

python docs/make_pictures.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from convert import publish

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "source" / "harbour-address.md"
PAGES: Mapping[str, int] = {"title": 0, "contents": 1, "page": 3}
"""The pages of the PDF that are drawn, counted from 0, by the name of the picture."""

DOTS_PER_INCH = 80
POINTS_PER_INCH = 72
BORDER = (190, 190, 190)
COLOURS = 64


def published_pdf(folder: Path) -> Path:
    """The PDF of the sample. Ends the program where none was made."""
    (published,) = publish([SAMPLE], folder, formats=("pdf",))
    if published.errors:
        raise SystemExit(str(published.errors[0]))
    return published.files[0]


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    """A page as a small picture with a thin border."""
    drawn = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil().convert("RGB")
    return ImageOps.expand(drawn, border=1, fill=BORDER).quantize(COLOURS, Image.Quantize.MAXCOVERAGE)


def main() -> None:
    target = DOCS / "pictures"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(published_pdf(Path(folder)))
        for name, number in PAGES.items():
            picture(document[number]).save(target / f"{name}.png", optimize=True)
        document.close()


if __name__ == "__main__":
    main()
