"""Units' lives over HTTP: the office records, a city its own first steps, everybody else looks at what is theirs."""

from __future__ import annotations

import pytest

from tests.lives.office import FUXING
from tests.office import LATE
from tests.web.desk import Desk


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """The demonstration's units, taken into life."""
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    desk.office.import_demo()
    desk.clock = LATE
    assert desk.post("lives/adopt", "office", {"policy": "sichuan-2020"})["adopted"] == 343
    return desk


def test_the_office_records_steps_and_changes_of_divisions_and_all_who_oversee_see_them(lived: Desk) -> None:
    units = [row["unit"] for row in lived.get("lives?state=assessed&page_size=200", "office")["items"]]
    body = {"step": "name", "units": units, "on": "2026-06-30", "document": "川安委〔2026〕3号"}
    taken = lived.post("lives/steps", "office", body, expect=201)
    assert len(taken["units"]) == len(units) == 32
    for role in ("office", "second", "auditor"):
        assert lived.get(f"lives/{units[0]}", role)["valid_until"] == "2029-06-30"
        (_, named) = lived.get(f"lives/{units[0]}/history", role)["events"]
        assert (named["step"], named["role"], named["document"]) == ("name", "province", "川安委〔2026〕3号")
    again = lived.post("lives/steps", "office", body, expect=409)
    assert len(again["errors"]) == 32
    lived.post("lives/steps", "office", {**body, "step": "revoke"}, expect=422)
    _divisions(lived)


def _divisions(lived: Desk) -> None:
    first, second = (row["unit"] for row in lived.get("lives?state=re-evaluation", "office")["items"][:2])
    told = {"document": "川民发〔2026〕1号", "on": "2026-06-30"}
    renamed = {"unit": first, "name": "新名镇", "code": FUXING, **told}
    assert lived.post("lives/divisions/renames", "office", renamed, expect=201)["into_standing"]["state"] == (
        "re-evaluation"
    )
    assert lived.get(f"lives/{FUXING}/history", "office")["codes"] == [FUXING, first]
    merged = {"unit": second, "into": FUXING, **told}
    assert lived.post("lives/divisions/merges", "office", merged, expect=201)["standing"]["successor"] == FUXING
    lived.post("lives/divisions/merges", "office", {**merged, "how": "transfer"}, expect=404)


def test_a_city_sees_its_own_units_alone_and_records_their_first_steps_and_no_others(lived: Desk) -> None:
    own = lived.get("lives?page_size=200", "chengdu")
    assert 0 < own["total"] < lived.get("lives", "office")["total"]
    assert {row["unit"][:4] for row in own["items"]} == {"5101"}
    assert lived.get("lives?city=510300", "chengdu")["total"] == own["total"]
    other = next(row["unit"] for row in lived.get("lives?city=510300", "office")["items"])
    answers = {lived.get(f"lives/{unit}/history", "chengdu", expect=404)["code"] for unit in (other, "510199999")}
    assert answers == {"unit-not-known"}
    _own_steps(lived)


def _own_steps(lived: Desk) -> None:
    building = lived.get("lives?state=building&city=510100", "office")["items"][0]["unit"]
    body = {"units": [building], "on": "2026-06-30", "document": "自评报告", "score": "86.5", "city_review": "同意"}
    taken = lived.post("lives/own-steps", "chengdu", {"step": "self-assess", **body}, expect=201)
    assert taken["units"][0]["state"] == "self-assessed"
    lived.post("lives/own-steps", "chengdu", {"step": "name", **body}, expect=422)
    lived.post("lives/own-steps", "office", {"step": "apply", **body}, expect=403)
    lived.post("lives/steps", "chengdu", {"step": "apply", **body}, expect=403)
    facts = lived.get(f"lives/{building}/history", "chengdu")["events"][-1]["facts"]
    assert (facts["score"], facts["city_review"]) == ("86.5", "同意")
