"""The tree of errors. Each says what is wrong, where, and what mends it, and knows the command's exit code.

    ClearcopyError
     ├─ UsageError     2   the command or the call was used wrongly
     │   └─ ConfigError    an unknown setting, rule code or theme
     ├─ InputError     3   a source cannot be read
     └─ ExportError    4   an edition could not be made
         └─ VerifyError    an edition was made and does not hold the document's words

Exit code 0 is: done; 1: done, with findings, under --strict. A fault in the *content* of an article is never an
exception: it is a record in the ledger.
"""

from __future__ import annotations


class ClearcopyError(Exception):
    """The base of all errors that a user can mend.

    `problem` is one sentence without a full stop; `hint` says what to do; `where` names the file and place.
    """

    exit_code = 2

    def __init__(self, problem: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where else ""
        return f"{start}{self.problem}." + (f" {self.hint}" if self.hint else "")


class UsageError(ClearcopyError):
    exit_code = 2


class ConfigError(UsageError):
    pass


class InputError(ClearcopyError):
    exit_code = 3


class ExportError(ClearcopyError):
    exit_code = 4


class VerifyError(ExportError):
    pass
