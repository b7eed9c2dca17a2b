"""What always holds, on generated articles, on the sample, and on every real Markdown that is there."""

from __future__ import annotations

import json
import lzma
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SAMPLE, TESTS, corpus
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from convert import Cleaned, Document, InputError, Verdict, clean, read, to_markdown
from convert.edit import Outcome, Record
from convert.edition import edition_of
from convert.exporters.markdown import write_markdown
from convert.ledger import balance
from convert.model import Notice, Section
from convert.readers import read_bytes
from convert.rule import Safety
from convert.rules import BY_CODE
from convert.walk import dump, plain, sequences
from convert.words import letters, word_count

# -- articles, generated ---------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *(
            "the",
            "harbour",
            "barrier",
            "of",
            "and",
            "a",
            "ferry",
            "which",
            "has",
            "1984",
            "Port",
            "Anselm's",
            "is",
            "not",
        ),
        *("“quoted”", "co-operate", "naïve", "café", "12", "government", "infra-", "structure", "e.g.", "$x^2$", "$5"),
        *("*keen*", "**bold**", "`code`", "[link](https://port.example/a)", "&amp;", "\\\\*", "x.example"),
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)
ENDING = st.sampled_from([".", "?", '."', "", ":", ",", " the"])
PARAGRAPH = st.builds(lambda words, end: words[:1].upper() + words[1:] + end, SENTENCE, ENDING)
HEADING = st.builds(
    lambda level, words, bold, colon: f"{'#' * level} " + (f"**{words}{colon}**" if bold else f"{words}{colon}"),
    st.integers(1, 6),
    SENTENCE,
    st.booleans(),
    st.sampled_from(["", ":"]),
)
FURNITURE = st.sampled_from(
    [
        "3",
        "Page 4 of 9",
        "\\*\\*\\*",
        "-----",
        "<!-- image -->",
        '<span id="page-3-0"></span>',
        "\f",
        "Tidewater Ledger | A Long Day",
        "By Ann Lee and Bo Kim",
        "Tidewater Ledger, March 9, 2023",
        "Region: Northern Estuaries",
        "Note to readers: please click the share buttons above.",
        "### **Become a Member of Tidewater Ledger**",
        "Ann Lee is a reporter who covers harbours.",
        "### About the author:",
        "All rights reserved. No part of this may be reproduced.",
        "The source breaks off here.",
        "<script>alert(1)</script>",
        "<div><p>In a box</p></div>",
        "- one\n- two\n  - three",
        "1. first\n2. second",
        "> quoted words",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "```python\nprint('x')\n```",
        "A call[^1].\n\n[^1]: The note.",
        "cafÃ© and â€“ dashes",
        "wrapped over\nsome lines with infra-\nstructure",
        "![A map](https://port.example/map.png)",
        "---\ntitle: x\n---",
        "$$\nx^2\n$$",
        "ZWNJ\u200cand\u00adsoft\u200bspace",
        "مرحبا بالعالم",
        "港は静かだった。",
    ]
)
ARTICLE = st.lists(st.one_of(PARAGRAPH, PARAGRAPH, HEADING, FURNITURE), max_size=25).map("\n\n".join)
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=300)

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_text(text: str) -> Document:
    """A text as it is read from a file; one that is no article for the reader is no example either."""
    try:
        return read_bytes(text.encode(), "generated.md")
    except InputError:
        reject()


# -- what holds ------------------------------------------------------------------------------------------------


def check_books_balance(result: Cleaned) -> None:
    assert balance(result).is_even


def check_safe_edits_keep_every_letter(result: Cleaned) -> None:
    """What a safe edit takes from the text, it gives back to the text or to the metadata."""
    for record in result.ledger:
        is_safe = BY_CODE[record.code].safety is Safety.SAFE
        if record.outcome is not Outcome.APPLIED or not is_safe or record.code.startswith(("TEXT", "META")):
            continue  # damaged characters are mended; facts are kept as values, dates as ISO
        assert letters(plain(record.before)).endswith(letters(plain(record.after or ())).strip()), record.code


def check_idempotent(result: Cleaned) -> None:
    again = clean(result.document)
    assert dump(again.document.blocks) == dump(result.document.blocks)
    assert again.document.meta == result.document.meta


def check_markdown_edition_is_stable(result: Cleaned) -> None:
    """Cleaning the Markdown edition again changes nothing, to the byte."""
    first = write_markdown(edition_of(result, "generated"))
    again = clean(read_text(first.decode()))
    assert write_markdown(edition_of(again, "generated")).decode() == first.decode()


def check_sections_are_gone(result: Cleaned) -> None:
    assert not any(isinstance(block, Section) for _, blocks in sequences(result.document) for block in blocks)


def check_nothing_is_made_up(result: Cleaned) -> None:
    """Every letter run of the cleaned text stands in the source, but for mended characters and marks in the ledger."""
    claimed = " ".join(claim.value for claim in result.original.claims)  # of a page: what it says outside its text
    source = letters(plain(result.original)) + letters(claimed)
    added = word_count(plain(result.document)) - word_count(plain(result.original))
    joined = {word for word in added if word in source}
    mended = word_count(
        " ".join(plain(r.after) for r in result.ledger if r.after and r.code.startswith(("TEXT", "JOIN")))
    )
    assert set(added) - joined <= set(mended)


def declined(result: Cleaned) -> Iterator[Record]:
    return (record for record in result.ledger if record.outcome is Outcome.DECLINED)


def check_declined_edits_can_be_played_back(document: Document, result: Cleaned) -> None:
    for record in declined(result):
        played = clean(document, decisions={record.id: Verdict.APPLY})
        same = next(one for one in played.ledger if one.id == record.id)
        assert same.outcome is Outcome.APPLIED
        assert same.after == record.after
        assert played.unused_decisions == ()
        assert balance(played).is_even


