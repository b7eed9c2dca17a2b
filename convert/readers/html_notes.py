"""Which links of a page call a note, and which elements are those notes.

Pages write notes in many ways: with roles (DPUB-ARIA 1.1: doc-noteref, doc-footnote, doc-endnote, doc-backlink), as the
list that Markdown programs put under a text, as Word and Google Docs export them, as Wikipedia has them. What they
share is that a short mark links to an element further down that leads back to it, or that is called a note. A link
of a table of contents does neither, and its target holds a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import Blocks, Inline, Inlines, Link, Paragraph, Styled, Text
from convert.readers.html_elements import HIDING_STYLE, trimmed
from convert.walk import joined, plain


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page; nodes by the number that the parser knows them by."""

    calls: Mapping[int, str] = field(default_factory=dict)  # links: the label of the note that each calls
    notes: Mapping[int, str] = field(default_factory=dict)  # elements: their labels
    backlinks: frozenset[int] = frozenset()  # links in notes that lead back to a call


NO_NOTES = Notes()

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§]{1,4}|note \d+)\s*[\])]?[.:]?", re.IGNORECASE)
"""What a call looks like: "1", "[12]", "(a)", "*", "[note 3]"."""

_CALL_NAME = re.compile(r"(?:^|[\s_-])(?:note-?ref|footnote|fn-?ref|fn|note-?link|noteref|reference|sdfootnoteanc)\b")
_NOTE_NAME = re.compile(
    r"_?(?:fn|ftn|ftnt|edn|footnote|endnote|note|cite_note|sdfootnote|sdendnote|easy-footnote-bottom)"
    r"(?:[-_:.][\w:.-]{0,80}?)?\d[\w:.-]{0,80}",
    re.IGNORECASE,
)
"""What the id of a note looks like: "fn1", "fn:2", "_ftn3", "cite_note-Lee-4", "sdfootnote5sym"."""

_SECTION_NAME = re.compile(r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|notes|reflist)(?:$|[\s_-])", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "doc-note", "footnote", "endnote"})
_SECTION_ROLES = frozenset({"doc-endnotes", "doc-footnotes", "endnotes", "footnotes"})
_HOLDERS = frozenset({"p", "li", "div", "aside", "section", "dd", "blockquote", "small", "article"})
_INLINE = frozenset({"a", "span", "sup", "b", "strong", "i", "em", "small", "font"})
_AROUND_A_CALL = _INLINE | {"p", "li", "td", "dd", "blockquote"}
_MAX_CLIMB = 8
"""Elements around a mark that are looked at; marks stand three or four deep."""


