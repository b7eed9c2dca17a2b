"""The TeX of a formula, however a page writes or draws it; MathML without TeX is put into TeX.

Read are MathML (MathML Core; its `annotation` and `alttext`), and what KaTeX, MathJax 2 and 3 and MediaWiki draw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

DRAWN = ("katex", "MathJax", "mjx-chtml", "mwe-math-element")
"""How the class of an element starts that one of these programs drew."""

_TEX = 'annotation[encoding="application/x-tex"], annotation[encoding="TeX"], annotation[encoding="LaTeX"]'
_DISPLAYSTYLE = re.compile(r"\A\{\\displaystyle\s(.*)\}\Z", re.DOTALL)


def tex_of(math: LexborNode) -> str:
    """The TeX of a <math> element: as noted with it, else made of it."""
    note = math.css_first(_TEX)
    said = note.text() if note is not None else math.attributes.get("alttext") or ""
    return _without_displaystyle(said) if said.strip() else _converted(math)


def _without_displaystyle(tex: str) -> str:
    """TeX as its author wrote it; MediaWiki puts it into a group of its own."""
    found = _DISPLAYSTYLE.match(tex.strip())
    return (found[1] if found else tex).strip()


def tex_of_drawn(node: LexborNode) -> tuple[str, bool] | None:
    """The TeX of what a program drew, and whether it stands alone; None where it is drawn and no more is known.

    "" is given where a script beside it holds the TeX.
    """
    classes = node.attributes.get("class") or ""
    if "MathJax" in classes and _script_after(node):
        return "", False
    is_display = "display" in classes.lower()
    image = node.css_first("img[alt]") if classes.startswith("mwe-") else None
    math = node.css_first("math")
    if math is None:
        kept = node.attributes.get("data-mathml") or ""
        math = LexborHTMLParser(kept).css_first("math") if kept else None
    if math is not None:
        tex, is_display = tex_of(math), is_display or math.attributes.get("display") == "block"
    else:
        tex = _without_displaystyle(image.attributes.get("alt") or "") if image is not None else ""
    return (tex, is_display) if tex else None


def _script_after(node: LexborNode) -> bool:
    """Whether the TeX of what MathJax 2 drew follows, in a script."""
    step: LexborNode | None = node
    for _ in range(_MAX_SIBLINGS):
        if step is None:
            return False
        following = step.next
        if following is None or (following.tag == "-text" and (following.text_content or "").strip()):
            parent = step.parent
            is_wrapper = parent is not None and "MathJax" in (parent.attributes.get("class") or "")
            if not is_wrapper:
                return False
            step = parent
            continue
        if following.tag == "script" and (following.attributes.get("type") or "").startswith("math/tex"):
            return True
        step = following
    return False


_MAX_SIBLINGS = 6
"""Nodes after a formula among which its script is looked for: a preview, the drawing, spaces between."""


# -- MathML as TeX ---------------------------------------------------------------------------------------------

_MAX_DEPTH = 60

_SYMBOLS: Mapping[str, str] = {
    **dict(
        zip(
            "αβγδεζηθικλμνξπρστυφχψω",
            (
                *(
                    "alpha",
                    "beta",
                    "gamma",
                    "delta",
                    "epsilon",
                    "zeta",
                    "eta",
                    "theta",
                    "iota",
                    "kappa",
                    "lambda",
                    "mu",
                ),
                *("nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
            ),
            strict=True,
        )
    ),
    **dict(
        zip(
            "ΓΔΘΛΞΠΣΦΨΩ",
            (*("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"),),
            strict=True,
        )
    ),
    **dict(
        zip(
            "≤≥≠≈≡∼±∓×÷·∑∏∫∂∇∞√∈∉⊂⊆∪∩→←⇒⇔∀∃…",
            (
                *("le", "ge", "ne", "approx", "equiv", "sim", "pm", "mp", "times", "div", "cdot", "sum", "prod", "int"),
                *(
                    "partial",
                    "nabla",
                    "infty",
                    "surd",
                    "in",
                    "notin",
                    "subset",
                    "subseteq",
                    "cup",
                    "cap",
                    "to",
                    "leftarrow",
                ),
                *("Rightarrow", "Leftrightarrow", "forall", "exists", "dots"),
            ),
            strict=True,
        )
    ),
}
"""Commands of TeX for what has none of ASCII (The Comprehensive LaTeX Symbol List)."""

_PLAIN = {"−": "-", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\u200b": "", "′": "'"}
_ESCAPED = frozenset("#$%&_{}")


def _converted(math: LexborNode) -> str:
    return " ".join(_children(math, 0).split())


def _elements(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    child = node.first_child
    while child is not None:
        if child.tag is not None and child.tag[0] not in "-_!":
            found.append(child)
        child = child.next
    return found


def _children(node: LexborNode, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return _symbols(node.text())
    inner = _elements(node)
    return " ".join(filter(None, (_tex(child, depth + 1) for child in inner))) if inner else _symbols(node.text())


def _tex(node: LexborNode, depth: int) -> str:
    tag = node.tag or ""
    if tag in ("annotation", "annotation-xml", "mspace", "mphantom", "none", "mprescripts"):
        return ""
    parts = [_tex(child, depth + 1) for child in _elements(node)] if depth <= _MAX_DEPTH and tag in _MADE else []
    if tag in _MADE and len(parts) >= _NEEDED[tag]:
        return _MADE[tag](parts)
    if tag in ("mi", "mtext", "ms"):
        return _letters(node.text(), tag)
    return _children(node, depth)


def _letters(text: str, tag: str) -> str:
    words = text.strip()
    if tag != "mi" and words:
        return f"\\text{{{''.join(_ESCAPES.get(letter, letter) for letter in words)}}}"
    return f"\\mathrm{{{_symbols(words)}}}" if len(words) > 1 and words.isalpha() else _symbols(words)


_ESCAPES: Mapping[str, str] = {**{letter: f"\\{letter}" for letter in _ESCAPED}, "\\": "\\backslash "}


def _symbols(text: str) -> str:
    made = []
    for letter in text.strip():
        command = _SYMBOLS.get(letter)
        made.append(f"\\{command} " if command else _PLAIN.get(letter, _ESCAPES.get(letter, letter)))
    return "".join(made).strip()


def _table(rows: list[str]) -> str:
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


_MADE: Mapping[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: f"\\frac{{{parts[0]}}}{{{parts[1]}}}",
    "msup": lambda parts: f"{{{parts[0]}}}^{{{parts[1]}}}",
    "msub": lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}",
    "msubsup": lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}",
    "munder": lambda parts: f"{parts[0]}_{{{parts[1]}}}",
    "mover": lambda parts: f"{parts[0]}^{{{parts[1]}}}",
    "munderover": lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}",
    "msqrt": lambda parts: f"\\sqrt{{{' '.join(parts)}}}",
    "mroot": lambda parts: f"\\sqrt[{parts[1]}]{{{parts[0]}}}",
    "mtable": _table,
    "mtr": " & ".join,
}
_NEEDED: Mapping[str, int] = {
    **dict.fromkeys(_MADE, 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
    **dict.fromkeys(("msqrt", "mtable", "mtr"), 1),
}
