"""Files of findings' and cases' steps: kept as bytes, served to who sees the step, told of where nobody knows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from audit_service.store.log import entries_from
from tests.after.desk import CASE, F1, at, go, notified, published, staffed
from tests.office import on_both
from tests.visiting import JPEG
from tests.web.desk import SCAN, Desk

F2 = "findings/F-2020-0002"
OPINION = b"%PDF-1.7 an opinion"


@pytest.fixture
def it(desk: Desk) -> Desk:
    return staffed(desk)


def digest(files: list[dict[str, str]]) -> str:
    return files[0]["sha256"]


def served(it: Desk, path: str, kept: list[dict[str, str]], *who: str) -> dict[str, int]:
    """What each is answered who asks for a file."""
    return {each: it.ask("GET", f"{path}/files/{digest(kept)}", each).status_code for each in who}


def lying(it: Desk) -> list[str]:
    """The digests of what lies where evidence does."""
    return sorted(path.name for path in Path(it.office.environment["AUDIT_EVIDENCE"]).glob("??/*"))


@on_both
def test_what_a_city_hands_in_is_served_to_who_sees_the_step(it: Desk) -> None:
    notified(it)
    everybody = ("office", "second", "auditor", "chengdu", "zigong", "member", "finder")
    kept = it.keep(F1, "chengdu", JPEG, "现场.jpg")
    seen = dict.fromkeys(everybody, 404)
    oversight = dict.fromkeys(("office", "second", "auditor"), 200)
    assert served(it, F1, kept, *everybody) == {**seen, **oversight}, "no step names it yet"
    go(it, "chengdu", f"{F1}/hand-in", "2020-09-20", text="已更换", files=kept)
    assert served(it, F1, kept, *everybody) == {**seen, **oversight, "chengdu": 200}
    it.get(F1, "member", expect=404)
    go(it, "office", f"{F1}/assign", "2020-09-21", person="C510201")
    assert served(it, F1, kept, *everybody) == {**seen, **oversight, "chengdu": 200, "member": 200}
    assert it.get(F1, "member")["steps"][1]["files"] == kept
    answer = it.ask("GET", f"{F1}/files/{digest(kept)}", "member")
    assert (answer.data, answer.content_type) == (JPEG, "image/jpeg")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    opinion = it.keep(F1, "member", OPINION)
    recheck = {"passed": True, "document": "川安办〔2020〕20号", "files": opinion}
    go(it, "member", f"{F1}/recheck", "2020-09-22", **recheck)
    assert served(it, F1, opinion, "chengdu", "member", "zigong") == {"chengdu": 200, "member": 200, "zigong": 404}
    go(it, "office", f"{F1}/close", "2020-09-23")
    late = it.send(f"{F1}/files", "chengdu")
    assert (late.status_code, late.json["code"]) == (409, "step-file-late")
    told = it.office.at(at("2020-09-23")).run("check").json
    assert (told["faults"], told["unused"]) == ([], [])


def test_a_step_names_nothing_but_what_is_kept_of_the_same_finding_or_case(it: Desk) -> None:
    """Whoever knows a digest could else fetch what is another's."""
    notified(it)
    elsewhere = it.keep(F2, "office")
    unknown = [{"name": "scan.pdf", "sha256": "cd" * 32}]
    for files in (elsewhere, unknown):
        refused = go(it, "chengdu", f"{F1}/hand-in", "2020-09-20", 409, text="已更换", files=files)
        assert refused["code"] == "step-file-not-kept"
    assert served(it, F1, elsewhere, "chengdu", "office") == {"chengdu": 404, "office": 404}
    published(it)
    go(it, "office", f"{CASE}/publish", "2020-10-11", document="川安办〔2020〕34号")
    paper = {"document": "川安委〔2020〕9号", "files": unknown}
    assert go(it, "office", f"{CASE}/revoke", "2020-10-19", 409, **paper)["code"] == "step-file-not-kept"


def test_what_is_sent_is_looked_at_as_the_evidence_of_visits_is(it: Desk) -> None:
    notified(it)
    for path, by in ((F1, "chengdu"), (F1, "office")):
        told = it.send(f"{path}/files", by, b"MZ\x90", "现场.jpg")
        assert (told.status_code, told.json["code"]) == (409, "evidence-kind")
    go(it, "chengdu", f"{F1}/hand-in", "2020-09-20", text="已更换", files=it.keep(F1, "chengdu"))
    before = lying(it)
    for by, answer in (("zigong", 404), ("member", 404), ("auditor", 403), ("second", 403)):
        assert it.send(f"{F1}/files", by, JPEG).status_code == answer
    assert lying(it) == before
    again = it.send(f"{F1}/files", "chengdu")
    assert again.json["file"] == {"digest": digest(it.get(F1, "office")["steps"][1]["files"]), "name": "scan.pdf",
                                  "kind": "application/pdf", "size": len(SCAN)}  # fmt: skip


