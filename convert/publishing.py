"""From a source to its editions: read, clean, write, read back, put in place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from convert.config import Config
from convert.edit import Verdict
from convert.edition import Edition, edition_of
from convert.engine import Cleaned, clean
from convert.errors import ClearcopyError, ConfigError, UsageError
from convert.exporters import EXPORTERS, Look
from convert.exporters.markdown import picture_folder
from convert.exporters.pdf import pdf_page
from convert.exporters.verify import verify
from convert.images import Lookup, among, beside, illustrated
from convert.ledger import ledger_lines
from convert.place import (
    made_before,
    make_folder,
    put,
    refuse_foreign,
    refuse_foreign_ledger,
    sha256,
    still_there,
)
from convert.reading import Reach, Scrape, read_source
from convert.rules import RULES
from convert.sites.folder import sites_in
from convert.sites.rule import Sites
from convert.sources import Source
from convert.themes import check_theme, letters_without_font
from convert.typesetting.client import Typesetter
from convert.walk import plain
from convert.web.fetch import Fetched
from convert.web.saved import SUFFIX, refuse_foreign_copy, write_copy

FORMATS = tuple(EXPORTERS)
Tell = Callable[[str], None]
"""Is told what is being done, in a few words, for a progress line."""


_LOOK, _CONFIG, _REACH = Look(), Config(), Reach()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, and where."""

    folder: Path
    formats: tuple[str, ...] = FORMATS
    look: Look = _LOOK
    config: Config = _CONFIG
    input_format: str | None = None
    replace_foreign: bool = False  # put editions over files that Clearcopy did not make
    reach: Reach = _REACH
    url: str = ""  # the address of the page, for a source that is a file
    fetch_image: Callable[[str], bytes] | None = None  # by its address; without it, no image is fetched


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one source. `errors` are those of single editions; the others are in place."""

    source: Source
    edition: Edition | None
    cleaned: Cleaned | None
    files: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()
    errors: tuple[ClearcopyError, ...] = ()


def silent(_what: str) -> None:
    """Tells nobody."""


def publish_all(
    sources: Sequence[Source], order: Order, typesetter: Typesetter | None, tell: Tell = silent
) -> Iterator[Published]:
    """Publishes each source in turn. A source that cannot be read ends with its error, not the run.

    `typesetter` makes the PDF, if one is ordered. Raises UsageError for a format and ConfigError for a theme that
    there is not, and for a folder of site rules that cannot be read.
    """
    unknown = [name for name in order.formats if name not in EXPORTERS]
    if unknown or not order.formats:
        raise UsageError(f'"{", ".join(unknown)}" is not an edition', hint=f"Editions: {', '.join(EXPORTERS)}.")
    check_theme(order.look.theme)
    sites = sites_in(order.config.site_rules)
    for source in sources:
        try:
            yield _publish(source, order, typesetter, tell, sites)
        except ClearcopyError as error:
            yield Published(source, None, None, errors=(error,))


def _publish(source: Source, order: Order, typesetter: Typesetter | None, tell: Tell, sites: Sites | None) -> Published:
    places = _Places.of(source, order)
    made = made_before(places.ledger)
    _refuse_what_is_in_the_way(source, order, places, made)
    scrape = read_source(source, order.input_format, order.url, order.reach, tell, sites)
    tell(f"cleaning {source.name}")
    cleaned = _cleaned(source, scrape, order.config, order.folder)
    tell(f"looking for the images of {source.name}")
    at_hand = (among(cleaned.document.files), *_at_hand(source, scrape))
    made_ready = illustrated(edition_of(cleaned, source.slug), at_hand, order.fetch_image)
    edition = made_ready.edition
    index = tuple(_keep_copy(scrape, places, made_ready.fetched))
    pictures = _picture_files(edition, order)
    if not order.replace_foreign:
        for name in pictures:
            refuse_foreign(order.folder / name, made, name)
    if typesetter is not None:
        typesetter.send(pdf_page(edition, order.look.theme, order.look.css), edition.pictures.values())
    written, warnings, errors = _write_all(edition, order, typesetter, tell)
    warnings += tuple(f"{source.name}: {warning}" for warning in made_ready.warnings)
    if "pdf" in order.formats and (letters := letters_without_font(plain(cleaned.document))):
        warnings += (
            f"{source.name}: no font of the install has {letters}: the PDF needs a font of the system for them",
        )
    warnings += tuple(f"{source.name}: the decision on {name} meets no edit" for name in cleaned.unused_decisions)
    beside_markdown = pictures if "md" in written else {}
    contents = {**{places.editions[kind].name: content for kind, content in written.items()}, **beside_markdown}
    files = _put_all(contents, order.folder)
    digests = {name: sha256(content) for name, content in contents.items()}
    put(places.ledger, ledger_lines(cleaned, sha256(scrape.data), still_there(order.folder, {**made, **digests})))
    return Published(source, edition, cleaned, (*files, places.ledger, *index), warnings, errors)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where what is made of a source goes."""

    editions: Mapping[str, Path]  # by their formats
    ledger: Path
    copy: Path  # the folder of the saved copy, of an article on the web
    is_copy_new: bool  # whether it is to be fetched

    @classmethod
    def of(cls, source: Source, order: Order) -> _Places:
        return cls(
            {kind: order.folder / f"{source.slug}.{kind}" for kind in order.formats},
            order.folder / f"{source.slug}.ledger.jsonl",
            source.path or order.folder / f"{source.slug}{SUFFIX}",
            bool(source.address) and source.path is None,
        )


