"""The loss gate: each edition is read back from its bytes and held against the cleaned document.

Compared are letters and digits only: hyphens at line ends, quotation marks and spaces may differ, words may not.
What an edition adds (contents, colophon, running heads) does not count; each part of the article must be in it
whole and in one piece, so that a word lost, added or moved shows.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from convert.config import Config
from convert.edition import Edition
from convert.engine import clean
from convert.errors import VerifyError
from convert.model import (
    Block,
    Blocks,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    Image,
    Inlines,
    Link,
    List,
    NoteRef,
    Notice,
    Paragraph,
    Quote,
    Section,
    Styled,
    Table,
)
from convert.walk import plain
from convert.words import letters

_CONTEXT = 60
"""Letters that a message shows of the place where an edition goes wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the article as the reader of an edition meets it."""

    name: str
    text: str


READ_AS_SHOWN: Mapping[str, bool] = {"pdf": True, "epub": True, "md": False}
"""Whether an edition is read back as its reader sees it: the call of a note is its number, a picture has no words, and
what is embedded is a link. A Markdown edition is read back to the document that it was written from."""


def verify(edition: Edition, kind: str, data: bytes) -> None:
    """Raises VerifyError where the edition does not hold the words of the article, in order."""
    pages = [letters(text) for text in READ_BACK[kind](data, edition)]
    for part in parts(edition, as_shown=READ_AS_SHOWN[kind]):
        expected = letters(part.text)
        if not _holds(pages, expected):
            raise VerifyError(
                f"The edition does not hold the article's words: {_where(part, expected, pages)}",
                where=f"{edition.slug}.{kind}",
                hint="It was not put in place. Please report this, with the source if you may.",
            )


def _holds(pages: Sequence[str], expected: str) -> bool:
    """Whether the text read back has a part whole and in order.

    Of right-to-left text only the letters are counted: PDF readers turn its ligatures and line ends round.
    """
    read = "".join(pages)
    if expected in read or _reached(pages, expected, _little) == len(expected):
        return True
    return bool(_RIGHT_TO_LEFT.search(expected)) and Counter(expected) <= Counter(read)


def _longest(page: str, expected: str) -> int:
    """How many letters of the text a page goes on with, at the place where they are most; 0 for less than a probe.

    A running head may start with the same words as the text.
    """
    probe = re.escape(expected[:_PROBE])
    return max((_shared(page[match.start() :], expected) for match in re.finditer(probe, page)), default=0)


def _nothing(_page: str, _expected: str) -> int:
    return 0


def _little(page: str, expected: str) -> int:
    """How many letters a page goes on with that has less of the text than a probe, beside a picture."""
    starts = (match.start() for match in re.finditer(re.escape(expected[:1]), page)) if expected else ()
    return max((_shared(page[start : start + _PROBE], expected) for start in starts), default=0)


def _reached(pages: Sequence[str], expected: str, little: Callable[[str, str], int] = _nothing) -> int:
    """How far the pages go through a text, each from where the one before stopped; between, a page may add its own.

    Running heads, contents and the numbers of lists are drawn after the text of their page, and heads of tables again
    on the next. `little` says what a page has of the text where that is less than a probe.
    """
    place = 0
    for page in pages:
        for back in range(min(place, _OVERLAP) + 1):
            rest = expected[place - back :]
            if place < len(expected) and (length := _longest(page, rest)):
                place += length - back
                break
        else:
            place += little(page, expected[place:])
    return place


def _shared(one: str, other: str) -> int:
    """How many letters two texts start with alike."""
    return next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


_PROBE = 24
"""Letters by which a page shows where the text goes on: about four words."""

_OVERLAP = 12
"""Letters of what a page adds that may happen to be those with which the text goes on."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def _where(part: Part, expected: str, pages: Sequence[str]) -> str:
    """The first place where the text read back goes another way."""
    place = _reached(pages, expected)
    said, missing = expected[max(0, place - _CONTEXT) : place], expected[place : place + _CONTEXT]
    return f"in the {part.name}, after “...{said}”, “{missing}...” is missing or elsewhere"


# -- what must be there ----------------------------------------------------------------------------------------


