"""An article out of its web page, and nothing mended: fast, for those who want the text alone."""

from __future__ import annotations

from dataclasses import dataclass

from convert.config import Config
from convert.edit import Record
from convert.engine import clean
from convert.model import Document
from convert.plain_text import to_text
from convert.readers.html import decode_html, read_page
from convert.rules import EXTRACTION
from convert.sites.folder import sites_in


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article of a page. What is not known is empty."""

    document: Document
    ledger: tuple[Record, ...]  # every block that was left out, with the reason

    @property
    def text(self) -> str:
        """The words of the article, paragraphs apart by an empty line, without the title."""
        return to_text(self.document)

    @property
    def title(self) -> str:
        return self.document.meta.title

    @property
    def authors(self) -> tuple[str, ...]:
        return self.document.meta.authors

    @property
    def date(self) -> str:
        """The day of publication (ISO 8601)."""
        return self.document.meta.date


def extract(html: str | bytes, url: str = "", model: str = "", site_rules: str = "") -> Extracted:
    """The article of a web page.

    `html` is the page, as text or in its own encoding; `url` is its address, if known; `model` is the file of a model
    of what an article is, by default the one of the package; `site_rules` is a folder of site rules. Raises InputError
    for bytes that are no text, and ConfigError for a model or a site rule that cannot be read.
    """
    text = decode_html(html, "page", "") if isinstance(html, bytes) else html
    document = read_page(text, "page", url, sites_in(site_rules))
    cleaned = clean(document, EXTRACTION, Config(content_model=model))
    return Extracted(cleaned.document, cleaned.ledger)
