"""The loss gate: an edition that does not hold the document's words is refused, and the reason names the place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SAMPLE

from convert import VerifyError, clean, publish, read
from convert.edition import Edition, edition_of
from convert.exporters import EXPORTERS, Look
from convert.exporters.verify import verify
from convert.model import Blocks, Paragraph, Text

KINDS = sorted(EXPORTERS)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(clean(read(SAMPLE)), "sample")


@pytest.fixture(scope="module")
def written(edition: Edition) -> dict[str, bytes]:
    return {kind: write(edition, Look()) for kind, write in EXPORTERS.items()}


def with_blocks(edition: Edition, number: int, blocks: Blocks) -> Edition:
    """The edition with other blocks in one of its highlights: what the file should have held."""
    highlights = list(edition.article.highlights)
    highlights[number] = replace(highlights[number], blocks=blocks)
    return replace(edition, article=replace(edition.article, highlights=tuple(highlights)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_edition_passes(edition: Edition, written: dict[str, bytes], kind: str) -> None:
    verify(edition, kind, written[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_paragraph_is_seen(edition: Edition, written: dict[str, bytes], kind: str) -> None:
    extra = Paragraph((Text("A sentence about herons that the exporter dropped."),))
    expected = with_blocks(edition, 7, (*edition.article.highlights[7].blocks, extra))
    with pytest.raises(VerifyError, match="asentenceaboutherons"):
        verify(expected, kind, written[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_word_is_seen(edition: Edition, written: dict[str, bytes], kind: str) -> None:
    first, *rest = edition.article.highlights[3].blocks
    assert isinstance(first, Paragraph)
    longer = replace(first, children=(Text("Indeed "), *first.children))
    with pytest.raises(VerifyError):
        verify(with_blocks(edition, 3, (longer, *rest)), kind, written[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_moved_highlight_is_seen(edition: Edition, written: dict[str, bytes], kind: str) -> None:
    first, second, *rest = edition.article.highlights
    swapped = replace(edition, article=replace(edition.article, highlights=(second, first, *rest)))
    with pytest.raises(VerifyError):
        verify(swapped, kind, written[kind])


def test_a_refused_edition_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(edition: Edition, look: Look) -> bytes:
        shorter = replace(edition, article=replace(edition.article, highlights=edition.article.highlights[1:]))
        return EXPORTERS["md"](shorter, look)

    monkeypatch.setattr("convert.publishing.EXPORTERS", {**EXPORTERS, "epub": EXPORTERS["epub"], "md": losing})
    (published,) = publish([SAMPLE], tmp_path, formats=("epub", "md"))
    assert [error.exit_code for error in published.errors] == [4]
    assert (tmp_path / "harbour-address.epub").exists()
    assert not (tmp_path / "harbour-address.md").exists()
    assert not list(tmp_path.glob(".*"))
