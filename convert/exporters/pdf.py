"""The PDF edition. The page is made here; WeasyPrint lays it out (see `convert.typesetting`)."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from convert.__about__ import NAME, VERSION
from convert.article import Article, Highlight
from convert.edition import Edition
from convert.exporters.xhtml import (
    Rendering,
    about_xhtml,
    attributes,
    colophon_xhtml,
    highlight_xhtml,
    lead_xhtml,
    notes_list,
    text_xhtml,
    title_block,
    with_calls_once,
    xml_id,
)
from convert.model import Heading
from convert.themes import FACES, Face, theme_css
from convert.typesetting.messages import PICTURES
from convert.typography import held_together, without_runts


def pdf_page(edition: Edition, theme: str, extra_css: str = "") -> str:
    """The HTML that is laid out: everything that the PDF shows, and its style.

    Fonts and pictures have addresses (`font:0`, `picture:image-1.jpg`) that only the typesetter knows; nothing else is
    fetched. The pictures are sent ahead of the page.
    """
    edition = replace(edition, article=_set(edition.article))
    rendering = replace(Rendering.of(edition), text=held_together, pictures=f"{PICTURES}:", is_tagged=True)
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
        f'<body class="edition">\n{with_calls_once(body)}</body>\n</html>\n'
    )


def _set(article: Article) -> Article:
    """The article as it is set in print."""
    return replace(
        article,
        standfirst=without_runts(article.standfirst),
        lead=without_runts(article.lead),
        highlights=tuple(_set_highlight(highlight) for highlight in article.highlights),
        about=without_runts(article.about),
    )


def _set_highlight(highlight: Highlight) -> Highlight:
    heading, *blocks = without_runts((highlight.heading, *highlight.blocks))
    assert isinstance(heading, Heading)
    return replace(highlight, heading=heading, blocks=tuple(blocks))


def _font_face(number: int, face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {face.weight}; '
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
    entries = "".join(_entry(xml_id(entry.anchor), entry.title) for entry in edition.contents)
    return (
        '<nav class="contents" role="doc-toc" aria-labelledby="contents">\n'
        f'<h2 id="contents">{escape(edition.words["contents"], quote=False)}</h2>\n<ol>\n{entries}</ol>\n</nav>\n'
    )


def _entry(target: str, title: str) -> str:
    """A line of the contents. Its page number is made by the style, outside the link, so that it is no second link."""
    address = escape(f"#{target}")
    return f'<li data-target="{address}"><a href="{address}">{text_xhtml(title)}</a></li>\n'


def _notes(edition: Edition, rendering: Rendering) -> str:
    if not edition.article.notes:
        return ""
    heading = escape(edition.words["notes"], quote=False)
    return (
        f'<section class="notes" role="doc-endnotes">\n<h2>{heading}</h2>\n{notes_list(edition, rendering)}</section>\n'
    )
