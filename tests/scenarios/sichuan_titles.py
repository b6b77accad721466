"""The last part of the year in Sichuan: what becomes of titles, until when they hold, what is due of them, and what
happens to them where divisions change.

The numbers of years are those of 川安办函〔2018〕126号, to which 三(四) refers, as the policy tells.
"""

from __future__ import annotations

from tests.scenarios.sichuan import POLICY, Year, one_more
from tests.scenarios.sichuan_draw import DAZHOU, GUANZI
from tests.visiting import said

SANSHENG = "510104037"
"""锦江区三圣街道, which was 三圣乡."""
UNBUILT = "511703008"
"""达川区石板街道, which is on no list: it has not built."""


def due_of(year: Year, unit: str) -> list[tuple[str, str, str]]:
    """What is on the office's list of a unit's title: kind, day, colour."""
    items = year.get("due")["items"]
    return [
        (each["kind"], each["day"], each["colour"])
        for each in items
        if each["unit"] == unit and each["kind"] in ("title-check", "re-evaluation", "lapse")
    ]


def a_title_holds_three_years_and_is_re_evaluated_in_the_third(year: Year, named: str, re_named: str) -> None:
    """126号: 称号有效期3年, 第3年复评; a title that was confirmed runs from then on."""
    for unit in (named, re_named):
        life = year.get(f"lives/{unit}")
        days = {name: life[name] for name in ("state", "named_on", "valid_until", "re_evaluate_by")}
        assert days == {
            "state": "named", "named_on": "2020-12-10", "valid_until": "2023-12-10", "re_evaluate_by": "2023-12-10",
        }  # fmt: skip


def sansheng_gets_another_name_and_code_and_keeps_its_title(year: Year) -> None:
    """四(三): 撤销、更名或合并; 三圣乡 was named in March 2018 and goes on as 三圣街道 under another code.

    The office gives it a code by hand: none is issued to what is called like a division that there is now.
    """
    old = "X-510100-A001"
    year.on("2021-02-20").send("units/import", one_more("三圣乡", "已命名", "川安委〔2018〕3号", "2018-03-20", old))
    assert year.post("lives/adopt", policy=POLICY, units=[old])["adopted"] == 1
    order = {"document": "川民发〔2021〕2号", "on": "2021-02-20"}
    renamed = year.post("lives/divisions/renames", unit=old, name="三圣街道", code=SANSHENG, **order)
    assert (renamed["standing"]["state"], renamed["standing"]["successor"]) == ("merged", SANSHENG)
    assert (renamed["into_standing"]["state"], renamed["into_standing"]["valid_until"]) == ("named", "2021-03-20")
    assert year.get(f"lives/{SANSHENG}/history")["codes"] == [SANSHENG, old]
    (found,) = year.get(f"units?text={SANSHENG}")["items"]
    assert (found["name"], found["former_name"]) == ("三圣街道", "三圣乡")


def its_check_within_two_years_is_overdue_until_a_visit_is_recorded(year: Year) -> None:
    """126号: 命名后2年内抽查; no stratum of 四(二) has named units, so it is a check beside the sample."""
    again = [("lapse", "2021-03-20"), ("re-evaluation", "2021-03-20")]
    year.on("2021-02-25")
    assert due_of(year, SANSHENG) == [("title-check", "2020-03-20", "red"), *((*each, "green") for each in again)]
    team = [row["inspector"] for row in year.get(f"inspectors?city={DAZHOU}&page_size=200")["items"]][:2]
    order = {"policy": POLICY, "unit": SANSHENG, "ground": "title-check", "reason": "命名后两年内抽查"}
    check = year.post("checks", document="川安办〔2021〕8号", team=team, due_on="2021-03-05", **order)["check"]
    assert due_of(year, SANSHENG)[0] == ("title-check", "2020-03-20", "red")  # an order is no visit
    year.on("2021-03-05").post(f"outcomes/{check}/{SANSHENG}", year.inspector(team[0]), **said("2021-03-05"))
    assert due_of(year, SANSHENG) == [(*each, "yellow") for each in again]
    assert year.get(f"lives/{SANSHENG}")["checked_on"] == "2021-03-05"  # a visit, and no step: its page says the same
    page = year.get(f"lives/{SANSHENG}/history")
    assert (page["checks"][-1]["occasion"], page["checks"][-1]["counts"], page["check_by"]) == (check, True, "")


def who_is_merged_into_a_division_that_has_not_built_is_not_named(year: Year) -> None:
    """四(三): 并入新设立的行政区未开展安全社区建设工作的,不予命名: heard and published first."""
    order = {"document": "川民发〔2021〕3号", "on": "2021-02-05"}
    told = year.on("2021-02-05").post("lives/divisions/merges", unit=GUANZI, into=UNBUILT, how="unbuilt", **order)
    assert (told["standing"]["state"], told["standing"]["title"]) == ("merged", "safe-community")  # it waits
    assert told["into_standing"]["state"] == ""
    (cause,) = (each for each in year.get("cases/candidates")["items"] if each["cause"] == "division")
    assert (cause["unit"], cause["occasion"]) == (UNBUILT, GUANZI)
    case = f"cases/{year.post('cases', trigger='division', unit=UNBUILT, day='2021-02-05')['case']}"
    year.post(f"{case}/notify", day="2021-02-05", document="川安办〔2021〕3号")
    year.on("2021-02-11").post(f"{case}/waive", day="2021-02-11")
    scan = year.desk.keep(case, "office")
    meeting = {"person": "主持人", "document": "纪要〔2021〕3号", "files": scan, "text": "未开展安全社区建设"}
    year.post(f"{case}/meet", day="2021-02-11", ending="not-to-be-named", **meeting)
    year.post(f"{case}/publish", day="2021-02-11", document="川安办〔2021〕4号")
    notice = {"document": "川安委〔2021〕1号", "files": scan}
    year.on("2021-02-18").post(f"{case}/not-to-be-named", refused=409, day="2021-02-18", **notice)
    ended = year.on("2021-02-19").post(f"{case}/not-to-be-named", day="2021-02-19", **notice)
    assert ended["state"] == "not-to-be-named"
    life = year.get(f"lives/{GUANZI}")
    assert (life["state"], life["title"], life["document"]) == ("not-to-be-named", "", "川安委〔2021〕1号")
    _every_exit_case_counts_once(year)


def _every_exit_case_counts_once(year: Year) -> None:
    """That of the visit in its campaign; of the missing report and the change of divisions in the year of opening."""
    found = year.get("statistics/exits")
    assert [(row["campaign"], row["year"], row["causes"], row["exits"]) for row in found["rows"]] == [
        ("2020", "", {"failed": 1}, {"revoked": 1}),
        ("", "2021", {"division": 1, "no-improvement": 1}, {"dismissed": 1, "not-to-be-named": 1}),
    ]
    assert (found["whole"]["cases"], found["whole"]["undecided"]) == (year.get("cases")["total"], 0)
    assert year.get("statistics/exits?month=2020-12")["whole"]["cases"] == 1


def no_city_gives_up_a_title_of_another(year: Year) -> None:
    """主动放弃: by the unit's own word; its city says it, and of others it does not even learn that they are there."""
    step = {"step": "surrender", "on": "2021-03-05", "document": "放弃申请", "units": [SANSHENG]}
    assert year.on("2021-03-05").post("lives/steps", refused=409, **step)["code"] == "life-surrender-undeclared"
    assert year.post("lives/own-steps", year.city(DAZHOU), 404, **step)["code"] == "unit-not-known"
    assert year.get(f"lives/{SANSHENG}")["state"] == "named"
