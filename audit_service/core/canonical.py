"""The forms in which everything is hashed: identifiers, numbers, JSON, tables (docs/protocol.md, section 1).

There is one way to write each value, and one way to read it: what is not written that way is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import Final

import rfc8785

from audit_service.errors import FormError

IDENTIFIER: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
DIGEST: Final = r"[0-9a-f]{64}"
NUMBER: Final = r"(?:0|[1-9][0-9]{0,3999})"
POSITIVE: Final = r"[1-9][0-9]{0,3999}"
PACKET: Final = IDENTIFIER + r"-[0-9]{3,}"
DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME: Final = DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"


@dataclass(frozen=True)
class Form:
    """A form that one value can have: its name in messages, and the pattern of its text."""

    name: str
    pattern: str

    def matches(self, text: str) -> bool:
        """Whether the whole text has this form."""
        return re.fullmatch(self.pattern, text) is not None


AN_IDENTIFIER: Final = Form("identifier", IDENTIFIER)
AN_IDENTIFIER_OR_NOTHING: Final = Form("identifier-or-nothing", f"(?:{IDENTIFIER})?")
A_DIGEST: Final = Form("digest", DIGEST)
A_DIGEST_OR_NOTHING: Final = Form("digest-or-nothing", f"(?:{DIGEST})?")
A_NUMBER: Final = Form("number", NUMBER)
A_POSITIVE: Final = Form("positive", POSITIVE)
A_POSITIVE_OR_NOTHING: Final = Form("positive-or-nothing", f"(?:{POSITIVE})?")
A_PACKET: Final = Form("packet", PACKET)
SOME_TEXT: Final = Form("text", r"(?s:.*)")
_PIECE: Final = 1 << 20


def word(*choices: str) -> Form:
    """The form of a value that is one of a few fixed words."""
    return Form("one-of:" + "|".join(choices), "|".join(re.escape(choice) for choice in choices))


def sha256_hex(data: bytes | str) -> str:
    """SHA-256 of bytes, or of a text's UTF-8 bytes, as 64 lowercase hexadecimal characters."""
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def checked(text: object, form: Form, where: str) -> str:
    """The text, if it has the form; `FormError` otherwise, naming where it stands."""
    if not isinstance(text, str) or not form.matches(text):
        raise FormError("form-value", where=where, found=_shown(text), expected=form.name)
    return text


def parse_date(text: object, where: str) -> date:
    """A calendar day written `2026-12-31`."""
    try:
        return date.fromisoformat(checked(text, Form("date", DATE), where))
    except ValueError:
        raise FormError("form-value", where=where, found=_shown(text), expected="date") from None


def parse_time(text: object, where: str) -> datetime:
    """A moment in UTC written `2026-03-17T13:15:00Z`."""
    try:
        found = checked(text, Form("time", TIME), where)
        year, month, day, hour, minute, second = map(int, re.findall("[0-9]+", found))
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise FormError("form-value", where=where, found=_shown(text), expected="time") from None


