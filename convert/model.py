"""The document: the one form that every format is read into and written from.

Names are those of CommonMark and of pandoc's types. Everything is frozen: a reader makes a document, the
engine makes a new one, nobody changes one in place. Blocks hold inline nodes, never strings of markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

# -- where things come from ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block came from, in words that a person can follow."""

    source: str  # the name of the source or the witness
    place: str  # "line 7", "lines 29-31", "page 3", "/html/body/main/p[4]"

    def joined(self, other: Origin) -> Origin:
        """The origin of a block that was made of two: both places, named once each."""
        if not self.place or self.place == other.place:
            return other
        return Origin(self.source, f"{self.place}, {other.place}") if other.place else self


NOWHERE = Origin("", "")


# -- inline nodes ----------------------------------------------------------------------------------------------


class Style(StrEnum):
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKETHROUGH = "strikethrough"
    UNDERLINE = "underline"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    MARK = "mark"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Text:
    """Words. A line feed in it is a soft line break: the source's line ended there, the sentence did not."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author wanted (verse, addresses)."""


@dataclass(frozen=True, slots=True)
class Styled:
    style: Style
    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    children: Inlines
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Math:
    tex: str


@dataclass(frozen=True, slots=True)
class Ruby:
    """Words with their reading above or beside them (HTML, 4.5.10)."""

    base: Inlines
    reading: str


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The call of the note with this label."""

    label: str


@dataclass(frozen=True, slots=True)
class RawInline:
    """Markup that the model has no type for and that shows no words (an anchor, a comment)."""

    format: str
    text: str


Inline: TypeAlias = Text | Code | LineBreak | Styled | Link | Image | Math | Ruby | NoteRef | RawInline
Inlines: TypeAlias = tuple[Inline, ...]


# -- blocks ----------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a paragraph is to the article."""

    BODY = "body"
    STANDFIRST = "standfirst"  # the summary under the title
    ABOUT = "about"  # the note about the author


class BreakKind(StrEnum):
    THEMATIC = "thematic"
    PAGE = "page"  # a page of the source ended here; evidence for joins, never shown


class NoticeKind(StrEnum):
    """What an edition says about its source. The words stand in the language data, not in the document."""

    BREAKS_OFF = "breaks-off"


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """An element of a page that holds blocks: evidence of what they are to the page, never shown.

    `tag` is in lower case; `classes` are the names of the element's class attribute, `name` is its id; `around` is
    the element that it stands in. Two containers are the same only if they are one element.
    """

    tag: str
    classes: tuple[str, ...] = ()
    name: str = ""
    role: str = ""  # WAI-ARIA
    around: Container | None = None


@dataclass(frozen=True, slots=True)
class SiteMark:
    """What the rule of its site says of a block of a page: evidence, never shown.

    `is_settled` means that the rule names what the article is, so that nothing else need weigh the block; `reason` says
    why the block goes, or a part of it ("" where all of it stays); `after` is what is left of it.
    """

    is_settled: bool
    reason: str = ""
    after: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What every block carries."""

    origin: Origin = NOWHERE
    within: Container | None = field(default=None, compare=False, repr=False)  # of a page; None for other sources
    site: SiteMark | None = field(default=None, compare=False, repr=False)  # where a site rule says something of it
    lang: str | None = None  # BCP 47, where it differs from the document's
    dir: str | None = None  # "ltr" or "rtl", where the source says so


@dataclass(frozen=True, slots=True)
class Paragraph(Located):
    children: Inlines
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Heading(Located):
    level: int  # 1 to 6
    children: Inlines


@dataclass(frozen=True, slots=True)
class ListItem:
    children: Blocks
    checked: bool | None = None  # of a task list


@dataclass(frozen=True, slots=True)
class List(Located):
    items: tuple[ListItem, ...]
    start: int | None = None  # the first number; None for a bullet list


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a definition list: its terms, and what is said of them."""

    terms: tuple[Inlines, ...]
    children: Blocks


@dataclass(frozen=True, slots=True)
class DefinitionList(Located):
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote(Located):
    children: Blocks


@dataclass(frozen=True, slots=True)
class CodeBlock(Located):
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    children: Blocks
    align: str = ""  # "left", "center", "right"
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table(Located):
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure(Located):
    image: Image
    caption: Blocks = ()


@dataclass(frozen=True, slots=True)
class Embed(Located):
    """Something of another page, shown in this one (a film, a map, a post). An edition links to it."""

    url: str
    title: str = ""  # what the page calls it, where it does
    caption: Blocks = ()


@dataclass(frozen=True, slots=True)
class MathBlock(Located):
    tex: str


@dataclass(frozen=True, slots=True)
class Break(Located):
    kind: BreakKind = BreakKind.THEMATIC
    mark: str = ""  # as the source wrote it: "-----" is what some programs put at the end of a page


@dataclass(frozen=True, slots=True)
class Section(Located):
    """What a rule needs to know of an element of a page; gone when cleaning is done."""

    tag: str
    children: Blocks
    classes: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Raw(Located):
    """Markup that the model has no type for and that shows no words (a comment, an empty element)."""

    format: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice(Located):
    kind: NoticeKind


Block: TypeAlias = (
    Paragraph
    | Heading
    | List
    | DefinitionList
    | Quote
    | CodeBlock
    | Table
    | Figure
    | Embed
    | MathBlock
    | Break
    | Section
    | Raw
    | Notice
)
Blocks: TypeAlias = tuple[Block, ...]


# -- the whole -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: what stands behind a NoteRef of the same label."""

    label: str
    children: Blocks


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about the article. Empty means: not known, never guessed."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # ISO 8601: "2021-01-26"
    updated: str = ""
    publisher: str = ""
    original_publisher: str = ""
    url: str = ""
    region: str = ""
    theme: str = ""
    language: str = ""  # BCP 47
    description: str = ""
    rights: str = ""
    image: str = ""  # the address of the lead image
    file: str = ""  # the name of the first source, where the document was read from an edition
    left_out: tuple[tuple[str, int], ...] = ()  # what earlier cleanings changed: (rule code, times)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of itself outside its running text: in its head, in its structured data, in its byline."""

    field: str  # of Meta; or "text": the article's text, from JSON-LD
    value: str  # as the page writes it
    evidence: str  # where it says so: "JSON-LD NewsArticle, headline", 'meta property="og:title"', "<h1>"


@dataclass(frozen=True, slots=True)
class Document:
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    meta: Meta = Meta()
    source: str = ""  # the name of the file that it was read from
    claims: tuple[Claim, ...] = ()  # of a web page; evidence for rules, never shown
    files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)  # of a saved page, by address
    site_remarks: tuple[str, ...] = field(default=(), compare=False, repr=False)  # what a site rule could not do
    is_weighed: bool = field(default=False, compare=False)  # what a page is was told already: see Rule.once
