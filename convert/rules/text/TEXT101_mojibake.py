"""Mojibake: text that was decoded with the wrong encoding.

What it does
    Decodes it again as it was meant, with ftfy, which undoes only what cannot have been meant.

Why
    "cafÃ©" and "â€“" are what UTF-8 looks like to a program that takes it for Windows-1252. No reader should see
    them, and no phrase is recognised in them.

Example
    "a cafÃ© on the quay" becomes "a café on the quay".

Known problems
    Text that was decoded wrongly and then stripped of the characters that did not fit cannot be restored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Document
from convert.rule import Phase, Rule, Safety
from convert.rules.text.leaf import word_edits

_SUSPECT = re.compile("[^\x00-\x7f]{2}|[ÂÃâ\ufffd]")
"""No character beyond ASCII takes less than two bytes in UTF-8, so that mojibake comes in runs."""

_CONFIDENCE = 0.95  # ftfy's own aim is one false positive in a million texts


def check(document: Document, _config: Config) -> Iterator[Edit]:
    return word_edits(document, _mended, _reason, _CONFIDENCE)


def _mended(text: str) -> str:
    return _fix(text)[0] if _SUSPECT.search(text) else text


def _reason(before: str, _after: str) -> str:
    steps = ", ".join(f"{step} {name}" for step, name in _fix(before)[1])
    return f"decoded with the wrong encoding; undone by ftfy: {steps}"


def _fix(text: str) -> tuple[str, list[tuple[str, str]]]:
    from ftfy import TextFixerConfig, fix_and_explain  # only here: it takes a tenth of a second to load

    settings = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        restore_byte_a0=False,
        replace_lossy_sequences=False,
    )
    fixed, explanation = fix_and_explain(text, settings)
    return fixed, [(step.action, step.parameter) for step in explanation or ()]


RULE = Rule("TEXT101", "mojibake", Phase.TEXT, check, Safety.SAFE)
