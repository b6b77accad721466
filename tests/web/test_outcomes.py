"""Visits over HTTP: who records, who sees what, evidence, checks beside the sample, pauses."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from audit_service.core.acts import Act
from audit_service.store.log import entries_from
from tests import visits
from tests.campaign import DRAW
from tests.office import Office
from tests.visiting import AT_VISIT, JPEG, VISIT_DAY, Team, finding, said
from tests.web.desk import Desk, served


@pytest.fixture
def staffed(visiting: tuple[Office, Team]) -> tuple[Desk, Team]:
    """A service with posts of every kind: two of the team, somebody of another, two cities."""
    office, team = visiting
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    desk = served(office, AT_VISIT)
    for name, role in (("office", "province"), ("second", "second-officer"), ("auditor", "auditor")):
        desk.appoint(name, role)
    for name, who in (("member", team.inspectors[0]), ("mate", team.inspectors[1]), ("stranger", "C510101")):
        desk.appoint(name, "inspector", "--inspector", who)
    desk.appoint("own", "city", "--city", f"{team.units[0][:4]}00")
    desk.appoint("other", "city", "--city", "甘孜")
    return desk, team


def send(desk: Desk, by: str, data: bytes, name: str, path: str, **form: str) -> Any:
    """A file in a form."""
    headers = {"Authorization": f"Bearer {desk.tokens[by]}", "Audit-Demo-Clock": desk.clock}
    sent = {"files": [(BytesIO(data), name)], **form}
    return desk.app.test_client(use_cookies=False).post(f"/api/v1/{path}", data=sent, headers=headers)


def keep(desk: Desk, by: str, unit: str, data: bytes = JPEG, name: str = "现场.jpg") -> Any:
    return send(desk, by, data, name, f"evidence/{DRAW}/{unit}")


def test_a_member_records_and_signs_and_everybody_sees_what_is_theirs(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    unit = team.units[0]
    path = f"outcomes/{DRAW}/{unit}"
    assert len(desk.get(f"{path}/checklist", "member")["standards"]) == 3
    for who in ("stranger", "other", "own", "auditor"):
        assert desk.get(path, who, expect=404)["code"] == "visit-none"
    assert desk.get(path, "office")["state"] == "none"
    desk.post(path, "stranger", said(), expect=404)
    found = desk.post(path, "member", said(VISIT_DAY, "nine-stores", findings=[finding()]), expect=201)
    assert (found["state"], found["versions"][0]["verdict"]) == ("draft", "rectify")
    for who, code in (("member", team.inspectors[0]), ("mate", team.inspectors[1])):
        desk.post(f"{path}/signatures", who, {"signer": code, "stance": "signed"}, expect=201)
    scan = keep(desk, "member", unit).json["file"]["digest"]
    signed = {"signer": "unit", "stance": "objects", "name": "甲", "reason": "不实", "scan": scan}
    assert desk.post(f"{path}/signatures", "mate", signed, expect=201)["unsigned"] == team.inspectors[2:]
    rest = {"signer": team.inspectors[2], "stance": "signed", "scan": scan}
    assert desk.post(f"{path}/signatures", "office", rest, expect=201)["state"] == "signed"
    for who in ("auditor", "second", "own", "mate"):
        assert desk.get(path, who)["state"] == "signed"
    for who in ("stranger", "other"):
        desk.get(path, who, expect=404)
    own = desk.get(path, "own")
    assert not any(code in str(own) for code in team.inspectors)
    assert [each["signer"] for each in own["signatures"]] == ["unit"]
    assert [desk.get("outcomes", who)["total"] for who in ("office", "auditor", "own", "other")] == [1, 1, 1, 0]
    why = said(VISIT_DAY, findings=found["versions"][0]["findings"]) | {"why": "笔误"}
    again = desk.post(f"{path}/correct", "mate", why)
    assert (len(again["versions"]), again["state"]) == (2, "draft")


def test_what_is_wrong_with_an_outcome_is_a_problem_with_every_error(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    path = f"outcomes/{DRAW}/{team.units[0]}"
    told = desk.post(path, "member", {"kind": "inspected", "day": VISIT_DAY}, expect=409)
    assert (told["code"], len(told["errors"])) == ("outcome-errors", 18)
    assert told["errors"][0]["column"] == "seven-responsibility"
    desk.post(path, "member", {"kind": "inspected", "day": "yesterday"}, expect=422)
    assert desk.post(path, "office", said(), expect=409)["code"] == "paper-needed"


def test_the_same_request_records_once(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    path = f"outcomes/{DRAW}/{team.units[0]}"
    first, again = (desk.post(path, "member", said(), expect=201, Idempotency_Key="one") for _ in range(2))
    assert first == again
    assert len(first["versions"]) == 1


def test_the_form_is_fetched_filled_in_and_sent(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    path = f"outcomes/{DRAW}/{team.units[0]}"
    desk.post(path, "member", said(), expect=201)
    form = desk.ask("GET", f"{path}/checklist.xlsx", "member")
    assert form.content_type.endswith("sheet")
    told = send(desk, "member", form.data, "记录.xlsx", f"{path}/form", why="核对")
    assert told.status_code == 200, told.text
    assert [version["why"] for version in told.json["versions"]] == ["", "核对"]
    other = send(desk, "member", form.data, "记录.xlsx", f"outcomes/{DRAW}/{team.units[1]}/form")
    assert other.json["code"] == "form-other"


def test_evidence_is_what_its_content_says_and_served_to_who_sees_the_visit(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    unit = team.units[0]
    kept = keep(desk, "member", unit)
    digest = kept.json["file"]["digest"]
    assert kept.json["file"] == {"digest": digest, "name": "现场.jpg", "kind": "image/jpeg", "size": len(JPEG)}
    assert keep(desk, "mate", unit).status_code == 201
    assert len(desk.get(f"outcomes/{DRAW}/{unit}", "member")["evidence"]) == 1
    assert keep(desk, "member", unit, b"MZ\x90", "现场.jpg").json["code"] == "evidence-kind"
    assert keep(desk, "stranger", unit).status_code == 404
    assert not list(Path(desk.office.environment["AUDIT_EVIDENCE"]).rglob("*stranger*"))
    path = f"evidence/{DRAW}/{unit}/{digest}"
    served = desk.ask("GET", path, "office")
    assert (served.data, served.content_type) == (JPEG, "image/jpeg")
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(path, "own", expect=404)["code"] == "visit-none"  # before there is an outcome
    desk.post(f"outcomes/{DRAW}/{unit}", "member", said(), expect=201)
    assert desk.ask("GET", path, "own").data == JPEG
    for who in ("other", "stranger"):
        desk.get(path, who, expect=404)
    assert desk.get(f"evidence/{DRAW}/{unit}/{'ab' * 32}", "office", expect=404)["code"] == "evidence-none"


def ordered(desk: Desk, unit: str, *team: str, **more: str) -> dict[str, Any]:
    return {
        "policy": "sichuan-2020", "campaign": "2027", "unit": unit, "ground": "complaint", "reason": "群众举报",
        "document": "川安办函〔2027〕9号", "team": list(team), "due_on": "2027-05-10", **more,
    }  # fmt: skip


def test_a_check_beside_the_sample_has_its_own_team_number_and_outcome(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    unit = team.units[0]
    wrong = ordered(desk, unit, "C510101", "C510101", "nobody", ground="whim", due_on="2027-04-01", campaign="2031")
    told = desk.post("checks", "office", wrong, expect=409)
    assert {each["code"] for each in told["errors"]} == {
        "check-ground", "check-own-city", "check-twice", "check-person", "check-past", "campaign-unknown"
    }  # fmt: skip
    check = desk.post("checks", "office", ordered(desk, unit, *team.inspectors[:2]), expect=201)
    assert (check["check"], check["moved_to"]) == ("T-2027-001", "2027-05-10")
    seen = {
        who: [c["check"] for c in desk.get("checks", who)["items"]] for who in ("member", "stranger", "own", "other")
    }
    assert seen == {"member": ["T-2027-001"], "stranger": [], "own": [], "other": []}
    path = f"outcomes/T-2027-001/{unit}"
    send(desk, "mate", JPEG, "现场.jpg", f"evidence/T-2027-001/{unit}")
    history = [desk.get(f"lives/{unit}/history", "own")["events"]]
    found = desk.post(path, "mate", said(VISIT_DAY, findings=[finding(severity="major")]), expect=201)
    assert (found["versions"][0]["verdict"], found["unsigned"]) == ("failed", [*team.inspectors[:2], "unit"])
    assert desk.get("checks/T-2027-001", "own")["unit"] == unit
    history.append(desk.get(f"lives/{unit}/history", "own")["events"])
    assert [[event["action"] for event in events] for events in history] == [[], ["check", "evidence", "outcome"]]
    for who in ("stranger", "other"):
        desk.get("checks/T-2027-001", who, expect=404)
        desk.get(path, who, expect=404)
    row = desk.get("outcomes?occasion=T-2027-001", "office")["items"][0]
    assert (row["stratum"], row["verdict"]) == ("", "failed")


def test_last_years_failure_is_a_ground_where_it_is_known(staffed: tuple[Desk, Team]) -> None:
    """By the year, under whatever occasion; over HTTP and at the command line alike."""
    desk, team = staffed
    unit, other = team.units[:2]
    for each, verdict in ((unit, "passed"), (other, "rectify")):
        with desk.office.runtime.begin() as db:
            act = Act(datetime(2026, 9, 1, 4, tzinfo=UTC), "tests", demo=True)
            visits.outcome(db, act, "SC-2026-01", each, "*", verdict=verdict)
    wrong = desk.post("checks", "office", ordered(desk, unit, *team.inspectors[:2], ground="last-year"), expect=409)
    (told,) = wrong["errors"]
    assert told["code"] == "check-nothing-wrong"
    assert "SC-2026-01 2026-08-01 passed" in str(told)
    who = [word for each in team.inspectors[:2] for word in ("--inspector", each)]
    asked = ("--policy", "sichuan-2020", "--ground", "last-year", "--reason", "x", "--document", "x", *who)
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    typed = ("targeted", "open", unit, *asked, "--due", "2027-05-10")
    assert [each["code"] for each in desk.office.run(*typed, expect=1).json["errors"]] == ["check-nothing-wrong"]
    desk.post("checks", "office", ordered(desk, other, *team.inspectors[:2], ground="last-year"), expect=201)
    with desk.office.runtime.begin() as db:
        act = Act(datetime(2026, 9, 2, 4, tzinfo=UTC), "tests", demo=True)
        visits.finding(db, act, "F-2026-0001", unit, "JZ-2026", found_on="2025-12-31")
    assert desk.office.run(*typed, expect=1).json["errors"]
    with desk.office.runtime.begin() as db:
        visits.finding(db, act, "F-2026-0001", unit, "JZ-2026", found_on="2026-08-01")
    desk.office.run(*typed)


def test_a_check_that_was_postponed_announces_itself_to_nobody(staffed: tuple[Desk, Team]) -> None:
    """It is still to come. Once the unit was visited its city sees all of it, but who complained and who was sent."""
    desk, team = staffed
    unit = team.units[0]
    check = desk.post("checks", "office", ordered(desk, unit, *team.inspectors[:2]), expect=201)["check"]
    path = f"outcomes/{check}/{unit}"
    postponed = {"kind": "postponed", "day": VISIT_DAY, "document": "防汛令", "answers": []}
    desk.post(path, "mate", postponed, expect=201)
    desk.post(f"{path}/signatures", "mate", {"signer": team.inspectors[1], "stance": "signed"}, expect=201)
    send(desk, "mate", JPEG, "现场.jpg", f"evidence/{check}/{unit}")
    history = f"lives/{unit}/history"
    assert desk.get("checks", "own")["items"] == desk.get("outcomes", "own")["items"] == []
    for hidden in (f"checks/{check}", path):
        desk.get(hidden, "own", expect=404)
        desk.get(hidden, "office")
    assert [desk.get(history, "own")[part] for part in ("events", "outcomes")] == [[], []]
    desk.post(path, "mate", said(), expect=201)
    told = desk.get(f"checks/{check}", "own")
    hidden_of_it = ("ground", "reason", "document", "team")
    assert [told[name] for name in ("unit", *hidden_of_it)] == [unit, "", "", "", []]
    whole = desk.get(f"checks/{check}", "office")
    assert (whole["ground"], whole["reason"]) == ("complaint", "群众举报")
    assert [desk.get(history, who)["events"][0]["step"] for who in ("own", "office")] == ["", "complaint"]
    for everything in (
        desk.get(history, "own"),
        desk.get("checks", "own"),
        desk.get(path, "own"),
        desk.get("due", "own"),
    ):
        assert "complaint" not in str(everything)
    with desk.office.runtime.look() as db:
        assert b"complaint" not in b"".join(entries_from(db, 0, 10_000))
    assert [desk.get("outcomes", who)["total"] for who in ("own", "office")] == [1, 1]
    events = [(each["action"], each["document"]) for each in desk.get(history, "own")["events"]]
    assert [action for action, _ in events] == ["check", "outcome", "sign", "evidence", "outcome"]
    assert events[0] == ("check", "")
    assert desk.get(history, "office")["events"][0]["document"] == "川安办函〔2027〕9号"


def test_nobody_who_is_tied_to_the_unit_checks_it(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    unit, who = team.units[0], team.inspectors[0]
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    desk.office.import_rows("recusals", [{"人员编号": who, "单位编码": unit, "回避理由": "亲属"}])
    told = desk.post("checks", "office", ordered(desk, unit, who), expect=409)
    assert {each["code"] for each in told["errors"]} == {"check-tied", "check-team"}


def test_a_pause_moves_what_is_due_in_its_region(staffed: tuple[Desk, Team]) -> None:
    desk, team = staffed
    unit = team.units[0]
    desk.post(f"outcomes/{DRAW}/{unit}", "member", said(findings=[finding()]), expect=201)
    city = desk.get("outcomes", "office")["items"][0]["city"]
    asked = {"campaign": "2027", "cities": [city], "since": "2027-04-25", "reason": "汛情", "document": "防汛令"}
    assert desk.post("pauses", "office", asked, expect=409)["code"] == "pause-ahead"
    desk.clock = "2027-04-27T01:00:00Z"
    pause = desk.post("pauses", "office", asked, expect=201)
    assert (pause["pause"], pause["until"]) == ("P-2027-01", "")

    def due() -> str:
        found: str = desk.get(f"outcomes/{DRAW}/{unit}", "office")["findings"][0]["moved_to"]
        return found

    assert due() == "2027-05-23"
    desk.clock = "2027-05-01T01:00:00Z"
    assert due() == "2027-05-27"
    ended = {"until": "2027-04-30", "document": "解除防汛令"}
    assert desk.post("pauses/P-2027-01/end", "office", ended)["until"] == "2027-04-30"
    assert due() == "2027-05-26"
    assert desk.post("pauses/P-2027-01/end", "office", ended, expect=409)["code"] == "pause-ended"
    assert desk.post("pauses/P-2027-09/end", "office", ended, expect=404)["code"] == "pause-unknown"
    assert [len(desk.get("pauses", who)["items"]) for who in ("office", "own", "other")] == [1, 1, 0]
    nowhere = asked | {"campaign": "2031"}
    assert desk.post("pauses", "office", nowhere, expect=404)["code"] == "campaign-unknown"
