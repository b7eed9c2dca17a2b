"""The command's side: starts the typesetter, gives it pages, takes files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from convert.errors import ExportError
from convert.typesetting.messages import Kind, Message, read, write

if TYPE_CHECKING:
    from convert.images import Picture

SYSTEM_PACKAGES = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What the system must give WeasyPrint, on Debian and Ubuntu."""

_WITHOUT_PDF = "Leave out the PDF with --to epub,md."


@contextmanager
def typesetter_for(formats: Collection[str], warm: Typesetter | None = None) -> Iterator[Typesetter | None]:
    """A typesetter where a PDF is asked for: the one that is loading already, or a new one."""
    if "pdf" not in formats:
        yield None
    elif warm is not None:
        yield warm
    else:
        with Typesetter() as typesetter:
            yield typesetter


class Typesetter:
    """The process that makes PDF files of pages. Use it as a context; it starts loading at once."""

    def __init__(self) -> None:
        # A fixed time, so that the same source makes the same bytes: fonts are stamped with it.
        # A folder of its own for what WeasyPrint leaves behind when its process is ended.
        self._folder = TemporaryDirectory(prefix="clearcopy-")
        environment = {"SOURCE_DATE_EPOCH": "0", **os.environ, "TMPDIR": self._folder.name}
        here = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (here, environment.get("PYTHONPATH"))))
        process = subprocess.Popen(
            [sys.executable, "-m", "convert.typesetting.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._pages, self._files = process, process.stdin, process.stdout

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        with suppress(BrokenPipeError):
            self._pages.close()
        self._process.wait()
        self._files.close()
        self._folder.cleanup()

    def send(self, page: str, pictures: Iterable[Picture] = ()) -> None:
        """Gives a page of HTML to be laid out, and its pictures."""
        try:
            for picture in pictures:
                write(self._pages, Message(Kind.PICTURE, f"{picture.name}\n".encode() + picture.pixels.data))
            write(self._pages, Message(Kind.PAGE, page.encode("utf-8", errors="replace")))
        except BrokenPipeError as error:
            raise _ended() from error

    def receive(self) -> tuple[bytes, tuple[str, ...]]:
        """The PDF of the page that was sent, and warnings. Waits for it. Raises ExportError where none was made."""
        warnings: list[str] = []
        while message := read(self._files):
            match message.kind:
                case Kind.WARNING:
                    warnings.append(message.body.decode())
                case Kind.ERROR:
                    raise _failed(message.body.decode())
                case _:
                    return message.body, tuple(warnings)
        raise _ended()


def _ended() -> ExportError:
    return ExportError("The typesetter ended before the PDF was made", hint=f"Run the command again. {_WITHOUT_PDF}")


def _failed(reason: str) -> ExportError:
    if "cannot load library" in reason:
        return ExportError(
            "The PDF needs the library Pango, which this system lacks",
            hint=f"On Debian or Ubuntu: {SYSTEM_PACKAGES}",
        )
    return ExportError(f"The PDF could not be made ({reason})", hint=_WITHOUT_PDF)
