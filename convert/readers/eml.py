"""Reads an e-mail (RFC 5322), such as a newsletter: the text that a mail program shows, and what the headers say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr, parsedate_to_datetime

from convert.errors import InputError
from convert.model import Claim, Document
from convert.readers.decode import decode
from convert.readers.given import Input
from convert.readers.mime import Part, charset_of, content_of, files_of, header, message_of, root_of, subparts
from convert.readers.text import read_text


def read_eml(given: Input) -> Document:
    """The document of an e-mail: of its HTML where it has any, else of its text; its images come with it.

    Attachments are no text of it. Raises InputError where there is no text.
    """
    message = message_of(given.data, given.name)
    documents = [_document(part, given) for part in _shown(message) if content_of(part).strip()]
    if not documents:
        raise InputError("The message holds no text", where=given.name, hint="Save the message again.")
    claims = (*_claims(message), *(claim for document in documents for claim in document.claims))
    first = documents[0]
    return replace(
        first,
        blocks=tuple(block for document in documents for block in document.blocks),
        notes=tuple(note for document in documents for note in document.notes),
        claims=claims,
        files={**first.files, **files_of(message, given.url)},
    )


def _shown(part: Part) -> Iterator[Part]:
    """The parts that a mail program shows as text (RFC 2046, 5.1), in their order."""
    pending = [part]
    while pending:
        part = pending.pop()
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "multipart/alternative":
            best = _best(subparts(part))
            pending.extend([best] if best is not None else [])
        elif kind == "multipart/related":
            root = root_of(part)
            pending.extend([root] if root is not None else subparts(part)[:1])
        elif part.get_content_maintype() == "multipart":
            pending.extend(reversed(subparts(part)))
        elif kind in ("text/html", "text/plain"):
            yield part


def _best(alternatives: list[Part]) -> Part | None:
    """The last alternative that is or holds HTML, which is the richest (RFC 2046, 5.1.4); else the last text."""
    pages = [part for part in alternatives if any(one.get_content_type() == "text/html" for one in part.walk())]
    texts = [part for part in alternatives if part.get_content_type() == "text/plain"]
    return next(iter((*reversed(pages), *reversed(texts), *alternatives)), None)


def _document(part: Part, given: Input) -> Document:
    if part.get_content_type() == "text/html":
        from convert.readers import read_bytes  # only here: its table holds this reader

        return read_bytes(
            content_of(part), given.name, "html", url=given.url, charset=charset_of(part), sites=given.sites
        )
    text = decode(content_of(part), given.name, charset_of(part))
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text)
    return read_text(text, given.name)


def _unflowed(text: str) -> str:
    """A text whose lines were broken to be joined again: those that end in a space (RFC 3676, 4.2)."""
    made = ""
    for line in text.split("\n"):
        line = line.removeprefix(" ") if line.startswith(" ") else line
        made += line if line.endswith(" ") and line != "-- " else f"{line}\n"
    return made


def _claims(message: Part) -> Iterator[Claim]:
    """What the headers say (RFC 5322, 3.6), for the rule that chooses."""
    subject, sender = header(message, "Subject"), parseaddr(header(message, "From"))[0].strip()
    if subject:
        yield Claim("title", subject, "e-mail, Subject")
    if sender:
        yield Claim("authors", sender, "e-mail, From")
        yield Claim("publisher", sender, "e-mail, From")
    try:
        yield Claim("date", parsedate_to_datetime(header(message, "Date")).date().isoformat(), "e-mail, Date")
    except (ValueError, TypeError, IndexError):
        return
