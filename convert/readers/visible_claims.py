"""What a web page shows of its title, its authors and its dates: headings, bylines, datelines, marked elements.

The page is walked once. Its visible texts become a list of lines, in the order of the page, and every element that
may state something has its place in that list, so that "near the title" can be told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.model import Claim
from convert.node_text import HIDDEN, inner_text
from convert.readers.claim_data import LONG_START, ClaimData
from convert.site_names import SEPARATOR, site_parts
from convert.words import letters, words

_BEFORE = 8
_AFTER = 40
"""Lines before and after the title in which its byline and dateline stand. A line here is a run of text without an
element in it: "By", "Ann Lee", "|" are three."""

_MAX_LINE = 160
"""Characters of the longest line or element that is taken for a byline or a dateline."""

_MAX_HEADINGS = 12
_MAX_MARKED = 24
"""How many elements of a kind are looked at; a page with more lists other articles."""

_LABEL = re.compile(r"[^\W\d_][^\d]{2,30}\Z")
"""What may say of the date behind it what happened on it: "Last updated"."""

_SAME_TITLE = 0.34
"""Share of common words from which a heading is the title that the head of the page states."""

_OTHER_TITLE = 0.2
"""Share of common words below which a heading is that of a department or a motto; of seven such, two were titles."""


@dataclass(frozen=True, slots=True)
class _Page:
    lines: Sequence[str]
    places: Mapping[int, int]  # of an element, by its identity: how many lines stand before it
    links: Sequence[tuple[int, LexborNode]]  # each with how many lines stand before it


def visible_claims(
    page: LexborHTMLParser,
    headings: Sequence[LexborNode],
    titles: Sequence[str],
    site: Collection[str],
    data: ClaimData,
) -> list[Claim]:
    """What the page shows. `headings` are its `<h1>` elements, `titles` the titles that its head states, by which its
    heading is found; `site` the names of the site, which are no titles."""
    if page.body is None:
        return []
    marked = {node.mem_id: node for node in page.css(data.visible_selector)}
    heading, claims = _headings(page, headings, titles, {*site, *site_parts(titles)})
    seen = _walked(page.body, {*marked, *([heading.mem_id] if heading else [])})
    start = seen.places.get(heading.mem_id, 0) if heading else 0
    claims.extend(_marked(tuple(marked.values()), seen, start, data))
    claims.extend(_lines(seen.lines, start, len(_lines_of(heading)) if heading else 0, data))
    if all(claim.field != "date" for claim in claims):
        claims.extend(_only_date(seen.lines, data))
    return claims


def _walked(body: LexborNode, wanted: set[int]) -> _Page:
    lines: list[str] = []
    places: dict[int, int] = {}
    links: list[tuple[int, LexborNode]] = []
    may_be_hidden = False
    for node in body.traverse(include_text=True):
        tag = node.tag
        if tag == "-text":
            if may_be_hidden and node.parent is not None and node.parent.tag in HIDDEN:
                continue
            text = (node.text_content or "").strip()
            if text:
                lines.append(" ".join(text.split()) if "\n" in text or "  " in text or "\t" in text else text)
        else:
            may_be_hidden = tag in HIDDEN
            if node.mem_id in wanted:
                places[node.mem_id] = len(lines)
            elif tag == "a":
                links.append((len(lines), node))
    return _Page(lines, places, links)


def _lines_of(node: LexborNode) -> list[str]:
    """The lines inside an element; none if they are longer than a byline or a dateline can be."""
    lines: list[str] = []
    left = _MAX_LINE
    for child in node.traverse(include_text=True):
        if child.tag == "-text" and (child.parent is None or child.parent.tag not in HIDDEN):
            line = " ".join((child.text_content or "").split())
            left -= len(line)
            if left < 0:
                return []
            if line:
                lines.append(line)
    return lines


# -- the title -------------------------------------------------------------------------------------------------


def _headings(
    page: LexborHTMLParser, main: Sequence[LexborNode], titles: Sequence[str], site: Collection[str]
) -> tuple[LexborNode | None, list[Claim]]:
    """The element that is the article's heading, and the claims of it and of the other main headings.

    Of several <h1> (the site's name is often one) it is the one that is most like the titles of the head; where none
    is like them, a smaller heading that is.
    """
    stated = [set(words(part)) for title in titles for part in (title, *SEPARATOR.split(title))]
    stated = [part for part in stated if part]
    rated = [(_likeness(text, stated), node, text) for node, text in _texts(main) if letters(text) not in site]
    best = max(rated, key=lambda entry: entry[0], default=None)
    if best is None or (stated and best[0] < _SAME_TITLE):
        others = [
            (_likeness(text, stated), node, text)
            for node, text in _texts(page.css('h2, h3, [class*="title" i]'))
            if letters(text) not in site
        ]
        other = max(others, key=lambda entry: entry[0], default=None)
        if other is not None and other[0] >= 2 * _SAME_TITLE:
            name = f"<{other[1].tag}>, which is like the title in the head"
            return other[1], [Claim("title", other[2], name), *(Claim("title", t, "another <h1>") for _, _, t in rated)]
    if best is None:
        return None, []
    is_like = not stated or best[0] >= _SAME_TITLE
    if len(rated) > 1:
        doubt = "an <h1> of several, unlike the title"
    elif best[0] < _OTHER_TITLE:
        doubt = "<h1>, which says another thing than the title in the head"
    else:
        doubt = "<h1>, which is unlike the title in the head"
    first = "<h1>" if is_like else doubt
    rest = (Claim("title", text, "another <h1>") for _, node, text in rated if node is not best[1])
    return best[1], [Claim("title", best[2], first), *rest]


def _texts(nodes: Sequence[LexborNode]) -> Iterator[tuple[LexborNode, str]]:
    for node in nodes[:_MAX_HEADINGS]:
        text = inner_text(node)
        if text and len(text) < 400:
            yield node, text


def _likeness(text: str, stated: Sequence[set[str]]) -> float:
    """How much of its words a heading shares with the stated title that it is most like, from 0 to 1."""
    own = set(words(text))
    return max((len(own & title) / len(own | title) for title in stated), default=0.0)


# -- marked elements -------------------------------------------------------------------------------------------


def _marked(marked: Sequence[LexborNode], seen: _Page, start: int, data: ClaimData) -> Iterator[Claim]:
    """The claims of elements that are marked as an author's or a date's, the nearest to the title first."""
    found: list[_Found] = []
    near = [(place, node) for place, node in seen.links if start - _BEFORE <= place <= start + _AFTER]
    placed = [(seen.places[node.mem_id], node) for node in marked if node.mem_id in seen.places]
    for number, (place, node) in enumerate((*placed, *near)):
        distance = place - start if place >= start else 4 * (start - place)
        found.extend(
            (distance, number, place, _with_label(claim, seen.lines, place)) for claim in _claims_of(node, data)
        )
    found = _in_a_row(found, seen.lines)
    counts: dict[str, int] = {}
    for distance, _, _, claim in sorted(found, key=lambda entry: entry[:2]):
        counts[claim.field] = counts.get(claim.field, 0) + 1
        if counts[claim.field] <= _MAX_MARKED:
            where = "" if distance <= _AFTER else ", far from the title"
            yield Claim(claim.field, claim.value, claim.evidence + where)


def _with_label(claim: Claim, lines: Sequence[str], place: int) -> Claim:
    """A claim of a date, with the line before its element where that may say what happened then."""
    label = _label(lines, place) if claim.field == "date" else ""
    return Claim(claim.field, f"{label}\n{claim.value}", claim.evidence) if label else claim


def _label(lines: Sequence[str], index: int) -> str:
    """What stands before a line, if it may be a label: "Last updated", or "Last updated" and "on"."""
    before = lines[index - 1] if index else ""
    if len(before) <= _MAX_JOINT and index > 1:
        before = lines[index - 2]
    return before if _LABEL.match(before) else ""


_Found: TypeAlias = tuple[int, int, int, Claim]
"""The distance of a claim from the title, its number, its place among the lines, and the claim."""


def _in_a_row(found: Sequence[_Found], lines: Sequence[str]) -> list[_Found]:
    """The claims, with those of authors that stand in a row, marked alike, as one: "Ann Lee", "and", "Bo Kim"."""
    joined: list[_Found] = []
    for one in sorted(found, key=lambda entry: (entry[2], entry[1])):
        if joined and one[3].field == "authors" and one[3].evidence == joined[-1][3].evidence:
            distance, number, place, before = joined[-1]
            end = place + before.value.count("\n") + 1
            if end <= one[2] <= end + _MAX_GAP and all(len(line) <= _MAX_JOINT for line in lines[end : one[2]]):
                value = "\n".join((before.value, *(lines[end : one[2]] or [","]), one[3].value))
                joined[-1] = (distance, number, place, Claim("authors", value, before.evidence))
                continue
        joined.append(one)
    return joined


_MAX_GAP = 4
"""Lines between two names of a list: the number of a note, a comma."""

_MAX_JOINT = 3
"""Characters of the longest line between two names of a list, or a label and its date: "and", ",", "on"."""


def _claims_of(node: LexborNode, data: ClaimData) -> Iterator[Claim]:
    attributes = node.attributes
    tag = node.tag
    if tag == "meta" or tag == "link" or tag in HIDDEN:
        return
    prop = attributes.get("itemprop") or ""
    if tag == "time" or prop in ("datePublished", "dateModified", "dateCreated"):
        value = attributes.get("datetime") or attributes.get("content") or inner_text(node)
        if value and len(value) <= _MAX_LINE:
            is_update = prop == "dateModified" or "updated" in (attributes.get("class") or "").split()
            yield Claim("updated" if is_update else "date", value.strip(), f'itemprop="{prop}"' if prop else f"<{tag}>")
        return
    names = " ".join(filter(None, (attributes.get(name) for name in ("class", "data-testid")))).lower()
    evidence = ""
    field = "authors"
    if "author" in (attributes.get("rel") or "").split():
        evidence = 'link rel="author"'
    elif prop in ("author", "creator"):
        evidence = f'itemprop="{prop}"'
    elif name := data.author_class(names):
        evidence = f'element with class "{name}"'
    elif tag == "a" and data.is_person((attributes.get("href") or "").lower()):
        evidence = "link to a person's page"
    elif name := data.date_class(names):
        field, evidence = "date", f'element with class "{name}"'
    if evidence:
        lines = _lines_of(node)
        value = "\n".join(lines)
        if value and len(value) <= _MAX_LINE:
            yield Claim(field, value, evidence)


# -- lines near the title --------------------------------------------------------------------------------------


def _lines(lines: Sequence[str], start: int, length: int, data: ClaimData) -> Iterator[Claim]:
    """The lines around the title, and lines elsewhere that start as bylines do."""
    end = start + length
    around = [*range(end, min(len(lines), end + _AFTER)), *range(max(0, start - _BEFORE), start)]
    for index in around:
        text = lines[index]
        if len(text) > _MAX_LINE:
            continue
        if text[:2] in data.label_starts and data.says_author.match(text):
            where = "line under the title" if 0 <= index - end <= _UNDER else "line near the title"
            yield Claim("authors", "\n".join(_continued(lines, index)), where)
        if 0 <= index - end <= _BESIDE and data.is_name.match(text):
            following = [line for line in lines[index + 1 : index + 4] if len(line) < _MAX_ROLE]
            if following and data.is_role.match(following[0]):
                yield Claim("authors", text, "a name beside a role")
            elif any(data.may_date(line) for line in following):
                yield Claim("authors", text, "a name beside a date")
        if (len(text) <= _MAX_ROLE or data.says_date.match(text)) and data.may_date(text):
            yield Claim("date", f"{_label(lines, index)}\n{text}", "line near the title")
    yield from _labelled(lines, set(around), data)
    for above, below in pairwise(lines):
        if above[:3] == below[:3] and len(above) <= _MAX_LINE and _is_noted(above, below, data):
            yield Claim("authors", above, "a name over a note on it")


def _only_date(lines: Sequence[str], data: ClaimData) -> Iterator[Claim]:
    """The date that stands on a line of its own somewhere in the page, if there is but one."""
    dates = {line for line in lines if len(line) <= _MAX_DATE and data.may_date(line)}
    if len(dates) == 1:
        yield Claim("date", dates.pop(), "the only line that is a date")


def _labelled(lines: Sequence[str], near: Collection[int], data: ClaimData) -> Iterator[Claim]:
    """The lines far from the title that start with "Written by", "Last updated" and the like."""
    for index, line in enumerate(lines):
        if line[:LONG_START] not in data.long_label_starts or index in near or len(line) > _MAX_LINE:
            continue
        match = data.says_something.match(line)
        if match is None:
            continue
        if match["written"]:
            yield Claim("authors", "\n".join(_continued(lines, index)), "line of the text")
        elif data.may_date(value := " ".join(lines[index : index + 2])[:_MAX_LINE]):
            yield Claim("date", value, "line of the text")


_MAX_DATE = 30
"""Characters of the longest date that stands on a line of its own: "Wednesday, September 10, 2025"."""

_UNDER = 16
"""Lines after the title in which a "By Ann Lee" is its byline; further down it may be that of a book or a picture."""

_BESIDE = 10
"""Lines after the title within which a name may stand that no label announces."""

_MAX_ROLE = 60
"""Characters of the longest line that says what somebody is, or when something was published."""


def _is_noted(text: str, following: str, data: ClaimData) -> bool:
    """Whether a line is a name over a note on who bears it: "Ann Lee", "Ann is a pilot and writes on ports"."""
    first = text.partition(" ")[0]
    if not following.startswith(first) or not data.is_name.match(text):
        return False
    rest = following.removeprefix(text) if following.startswith(text) else following.removeprefix(first)
    return bool(data.is_verb.match(rest.strip()))


def _continued(lines: Sequence[str], index: int) -> list[str]:
    """A line, and those after it that may belong to it: "By", "Ann Lee", "and", "Bo Kim"."""
    return [text for text in lines[index : index + 6] if len(text) <= _MAX_LINE]
