"""Which blocks of a page are the article, and the evidence in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from convert.config import CONFIDENCE
from convert.content.areas import Area, line_of
from convert.content.features import FEATURES, View, view_of
from convert.content.lexicon import Lexicon, name_words
from convert.content.measures import HEADING, SHOWN, Measured
from convert.content.model import Model, probability
from convert.model import Document

MOST = 0.45
"""The probability from which a block always stays. Half, less what is better to have too much than too little: on
the 793 pages of the corpus the words right (F1) are the same from 0.4 to 0.5, and more phrases are kept."""

LEAST = 0.2
"""The probability below which no block stays, however unsure the page as a whole is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability of each block to belong to the article, and the one from which blocks stay."""

    view: View
    chances: tuple[float, ...]
    threshold: float

    def stays(self, index: int) -> bool:
        return self.chances[index] >= self.threshold

    def confidence(self, index: int) -> float:
        """How sure it is that a block is not of the article: from 0 to 1, and CONFIDENCE at the threshold."""
        chance = self.chances[index]
        if chance < self.threshold:
            return CONFIDENCE + (1 - CONFIDENCE) * (1 - chance / self.threshold)
        return CONFIDENCE * (1 - chance) / (1 - self.threshold) * _BELOW


_BELOW = 0.999
"""Keeps what stays below the confidence that an edit needs, at the threshold itself too."""


def verdict_of(document: Document, model: Model) -> Verdict:
    """Weighs the blocks of a page. Images, with their captions, and blocks without words go with their neighbours.

    (The corpus knows words only: it has no figures in its articles, and what it would teach is to leave them out.)
    """
    view = view_of(document, model.lexicon)
    weighed = [probability(model.score(row)) for row in view.rows]
    threshold = _threshold(weighed, [len(block.words) for block in view.blocks])
    chances = list(_with_neighbours(view, weighed))
    return Verdict(view, tuple(_without_empty_headings(view, chances, threshold)), threshold)


def _without_empty_headings(view: View, chances: Sequence[float], threshold: float) -> Iterator[float]:
    """The chances, of a heading in a box of its own that of what it heads, if nothing of that stays."""
    for index, (block, area, chance) in enumerate(zip(view.blocks, view.areas, chances, strict=True)):
        if block.kind != HEADING or chance < threshold:
            yield chance
            continue
        box = {id(step) for step in line_of(area)} - view.core_line
        headed = []
        for other in range(index + 1, len(chances)):
            if view.blocks[other].kind == HEADING or box.isdisjoint(map(id, line_of(view.areas[other]))):
                break
            headed.append(chances[other])
        best = max(headed, default=chance)
        yield best if best < threshold else chance


def _is_text(block: Measured) -> bool:
    return bool(block.words) and block.kind not in SHOWN


def _with_neighbours(view: View, chances: Sequence[float]) -> Iterator[float]:
    """The chances, of blocks that are no text that of the neighbour with which they share the smaller element."""
    worded = [index for index, block in enumerate(view.blocks) if _is_text(block)]
    after = 0
    for index, block in enumerate(view.blocks):
        if _is_text(block):
            yield chances[index]
            continue
        while after < len(worded) and worded[after] < index:
            after += 1
        near = worded[max(0, after - 1) : after + 1]
        line = {id(area): area.depth for area in line_of(view.areas[index])}
        shared = [max(line.get(id(area), 0) for area in line_of(view.areas[other])) for other in near]
        deepest = max(shared, default=0)
        yield max((chances[o] for o, depth in zip(near, shared, strict=True) if depth == deepest), default=0.0)


def _threshold(chances: Sequence[float], words: Sequence[int]) -> float:
    """The threshold by which the expected F1 of the page's words is highest: half of that F1.

    Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure" (2014), theorem 1. On a
    page of which the model is sure it is near a half; where nothing looks like an article, the best of it stays.
    """
    expected = sum(chance * number for chance, number in zip(chances, words, strict=True))
    best = right = taken = 0.0
    for chance, number in sorted(zip(chances, words, strict=True), reverse=True):
        right += chance * number
        taken += number
        if taken:
            best = max(best, 2 * right / (taken + expected))
    return max(LEAST, min(MOST, best / 2))


# -- the evidence in words -------------------------------------------------------------------------------------


def evidence_of(verdict: Verdict, index: int, model: Model) -> str:
    """What speaks against a block, the weightiest first: "all of it is links; in elements called sidebar and menu"."""
    row = dict(zip(FEATURES, verdict.view.rows[index], strict=True))
    weights = model.evidence(verdict.view.rows[index])
    said: list[str] = []
    for weight, feature in sorted(zip(weights, FEATURES, strict=True)):
        if weight >= 0 or len(said) == _MAX_SAID:
            break
        words = _WORDING.get(feature, _silent)(row, verdict, index, model.lexicon)
        if words and words not in said:
            said.append(words)
    return "; ".join(said) or "many small signs together"


_MAX_SAID = 3

_Say = Callable[[Mapping[str, float], Verdict, int, Lexicon], str]


def _silent(_row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return ""


def _links(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return f"{row['link_share']:.0%} of it is links" if row["link_share"] > 0.3 else ""


def _links_around(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    share = max(row["links_1"], row["links_2"])
    return f"{share:.0%} of the text around it is links" if share > 0.3 else ""


def _names(_row: Mapping[str, float], verdict: Verdict, index: int, lexicon: Lexicon) -> str:
    found = sorted(set(_telling_names(verdict.view.areas[index], verdict.view.core_line, lexicon)))
    return "in elements called " + " and ".join(word for _, word in found[:3]) if found else ""


def _telling_names(area: Area, core_line: Collection[int], lexicon: Lexicon) -> Iterator[tuple[float, str]]:
    for step in line_of(area):
        if id(step) not in core_line and step.container is not None:
            for word in name_words(step.container):
                if lexicon.names.get(word, 0.0) < -_TELLING:
                    yield lexicon.names[word], word


_TELLING = 0.7
"""The weight of a word that is worth naming: it stands twice as often around articles as in them."""


def _outside(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "outside the element that holds most of the running text" if row["from_core"] > 0 else ""


def _no_text_around(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "hardly any running text around it" if row["long_1"] < 0.1 else ""


def _wording(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "worded as sites word what is not the article" if row["wording"] < 0 else ""


def _section(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    if row["section_links"] > 0.4:
        return f"{row['section_links']:.0%} of its section is links"
    return "under a heading that opens no part of an article" if row["section_wording"] < 0 else ""


def _after(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "after the running text" if row["long_after"] < 0.05 else ""


def _before(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "before the running text" if row["long_before"] < 0.02 and row["after_title"] < 1 else ""


def _short(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "too short for running text" if row["words"] < 6 else ""


def _twin(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return f"{row['twins']:.0f} times on the page" if row["twins"] > 1 else ""


def _footer(row: Mapping[str, float], _verdict: Verdict, _index: int, _lexicon: Lexicon) -> str:
    return "in the page's footer" if row["footer"] else ""


_WORDING: Mapping[str, _Say] = {
    "link_share": _links,
    **dict.fromkeys(("links_1", "links_2", "links_3"), _links_around),
    **dict.fromkeys(("low_apart", "names_apart", "own_names"), _names),
    **dict.fromkeys(("from_core", "depth"), _outside),
    **dict.fromkeys(("long_1", "words_1", "long_2", "long_3"), _no_text_around),
    **dict.fromkeys(("wording", "opening"), _wording),
    **dict.fromkeys(("section_links", "section_wording", "section_words"), _section),
    **dict.fromkeys(("long_after", "words_after", "to_long_after"), _after),
    **dict.fromkeys(("long_before", "words_before", "after_title"), _before),
    **dict.fromkeys(("words", "chars"), _short),
    **dict.fromkeys(("twins", "is_twin"), _twin),
    "footer": _footer,
}
"""How each feature is told, where it says something that a person can see on the page."""
