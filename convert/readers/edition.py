"""Reads a Markdown edition of our own back to the document that it was written from.

The Markdown exporter puts what it adds (title block, contents, headings of its own) between pairs of comments;
this is its inverse. What stands between the marks is kept as a Section, which the rule EDN101 removes, so that
words that a person wrote there are in the ledger.
"""

from __future__ import annotations

from dataclasses import replace

from convert.article import name_as_title
from convert.model import Block, Blocks, Document, Meta, Notice, NoticeKind, Paragraph, Raw, Role, Section
from convert.walk import plain, sequences_of, with_sequences
from convert.words import alike

MARK = "clearcopy:"
"""How the comments around generated parts start: `<!-- clearcopy:contents -->`, `<!-- /clearcopy:contents -->`."""

ABOUT = "about"
NOTICE = "notice"


def opening(part: str) -> str:
    return f"<!-- {MARK}{part} -->"


def closing(part: str) -> str:
    return f"<!-- /{MARK}{part} -->"


def read_back(document: Document) -> Document:
    """The document with the generated parts gathered into sections and the roles set again."""
    blocks: list[Block] = []
    pending = list(_without_separators(document.blocks))
    role = Role.BODY
    while pending:
        block = pending.pop(0)
        part = _part(block)
        if part:
            inner, pending = _until(pending, closing(part))
            if part == NOTICE:
                blocks.append(Notice(NoticeKind.BREAKS_OFF, origin=block.origin))
            else:
                blocks.append(Section(MARK + part, inner, origin=block.origin))
            role = Role.ABOUT if part == ABOUT else role
        else:
            blocks.append(_with_role(block, role, document.meta))
    return replace(document, blocks=tuple(blocks), meta=_known(document.meta))


def _known(meta: Meta) -> Meta:
    """The metadata without a title that was only the name of the first source's file."""
    return replace(meta, title="") if meta.file and meta.title == name_as_title(meta.file) else meta


def _without_separators(blocks: Blocks) -> Blocks:
    """Blocks without the empty comments that pandoc writes between two lists, which would else be one."""
    return tuple(
        with_sequences(block, [_without_separators(sequence) for sequence in sequences_of(block)])
        for block in blocks
        if not (isinstance(block, Raw) and block.text.strip() == _LIST_SEPARATOR)
    )


_LIST_SEPARATOR = "<!-- -->"


def _part(block: Block) -> str:
    match block:
        case Raw(text=text) if text.strip().startswith(f"<!-- {MARK}"):
            return text.strip().removeprefix(f"<!-- {MARK}").removesuffix(" -->")
    return ""


def _until(blocks: list[Block], mark: str) -> tuple[Blocks, list[Block]]:
    for index, block in enumerate(blocks):
        if isinstance(block, Raw) and block.text.strip() == mark:
            return tuple(blocks[:index]), blocks[index + 1 :]
    return (), blocks  # the closing mark is gone: nothing is taken for generated


def _with_role(block: Block, role: Role, meta: Meta) -> Block:
    if not isinstance(block, Paragraph):
        return block
    if role is Role.ABOUT:
        return Paragraph(block.children, role, origin=block.origin)
    if meta.description and alike(plain(block)) == alike(meta.description):
        return Paragraph(block.children, Role.STANDFIRST, origin=block.origin)
    return block
