"""Articles out of web pages: ours beside the peers, in one run on a corpus of pages with hand-checked truth.

    pip install -r benchmarks/requirements-extraction.txt
    npm install --prefix benchmarks --no-package-lock
    python benchmarks/extraction.py pages.jsonl.xz --folds MODELS [--json FILE]

Each tool runs in one process of its own, on one thread where it is ours to choose, with its default settings. Pages go
out in small chunks and the tools take turns at each chunk, so that a busy machine is as slow for all of them. The clock
runs in the calls of the extractor only, from HTML as a string to its text (or HTML, where that is what it gives) and
metadata. The first page is a warm-up of our own that is not counted. A tool that is not installed is named and left
out. A date that a tool gives as the page writes it ("Feb 08, 2022") is read as the day it is.

Ours is never measured on pages that it has learned from. With --folds, each page is extracted with the model that was
learned without the pages of its site: MODELS has the files fold-0.*, fold-1.*, and so on, where a model's number is
that of the pages left out, as corpus.fold_of counts. --unseen says that the pages are none of those learned from; then
ours is what is shipped.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from corpus import Page, fold_of, load_pages, phrase_share, same_field, word_score

from convert.errors import ClearcopyError, InputError, UsageError

HERE = Path(__file__).parent
CORPUS_VARIABLE = "CLEARCOPY_CORPUS"
PYTHON_TOOLS = {
    "clearcopy": "clearcopy",
    "trafilatura": "trafilatura",
    "trafilatura-fast": "trafilatura, fast",
    "readability-lxml": "readability-lxml",
    "newspaper4k": "newspaper4k",
    "resiliparse": "Resiliparse",
}
NODE_TOOLS = {
    "readability": "Mozilla Readability, jsdom",
    "readability-linkedom": "Mozilla Readability, linkedom",
    "defuddle": "Defuddle, linkedom",
}
LABELS = PYTHON_TOOLS | NODE_TOOLS
OURS, BASE = "clearcopy", "trafilatura"
METADATA = {
    "readability-lxml": ("title", "author"),
    "resiliparse": ("title",),
}
"""The fields that a tool offers, where it does not offer all."""
FIELDS = ("title", "author", "date")
QUALITIES = ("f1", "precision", "recall", "present", "absent", *FIELDS)

_BLOCK_TAGS = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td
    tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})


_DATES = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%a, %m/%d/%Y - %H:%M")


class _Text(HTMLParser):
    """The text of the HTML that a tool gives, blocks apart; a text without them would glue words together."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._hidden += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSEEN and self._hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


def iso_date(date: str) -> str:
    """A date in ISO's form, if it is written in a form that has one meaning; as it came, otherwise."""
    for form in _DATES:
        try:
            return datetime.datetime.strptime(date.strip(), form).date().isoformat()
        except ValueError:
            continue
    return date.strip()


@dataclass(frozen=True, slots=True)
class Score:
    """One page of one tool; a value is None where the truth or the tool does not offer it."""

    f1: float
    precision: float
    recall: float
    present: float | None
    absent: float | None  # the share of boilerplate left out
    title: bool | None
    author: bool | None
    date: bool | None


@dataclass(frozen=True, slots=True)
class Prediction:
    id: str
    text: str
    title: str
    author: str
    date: str


def prediction(page: Page, article: Mapping[str, str | None]) -> Prediction:
    html = article.get("html")
    text = text_of(html) if html else article.get("text") or ""
    title, author, date = (article.get(name) or "" for name in FIELDS)
    return Prediction(page.id, text, title, author, iso_date(date))


def score(page: Page, got: Prediction, offered: Sequence[str] = FIELDS) -> Score:
    words = word_score(got.text, page.text)
    left_in = phrase_share(got.text, page.absent)
    return Score(
        words.f1,
        words.precision,
        words.recall,
        phrase_share(got.text, page.present),
        None if left_in is None else 1 - left_in,
        same_field("title", got.title, page.title) if "title" in offered else None,
        same_field("author", got.author, page.author) if "author" in offered else None,
        same_field("date", got.date, page.date) if "date" in offered else None,
    )


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