def write_time(moment: datetime) -> str:
    """A moment in UTC, to the second, as the protocol writes it."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def no_case_twins(kind: str, values: Iterable[str], where: str) -> None:
    """Refuse two identifiers of a kind that differ by upper and lower case alone."""
    seen: dict[str, str] = {}
    for value in values:
        other = seen.setdefault(value.lower(), value)
        if other != value:
            raise FormError("form-case-twins", where=where, kind=kind, first=other, second=value)


# --- JSON ---------------------------------------------------------------------------------------------------------


def write_json(value: object) -> bytes:
    """RFC 8785 bytes of a value made of strings, lists and objects."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def read_json(data: bytes, where: str) -> object:
    """The value of canonical JSON bytes; `FormError` for everything else."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique_keys, parse_constant=_refuse_literal)
        canonical = write_json(value) == data and _plain(value)
    except _RepeatedKey as repeated:
        raise FormError("form-json-key-twice", where=where, key=_shown(repeated.args[0])) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormError("form-json", where=where) from None
    if not canonical:
        raise FormError("form-json-not-canonical", where=where)
    return value


class _RepeatedKey(ValueError):
    pass


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKey(key)
        found[key] = value
    return found


def _refuse_literal(literal: str) -> object:
    raise ValueError(literal)


def _plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(_plain(part) for part in value.values())
    if isinstance(value, list):
        return all(_plain(part) for part in value)
    return isinstance(value, str)


def keyed(value: object, keys: Sequence[str], where: str) -> dict[str, object]:
    """The value as an object that has exactly these keys."""
    if not isinstance(value, dict):
        raise FormError("form-json-object", where=where)
    for key in sorted(set(value) ^ set(keys)):
        code = "form-json-key-missing" if key in keys else "form-json-key-unknown"
        raise FormError(code, where=where, key=_shown(key))
    return value


def listed(value: object, where: str) -> list[object]:
    """The value as a list."""
    if not isinstance(value, list):
        raise FormError("form-json-list", where=where)
    return value


# --- tables -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """A canonical CSV table: its columns with their forms, its key, and the columns of each kind of identifier."""

    columns: tuple[tuple[str, Form], ...]
    key: tuple[str, ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def header(self) -> str:
        return ",".join(name for name, _ in self.columns)

    def position(self, column: str) -> int:
        """The place of a column, from 0."""
        return [name for name, _ in self.columns].index(column)

    def write(self, rows: Iterable[Sequence[str]]) -> bytes:
        """The canonical bytes of rows in any order. The caller's values must have the columns' forms."""
        lines = sorted(",".join(row) for row in rows)  # ASCII: the order of the text is the order of its bytes
        return "\n".join([self.header, *lines, ""]).encode("ascii")

    def read(self, data: bytes, where: str) -> list[tuple[str, ...]]:
        """The rows of canonical bytes; `FormError`, naming the row, for everything else."""
        try:
            text = data.decode("ascii")
        except UnicodeDecodeError:
            raise FormError("form-table-ascii", where=where) from None
        if not text.startswith(self.header + "\n"):
            raise FormError("form-table-header", where=where, expected=self.header, found=_shown(text.split("\n")[0]))
        lines = self._lines(text, where)
        rows = [tuple(line.split(",")) for line in lines]
        self._check_order(lines, where)
        self._check_keys(rows, where)
        if text != text.lower():  # else no two identifiers differ by case alone
            self._check_cases(rows, where)
        return rows

    def _lines(self, text: str, where: str) -> list[str]:
        """The rows' lines; read piece by piece, so that a file of another form does not fill the memory first."""
        has_form = re.compile(",".join(f"(?:{form.pattern})" for _, form in self.columns)).fullmatch
        lines: list[str] = []
        start = len(self.header) + 1
        while start < len(text):
            end = text.rfind("\n", start, start + _PIECE) + 1 or text.find("\n", start) + 1
            if not end:
                raise FormError("form-table-end", where=where)
            piece = text[start : end - 1].split("\n")
            if not all(map(has_form, piece)):
                row = next(number for number, line in enumerate(piece) if not has_form(line))
                place = {"row": len(lines) + row + 2, "found": _shown(piece[row]), "expected": self.header}
                raise FormError("form-table-row", where=where, **place)
            lines += piece
            start = end
        return lines

    def _check_order(self, lines: list[str], where: str) -> None:
        if lines == sorted(lines):
            return
        row = next(i for i in range(1, len(lines)) if lines[i - 1] > lines[i])
        raise FormError("form-table-order", where=where, row=row + 2)

    def _check_keys(self, rows: list[tuple[str, ...]], where: str) -> None:
        places = [self.position(column) for column in self.key]
        if len(set(map(itemgetter(*places), rows))) == len(rows):
            return
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            key = ",".join(row[place] for place in places)
            if key in seen:
                raise FormError("form-table-key-twice", where=where, row=number, key=key)
            seen.add(key)

    def _check_cases(self, rows: list[tuple[str, ...]], where: str) -> None:
        for kind, columns in self.kinds:
            values = set(chain.from_iterable(map(itemgetter(self.position(column)), rows) for column in columns))
            if len(set(map(str.lower, values))) < len(values):
                no_case_twins(kind, sorted(values), where)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("utf-8", "backslashreplace").decode()  # half a character cannot be printed
    return text if len(text) <= 80 else text[:79] + "…"