def notes_of(tree: LexborHTMLParser, address: str) -> Notes:
    """The notes of a page, numbered in the order of their calls. `address` is that of the page, or empty."""
    own = address.partition("#")[0]
    links = list(_links(tree, own))
    if not any(_is_call(link) for link, _ in links):
        return NO_NOTES
    places = _places(tree)
    calls: dict[int, str] = {}
    notes: dict[int, str] = {}
    leading_back: set[int] = set()
    pointing: dict[str, list[int]] = {}
    for link, name in links:
        pointing.setdefault(name, []).append(link.mem_id)
    known: dict[int, _Known] = {}
    order = {link.mem_id: number for number, (link, _) in enumerate(links)}
    for link, name in links:
        target = places.get(name)
        if target is None or link.mem_id in leading_back or not _is_call(link):
            continue
        note = _element_of(target)
        if note is None or note.mem_id in map(_number, _around(link)):
            continue
        facts = known.get(note.mem_id) or known.setdefault(note.mem_id, _known(note, target))
        if not facts.can_be_note:
            continue
        back = _back_to(link, facts.links, pointing, order)
        if not back and not facts.is_called_note:
            continue
        leading_back.update(back)
        label = notes.setdefault(note.mem_id, str(len(notes) + 1))
        calls[link.mem_id] = label
    if not notes:
        return NO_NOTES
    back_links = _all_back(links, calls, notes, places) | leading_back
    return Notes({link: label for link, label in calls.items() if link not in back_links}, notes, back_links)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the element of a note, which many calls may lead to."""

    links: frozenset[int]  # in it, to places in the page
    is_called_note: bool
    can_be_note: bool


def _known(note: LexborNode, target: LexborNode) -> _Known:
    links = frozenset(found.mem_id for found in note.css('a[href*="#"]'))
    can_be_note = not _is_in_hidden(note) and not _holds_more_than_a_note(note)
    return _Known(links, _is_called_note(note, target), can_be_note)


def _links(tree: LexborHTMLParser, own: str) -> Iterator[tuple[LexborNode, str]]:
    """The links within the page, each with the name of the place that it leads to."""
    for link in tree.css('a[href*="#"]'):
        before, _, name = (link.attributes.get("href") or "").strip().partition("#")
        if name and (not before or (own and before == own)):
            yield link, unquote(name)


def _places(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    """Every element that a link can lead to; the first of a name counts (HTML 7.4.6.3)."""
    places: dict[str, LexborNode] = {}
    for node in tree.css("[id]"):
        places.setdefault(node.attributes.get("id") or "", node)
    for node in tree.css("a[name]"):
        places.setdefault(node.attributes.get("name") or "", node)
    return places


def _number(node: LexborNode) -> int:
    return node.mem_id


def _around(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    for _ in range(_MAX_CLIMB):
        if parent is None or parent.tag in ("body", "html", None):
            return
        yield parent
        parent = parent.parent


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _is_call(link: LexborNode) -> bool:
    attributes = link.attributes
    if "doc-noteref" in (attributes.get("role") or "") or attributes.get("epub:type") == "noteref":
        return True
    if "doc-backlink" in (attributes.get("role") or ""):
        return False
    text = link.text().strip()
    if not text or len(text) > _MAX_MARK or not _MARK.fullmatch(text):
        return False
    parent = link.parent
    return (
        not text.isalpha()
        or _CALL_NAME.search(_names(link)) is not None
        or (parent is not None and (parent.tag == "sup" or _CALL_NAME.search(_names(parent)) is not None))
    )


_MAX_MARK = 12


def _is_in_hidden(note: LexborNode) -> bool:
    """Whether a note stands in what is not read. It may itself be hidden until its call is pressed."""
    node = note.parent
    while node is not None:
        if (
            node.tag in _UNREAD
            or "hidden" in node.attributes
            or HIDING_STYLE.search(node.attributes.get("style") or "")
        ):
            return True
        node = node.parent
    return False


_UNREAD = frozenset({"svg", "math", "pre", "noscript", "template", "object", "select", "textarea", "ruby", "head"})


def _element_of(target: LexborNode) -> LexborNode | None:
    """The element of the note that an anchor opens: itself, or the paragraph at whose start it stands."""
    node: LexborNode | None = target
    while node is not None and node.tag in _INLINE:
        if node.tag != "a" and len(node.text().split()) > _MAX_MARK_WORDS:
            break  # a span that is the whole note
        node = node.parent
    if node is None or (node.tag not in _HOLDERS and node.tag not in _INLINE):
        return None
    around = node.parent
    own = around.attributes if around is not None else {}
    if around is not None and around.tag in ("li", "div", "aside") and _NOTE_NAME.fullmatch(own.get("id") or ""):
        return around
    return node


_MAX_MARK_WORDS = 3


def _back_to(
    link: LexborNode, inside: frozenset[int], pointing: Mapping[str, list[int]], order: Mapping[int, int]
) -> set[int]:
    """The links in a note that lead back to a call, to the element around it, or to the paragraph that it is in."""
    back: set[int] = set()
    for node in (link, *_around(link)):
        if node.tag not in _AROUND_A_CALL:
            break
        names = (node.attributes.get("id"), node.attributes.get("name") if node.tag == "a" else None)
        back.update(found for name in names if name for found in pointing.get(name, ()) if found in inside)
    return {found for found in back if order[found] > order[link.mem_id]}


def _is_called_note(note: LexborNode, target: LexborNode) -> bool:
    """Whether an element is said to be a note: by its role, by its id, or by the section that it stands in."""
    for node in (note, target):
        attributes = node.attributes
        if attributes.get("role") in _NOTE_ROLES or attributes.get("epub:type") in _NOTE_ROLES:
            return True
        if _NOTE_NAME.fullmatch(attributes.get("id") or ""):
            return True
    return note.tag in ("li", "p", "div", "aside") and any(
        around.attributes.get("role") in _SECTION_ROLES or _SECTION_NAME.search(_names(around)) is not None
        for around in _around(note)
    )


_MAX_NOTE_WORDS = 1500
"""Words of a note at most; the longest notes of law reviews have a thousand."""


def _holds_more_than_a_note(note: LexborNode) -> bool:
    return note.css_first("h1, h2, h3, h4, h5, h6, nav, form") is not None or len(note.text().split()) > _MAX_NOTE_WORDS


def _all_back(
    links: list[tuple[LexborNode, str]],
    calls: Mapping[int, str],
    notes: Mapping[int, str],
    places: Mapping[str, LexborNode],
) -> frozenset[int]:
    """The links back, those to the second and third call of a note too."""
    calling: set[int] = set()
    for link, _ in links:
        if link.mem_id in calls:
            calling.update((link.mem_id, *(node.mem_id for node in _around(link) if node.tag in ("sup", "span"))))
    found: set[int] = set()
    for link, name in links:
        target = places.get(name)
        if target is not None and target.mem_id in calling and any(node.mem_id in notes for node in _around(link)):
            found.add(link.mem_id)
    return frozenset(found)


# -- the words of a note ---------------------------------------------------------------------------------------

_OPENING = re.compile(r"\s*(?:[\[(]\s*\d{0,4}\s*[\])]|\^|\d{1,4}[.):]|[*†‡§]+)[\s.:]*")
_ARROWS = re.compile(r"[\s\u00a0]*[↩↑⤴⮌⏎^\ufe0e\ufe0f]*[\s\u00a0]*\Z")


def without_marks(blocks: Blocks) -> Blocks:
    """The blocks of a note without the number at its start and the arrow at its end, which editions add."""
    kept = list(blocks)
    if kept and isinstance(kept[0], Paragraph):
        kept[0] = replace(kept[0], children=_without_opening(kept[0].children))
    if kept and isinstance(kept[-1], Paragraph):
        kept[-1] = replace(kept[-1], children=_without_arrow(kept[-1].children))
    return tuple(block for block in kept if not isinstance(block, Paragraph) or block.children)


def _without_opening(children: Inlines) -> Inlines:
    first = children[0] if children else None
    if isinstance(first, Text) and (found := _OPENING.match(first.text)):
        return trimmed(joined((Text(first.text[found.end() :]),), children[1:]))
    if isinstance(first, Styled) and len(children) > 1 and _OPENING.fullmatch(f"{plain(first).strip()}."):
        return trimmed(children[1:])
    return children


def _without_arrow(children: Inlines) -> Inlines:
    kept: list[Inline] = list(children)
    while kept:
        last = kept[-1]
        if isinstance(last, Text):
            text = _ARROWS.sub("", last.text)
            if text:
                kept[-1] = Text(text)
                break
        elif isinstance(last, Link | Styled) and not plain(last).strip(" \u00a0↩↑⤴⮌⏎^\ufe0e\ufe0f"):
            pass
        else:
            break
        kept.pop()
    return tuple(kept)
