"""The EPUB edition (EPUB 3.3). EbookLib makes the package; the files in it are our own, whole documents.

EbookLib drops what it does not know of a chapter (text before the first element, `epub:type`, what is in the head),
so that each file goes in as it must come out.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from itertools import accumulate
from typing import Any

from convert.article import Highlight
from convert.edition import Edition
from convert.exporters.cover import COVER_TYPE, cover_image
from convert.exporters.formulas import formulas_of, mathml
from convert.exporters.xhtml import (
    Rendering,
    about_xhtml,
    colophon_xhtml,
    highlight_xhtml,
    lead_xhtml,
    notes_called,
    notes_list,
    title_block,
    with_calls_once,
    xml_id,
)
from convert.images import images_of
from convert.themes import theme_css
from convert.walk import plain

SPLIT_CHARACTERS = 100_000
"""Characters of text after which the next highlight starts a new file. A reading system starts a file on a new page,
so that short highlights share one; files of over 300 kB, markup included, were too much for the older readers
(Adobe's Reader Mobile SDK), and stay slow on small ones."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can state
_FILE_PERMISSIONS = 0o644 << 16

_PICTURES = "images/"  # their folder
_NOTE = ' epub:type="endnote"'
_NOTE_BACK = ' epub:type="backlink" role="doc-backlink"'
_NOTE_CALL = ' epub:type="noteref" role="doc-noteref"'


@dataclass(frozen=True, slots=True)
class _File:
    """A document of the book."""

    name: str
    title: str
    body: str
    kind: str = ""  # epub:type of the body, from the EPUB Structural Semantics Vocabulary


def write_epub(edition: Edition, theme: str, extra_css: str = "") -> bytes:
    """The edition as an EPUB file."""
    from ebooklib import epub

    text_files = _text_files(edition)
    rendering = _rendering(edition, text_files)
    files = list(_files(edition, text_files, rendering))
    book = epub.EpubBook()
    book.set_identifier(_identifier(edition))
    book.set_title(edition.title)
    book.set_language(edition.lang)
    book.set_direction(edition.direction)
    for number, author in enumerate(edition.meta.authors, start=1):
        book.add_author(author, uid=f"author-{number}")
    _add_metadata(book, edition)
    style = theme_css(theme, "epub") + extra_css
    items = [
        _item(epub, "style", "style.css", "text/css", style.encode()),
        _item(epub, "cover-image", "cover.png", COVER_TYPE, cover_image(edition), "cover-image"),
        _item(epub, "nav", "nav.xhtml", "application/xhtml+xml", _nav(edition, text_files).encode(), "nav"),
        *(
            _item(
                epub,
                file.name.partition(".")[0],
                file.name,
                "application/xhtml+xml",
                _document(edition, file).encode(),
                "mathml" if "<math" in file.body else "",
            )
            for file in files
        ),
        *(
            _item(
                epub, picture.name.partition(".")[0], _PICTURES + picture.name, picture.pixels.type, picture.pixels.data
            )
            for picture in edition.pictures.values()
        ),
        epub.EpubNcx(),
    ]
    for item in items:
        book.add_item(item)
    book.toc = [
        epub.Link(target, title, f"entry-{number}")
        for number, (target, title) in enumerate(_targets(edition, text_files), start=1)
    ]
    order = [file.name.partition(".")[0] for file in files]
    book.spine = [*order[:2], "nav", *order[2:]] if edition.contents else order
    book.guide = []
    target = BytesIO()
    epub.write_epub(target, book, {"mtime": _modified(edition), "epub3_pages": False, "raise_exceptions": True})
    return _repacked(target.getvalue(), edition)


# -- the files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _TextFile:
    name: str
    highlights: tuple[Highlight, ...]


def _text_files(edition: Edition) -> tuple[_TextFile, ...]:
    """The highlights, as few files as are small enough. The lead goes into the first."""
    highlights = edition.article.highlights
    lengths = [len(plain((highlight.heading, *highlight.blocks))) for highlight in highlights]
    groups: dict[int, list[Highlight]] = {0: []}
    for highlight, total in zip(highlights, accumulate(lengths), strict=True):
        groups.setdefault(total // SPLIT_CHARACTERS, []).append(highlight)
    return tuple(
        _TextFile(f"text-{number}.xhtml", tuple(group)) for number, group in enumerate(groups.values(), start=1)
    )


def _rendering(edition: Edition, text_files: Sequence[_TextFile]) -> Rendering:
    article = edition.article
    parts = [
        ("title.xhtml", article.standfirst),
        (text_files[0].name, article.lead),
        *((file.name, (one.heading, *one.blocks)) for file in text_files for one in file.highlights),
        ("about.xhtml", article.about),
        *(("notes.xhtml", note.children) for note in article.notes),
    ]
    callers = {label: name for name, blocks in reversed(parts) for label in notes_called(blocks)}  # the first one stays
    return replace(
        Rendering.of(edition),
        notes_file="notes.xhtml",
        text_files=callers,
        note_attributes=_NOTE_CALL,
        pictures=_PICTURES,
        item_attributes=_NOTE,
        back_attributes=_NOTE_BACK,
        formulas=mathml(formulas_of(edition.article)),
    )


def _files(edition: Edition, text_files: Sequence[_TextFile], rendering: Rendering) -> Iterator[_File]:
    words = edition.words
    alt = escape(f"{words['cover']}: {edition.title}")
    yield _File("cover.xhtml", words["cover"], f'<p class="cover"><img src="cover.png" alt="{alt}"/></p>\n', "cover")
    yield _File("title.xhtml", edition.title, title_block(edition, rendering), "titlepage")
    for number, file in enumerate(text_files):
        lead = lead_xhtml(edition, rendering) if number == 0 else ""
        body = lead + "".join(highlight_xhtml(highlight, rendering) for highlight in file.highlights)
        title = file.highlights[0].title if file.highlights and not lead else edition.title
        yield _File(file.name, title, f"<main>\n{body or '<p></p>'}</main>\n", "bodymatter")
    if edition.article.notes:
        heading = escape(words["notes"], quote=False)
        body = f'<section class="notes" epub:type="endnotes" role="doc-endnotes">\n<h2>{heading}</h2>\n'
        yield _File("notes.xhtml", words["notes"], f"{body}{notes_list(edition, rendering)}</section>\n", "backmatter")
    if edition.article.about:
        yield _File("about.xhtml", words["about"], about_xhtml(edition, rendering), "backmatter")
    body = f'<section class="colophon" epub:type="colophon" role="doc-colophon">\n{colophon_xhtml(edition)}</section>\n'
    yield _File("colophon.xhtml", words["colophon"], body, "backmatter")


def _document(edition: Edition, file: _File) -> str:
    kind = f' epub:type="{file.kind}"' if file.kind else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{escape(edition.lang)}" xml:lang="{escape(edition.lang)}" dir="{edition.direction}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(file.title, quote=False)}</title>\n'
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body{kind}>\n{with_calls_once(file.body)}</body>\n</html>\n"
    )


