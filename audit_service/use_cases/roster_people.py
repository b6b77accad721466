"""Who is who among people whose rows have no code, and the codes that the office issues to new ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Row, shown
from audit_service.core.labels import squeezed
from audit_service.errors import Finding
from audit_service.store import acts
from audit_service.use_cases.roster_changes import Entry, Key, Record
from audit_service.use_cases.roster_rules import known_city

SERIES: Final = "people"
_MOBILE: Final = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_ALIKE: Final = {"name": "person-alike", "mobile": "person-same-mobile"}
Likeness = tuple[str, str, str]
"""Name, employer and city: by these a person without a code is known again."""


def person_entries(rows: Iterable[Row], divisions: Divisions, errors: list[Finding]) -> list[Entry]:
    """What the roster records of each row; `inspector` is None where there is no code, missing where a wrong one."""
    entries = []
    for row in rows:
        record: Record = {**row.values, "city": known_city(row, divisions, errors)}
        if "inspector" in row.source.absent:
            record["inspector"] = None
        entries.append((row, record))
    return entries


def recognise(entries: Sequence[Entry], current: Iterable[Record], errors: list[Finding]) -> None:
    """Give each row without a code the code of the one current person whom it means, if there is one."""
    errors += _told_twice(entries)
    codes: dict[Likeness, list[str]] = defaultdict(list)
    for person in current:
        codes[person["name"], person["employer"], person["city"]].append(person["inspector"])
    for row, record in entries:
        likeness = _likeness(record)
        if likeness is None or _coded(record):
            continue
        alike = sorted(codes[likeness])
        if len(alike) > 1:
            errors.append(row.finding("inspector", "person-ambiguous", name=record["name"], codes="、".join(alike)))
        elif alike:
            record["inspector"] = alike[0]


def _told_twice(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Rows that could be the same person, where a code is missing that would tell."""
    rows: dict[Likeness, list[Entry]] = defaultdict(list)
    for row, record in entries:
        likeness = _likeness(record)
        if likeness is not None and "inspector" in record:
            rows[likeness].append((row, record))
    for alike in rows.values():
        first, _ = alike[0]
        if not all(_coded(record) for _, record in alike):
            for row, record in alike[1:]:
                yield row.finding(
                    "inspector", "person-twice", name=record["name"], sheet=first.sheet, first=first.number
                )


def _likeness(record: Mapping[str, Any]) -> Likeness | None:
    name, employer, city = record.get("name"), record.get("employer"), record.get("city")
    return (name, employer, city) if name and employer and city else None


def _coded(record: Mapping[str, Any]) -> bool:
    return record.get("inspector", "") is not None


def issue_codes(db: Connection, entries: Iterable[Entry], taken: Collection[str]) -> list[Finding]:
    """Give rows still without a code the next free ones, in the order of the files; what was given to whom."""
    used = {code.lower() for code in taken}
    issued = []
    for row, record in entries:
        if _coded(record):
            continue
        record["inspector"] = _next_free(db, used)
        issued.append(row.finding("inspector", "code-issued", name=record["name"], issued=record["inspector"]))
    return issued


def people_alike(entries: Iterable[Entry], current: Mapping[Key, Record]) -> Iterator[Finding]:
    """Rows that may be somebody who has another code: of the same name and city, or the same mobile telephone.

    One person under two codes would be drawn with twice the load, and a recusal would bind one of them.
    """
    coming = {record["inspector"] for _, record in entries}
    known: dict[tuple[str, ...], Record] = {}
    for (code,), record in current.items():
        if code not in coming:
            for _, mark in _marks(record):
                known.setdefault(mark, record)
    for row, record in entries:
        told: set[str] = set()
        for field, mark in _marks({**current.get((record["inspector"],), {}), **record}):
            other = known.setdefault(mark, record)
            if other["inspector"] not in (record["inspector"], *told):
                told.add(other["inspector"])
                params = {"name": record["name"], "inspector": record["inspector"], "other": other["inspector"]}
                yield row.finding(field, _ALIKE[field], **params, employer=shown(other["employer"]))


def _marks(record: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By what somebody may be known again, and the field that tells it. A landline is shared."""
    yield "name", (squeezed(record["name"]), record["city"])
    for mobile in _MOBILE.findall(record.get("mobile") or ""):
        yield "mobile", (mobile,)


def _next_free(db: Connection, used: set[str]) -> str:
    while True:
        code = f"P{acts.next_number(db, SERIES):04d}"
        if code.lower() not in used:
            return code
