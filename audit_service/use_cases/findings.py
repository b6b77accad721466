"""Rectification, written down: what was found is notified, dispatched, handed in, rechecked, closed or escalated.

What may follow on what, `core.rectification` says; here it is asked and kept. A finding is what its first version and
its acts come to; the row of now is there to be looked up by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import Rectification
from audit_service.core.periods import colour
from audit_service.core.policy import Programme
from audit_service.core.rectification import (
    CASE,
    ENDED,
    INSPECTOR,
    NOT_ENDED,
    STEPS,
    Finding,
    FindingState,
    replayed,
    taken,
)
from audit_service.core.steps import Said, read_said
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, lives, rosters, signed
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import findings
from audit_service.use_cases import recheckers, step_files
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.policies import Policies
from audit_service.use_cases.visited import File

ACTION: Final = "finding"
MOST: Final = 1_000_000
"""No list is longer."""
_FILTERS: Final = ("city", "unit", "occasion", "policy", "state", "severity", "source", "rechecker")


@dataclass(frozen=True)
class Found:
    """A finding as it stands: its row, what it has come to, when it is due as the clocks stood, and its colour."""

    row: Row
    finding: Finding
    ends_on: str
    due_on: str
    overdue: bool
    colour: str


def list_findings(
    db: Connection, policies: Policies, today: str, *, colours: Collection[str] = (), ended: bool = True, **wanted: str
) -> list[Found]:
    """Findings, overdue ones first, then by the day on which they are due, those that are ended last.

    `wanted` are values of columns (`city`, `unit`, `occasion`, `policy`, `state`, `severity`, `source`,
    `rechecker`); empty ones do not matter. `ended` false leaves out what is closed or withdrawn.
    """
    return findings_page(db, policies, today, 0, MOST, colours=colours, ended=ended, **wanted)[0]


def findings_page(
    db: Connection, policies: Policies, today: str, start: int, size: int,
    *, colours: Collection[str] = (), ended: bool = True, **wanted: str,
) -> tuple[list[Found], int]:  # fmt: skip
    """Some of the findings that `list_findings` lists, and how many there are. Of those that are ended, which nobody
    waits for and which grow over the years, the acts are read for the page alone."""
    filters: dict[str, Sequence[str]] = {name: [value] for name, value in wanted.items() if value and name in _FILTERS}
    if not (ended or "state" in filters):
        filters["state"] = NOT_ENDED
    rows, at = rosters.chosen(db, findings, None, **filters), Occasions(db, policies, today)
    live = _read(at, [row for row in rows if row["state"] not in ENDED])
    shown = [found for found in live if not colours or found.colour in colours]
    shown.sort(key=lambda found: (not found.overdue, found.due_on, found.row["finding"]))
    over = [] if colours else [row for row in rows if row["state"] in ENDED]
    over.sort(key=lambda row: str(row["finding"]))
    behind = max(0, start - len(shown)), max(0, start + size - len(shown))
    return [*shown[start : start + size], *_read(at, over[slice(*behind)])], len(shown) + len(over)


def some_findings(at: Occasions, names: Collection[str]) -> list[Found]:
    """Findings by their numbers, as they stand."""
    return _read(at, rosters.chosen(at.db, findings, None, finding=sorted(names))) if names else []


def one_finding(
    db: Connection, policies: Policies, today: str, name: str, city: str = "", inspector: str = ""
) -> Found:
    """A finding; `NotFound` for none, and in the same words for one of another city where one is named, and for one
    that an inspector, where one is, was not named to recheck."""
    row = rosters.one(db, findings, finding=name)
    if row is None or city not in ("", row["city"]) or inspector not in ("", row["rechecker"]):
        raise NotFound("finding-unknown", finding=name)
    return _read(Occasions(db, policies, today), [row])[0]


def assigned(db: Connection, policies: Policies, today: str, inspector: str) -> list[Found]:
    """What an inspector was named to recheck, and has not."""
    return list_findings(db, policies, today, state=FindingState.HANDED_IN, rechecker=inspector)


@dataclass(frozen=True)
class Group:
    """Findings that one paper is about, and the policy under which they were found."""

    found: Sequence[Found]
    programme: Programme


PAPER_OF: Final[Mapping[str, tuple[str, ...]]] = {"rectify": ("notify",), "recheck": ("recheck-pass", "recheck-fail")}
"""By each kind of paper the steps that it is the paper of."""


def group_of(db: Connection, policies: Policies, today: str, name: str, paper: str) -> Group:
    """What a paper (整改通知书, 复查意见书) of a finding is about: all of its visit that have the same document, or
    where it has none yet, all that have none and are not ended."""
    steps = PAPER_OF[paper]
    row = one_finding(db, policies, today, name).row
    every = list_findings(db, policies, today, occasion=row["occasion"], unit=row["unit"])
    papers = {each.row["finding"]: last_said(each.finding, steps) for each in every}
    documents = {code: said.document if said else "" for code, said in papers.items()}
    same = [each for each in every if documents[each.row["finding"]] == documents[name]]
    told = [each for each in same if documents[name] or each.finding.state not in ENDED]
    programme = Occasions(db, policies, today).programme(row["occasion"], row["policy"], row["programme"])
    return Group(sorted(told, key=lambda each: each.row["finding"]), programme)


def last_said(finding: Finding, steps: Collection[str]) -> Said | None:
    """The last of a finding's steps of some kinds."""
    return next((said for said in reversed(finding.steps) if said.step in steps), None)


