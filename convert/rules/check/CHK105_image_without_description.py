"""Images with neither a description nor a caption.

What it does
    Reports, once for the document, how many there are.

Why
    Who cannot see an image, or reads where it is not shown, learns nothing of it (WCAG 2.2, 1.1.1). What it shows is
    for a person to say: no words are made up.

Example
    "![](crane.jpg)".

Known problems
    Ornaments, which need no description, are counted too.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.config import Config
from convert.edit import Edit
from convert.model import Block, Document, Figure, Heading, Image, Paragraph
from convert.rule import Phase, Rule, Safety
from convert.walk import Span, inlines_in, plain, sequences

_CONFIDENCE = 0.9


def check(document: Document, _config: Config) -> Iterator[Edit]:
    places = [
        Span(path, index, index + 1)
        for path, blocks in sequences(document)
        for index, block in enumerate(blocks)
        for _ in range(_undescribed(block))
    ]
    if places:
        count = f"{len(places)} images have" if len(places) > 1 else "an image has"
        yield Edit(places[0], None, f"{count} no description", _CONFIDENCE)


def _undescribed(block: Block) -> int:
    match block:
        case Figure(image, caption):
            return int(_is_mute(image) and not plain(caption).strip())
        case Paragraph(children) | Heading(children=children):
            return sum(_is_mute(node) for node in inlines_in(children) if isinstance(node, Image))
    return 0


def _is_mute(image: Image) -> bool:
    return bool(image.url) and not image.alt.strip()


RULE = Rule("CHK105", "image-without-description", Phase.CHECK, check, Safety.SAFE)
