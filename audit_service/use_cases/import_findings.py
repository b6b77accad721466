"""A register of hazards that an office kept in Excel becomes findings: all rows at once, or nothing.

What the register says of a hazard is where its finding begins; from then on it goes by its steps. A row whose finding
is there already (same occasion, unit and description) changes nothing, so that a longer register can follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import Severity
from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.incoming import Incoming, Row, shown
from audit_service.core.policy import Programme
from audit_service.core.rectification import FindingState
from audit_service.errors import Finding, Refused, RosterErrors
from audit_service.store import acts, lives, rosters
from audit_service.store import draws as draws_store
from audit_service.store.tables import people, units
from audit_service.store.visit_tables import checks as check_rows
from audit_service.store.visit_tables import findings
from audit_service.use_cases import checks, freezing
from audit_service.use_cases.findings import began
from audit_service.use_cases.import_rosters import Report
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.roster_changes import Entry, subject

SOURCES: Final = ("hazard", "accident")
"""Where a register's findings come from: hazards that were found, or what an accident's inquiry ordered."""
TOLD: Final = ("rectified", "rechecked_by", "rechecked_on")


@dataclass(frozen=True)
class Register:
    """What is said of a whole register: its name as an occasion, its policy and source, and the severity of rows that
    name none (empty where each must)."""

    occasion: str
    programme: Programme
    source: str
    severity: str = ""


def import_findings(db: Connection, act: Act, incoming: Incoming, register: Register) -> Report:
    """Take the findings of a register; the report counts those that are new and those that were known.

    `RosterErrors` with everything that is wrong; `Refused` for a register that is said to be what it cannot be.
    """
    severities = _severities(register)
    _check_occasion(db, register)
    errors = list(incoming.errors)
    reading = _Reading(db, beijing_day(act.at).isoformat(), register, severities)
    entries = [entry for row in incoming.rows for entry in reading.row(row, errors)]
    if errors:
        raise RosterErrors(incoming.in_order(errors))
    known = {(row["unit"], row["description"]) for row in rosters.chosen(db, findings, occasion=[register.occasion])}
    by_key = {(record["unit"], record["description"]): (row, record) for row, record in entries}
    new = [entry for key, entry in by_key.items() if key not in known]
    if new:
        put_to_use(db, act, register.programme)
        _keep(db, act, incoming, new, len(by_key) - len(new))
    return Report(len(new), 0, len(by_key) - len(new), 0, tuple(incoming.warnings))


def _severities(register: Register) -> dict[str, str]:
    """By each name of a severity, in either language, the severity."""
    rules = register.programme.after.rectification
    if not AN_IDENTIFIER.matches(register.occasion):
        raise Refused("register-name", found=register.occasion)
    if register.source not in SOURCES:
        raise Refused("register-source", found=register.source, known=", ".join(SOURCES))
    if rules is None:
        raise Refused("register-policy", policy=register.programme.policy)
    known = {name: each.severity for each in rules.severities for name in _names(each)}
    if register.severity not in ("", *known):
        raise Refused("register-severity", found=register.severity, known=", ".join(known))
    return known


def _check_occasion(db: Connection, register: Register) -> None:
    """A register has a name of its own: what a draw's or a check's visits found is told by their outcomes alone.

    A name that one may be given later is refused as well, but to go on with a register that has it from before.
    """
    occasion = register.occasion
    taken = draws_store.is_draw(db, occasion) or rosters.one(db, check_rows, occasion=occasion)
    later = checks.is_name(occasion) or freezing.is_name(register.programme, occasion)
    if taken or (later and not rosters.one(db, findings, occasion=occasion)):
        raise Refused("register-occasion", found=occasion)


def _names(severity: Severity) -> tuple[str, ...]:
    """A severity by its identifier and its labels; of a label the first two characters too (重大 for 重大隐患)."""
    return severity.severity, severity.label.zh, severity.label.zh[:2], severity.label.en


class _Reading:
    """Rows of a register as findings."""

    def __init__(self, db: Connection, today: str, register: Register, severities: Mapping[str, str]) -> None:
        self._today, self._register, self._severities = today, register, severities
        self._units = {row["unit"]: row for row in rosters.current(db, units)}
        self._named = _by_name(self._units.values(), "name", "unit")
        self._people = _by_name(rosters.current(db, people), "name", "inspector")

    def row(self, row: Row, errors: list[Finding]) -> Iterator[Entry]:
        """The finding of a row; nothing, and an error, for one that is wrong."""
        before = len(errors)
        unit = "" if _refused(row, "unit") or _refused(row, "name") else self._unit(row, errors)
        severity = "" if _refused(row, "severity") else self._severity(row, errors)
        self._check_days(row, errors)
        if len(errors) == before and unit and severity and {"description", "deadline"} <= row.values.keys():
            yield row, self._finding(defaultdict(str, row.values), unit, severity)

    def _severity(self, row: Row, errors: list[Finding]) -> str:
        said = row.values.get("severity") or self._register.severity
        if said not in self._severities:
            known = "、".join(self._severities)
            errors.append(row.finding("severity", "hazard-severity", found=shown(said), known=known))
        return self._severities.get(said, "")

    def _unit(self, row: Row, errors: list[Finding]) -> str:
        code, name = row.values.get("unit", ""), row.values.get("name", "")
        found = [code] if code in self._units else [] if code else self._named.get(name, [])
        if len(found) != 1:
            error = "hazard-unit-several" if found else "hazard-unit-unknown"
            errors.append(row.finding("unit" if code else "name", error, found=shown(code or name)))
        return found[0] if len(found) == 1 else ""

    def _check_days(self, row: Row, errors: list[Finding]) -> None:
        """Days are whole, what has happened is not ahead, and what is closed was rechecked on a day."""
        for field in ("deadline", "found_on", "rechecked_on"):
            day = row.values.get(field, "")
            if day and len(day) < len(self._today):
                errors.append(row.finding(field, "hazard-day-whole", found=day))
            elif field != "deadline" and day > self._today:
                errors.append(row.finding(field, "hazard-day-ahead", found=day, today=self._today))
        unchecked = not row.values.get("rechecked_on") and not _refused(row, "rechecked_on")
        if row.values.get("closed") and unchecked:
            errors.append(row.finding("rechecked_on", "hazard-closed-unchecked"))

    def _finding(self, values: Mapping[str, Any], unit: str, severity: str) -> dict[str, Any]:
        state = FindingState.HANDED_IN if values["rectified"] else FindingState.NOTIFIED
        state = FindingState.CLOSED if values["closed"] else state
        ended = state is FindingState.CLOSED
        where = {"occasion": self._register.occasion, "unit": unit, "city": self._units[unit]["city"]}
        names = " ".join(filter(None, (values["office"], values["person"])))
        record = {
            **rosters.blank(findings),
            **where,
            "policy": self._register.programme.policy,
            "programme": self._register.programme.digest,
            "severity": severity,
            "source": self._register.source,
            "description": values["description"],
            "found_by": ",".join(self._people.get(values["found_by"], [values["found_by"]])),
            "found_on": values["found_on"] or min(self._today, values["deadline"]),
            "responsible": names,
            "state": state.value,
            "deadline": values["deadline"],
            "rechecks": 1 if values["rechecked_on"] else 0,
            "closed_on": values["rechecked_on"] if ended else "",
        }
        finding = began(record, self._register.programme.after.rectification)
        due_on, due_since = finding.due
        return {**record, "deadline_since": finding.deadline_since, "due_on": due_on, "due_since": due_since}


def _refused(row: Row, field: str) -> bool:
    """Whether a cell's schema refused it, of which it was told already."""
    return field not in row.values and field not in row.source.absent


