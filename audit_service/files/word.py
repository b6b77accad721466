"""Papers in Word: the bytes of a .docx, in the form of `word_form`, always the same bytes of the same paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from audit_service.files.bundles import write_bundle
from audit_service.files.codes import code_png
from audit_service.files.paper import (
    PAGE,
    PAGES,
    Blanks,
    Block,
    Codes,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Table,
)
from audit_service.files.word_form import TEXT_WIDTH, blank_document, style_id

_FIELDS: Final = {PAGE: "PAGE", PAGES: "NUMPAGES"}
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
_BLANK_HEIGHT: Final = 13
_GAP: Final = 7
_LONGEST_PROPERTY: Final = 255


def write_paper(paper: Paper) -> bytes:
    """The .docx of a paper. Nothing in it depends on when or where it is written."""
    document = blank_document(chinese=paper.chinese)
    _write(document.add_paragraph(style="Title"), paper, Run(paper.title))
    _write(document.add_paragraph(style="Subtitle"), paper, Run(paper.subtitle))
    for mark in paper.marks:
        _write(document.add_paragraph(style="Mark"), paper, Run(mark))
    for block in paper.blocks:
        _add(document, paper, block)
    _set_edges(document, paper)
    _set_properties(document, paper)
    return _packed(document)


def _add(document: Document, paper: Paper, block: Block) -> None:
    match block:
        case Heading(text, level):
            _write(document.add_paragraph(style=f"Heading {level}"), paper, Run(text))
        case Paragraph(runs, style, keep):
            paragraph = document.add_paragraph(style=style)
            paragraph.paragraph_format.keep_with_next = keep or None
            _write(paragraph, paper, *runs)
        case Table():
            _add_table(document, paper, block)
        case Blanks():
            _add_blanks(document, paper, block)
        case Codes():
            _add_codes(document, paper, block)
        case PageBreak():
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _write(paragraph: WordParagraph, paper: Paper, *runs: Run) -> None:
    """Add runs; in a Chinese paper, marks that both scripts have (quotation marks, dashes) are set as Chinese."""
    for piece in runs:
        run = paragraph.add_run(_writable(piece.text), style="Strong" if piece.strong else None)
        if paper.chinese:
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _add_table(document: Document, paper: Paper, block: Table) -> None:
    table = _laid_out(document, [column.width for column in block.columns])
    table.style = "Table Grid"
    if block.has_header:
        row = _row(table)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, column in zip(row.cells, block.columns, strict=True):
            _fill(cell, paper, Run(column.heading), "Table Heading")
    blank = _blank_row(table, paper, block)
    above: Sequence[str] = ()
    last = blank
    for texts in block.rows:
        if above and _together(block, texts, above):
            _keep_with_next(last)
        last, above = _written_row(blank, block, texts, above), texts
        table._tbl.append(last)
    _space_after(document)


def _blank_row(table: WordTable, paper: Paper, block: Table) -> CT_Row:
    """What every row of a table has before anything is written in it: copied, not made again for each, which takes
    papers more than twice as long."""
    row = _row(table)
    for cell, column in zip(row.cells, block.columns, strict=True):
        _fill(cell, paper, Run("", column.strong), "Table Text").alignment = _ALIGN[column.align]
    table._tbl.remove(row._tr)
    return row._tr


def _written_row(blank: CT_Row, block: Table, texts: Sequence[str], above: Sequence[str]) -> CT_Row:
    row = deepcopy(blank)
    total = block.total and texts is block.rows[-1]
    for place, (column, text, cell) in enumerate(zip(block.columns, texts, row.tc_lst, strict=True)):
        same = column.grouped and bool(above) and text == above[place]
        if column.grouped:
            cell.vMerge = "continue" if same else "restart"
        run = cell.p_lst[0].r_lst[0]
        run.text = "" if same else _writable(text)
        if total:
            run.style = "Strong"
    return row


def _together(block: Table, texts: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row stays on the page of the one above: the second, the total, one of the same group, and every row of
    a table without a header, which would not say on the next page what it is."""
    grouped = [place for place, column in enumerate(block.columns) if column.grouped]
    joined = any(texts[place] == above[place] for place in grouped)
    return joined or not block.has_header or above is block.rows[0] or (block.total and texts is block.rows[-1])


