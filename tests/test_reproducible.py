"""The same source makes the same bytes, wherever and whenever it is published."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import SAMPLE

KINDS = ("pdf", "epub", "md", "ledger.jsonl")


def publish(source: Path, folder: Path, seed: str, *options: str) -> Path:
    """Publishes in a process of its own, from the folder as the working folder; the editions' folder."""
    folder.mkdir()
    command = [sys.executable, "-m", "convert", "publish", str(source), "-o", "out", *options]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=120)
    return folder / "out"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    return publish(SAMPLE, folder / "one", "1"), publish(SAMPLE, folder / "another place", "4242")


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_give_the_same_bytes(runs: tuple[Path, Path], kind: str) -> None:
    one, other = (run / f"harbour-address.{kind}" for run in runs)
    assert one.read_bytes() == other.read_bytes()


def test_times_in_the_epub_are_fixed(runs: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(runs[0] / "harbour-address.epub") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_markdown_edition_published_again_is_the_same(runs: tuple[Path, Path], tmp_path: Path) -> None:
    first = runs[0] / "harbour-address.md"
    second = publish(first, tmp_path / "again", "7", "--to", "md") / "harbour-address.md"
    assert second.read_text("utf-8") == first.read_text("utf-8")


WEIGHED = """
from convert.content.lexicon import Lexicon
from convert.model import Container
words = "share tweet email print save read more news about press".split()
weights = {word: 0.1 * number - 0.37 for number, word in enumerate(words)}
lexicon = Lexicon(weights, weights, {})
print(repr(lexicon.of_words(words)), repr(lexicon.of_names(Container("div", tuple(words)))))
"""


def test_evidence_is_the_same_in_every_run() -> None:
    """Sets have another order in each run, and sums of fractions depend on theirs."""
    runs = {
        subprocess.run(
            [sys.executable, "-c", WEIGHED],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(8)
    }
    assert len(runs) == 1