def _by_name(rows: Iterable[Mapping[str, Any]], name: str, code: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row[code])
    return found


def _keep(db: Connection, act: Act, incoming: Incoming, new: Sequence[Entry], unchanged: int) -> None:
    """What the register tells of a finding that is no part of it any more stands in the act: how it was rectified."""
    year = beijing_day(act.at).year
    records, told = [], {}
    for row, record in new:
        name = f"F-{year}-{acts.next_number(db, f'finding:{year}'):04}"
        records.append({**record, "finding": name})
        told[name] = {field: row.values[field] for field in TOLD if row.values.get(field)}
    files = [{"file": PurePath(file).name, "sha256": digest} for file, digest in incoming.digests]
    counts = {"imported": len(records), "unchanged": unchanged}
    name = subject([file["file"] for file in files])
    number = acts.record(db, act, "import-findings", name, files=files, told=told, **counts)
    lives.concern(db, number, [record["unit"] for record in records])
    rosters.add(db, findings, records, number)


def told_of(db: Connection, finding: str) -> dict[str, str]:
    """What the register told of a finding beside: how it was rectified, who rechecked it and when; nothing of one that
    came from no register."""
    began = rosters.before_steps(db, findings, findings.c.finding, [finding], "finding")
    details: dict[str, Any] = acts.details_of(db, began[finding]["recorded_in"]) if finding in began else {}
    found: dict[str, str] = details.get("told", {}).get(finding, {})
    return found
