"""All pages of the article at an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convert.errors import InputError
from convert.readers.decode import decode
from convert.sites.rule import Sites
from convert.web.address import Policy, shown
from convert.web.content import format_of_page
from convert.web.fetch import MAX_PAGES, Fetched, Limits, fetch
from convert.web.pages import contradicts, is_same_page, next_page
from convert.web.saved import SavedCopy


def collect(
    address: str, limits: Limits, policy: Policy, tell: Callable[[str], None], sites: Sites | None = None
) -> SavedCopy:
    """Fetches the article at an address, with its further pages.

    `tell` is told what is being fetched; `sites` gives the rule of a page's site. Raises InputError where a page cannot
    be had, and where the pages do not end: half an article is none.
    """
    tell(f"fetching {shown(address)}")
    pages = [fetch(address, limits, policy)]
    texts = [_html(pages[0])]
    while limits.pages is None or len(pages) < limits.pages:
        target = next_page(texts[-1], pages[-1].url, pages[0].url, sites) if texts[-1] else None
        if target is None or any(is_same_page(target, page.url) for page in pages):
            break
        if limits.pages is None and len(pages) == MAX_PAGES:
            raise InputError(
                f"The article goes on after {MAX_PAGES} pages",
                where=shown(address),
                hint=f"Take these alone with --pages {MAX_PAGES}, or more with a larger number.",
            )
        tell(f"fetching page {len(pages) + 1} of {shown(address)}")
        page = _further(target, len(pages), limits, policy, sum(len(page.content) for page in pages))
        text = _html(page)
        is_other = not is_same_page(page.url, target) or contradicts(texts[0], text)
        if is_other or not text or page.content in [earlier.content for earlier in pages]:
            break
        pages.append(page)
        texts.append(text)
    return SavedCopy(address, pages)


def _further(target: str, have: int, limits: Limits, policy: Policy, taken: int) -> Fetched:
    try:
        return fetch(target, replace(limits, max_bytes=max(1, limits.max_bytes - taken)), policy)
    except InputError as error:
        error.hint = f"--pages {have} takes the article without this page. {error.hint}"
        raise


def _html(page: Fetched) -> str:
    """The HTML of a page; "" where it is none, and has no further pages."""
    try:
        is_html = format_of_page(page.content, page.content_type, page.url) == "html"
        return decode(page.content, page.url) if is_html else ""
    except InputError:
        return ""
