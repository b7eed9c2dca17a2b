"""Exporters: one file a format. An exporter writes an edition to bytes and knows no rule.

Each loads its libraries when it is asked for, so that one edition does not pay for another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from convert.edition import Edition


@dataclass(frozen=True, slots=True)
class Look:
    """How an edition is to look: the name of a theme, and CSS of one's own that comes after it."""

    theme: str = "briefing"
    css: str = ""


Exporter = Callable[[Edition, Look], bytes]


def _pdf(edition: Edition, look: Look) -> bytes:
    from convert.exporters.pdf import pdf_page
    from convert.typesetting.client import Typesetter

    with Typesetter() as typesetter:
        typesetter.send(pdf_page(edition, look.theme, look.css), edition.pictures.values())
        return typesetter.receive()[0]


def _epub(edition: Edition, look: Look) -> bytes:
    from convert.exporters.epub import write_epub

    return write_epub(edition, look.theme, look.css)


def _markdown(edition: Edition, _look: Look) -> bytes:
    from convert.exporters.markdown import write_markdown

    return write_markdown(edition)


EXPORTERS: Mapping[str, Exporter] = {"pdf": _pdf, "epub": _epub, "md": _markdown}
"""The formats by their suffix. `publish` sends the PDF ahead to a typesetter that is already loading."""
