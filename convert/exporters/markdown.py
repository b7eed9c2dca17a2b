"""The Markdown edition: GFM that is valid CommonMark too. Pandoc writes it; `readers/edition.py` is the inverse.

What the edition adds to the article stands between pairs of comments, so that a second run finds and replaces it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import yaml

from convert.__about__ import VERSION
from convert.article import Article
from convert.edition import Edition
from convert.exporters.pandoc_ast import Json, Known, node, pandoc_blocks, pandoc_document, raw_html, words
from convert.exporters.xhtml import listed
from convert.model import Blocks, NoteRef, Notice, Paragraph
from convert.readers.edition import ABOUT, NOTICE, closing, opening
from convert.readers.front_matter import GENERATOR
from convert.walk import inlines_below

FORMAT = "gfm-autolink_bare_uris-tex_math_gfm+tex_math_dollars"


def write_markdown(edition: Edition) -> bytes:
    """The edition as a Markdown file (UTF-8)."""
    import pypandoc

    blocks = json.dumps(pandoc_document(_blocks(edition)), ensure_ascii=False)
    text = pypandoc.convert_text(
        blocks, FORMAT, format="json", extra_args=["--wrap=none", "--markdown-headings=atx"], verify_format=False
    )
    return f"---\n{_front_matter(edition)}---\n\n{_tidy(text)}".encode()


def picture_files(edition: Edition) -> dict[str, str]:
    """Where the picture of each image is, by its address: in a folder beside the edition."""
    return {
        address: f"{quote(picture_folder(edition.slug))}/{picture.name}"
        for address, picture in edition.pictures.items()
    }


def picture_folder(slug: str) -> str:
    """The name of the folder that holds the pictures of a Markdown edition."""
    return f"{slug}.images"


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n") + "\n"


# -- front matter ----------------------------------------------------------------------------------------------


def _front_matter(edition: Edition) -> str:
    meta = edition.meta
    values: dict[str, Any] = {
        "title": edition.title,
        "authors": list(meta.authors),
        "date": meta.date,
        "updated": meta.updated,
        "publisher": meta.publisher,
        "original_publisher": meta.original_publisher,
        "url": meta.url,
        "region": meta.region,
        "theme": meta.theme,
        "lang": meta.language,
        "description": meta.description,
        "rights": meta.rights,
        "generator": f"{GENERATOR} {VERSION}",
        "file": edition.source,
        "left_out": {entry.code: entry.times for entry in edition.colophon.left_out},
    }
    given = {key: value for key, value in values.items() if value}
    text: str = yaml.dump(given, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return text


class _Dumper(yaml.SafeDumper):
    """YAML that every parser reads alike: strings that could be something else are quoted, dates included."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if any(mark in text for mark in ":#'\"{}[]&*!|>%@`-?,") or text[:1].isdigit() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


# -- the text --------------------------------------------------------------------------------------------------


def _blocks(edition: Edition) -> Iterator[Json]:
    article = edition.article
    known = Known(edition, {note.label: note for note in article.notes}, picture_files(edition))
    yield from _added("title", _title(edition))
    yield from _text(article.standfirst, known, edition)
    yield from _added("contents", _contents(edition))
    yield from _text(article.lead, known, edition)
    for highlight in article.highlights:
        yield from _text((highlight.heading, *highlight.blocks), known, edition)
    yield from _added("notes", _uncalled(article, known))
    if article.about:
        yield from _added(ABOUT, [_heading(2, edition.words["about"])])
        yield from pandoc_blocks(article.about, known)
    yield from _added("colophon", _colophon(edition))


def _uncalled(article: Article, known: Known) -> list[Json]:
    """Calls of the notes that nothing in the text calls: without one, no Markdown reader shows a note."""
    text = article.sequences[: len(article.sequences) - len(article.notes)]  # a call in a note is none to pandoc
    called = {node.label for blocks in text for node in inlines_below(blocks) if isinstance(node, NoteRef)}
    calls = tuple(NoteRef(note.label) for note in article.notes if note.label not in called)
    return pandoc_blocks((Paragraph(calls),), known) if calls else []


def _added(part: str, blocks: list[Json]) -> Iterator[Json]:
    if blocks:
        yield raw_html(opening(part))
        yield from blocks
        yield raw_html(closing(part))


def _text(blocks: Blocks, known: Known, edition: Edition) -> Iterator[Json]:
    for block in blocks:
        if isinstance(block, Notice):
            said = edition.words[str(block.kind).replace("-", "_")]
            yield from _added(NOTICE, [node("Para", [node("Emph", words(said))])])
        else:
            yield from pandoc_blocks((block,), known)


def _title(edition: Edition) -> list[Json]:
    made = [_heading(1, edition.title)]
    said = []
    if edition.byline:
        said.append(f"{edition.words['by']} {listed(list(edition.byline), edition.words['and'])}")
    said.extend(part for part in (edition.meta.publisher, edition.date) if part)
    if said:
        made.append(_para(" · ".join(said)))
    facts = [(label, value) for label, value in edition.facts if value != edition.meta.publisher]
    if facts:
        made.append(_para(" · ".join(f"{label}: {value}" for label, value in facts)))
    if edition.lead_image is not None:
        made.extend(pandoc_blocks((Paragraph((edition.lead_image,)),), Known(edition, {}, picture_files(edition))))
    return made


def _contents(edition: Edition) -> list[Json]:
    if not edition.contents:
        return []
    entries = [
        [node("Plain", [node("Link", [["", [], []], words(entry.title), [f"#{entry.anchor}", ""]])])]
        for entry in edition.contents
    ]
    return [_para(f"{edition.words['contents']}:"), node("BulletList", entries)]


def _colophon(edition: Edition) -> list[Json]:
    said, colophon = edition.words, edition.colophon
    made = [_heading(2, said["colophon"])]
    made.extend(_para(text) for text in (*colophon.credits, colophon.made_with))
    if colophon.findings:
        made.append(_para(f"{said['findings']}:"))
        made.append(node("BulletList", [[node("Plain", words(text))] for text in colophon.findings]))
    if colophon.left_out:
        made.append(_para(f"{said['left_out']}:"))
        rows = (f"{entry.code} {entry.fault}: {entry.times}" for entry in colophon.left_out)
        made.append(node("BulletList", [[node("Plain", words(row))] for row in rows]))
    else:
        made.append(_para(said["left_out_none"]))
    made.append(_para(colophon.ledger))
    return made


def _heading(level: int, text: str) -> Json:
    return node("Header", [level, ["", [], []], words(text)])


def _para(text: str) -> Json:
    return node("Para", words(text))
