"""The measures of the extraction benchmark: hand-counted values, and a split that never moves."""

from __future__ import annotations

import json
import lzma
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import Page, fold_of, load_pages, phrase_share, same_field, site_of, word_f1, word_score
from extraction import chunks_of, iso_date, models_in, prediction, score, text_of

from convert.errors import InputError


def test_words_are_counted_as_bags_in_lower_case() -> None:
    score = word_score("The cat, the HAT", "the cat sat on the mat")
    assert (score.precision, score.recall) == (3 / 4, 3 / 6)
    assert score.f1 == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("got", "want", "f1"), [("", "", 1.0), ("a", "", 0.0), ("", "a", 0.0), ("a", "b", 0.0), ("B a", "a b", 1.0)]
)
def test_f1_of_nothing_and_of_all(got: str, want: str, f1: float) -> None:
    assert word_f1(got, want) == f1


def test_phrases_are_found_over_case_marks_and_breaks() -> None:
    text = "The “first” line\nends — here. ﬁne"
    assert phrase_share(text, ["the first line ends", "HERE, fine", "not there", "second"]) == 0.5
    assert phrase_share(text, []) is None


def test_a_field_is_right_wrong_or_unknown() -> None:
    assert same_field("title", "A Tide: Rising!", "a tide – rising") is True
    assert same_field("title", "A Tide Rising | The Paper", "A Tide Rising") is False
    assert same_field("title", "", "A Tide") is False
    assert same_field("title", "anything", "") is None


def test_an_author_may_stand_among_others() -> None:
    assert same_field("author", "Ann Lee, Bo Ek", "Ann Lee") is True
    assert same_field("author", "Ann", "Ann Lee") is False
    assert same_field("author", "", "Ann Lee") is False


def test_a_date_is_right_to_the_day() -> None:
    assert same_field("date", "2026-02-03T10:00:00Z", "2026-02-03") is True
    assert same_field("date", "2026-02", "2026-02-03") is False


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://blog.Example.com:8080/b", "example.com"),
        ("news.example.co.uk", "example.co.uk"),
        ("https://co.uk/", "co.uk"),
        ("https://bit.ly/x", "bit.ly"),
        ("", ""),
    ],
)
def test_site(url: str, site: str) -> None:
    assert site_of(url) == site


def test_folds_are_by_site_and_never_move() -> None:
    assert [fold_of(f"https://www.site{number}.example/page") for number in range(6)] == [4, 0, 4, 3, 2, 2]
    assert fold_of("https://a.example.org/1") == fold_of("example.org")
    assert {fold_of(f"site{number}.example", 3) for number in range(50)} == {0, 1, 2}


def page_file(folder: Path, *lines: str) -> Path:
    path = folder / "pages.jsonl.xz"
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def test_pages_are_loaded_in_order_and_what_is_null_is_empty(tmp_path: Path) -> None:
    row = {"id": "1", "url": None, "html": "<p>x", "text": "x", "author": None, "present": ["x"], "absent": []}
    first, second = load_pages(page_file(tmp_path, json.dumps(row), json.dumps(row | {"id": "2", "url": "u"})))
    assert (first.id, first.url, first.author, first.present, first.absent) == ("1", "", "", ("x",), ())
    assert (second.id, second.url) == ("2", "u")


def test_a_corpus_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_pages(tmp_path / "none.xz")
    with pytest.raises(InputError, match=r"after line 1: .* no page"):
        load_pages(page_file(tmp_path, json.dumps({"id": "1", "html": ""}), '{"id": "2"}'))
    plain = tmp_path / "plain.xz"
    plain.write_text("no xz")
    with pytest.raises(InputError, match="xz"):
        load_pages(plain)


PAGE = Page("1", "https://a.example/", "", "Low tide\nat noon", "", "Low tide", "Ann Lee", "", ("noon",), ("log in",))


def test_a_page_is_scored_on_what_the_tool_offers_and_the_truth_knows() -> None:
    article = {"html": "<h1>Low tide</h1><p>at <b>no</b>on</p><nav>Log in</nav>", "title": "Low tide", "author": None}
    row = score(PAGE, prediction(PAGE, article), ("title", "author"))
    assert (row.precision, row.recall, row.present, row.absent) == (4 / 6, 1.0, 1.0, 0.0)
    assert (row.title, row.author, row.date) == (True, False, None)


def test_html_is_read_with_its_blocks_apart_and_its_inline_marks_closed_up() -> None:
    text = text_of("<head><title>no</title></head><H2>One</H2><p>t<i>w</i>o &amp; three<br>four<script>no</script>")
    assert text.split() == ["One", "two", "&", "three", "four"]


@pytest.mark.parametrize(
    ("date", "iso"),
    [("Feb 08, 2022", "2022-02-08"), ("8 October 2025", "2025-10-08"), ("2025-01-02T03:04Z", "2025-01-02T03:04Z")],
)
def test_dates_in_words_are_read(date: str, iso: str) -> None:
    assert iso_date(date) == iso


def test_a_page_gets_the_model_that_was_learned_without_it(tmp_path: Path) -> None:
    for number in (0, 1):
        (tmp_path / f"fold-{number}.model.gz").touch()
    models = models_in(tmp_path)
    pages = [replace(PAGE, id=str(number), url=f"https://s{number}.example/") for number in range(20)]
    chunks = list(chunks_of(pages, models, 3))
    assert sorted(page.id for part, _ in chunks for page in part) == sorted(page.id for page in pages)
    assert all(model == models[fold_of(page.url, 2)] for part, model in chunks for page in part)
    assert max(len(part) for part, _ in chunks) == 3


def test_models_that_are_not_one_a_fold_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fold-1.json").touch()
    (tmp_path / "fold-2.json").touch()
    with pytest.raises(InputError, match="no model for each fold"):
        models_in(tmp_path)
