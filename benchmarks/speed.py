"""Time and memory of `clearcopy publish` beside the bare chain of the same engines, in one run.

    python benchmarks/speed.py [ARTICLE.md] [--runs 7]

The bare chain is what one would type without Clearcopy: pandoc to Markdown, pandoc to EPUB, pandoc to HTML and
WeasyPrint to PDF, as plain commands, with no cleaning, no fonts, no tags, no contents and no check. Runs alternate,
cold each time (a new process each), and the table shows medians, with the ratio of the medians.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "source" / "harbour-address.md"


@dataclass(frozen=True, slots=True)
class Figures:
    seconds: float  # wall clock, start of the first command to the end of the last
    cpu: float  # seconds of processor time, all processes
    memory: float  # MiB, of the largest process


def run(commands: Sequence[Sequence[str]]) -> Figures:
    """Runs commands one after the other, measured by a process of their own."""
    script = (
        "import subprocess, sys, json\n"
        "for command in json.loads(sys.argv[1]): subprocess.run(command, check=True, capture_output=True)\n"
    )
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-S", "-c", script, json.dumps(commands)])
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"a command failed: {commands}")
    return Figures(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def bare_chain(article: Path, folder: Path) -> list[list[str]]:
    import pypandoc

    pandoc = pypandoc.get_pandoc_path()
    weasyprint = shutil.which("weasyprint", path=str(Path(sys.executable).parent)) or "weasyprint"
    title = ["--metadata", "title=Article"]
    page = str(folder / "bare.html")
    return [
        [pandoc, "-f", "gfm", "-t", "gfm", str(article), "-o", str(folder / "bare.md")],
        [pandoc, "-f", "gfm", str(article), "-o", str(folder / "bare.epub"), *title],
        [pandoc, "-f", "gfm", "-s", str(article), "-o", page, *title],
        [weasyprint, "-q", page, str(folder / "bare.pdf")],
    ]


def clearcopy(article: Path, folder: Path) -> list[list[str]]:
    return [[sys.executable, "-m", "convert", "publish", str(article), "-o", str(folder), "-q", "--force"]]


def parts(article: Path) -> list[tuple[str, float]]:
    """Milliseconds of each step in one process, libraries loaded; the layout is WeasyPrint's own."""
    from convert.config import Config
    from convert.edition import edition_of
    from convert.engine import clean
    from convert.exporters import EXPORTERS, Look
    from convert.exporters.verify import verify
    from convert.readers import read_bytes
    from convert.rules import RULES

    data = article.read_bytes()
    for _ in range(2):  # the first round loads what is loaded late
        clock = _Clock()
        document = read_bytes(data, article.name)
        clock.lap("read")
        cleaned = clean(document, RULES, Config())
        clock.lap("clean")
        edition = edition_of(cleaned, "article")
        clock.lap("edition")
        for kind, write in EXPORTERS.items():
            made = write(edition, Look())
            clock.lap(f"write {kind}")
            verify(edition, kind, made)
            clock.lap(f"check {kind}")
    return clock.laps


class _Clock:
    """Takes the time between laps."""

    def __init__(self) -> None:
        self.laps: list[tuple[str, float]] = []
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps.append((name, 1000 * (now - self._last)))
        self._last = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    article = arguments.article.resolve()
    figures: dict[str, list[Figures]] = {"clearcopy publish": [], "bare chain": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(arguments.runs):
            figures["clearcopy publish"].append(run(clearcopy(article, folder)))
            figures["bare chain"].append(run(bare_chain(article, folder)))
    names = ("clearcopy", "weasyprint", "ebooklib", "pypandoc_binary")
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {platform.machine()}, ", end="")
    print(", ".join(f"{package} {version(package)}" for package in names))
    print(f"{article.name}, {arguments.runs} runs, medians\n")
    print("|  | seconds | CPU seconds | MiB, largest process |\n| --- | --- | --- | --- |")
    medians = {name: summary(rows) for name, rows in figures.items()}
    for label, median in medians.items():
        print(f"| {label} | {median.seconds:.2f} | {median.cpu:.2f} | {median.memory:.0f} |")
    ours, bare = medians["clearcopy publish"], medians["bare chain"]
    print(
        f"| ratio | {ours.seconds / bare.seconds:.2f} | {ours.cpu / bare.cpu:.2f} | {ours.memory / bare.memory:.2f} |"
    )
    print("\nParts of our time, loaded, in milliseconds (the PDF with a new typesetter: it loads WeasyPrint):\n")
    for label, milliseconds in parts(article):
        print(f"- {label}: {milliseconds:.0f}")


def summary(rows: Sequence[Figures]) -> Figures:
    return Figures(
        statistics.median(row.seconds for row in rows),
        statistics.median(row.cpu for row in rows),
        max(row.memory for row in rows),
    )


if __name__ == "__main__":
    main()