def test_a_city_fetches_its_defence_and_the_notice_but_no_scan_of_what_was_decided(it: Desk) -> None:
    opened = go(it, "office", "cases", "2020-10-01", 201, trigger="failed", unit="510104026")
    assert opened["case"] == CASE.partition("/")[2]
    go(it, "office", f"{CASE}/notify", "2020-10-02", document="川安办〔2020〕30号")
    assert it.send(f"{CASE}/files", "zigong").status_code == 404
    defence = it.keep(CASE, "chengdu", JPEG, "申辩.jpg")
    go(it, "chengdu", f"{CASE}/defend", "2020-10-05", text="正在整改", files=defence)
    minutes = it.keep(CASE, "office", OPINION, "纪要.pdf")
    meeting = {"document": "纪要〔2020〕3号", "person": "丙", "text": "…", "ending": "revoked", "files": minutes}
    it.clock = at("2020-10-08")
    go(it, "office", f"{CASE}/meet", "2020-10-08", **meeting)
    who = ("chengdu", "zigong", "office", "auditor", "second")
    assert served(it, CASE, defence, *who) == {**dict.fromkeys(who, 200), "zigong": 404}
    hidden = {**dict.fromkeys(who, 200), "zigong": 404, "chengdu": 404}
    assert served(it, CASE, minutes, *who) == hidden
    seen = [event["action"] for event in it.get("lives/510104026/history", "chengdu")["events"]]
    assert "evidence" not in seen, "that something was kept would tell that something is decided"
    go(it, "office", f"{CASE}/publish", "2020-10-09", document="川安办〔2020〕34号")
    assert served(it, CASE, minutes, *who) == hidden, "it names who decided"
    it.clock = at("2020-10-17")
    notice = it.keep(CASE, "office")
    assert served(it, CASE, notice, "chengdu", "second") == {"chengdu": 404, "second": 200}
    asked = go(it, "office", f"{CASE}/revoke", "2020-10-17", document="川安委〔2020〕9号", files=notice)
    it.post(f"requests/{asked['request']['number']}/confirm", "second")
    assert it.ask("GET", f"{CASE}/files/{digest(notice)}", "chengdu").data == SCAN


ANSWER: dict[str, Any] = {"document": "成安办〔2020〕7号"}


@on_both
def test_the_office_records_what_a_city_answered_on_paper_and_everybody_sees_that_it_did(it: Desk) -> None:
    notified(it)
    go(it, "office", f"{F1}/dispatch", "2020-09-03", person="区住建局")
    scan = it.keep(F1, "office")
    go(it, "office", f"{F1}/office-acknowledge", "2020-09-04", 422, person="区住建局", **ANSWER)
    go(it, "office", f"{F1}/office-acknowledge", "2020-09-04", person="区住建局", files=scan, **ANSWER)
    go(it, "office", f"{F1}/hand-in", "2020-09-05", 403, text="已更换", files=scan)
    go(it, "office", f"{F1}/office-hand-in", "2020-09-05", 422, text="已更换", files=scan)
    told = go(it, "office", f"{F1}/office-hand-in", "2020-09-05", text="已更换", files=scan, **ANSWER)
    assert told["state"] == "handed-in"
    for who in ("chengdu", "auditor"):
        steps = it.get(F1, who)["steps"]
        assert [step["on_paper"] for step in steps] == [False, False, True, True]
    assert served(it, F1, scan, "chengdu") == {"chengdu": 200}
    it.post("cases", "office", {"trigger": "failed", "unit": "510104026", "day": "2020-09-05"}, expect=201)
    go(it, "office", f"{CASE}/notify", "2020-09-05", document="川安办〔2020〕30号")
    defence = {"text": "正在整改", "files": it.keep(CASE, "office", JPEG, "申辩.jpg"), **ANSWER}
    assert go(it, "office", f"{CASE}/office-defend", "2020-09-06", **defence)["state"] == "heard"
    assert [step["on_paper"] for step in it.get(CASE, "chengdu")["steps"]] == [False, True]
    with it.office.runtime.look() as db:
        entries = b"".join(entries_from(db, 0, 10_000)).decode()
    assert entries.count('"on_paper":true') == 3
    assert "已更换" not in entries
    paper = docx.Document(BytesIO(it.ask("GET", f"{F1}/papers/recheck", "office", Accept_Language="zh").data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "已更换（纸质报送，成安办〔2020〕7号，由办公室登记）" in cells


@on_both
def test_a_file_whose_transaction_failed_is_told_of_and_taken_away(it: Desk) -> None:
    notified(it)
    headers = {"Authorization": f"Bearer {it.tokens['chengdu']}", "Audit-Demo-Clock": it.clock, "Idempotency-Key": "k"}
    client = it.app.test_client(use_cookies=False)
    answers = [
        client.post(f"/api/v1/{F1}/files", data={"files": [(BytesIO(data), "a.jpg")]}, headers=headers)
        for data in (JPEG, JPEG + b"2")
    ]
    assert [answer.status_code for answer in answers] == [201, 409], "the key was of another request"
    kept = answers[0].json["file"]["digest"]
    (unused,) = set(lying(it)) - {kept}
    office = it.office.at(it.clock)
    assert office.run("check").json["unused"] == [unused]
    assert len(lying(it)) == 2, "it is told of, and taken away where that is asked for"
    (Path(office.environment["AUDIT_EVIDENCE"]) / kept[:2] / kept).rename(office.folder / "away")
    broken = office.run("check", "--remove-unused", expect=1)
    assert (broken.json["removed"], lying(it)) == ([], [unused]), "nothing where anything is wrong"
    (office.folder / "away").rename(Path(office.environment["AUDIT_EVIDENCE"]) / kept[:2] / kept)
    done = office.run("check", "--remove-unused").json
    assert (done["removed"], done["faults"], lying(it)) == ([unused], [], [kept])
    assert digest(it.keep(F1, "chengdu", JPEG + b"2")) == unused
    assert office.run("check").json["unused"] == []
