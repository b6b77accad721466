"""Papers as PDF: typeset by Typst from the template `paper.typ`, to which a paper is handed as data, never as markup.

Why Typst: docs/adr/0012-notices-on-paper.md. The Chinese fonts are the machine's (Debian: fonts-noto-cjk); none is in
the repository.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typst

from audit_service.errors import Failed
from audit_service.files.codes import code_svg
from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Codes, Heading, PageBreak, Paper, Paragraph, Table

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_CHINESE: Final = ("Noto Serif CJK SC", "FangSong", "FangSong_GB2312", "仿宋", "仿宋_GB2312", "SimSun", "宋体")
"""Families any one of which can set a Chinese paper."""


class Press:
    """Sets papers with the fonts of one folder, which is looked through once."""

    def __init__(self, font_folder: Path) -> None:
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder)])
        if not set(_CHINESE) & set(self._fonts.families()):
            raise Failed("fonts-missing", folder=str(font_folder))
        self._compiler = typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=self._fonts)

    def write(self, paper: Paper) -> bytes:
        """The PDF of a paper. Nothing in it depends on when or where it is written, but for the fonts."""
        found = self._compiler.compile(
            format="pdf", sys_inputs={"paper": json.dumps(_data(paper))}, timestamp=int(paper.at.timestamp())
        )
        if not isinstance(found, bytes):
            raise TypeError("a PDF is one file")
        return found


def _data(paper: Paper) -> dict[str, object]:
    left, _, right = paper.footer.partition("\t")
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "marks": list(paper.marks),
        "blocks": [_block(block) for block in paper.blocks],
        "footer": [_pieces(left), _pieces(right)],
        "chinese": paper.chinese,
    }


def _pieces(footer: str) -> list[str]:
    """The footer cut at the numbers of pages, which are marked by characters that no text has."""
    return footer.replace(PAGE, "\0p\0").replace(PAGES, "\0n\0").split("\0")


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(runs, style, keep):
            return {"kind": "paragraph", "runs": [asdict(run) for run in runs], "style": style, "keep": keep}
        case Table():
            return _table(block)
        case Blanks(widths, rows):
            return {"kind": "blanks", "widths": list(widths), "rows": [list(row) for row in rows]}
        case Codes(codes, width):
            drawn = [{"svg": code_svg(code.text), "caption": code.caption} for code in codes]
            return {"kind": "codes", "codes": drawn, "width": width}
        case PageBreak():
            return {"kind": "page-break"}


def _table(block: Table) -> dict[str, object]:
    return {
        "kind": "table",
        "widths": [column.width for column in block.columns],
        "headings": [column.heading for column in block.columns] if block.has_header else [],
        "align": [column.align for column in block.columns],
        "strong": [column.strong for column in block.columns],
        "rows": [_row(block, place) for place in range(len(block.rows))],
        "total": block.total,
    }


def _row(block: Table, place: int) -> list[dict[str, object]]:
    """The cells that begin in a row, each with how many rows it spans: grouped cells that say the same are one."""
    cells: list[dict[str, object]] = []
    for number, column in enumerate(block.columns):
        text, above = block.rows[place][number], block.rows[place - 1][number] if place else None
        if column.grouped and text == above:
            continue
        span = 1
        while column.grouped and place + span < len(block.rows) and block.rows[place + span][number] == text:
            span += 1
        cells.append({"text": text, "span": span, "column": number})
    return cells