@dataclass(slots=True)
class Tool:
    """One extractor: its process, and what it made so far."""

    name: str
    process: subprocess.Popen[str] | None = None
    version: str = ""
    missing: str = ""  # why it is not measured
    scores: list[Score] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0  # MiB

    def read(self) -> dict[str, Any]:
        assert self.process
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            return {"missing": f"its process ended with exit code {self.process.wait()}"}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def ask(self, pages: Sequence[Page], model: Path | None) -> dict[str, Any]:
        request = {
            "pages": [{"url": page.url, "html": page.html} for page in pages],
            "model": str(model) if model else None,
        }
        assert self.process
        with contextlib.suppress(BrokenPipeError):  # what is read next says so
            print(json.dumps(request), file=self.process.stdin, flush=True)
        return self.read()

    def take(self, pages: Sequence[Page], replies: Sequence[Mapping[str, Any]]) -> None:
        """Adds what the rounds over a chunk gave: the articles of the first, the median of the times."""
        gone = next((reply["missing"] for reply in replies if "missing" in reply), "")
        if gone:
            self.missing = f"{gone}, among the pages {pages[0].id} to {pages[-1].id}"
            return
        self.seconds += statistics.median(reply["seconds"] for reply in replies)
        self.cpu += statistics.median(reply["cpu"] for reply in replies)
        self.peak = max(self.peak, *(reply["peak"] for reply in replies))
        for page, article in zip(pages, replies[0]["articles"], strict=True):
            if "error" in article:
                self.faults.append(f"{page.id}: {article['error']}")
            got = prediction(page, article)
            self.predictions.append(got)
            self.scores.append(score(page, got, METADATA.get(self.name, FIELDS)))

    def quality(self, name: str) -> float | None:
        return mean(getattr(row, name) for row in self.scores)

    def stop(self) -> None:
        if self.process and self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait()


def start(name: str, peers: str) -> Tool:
    if name in NODE_TOOLS:
        command = ["node", str(HERE / "extractors.mjs"), name]
    else:
        command = [sys.executable if name == OURS else peers, str(HERE / "extractors.py"), name]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=os.environ | one_thread,
        )
    except OSError as error:
        return Tool(name, missing=f"{command[0]}: {error.strerror}")
    tool = Tool(name, process)
    hello = tool.read()
    tool.version, tool.missing = hello.get("version", ""), hello.get("missing", "")
    return tool


def models_in(folder: Path) -> dict[int, Path]:
    """The model of each fold. Raises InputError where they are not numbered from 0, one each."""
    found = sorted(folder.glob("fold-*.*"))
    numbers = [path.name.partition(".")[0].removeprefix("fold-") for path in found]
    models = {int(number): path for number, path in zip(numbers, found, strict=True) if number.isdecimal()}
    if len(found) < 2 or set(models) != set(range(len(found))):
        raise InputError(
            "the folder has no model for each fold", where=str(folder), hint="It needs fold-0.*, fold-1.* and so on."
        )
    return models


def chunks_of(pages: Sequence[Page], models: Mapping[int, Path], size: int) -> Iterator[tuple[list[Page], Path | None]]:
    """The pages in small lots, each of one fold, with the model that was learned without them."""
    parts: dict[int, list[Page]] = {}
    for page in pages:
        parts.setdefault(fold_of(page.url, len(models)) if models else 0, []).append(page)
    for fold, part in sorted(parts.items()):
        for first in range(0, len(part), size):
            yield part[first : first + size], models.get(fold)


def measure(tools: Sequence[Tool], chunks: Iterable[tuple[list[Page], Path | None]], rounds: int) -> None:
    for number, (pages, model) in enumerate(chunks):
        running = [tool for tool in tools if not tool.missing]
        turn = number % max(1, len(running))
        order = running[turn:] + running[:turn]
        replies: dict[str, list[dict[str, Any]]] = {tool.name: [] for tool in order}
        for _ in range(rounds):
            for tool in order:
                replies[tool.name].append(tool.ask(pages, model if tool.name == OURS else None))
        for tool in order:
            tool.take(pages, replies[tool.name])


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def row(tool: Tool, base: Tool | None) -> str:
    pages = len(tool.scores)
    speed = f"{base.cpu / len(base.scores) / (tool.cpu / pages):.2f}" if base else "–"
    cells = [LABELS[tool.name], *(percent(tool.quality(name)) for name in QUALITIES)]
    cells += [f"{pages / tool.seconds:.1f}", f"{1000 * tool.cpu / pages:.1f}", speed, f"{tool.peak:.0f}"]
    return f"| {' | '.join(cells)} |"


