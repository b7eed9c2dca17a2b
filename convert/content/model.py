"""The learned model: how much each number of a block weighs. It is data; `benchmarks/learn_content.py` makes it.

Two hundred small decision trees, each of which asks at most two questions of a block's row and gives a weight
(gradient boosting: Friedman, 2001). The sum is the logarithm of the odds that the block belongs to the article, and
what each question adds to it can be told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

from convert.content.features import FEATURES
from convert.content.lexicon import Lexicon
from convert.errors import ConfigError

Tree: TypeAlias = tuple[int, float, int, float, float, float, int, float, float, float]
"""A question (feature, threshold: is the value at most that?), the question for yes with its two weights, and the
question for no with its two."""


@dataclass(frozen=True, slots=True)
class Model:
    lexicon: Lexicon
    start: float  # the logarithm of the odds before any question
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """The logarithm of the odds that a block with this row belongs to the article."""
        total = self.start
        for first, at, yes, yes_at, weight_1, weight_2, no, no_at, weight_3, weight_4 in self.trees:
            if row[first] <= at:
                total += weight_1 if row[yes] <= yes_at else weight_2
            else:
                total += weight_3 if row[no] <= no_at else weight_4
        return total

    def evidence(self, row: Sequence[float]) -> Mapping[str, float]:
        """What each feature adds to the score of a row; a tree's weight is shared by the features that it asks for."""
        found: dict[str, float] = {}
        for first, at, yes, yes_at, weight_1, weight_2, no, no_at, weight_3, weight_4 in self.trees:
            if row[first] <= at:
                second, weight = yes, weight_1 if row[yes] <= yes_at else weight_2
            else:
                second, weight = no, weight_3 if row[no] <= no_at else weight_4
            for feature in (first, second):
                found[FEATURES[feature]] = found.get(FEATURES[feature], 0.0) + weight / 2
        return found


def probability(score: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@cache
def load_model(path: str = "") -> Model:
    """The model of a file; without a path, the one of the package. Raises ConfigError for a file that is none."""
    try:
        if path:
            text = Path(path).read_text(encoding="utf-8")
        else:
            text = (files("convert") / "data" / "content_model.json").read_text(encoding="utf-8")
        return _model(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"The model of what an article is cannot be read ({error})",
            where=path,
            hint="benchmarks/learn_content.py makes such a file.",
        ) from error


def _model(values: Mapping[str, Any]) -> Model:
    if tuple(values["features"]) != FEATURES:
        raise ValueError("it was learned with other features")
    return Model(
        Lexicon(values["names"], values["words"]),
        float(values["start"]),
        tuple(tuple(tree) for tree in values["trees"]),
    )
