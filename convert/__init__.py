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

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convert.__about__ import VERSION

if TYPE_CHECKING:
    from convert.config import Config
    from convert.edit import Record, Verdict
    from convert.engine import Cleaned
    from convert.errors import ClearcopyError, ConfigError, ExportError, InputError, UsageError, VerifyError
    from convert.extraction import Extracted
    from convert.model import Document
    from convert.publishing import Published
    from convert.reading import Reach

__version__ = VERSION

_HOMES = {
    "Cleaned": "engine",
    "ClearcopyError": "errors",
    "Config": "config",
    "ConfigError": "errors",
    "Document": "model",
    "ExportError": "errors",
    "Extracted": "extraction",
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
    "Extracted",
    "InputError",
    "Published",
    "Record",
    "UsageError",
    "Verdict",
    "VerifyError",
    "__version__",
    "clean",
    "extract",
    "fetch_image",
    "publish",
    "read",
    "to_markdown",
    "to_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'convert' has no attribute {name!r}")
    return getattr(import_module(f"convert.{_HOMES[name]}"), name)


def read(
    source: str | Path | bytes,
    format: str | None = None,  # noqa: A002
    url: str | None = None,
    *,
    allow_private: bool = False,
    timeout: float = 60,
    site_rules: str | Path = "",
) -> Document:
    """Reads an article.

    `source` is the path of a file ("feed.xml#2" is the second article of a feed), an http or https address, the folder
    of a saved copy, or bytes; `format` is one of `convert.readers.READERS` (unless said, from bytes: by what they start
    like, else "markdown"; from a file: by its suffix; from the web: by what the server says); `url` is the address of
    the page, if known. An address is opened within `timeout` seconds, and only if it is on the public internet, unless
    `allow_private`. `site_rules` is a folder of site rules. Raises InputError, and ConfigError for a site rule that is
    broken.
    """
    from dataclasses import replace

    from convert.readers import read_bytes
    from convert.readers.sniff import format_in
    from convert.reading import read_source
    from convert.sites.folder import sites_in
    from convert.sources import Source, sources_of

    sites = sites_in(str(site_rules))
    if isinstance(source, bytes):
        document = read_bytes(source, "bytes", format or format_in(source) or "markdown", url=url or "", sites=sites)
        return replace(document, meta=replace(document.meta, url=url)) if url else document
    path = Path(source)
    is_found = _is_web(source) or ("#" in path.name and not path.exists())
    named = sources_of([str(source)])[0] if is_found else Source(path.name, path.stem, path)
    return read_source(named, format, url or "", _reach(allow_private, timeout), sites=sites).document


def clean(document: Document, config: Config | None = None, decisions: Mapping[str, Verdict] | None = None) -> Cleaned:
    """Cleans a document.

    The result has the `document`, the `ledger` (every edit that was applied or declined) and the `findings`.
    `decisions` maps ids of the ledger to a person's answer, which beats the rule's confidence.
    """
    from convert.config import Config
    from convert.engine import clean as run
    from convert.rules import RULES

    return run(document, RULES, config or Config(), decisions)


def extract(html: str | bytes, url: str = "", model: str = "", site_rules: str | Path = "") -> Extracted:
    """The article of a web page: its text, title, authors and date, with the ledger of what was left out.

    `html` is the page (text, or bytes in its own encoding); `url` is its address, if known; `site_rules` is a
    folder of site rules. Nothing is mended: for that, `read` the page and `clean` it. Raises InputError for bytes that
    are no text, and ConfigError for a site rule that is broken.
    """
    from convert.extraction import extract as run

    return run(html, url, model, str(site_rules))


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
    allow_private: bool = False,
    timeout: float = 60,
    fetch_images: Callable[[str], bytes] | None = None,
) -> tuple[Published, ...]:
    """Publishes articles: each as a PDF, an EPUB and Markdown, with its ledger, in `folder`.

    `sources` are paths of files and folders, http and https addresses, and folders of saved copies; `css` is style of
    one's own, after the theme's. Each address is opened within `timeout` seconds, and only if it is on the public
    internet, unless `allow_private`. `fetch_images` gives the image at an address of the web, as `fetch_image` does;
    without it editions hold the images that come with their source, and link to the others. Each result has the
    `files` that were made and the `errors` of those that were not. Raises InputError for a path that is not there,
    UsageError for an unknown format, ConfigError for an unknown theme.
    """
    from convert.config import Config
    from convert.exporters import Look
    from convert.publishing import Order, publish_all
    from convert.sources import sources_of
    from convert.typesetting.client import typesetter_for

    look, reach = Look(theme, css), _reach(allow_private, timeout)
    order = Order(Path(folder), tuple(formats), look, config or Config(), reach=reach, fetch_image=fetch_images)
    with typesetter_for(order.formats) as typesetter:
        return tuple(publish_all(sources_of(str(source) for source in sources), order, typesetter))


def fetch_image(address: str, *, allow_private: bool = False, timeout: float = 60) -> bytes:
    """The bytes of the image at an address, for `publish`. Raises InputError where there are none to be had."""
    from convert.reading import image_at

    return image_at(address, _reach(allow_private, timeout))


def _is_web(source: str | Path) -> bool:
    from convert.web.address import is_address
    from convert.web.saved import is_saved_copy

    return is_address(str(source)) or is_saved_copy(Path(source))


def _reach(allow_private: bool, timeout: float) -> Reach:  # noqa: FBT001
    from convert.reading import Reach
    from convert.web.address import Policy
    from convert.web.fetch import Limits

    return Reach(Limits.within(timeout), Policy(allow_private))