def _refuse_what_is_in_the_way(source: Source, order: Order, places: _Places, made: Mapping[str, str]) -> None:
    """Raises UsageError where a file would be replaced that is the source, or that Clearcopy did not make."""
    for path in (*places.editions.values(), places.ledger):
        if source.path is not None and path.exists() and path.samefile(source.path):
            raise UsageError(
                "The edition would replace its own source", where=str(path), hint="Choose another folder with -o."
            )
    if not order.replace_foreign:
        for path in places.editions.values():
            refuse_foreign(path, made)
        refuse_foreign_ledger(places.ledger)
        if places.is_copy_new:
            refuse_foreign_copy(places.copy, source.address)


def _keep_copy(scrape: Scrape, places: _Places, images: Mapping[str, bytes]) -> Iterator[Path]:
    """Writes the saved copy of what was fetched, with its images; gives its index."""
    if scrape.copy and (places.is_copy_new or images):
        for address, content in images.items():
            scrape.copy.add(Fetched(address, address, content, guess_type(urlsplit(address).path)[0] or ""))
        yield write_copy(scrape.copy, places.copy)


def _put_all(contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Puts files in place, by their names from the folder, and gives their paths."""
    files = [folder / name for name in contents]
    for parent in dict.fromkeys((folder, *(file.parent for file in files))):
        make_folder(parent)
    for file, content in zip(files, contents.values(), strict=True):
        put(file, content)
    return files


def _at_hand(source: Source, scrape: Scrape) -> Iterator[Lookup]:
    """Where the images of a source are that come with it: in its saved copy, or in the folder of the file."""
    copy = scrape.copy
    if copy is not None:
        yield lambda address: found.content if (found := copy.get(address)) else None
    elif source.path is not None:
        yield beside(source.path)


def _picture_files(edition: Edition, order: Order) -> dict[str, bytes]:
    """The files that lie beside a Markdown edition, by their names from its folder."""
    if "md" not in order.formats:
        return {}
    return {
        f"{picture_folder(edition.slug)}/{picture.name}": picture.pixels.data for picture in edition.pictures.values()
    }


def _write_all(
    edition: Edition, order: Order, typesetter: Typesetter | None, tell: Tell
) -> tuple[dict[str, bytes], tuple[str, ...], tuple[ClearcopyError, ...]]:
    """The editions that hold what they must, warnings, and the errors of those that do not."""
    written: dict[str, bytes] = {}
    warnings: tuple[str, ...] = ()
    errors: list[ClearcopyError] = []
    for kind in sorted(order.formats, key="pdf".__eq__):  # the PDF last: it is being laid out meanwhile
        tell(f"writing {edition.slug}.{kind}")
        try:
            if kind == "pdf" and typesetter is not None:
                content, warnings = typesetter.receive()
            else:
                content = EXPORTERS[kind](edition, order.look)
            verify(edition, kind, content)
        except ClearcopyError as error:
            errors.append(error)
        else:
            written[kind] = content
    return {kind: written[kind] for kind in order.formats if kind in written}, warnings, tuple(errors)


def clean_source(
    source: Source, config: Config, input_format: str | None = None, url: str = "", reach: Reach = _REACH
) -> Cleaned:
    """Reads and cleans a source, with a person's decisions. Raises InputError and ConfigError.

    `url` is the address of the page, where the source is a file and it is known.
    """
    scrape = read_source(source, input_format, url, reach, sites=sites_in(config.site_rules))
    return _cleaned(source, scrape, config)


def _cleaned(source: Source, scrape: Scrape, config: Config, folder: Path | None = None) -> Cleaned:
    return clean(scrape.document, RULES, config, read_decisions(source, folder))


# -- decisions -------------------------------------------------------------------------------------------------


def decisions_path(source: Source, folder: Path | None = None) -> Path | None:
    """Where a person's answers to the edits of a source stand, in TOML: beside it; for an address, beside the saved
    copy in `folder`."""
    if source.path:
        stem = source.slug if source.item else source.path.stem
        return source.path.with_name(f"{stem}.decisions.toml")
    return folder / f"{source.slug}.decisions.toml" if source.address and folder else None


def read_decisions(source: Source, folder: Path | None = None) -> Mapping[str, Verdict]:
    """The answers by the ids of the ledger. Raises ConfigError where the file is not right.

    The file has lines such as `1f0c2d3e4a = "decline"` (put back) or `= "apply"` (do it all the same).
    """
    path = decisions_path(source, folder)
    if path is None or not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Verdict(value) for name, value in values.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise ConfigError(
            f"The decisions cannot be read ({error})",
            where=str(path),
            hint='Lines are: id = "apply" or id = "decline".',
        ) from error
