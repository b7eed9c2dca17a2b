"""Which format bytes are in, where no name says it (standard input, a file without a suffix)."""

from __future__ import annotations

import re

from convert.readers.packages import form_of

_HEAD = 4096
_BEFORE_ROOT = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|content:encoded)[\s>]")
_HEADERS = re.compile(rb"\A\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MIME = re.compile(rb"^(?:mime-version|content-type)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SAVED_PAGE = re.compile(
    rb"^snapshot-content-location:|^from:\s*<?saved by|^content-type:\s*multipart/related", re.I | re.M
)
_SENT = re.compile(rb"^(?:to|received|message-id|delivered-to|return-path):", re.IGNORECASE | re.MULTILINE)


def format_in(data: bytes) -> str:
    """The format that bytes start like, a key of READERS; "" where they start like none or like text."""
    form = form_of(data)
    if form:
        return form.format
    head = data[:_HEAD]
    before = _BEFORE_ROOT.match(head)
    root = head[before.end() :] if before else head
    if _HTML.match(root):
        return "html"
    if _FEED.match(root):
        return "feed"
    headers = _HEADERS.match(head)
    if headers and _MIME.search(headers[0]):
        is_page = _SAVED_PAGE.search(headers[0]) and not _SENT.search(headers[0])
        return "mhtml" if is_page else "eml"
    return ""
