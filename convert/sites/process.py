"""The process that evaluates selectors: takes a page and selectors in JSON, gives a line of JSON for each.

It is ended by who started it where it takes too long; the lines so far say which selector it was.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict

from convert.sites.rule import Kind, Selector
from convert.sites.select import MAX_MEMORY, matches_of


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system keeps such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def main() -> None:
    _limit_memory()
    asked = json.loads(sys.stdin.buffer.read())
    selectors = [Selector(**{**one, "kind": Kind(one["kind"])}) for one in asked["selectors"]]
    for match in matches_of(asked["html"], selectors):
        print(json.dumps(asdict(match)), flush=True)


if __name__ == "__main__":
    main()
