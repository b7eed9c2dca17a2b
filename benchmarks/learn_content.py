"""Learns which blocks of a web page are its article, from a corpus of pages with hand-checked text.

    python benchmarks/learn_content.py pages.jsonl.xz                       the model of the package
    python benchmarks/learn_content.py pages.jsonl.xz --folds build/folds   one model a fold

A block belongs to the article as far as its words can be aligned with the article's text. The model is LightGBM's
gradient boosting with trees of at most two questions. Words of class names and of short blocks get weights first; a
page's own weights are always learned from other sites (folds by site), or the trees would trust them too much.
Needs: pip install lightgbm numpy
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import log, sqrt
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from corpus import Page, fold_of, load_pages

from convert.content.areas import areas_of, core_of, line_of
from convert.content.features import FEATURES, view_of
from convert.content.lexicon import SHORT, Lexicon, name_words, opening_keys, word_keys
from convert.content.measures import Measured, measured
from convert.model import Container, Document
from convert.readers.html import read_page

SOURCE = (
    "Weights learned by benchmarks/learn_content.py from the development pages of WCXB, the Web Content eXtraction "
    "Benchmark (Murrough Foley, 2026, CC BY 4.0). Of the pages it holds counts of words, and nothing else."
)
FOLDS = 5
TREES = 150
SEEDS = 2  # forests whose answers are averaged: each is grown from other halves of the pages
PARAMETERS: Mapping[str, Any] = {
    "objective": "cross_entropy",
    "num_leaves": 4,
    "max_depth": 2,
    "learning_rate": 0.15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "num_threads": 2,
    "verbose": -1,
}
"""Chosen by the F1 of pages of other sites. Trees with more questions were no better (0.956 with 4 to 31 leaves)."""

NAME_PAGES, WORD_PAGES = 6, 5  # pages that must have a word before it gets a weight
SHRINKAGE = 3.0  # pages with the average share that each word starts with
LEAST_WEIGHT = 0.3  # words that say less are left out
MIN_TRUTH = 50  # words; pages whose truth has fewer are no articles
SHORTEST_RUN = 3  # words in a row that count as found; fewer count half: they may be anywhere by chance

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Example:
    """A page, what was counted in its blocks, and how much of each belongs to the article (0 to 1; -1: no words)."""

    page: Page
    document: Document
    blocks: tuple[Measured, ...]
    shares: tuple[float, ...]
    truth_words: int


def example_of(page: Page) -> Example:
    document = read_page(page.html, page.id, page.url)
    blocks = tuple(map(measured, document.blocks))
    truth = _words(page.text)
    return Example(page, document, blocks, tuple(_shares(blocks, truth, page.text)), len(truth))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _shares(blocks: Sequence[Measured], truth: list[str], text: str) -> Iterable[float]:
    parts = [_words(block.text) for block in blocks]
    matcher = SequenceMatcher(None, [word for part in parts for word in part], truth, autojunk=False)
    hits = [0.0] * sum(map(len, parts))
    for start, _, size in matcher.get_matching_blocks():
        hits[start : start + size] = [1.0 if size >= SHORTEST_RUN else 0.5] * size
    lines = {" ".join(_words(line)) for line in text.split("\n")}
    start = 0
    for part in parts:
        stop = start + len(part)
        share = sum(hits[start:stop]) / len(part) if part else -1.0
        if part and " ".join(part) in lines:  # a line of its own: short ones are often aligned elsewhere
            share = max(share, 0.9) if len(part) > SHORTEST_RUN else max(share, 0.6) if share else share
        yield share
        start = stop


# -- words -----------------------------------------------------------------------------------------------------


def lexicon_of(examples: Iterable[Example]) -> Lexicon:
    """Weights of words by the share of blocks with them that belong to the article, each page counted once."""
    names: dict[str, list[float]] = defaultdict(list)
    words: dict[str, list[float]] = defaultdict(list)
    openings: dict[str, list[float]] = defaultdict(list)
    for example in examples:
        counted = (names, _by_name(example)), (words, _by_word(example)), (openings, _by_opening(example))
        for found, shares in counted:
            for key, share in shares.items():
                found[key].append(share)
    return Lexicon(_weights(names, NAME_PAGES), _weights(words, WORD_PAGES), _weights(openings, WORD_PAGES))


def _by_name(example: Example) -> Mapping[str, float]:
    """The names around each block that are not around the core of its page: those say nothing of single blocks."""
    areas = areas_of(example.document.blocks, example.blocks, Lexicon({}, {}, {}))
    shared = {id(area.container) for area in line_of(core_of(areas))} if areas else set()
    known: dict[int, set[str]] = {}

    def keys(container: Container | None) -> set[str]:
        if container is None or id(container) in shared:
            return set()
        if id(container) not in known:
            known[id(container)] = name_words(container) | keys(container.around)
        return known[id(container)]

    return _page_shares(
        example,
        lambda index: keys(example.document.blocks[index].within),
        lambda block: sqrt(min(len(block.words), 60)),
    )


def _by_word(example: Example) -> Mapping[str, float]:
    return _page_shares(
        example,
        lambda index: word_keys(example.blocks[index].words) if len(example.blocks[index].words) <= SHORT else set(),
        lambda _block: 1.0,
    )


def _by_opening(example: Example) -> Mapping[str, float]:
    return _page_shares(example, lambda index: set(opening_keys(example.blocks[index].words)), lambda _block: 1.0)


def _page_shares(
    example: Example, keys: Callable[[int], set[str]], weight: Callable[[Measured], float]
) -> Mapping[str, float]:
    """For each key, which share of the page's blocks that have it belongs to the article."""
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for index, (block, share) in enumerate(zip(example.blocks, example.shares, strict=True)):
        if block.words and share >= 0:
            for key in keys(index):
                totals[key][0] += weight(block)
                totals[key][1] += weight(block) * (share > 0.5)
    return {key: right / total for key, (total, right) in totals.items()}


