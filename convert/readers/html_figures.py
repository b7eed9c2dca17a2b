"""What a web page shows: images, figures with their captions, and what it embeds of other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from convert.model import Block, Embed, Figure, Image, Link, Origin, Paragraph
from convert.readers.html_elements import Attributes
from convert.readers.html_images import best_image, is_placeholder

if TYPE_CHECKING:
    from convert.readers.html_blocks import Walk


def read_image(walk: Walk, node: LexborNode, _tag: str, attributes: Attributes, _place: str) -> None:
    sources: list[Mapping[str, str]] = []
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        sources = [{key: value or "" for key, value in found.attributes.items()} for found in parent.css("source")]
    image = best_image({key: value or "" for key, value in attributes.items()}, sources, walk.page.base)
    if image is not None:
        walk.add(image)
        walk.has_placeholder = walk.has_placeholder or is_placeholder(image)


def read_noscript(walk: Walk, node: LexborNode, _tag: str, _attributes: Attributes, place: str) -> None:
    """What a page shows without scripts: the real image behind a placeholder, and nothing else."""
    before = walk.frames[-1].children
    if before and isinstance(before[-1], Image) and not is_placeholder(before[-1]):
        return
    found = node.css_first("img")
    if found is not None:
        if before and isinstance(before[-1], Image):
            before.pop()
        read_image(walk, found, "img", found.attributes, place)


def read_figure(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    walk.flush()
    inner = walk.inner(tag, attributes, place)
    inner.caption = []
    inner.children(node, place)
    blocks, caption = list(inner.done()), tuple(inner.caption)
    pictures = [block for block in blocks if isinstance(block, Figure) or _linked_image(block)]
    origin = Origin(walk.page.source, place)
    if len(blocks) == 1 and len(pictures) == 1 and caption:
        image = pictures[0].image if isinstance(pictures[0], Figure) else _linked_image(pictures[0])
        assert image is not None
        walk.blocks.append(Figure(image, caption, origin=origin, within=inner.within))
    elif len(blocks) == 1 and isinstance(blocks[0], Embed):
        walk.blocks.append(replace(blocks[0], caption=caption))
    elif blocks and caption and isinstance(blocks[-1], Figure) and not blocks[-1].caption:
        walk.blocks.extend((*blocks[:-1], replace(blocks[-1], caption=caption)))  # of all images of a gallery
    else:
        walk.blocks.extend((*blocks, *caption))


def _linked_image(block: Block) -> Image | None:
    match block:
        case Paragraph(children=(Link(children=(Image() as image,)),)):
            return image
    return None


def read_caption(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    if walk.caption is None:
        walk.container(node, tag, attributes, place)
        return
    inner = walk.inner(tag, attributes, place)
    inner.children(node, place)
    walk.caption.extend(inner.done())


def read_embed(walk: Walk, _node: LexborNode, _tag: str, attributes: Attributes, place: str) -> None:
    """Something of another page. What a frame of one pixel shows is a tracker."""
    address = attributes.get("src") or attributes.get("data-src") or attributes.get("data-lazy-src") or ""
    url = walk.page.absolute(address) if address else ""
    is_pixel = any((attributes.get(side) or "").strip("px ") in ("0", "1") for side in ("width", "height"))
    if url.startswith(("http://", "https://")) and not is_pixel:
        walk.flush()
        origin = Origin(walk.page.source, place)
        walk.blocks.append(Embed(url, attributes.get("title") or "", origin=origin, within=walk.within))


def read_media(walk: Walk, node: LexborNode, tag: str, attributes: Attributes, place: str) -> None:
    source = node.css_first("source")
    if not attributes.get("src") and source is not None:
        attributes = {**attributes, "src": source.attributes.get("src")}
    read_embed(walk, node, tag, attributes, place)