def notify(
    db: Connection, act: Act, policies: Policies, occasion: str, unit: str, said: Said, names: Sequence[str] = ()
) -> list[Found]:
    """Notify the findings of an outcome in one document (整改通知书): those that are named, or all that are open.

    Without a deadline of its own the document sets the one that each finding has. `NotFound` where nothing is open;
    `Refused` while the outcome waits for signatures, unless the document says why this does not wait (`text`).
    """
    day = beijing_day(act.at).isoformat()
    every = list_findings(db, policies, day, occasion=occasion, unit=unit)
    chosen = [each for each in every if each.row["finding"] in names or (not names and _is_new(each))]
    unknown = set(names) - {each.row["finding"] for each in chosen}
    if unknown or not chosen:
        raise NotFound("findings-none", occasion=occasion, unit=unit, findings=", ".join(sorted(unknown)) or "-")
    drafts = signed.findings_of(signed.unsigned(db, occasion=[occasion]))
    if not said.text.strip() and any(each.row["finding"] in drafts for each in chosen):
        raise Refused("outcome-unsigned", occasion=occasion, unit=unit)
    at = Occasions(db, policies, day)
    return [_take(at, act, each, _with_deadline(said, each)) for each in sorted(chosen, key=lambda e: e.row["finding"])]


def _is_new(found: Found) -> bool:
    return found.finding.state is FindingState.OPEN


def _with_deadline(said: Said, found: Found) -> Said:
    """Without a deadline of its own the one that the finding has, as the clocks have stood since."""
    return replace(said, deadline=said.deadline or found.ends_on)


def attach(
    db: Connection, act: Act, policies: Policies, name: str, file: File, *, city: str = "", inspector: str = ""
) -> None:
    """Keep a file for a step of a finding; of one's own as for `one_finding`."""
    check_takes_files(one_finding(db, policies, beijing_day(act.at).isoformat(), name, city, inspector))
    step_files.attach(db, act, name, file)


def check_takes_files(found: Found) -> None:
    """Refuse files for a finding that is ended: no step follows."""
    if found.finding.state in ENDED:
        raise Refused("step-file-late", subject=found.row["finding"], state=found.finding.state.value)


def take_step(db: Connection, act: Act, policies: Policies, name: str, said: Said, *, city: str = "") -> Found:
    """Take a step of one finding: any but a recheck, or what follows from an exit case."""
    if STEPS[said.step].by in (INSPECTOR, CASE):
        raise ValueError(f"{said.step} is not taken so")
    found = one_finding(db, policies, beijing_day(act.at).isoformat(), name, city)
    if said.step == "assign":
        said = replace(said, person=recheckers.code_of(db, said.person))
        recheckers.check_impartial(db, found.row, said.person)
    return _take(Occasions(db, policies, beijing_day(act.at).isoformat()), act, found, said)


def recheck(db: Connection, act: Act, policies: Policies, name: str, said: Said, *, own: bool = False) -> Found:
    """Write down a recheck (复查意见书) by the person whom it names: passed, or failed with a new deadline.

    With `own` that person records it themselves, and must be who was named for it: else `NotFound`, as for none.
    """
    found = one_finding(db, policies, beijing_day(act.at).isoformat(), name)
    if own and found.finding.rechecker != said.person:
        raise NotFound("finding-unknown", finding=name)
    recheckers.check_impartial(db, found.row, said.person)
    return _take(Occasions(db, policies, beijing_day(act.at).isoformat()), act, found, said)