def table(tools: Sequence[Tool]) -> str:
    base = next((tool for tool in tools if tool.name == BASE), None)
    heads = ["", "word F1", "precision", "recall", "present", "absent left out", "title", "author", "date"]
    heads += ["pages a second", "CPU ms a page", "times as fast as trafilatura", "peak MiB"]
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join(lines + [row(tool, base) for tool in tools])


def figures(tool: Tool) -> dict[str, object]:
    return {
        "version": tool.version,
        "pages": len(tool.scores),
        **{name: tool.quality(name) for name in QUALITIES},
        "seconds": tool.seconds,
        "cpu": tool.cpu,
        "peak_mib": tool.peak,
        "faults": tool.faults,
    }


def arguments_of(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = os.environ.get(CORPUS_VARIABLE)
    default = Path(folder, "articles", "pages.jsonl.xz") if folder else None
    parser.add_argument(
        "pages", nargs="?", type=Path, default=default, help=f"else articles/pages.jsonl.xz in ${CORPUS_VARIABLE}"
    )
    parser.add_argument("--only", nargs="+", choices=LABELS, default=list(LABELS), metavar="TOOL")
    parser.add_argument("--limit", type=int, help="only the first so many pages")
    parser.add_argument("--chunk", type=int, default=8, help="pages that a tool takes in a turn (8)")
    parser.add_argument("--rounds", type=int, default=1, help="turns at each chunk; the median time counts (1)")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the peers, if not this one")
    ours = parser.add_mutually_exclusive_group()
    ours.add_argument("--folds", type=Path, help="folder with a model for each fold")
    ours.add_argument("--unseen", action="store_true", help="the shipped model has not learned from these pages")
    parser.add_argument("--json", type=Path, help="writes the figures here too")
    parser.add_argument("--predictions", type=Path, help="writes what each tool made into this folder")
    return parser.parse_args(argv)


def run(arguments: argparse.Namespace) -> None:
    if arguments.pages is None:
        raise UsageError("no corpus is named", hint=f"Name a pages.jsonl.xz, or its folder in {CORPUS_VARIABLE}.")
    if min(arguments.chunk, arguments.rounds, arguments.limit or 1) < 1:
        raise UsageError("--limit, --chunk and --rounds are 1 or more")
    models = models_in(arguments.folds) if arguments.folds else {}
    names = [name for name in LABELS if name in arguments.only]
    tools = [start(name, arguments.python) for name in names]  # before the pages: a child's peak begins at its parent's
    for tool in tools:
        if tool.name == OURS and not (tool.missing or models or arguments.unseen):
            tool.missing = "it may have learned from these pages; name --folds, or --unseen if it has not"
    pages = load_pages(arguments.pages)[: arguments.limit]
    if not pages:
        raise InputError("the corpus has no pages", where=str(arguments.pages))
    measure(tools, chunks_of(pages, models, arguments.chunk), arguments.rounds)
    for tool in tools:
        tool.stop()
    done = [tool for tool in tools if not tool.missing]
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {platform.machine()}, ", end="")
    print(f"{len(pages)} pages, {arguments.rounds} round(s)\n")
    for tool in done:
        print(f"- {LABELS[tool.name]}: {tool.version}")
    if models:
        print(f"\nOurs has {len(models)} models: each page is extracted with the one learned without its site.")
    if done:
        print("\nAll but the last four columns are per cent of what is right.\n")
        print(table(done))
    for tool in tools:
        if tool.missing:
            print(f"\nNot measured: {LABELS[tool.name]} ({tool.missing})")
        if tool.faults:
            print(f"\n{LABELS[tool.name]} failed on {len(tool.faults)} page(s), counted as empty: {tool.faults[0]}")
    if arguments.json:
        result = {
            "date": str(datetime.date.today()),
            "python": platform.python_version(),
            "pages": len(pages),
            "folds": len(models),
            "tools": {tool.name: figures(tool) for tool in done},
            "missing": {tool.name: tool.missing for tool in tools if tool.missing},
        }
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    if arguments.predictions:
        arguments.predictions.mkdir(parents=True, exist_ok=True)
        for tool in done:
            lines = "".join(json.dumps(asdict(got)) + "\n" for got in tool.predictions)
            (arguments.predictions / f"{tool.name}.jsonl").write_text(lines, encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    try:
        run(arguments_of(argv))
    except ClearcopyError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
