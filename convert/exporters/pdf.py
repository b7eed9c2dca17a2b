"""The PDF edition. The page is made here; WeasyPrint lays it out (see `convert.typesetting`)."""

from __future__ import annotations

from html import escape

from convert.__about__ import NAME, VERSION
from convert.edition import Edition
from convert.exporters.xhtml import (
    Rendering,
    about_xhtml,
    attributes,
    colophon_xhtml,
    highlight_xhtml,
    lead_xhtml,
    notes_list,
    title_block,
    xml_id,
)
from convert.themes import FACES, Face, theme_css


def pdf_page(edition: Edition, theme: str, extra_css: str = "") -> str:
    """The HTML that is laid out: everything that the PDF shows, and its style.

    Fonts have addresses (`font:0`) that only the typesetter knows; nothing else is fetched.
    """
    rendering = Rendering.of(edition)
    style = "".join(map(_font_face, range(len(FACES)), FACES)) + theme_css(theme, "pdf") + extra_css
    body = (
        title_block(edition, rendering)
        + _contents(edition)
        + f"<main>\n{lead_xhtml(edition, rendering)}"
        + "".join(highlight_xhtml(highlight, rendering) for highlight in edition.article.highlights)
        + "</main>\n"
        + _notes(edition, rendering)
        + about_xhtml(edition, rendering)
        + f'<section class="colophon" role="doc-colophon">\n{colophon_xhtml(edition)}</section>\n'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(edition.lang)}" dir="{edition.direction}">\n'
        '<head>\n<meta charset="utf-8"/>\n'
        f"<title>{escape(edition.title, quote=False)}</title>\n{_metadata(edition)}"
        f"<style>\n{_harmless(style)}\n</style>\n</head>\n"
        f'<body class="edition">\n{body}</body>\n</html>\n'
    )


def _font_face(number: int, face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: 200 900; '
        f"src: url(font:{number}) }}\n"
    )


def _harmless(css: str) -> str:
    """CSS that cannot close its element."""
    return css.replace("</", "<\\/")


def _metadata(edition: Edition) -> str:
    meta = edition.meta
    date = meta.date if len(meta.date) == 10 else ""
    keywords = [value for value in (meta.region, meta.theme, meta.publisher, meta.original_publisher) if value]
    named = [
        *(("author", author) for author in meta.authors),
        ("description", meta.description),
        ("keywords", ", ".join(keywords)),
        ("generator", f"{NAME} {VERSION}"),
        ("dcterms.created", date),
        ("dcterms.modified", date),
    ]
    return "".join(f"<meta{attributes(name=name, content=value)}/>\n" for name, value in named if value)


def _contents(edition: Edition) -> str:
    if not edition.contents:
        return ""
    entries = "".join(
        f'<li><a href="#{escape(xml_id(entry.anchor))}">{escape(entry.title, quote=False)}</a></li>\n'
        for entry in edition.contents
    )
    return (
        '<nav class="contents" role="doc-toc" aria-labelledby="contents">\n'
        f'<h2 id="contents">{escape(edition.words["contents"], quote=False)}</h2>\n<ol>\n{entries}</ol>\n</nav>\n'
    )


def _notes(edition: Edition, rendering: Rendering) -> str:
    if not edition.article.notes:
        return ""
    heading = escape(edition.words["notes"], quote=False)
    return (
        f'<section class="notes" role="doc-endnotes">\n<h2>{heading}</h2>\n{notes_list(edition, rendering)}</section>\n'
    )
