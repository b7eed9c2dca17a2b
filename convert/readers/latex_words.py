"""The words of LaTeX that pandoc does not know: commands of one's own, and the environments around them."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
_BOUND = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\[[^\[\]]*\])*")
_SILENT = re.compile(
    r"\\(?:[vh]space\*?|setlength|addtolength|setcounter|addtocounter|(?:this)?pagestyle|bibliographystyle|bibliography"
    r"|label|index|hypersetup|definecolor|color|graphicspath|addcontentsline|addtocontents|fontsize|selectlanguage"
    r"|(?:re)?newcommand\*?|providecommand\*?|def\s*\\[a-zA-Z@]+|let\s*\\[a-zA-Z@]+|PassOptionsToPackage|RequirePackage|usepackage|documentclass"
    r"|includegraphics\*?|input|include|geometry|theoremstyle|pagenumbering|linespread|rule|vskip|hskip)"
    r"(?![a-zA-Z])(?:\s*\[[^\[\]]*\]|\s*\{(?:[^{}]|\{[^{}]*\})*\})*"
)
"""Commands of LaTeX (Source2e and the usual packages) whose arguments are settings and not words."""

_CITED = re.compile(r"\\(?:[a-zA-Z]*ref|[a-zA-Z]*cite[a-zA-Z]*)\*?(?:\s*\[[^\[\]]*\])*\s*\{(?P<keys>[^{}]*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z@]+\*?(?:\s*\[[^\[\]]*\])*[ \t]*")
_SYMBOL = re.compile(r"\\([%&$#_{} ])")
_SPACES = re.compile(r"[ \t]+|(?<!\n)\n(?!\n)[ \t]*")
_LINES = re.compile(r"\n[ \t]*\n\s*")
_LETTERS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u00a0"), ("\\\\", "\n\n"))


def words_of_latex(text: str) -> str:
    """The words in a piece of LaTeX, paragraphs apart by empty lines; "" where it only gives orders."""
    text = _BOUND.sub("\n\n", _COMMENT.sub("", text))
    text = _CITED.sub(lambda match: f"[{match['keys']}]", _SILENT.sub("", text))
    for mark, letter in _LETTERS:
        text = text.replace(mark, letter)
    text = _COMMAND.sub("", text)
    text = _SYMBOL.sub(lambda match: _HELD.get(match[1], match[1]), text).replace("{", "").replace("}", "")
    for letter, held in _HELD.items():
        text = text.replace(held, letter)
    return _LINES.sub("\n\n", _SPACES.sub(" ", text)).strip("\n ") if text.strip() else ""


_HELD = {"{": "\ue000", "}": "\ue001"}
"""Braces that are meant, kept apart from those that group: letters of the private use area."""
