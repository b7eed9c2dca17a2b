"""An edition before it is a file: the article, its contents, its colophon and the words that editions add."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import bidirectional

from convert.__about__ import VERSION
from convert.article import Article, Entry, article_of, contents
from convert.edit import Outcome, Record
from convert.engine import Cleaned
from convert.images import Picture
from convert.language import Language, language
from convert.model import Image, Meta
from convert.rules import BY_CODE
from convert.web.address import is_address

_MADE_ANEW = "EDN101"
"""The rule that removes what an earlier edition added. It is no loss of the article's, and is not counted."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the colophon's table: a rule, and how often it was applied."""

    code: str
    fault: str  # the rule's name, in words
    times: int


@dataclass(frozen=True, slots=True)
class Colophon:
    credits: tuple[str, ...]
    made_with: str
    left_out: tuple[LeftOut, ...]
    findings: tuple[str, ...]
    ledger: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What every exporter is given. All editions of an article are written from the same one."""

    article: Article
    contents: tuple[Entry, ...]
    colophon: Colophon
    language: Language
    facts: tuple[tuple[str, str], ...]  # (label, value), as the title block shows them
    byline: tuple[str, ...]
    date: str  # as the language writes dates; "" if not known
    source: str  # the name of the file that the article was first read from
    slug: str  # the name of the edition's files, without suffix
    pictures: Mapping[str, Picture] = field(default_factory=dict, repr=False)  # by the address of their image
    lead_image: Image | None = None  # over the article; one of the pictures

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def meta(self) -> Meta:
        return self.article.meta

    @property
    def lang(self) -> str:
        """The language of the text as BCP 47; "und" where it is not known."""
        return self.meta.language or "und"

    @property
    def direction(self) -> str:
        """The direction of the text: that of its language, or of most of its letters where that is not known."""
        if self.meta.language:
            return "rtl" if self.lang.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
        letters = [bidirectional(letter) for letter in self.title if letter.isalpha()]
        return "rtl" if sum(kind in ("R", "AL") for kind in letters) * 2 > len(letters) else "ltr"

    @property
    def words(self) -> Mapping[str, str]:
        return self.language.edition


_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def edition_of(cleaned: Cleaned, slug: str) -> Edition:
    """The edition of a cleaned document. `slug` is what its files are called."""
    article = article_of(cleaned.document)
    source = article.meta.file or _source_name(cleaned.document.source)
    spoken = language(article.meta.language)
    return Edition(
        article=article,
        contents=contents(article),
        colophon=_colophon(cleaned, source, slug, spoken),
        language=spoken,
        facts=_facts(article.meta, spoken),
        byline=article.meta.authors,
        date=written_date(article.meta.date, spoken),
        source=source,
        slug=slug,
    )


def _source_name(source: str) -> str:
    """What an edition calls its source: an address as it is, a file by its name alone."""
    return source if is_address(source) else source.rpartition("/")[2]


def _colophon(cleaned: Cleaned, source: str, slug: str, spoken: Language) -> Colophon:
    words = spoken.edition
    return Colophon(
        credits=_credits(cleaned.document.meta, spoken),
        made_with=words["made_with"].format(version=VERSION, source=source),
        left_out=tuple(
            LeftOut(code, BY_CODE[code].name.replace("-", " "), times)
            for code, times in counts(cleaned.ledger, cleaned.document.meta)
            if code in BY_CODE
        ),
        findings=tuple(_sentence(record) for record in cleaned.findings),
        ledger=words["ledger"].format(ledger=f"{slug}.ledger.jsonl", source=source),
    )


def _sentence(finding: Record) -> str:
    """A finding without the lines of its place: those of a Markdown edition, read again, are others."""
    return f"{finding.reason[:1].upper()}{finding.reason[1:]}."


def counts(ledger: Iterable[Record], meta: Meta) -> tuple[tuple[str, int], ...]:
    """How often each rule changed the text, by code: now, and in the cleanings before this one."""
    total: Counter[str] = Counter(dict(meta.left_out))
    for record in ledger:
        changed = record.outcome is Outcome.APPLIED and (record.before or record.after)
        if changed and record.code != _MADE_ANEW:
            total[record.code] += 1
    return tuple(sorted(total.items()))


def _facts(meta: Meta, spoken: Language) -> tuple[tuple[str, str], ...]:
    words = spoken.edition
    shown: Sequence[tuple[str, str]] = (
        (words["published_by"], meta.publisher),
        (words["originally_published_by"], meta.original_publisher),
        (words["region"], meta.region),
        (words["theme"], meta.theme),
        (words["updated"], written_date(meta.updated, spoken)),
    )
    return tuple((label, value) for label, value in shown if value)


def _credits(meta: Meta, spoken: Language) -> tuple[str, ...]:
    """Where the text comes from and whose it is, as the colophon states it."""
    words = spoken.edition
    published = ", ".join(part for part in (meta.publisher, written_date(meta.date, spoken)) if part)
    shown: Sequence[tuple[str, str]] = (
        (words["source"], published),
        (words["originally_published_by"], meta.original_publisher),
        (words["address"], meta.url),
        (words["rights"], meta.rights),
    )
    return tuple(f"{label}: {value}" for label, value in shown if value)


def written_date(iso: str, spoken: Language) -> str:
    """An ISO date as the language writes dates; anything else as it is."""
    if not _ISO_DATE.match(iso):
        return iso
    year, month, day = (int(part) for part in iso[:10].split("-"))
    name = next(name for name, number in spoken.months.items() if number == month)
    return spoken.edition["date_format"].format(day=day, month=name.capitalize(), year=year)


_ISO_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d{2}")