def _weights(found: Mapping[str, list[float]], pages: int) -> Mapping[str, float]:
    every = [share for shares in found.values() for share in shares]
    average = sum(every) / len(every)
    weights = {}
    for key, shares in sorted(found.items()):
        right = sum(shares) + SHRINKAGE * average
        wrong = len(shares) - sum(shares) + SHRINKAGE * (1 - average)
        value = log(right / wrong) - log(average / (1 - average))
        if len(shares) >= pages and abs(value) > LEAST_WEIGHT:
            weights[key] = round(value, 2)
    return weights


# -- trees -----------------------------------------------------------------------------------------------------


def learned(examples: Sequence[Example]) -> Mapping[str, Any]:
    """The model as it is written: features, weights of words, and trees."""
    usable = [one for one in examples if one.blocks and one.truth_words > MIN_TRUTH]
    folds = [fold_of(one.page.url or one.page.id, FOLDS) for one in usable]
    rows: list[tuple[float, ...]] = []
    labels: list[float] = []
    weights: list[float] = []
    for fold in range(FOLDS):
        lexicon = lexicon_of(one for one, of in zip(usable, folds, strict=True) if of != fold)
        for one in (one for one, of in zip(usable, folds, strict=True) if of == fold):
            for row, block, share in zip(view_of(one.document, lexicon).rows, one.blocks, one.shares, strict=True):
                if share >= 0:
                    rows.append(row)
                    labels.append(min(1.0, share))
                    weights.append(_weight(block, one))
    data = lightgbm.Dataset(np.array(rows, dtype=np.float32), np.array(labels), weight=np.array(weights))
    trees = [tree for seed in range(SEEDS) for tree in _grown(data, seed)]
    lexicon = lexicon_of(usable)
    return {
        "source": SOURCE,
        "features": FEATURES,
        "start": 0.0,
        "trees": trees,
        "names": lexicon.names,
        "words": lexicon.words,
        "openings": lexicon.openings,
    }


def _grown(data: Any, seed: int) -> Iterable[list[float]]:
    """The trees of one forest, each with its part of the weight of all forests."""
    booster = lightgbm.train({**PARAMETERS, "seed": seed + 1}, data, TREES)
    return [_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _weight(block: Measured, example: Example) -> float:
    """What a block counts: its share of the article's words, as F1 has it, and a little for being there at all."""
    return min(len(block.words) / max(60, example.truth_words), 0.2) * 20 + 0.06


def _tree(node: Mapping[str, Any]) -> list[float]:
    """A tree as a flat list: see convert.content.model.Tree."""
    if "leaf_value" in node:
        value = _value(node)
        return [0, 0.0, 0, 0.0, value, value, 0, 0.0, value, value]
    return [*_question(node), *_side(node["left_child"]), *_side(node["right_child"])]


def _question(node: Mapping[str, Any]) -> list[float]:
    return [int(node["split_feature"]), float(f"{float(node['threshold']):.6g}")]


def _side(node: Mapping[str, Any]) -> list[float]:
    if "leaf_value" in node:
        value = _value(node)
        return [0, 0.0, value, value]
    return [*_question(node), _value(node["left_child"]), _value(node["right_child"])]


def _value(leaf: Mapping[str, Any]) -> float:
    return round(float(leaf["leaf_value"]) / SEEDS, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=Path, metavar="DIR", help="write a model for each fold, without its pages")
    arguments = parser.parse_args()
    examples = [example_of(page) for page in load_pages(arguments.pages)]
    if arguments.folds is None:
        home = Path(__file__).parent.parent / "convert" / "data" / "content_model.json"
        _write(home, learned(examples))
        return
    arguments.folds.mkdir(parents=True, exist_ok=True)
    for fold in range(FOLDS):
        others = [one for one in examples if fold_of(one.page.url or one.page.id, FOLDS) != fold]
        _write(arguments.folds / f"fold-{fold}.json", learned(others))


def _write(path: Path, values: Mapping[str, Any]) -> None:
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
