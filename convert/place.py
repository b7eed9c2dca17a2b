"""Putting finished files in their place: whole or not at all, and never over a file that is not ours."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from convert.errors import ExportError, UsageError

EDITIONS = "editions"
"""The entry of a ledger's head that says which files were made with it, by their SHA-256."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def made_before(ledger: Path) -> Mapping[str, str]:
    """The files that an earlier run made, by name, with their SHA-256; empty where no ledger says so."""
    try:
        with ledger.open(encoding="utf-8") as lines:
            head = json.loads(lines.readline())
        return {str(name): str(digest) for name, digest in head[EDITIONS].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def still_there(folder: Path, made: Mapping[str, str]) -> dict[str, str]:
    """Those of the files made earlier that are in the folder unchanged."""
    return {name: digest for name, digest in made.items() if _digest(folder / name) == digest}


def refuse_foreign(path: Path, made: Mapping[str, str], name: str = "") -> None:
    """Raises UsageError where a file stands that we did not make, or that was changed since.

    `name` is what the ledger calls it, where that is not the file's own name.
    """
    if path.exists() and _digest(path) != made.get(name or path.name):
        raise UsageError(
            "The file exists, and is not an edition as Clearcopy made it",
            where=str(path),
            hint="Move it, choose another folder with -o, or replace it with --force.",
        )


def refuse_foreign_ledger(path: Path) -> None:
    """Raises UsageError where a file with the ledger's name is no ledger."""
    if path.exists() and not path.read_bytes()[:16].startswith(b'{"ledger": '):
        raise UsageError(
            "The file exists, and is not a ledger", where=str(path), hint="Move it, or replace it with --force."
        )


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"The folder cannot be made ({error.strerror})", where=str(folder), hint="Choose another one with -o."
        ) from error


def put(path: Path, data: bytes) -> None:
    """Writes a file to a temporary name beside its place and moves it there. Raises ExportError where that fails."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ExportError(
            f"The file cannot be written ({error.strerror})", where=str(path), hint="Choose another folder with -o."
        ) from error
