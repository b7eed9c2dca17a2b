"""Reads what pandoc reads: DOCX, ODT, RTF, EPUB, LaTeX, reStructuredText, Org and MediaWiki.

pandoc runs in a process of its own that may open nothing but what it is given (`--sandbox`), within limits of time and
memory. Its document (pandoc-types 1.23, JSON) is made ours by `pandoc_tree.py`.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

from convert.errors import InputError
from convert.images import images_of
from convert.model import Document
from convert.readers import docx_parts, epub_parts, odt_parts
from convert.readers.decode import MAX_BYTES, decode
from convert.readers.given import Input
from convert.readers.latex_words import words_of_latex
from convert.readers.packages import check_package, form_of, media_of
from convert.readers.pandoc_tree import document_of
from convert.readers.rtf_letters import letters_as_utf8

Json: TypeAlias = Any

SECONDS = 60
"""A DOCX of 5,000 paragraphs, which is a long book, takes pandoc 4 seconds; what takes so much longer was made to."""

MEMORY = "1024m"
"""That book takes 320 MB."""

PANDOC_FORMATS: Mapping[str, str] = {
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "rtf": "rtf",
    "latex": "latex",
    "rst": "rst",
    "org": "org",
    "mediawiki": "mediawiki",
}
"""Our names of formats, and pandoc's. None has `smart` on but LaTeX, where ``these'' are the letters of quotes."""

_PACKAGES = frozenset({"docx", "odt", "epub"})


def read_docx(given: Input) -> Document:
    """The document of a DOCX file, its changes accepted. Raises InputError where it cannot be opened."""
    return _of_package(given, "docx", docx_parts.with_all_words)


def read_odt(given: Input) -> Document:
    """The document of an OpenDocument text. Raises InputError where it cannot be opened."""
    return _of_package(given, "odt", odt_parts.with_all_words)


def read_epub(given: Input) -> Document:
    """The document of an EPUB publication. Raises InputError where it cannot be opened."""
    return _of_package(given, "epub", epub_parts.with_all_words)


def read_rtf(given: Input) -> Document:
    """The document of an RTF file, its changes accepted. Raises InputError where it is none."""
    _refuse_size(given)
    form = form_of(given.data)
    if form is None or form.format != "rtf":
        raise InputError("The file is no RTF document", where=given.name, hint="Save it again, or as DOCX.")
    return _document(letters_as_utf8(given.data), "rtf", given.name)


def read_latex(given: Input) -> Document:
    """The document of a LaTeX file; files that it includes are not opened."""
    source = _LABELS.sub("", decode(given.data, given.name))
    read = _run(source.encode(), "latex", given.name)
    for _ in range(_ROUNDS):
        simpler = _without_commands(source, read.skipped)
        if simpler == source:
            break
        source = simpler
        try:
            read = _run(source.encode(), "latex", given.name)
        except InputError:  # without them it is no LaTeX any more
            read = _run(decode(given.data, given.name).encode(), "latex", given.name, "latex+raw_tex")
            break
    return _checked(document_of(read.tree, "latex", given.name))


_LABELS = re.compile(r"\\def\\labelenum[iv]+\{(?:[^{}]|\{[^{}]*\})*\}")
"""How the numbers of a list look; where that is said, pandoc 3.9 does not see with which number the list starts."""

_ROUNDS = 3
"""How often a LaTeX source is read again without what pandoc does not know: commands may lie in one another."""

_COMMAND = re.compile(r"\\([a-zA-Z@]+)\*?(?:\[[^\[\]]*\])*\{")
_ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]+)\}.*\\end\s*\{\1\}", re.DOTALL)


def _without_commands(source: str, skipped: Iterable[str]) -> str:
    """The source without the commands that pandoc skipped with words in them, and without their bounds where they are
    environments, so that the words are read."""
    words = [text for text in skipped if words_of_latex(text)]
    commands = {match[1] for text in words if (match := _COMMAND.match(text))} - {"begin", "end"}
    environments = {match[1] for text in words if (match := _ENVIRONMENT.match(text))}
    if commands:
        names = "|".join(map(re.escape, sorted(commands)))
        source = re.sub(rf"\\(?:{names})\*?(?![a-zA-Z@])(?:\[[^\[\]]*\])*(?=\{{)", "", source)
    if environments:
        names = "|".join(map(re.escape, sorted(environments)))
        source = re.sub(rf"\\(?:begin|end)\s*\{{(?:{names})\}}", "\n\n", source)
    return source


def read_rst(given: Input) -> Document:
    """The document of a reStructuredText; files that it includes are not opened."""
    return _document(_FILES.sub("", decode(given.data, given.name)).encode(), "rst", given.name)


