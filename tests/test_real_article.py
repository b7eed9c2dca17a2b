"""A real article with hand-checked truth, where it is there: the editions against an independent scorer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from convert import publish

FLOOR = 98.0
"""Of 100; a hand-cleaned text through stock exporters has 95 to 98."""


@pytest.fixture(scope="module")
def scores(real_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    article = real_articles / "seed" / "article.md"
    scorer = real_articles.parent / "tools" / "score_seed.py"
    if not article.exists() or not scorer.exists():
        pytest.skip("no real article with a scorer")
    if not shutil.which("pdftotext"):
        pytest.skip("the scorer needs pdftotext (poppler-utils)")
    folder = tmp_path_factory.mktemp("real")
    (published,) = publish([article], folder)
    assert published.errors == ()
    files = [str(folder / f"article.{kind}") for kind in ("pdf", "epub", "md")]
    scored = subprocess.run([sys.executable, str(scorer), "--json", *files], capture_output=True, text=True, check=True)
    return {str(row["file"]).rpartition(".")[2]: row for row in json.loads(scored.stdout)}


@pytest.mark.parametrize("kind", ["pdf", "epub", "md"])
def test_real_article_scores(scores: dict[str, dict[str, object]], kind: str) -> None:
    total = scores[kind]["total"]
    assert isinstance(total, float)
    assert total >= FLOOR
