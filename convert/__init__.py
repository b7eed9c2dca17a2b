"""Clearcopy: scraped articles made publishable, with every change on record.

import convert

document = convert.read("article.md")
cleaned = convert.clean(document)
print(convert.to_text(cleaned.document))
for finding in cleaned.findings:
    print(finding.place, finding.reason)

convert.publish(["article.md"], "build")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convert.__about__ import VERSION

if TYPE_CHECKING:
    from convert.config import Config
    from convert.edit import Record, Verdict
    from convert.engine import Cleaned
    from convert.errors import ClearcopyError, ConfigError, ExportError, InputError, UsageError, VerifyError
    from convert.model import Document
    from convert.publishing import Published

__version__ = VERSION

_HOMES = {
    "Cleaned": "engine",
    "ClearcopyError": "errors",
    "Config": "config",
    "ConfigError": "errors",
    "Document": "model",
    "ExportError": "errors",
    "InputError": "errors",
    "Published": "publishing",
    "Record": "edit",
    "UsageError": "errors",
    "Verdict": "edit",
    "VerifyError": "errors",
}
"""Where each public class stands. They are loaded when asked for: the typesetter's process needs none of them."""

__all__ = [
    "Cleaned",
    "ClearcopyError",
    "Config",
    "ConfigError",
    "Document",
    "ExportError",
    "InputError",
    "Published",
    "Record",
    "UsageError",
    "Verdict",
    "VerifyError",
    "__version__",
    "clean",
    "publish",
    "read",
    "to_markdown",
    "to_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'convert' has no attribute {name!r}")
    return getattr(import_module(f"convert.{_HOMES[name]}"), name)


def read(source: str | Path | bytes, format: str | None = None, url: str | None = None) -> Document:  # noqa: A002
    """Reads an article.

    `source` is the path of a file, or its bytes; `format` is "markdown" or "text" (from bytes: "markdown" unless
    said; from a file: by its suffix); `url` is the address of the page, if known. Raises InputError.
    """
    from dataclasses import replace

    from convert.readers import read_bytes
    from convert.sources import Source, load

    if isinstance(source, bytes):
        document = read_bytes(source, "bytes", format or "markdown")
    else:
        path = Path(source)
        document = read_bytes(load(Source(path.name, path.stem, path)), path.name, format)
    return replace(document, meta=replace(document.meta, url=url)) if url else document


def clean(document: Document, config: Config | None = None, decisions: Mapping[str, Verdict] | None = None) -> Cleaned:
    """Cleans a document.

    The result has the `document`, the `ledger` (every edit that was applied or declined) and the `findings`.
    `decisions` maps ids of the ledger to a person's answer, which beats the rule's confidence.
    """
    from convert.config import Config
    from convert.engine import clean as run
    from convert.rules import RULES

    return run(document, RULES, config or Config(), decisions)


def to_text(document: Document) -> str:
    """The article's body as plain text: standfirst, lead, and highlights with their headings."""
    from convert.plain_text import to_text as write

    return write(document)


def to_markdown(document: Document) -> str:
    """The article as a Markdown edition (GFM), with front matter and contents."""
    from convert.edition import edition_of
    from convert.engine import Cleaned
    from convert.exporters.markdown import write_markdown

    return write_markdown(edition_of(Cleaned(document, document, ()), "article")).decode()


def publish(
    sources: Iterable[str | Path],
    folder: str | Path = "build",
    *,
    formats: Iterable[str] = ("pdf", "epub", "md"),
    theme: str = "briefing",
    css: str = "",
    config: Config | None = None,
) -> tuple[Published, ...]:
    """Publishes articles: each as a PDF, an EPUB and Markdown, with its ledger, in `folder`.

    `sources` are paths of files and folders; `css` is style of one's own, after the theme's. Each result has the
    `files` that were made and the `errors` of those that were not. Raises InputError for a path that is not there,
    UsageError for an unknown format, ConfigError for an unknown theme.
    """
    from convert.config import Config
    from convert.exporters import Look
    from convert.publishing import Order, publish_all
    from convert.sources import sources_of
    from convert.typesetting.client import typesetter_for

    order = Order(Path(folder), tuple(formats), Look(theme, css), config or Config())
    with typesetter_for(order.formats) as typesetter:
        return tuple(publish_all(sources_of(str(source) for source in sources), order, typesetter))
