"""What must hold of rows that come in: against the divisions, the statuses, each other, and the rosters.

Each rule tells everything that it finds; a value that its cell's schema refused is not there, and not told of again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_service.core.divisions import ISSUED, City, Divisions
from audit_service.core.incoming import Row, shown
from audit_service.core.labels import nearest, squeezed
from audit_service.core.policy import Status
from audit_service.errors import Finding
from audit_service.use_cases.places import city_of
from audit_service.use_cases.roster_changes import Entry, Key, Record


def known_city(row: Row, divisions: Divisions, errors: list[Finding]) -> str | None:
    """The code of the city that a row names."""
    label = row.values.get("city")
    if label is None:
        return None
    city = divisions.find(label)
    if city is None:
        errors.append(_no_city(row, label, divisions))
        return None
    return city.code


def _no_city(row: Row, label: str, divisions: Divisions) -> Finding:
    """Why a label names no city: it is not known, or quotas alone go by it."""
    aside = divisions.find_aside(label)
    whole = divisions.of_code(aside.code) if aside else None
    if whole:
        return row.finding("city", "city-for-quotas", found=shown(label), city=whole.name)
    return row.finding("city", "city-unknown", found=shown(label), near=divisions.nearest(label))


class StatusLabels:
    """What the labels of a unit's status mean in the policies that there are."""

    def __init__(self, statuses: Iterable[Status]) -> None:
        self._meanings: dict[str, set[str]] = defaultdict(set)
        self._years: dict[str, set[str]] = defaultdict(set)
        self._printed: dict[str, str] = {}
        for status in statuses:
            for label in (status.status, *status.labels):
                self._meanings[squeezed(label)].add(status.status)
            if status.target_year:
                self._years[status.status].add(status.target_year)
            self._printed.setdefault(status.status, status.labels[0])

    def known(self, row: Row, errors: list[Finding]) -> str | None:
        """The status that a row names."""
        label = row.values.get("status")
        if label is None:
            return None
        meanings = self._meanings.get(label) or self._meanings.get(squeezed(label), set())
        if len(meanings) == 1:
            (status,) = meanings
            return status
        if meanings:
            errors.append(
                row.finding("status", "status-ambiguous", found=shown(label), known="、".join(sorted(meanings)))
            )
        else:
            near = nearest(label, self._meanings)
            known = "、".join(self._printed.values())
            errors.append(row.finding("status", "status-unknown", found=shown(label), known=known, near=near))
        return None

    def check_year(self, row: Row, status: str, errors: list[Finding]) -> None:
        """The year that a row gives must be the one that its status implies."""
        year = row.values.get("target_year")
        years = self._years.get(status)
        if year and years and year not in years:
            expected = "、".join(sorted(years))
            errors.append(
                row.finding(
                    "target_year", "target-year-differs", found=year, expected=expected, status=row.values["status"]
                )
            )

    def livelihood_unsaid(self, entries: Iterable[Entry], current: Mapping[Key, Record]) -> Iterator[Finding]:
        """Targets of a year of which it is not said whether they are livelihood targets, row by row; of a sheet
        without the column together those of which the roster does not know it either."""
        lacking: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for row, record in entries:
            if record["status"] not in self._years or record.get("livelihood") is not None:
                continue
            if "livelihood" not in row.source.absent:
                yield row.finding("livelihood", "livelihood-unsaid", status=self._printed[record["status"]])
            elif current.get((record["unit"],), {}).get("livelihood") is None:
                lacking[row.source.file, row.source.sheet].append((row, record))
        for own in lacking.values():
            statuses = "、".join(dict.fromkeys(self._printed[record["status"]] for _, record in own))
            yield own[0][0].finding("livelihood", "livelihood-column-absent", count=len(own), status=statuses)


