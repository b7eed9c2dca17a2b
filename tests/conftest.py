"""What the tests share. Fixtures that are folders are found by the tests; a new case needs no new test code."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SAMPLE = ROOT / "source" / "harbour-address.md"

CORPUS_VARIABLE = "CLEARCOPY_CORPUS"
"""Names the folder of real articles that are not part of the project; by default one beside the checkout."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what the folders of cases expect")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


def corpus() -> Path | None:
    """The folder of real articles, where there is one."""
    folder = Path(os.environ.get(CORPUS_VARIABLE, ROOT.parent / "shared" / "corpus"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def real_articles() -> Path:
    """The folder of real articles. A test that needs it is skipped, loudly, without it."""
    folder = corpus()
    if folder is None:
        warnings.warn(f"real articles are not here ({CORPUS_VARIABLE} names their folder)", stacklevel=1)
        pytest.skip("no real articles")
    return folder
