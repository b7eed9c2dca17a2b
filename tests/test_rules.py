"""Each rule against its folder of cases: tests/rules/<code>-<name>/{fires,keeps,known_failures}/<case>/.

A case has `input.md` or `input.html`, `expected.txt` (the cleaned document in the golden form) and `edits.jsonl` (what
the rule proposed). All rules run, as they do for a user. `pytest --accept` rewrites what is expected.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import TESTS

from convert import Cleaned, clean, read
from convert.edit import Outcome
from convert.ledger import record_json
from convert.rule import Phase, Rule, Safety
from convert.rules import BY_CODE, RULES
from convert.terminal import documentation
from convert.walk import dump

FOLDER = TESTS / "rules"
KINDS = ("fires", "keeps", "known_failures")
HEADINGS = ("What it does", "Why", "Example", "Known problems")
ELSEWHERE = {"META109": "test_claims.py", "PAGE104": "test_web.py", "WEB110": "test_site_rules.py"}
"""Rules that work on what the text of a page does not hold, and where their cases are."""

MIN_KEEPS = 3
"""Look-alikes that a rule which may remove words must be shown to leave alone."""


def folder_of(rule: Rule) -> Path:
    return FOLDER / f"{rule.code}-{rule.name}"


def cases(kind: str) -> list[Path]:
    return sorted(path.parent for path in FOLDER.glob(f"*/{kind}/*/input.*"))


def input_of(case: Path) -> Path:
    (found,) = case.glob("input.*")
    return found


def named(path: Path) -> str:
    return "/".join(path.parts[-3:])


def cleaned(case: Path) -> Cleaned:
    return clean(read(input_of(case)))


def edits_of(result: Cleaned, code: str) -> list[dict[str, object]]:
    return [record_json(record) for record in result.ledger if record.code == code]


def applied(result: Cleaned, code: str) -> bool:
    return any(record.code == code and record.outcome is not Outcome.DECLINED for record in result.ledger)


def check_case(case: Path, *, accept: bool) -> None:
    code = case.parent.parent.name.partition("-")[0]
    result = cleaned(case)
    text = dump(result.document.blocks) + "\n"
    edits = "".join(json.dumps(edit, ensure_ascii=False) + "\n" for edit in edits_of(result, code))
    if accept:
        (case / "expected.txt").write_text(text, encoding="utf-8")
        (case / "edits.jsonl").write_text(edits, encoding="utf-8")
    assert applied(result, code) == (case.parent.name == "fires")
    assert text == (case / "expected.txt").read_text(encoding="utf-8")
    assert edits == (case / "edits.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases("fires"), ids=named)
def test_rule_fires(case: Path, accept: bool) -> None:  # noqa: FBT001
    check_case(case, accept=accept)


@pytest.mark.parametrize("case", cases("keeps"), ids=named)
def test_rule_keeps(case: Path, accept: bool) -> None:  # noqa: FBT001
    check_case(case, accept=accept)


@pytest.mark.parametrize("case", cases("known_failures"), ids=named)
@pytest.mark.xfail(strict=True, reason="known failure")
def test_rule_does_not_do_yet(case: Path) -> None:
    """A known failure holds what should be; one that starts to pass must move to `fires` or `keeps`."""
    assert dump(cleaned(case).document.blocks) + "\n" == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_documented(rule: Rule) -> None:
    text = documentation(rule)
    assert text.split("\n")[0].endswith(".")
    for heading in HEADINGS:
        assert f"\n{heading}\n    " in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_cases(rule: Rule) -> None:
    if rule.code in ELSEWHERE:
        assert (TESTS / ELSEWHERE[rule.code]).is_file()
        return
    assert list(folder_of(rule).glob("fires/*/input.*"))
    if rule.safety is Safety.UNSAFE:
        assert len(list(folder_of(rule).glob("keeps/*/input.*"))) >= MIN_KEEPS


def test_every_folder_of_cases_belongs_to_a_rule() -> None:
    assert {path.name for path in FOLDER.iterdir()} <= {folder_of(rule).name for rule in RULES}


def test_codes_are_used_once() -> None:
    assert len(BY_CODE) == len(RULES)


def test_rules_run_after_what_they_need() -> None:
    place = {rule.code: number for number, rule in enumerate(RULES)}
    for rule in RULES:
        for earlier in rule.runs_after:
            assert place[earlier] < place[rule.code], f"{rule.code} must run after {earlier}"


def test_checks_run_last() -> None:
    checks = [rule.phase is Phase.CHECK for rule in RULES]
    assert checks == sorted(checks)
