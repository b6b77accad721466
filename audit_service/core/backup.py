"""The form of a backup: lines of JSON that say themselves what they hold, and end with their digest (docs/backup.md).

    {"format":"audit-service-backup/1","schema":"0004","made_at":"…","database":"sqlite","acts":17,"not_included":[…]}
    {"table":"acts","columns":{"number":"integer","at":"text",…}}
    [1,"2027-03-01T01:00:00Z",…]
    {"rows":1}
    …
    {"sha256":"…"}

The last line is the SHA-256 of all bytes above it: `head -n -1 FILE | sha256sum` checks a backup without this program.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Literal, get_args

from audit_service.core.canonical import parse_time, write_time
from audit_service.errors import AuditError, FormError

FORMAT: Final = "audit-service-backup/1"
LEFT_OUT: Final = ("audit.key", "log.key", "log.last")
"""What no backup holds: the keys would open it to whoever finds it, and the last checkpoint guards against old ones."""

Kind = Literal["integer", "text", "boolean", "bytes"]
Values = Sequence[Any]
_TYPES: Final[Mapping[str, type]] = {"integer": int, "text": str, "boolean": bool, "bytes": str}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Heading:
    """The first line: which schema the tables have, when and from which kind of database they were taken, how far."""

    schema: str
    made_at: datetime
    database: str
    acts: int

    def line(self) -> bytes:
        said = {"schema": self.schema, "made_at": write_time(self.made_at), "database": self.database}
        return _line({"format": FORMAT, **said, "acts": self.acts, "not_included": LEFT_OUT})


@dataclass(frozen=True)
class TableForm:
    """A table's name, and its columns with what their values are."""

    name: str
    columns: Mapping[str, Kind]

    def encoded(self, rows: Iterable[Values]) -> Iterator[Values]:
        """The rows as JSON can hold them."""
        places = self._places("bytes")
        for row in rows:
            if not places:
                yield row
                continue
            yield [_base64(value) if place in places else value for place, value in enumerate(row)]

    def decoded(self, row: Values, line: int) -> Values:
        """A row as it stands in the database; `FormError` for values of other kinds."""
        kinds = self.columns.values()
        if len(row) != len(self.columns) or not all(map(_fits, row, kinds)):
            raise FormError("backup-row", line=line, table=self.name)
        places = self._places("bytes")
        return [_unbase64(value, line) if place in places else value for place, value in enumerate(row)]

    def _places(self, kind: Kind) -> set[int]:
        return {place for place, found in enumerate(self.columns.values()) if found == kind}


def _fits(value: object, kind: Kind) -> bool:
    return value is None or type(value) is _TYPES[kind]


def _base64(value: bytes | None) -> str | None:
    return None if value is None else b64encode(value).decode()


def _unbase64(value: str | None, line: int) -> bytes | None:
    try:
        return None if value is None else b64decode(value, validate=True)
    except ValueError:
        raise FormError("backup-line", line=line) from None


def write(heading: Heading, tables: Iterable[tuple[TableForm, Iterable[Values]]]) -> Iterator[bytes]:
    """The lines of a backup."""
    digest = sha256()
    for line in _lines(heading, tables):
        digest.update(line)
        yield line
    yield end_line(digest.hexdigest())


def _lines(heading: Heading, tables: Iterable[tuple[TableForm, Iterable[Values]]]) -> Iterator[bytes]:
    yield heading.line()
    for form, rows in tables:
        yield _line({"table": form.name, "columns": dict(form.columns)})
        count = 0
        for row in form.encoded(rows):
            yield _line(list(row))
            count += 1
        yield _line({"rows": count})


def _line(value: object) -> bytes:
    return _write(value).encode() + b"\n"


def end_line(digest: str) -> bytes:
    """The last line of a backup, by the digest of what stands above it."""
    return _line({"sha256": digest})


class Backup:
    """A backup that is read line by line; `FormError` names the line that is not as it must be.

    Each table's rows have to be taken before the next table is asked for, and all tables before it counts as whole.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = enumerate(lines, 1)
        self._digest = sha256()
        self._last: tuple[int, bytes, Any] = (0, b"", None)
        self._next()
        self.heading = read_heading(self._last[1])

    def tables(self) -> Iterator[tuple[TableForm, Iterator[Values]]]:
        """The tables with their rows, in the order in which they can be filled."""
        while True:
            before = self._digest.hexdigest()
            line, raw, value = self._next()
            if raw == end_line(before):
                return
            form = _table_form(value, line)
            rows = self._rows(form)
            yield form, rows
            for _ in rows:
                raise RuntimeError(f"the rows of {form.name} were not taken")

    def _rows(self, form: TableForm) -> Iterator[Values]:
        count = 0
        while True:
            line, _, value = self._next()
            if not isinstance(value, list):
                break
            count += 1
            yield form.decoded(value, line)
        if value != {"rows": count}:
            raise FormError("backup-line", line=line)

    def _next(self) -> tuple[int, bytes, Any]:
        line, raw = next(self._lines, (self._last[0] + 1, b""))
        if not raw.endswith(b"\n"):
            raise FormError("backup-line", line=line)
        self._digest.update(raw)
        self._last = line, raw, _parsed(raw, line)
        return self._last


def _parsed(raw: bytes, line: int) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise FormError("backup-line", line=line) from None


def read_heading(raw: bytes) -> Heading:
    """What the first line says; `FormError` where it is not that of a backup, or of one of another form."""
    try:
        said = json.loads(raw)
        found = said["format"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise FormError("backup-none") from None
    if found != FORMAT:
        raise FormError("backup-format", found=str(found)[:80], expected=FORMAT)
    try:
        heading = Heading(said["schema"], parse_time(said["made_at"], "made_at"), said["database"], said["acts"])
        texts = isinstance(heading.schema, str) and isinstance(heading.database, str)
        same = texts and type(heading.acts) is int and heading.line() == raw
    except (AuditError, KeyError, TypeError, AttributeError):
        same = False
    if not same:
        raise FormError("backup-line", line=1)
    return heading


def _table_form(value: Any, line: int) -> TableForm:
    try:
        name, columns = value["table"], dict(value["columns"])
        good = all(map(_NAME.fullmatch, (name, *columns))) and set(columns.values()) <= set(get_args(Kind))
    except (KeyError, TypeError, ValueError):
        good = False
    if not good or not columns:
        raise FormError("backup-line", line=line)
    return TableForm(name, columns)
