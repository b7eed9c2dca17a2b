"""A document as plain values for JSON: each node an object with its type and its fields."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from convert.model import NOWHERE, Document, Origin


def to_json(document: Document) -> str:
    """The document as JSON (indented, UTF-8 characters as they are). Empty fields and evidence are left out."""
    return json.dumps(_value(document), ensure_ascii=False, indent=1) + "\n"


def _value(value: object) -> Any:
    if isinstance(value, Origin):
        return value.place
    if is_dataclass(value) and not isinstance(value, type):
        said = {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
        given = {name: _value(part) for name, part in said.items() if part not in (None, "", (), NOWHERE)}
        return {"type": type(value).__name__, **given}
    return [_value(part) for part in value] if isinstance(value, tuple) else value