def _targets(edition: Edition, text_files: Sequence[_TextFile]) -> Iterator[tuple[str, str]]:
    """The contents: where each entry leads, and its words. A book without highlights has its text as one entry."""
    for file in text_files:
        for highlight in file.highlights:
            yield f"{file.name}#{xml_id(highlight.anchor)}", highlight.title
    if not edition.contents:
        yield text_files[0].name, edition.title


def _nav(edition: Edition, text_files: Sequence[_TextFile]) -> str:
    words = edition.words
    entries = "".join(
        f'<li><a href="{escape(target)}">{escape(title, quote=False)}</a></li>\n'
        for target, title in _targets(edition, text_files)
    )
    places = [("cover", "cover.xhtml", words["cover"])]
    if edition.contents:
        places.append(("toc", "nav.xhtml", words["contents"]))
    places.append(("bodymatter", text_files[0].name, edition.title))
    if edition.article.notes:
        places.append(("endnotes", "notes.xhtml", words["notes"]))
    landmarks = "".join(
        f'<li><a epub:type="{kind}" href="{target}">{escape(title, quote=False)}</a></li>\n'
        for kind, target, title in places
    )
    body = (
        f'<nav class="contents" epub:type="toc" role="doc-toc" aria-labelledby="contents">\n'
        f'<h2 id="contents">{escape(words["contents"], quote=False)}</h2>\n<ol>\n{entries}</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{landmarks}</ol>\n</nav>\n'
    )
    return _document(edition, _File("nav.xhtml", words["contents"], body))


# -- the package -----------------------------------------------------------------------------------------------


def _item(epub: Any, uid: str, name: str, media_type: str, content: bytes, properties: str = "") -> Any:
    item = epub.EpubItem(uid=uid, file_name=name, media_type=media_type, content=content)
    if properties:
        item.properties = [properties]
    return item


def _identifier(edition: Edition) -> str:
    """The same for every edition of the same article, so that a reader replaces and does not repeat it."""
    meta = edition.meta
    known = (edition.title, *meta.authors, meta.date, meta.publisher, meta.url)
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(known)).urn


def _modified(edition: Edition) -> datetime:
    """The date that the book states as its last change: the article's own, for a clock would make every run differ."""
    try:
        return datetime.fromisoformat(edition.meta.date[:10]).replace(tzinfo=UTC)
    except ValueError:
        return datetime(*_EARLIEST, tzinfo=UTC)


def _add_metadata(book: Any, edition: Edition) -> None:
    meta = edition.meta
    for name, value in (
        ("publisher", meta.publisher),
        ("date", meta.date),
        ("description", meta.description),
        ("subject", meta.theme),
        ("coverage", meta.region),
        ("rights", meta.rights),
        ("source", meta.url),
        ("source", meta.original_publisher),
    ):
        if value:
            book.add_metadata("DC", name, value)
    summary = edition.words["summary"]
    for name, value in (
        ("accessMode", "textual"),
        ("accessMode", "visual"),  # the cover, and pictures
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "readingOrder"),
        *((("accessibilityFeature", "alternativeText"),) if _is_described(edition) else ()),
        *((("accessibilityFeature", "MathML"),) if formulas_of(edition.article) else ()),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", summary),
    ):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})  # EPUB 2, which Kindle reads


def _is_described(edition: Edition) -> bool:
    """Whether each picture has a description. The cover has one, and images that are not in the book are words."""
    shown = images_of(edition.article.sequences)
    return all(image.alt for image in shown if image.url in edition.pictures)


def _repacked(data: bytes, edition: Edition) -> bytes:
    """The same files with fixed times and rights, and the language of the package, which EbookLib leaves out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as package:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".opf"):
                content = content.replace(b"<package ", f'<package xml:lang="{edition.lang}" '.encode(), 1)
            new = zipfile.ZipInfo(entry.filename, _EARLIEST)
            new.external_attr = _FILE_PERMISSIONS
            new.compress_type = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(new, content, compresslevel=6)
    return target.getvalue()
