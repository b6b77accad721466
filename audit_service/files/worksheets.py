"""A look at a worksheet's XML, part by part, for what calamine does not tell.

calamine gives a cell whose formula failed, or whose value was never saved, as an empty one, which a rule could take for
"not said"; it makes room for the whole rectangle between the first and the last cell, so that one stray cell at the
far end takes all memory; and it tells neither which rows are hidden nor how a cell is formatted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from audit_service.core.incoming import UNSAVED
from audit_service.errors import Unreadable
from audit_service.files.styles import Styles
from audit_service.files.tables import MOST_CELLS

_STRETCH: Final = 1 << 20
_SMALL_CELL: Final = 1 << 12
_LARGEST_CELL: Final = 1 << 18
"""More than 32,767 characters and a formula of 8,192 take."""
_START: Final = re.compile(rb"<(?:\w+:)?(?:row|c)(?=[\s/>])")
_USUAL_COLUMN: Final = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,9}"')
_USUAL_ROW: Final = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,9})"')
_ANY_CELL: Final = re.compile(rb"<c[\s/>]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_PLACED: Final = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,9})["'][^<>]*(?<!/)>""")
_UNPLACED: Final = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^<>]*\sr\s*=)")
_UNNUMBERED: Final = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?![^<>]*\sr\s*=)")
_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,9})["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?c((?:\s[^<>]*)?)(?<!/)>\s*<(?:\w+:)?f(?=[\s/>])(.*?)</(?:\w+:)?c\s*>", re.S)
_FAILED: Final = re.compile(
    rb"""<(?:\w+:)?c(?=[^<>]*\st\s*=\s*["']e["'])(\s[^<>]*)(?<!/)>(.*?)</(?:\w+:)?c\s*>""", re.S
)
_HIDDEN: Final = re.compile(rb"""<(?:\w+:)?row(?=\s[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])([^<>]*)>""")
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,9})["']""")
_TEXT: Final = re.compile(rb"""\st\s*=\s*["'](?!n["'])""")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")

Place = tuple[int, int]
"""Row and column, both from 0."""


@dataclass
class Extent:
    """How many rows and columns the cells of a sheet take up: never too few."""

    rows: int = 0
    columns: int = 0
    unnumbered: int = 0
    vague: bool = False
    """Whether there are cells that do not say where they stand."""

    @property
    def too_large(self) -> bool:
        return (self.rows + self.unnumbered) * max(self.columns, 1) > MOST_CELLS

    def take(self, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Stretch over these rows and columns."""
        self.rows = max(self.rows, max(rows, default=0))
        self.columns = max(self.columns, max(columns, default=0))


@dataclass
class Look:
    """What a look found: what to put into cells whose formulas failed or have no value; the cells that show a month;
    the rows that are hidden, and those with a cell that has a line through it."""

    broken: dict[Place, str] = field(default_factory=dict)
    months: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)


def look_at(opened: Callable[[], IO[bytes]], styles: Styles) -> Look:
    """What a sheet's XML says; `Unreadable` where cells lie too far apart."""
    rough, look = Extent(), Look()
    months, struck = _in_styles(styles.months), _in_styles(styles.struck)
    with opened() as xml:
        for stretch in _stretches(xml):
            _measure(stretch, rough)
            look.broken.update(_broken(stretch))
            look.months.update(_placed(months, stretch))
            look.struck.update(row for row, _ in _placed(struck, stretch))
            look.hidden.update(_hidden(stretch))
    if rough.too_large:
        with opened() as xml:
            _refuse_spread(xml, rough)
    return look


def _in_styles(numbers: frozenset[int]) -> re.Pattern[bytes] | None:
    """The form of a cell that holds something in one of these styles, and says where it stands."""
    if not numbers:
        return None
    style = rf"""(?=[^<>]*\ss\s*=\s*["'](?:{"|".join(map(str, sorted(numbers)))})["'])"""
    place = r"""(?=[^<>]*\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,9})["'])"""
    return re.compile(rf"<(?:\w+:)?c(?=\s){style}{place}[^<>]*(?<!/)>".encode())


def _placed(form: re.Pattern[bytes] | None, xml: bytes) -> Iterator[Place]:
    for column, row in form.findall(xml) if form else ():
        yield int(row) - 1, _column(column) - 1


def _hidden(xml: bytes) -> Iterator[int]:
    """The rows, from 0, that a reader of the sheet does not see: hidden by hand, or by a filter."""
    if b"hidden" in xml:
        for attributes in _HIDDEN.findall(xml):
            if found := _NUMBER.search(attributes):
                yield int(found[1]) - 1


def _stretches(xml: IO[bytes]) -> Iterator[bytes]:
    """The XML in stretches of about a megabyte, cut where a cell or a row begins."""
    rest = b""
    while part := xml.read(_STRETCH):
        rest += part
        cut = _last_start(rest)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _last_start(xml: bytes) -> int:
    """Where the last cell or row begins; the end where there is none so near to it that it could reach beyond."""
    for near in (_SMALL_CELL, _LARGEST_CELL):
        starts = [match.start() for match in _START.finditer(xml, max(0, len(xml) - near))]
        if starts:
            return starts[-1]
    return len(xml)


def _measure(xml: bytes, extent: Extent) -> None:
    """All cells of a stretch, empty ones too; quickly where they are written as spreadsheets write them."""
    columns, rows = _USUAL_COLUMN.findall(xml), _USUAL_ROW.findall(xml)
    if b":c" in xml or len(columns) != len(_ANY_CELL.findall(xml)):
        _measure_closely(xml, extent)
        rows += _NUMBER.findall(xml)
        extent.unnumbered += len(_UNNUMBERED.findall(xml))
    extent.take(map(int, set(rows)), map(_column, set(columns)))


def _measure_closely(xml: bytes, extent: Extent) -> None:
    """The cells that hold something; of cells that do not say where they stand, so many as a row has."""
    places = set(_PLACED.findall(xml))
    extent.take((int(row) for _, row in places), (_column(column) for column, _ in places))
    if _UNPLACED.search(xml):
        extent.vague = True
        extent.take((), (len(_UNPLACED.findall(row)) for row in _ROW.split(xml)))


def _refuse_spread(xml: IO[bytes], rough: Extent) -> None:
    """A closer look, at cells that hold something alone: a million rows may be empty ones that have a format."""
    close = Extent(rough.rows if rough.vague or rough.unnumbered else 0, 0, rough.unnumbered)
    for stretch in _stretches(xml):
        _measure_closely(stretch, close)
    if close.too_large:
        raise Unreadable("sheet-too-spread", rows=close.rows + close.unnumbered, columns=close.columns)


def _broken(xml: bytes) -> Iterator[tuple[Place, str]]:
    if b'"e"' in xml or b"'e'" in xml:
        for attributes, inside in _FAILED.findall(xml):
            yield _place(attributes), _value(inside) or "#VALUE!"
    if b"<f" in xml or b":f" in xml:
        for attributes, inside in _FORMULA.findall(xml):
            if not _TEXT.search(attributes) and not _value(inside).strip():
                yield _place(attributes), UNSAVED


def _place(attributes: bytes) -> Place:
    """Where a cell stands; a workbook that does not say it of its formulas was not written by a spreadsheet."""
    found = _PLACE.search(attributes)
    if found is None:
        raise Unreadable("file-formulas-unsaved")
    return int(found[2]) - 1, _column(found[1]) - 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _value(inside: bytes) -> str:
    value = _VALUE.search(inside)
    return value[1].decode("utf-8", "replace") if value else ""
