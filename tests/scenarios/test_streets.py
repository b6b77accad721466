"""Two streets: score bands of 70 and 90, a group that inspects by itself (DOCUMENTS 003), over HTTP alone."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import Final

from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.rosters.make import xlsx
from tests.scenarios.year import Year, begin, people

STREET: Final = "500106001"
SCORED: Final = [
    ["考评项目", "内容", "标准分", "考评方式", "否决项"],
    ["资金", "落实资金", "25", "查阅资料", ""],
    ["人员", "落实人员", "25", "查阅资料", ""],
    ["责任", "落实责任", "25", "查阅资料", ""],
    ["任务", "落实任务", "25", "查阅资料", ""],
]
"""The city's 评定标准 is not among the sources: a street's office imports its own table. This one is made up."""


def a_street(office: Office, policy: str, day: str, status: str) -> Year:
    """A street of a district, whose office and people inspect it."""
    year = begin(office, policy, day)
    year.table("places/import", [{"编码": "500106", "名称": "沙坪坝区", "级别": "区县"}])
    row = {
        "市(州)": "沙坪坝区", "县(市、区)": "沙坪坝区", "建设单位名称": "小龙坎街道", "单位类型": "街道",
        "单位编码": STREET, "类别": status, "是否民生": "",
    }  # fmt: skip
    assert year.table("units/import", [row])["imported"] == 1
    year.table("inspectors/import", people("沙坪坝区", "P01", "P02", "P03"))
    year.team = ["P01", "P02", "P03"]
    return year


def the_office_brings_its_own_points(office: Office) -> None:
    folder = office.folder / "policies"
    folder.mkdir()
    (office.folder / "评定标准.xlsx").write_bytes(xlsx(SCORED))
    shipped, own = office.folder / "street-2012.json", folder / "street-2012.json"
    shipped.write_bytes(files("audit_service.policies").joinpath("street-2012.json").read_bytes())
    table = ("policy", "standard", office.folder / "评定标准.xlsx", "--standard", "street", "--label", "市安全社区评定")
    made = office.run(*table, "--into", shipped, "--out", own).json
    assert made["points"] == "100"
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}


def assessed(year: Year, day: str, off: dict[str, str]) -> tuple[str, str, str]:
    """An assessment by the city: the score, the band that it reaches, the verdict."""
    check = year.on(day).check(STREET, "assessment", day)
    answers = {f"street_{number}_1": {"off": "0"} for number in range(1, 5)}
    answers |= {name: {"off": points, "reason": "落实不够"} for name, points in off.items()}
    found = year.found(check, STREET, **answers)
    return found["score"], found["bands"].get("street", ""), found["verdict"]


def test_a_street_passes_from_70_points_and_reaches_the_citys_title_from_90(office: Office) -> None:
    the_office_brings_its_own_points(office)
    year = a_street(office, "street-2012", "2012-01-04", "创建街道")
    assert year.desk.post("lives/adopt", "office", {"policy": "street-2012"})["adopted"] == 1
    first, second = {"street_1_1": "25"}, {"street_2_1": "5"}
    assert assessed(year, "2012-03-20", {**first, "street_2_1": "5.01"}) == ("69.99", "", "failed")
    assert assessed(year, "2012-06-20", {**first, **second}) == ("70", "passed", "passed")
    assert assessed(year, "2012-09-20", {"street_1_1": "10.01"}) == ("89.99", "passed", "passed")
    assert assessed(year, "2012-11-20", {"street_1_1": "10"}) == ("90", "city-title", "passed")
    order = year.ordered(2012)["city-title"]["whole"]
    assert (order["ordered"], order["done"]) == (1, 0)
    for step in ("self-assess", "apply", "assess", "name"):
        year.on("2012-12-10").steps(step, STREET, document="市安委办考核意见")
    assert year.ordered(2012)["city-title"]["whole"]["done"] == 1


def test_a_streets_own_group_inspects_at_least_4_times_and_reviews_at_least_once_a_year(office: Office) -> None:
    year = a_street(office, "street-committee", "2012-01-04", "创建街道")
    year.appoint("district", "city", "--city", "沙坪坝区")
    year.steps("register", STREET, document="启动建设文件")
    year.on("2012-03-31")
    assert year.reports("plan", "2012")["due"] == "2012-03-31"
    plan = {"goals": "创建", "tasks": "十一个项目组", "steps": "分阶段"}
    assert year.hand_in("district", "plan", "2012", STREET, **plan)["late"] is False
    for quarter, day in enumerate(("03-15", "06-15", "09-15"), start=1):
        assert inspected(year, f"2012-{day}", "comprehensive") == ("passed", set(), [])
        year.on(f"2012-{day}").hand_in("district", "inspection", f"2012-Q{quarter}", STREET, times="1", found="无")
    missing = year.reports("inspection", "2012-Q4")
    assert ([each["reporter"] for each in missing["missing"]], missing["due"]) == ([STREET], "2013-01-10")
    due = year.on("2012-12-20").desk.get("due", "office")["items"]
    assert [each["day"] for each in due if each["subject"] == f"inspection/{STREET}/2012-Q4"] == ["2013-01-10"]
    three = [("comprehensive", "4", "3")]
    assert inspected(year, "2012-12-21", "review", "4", "1") == ("passed", set(), three)
    assert inspected(year, "2012-12-22", "comprehensive", "4", "1") == ("passed", set(), [])
    year.hand_in("district", "inspection", "2012-Q4", STREET, times="1")
    assert year.reports("inspection", "2012-Q4")["missing"] == []
    second = [("whole-review", "0", "2")]
    assert inspected(year, "2012-12-28", "review", "4", "0") == ("rectify", {"whole-review"}, second)
    assert inspected(year, "2012-12-30", "review", "4", "3") == ("passed", set(), [])
    year.steps("award", STREET, document="创建委员会奖励决定")
    year.honour("王某", "创建委员会奖励决定")
    assert year.desk.get(f"lives/{STREET}/history", "auditor")["events"][-1]["facts"]["award"] == "reward"


def shown_before(year: Year, check: str) -> dict[str, dict[str, object]]:
    """What the checklist shows of the system's own counts before the team judges; the form says the same."""
    path = f"outcomes/{check}/{STREET}/checklist"
    criteria = [
        criterion
        for standard in year.desk.get(path, "office")["standards"]
        for area in standard["areas"]
        for criterion in area["criteria"]
    ]
    shown = {each["criterion"]: m["own"] for each in criteria for m in each["measures"] if m["own"]}
    form = year.desk.ask("GET", f"{path}.xlsx", "office", Accept_Language="zh").data
    rows = CalamineWorkbook.from_filelike(BytesIO(form)).get_sheet_by_index(0).to_python()
    asked = {str(row[0]): str(row[6]) for row in rows if len(row) > 6}
    assert {name: asked[name].split("（系统清点 ")[1] for name in shown} == {
        name: f"{own['period']}：{own['number']}）" for name, own in shown.items()
    }
    return shown


def inspected(
    year: Year, day: str, ground: str, times: str = "", reviews: str = ""
) -> tuple[str, set[str], list[tuple[str, str, str]]]:
    """An inspection or a review; what it says of the year's numbers, which are not asked for before its end. Its
    verdict, what is not met, and where the system counts another number of checks than it says."""
    check = year.on(day).check(STREET, ground, day)
    shown = shown_before(year, check)
    not_yet = {"state": "not-applicable", "reason": "年底统计"}
    found = year.found(check, STREET, comprehensive=times or not_yet, whole_review=reviews or not_yet)
    unmet = {each["criterion"] for each in found["answers"] if each["state"] == "not-met"}
    told = [(each["criterion"], each["said"], each["own"]) for each in found["counted"] if each["differs"]]
    counted = {each["criterion"]: {"period": each["period"], "number": int(each["own"])} for each in found["counted"]}
    assert counted.items() <= shown.items()
    assert shown.keys() == {"comprehensive", "whole-review"}
    return found["verdict"], unmet, told