@dataclass(frozen=True)
class UnitRules:
    """The rules of units."""

    divisions: Divisions
    statuses: StatusLabels
    city: City | None = None
    """Whose list it is, if that was said of all rows."""

    def entry(self, row: Row, errors: list[Finding]) -> Entry:
        """What the roster records of a row, its labels replaced by what they mean."""
        record: Record = dict(row.values)
        record["city"] = self._city(row, errors)
        record["status"] = self.statuses.known(row, errors)
        if record["status"]:
            self.statuses.check_year(row, record["status"], errors)
        if "unit" in row.source.absent:
            record["unit"] = None
        if record.get("unit") is not None:
            check_code(row, record["unit"], record["city"], self.divisions, errors)
        return row, record

    def _city(self, row: Row, errors: list[Finding]) -> str | None:
        if self.city is None:
            return known_city(row, self.divisions, errors)
        if not row.values.get("city"):
            row.values["city"] = self.city.name
        code = known_city(row, self.divisions, errors)
        if code and code != self.city.code:
            errors.append(
                row.finding("city", "city-other-than-named", found=shown(row.values["city"]), city=self.city.name)
            )
        return code


def check_code(row: Row, unit: str, city: str | None, divisions: Divisions, errors: list[Finding]) -> None:
    """A unit's code lies in its city."""
    of_code = city_of(divisions, unit)
    if of_code is None:
        errors.append(row.finding("unit", "code-city-unknown", found=unit, digits=unit.removeprefix(ISSUED)[:4]))
    elif city and city != of_code.code:
        within = city.startswith(of_code.digits)
        told = {"found": shown(row.values["city"]), "unit": unit, "city": of_code.name}
        errors.append(row.finding("city", "code-in-no-place" if within else "city-differs-from-code", **told))


def target_entry(row: Row, divisions: Divisions, errors: list[Finding]) -> Entry:
    """A city's targets: of those to be named the livelihood units are a part."""
    naming, livelihood = row.values.get("naming"), row.values.get("livelihood")
    if naming is not None and livelihood is not None and livelihood > naming:
        errors.append(row.finding("livelihood", "livelihood-above-naming", found=livelihood, naming=naming))
    return row, {**row.values, "city": known_city(row, divisions, errors)}


def unknown(entries: Iterable[Entry], field: str, code: str, known: Collection[str]) -> Iterator[Finding]:
    """Rows that name something which is not on its roster, with the one that differs by case alone if there is one."""
    spelled = {name.lower(): name for name in known}
    for row, record in entries:
        name = record.get(field)
        if name is not None and name not in known:
            yield row.finding(field, code, found=name, near=spelled.get(name.lower(), ""))


def repeated(entries: Iterable[Entry], fields: Sequence[str], code: str) -> Iterator[Finding]:
    """Rows whose key an earlier row has, with the place of the earlier one."""
    rows: dict[tuple[Any, ...], Row] = {}
    for row, record in entries:
        key = tuple(record.get(name) for name in fields)
        if None not in key and rows.setdefault(key, row) is not row:
            found = " · ".join(row.values.get(name) or record[name] for name in fields)
            first = rows[key]
            yield row.finding(fields[0], code, found=shown(found), sheet=first.sheet, first=first.number)


def case_twins(entries: Iterable[Entry], field: str, existing: Iterable[str]) -> Iterator[Finding]:
    """Identifiers that differ from another one by upper and lower case alone."""
    spelled = {name.lower(): name for name in existing}
    for row, record in entries:
        name = record.get(field)
        if name is not None and spelled.setdefault(name.lower(), name) != name:
            yield row.finding(field, "code-case-twin", found=name, other=spelled[name.lower()])


def reversed_periods(entries: Iterable[Entry]) -> Iterator[Finding]:
    """People who would be available until before they are."""
    for row, record in entries:
        since, until = record.get("available_from"), record.get("available_to")
        if since and until and until[: len(since)] < since[: len(until)]:
            yield row.finding("available_to", "period-reversed", found=until, since=since)
