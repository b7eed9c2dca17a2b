"""The command line as people and scripts use it: what comes out where, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from convert import __version__
from convert.rules import RULES

ARTICLE = (
    "# The New Harbour Wall\n\nThe wall is eleven metres high, and the town has paid for it.\n\n"
    "## What it cost\n\nIt cost four million crowns, and nobody has complained.\n\n"
    "Share this:\n\nSubscribe to our newsletter\n"
)
WITHOUT_HEADINGS = "The wall is eleven metres high, and the town has paid for it.\n"


def run(folder: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """A command in a folder, with its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "convert", *arguments],
        input=text,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.md").write_text(ARTICLE)
    return tmp_path


@pytest.mark.parametrize("command", ["publish", "clean", "explain", "rules"])
def test_help_shows_examples(tmp_path: Path, command: str) -> None:
    result = run(tmp_path, command, "--help")
    assert result.returncode == 0
    assert "Example" in result.stdout
    assert f"clearcopy {command}" in result.stdout


@pytest.mark.parametrize("command", ["publish", "clean", "explain"])
def test_each_example_has_its_line(tmp_path: Path, command: str) -> None:
    shown = run(tmp_path, command, "--help").stdout
    assert all(line.count("clearcopy ") <= 1 for line in shown.splitlines())


def test_version(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout == f"clearcopy {__version__}\n"


def test_clean_has_the_result_on_stdout_and_messages_on_stderr(folder: Path) -> None:
    result = run(folder, "clean", "article.md")
    assert result.returncode == 0
    assert result.stdout.startswith("---\ntitle: The New Harbour Wall\n")
    assert "article.md:" not in result.stdout.splitlines()[0]
    assert result.stderr.startswith("article.md: ")


@pytest.mark.parametrize("to", ["text", "json", "md"])
def test_clean_writes_each_form_to_a_file_as_to_stdout(folder: Path, to: str) -> None:
    shown = run(folder, "clean", "article.md", "--to", to, "--quiet")
    assert shown.stderr == ""
    assert "eleven metres" in shown.stdout
    if to == "json":
        json.loads(shown.stdout)
    saved = run(folder, "clean", "article.md", "--to", to, "-o", "saved")
    assert saved.stdout == ""
    assert (folder / "saved").read_text("utf-8") == shown.stdout
    assert run(folder, "clean", "article.md", "-o", "saved").returncode == 2
    assert run(folder, "clean", "article.md", "-o", "article.md", "--force").returncode == 2
    assert (folder / "article.md").read_text() == ARTICLE


def test_standard_input_is_read_as_markdown(folder: Path) -> None:
    piped = run(folder, "clean", "-", "--to", "text", text=ARTICLE)
    assert piped.stdout == run(folder, "clean", "article.md", "--to", "text").stdout
    assert run(folder, "publish", "-", "--to", "md", text=ARTICLE).returncode == 0
    assert (folder / "build" / "article.md").exists()


def test_explain_a_rule(tmp_path: Path) -> None:
    result = run(tmp_path, "explain", "join101")
    assert result.returncode == 0
    assert result.stdout.startswith("JOIN101 paragraph-cut-by-page")


def test_explain_a_source_names_each_record_of_the_ledger(folder: Path) -> None:
    run(folder, "publish", "article.md", "--to", "md")
    lines = (folder / "build" / "article.ledger.jsonl").read_text("utf-8").splitlines()
    shown = run(folder, "explain", "article.md").stdout
    assert all(record["id"] in shown for record in map(json.loads, lines[1:-1]))


def test_explain_what_is_neither(tmp_path: Path) -> None:
    result = run(tmp_path, "explain", "NOSUCH1")
    assert result.returncode == 3
    assert "clearcopy rules" in result.stderr


def test_rules_lists_each_code_once(tmp_path: Path) -> None:
    listed = re.findall(r"^([A-Z]+\d{3})\b", run(tmp_path, "rules").stdout, flags=re.M)
    assert Counter(listed) == Counter(rule.code for rule in RULES)


def test_quiet_says_nothing(folder: Path) -> None:
    result = run(folder, "publish", "article.md", "--to", "md", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_pipe_gets_no_escape_codes(folder: Path) -> None:
    for command in (("publish", "article.md", "--to", "md"), ("explain", "article.md"), ("rules",)):
        result = run(folder, *command)
        assert not {"\x1b", "\r"} & set(result.stdout + result.stderr)


def test_strict_ends_with_1_where_there_are_findings(folder: Path) -> None:
    (folder / "bare.md").write_text(WITHOUT_HEADINGS)
    assert run(folder, "publish", "bare.md", "--to", "md").returncode == 0
    assert run(folder, "publish", "bare.md", "--to", "md", "--strict").returncode == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--config", "settings.toml"), '"colour" is not a setting'),
        (("--config", "nowhere.toml"), "nowhere.toml"),
        (("--theme", "gothic"), "briefing, reader"),
        (("--to", "docx"), "pdf, epub, md"),
        (("--css", "nowhere.css"), "nowhere.css"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_right(folder: Path, options: tuple[str, ...], said: str) -> None:
    (folder / "settings.toml").write_text('colour = "blue"\n')
    result = run(folder, "publish", "article.md", *options)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (folder / "build").exists()


def test_one_bad_source_does_not_stop_the_others(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"%PDF-1.7")
    (folder / "last.md").write_text(ARTICLE)
    result = run(folder, "publish", "article.md", "bad.md", "last.md", "--to", "md")
    assert result.returncode == 3
    assert "bad.md" in result.stderr
    assert {path.name for path in (folder / "build").glob("*.md")} == {"article.md", "last.md"}


def test_a_folder_is_its_articles(folder: Path) -> None:
    (folder / "README.md").write_text("About the folder.")
    (folder / "Other Words.txt").write_text(WITHOUT_HEADINGS)
    assert run(folder, "publish", ".", "--to", "md").returncode == 0
    assert {path.name for path in (folder / "build").glob("*.md")} == {"article.md", "other-words.md"}


def test_a_declined_edit_is_put_back(folder: Path) -> None:
    run(folder, "publish", "article.md", "--to", "md")
    written, ledger = folder / "build" / "article.md", folder / "build" / "article.ledger.jsonl"
    assert "newsletter" not in written.read_text("utf-8")
    records = map(json.loads, ledger.read_text("utf-8").splitlines()[1:-1])
    record = next(record for record in records if "newsletter" in record["before"])
    (folder / "article.decisions.toml").write_text(f'{record["id"]} = "decline"\n')
    assert run(folder, "publish", "article.md", "--to", "md").returncode == 0
    assert "Subscribe to our newsletter" in written.read_text("utf-8")


def test_broken_decisions_are_named(folder: Path) -> None:
    (folder / "article.decisions.toml").write_text('abc = "perhaps"\n')
    result = run(folder, "publish", "article.md", "--to", "md")
    assert result.returncode == 2
    assert "article.decisions.toml" in result.stderr
