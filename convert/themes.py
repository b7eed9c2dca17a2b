"""Where the styles are, and the fonts that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from convert.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, for `@font-face`."""

    family: str
    style: str  # "normal" or "italic"
    weight: str  # as CSS has it: one number, or the range of a variable font
    package: str
    file: str


SERIF = Face("Source Serif Pro", "normal", "400", "font_source_serif_pro", "SourceSerifPro-Regular.ttf")
SERIF_BOLD = Face("Source Serif Pro", "normal", "600", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf")
SANS = Face("Source Sans Pro", "normal", "400", "font_source_sans_pro", "SourceSansPro-Regular.ttf")
SANS_BOLD = Face("Source Sans Pro", "normal", "600", "font_source_sans_pro", "SourceSansPro-Semibold.ttf")

FACES = (
    SERIF,
    SERIF_BOLD,
    Face("Source Serif Pro", "italic", "400", "font_source_serif_pro", "SourceSerifPro-It.ttf"),
    Face("Source Serif Pro", "italic", "600", "font_source_serif_pro", "SourceSerifPro-SemiboldIt.ttf"),
    SANS,
    SANS_BOLD,
    Face("Source Sans Pro", "italic", "400", "font_source_sans_pro", "SourceSansPro-It.ttf"),
    Face("Source Sans Pro", "italic", "600", "font_source_sans_pro", "SourceSansPro-SemiboldIt.ttf"),
    Face("Source Serif 4", "normal", "200 900", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    Face("Source Serif 4", "italic", "200 900", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    Face("Source Sans 3", "normal", "200 900", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    Face("Source Sans 3", "italic", "200 900", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
    Face("Source Code Pro", "normal", "200 900", "fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
)
"""The fonts that come with the install (SIL Open Font License 1.1), so that every machine sets the same pages.

The older ones are static and do nearly all of the work: each instance of a variable font costs WeasyPrint as much as
a page. The variable ones have what those lack (Greek and Cyrillic italics, code)."""


_COVERED = re.compile("[\u0000-\u052f\u1e00-\u20cf\u2100-\u22ff\ufb00-\ufb06\ufe00-\ufe0f\ufeff]*")
"""What the fonts of the install have letters for: Latin, Greek and Cyrillic, and the marks of print."""

_SHOWN = 8  # letters that a warning names


def letters_without_font(text: str) -> str:
    """The first few letters of a text that no font of the install has; "" where they have all."""
    missing = dict.fromkeys(letter for letter in _COVERED.sub("", text) if letter.isalnum())
    return " ".join(list(missing)[:_SHOWN])


def face_path(face: Face) -> Path:
    """The file of a font. It lies in a package that this one depends on."""
    spec = find_spec(face.package)
    if spec is None or spec.origin is None:
        raise ConfigError(f"The font {face.family} is not installed", hint="Install Clearcopy with its dependencies.")
    return Path(spec.origin).parent / "files" / face.file


@cache
def styles_folder() -> Path:
    """The folder of the themes: in the package when installed, at the top of a checkout."""
    here = Path(__file__).parent
    for folder in (here / "styles", here.parent / "styles"):
        if folder.is_dir():
            return folder
    raise ConfigError("The styles are missing", hint="Install Clearcopy again.")


def themes() -> tuple[str, ...]:
    """The names of the themes: the folders that hold a style for each edition."""
    return tuple(sorted(file.parent.name for file in styles_folder().glob("*/pdf.css")))


def check_theme(theme: str) -> None:
    """Raises ConfigError where there is no such theme."""
    if theme not in themes():
        raise ConfigError(f'"{theme}" is not a theme', hint=f"Themes: {', '.join(themes())}.")


def theme_css(theme: str, kind: str) -> str:
    """The CSS of a theme for "pdf" or "epub". Raises ConfigError where there is no such theme."""
    check_theme(theme)
    base = (styles_folder() / "base.css").read_text(encoding="utf-8") if kind == "pdf" else ""
    return base + (styles_folder() / theme / f"{kind}.css").read_text(encoding="utf-8")
