"""Reading files by a schema: every row of every sheet that has a header, all errors at once.

Beside a list workbooks have sheets that are none and have some of its headings (汇总, 联系人, words for a drop-down).
Where one sheet has every column that is needed, a sheet that lacks more than half of them is passed over and told of.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit_service.core.incoming import Incoming, Row, Sheet, SourceFile, shown
from audit_service.errors import Finding, Problem
from schemas.fields import RosterSchema
from schemas.header_rows import HeaderRows, find_header
from schemas.headings import lacking, listed, needed
from schemas.tables import Found, TableReader


def read_rows(schema: RosterSchema, files: Sequence[SourceFile]) -> Incoming:
    """All rows of all files. A row with errors is among them too, without the values that were wrong."""
    found = Found()
    lists = [file for file in files if not _is_lock(file)] or files
    found.warnings += [error for file in files if file not in lists for error in file.errors]
    for file in lists:
        found.errors += file.errors
        _read_file(schema, file, found)
    return Incoming(
        digests=tuple((file.file, file.digest) for file in lists),
        sheets=tuple((file.file, sheet.name) for file in lists for sheet in file.sheets),
        rows=tuple(found.rows),
        errors=tuple(found.errors),
        warnings=tuple(found.warnings),
    )


def _is_lock(file: SourceFile) -> bool:
    """Whether this is what a program puts beside a workbook that somebody has open."""
    return any(error.problem.code == "file-lock" for error in file.errors)


def _read_file(schema: RosterSchema, file: SourceFile, found: Found) -> None:
    """The sheets that have a header; others are passed over, unless there is none that has one."""
    headers = [None if sheet.hidden else find_header(schema, sheet) for sheet in file.sheets]
    whole = any(header and not lacking(schema, header) for header in headers)
    for sheet, header in zip(file.sheets, headers, strict=True):
        missing = lacking(schema, header) if header and whole else []
        if header and 2 * len(missing) <= len(needed(schema)):
            _read_sheet(schema, file.file, sheet, header, found)
        elif header:
            said = {"missing": "、".join(missing), "found": listed(header.texts), "rows": len(sheet.rows)}
            found.warnings.append(_of_sheet(file, sheet, "sheet-lacking", **said))
        elif sheet.hidden:
            found.warnings.append(_of_sheet(file, sheet, "sheet-hidden", name=shown(sheet.name), rows=len(sheet.rows)))
        elif any(headers):
            found.warnings.append(_of_sheet(file, sheet, "sheet-passed-over", found=listed(sheet.rows[0][1])))
        else:
            expected = listed(cell.data_key or name for name, cell in schema.load_fields.items())
            params = {"found": listed(sheet.rows[0][1]), "expected": expected}
            found.errors.append(_of_sheet(file, sheet, "sheet-without-header", **params))
    if file.sheets and all(sheet.hidden for sheet in file.sheets):
        found.errors.append(Finding(file.file, "", 0, "", Problem("sheets-all-hidden")))


def _read_sheet(schema: RosterSchema, file: str, sheet: Sheet, header: HeaderRows, found: Found) -> None:
    """The tables of a sheet, one below the other, each by its own headings."""
    rows: list[Row] = []
    following: HeaderRows | None = header
    while following:
        if following is not header:
            below = Problem("table-below", {"found": listed(following.texts)})
            found.warnings.append(Finding(file, sheet.name, following.number, "", below))
        following = TableReader(schema, file, sheet, following, rows).read(found)
    found.rows += rows


def _of_sheet(file: SourceFile, sheet: Sheet, code: str, **params: object) -> Finding:
    return Finding(file.file, sheet.name, sheet.rows[0][0], "", Problem(code, params))