def check_applied_edits_can_be_put_back(document: Document, result: Cleaned) -> None:
    for record in [one for one in result.ledger if one.outcome is Outcome.APPLIED][:5]:
        back = clean(document, decisions={record.id: Verdict.DECLINE})
        same = next(one for one in back.ledger if one.id == record.id)
        assert same.outcome is Outcome.DECLINED
        assert balance(back).is_even


def check_all(document: Document) -> None:
    result = clean(document)
    check_books_balance(result)
    check_safe_edits_keep_every_letter(result)
    check_idempotent(result)
    check_sections_are_gone(result)
    check_nothing_is_made_up(result)


@given(ARTICLE)
@relaxed
def test_generated_articles(text: str) -> None:
    check_all(read_text(text))


@given(ANYTHING)
@relaxed
def test_any_text(text: str) -> None:
    check_all(read_text(text))


@given(ARTICLE)
@settings(relaxed, max_examples=25)
def test_markdown_editions_of_generated_articles(text: str) -> None:
    check_markdown_edition_is_stable(clean(read_text(text)))


@given(ARTICLE)
@settings(relaxed, max_examples=25)
def test_decisions_on_generated_articles(text: str) -> None:
    document = read_text(text)
    result = clean(document)
    check_declined_edits_can_be_played_back(document, result)
    check_applied_edits_can_be_put_back(document, result)


MARKUP = re.compile(
    r"(?s)<!--.*?-->|<script.*?</script>|<[^>]*>|\A---\n.*?\n---(?:\n|\Z)|\]\([^)]*\)|```\w*|&amp;|\[\^1\]:?"
)


@given(ARTICLE)
@relaxed
def test_all_visible_text_comes_in(text: str) -> None:
    """The reader against a second, independent reading: the letters of the source, without its markup."""
    document = read_text(text)
    shown = letters(plain(document))
    plain_source = MARKUP.sub(" ", text)
    lost = set(word_count(plain_source)) - set(word_count(plain(document)))
    assert not {word for word in lost if word not in shown and not word.isdigit() and word != "title"}


ARTICLES = [SAMPLE, *sorted((TESTS / "rules").glob("*/*/*/input.md"))]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_own_articles(path: Path) -> None:
    document = read(path)
    check_all(document)
    check_markdown_edition_is_stable(clean(document))


SAMPLE_VARIABLE = "CLEARCOPY_SAMPLE"
"""Names every how manieth of the real documents is gone through; 1, which is all of them, takes some minutes."""


def real_markdown() -> list[Path]:
    folder = corpus()
    if folder is None:
        return []
    step = int(os.environ.get(SAMPLE_VARIABLE, "1"))
    found = [*sorted(folder.glob("seed/*.md")), *sorted(folder.glob("repair/*/*/*.md"))[::step]]
    return [path for path in found if path.name != "README.md"]


@pytest.mark.parametrize("path", real_markdown(), ids=lambda path: "/".join(path.parts[-3:]))
def test_real_articles(path: Path) -> None:
    document = read(path)
    result = clean(document)
    check_all(document)
    check_markdown_edition_is_stable(result)


# -- web pages -------------------------------------------------------------------------------------------------


def check_what_was_left_out_is_found_and_brought_back(document: Document, result: Cleaned) -> None:
    """What WEB101 took is in the ledger by its words, and a decision brings it back as it was."""
    taken = [one for one in result.ledger if one.code == "WEB101" and one.outcome is Outcome.APPLIED]
    for record in taken[:3]:
        assert letters(plain(record.before)) in letters(plain(result.original))
        back = clean(document, decisions={record.id: Verdict.DECLINE})
        same = next(one for one in back.ledger if one.id == record.id)
        assert same.outcome is Outcome.DECLINED
        assert balance(back).is_even
        came = word_count(plain(back.document)) - word_count(plain(result.document))
        later = word_count(" ".join(plain(one.before) for one in back.ledger if one.outcome is Outcome.APPLIED))
        assert set(word_count(plain(record.before))) <= set(came) | set(later) | set(word_count(plain(back.document)))


def check_page(document: Document) -> None:
    result = clean(document)
    check_all(document)
    check_what_was_left_out_is_found_and_brought_back(document, result)


PAGES = sorted(
    path for folder in ("pages", "rules") for path in (TESTS / folder).glob("**/*") if path.stem in ("source", "input")
)


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.is_file() and path.suffix != ".md"], ids=lambda path: path.parent.name
)
def test_own_pages(path: Path) -> None:
    check_page(read(path))


def real_pages() -> list[dict[str, str]]:
    folder = corpus()
    path = folder / "articles" / "pages.jsonl.xz" if folder is not None else None
    if path is None or not path.exists():
        return []
    step = int(os.environ.get(SAMPLE_VARIABLE, "1")) * _PAGES_STEP
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if number % step == 0]


_PAGES_STEP = 13
"""Of the real pages every thirteenth is gone through, which is about sixty."""


def test_real_pages() -> None:
    pages = real_pages()
    if not pages:
        warnings.warn("real pages are not here (CLEARCOPY_CORPUS names their folder)", stacklevel=1)
        pytest.skip("no real pages")
    for page in pages:
        check_page(read_bytes(page["html"].encode(), f"{page['id']}.html", url=page["url"]))


def test_a_notice_is_no_word_of_the_text() -> None:
    result = clean(read(SAMPLE))
    notices = [block for block in result.document.blocks if isinstance(block, Notice)]
    assert len(notices) == 1
    assert "The source breaks off here." in to_markdown(result.document)
    assert plain(notices[0]) == ""