def parts(edition: Edition, *, as_shown: bool) -> Iterator[Part]:
    """The parts of the article, each a run of words that an edition must have in one piece; see `READ_AS_SHOWN`."""
    article = edition.article
    numbers = {note.label: str(number) if as_shown else "" for number, note in enumerate(article.notes, start=1)}
    reading = _Reading(edition, numbers, as_shown)
    yield Part("title", article.title)
    yield Part("standfirst", reading.blocks(article.standfirst))
    body = (*article.lead, *(block for h in article.highlights for block in (h.heading, *h.blocks)))
    yield Part("text", reading.blocks(body))
    yield Part("note on the author", reading.blocks(article.about))
    for note in article.notes:
        yield Part(f"note {note.label}", reading.blocks(note.children))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Blocks as words, with what the call of each note shows."""

    edition: Edition
    numbers: Mapping[str, str]
    as_shown: bool

    def blocks(self, blocks: Blocks) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children) | Heading(children=children):
                return self._inlines(children)
            case Quote(children) | Section(children=children):
                return self.blocks(children)
            case List(items):
                return "\n".join(self.blocks(item.children) for item in items)
            case Table(head, body):
                return "\n".join(self.blocks(cell.children) for row in (*head, *body) for cell in row)
            case DefinitionList(items):
                return "\n".join(
                    "\n".join((*map(self._inlines, item.terms), self.blocks(item.children))) for item in items
                )
            case Figure(image, caption):
                return self._inlines((image,)) + "\n" + self.blocks(caption)
            case Embed(url, title, caption):
                return (title or url) + "\n" + self.blocks(caption) if self.as_shown else self.blocks(caption)
            case Notice(kind):
                return self.edition.words[str(kind).replace("-", "_")]
        return plain(block)

    def _inlines(self, inlines: Inlines) -> str:
        made = []
        for child in inlines:
            match child:
                case NoteRef(label) if label not in self.numbers:
                    made.append(f"[{label}]")
                case NoteRef(label):
                    made.append(self.numbers[label])
                case Styled() | Link():
                    made.append(self._inlines(child.children))
                case Image(url, alt):
                    made.append("" if self.as_shown and url in self.edition.pictures else alt)
                case _:
                    made.append(plain(child))
        return "".join(made)


# -- what is there ---------------------------------------------------------------------------------------------


def read_pdf(data: bytes, _edition: Edition) -> list[str]:
    """The pages of a PDF, each in the order in which its text is drawn."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def read_epub(data: bytes, _edition: Edition) -> list[str]:
    """The files of an EPUB in the order of its spine, without the contents."""
    from bs4 import BeautifulSoup

    with zipfile.ZipFile(BytesIO(data)) as package:
        opf_name = next(name for name in package.namelist() if name.endswith(".opf"))
        opf = BeautifulSoup(package.read(opf_name), "xml")
        names = {item["id"]: str(item["href"]) for item in opf.find_all("item")}
        folder = opf_name.rpartition("/")[0]
        files = [f"{folder}/{names[str(entry['idref'])]}" for entry in opf.find_all("itemref")]
        texts = []
        for file in files:
            page = BeautifulSoup(package.read(file), "xml")
            for contents in page.find_all("nav"):
                contents.decompose()
            for formula in page.find_all("math"):
                annotation = formula.find("annotation")
                formula.replace_with(annotation.get_text() if annotation else "")
            texts.append(page.body.get_text(" ") if page.body else "")
    return texts


def read_markdown_edition(data: bytes, edition: Edition) -> list[str]:
    """The text of a Markdown edition, without what the edition added."""
    from convert.readers import read_bytes
    from convert.rules.page.EDN101_edition_apparatus import RULE

    document = read_bytes(data, f"{edition.slug}.md")
    text = clean(document, (RULE,), Config()).document
    shown = "\n".join(
        edition.words["breaks_off"] if isinstance(block, Notice) else plain(block) for block in text.blocks
    )
    notes = "\n".join(plain(note) for note in document.notes)
    return [edition.title if text.meta.title in ("", edition.title) else text.meta.title, shown, notes]


READ_BACK: Mapping[str, Callable[[bytes, Edition], list[str]]] = {
    "pdf": read_pdf,
    "epub": read_epub,
    "md": read_markdown_edition,
}
