"""What is signed counts, and nothing else does: in figures, causes and notices; what is missing is due (ADR 17)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import update

from audit_service.store import rosters, signed
from audit_service.store.visit_tables import outcomes
from audit_service.use_cases.visited import from_tables
from tests.campaign import DRAW
from tests.cli.test_outcome import checked_by_the_example, command, paper, sign_all
from tests.lives.test_commands import words_of
from tests.office import Office, on_both
from tests.visiting import Team, finding, record, said, with_teams

RECTIFY = said("2027-04-20", "nine-stores", findings=[finding()])
FAILED = said("2027-04-20", "nine-stores", findings=[finding(severity="major")])


def due(office: Office, *options: object) -> list[tuple[str, str, str, str]]:
    items = office.run("due", *options).json["items"]
    return [
        (item["kind"], item["unit"], item["signer"], item["day"])
        for item in items
        if item["kind"] in ("sign", "answer")
    ]


def whole(office: Office, *options: object) -> dict[str, Any]:
    found: dict[str, Any] = office.run("statistics", "--campaign", "2027", *options).json["whole"]
    return found


def failed(office: Office) -> list[str]:
    return [each["unit"] for each in office.run("case", "candidates").json if each["cause"] == "failed"]


@on_both
def test_a_draft_counts_nowhere_and_what_is_missing_is_due_until_all_have_signed(office: Office) -> None:
    team = with_teams(office)
    unit, (who, *others) = team.units[0], team.inspectors
    record(office, unit, who, FAILED)
    assert due(office, "--inspector", others[0]) == [("sign", unit, others[0], "2027-04-23")]
    assert due(office) == [
        ("answer", unit, "unit", "2027-04-23"),
        *(("sign", unit, each, "2027-04-23") for each in sorted(team.inspectors)),
    ]
    assert [row["state"] for row in office.run("outcome", "list").json] == ["draft"]
    handed = office.folder / "handover.docx"
    assert office.run("life", "handover", "--out", handed, "--lang", "zh").json["unsigned"] == 1
    assert "被抽验单位" in words_of(handed)
    counted = whole(office)
    assert (counted["visited"], counted["unsigned"], counted["verdicts"]) == (0, 1, {})
    assert (counted["findings"], failed(office)) == ({}, [])
    sign_all(office, unit, team, paper(office, unit, who))
    assert due(office) == []
    assert office.run("life", "handover", "--out", handed).json["unsigned"] == 0
    counted = whole(office)
    assert (counted["visited"], counted["unsigned"], counted["verdicts"]) == (1, 0, {"failed": 1})
    assert (sum(counted["findings"].values()), failed(office)) == (1, [unit])
    assert [row["state"] for row in office.run("outcome", "list").json] == ["signed"]


def test_a_notice_waits_for_the_signatures_unless_it_says_why_it_does_not(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    (unit, other), who = team.units[:2], team.inspectors[0]
    for each in (unit, other):
        record(office, each, who, RECTIFY)
    notify = ("finding", "notify", DRAW, unit, "--document", "川安办〔2027〕9号")
    assert office.run(*notify, expect=1).code == "outcome-unsigned"
    told = office.run(
        "finding", "notify", DRAW, other, "--document", "川安办〔2027〕8号", "--text", "危险，立即整改"
    ).json
    assert [each["state"] for each in told] == ["notified"]
    sign_all(office, unit, team, paper(office, unit, who))
    assert [each["state"] for each in office.run(*notify).json] == ["notified"]
    late = office.at("2027-06-20T06:00:00Z")
    causes = [each["unit"] for each in late.run("case", "candidates").json if each["cause"] == "overdue"]
    assert causes == [unit]  # what waits for signatures opens no case, though it was notified
    assert whole(late)["overdue"] == 1


def test_a_correction_needs_signatures_of_its_own_and_a_past_month_stays_as_it_was(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    record(office, unit, who, FAILED)
    scan = paper(office, unit, who)
    sign_all(office, unit, team, scan)
    april = whole(office.at("2027-05-02T06:00:00Z"), "--month", "2027-04")
    again = office.run(*command(office, "correct", unit, who, RECTIFY | {"findings": []}), "--reason", "误判").json
    assert (again["state"], again["unsigned"]) == ("draft", [*team.inspectors, "unit"])
    assert (whole(office)["visited"], whole(office)["unsigned"], failed(office)) == (0, 1, [])
    assert whole(office, "--month", "2027-04") == april
    assert {day for *_, day in due(office)} == {"2027-05-05"}
    sign_all(office, unit, team, scan)
    assert (whole(office)["verdicts"], failed(office)) == ({"rectify": 1}, [])


def test_who_left_or_refuses_is_recorded_by_the_office_with_the_reason_and_somebody_has_signed(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    unit, (who, *others) = team.units[0], team.inspectors
    record(office, unit, who, said())
    sign = ("outcome", "sign", DRAW, unit, "--signer")
    left = (*sign, others[0], "--stance", "left")
    assert office.run(*left, "--reason", "调离", "--inspector", who, expect=1).code == "signer-other"
    assert office.run(*left, expect=1).code == "stance-reason"
    for each in others:
        office.run(*sign, each, "--stance", "left" if each == others[0] else "refuses", "--reason", "调离")
    assert office.run(*sign, who, "--stance", "refuses", "--reason", "x", expect=1).code == "signers-none"
    assert office.run(*sign, others[0], "--inspector", others[0], expect=1).code == "signed-already"
    assert {signer for _, _, signer, _ in due(office)} == {who, "unit"}
    office.run(*sign, who, "--inspector", who)
    answered = office.run(*sign, "unit", "--stance", "refuses", "--reason", "负责人不在", "--inspector", who).json
    assert answered["state"] == "signed"
    assert "离岗未签" in office.show("outcome", "show", DRAW, unit, "--lang", "zh")


def test_what_a_document_shows_nobody_signs_and_a_refused_visit_the_team_alone(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    who, (refused, away) = team.inspectors[0], team.units[:2]
    found = record(office, away, who, {"kind": "out-of-scope", "day": "2027-04-20", "document": "批复"})
    assert (found["state"], found["unsigned"]) == ("signed", [])
    record(office, refused, who, {"kind": "refused", "day": "2027-04-20", "remarks": "门卫不让进"})
    sign = ("outcome", "sign", DRAW, refused, "--signer")
    office.run(*sign, "unit", "--stance", "refuses", "--reason", "不让进", "--inspector", who)
    for each in team.inspectors[1:]:
        office.run(*sign, each, "--inspector", each)
    assert [signer for *_, signer, _ in due(office)] == [who]  # the unit's refusal stands for no member
    counted = whole(office)
    assert (counted["visited"], counted["unsigned"], counted["kinds"]) == (1, 1, {"out-of-scope": 1})
    office.run(*sign, who, "--inspector", who)
    assert whole(office)["kinds"] == {"out-of-scope": 1, "refused": 1}


def test_the_policys_own_days_count(visiting: tuple[Office, Team]) -> None:
    """A check beside the sample goes by the policy that is installed: five days."""
    office, team = visiting
    unit, who = team.units[0], team.inspectors[:2]
    name = checked_by_the_example(office, unit, who)
    record(office, unit, who[0], {"kind": "refused", "day": "2027-04-20", "remarks": "不让进"}, occasion=name)
    assert due(office) == [("sign", unit, each, "2027-04-25") for each in sorted(who)]


@on_both
def test_an_outcome_from_before_says_by_its_team_who_has_not_signed(office: Office) -> None:
    """Kept before it said first how many have to sign it."""
    team = with_teams(office)
    (first, second), who = team.units[:2], team.inspectors[0]
    for unit in (first, second):
        record(office, unit, who, said())
    sign_all(office, first, team, paper(office, first, who))
    with office.runtime.begin() as db:
        for row in rosters.current(db, outcomes):
            content = {name: each for name, each in json.loads(row["content"]).items() if name != "to_sign"}
            db.execute(update(outcomes).where(outcomes.c.unit == row["unit"]).values(content=json.dumps(content)))
        (draft,) = signed.unsigned(db)
        assert (draft.unit, draft.missing) == (second, (*team.inspectors, "unit"))
        assert list(draft.missing) == from_tables(db, DRAW, second).unsigned