def renewable(db: Connection, names: Collection[str]) -> list[Row]:
    """Of some findings those that could have a new deadline, in their order: what is not rectified."""
    rows = rosters.chosen(db, findings, None, finding=sorted(names), state=STEPS["renew"].sources)
    return sorted(rows, key=lambda row: str(row["finding"]))


def renew(db: Connection, act: Act, policies: Policies, names: Sequence[str], said: Said) -> None:
    """At the end of an exit case: a new deadline for findings that are not rectified."""
    at = Occasions(db, policies, beijing_day(act.at).isoformat())
    for found in _read(at, renewable(db, names)):
        step = replace(said, step="renew", findings=(), ending="", files=())  # the files are the case's
        _take(at, act, found, step)


def _take(at: Occasions, act: Act, found: Found, said: Said) -> Found:
    """Take a step, write it down, and keep what it comes to."""
    row = found.row
    finding = taken(found.finding, said, at.clock(row["occasion"], row["city"]))
    step_files.check_kept(at.db, row["finding"], said.files)
    number = acts.record(at.db, act, "finding", row["finding"], unit=row["unit"], **said.details)
    lives.concern(at.db, number, [row["unit"]])
    kept = {**row, **_columns(finding)}
    rosters.replace(at.db, findings, {"finding": row["finding"]}, kept, number)
    return _shown(at, kept, finding)


def _columns(finding: Finding) -> Row:
    """What of a finding's row its steps change; days as they were set, since a pause may still come."""
    names = ("deadline", "deadline_since", "rechecks", "rechecker", "closed_on", "document", "responsible")
    due_on, since = finding.due
    kept = {name: getattr(finding, name) for name in names}
    return {**kept, "state": finding.state.value, "due_on": due_on, "due_since": since}


# --- reading --------------------------------------------------------------------------------------------------------


def _read(at: Occasions, rows: Sequence[Row]) -> list[Found]:
    names = [row["finding"] for row in rows]
    began = rosters.before_steps(at.db, findings, findings.c.finding, names, ACTION)
    steps = acts.details_by(at.db, names, ACTION)
    return [_shown(at, row, _come_to(at, began[row["finding"]], row, steps.get(row["finding"], ()))) for row in rows]


def _come_to(at: Occasions, began: Row, row: Row, steps: Iterable[Mapping[str, Any]]) -> Finding:
    """What a finding has come to. A correction of its outcome may have changed it before it was notified, and withdrawn
    it later: of that it has no act of its own, and what it was last counts."""
    said = [read_said(step) for step in steps]
    if row["state"] == FindingState.WITHDRAWN:
        return Finding(
            **{**vars(_first(at, row)), "last_on": said[-1].day if said else row["found_on"], "steps": tuple(said)}
        )
    return replayed(_first(at, began), said)


def _first(at: Occasions, row: Row) -> Finding:
    return began(row, at.programme(row["occasion"], row["policy"], row["programme"]).after.rectification)


def began(row: Row, rules: Rectification | None) -> Finding:
    """A finding as its first version says it, before any step of its own."""
    return Finding(
        finding=row["finding"],
        state=FindingState(row["state"]),
        found_by=frozenset(filter(None, row["found_by"].split(","))),
        last_on=row["found_on"],
        deadline=row["deadline"],
        deadline_since=row["found_on"],
        recheck_days=rules.recheck_days if rules else None,
        responsible=row["responsible"],
        rechecks=row["rechecks"],
        closed_on=row["closed_on"],
        document=row["document"],
        handed_in_on=row["found_on"] if row["state"] == FindingState.HANDED_IN else "",
    )


def _shown(at: Occasions, row: Row, finding: Finding) -> Found:
    clock = at.clock(row["occasion"], row["city"])
    due_on = finding.due_on(clock)
    warning = at.warning(row["occasion"], row["policy"], row["programme"])
    shown = colour(warning, due_on, clock, runs=bool(finding.due[1]))
    return Found(row, finding, finding.ends_on(clock), due_on, finding.is_overdue(clock), shown)
