"""What Markdown has no form for, as HTML in it: one block without blank lines, which `readers/html_fragment.py` reads
back to what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from convert.edition import Edition
from convert.exporters.addresses import written_address
from convert.exporters.xhtml import Rendering, attributes, blocks_xhtml
from convert.images import is_of_the_web, is_relative
from convert.model import Block, Embed, Image, NoteRef
from convert.walk import inlines_below


def is_alone(block: Block) -> bool:
    """Whether a block calls no note: a call in HTML is none to a Markdown reader, and the note would be lost."""
    return not any(isinstance(node, NoteRef) for node in inlines_below((block,)))


def is_kept(image: Image, files: Mapping[str, str]) -> bool:
    """Whether a Markdown edition has an image as one, and not as its words. `files` are those beside it."""
    return image.url in files or is_of_the_web(image.url) or is_relative(image.url)


def html_block(block: Block, edition: Edition, files: Mapping[str, str]) -> str:
    """The block as HTML that stands between empty lines of a Markdown file (CommonMark, 4.6, start condition 6)."""

    def written(image: Image) -> str:
        if not is_kept(image, files):
            return escape(image.alt, quote=False)
        address = files.get(image.url) or written_address(image.url)
        return f'<img src="{escape(address)}" alt="{escape(image.alt)}"{attributes(title=image.title)}/>'

    rendering = Rendering(edition, {}, image=written)
    if isinstance(block, Embed):
        words = f"<figcaption>{blocks_xhtml(block.caption, rendering)}</figcaption>" if block.caption else ""
        link = f"<a{attributes(href=written_address(block.url))}>{escape(block.title or block.url, quote=False)}</a>"
        text = f'<figure class="embed">{link}{words}</figure>'
    else:
        text = blocks_xhtml((block,), rendering)
    return _EMPTY_LINES.sub(lambda match: "&#10;" * match[0].count("\n"), text.strip("\n"))


_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")  # in code: it would end the block