_FILES = re.compile(r"^[ \t]*(?:\.\. include::|:(?:file|url):)[^\n]*$", re.MULTILINE)
"""Orders to open another file, over which pandoc would fail. They show no words."""


def read_org(given: Input) -> Document:
    """The document of an Org file; files that it includes are not opened."""
    return _of_text(given, "org")


def read_mediawiki(given: Input) -> Document:
    """The document of a text in MediaWiki's markup."""
    return _of_text(given, "mediawiki")


def _of_package(given: Input, format: str, with_all_words: Callable[[bytes], bytes]) -> Document:  # noqa: A002
    package = _package(given, format)
    try:
        package = with_all_words(package)
    except (ParseError, RecursionError) as error:
        raise InputError(
            f"The document is damaged ({error})", where=given.name, hint="Save or copy it again."
        ) from error
    return _with_images(_document(package, format, given.name), given.data)


def _package(given: Input, format: str) -> bytes:  # noqa: A002
    """The bytes of a document that is a zip archive of a format. Raises InputError where it is none or is damaged."""
    _refuse_size(given)
    if not given.data:
        raise InputError("The file is empty", where=given.name, hint="Save the article again.")
    form = form_of(given.data)
    if form is None or form.format != format:
        found = form.words if form else "something else"
        hint = (form.hint if form else "") or "Save or copy it again."
        raise InputError(f"The file is no {format.upper()} document but {found}", where=given.name, hint=hint)
    check_package(given.data, given.name)
    return given.data


def _with_images(document: Document, package: bytes) -> Document:
    addresses = dict.fromkeys(
        image.url for image in images_of((document.blocks, *(note.children for note in document.notes)))
    )
    return replace(document, files=media_of(package, addresses))


def _of_text(given: Input, format: str) -> Document:  # noqa: A002
    return _document(decode(given.data, given.name).encode(), format, given.name)


def _refuse_size(given: Input) -> None:
    if len(given.data) > MAX_BYTES:
        raise InputError(
            f"The file is {len(given.data) / 2**20:.0f} MiB large; {MAX_BYTES // 2**20} MiB is the most that is read",
            where=given.name,
            hint="Split it into articles.",
        )


def _document(data: bytes, format: str, name: str) -> Document:  # noqa: A002
    return _checked(document_of(_run(data, format, name).tree, format, name))


def _checked(document: Document) -> Document:
    if not document.blocks and not document.meta.title:
        raise InputError("The file holds no text", where=document.source, hint="Save the article again.")
    return document


@dataclass(frozen=True, slots=True)
class _Read:
    tree: Json  # pandoc's document
    skipped: tuple[str, ...]  # what pandoc says that it passed over


def _run(data: bytes, format: str, name: str, reader: str = "") -> _Read:  # noqa: A002
    """What pandoc makes of a source. Raises InputError where it does not read it within its limits."""
    import pypandoc  # only here: most sources need no pandoc

    options = ["--sandbox", f"--from={reader or PANDOC_FORMATS[format]}", "--to=json", "--log=log.json"]
    limits = ["+RTS", f"-M{MEMORY}", "-RTS"]
    try:
        with tempfile.TemporaryDirectory(prefix="clearcopy-") as folder:
            done = subprocess.run(
                [pypandoc.get_pandoc_path(), *options, *limits],
                input=data,
                capture_output=True,
                cwd=folder,
                timeout=SECONDS,
                check=False,
            )
            log = Path(folder, "log.json").read_bytes() if not done.returncode else b"[]"
    except subprocess.TimeoutExpired as error:
        raise _unreadable(f"reading took longer than {SECONDS} seconds", name) from error
    except OSError as error:
        raise InputError("pandoc, which reads this format, is missing", where=name, hint=_INSTALL) from error
    if done.returncode:
        raise _unreadable(_first_line(done.stderr.decode("utf-8", errors="replace")), name)
    try:
        return _Read(json.loads(done.stdout), tuple(_skipped(json.loads(log))))
    except RecursionError as error:
        raise _unreadable("its parts lie in one another too deep", name) from error


def _skipped(log: Json) -> Iterator[str]:
    yield from (entry["contents"] for entry in log if entry.get("type") == "SkippedContent")


_INSTALL = "Install the package pypandoc_binary."


def _unreadable(reason: str, name: str) -> InputError:
    return InputError(
        f"The file cannot be read ({reason})",
        where=name,
        hint="Open it in the program that wrote it and save it again.",
    )


def _first_line(said: str) -> str:
    """What pandoc says of a failure, in one line."""
    if "Heap exhausted" in said:
        return f"reading took more than {MEMORY.removesuffix('m')} MiB of memory"
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(("[WARNING]", "[INFO]"))]
    text = " ".join(lines[:2]).removeprefix("pandoc: ").rstrip(":. ")
    return text[:200] or "pandoc gives no reason"
