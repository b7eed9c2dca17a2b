"""Formulas as MathML, for readers that show it. Pandoc makes it of TeX, all formulas of an edition in one call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from convert.article import Article
from convert.exporters.pandoc_ast import Json, node, pandoc_document
from convert.exporters.xhtml import Formula
from convert.model import Blocks, Math, MathBlock
from convert.walk import inlines_below, sequences_of


def formulas_of(article: Article) -> tuple[Formula, ...]:
    """The formulas of an article, each once."""
    return tuple(dict.fromkeys(formula for blocks in article.sequences for formula in _in_blocks(blocks)))


def _in_blocks(blocks: Blocks) -> Iterator[Formula]:
    for block in blocks:
        if isinstance(block, MathBlock):
            yield Formula(block.tex, is_block=True)
        for sequence in sequences_of(block):
            yield from (formula for formula in _in_blocks(sequence) if formula.is_block)
    yield from (Formula(node.tex, is_block=False) for node in inlines_below(blocks) if isinstance(node, Math))


def mathml(formulas: Sequence[Formula]) -> Mapping[Formula, str]:
    """Each formula as MathML that holds its TeX, as an annotation and as its alternative text.

    Left out are those that pandoc cannot read.
    """
    if not formulas:
        return {}
    import pypandoc

    paragraphs = json.dumps(pandoc_document(map(_paragraph, formulas)), ensure_ascii=False)
    html = pypandoc.convert_text(
        paragraphs, "html", format="json", extra_args=["--mathml", "--wrap=none"], verify_format=False
    )
    made = [_MATH.search(paragraph) for paragraph in html.replace("\r\n", "\n").split("</p>")]
    return {
        formula: found[0].replace("<math ", f'<math alttext="{escape(formula.tex)}" ', 1)
        for formula, found in zip(formulas, made, strict=False)
        if found
    }


def _paragraph(formula: Formula) -> Json:
    return node("Para", [node("Math", [node("DisplayMath" if formula.is_block else "InlineMath"), formula.tex])])


_MATH = re.compile(r"<math .*</math>", re.DOTALL)
