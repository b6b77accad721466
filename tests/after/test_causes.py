"""What may open an exit case: only what is there, shown by reference, and each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from audit_service.core.exits import STEPS
from audit_service.core.statistics import Cell, Figures
from audit_service.core.steps import Said
from audit_service.errors import Refused
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.store import acts, database, rosters
from audit_service.store.life_tables import pauses, reports, standings
from audit_service.store.visit_tables import findings, outcomes
from audit_service.use_cases import cases, life_history
from audit_service.use_cases.causes import candidates
from audit_service.use_cases.division_changes import merge, rename
from audit_service.use_cases.due import Asker, Known, due
from audit_service.use_cases.exit_figures import count_cases, exits
from audit_service.use_cases.findings import list_findings
from audit_service.use_cases.reports import of_period
from audit_service.vault import Vault
from tests.after.scene import (
    KEPT,
    OCCASION,
    OTHER_UNIT,
    POLICY,
    PROGRAMME,
    START,
    UNIT,
    act,
    finding_row,
    policies,
    said,
    set_up,
    standing_row,
)
from tests.visits import SIGNED

TODAY = date(2020, 9, 10)


@pytest.fixture
def db(database_url: str) -> Iterator[Connection]:
    engine = database.connect(database_url)
    with engine.begin() as connection:
        set_up(connection, posts=False)
        yield connection
    engine.dispose()


def record(db: Connection, table: Any, key: dict[str, str], **row: Any) -> None:
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    rosters.replace(db, table, key, {**row, **key}, number)


def found(db: Connection, today: date = TODAY) -> set[tuple[str, str, str, str]]:
    listed = candidates(db, policies, today.isoformat())
    return {(each.cause.cause, each.cause.unit, each.cause.occasion, each.cause.finding) for each in listed}


FAILED = ("failed", UNIT, OCCASION, "")
UNREPORTED = ("no-improvement", UNIT, "2019", "")


def test_a_failed_verdict_and_a_missing_report_are_causes_until_there_is_a_case(db: Connection) -> None:
    assert found(db) == {FAILED, UNREPORTED}
    cases.open_case(db, act(TODAY), policies, "failed", UNIT, said("open", TODAY))
    assert found(db) == {UNREPORTED}
    cases.open_case(db, act(TODAY), policies, "no-improvement", UNIT, said("open", TODAY))
    counted = {tuple(home): dict(own.causes) for home, own in exits(db, "", TODAY).homes.items()}
    assert counted == {("", "2020"): {"failed": 1, "no-improvement": 1}}
    assert found(db) == set()
    with pytest.raises(Refused, match="case-cause-none"):
        cases.open_case(db, act(TODAY), policies, "failed", UNIT, said("open", TODAY))


def test_a_report_that_was_handed_in_is_no_cause_and_this_years_is_not_due(db: Connection) -> None:
    key = {"policy": POLICY, "report": "improvement", "reporter": UNIT, "period": "2019"}
    record(db, reports, key, said="{}", handed_in_on="2020-01-10")
    assert found(db) == {FAILED}
    assert found(db, date(2021, 1, 31)) == found(db)
    assert ("no-improvement", UNIT, "2020", "") in found(db, date(2021, 2, 1))


@pytest.mark.parametrize(("named_on", "owed"), [("2018-05-01", ["2019"]), ("2019-12-31", [])], ids=str)
def test_what_is_due_of_improvement_is_what_an_exit_case_may_be_opened_for(
    db: Connection, named_on: str, owed: list[str]
) -> None:
    """000 三(四): the report on a whole year of the title; none for the year in which the unit was named."""
    record(db, standings, {"unit": UNIT}, **standing_row(UNIT, named_on=named_on))
    causes = [each.cause for each in candidates(db, policies, TODAY.isoformat()) if each.cause.cause == UNREPORTED[0]]
    assert [cause.occasion for cause in causes] == owed
    assert improvement_due(db) == [(f"improvement/{UNIT}/{cause.occasion}", cause.since) for cause in causes]
    assert list(of_period(db, PROGRAMME, "improvement", "2019").missing) == [UNIT] * len(owed)
    assert of_period(db, PROGRAMME, "improvement", "2018").missing == ()


def improvement_due(db: Connection) -> list[tuple[str, str]]:
    listed = due(db, Vault(Path("no.key")), Known({POLICY: PROGRAMME}, (), sichuan()), Asker(), TODAY)
    return [(each.subject, each.day.isoformat()) for each in listed if each.subject.startswith("improvement/")]


def test_a_unit_of_which_nobody_knows_the_day_of_its_naming_is_asked_and_no_cause(db: Connection) -> None:
    record(db, standings, {"unit": UNIT}, **standing_row(UNIT, named_on=""))
    assert found(db) == {FAILED}
    assert improvement_due(db) == [(f"improvement/{UNIT}/2019", "2020-01-31")]


def test_a_pause_does_not_move_the_day_of_a_report(db: Connection) -> None:
    stood = {"campaign": "", "cities": "", "since": "2020-01-01", "until": "", "reason": "疫情"}
    record(db, pauses, {"pause": "P-2020-01"}, **stood, document="川安办〔2020〕9号")
    assert UNREPORTED in found(db)
    assert improvement_due(db) == [(f"improvement/{UNIT}/2019", "2020-01-31")]


def test_a_look_back_that_failed_is_a_cause_against_the_unit_in_which_the_finding_was(db: Connection) -> None:
    verdict = {"kind": "inspected", "inspected_on": "2020-09-08", "verdict": "failed", "content": SIGNED}
    row = {**rosters.blank(outcomes), **verdict, "policy": POLICY, "city": "510100", "recorded_by": "C510201"}
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    for finding in ("F-2020-0001", "F-2020-0002"):
        where = {"occasion": "T-2020-002", "unit": finding, "stratum": "closed"}
        rosters.add(db, outcomes, [{**row, **where}], number)
    looked_back = {("failed", UNIT, "T-2020-002", f"F-2020-000{each}") for each in (1, 2)}
    assert found(db) == {FAILED, UNREPORTED, *looked_back}
    told = cases.open_case(db, act(TODAY), policies, "failed", UNIT, said("open", TODAY), finding="F-2020-0002")
    assert (told.row["unit"], told.row["finding"]) == (UNIT, "F-2020-0002")
    assert found(db) == {FAILED, UNREPORTED, ("failed", UNIT, "T-2020-002", "F-2020-0001")}
    cells: dict[Cell, Figures] = defaultdict(Figures)
    count_cases(db, cells, ["T-2020-002"], acts.last_number(db))
    assert [(cell.stratum, own.cases) for cell, own in cells.items()] == [("closed", 1)]
    known = {
        (each["occasion"], each["unit"]) for each in life_history.show(db, policies, TODAY.isoformat(), UNIT).outcomes
    }
    assert known == {(OCCASION, UNIT), ("T-2020-002", "F-2020-0001"), ("T-2020-002", "F-2020-0002")}


def test_a_title_whose_time_is_over_is_a_cause_from_the_day_after(db: Connection) -> None:
    lapsed = ("lapsed", UNIT, "", "")
    assert lapsed not in found(db, date(2021, 5, 1))
    assert lapsed in found(db, date(2021, 5, 2))


def test_what_was_found_of_a_unit_is_a_cause_under_whatever_code_its_title_is_now(db: Connection) -> None:
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    rosters.replace(db, findings, {"finding": "F-2020-0001"}, finding_row(1, state="notified"), number)
    renamed = {"name": "青竹街道", "code": "510104099", "document": "川民发〔2020〕1号", "on": "2020-09-03"}
    rename(db, act(date(2020, 9, 3)), policies, UNIT, **renamed)
    late, towns = date(2020, 10, 2), sichuan_towns()
    into = "510105014"
    assert into in towns.by_code
    what = {"how": "transfer", "document": "川民发〔2020〕2号", "on": "2020-09-04"}
    merge(db, act(date(2020, 9, 4)), policies, towns, "510104099", into, **what)
    overdue = ("overdue", into, OCCASION, "F-2020-0001")
    assert found(db, late) == {("failed", into, OCCASION, ""), ("no-improvement", into, "2019", ""), overdue}
    for unit in (UNIT, into):
        assert len(candidates(db, policies, late.isoformat(), unit=unit)) == 3
    cases.open_case(db, act(late), policies, "overdue", UNIT, said("open", late))
    case = "E-2020-001"
    cases.attach(db, act(late), policies, case, KEPT)
    for step, day, more in (
        ("notify", late, {}),
        ("waive", date(2020, 10, 8), {}),
        ("meet", date(2020, 10, 8), {"person": "丙", "ending": "rectify-again"}),
        ("rectify-again", date(2020, 10, 9), {"deadline": "2020-11-09"}),
    ):
        needs = STEPS[step].needs
        cases.take_step(db, act(day), policies, case, said(step, day, needs, **more))
    assert overdue not in found(db, date(2020, 10, 10))
    assert overdue in found(db, date(2020, 11, 10))


def test_a_case_of_an_earlier_code_is_the_case_of_its_cause_and_takes_the_title_where_it_is(db: Connection) -> None:
    cases.open_case(db, act(TODAY), policies, "failed", UNIT, said("open", TODAY))
    renamed = {"name": "青竹街道", "code": "510104099", "document": "川民发〔2020〕1号", "on": "2020-09-10"}
    rename(db, act(TODAY), policies, UNIT, **renamed)
    assert ("failed", "510104099", OCCASION, "") not in found(db)
    for step, day in (("notify", TODAY), ("waive", date(2020, 9, 16))):
        cases.take_step(db, act(day), policies, "E-2020-001", said(step, day, STEPS[step].needs))
    cases.attach(db, act(date(2020, 9, 16)), policies, "E-2020-001", KEPT)
    meet = said("meet", "2020-09-16", STEPS["meet"].needs, person="丙", ending="not-to-be-named")
    with pytest.raises(Refused, match="case-ending-unfit"):
        cases.take_step(db, act(date(2020, 9, 16)), policies, "E-2020-001", meet)
    told = cases.take_step(
        db, act(date(2020, 9, 16)), policies, "E-2020-001", Said(**{**vars(meet), "ending": "revoked"})
    )
    assert told.case.ending == "revoked"


def test_a_division_that_took_in_a_named_unit_and_has_not_built_is_a_cause(db: Connection) -> None:
    what = {"how": "unbuilt", "document": "川民发〔2020〕1号", "on": "2020-09-03"}
    merge(db, act(date(2020, 9, 3)), policies, sichuan_towns(), UNIT, OTHER_UNIT, **what)
    assert ("division", OTHER_UNIT, UNIT, "") in found(db)
    building = {**standing_row(OTHER_UNIT), "state": "building"}
    record(db, standings, {"unit": OTHER_UNIT}, **{name: value for name, value in building.items() if name != "unit"})
    assert ("division", OTHER_UNIT, UNIT, "") not in found(db)


def test_who_never_held_a_title_is_no_cause_against_the_code_or_division_where_it_is_now(db: Connection) -> None:
    registered = standing_row(OTHER_UNIT, state="registered", since="2020-09-01", title="", named_on="", valid_until="")
    record(db, standings, {"unit": OTHER_UNIT}, **{name: each for name, each in registered.items() if name != "unit"})
    renamed = {"name": "乙街道", "code": "510105099", "document": "川民发〔2020〕1号", "on": "2020-09-03"}
    rename(db, act(date(2020, 9, 3)), policies, OTHER_UNIT, **renamed)
    assert found(db) == {FAILED, UNREPORTED}
    what = {"how": "unbuilt", "document": "川民发〔2020〕2号", "on": "2020-09-04"}
    merge(db, act(date(2020, 9, 4)), policies, sichuan_towns(), "510105099", "510105014", **what)
    assert found(db) == {FAILED, UNREPORTED}


def test_a_pause_keeps_a_finding_from_being_overdue(db: Connection) -> None:
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    rosters.replace(db, findings, {"finding": "F-2020-0001"}, finding_row(1, state="notified"), number)
    late = date(2020, 10, 2)
    overdue = ("overdue", UNIT, OCCASION, "F-2020-0001")
    assert overdue in found(db, late)
    stood = {"campaign": "", "cities": "510100", "since": "2020-09-05", "until": "2020-09-06", "reason": "洪水"}
    record(db, pauses, {"pause": "P-2020-01"}, **stood, document="川安办〔2020〕9号")
    assert overdue not in found(db, late)
    assert overdue in found(db, date(2020, 10, 4))


def test_several_causes_of_one_trigger_must_be_told_apart(db: Connection) -> None:
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    for each in (1, 2):
        row = finding_row(each, state="notified")
        rosters.replace(db, findings, {"finding": row["finding"]}, row, number)
    late = date(2020, 10, 2)
    with pytest.raises(Refused, match="case-cause-several"):
        cases.open_case(db, act(late), policies, "overdue", UNIT, said("open", late))
    told = cases.open_case(db, act(late), policies, "overdue", UNIT, said("open", late), finding="F-2020-0002")
    assert told.row["finding"] == "F-2020-0002"


def test_a_case_is_not_opened_before_its_cause_was_there(db: Connection) -> None:
    with pytest.raises(Refused, match="step-before"):
        cases.open_case(db, act(TODAY), policies, "failed", UNIT, said("open", "2020-08-31"))


def test_what_a_correction_of_the_outcome_changes_or_withdraws_is_what_counts(db: Connection) -> None:
    number = acts.record(db, act(START), "import-units", "x", imported=0)
    first, second = finding_row(1, deadline="2020-12-31"), finding_row(2, state="withdrawn", due_on="")
    for row in (first, second):
        rosters.replace(db, findings, {"finding": row["finding"]}, row, number)
    listed = {each.row["finding"]: each for each in list_findings(db, policies, TODAY.isoformat())}
    assert (listed["F-2020-0001"].ends_on, listed["F-2020-0002"].finding.state) == ("2020-12-31", "withdrawn")
    assert listed["F-2020-0002"].due_on == ""