def _add_blanks(document: Document, paper: Paper, block: Blanks) -> None:
    table = _laid_out(document, block.widths)
    for number, texts in enumerate(block.rows, start=1):
        row = _row(table)
        row.height, row.height_rule = Mm(_BLANK_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            if place % 2:
                cell._tc.get_or_add_tcPr().append(parse_xml(_RULE))
            _fill(cell, paper, Run(text), "Blank", WD_CELL_VERTICAL_ALIGNMENT.BOTTOM)
        if number < len(block.rows):
            _keep_with_next(row._tr)
    _space_after(document)


def _add_codes(document: Document, paper: Paper, block: Codes) -> None:
    table = _laid_out(document, [1] * len(block.codes))
    pictures, captions = _row(table), _row(table)
    for code, picture, caption in zip(block.codes, pictures.cells, captions.cells, strict=True):
        paragraph: WordParagraph = picture.paragraphs[0]
        paragraph.style = "Table Heading"
        paragraph.add_run().add_picture(BytesIO(code_png(code.text)), width=Mm(block.width))
        _fill(caption, paper, Run(code.caption), "Table Heading")
    _space_after(document)


def _laid_out(document: Document, shares: Sequence[float]) -> WordTable:
    table: WordTable = document.add_table(rows=0, cols=len(shares))
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(TEXT_WIDTH * share / sum(shares))
    return table


def _row(table: WordTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _keep_with_next(row: CT_Row) -> None:
    for cell in row.tc_lst:
        cell.p_lst[0].get_or_add_pPr().keepNext_val = True


def _fill(
    cell: _Cell,
    paper: Paper,
    run: Run,
    style: str,
    vertical: WD_CELL_VERTICAL_ALIGNMENT = WD_CELL_VERTICAL_ALIGNMENT.CENTER,
) -> WordParagraph:
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph._p.style = style_id(style)
    _write(paragraph, paper, run)
    cell.vertical_alignment = vertical
    return paragraph


def _space_after(document: Document) -> None:
    """Word joins tables that touch; a low paragraph keeps them apart."""
    paragraph = document.add_paragraph(style="Table Text")
    paragraph.paragraph_format.line_spacing = Pt(_GAP)


def _set_edges(document: Document, paper: Paper) -> None:
    """The footer on every page, the marks at the head of those that do not bear them under the title."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _write(section.header.paragraphs[0], paper, Run("　".join(paper.marks)))
    for footer in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
        footer.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        for piece in _pieces(paper.footer):
            if piece in _FIELDS:
                footer._p.append(parse_xml(_FIELD.format(nsdecls("w"), _FIELDS[piece])))
            else:
                _write(footer, paper, Run(piece))


def _pieces(footer: str) -> Iterator[str]:
    return (piece for piece in re.split("({page}|{pages})", footer) if piece)


def _set_properties(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = _writable(paper.title)[:_LONGEST_PROPERTY]
    properties.subject = _writable(paper.subtitle).replace("\n", " ")[:_LONGEST_PROPERTY]
    properties.created = properties.modified = paper.at.astimezone(UTC).replace(tzinfo=None)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language, properties.revision = ("zh-CN" if paper.chinese else "en-US"), 1


def _packed(document: Document) -> bytes:
    """The document's zip with its entries in order, stored and undated, whatever machine packs it."""
    buffer = BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as archive:
        return write_bundle({name: archive.read(name) for name in archive.namelist()})


_RULE: Final = (
    f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
)
_FIELD: Final = '<w:fldSimple {} w:instr="{}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
