"""Who may recheck: nobody who found it or is kept away, whether told by code or by name, on the roster still or not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from audit_service.store import acts, rosters
from audit_service.store.tables import people, recusals
from audit_service.store.visit_tables import findings
from tests.after.desk import F1, at, go, notified, staffed
from tests.after.scene import UNIT
from tests.web.desk import Desk

DAY = "2020-09-22"


@pytest.fixture
def it(desk: Desk) -> Desk:
    """A finding that was handed in, found by 张一 (C510101) and 王二 (C510102); 李三 (C510201) did not find it."""
    notified(staffed(desk))
    go(desk, "chengdu", f"{F1}/hand-in", "2020-09-20", text="已更换", files=desk.keep(F1, "chengdu"))
    desk.clock = at(DAY)
    return desk


def on_paper(it: Desk, person: str, expect: int = 200) -> Any:
    scan = it.keep(F1, "office", b"%PDF-1.7 the opinion")
    said = {"passed": True, "document": "川安办〔2020〕20号", "files": scan, "person": person}
    return go(it, "office", f"{F1}/office-recheck", DAY, expect, **said)


def assigned(it: Desk, person: str, expect: int = 200) -> Any:
    return go(it, "office", f"{F1}/assign", DAY, expect, person=person)


def joins(it: Desk, inspector: str, name: str) -> None:
    """Somebody else comes onto the roster."""
    with it.office.runtime.begin() as db:
        known = rosters.one(db, people, inspector="C510201")
        assert known is not None
        rosters.add(db, people, [{**known, "inspector": inspector, "name": name}], acts.last_number(db))


@pytest.mark.parametrize("person", ["C510201", "李三", "李 三"])
def test_who_is_recused_from_the_unit_does_not_recheck_whether_told_by_code_or_by_name(it: Desk, person: str) -> None:
    with it.office.runtime.begin() as db:
        rosters.add(db, recusals, [{"inspector": "C510201", "unit": UNIT, "reason": "亲属"}], acts.last_number(db))
    assert on_paper(it, person, 409)["code"] == "recheck-recused"
    assert assigned(it, person, 409)["code"] == "recheck-recused"


@pytest.mark.parametrize("person", ["C510101", "张一", "张　一"])
def test_who_found_it_does_not_recheck_it_after_leaving_the_roster_either(it: Desk, person: str) -> None:
    it.post("inspectors/leave", "office", {"inspectors": ["C510101"], "reason": "调离"})
    assert on_paper(it, person, 409)["code"] == "recheck-by-finder"


def test_a_namesake_of_who_found_it_rechecks_by_their_code(it: Desk) -> None:
    joins(it, "C510301", "张一")
    assert on_paper(it, "张一", 409)["code"] == "recheck-by-finder"
    assert on_paper(it, "C510301")["state"] == "passed"


def test_a_finder_whom_a_register_names_without_a_code_does_not_recheck(it: Desk) -> None:
    with it.office.runtime.begin() as db:
        db.execute(update(findings).values(found_by="赵四、李三"))
    for person in ("李三", "C510201", "赵四"):
        assert on_paper(it, person, 409)["code"] == "recheck-by-finder"


def test_who_is_named_to_recheck_is_somebody_on_the_roster_and_is_kept_by_code(it: Desk) -> None:
    assert assigned(it, "查无此人", 409)["code"] == "rechecker-unknown"
    it.post("inspectors/leave", "office", {"inspectors": ["C510102"], "reason": "调离"})
    assert assigned(it, "C510102", 409)["code"] == "rechecker-unknown"
    assert assigned(it, " ", 409)["code"] == "step-lacks"
    assert assigned(it, "李三")["rechecker"] == "C510201"
    assert [each["finding"] for each in it.get("findings/assigned", "member")["items"]] == ["F-2020-0001"]


def test_of_two_of_one_name_the_one_who_is_to_recheck_is_named_by_code(it: Desk) -> None:
    joins(it, "C510301", "李三")
    refused = assigned(it, "李三", 409)
    assert (refused["code"], "C510201、C510301" in refused["detail"]) == ("rechecker-several", True)
    assert assigned(it, "C510301")["rechecker"] == "C510301"
