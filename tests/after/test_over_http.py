"""Rectification and an exit case over HTTP: who records what, what a city sees, and who must confirm a revocation."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest

from audit_service.papers import handover_paper
from audit_service.store.log import entries_from
from audit_service.use_cases.cases import open_case
from tests.after.desk import CASE, F1, at, go, notified, published, staffed
from tests.after.scene import OCCASION, UNIT, act, policies, said
from tests.web.desk import Desk

NONE = [{"name": "scan.pdf", "sha256": "cd" * 32}]


@pytest.fixture
def it(desk: Desk) -> Desk:
    return staffed(desk)


def test_a_finding_goes_from_its_notice_to_its_end_through_three_hands(it: Desk) -> None:
    notified(it)
    go(it, "office", f"{F1}/dispatch", "2020-09-03", person="区住建局")
    go(it, "chengdu", f"{F1}/acknowledge", "2020-09-04", person="区住建局")
    assert go(it, "zigong", f"{F1}/hand-in", "2020-09-20", 404, text="…", files=NONE)["code"] == "finding-unknown"
    go(it, "chengdu", f"{F1}/hand-in", "2020-09-20", text="已更换", files=it.keep(F1, "chengdu"))
    recheck = {"passed": True, "document": "川安办〔2020〕20号"}
    assert go(it, "member", f"{F1}/recheck", "2020-09-22", 404, **recheck)["code"] == "finding-unknown"
    assert go(it, "office", f"{F1}/assign", "2020-09-21", 409, person="C510101")["code"] == "recheck-by-finder"
    go(it, "office", f"{F1}/assign", "2020-09-21", person="C510201")
    assert [each["finding"] for each in it.get("findings/assigned", "member")["items"]] == ["F-2020-0001"]
    assert it.get("findings/assigned", "finder")["items"] == []
    go(it, "member", f"{F1}/recheck", "2020-09-22", **recheck)
    assert go(it, "office", f"{F1}/close", "2020-09-23")["state"] == "closed"
    whole, told = (it.get(F1, who) for who in ("auditor", "chengdu"))
    assert (whole["found_by"], whole["rechecker"]) == (["C510101", "C510102"], "C510201")
    assert (told["found_by"], told["rechecker"]) == ([], "")
    persons = [(step["step"], step["person"]) for step in told["steps"] if step["person"]]
    assert persons == [("dispatch", "区住建局"), ("acknowledge", "区住建局")]
    it.clock = at("2020-10-02")
    shown = it.get("findings?ended=false", "chengdu")
    assert [(found["finding"], found["colour"], found["overdue"]) for found in shown["items"]] == [
        ("F-2020-0002", "red", True)
    ]
    assert it.get("findings", "zigong")["total"] == it.get("cases", "zigong")["total"] == 0


def test_the_office_records_a_recheck_that_came_on_paper_but_not_by_who_found_it(it: Desk) -> None:
    notified(it)
    go(it, "chengdu", f"{F1}/hand-in", "2020-09-20", text="已更换", files=it.keep(F1, "chengdu"))
    scan = it.keep(F1, "office", b"%PDF-1.7 the opinion")
    failed = {
        "files": scan,
        "passed": False,
        "document": "川安办〔2020〕20号",
        "text": "仍有积水",
        "deadline": "2020-10-20",
    }
    refused = go(it, "office", f"{F1}/office-recheck", "2020-09-22", 409, person="张一", **failed)
    assert refused["code"] == "recheck-by-finder"
    told = go(it, "office", f"{F1}/office-recheck", "2020-09-22", person="王五", **failed)
    assert (told["state"], told["deadline"], told["rechecks"]) == ("failed", "2020-10-20", 1)
    causes = {(each["cause"], each["finding"]) for each in it.get("cases/candidates", "auditor")["items"]}
    assert causes == {("failed", ""), ("recheck-failed", "F-2020-0001"), ("no-improvement", "")}


def history(it: Desk, who: str) -> tuple[str, list[str]]:
    """How a unit's case is to end and which steps of it were taken, by the unit's history."""
    found = it.get(f"lives/{UNIT}/history", who)
    assert "33号" not in str(found) or who != "chengdu"
    (case,) = found["cases"]
    return case["ending"], [event["step"] for event in found["events"] if event["action"] == "case"]


def test_a_city_is_not_told_how_far_the_office_has_come_before_it_is_published(it: Desk) -> None:
    """Neither in a case nor in a list, by a filter, in its order, in what is due, in the history or in a refusal."""
    go(it, "office", "cases", "2020-10-01", 201, trigger="failed", unit=UNIT, document="内〔2020〕1号", text="群众举报")
    states = []

    def seen() -> None:
        case = it.get(CASE, "chengdu")
        listed, of_unit = it.get("cases", "chengdu")["items"], it.get(f"lives/{UNIT}/history", "chengdu")
        told = {name: case[name] for name in ("state", "due_on", "colour", "overdue", "ending", "document")}
        assert [{name: each[name] for name in told} for each in listed] == [told]
        assert [(each["state"], each["due_on"], each["ending"]) for each in of_unit["cases"]] == [
            (case["state"], case["due_on"], case["ending"])
        ]
        hidden = ("proposed", "reviewed", "signed", "甲", "乙", "丙", "33号")
        assert not [word for word in hidden if word in f"{case}{listed}{of_unit}"]
        due = [item["kind"] for item in it.get("due", "chengdu")["items"] if item["subject"] == "E-2020-001"]
        found = {name: it.get(f"cases?state={name}", "chengdu")["total"] for name in ("opened", "proposed", "signed")}
        assert set(found.values()) == {0}
        assert it.get("cases?overdue=true", "chengdu")["total"] == case["overdue"]
        paper = docx.Document(BytesIO(it.ask("GET", "lives/handover.docx", "chengdu").data))
        rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
        assert [row[-1] for row in rows if row[0] == "E-2020-001"] == [case["due_on"] or handover_paper.NONE]
        states.append((case["state"], case["due_on"], due))

    seen()
    assert "举报" not in str(it.get(CASE, "chengdu")) + str(it.get(f"lives/{UNIT}/history", "chengdu"))
    assert "1号" not in str(it.get(f"lives/{UNIT}/history", "chengdu")["events"])
    go(it, "office", f"{CASE}/notify", "2020-10-02", document="川安办〔2020〕30号")
    assert it.get(CASE, "chengdu")["reason"] == "群众举报"  # the notice of what it can answer to says so
    seen()
    go(it, "chengdu", f"{CASE}/defend", "2020-10-05", text="正在整改")
    seen()
    for step, day, more in (
        ("propose", "2020-10-08", {"person": "甲", "ending": "revoked", "text": "…"}),
        ("review", "2020-10-09", {"person": "乙", "text": "同意"}),
        ("sign", "2020-10-10", {"person": "丙", "document": "川安办〔2020〕33号", "files": it.keep(CASE, "office")}),
    ):
        go(it, "office", f"{CASE}/{step}", day, **more)
        seen()
        refused = go(it, "chengdu", f"{CASE}/defend", day, 409, text="…")
        assert (refused["code"], refused["params"]["state"] if "params" in refused else "") in (
            ("case-state", "under-procedure"),
            ("case-state", ""),
        )
        assert it.get(CASE, "office")["state"] not in str(refused)
    quiet = ("under-procedure", "", [])
    assert states == [quiet, ("notified", "2020-10-07", ["defence"]), *[quiet] * 4]
    go(it, "office", f"{CASE}/publish", "2020-10-11", document="川安办〔2020〕34号")
    assert (it.get(CASE, "chengdu")["state"], it.get(CASE, "chengdu")["ending"]) == ("published", "revoked")
    asked = go(
        it, "office", f"{CASE}/revoke", "2020-10-19", document="川安委〔2020〕9号", files=it.keep(CASE, "office")
    )
    it.post(f"requests/{asked['request']['number']}/decline", "second", {"reason": "材料不全"})
    actions = {event["action"] for event in it.get(f"lives/{UNIT}/history", "chengdu")["events"]}
    assert not actions & {"request", "decline", "confirm"}


def test_a_title_is_revoked_when_a_second_person_of_another_institution_confirms_it(it: Desk) -> None:
    published(it)
    seen = it.get(CASE, "chengdu")
    assert (seen["ending"], [step["step"] for step in seen["steps"]]) == ("", ["notify", "defend"])
    assert seen["document"] == "川安办〔2020〕30号"
    assert history(it, "chengdu") == ("", ["open", "notify", "defend"])
    behind = ["open", "notify", "defend", "propose", "review", "sign"]
    assert history(it, "office") == ("revoked", behind)
    go(it, "office", f"{CASE}/publish", "2020-10-11", document="川安办〔2020〕34号")
    assert it.get(CASE, "chengdu")["ending"] == "revoked"
    assert history(it, "chengdu") == ("revoked", ["open", "notify", "defend", "publish"])
    go(it, "office", f"{CASE}/object", "2020-10-12", text="群众来信")
    paper = {"document": "川安委〔2020〕9号", "files": it.keep(CASE, "office")}
    refused = go(it, "office", f"{CASE}/revoke", "2020-10-19", 409, **paper)
    assert refused["code"] == "case-objections-open"
    go(it, "office", f"{CASE}/answer", "2020-10-13", number=1, document="川安办〔2020〕35号", text="不成立")
    asked = go(it, "office", f"{CASE}/revoke", "2020-10-19", **paper)
    assert (asked["state"], it.get(CASE, "office")["state"]) == ("waiting", "published")
    it.post(f"requests/{asked['request']['number']}/decline", "second", {"reason": "材料不全"})
    asked = go(it, "office", f"{CASE}/revoke", "2020-10-19", **paper)
    number = asked["request"]["number"]
    refused = it.post(f"requests/{number}/confirm", "colleague", expect=409)
    assert refused["code"] == "request-own-institution"
    it.post(f"requests/{number}/confirm", "second")
    assert it.get(CASE, "office")["state"] == "revoked"
    events = [event["action"] for event in it.get(f"lives/{UNIT}/history", "office")["events"]]
    assert events[-6:] == ["request", "decline", "request", "confirm", "case", "life"]
    go(it, "office", f"{CASE}/recall-plaque", "2020-10-20", text="已收回")
    done = go(it, "office", f"{CASE}/delist", "2020-10-21", document="川安办〔2020〕40号")
    assert (done["state"], done["due_on"]) == ("delisted", "")
    with it.office.runtime.look() as db:
        told = b"".join(entries_from(db, 0, 10_000)).decode()
    for secret in (UNIT, "甲", "群众来信", "川安委", "正在整改"):
        assert secret not in told


def test_a_new_code_does_not_keep_a_title_from_being_revoked(it: Desk) -> None:
    published(it)
    go(it, "office", f"{CASE}/publish", "2020-10-11", document="川安办〔2020〕34号")
    renamed = {"unit": UNIT, "name": "青竹街道", "code": "510104099", "document": "川民发〔2020〕1号"}
    it.clock = at("2020-10-12")
    it.post("lives/divisions/renames", "office", {**renamed, "on": "2020-10-12"}, expect=201)
    scan = it.keep(CASE, "office")
    asked = go(it, "office", f"{CASE}/revoke", "2020-10-19", document="川安委〔2020〕9号", files=scan)
    it.post(f"requests/{asked['request']['number']}/confirm", "second")
    go(it, "office", f"{CASE}/recall-plaque", "2020-10-20", text="已收回")
    stands = it.get("lives/510104099", "office")
    assert (stands["state"], stands["title"], stands["plaque_recalled_on"]) == ("revoked", "", "2020-10-20")
    assert it.get("lives/510104099/history", "office")["cases"][0]["state"] == "plaque-recalled"


def test_a_case_goes_on_where_the_plaque_was_recalled_without_it(it: Desk) -> None:
    published(it)
    go(it, "office", f"{CASE}/publish", "2020-10-11", document="川安办〔2020〕34号")
    scan = it.keep(CASE, "office")
    asked = go(it, "office", f"{CASE}/revoke", "2020-10-19", document="川安委〔2020〕9号", files=scan)
    it.post(f"requests/{asked['request']['number']}/confirm", "second")
    step = {"step": "recall-plaque", "units": [UNIT], "document": "登记〔2020〕1号", "policy": "sichuan-2020"}
    it.post("lives/steps", "office", {**step, "on": "2020-10-19"}, expect=201)
    assert go(it, "office", f"{CASE}/recall-plaque", "2020-10-20", text="已收回")["state"] == "plaque-recalled"
    assert it.get(f"lives/{UNIT}", "office")["plaque_recalled_on"] == "2020-10-19"
    done = go(it, "office", f"{CASE}/delist", "2020-10-21", document="川安办〔2020〕40号")
    assert done["state"] == "delisted"


def test_a_case_may_end_in_a_new_deadline_for_what_is_not_rectified(it: Desk) -> None:
    notified(it)
    it.clock = at("2020-10-02")
    go(it, "office", "cases", "2020-10-02", 201, trigger="overdue", unit=UNIT, finding="F-2020-0002")
    again = {"trigger": "overdue", "unit": UNIT, "finding": "F-2020-0002"}
    assert go(it, "office", "cases", "2020-10-02", 409, **again)["code"] == "case-cause-none"
    go(it, "office", f"{CASE}/notify", "2020-10-02", document="川安办〔2020〕30号")
    go(it, "office", f"{CASE}/waive", "2020-10-08")
    scan = it.keep(CASE, "office")
    meeting = {"document": "纪要〔2020〕3号", "person": "丙", "files": scan, "text": "会议纪要"}
    go(it, "office", f"{CASE}/meet", "2020-10-09", ending="rectify-again", **meeting)
    go(it, "office", f"{CASE}/rectify-again", "2020-10-10", document="川安办〔2020〕41号", deadline="2020-11-10")
    found = it.get("findings/F-2020-0002", "chengdu")
    assert (found["state"], found["deadline"], found["overdue"]) == ("notified", "2020-11-10", False)
    it.clock = at("2020-11-11")
    causes = [each["finding"] for each in it.get("cases/candidates", "auditor")["items"] if each["cause"] == "overdue"]
    assert causes == ["F-2020-0001", "F-2020-0002"]


def ended_once_more(it: Desk, **more: Any) -> Any:
    """A case that was opened just now comes to one more deadline."""
    go(it, "office", f"{CASE}/notify", "2020-10-02", document="川安办〔2020〕30号")
    go(it, "office", f"{CASE}/waive", "2020-10-08")
    meeting = {"document": "纪要〔2020〕3号", "person": "丙", "files": it.keep(CASE, "office"), "text": "会议纪要"}
    go(it, "office", f"{CASE}/meet", "2020-10-09", ending="rectify-again", **meeting)
    again = {"document": "川安办〔2020〕41号", "deadline": "2020-11-10"}
    missing = go(it, "office", f"{CASE}/rectify-again", "2020-10-10", 404, **again, findings=["F-2020-0099"])
    assert missing["code"] == "findings-none"
    late = go(it, "office", f"{CASE}/rectify-again", "2020-10-10", 409, **{**again, "deadline": "2020-10-10"})
    assert late["code"] == "case-deadline"
    told = go(it, "office", f"{CASE}/rectify-again", "2020-10-10", **again, **more)["steps"][-1]["findings"]
    deadlines = {each["finding"]: each["deadline"] for each in it.get("findings", "office")["items"]}
    assert {name for name, day in deadlines.items() if day == "2020-11-10"} == set(told)
    return told


@pytest.mark.parametrize(
    ("opened", "more", "renewed"),
    [
        ({"trigger": "failed"}, {}, ["F-2020-0001", "F-2020-0002"]),
        ({"trigger": "overdue", "finding": "F-2020-0002"}, {}, ["F-2020-0002"]),
        ({"trigger": "no-improvement"}, {}, []),
        ({"trigger": "no-improvement"}, {"findings": ["F-2020-0001"]}, ["F-2020-0001"]),
        ({"trigger": "office", "policy": "sichuan-2020", "text": "事故", "document": "文"}, {}, []),
    ],
    ids=["failed", "overdue", "no-improvement", "named", "office"],
)
def test_one_more_deadline_is_for_what_the_case_is_about_and_the_answer_says_which(
    it: Desk, opened: dict[str, str], more: dict[str, Any], renewed: list[str]
) -> None:
    notified(it)
    go(it, "office", "cases", "2020-10-02", 201, unit=UNIT, **opened)
    assert ended_once_more(it, **more) == renewed


def test_what_was_recorded_under_the_real_clock_is_not_gone_on_with_under_another(it: Desk) -> None:
    with it.office.runtime.begin() as db:
        open_case(db, act(date(2020, 10, 1)), policies, "failed", UNIT, said("open", "2020-10-01"))
    it.clock = at("2020-10-20")
    before = it.get(CASE, "office")
    acts: list[tuple[str, str, dict[str, Any]]] = [
        (f"{CASE}/notify", "2020-10-20", {"document": "川安办〔2020〕30号"}),
        ("cases", "2020-10-20", {"trigger": "no-improvement", "unit": UNIT}),
        ("findings/notify", "2020-09-20", {"occasion": OCCASION, "unit": UNIT, "document": "川安办〔2020〕12号"}),
    ]
    for path, day, body in acts:
        refused = go(it, "office", path, day, 409, **body)
        assert refused["code"] == "demo-on-real-unit"
        assert UNIT in refused["detail"]
    it.clock = at("2020-10-20")
    paused = {"campaign": "", "cities": [], "since": "2020-10-02", "reason": "疫情", "document": "令"}
    assert it.post("pauses", "office", paused, expect=409)["code"] == "demo-on-real-unit"
    assert it.get(CASE, "office") == before


def test_what_the_office_opens_by_itself_needs_a_document(it: Desk) -> None:
    body = {"trigger": "office", "unit": UNIT, "policy": "sichuan-2020", "text": "事故"}
    assert go(it, "office", "cases", "2020-10-02", 409, **body)["code"] == "step-lacks"
    told = go(it, "office", "cases", "2020-10-02", 201, **body, document="川安办〔2020〕50号")
    assert (told["cause"], told["document"], told["reason"]) == ("office", "川安办〔2020〕50号", "事故")


def test_papers_are_drafts_until_their_document_is_recorded(it: Desk) -> None:
    def words(path: str) -> str:
        found = docx.Document(BytesIO(it.ask("GET", path, "office", Accept_Language="zh").data))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])

    assert "草稿" in words(f"{F1}/papers/rectify")
    notified(it)
    notice = words(f"{F1}/papers/rectify")
    assert "草稿" not in notice
    for told in ("整改通知书", "川安办〔2020〕12号", "问题1", "问题2", "2020年10月1日", "成都市安全生产委员会办公室"):
        assert told in notice
    assert "复查意见书" in words(f"{F1}/papers/recheck")
    published(it)
    hearing, publication = words(f"{CASE}/papers/hearing"), words(f"{CASE}/papers/publication")
    assert "至2020年10月7日止" in hearing
    assert "拟撤销命名" in publication
    assert "四川省安全生产委员会" in words(f"{CASE}/papers/revocation")
    assert it.ask("GET", f"{CASE}/papers/hearing", "chengdu").status_code == 403
