"""沙安办〔2024〕30号, played through: communities of safe development of Shapingba, from nomination to cancellation.

What the document says stands in `tests/sources/001-shapingba-2024.txt`; the section of each rule is named beside it.
Townships, sites and people are made up.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from audit_service.files.spreadsheets import read_sent
from tests.office import Office
from tests.scenarios.district import District, district, person

POLICY: Final = "shapingba-2024"
NOTICE: Final = "沙安办〔2024〕30号"
TOWNSHIPS: Final = {f"50010690{number}": f"{name}街道" for number, name in enumerate("甲乙丙丁戊己", start=1)}
LATE: Final = "500106906"
SITES: Final = [f"{township}001" for township in TOWNSHIPS] + ["500106901002"]
"""Twelve digits each: one site of every township, and a second one of the first."""
WANTING: Final = "500106905001"
CHOSEN: Final = [site for site in SITES if site not in (WANTING, "500106901002")]
PEOPLE: Final = ("SPB001", "SPB002", "SPB003", "SPB004")

CLAUSES: Final = {"organisation": 7, "facilities": 7, "teams": 4, "risks": 8, "response": 5, "education": 10}
NUMBERS: Final = {
    "organisation-1": ["2"],  # 每年至少召开2次专题工作会议
    "organisation-6": ["1"],  # 不少于1名专职人员
    "facilities-5": ["1", "1", "1.5"],  # 避难场所、储备点不少于1个, 人均避难面积不小于1.5平方米
    "teams-1": ["1"],
    "teams-2": ["1", "10"],  # 队伍人数不少于10人
    "risks-2": ["1", "1", "1"],  # 每月1次, 每季度1次, 每月更新1次
    "risks-3": ["100", "100"],  # 网格化覆盖率和隐患处置率100%
    "risks-4": ["100"],  # “九小场所”安全智管全覆盖
    "risks-5": ["80"],  # 企业在线率不低于80%
    "response-1": ["1", "1"],  # 1个预案, 每半年至少1次演练
    "education-1": ["2", "4", "100"],  # 2名专职人员, 每月不少于4次, 每次不少于100人
    "education-2": ["1", "1", "1"],
    "education-3": ["1"],
    "education-4": ["1", "1", "1", "1"],  # 分别对企业主要负责人、网格员、志愿者队伍、应急队伍
    "education-5": ["1"],
    "education-6": ["10"],  # 每月不少于10次
    "education-7": ["2"],
    "education-8": ["1", "2"],
}
"""The numbers of the 41 clauses, each just reached."""


def answers(**other: list[str]) -> list[dict[str, Any]]:
    """What a team finds at a site where every number is just reached, but for others."""
    names = [f"{area}-{number}" for area, count in CLAUSES.items() for number in range(1, count + 1)]
    numbers = NUMBERS | {name.replace("_", "-"): found for name, found in other.items()}
    return [{"criterion": n, **({"numbers": numbers[n]} if n in numbers else {"state": "met"})} for n in names]


def site_name(site: str) -> str:
    return f"{TOWNSHIPS[site[:9]]}第{site[9:]}社区"


def site_rows(status: str, sites: list[str]) -> list[dict[str, str]]:
    """Sites as the roster lists them: each in its township."""
    return [
        {
            "市(州)": TOWNSHIPS[site[:9]],
            "县(市、区)": "沙坪坝区",
            "建设单位名称": site_name(site),
            "单位类型": "社区",
            "单位编码": site,
            "类别": status,
        }
        for site in sites
    ]


def places_and_people_are_known(spb: District) -> None:
    district_row = {"编码": "500106", "名称": "沙坪坝区", "级别": "区县", "上级": ""}
    rows = [{"编码": code, "名称": name, "级别": "镇街", "上级": "500106"} for code, name in TOWNSHIPS.items()]
    assert spb.send("office", "places/import", [district_row, *rows])["imported"] == 7
    people = [person(who, "沙坪坝区", "区级检查人员", leads=who in PEOPLE[::2]) for who in PEOPLE]
    assert spb.send("office", "inspectors/import", people)["imported"] == 4
    for code in TOWNSHIPS:
        spb.desk.appoint(code, "city", "--city", code)
    for who in PEOPLE:
        spb.desk.appoint(who, "inspector", "--inspector", who)
    spb.renew(366)


def nominate(spb: District, township: str, sites: list[str]) -> None:
    """A township nominates all its sites with the columns of annex 2, and they begin their lives."""
    rows = [{"name": site_name(site), "address": f"{site[9:]}号"} for site in sites]
    where = {"policy": POLICY, "report": "sites", "period": "2024"}
    assert spb.desk.post("reports", township, {**where, "rows": rows}, expect=201)["rows"] == rows
    spb.step(township, "register", sites, "点位信息表", policy=POLICY)


def every_township_nominates_at_least_one_site_by_the_29th_of_may(spb: District) -> None:
    """三（二）: 于5月29日前至少报送1个; 附件2."""
    assert spb.send("office", "units/import", site_rows("拟选取点位", SITES))["imported"] == 7
    spb.on("2024-05-27")
    for township in TOWNSHIPS:
        if township != LATE:
            nominate(spb, township, [site for site in SITES if site.startswith(township)])
    order = spb.orders(2024, "sites")
    assert (order["due"], order["whole"]["ordered"], order["whole"]["done"]) == ("2024-05-29", 6, 6)
    assert [(line["place"], line["ordered"], line["left"]) for line in order["places"] if line["left"]] == [
        (LATE, 1, 1)
    ]
    assert [line["colour"] for line in order["places"] if line["place"] == LATE] == ["red"]
    late = ("sites/2024", "2024-05-29", "red", LATE, 1)
    assert milestones(spb, "office") == milestones(spb, LATE) == [late]
    assert milestones(spb, next(township for township in TOWNSHIPS if township != LATE)) == []


def milestones(spb: District, who: str) -> list[tuple[str, str, str, str, int]]:
    """The milestones on somebody's list: which, its day and colour, whose, how many are left."""
    found = [each for each in spb.desk.get("due", who)["items"] if each["kind"] == "milestone"]
    return [(each["subject"], each["day"], each["colour"], each["city"], each["left"]) for each in found]


def who_is_late_is_called_and_counts_in_the_appraisal(spb: District) -> None:
    """六（一）: 纳入2024年度考核."""
    spb.on("2024-05-30")
    found = spb.desk.get(f"orders?policy={POLICY}&year=2024", "auditor")["consequences"]
    assert [(each["consequence"], each["place"], each["certain"]) for each in found] == [("appraisal", LATE, False)]
    assert [each["reporter"] for each in spb.reports("sites", "2024")["missing"]] == [LATE]
    nominate(spb, LATE, [f"{LATE}001"])
    order = spb.orders(2024, "sites")
    assert (order["whole"]["done"], order["whole"]["late"]) == (7, 1)
    sites = spb.reports("sites", "2024")
    assert [(each["reporter"], each["late"]) for each in sites["handed"] if each["late"]] == [(LATE, True)]
    assert (len(sites["handed"]), sites["missing"]) == (6, [])
    assert (sites["rows"], {row["name"] for each in sites["handed"] for row in each["rows"]}) == (
        7, set(map(site_name, SITES)),
    )  # fmt: skip


def annex_2_lists_every_site_with_its_number(spb: District) -> None:
    """附件2: 序号, 属地镇街, 点位名称, 点位详细地址; as the office prints it, it can be taken in again."""
    names = ("序号", "属地镇街", "拟选取作为安全发展社区（村）的点位名称", "点位详细地址")
    path = f"reports/table.xlsx?policy={POLICY}&report=sites&period=2024"
    data = spb.desk.ask("GET", path, "office").data
    ((sheet,),) = (file.sheets for file in read_sent([("附件2.xlsx", data)]))
    (head,) = (place for place, (_, cells) in enumerate(sheet.rows) if cells[0] == "序号")
    rows = [cells[:4] for _, cells in sheet.rows[head:]]
    ordered = sorted(SITES)
    assert rows[0] == list(names)
    assert rows[1:8] == [
        [str(n), TOWNSHIPS[site[:9]], site_name(site), f"{site[9:]}号"] for n, site in enumerate(ordered, start=1)
    ]
    assert (len(rows), "名单共 7 行" in [cells[0] for _, cells in sheet.rows]) == (8, True)
    before = spb.reports("sites", "2024")
    again = spb.upload("office", "reports/import", "附件2.xlsx", data, policy=POLICY, report="sites", period="2024")
    assert sum(len(each["rows"]) for each in again["handed"]) == 7
    assert spb.reports("sites", "2024") == before


def townships_build_and_report_by_the_20th_of_august(spb: District) -> None:
    """三（二）: 于8月20日前将点位建设相关工作情况报送."""
    spb.on("2024-06-03")
    for township in TOWNSHIPS:
        spb.step(township, "start", [site for site in SITES if site.startswith(township)], NOTICE)
    spb.on("2024-08-20")
    for township in TOWNSHIPS:
        due = [(each["kind"], each["day"]) for each in spb.desk.get("due?within=0", township)["items"]]
        assert due == [("report", "2024-08-20")]
        own = [site for site in SITES if site.startswith(township)]
        where = {"policy": POLICY, "report": "progress", "period": "2024"}
        spb.desk.post("reports", township, {**where, "said": {"work": "对照41条逐项建设"}}, expect=201)
        taken = spb.step(township, "self-assess", own, "点位建设情况报告")
        assert (taken["hurried"], taken["warnings"]) == ([], [])  # three months are the document's own calendar
        spb.step(township, "apply", own, "点位建设情况报告")
        due = [(each["kind"], each["day"]) for each in spb.desk.get("due?within=0", township)["items"]]
        assert due == []
    progress = spb.reports("progress", "2024")
    assert (progress["due"], len(progress["handed"]), progress["missing"]) == ("2024-08-20", 6, [])
    assert not any(each["late"] for each in progress["handed"])


def accept(spb: District, site: str, **other: list[str]) -> Any:
    """Experts go through the 41 clauses at a site; what they recorded."""
    order = {"policy": POLICY, "unit": site, "ground": "acceptance", "reason": "考评验收", "document": NOTICE}
    check = spb.desk.post("checks", "office", {**order, "team": PEOPLE[:2], "due_on": "2024-09-30"}, expect=201)
    return spb.visit(check["check"], site, PEOPLE[:2], answers(**other))


def experts_go_through_41_clauses_in_six_areas_in_september(spb: District) -> None:
    """三（三）, 附件1: 逐项考评验收; no clause gives points."""
    spb.on("2024-09-10")
    found = {site: accept(spb, site, **({"teams_2": ["1", "9"]} if site == WANTING else {})) for site in SITES}
    (standard,) = spb.desk.get(f"outcomes/T-2024-001/{SITES[0]}/checklist", PEOPLE[0])["standards"]
    assert {area["area"]: len(area["criteria"]) for area in standard["areas"]} == CLAUSES
    assert sum(CLAUSES.values()) == 41
    methods = [area["methods"] for area in standard["areas"]]
    assert methods == [["查阅资料", "实地走访"], *[["查阅资料", "实地走访", "综合评定"]] * 5]
    clauses = [clause for area in standard["areas"] for clause in area["criteria"]]
    asked = {clause["criterion"]: [m["value"] for m in clause["measures"]] for clause in clauses if clause["measures"]}
    assert asked == NUMBERS
    assert {clause["points"] for clause in clauses} == {None}
    assert {(found[site]["verdict"], found[site]["score"]) for site in SITES if site != WANTING} == {("passed", "")}
    states = {answer["criterion"]: answer["state"] for answer in found[WANTING]["answers"]}
    assert [name for name, state in states.items() if state == "not-met"] == ["teams-2"]
    assert found[WANTING]["verdict"] == "rectify"


def a_number_just_below_is_not_met(spb: District) -> None:
    """附件1: 不少于10人、不小于1.5平方米、全覆盖、不低于80%、100%、4次、100人、分别不少于1次、10次."""
    below = {
        "facilities_5": ["1", "1", "1.49"],
        "risks_3": ["100", "99.9"],
        "risks_4": ["99.9"],
        "risks_5": ["79.9"],
        "education_1": ["2", "3", "100"],
        "education_4": ["1", "1", "1", "0"],
        "education_6": ["9"],
    }
    found = accept(spb, WANTING, **below)
    unmet = [answer["criterion"] for answer in found["answers"] if answer["state"] == "not-met"]
    assert unmet == [name.replace("_", "-") for name in below]


def acceptance(spb: District, as_of: str = "") -> tuple[Any, ...]:
    """How the stage of acceptance was held: its days, how many were accepted, too early and too late, who outside."""
    query = f"orders?policy={POLICY}&year=2024" + (f"&as_of={as_of}" if as_of else "")
    found = {each["milestone"]: each for each in spb.desk.get(query, "auditor")["milestones"]}["acceptance"]
    outside = [(each["unit"], each["timing"]) for each in found["units"]]
    return (*(found[name] for name in ("since", "due", "done", "early", "late")), outside)


def an_acceptance_after_september_is_late(spb: District) -> None:
    """三（三）: 考评验收阶段（2024年9月）."""
    spb.on("2024-10-07").step("office", "assess", [WANTING], "考评验收报告")
    assert acceptance(spb) == ("2024-09-01", "2024-09-30", 7, 0, 1, [(WANTING, "late")])
    assert acceptance(spb, "2024-09-30") == ("2024-09-01", "2024-09-30", 6, 0, 0, [])
    own = spb.desk.get(f"orders?policy={POLICY}&year=2024", WANTING[:9])["milestones"]
    assert [each["late"] for each in own if each["milestone"] == "acceptance"] == [1]
    other = spb.desk.get(f"orders?policy={POLICY}&year=2024", CHOSEN[0][:9])["milestones"]
    assert [(each["done"], each["late"]) for each in other if each["milestone"] == "acceptance"] == [(2, 0)]


def five_are_named_for_two_years_and_no_sixth(spb: District) -> None:
    """三（三）: 最终确定5个, by however many documents; 五: 授牌期为两年."""
    spb.on("2024-09-27")
    passed = [site for site in SITES if site != WANTING]
    spb.step("office", "assess", passed, "考评验收报告")
    assert acceptance(spb) == ("2024-09-01", "2024-09-30", 6, 0, 0, [])
    left = [("acceptance/2024", "2024-09-30", "yellow", WANTING[:9], 1)]
    assert milestones(spb, "office") == milestones(spb, WANTING[:9]) == left
    spb.on("2024-09-30")
    refused = spb.step("office", "name", passed, "沙安办〔2024〕60号", 409)
    assert refused["code"] == "life-too-many"
    assert "With these 6 units would be named in 2024, and the policy allows 5 a year" in refused["messages"]["en"]
    spb.step("office", "name", CHOSEN, "沙安办〔2024〕60号")
    (sixth,) = set(passed) - set(CHOSEN)
    again = spb.on("2024-12-30").step("office", "name", [sixth], "沙安办〔2024〕90号", 409)
    assert again["code"] == "life-too-many"
    spb.on("2024-09-30")
    assert {spb.desk.get(f"lives/{site}", "auditor")["valid_until"] for site in CHOSEN} == {"2026-09-30"}
    order = spb.orders(2024, "chosen")
    assert (order["whole"]["ordered"], order["whole"]["done"], order["whole"]["left"]) == (5, 5, 0)
    assert spb.desk.get("lives?state=assessed", "auditor")["total"] == 1
    assert spb.desk.get(f"lives/{WANTING}", "auditor")["state"] == "applied"


def good_ones_are_praised_by_circular(spb: District) -> None:
    """三（三）: 对工作中成绩突出的单位予以通报表扬; also a site that was not chosen."""
    praised = [CHOSEN[0], "500106901002"]
    spb.step("office", "award", praised, "沙安办〔2024〕61号")
    for site in praised:
        event = spb.desk.get(f"lives/{site}/history", "auditor")["events"][-1]
        assert (event["step"], event["facts"]["award"], event["document"]) == ("award", "praise", "沙安办〔2024〕61号")
    assert [spb.desk.get(f"lives/{site}", "auditor")["state"] for site in praised] == ["named", "assessed"]
    sixth = spb.step("office", "name", praised[1:], "沙安办〔2024〕60号", 409)
    assert sixth["code"] == "life-too-many"
    refused = spb.step("office", "award", praised, "沙安办〔2024〕61号", 409, award="medal")
    assert {each["code"] for each in refused["errors"]} == {"life-award-unknown"}
    person = spb.honours("王某", "沙安办〔2024〕61号")  # 单位予以通报表扬: nobody by name
    assert spb.desk.post("awards", "office", person, expect=409)["code"] == "award-name-unknown"


def supervise(spb: District, campaign: str, days: tuple[str, str, str]) -> tuple[str, str, list[str]]:
    """Supervision is a draw of its own among the named; the draw, the site and its team."""
    spb.on(days[0])
    frozen = spb.freeze(campaign)
    assert frozen["units"] == 5
    (row,) = spb.draw(f"draws/{frozen['draw']}", days[1])["sample"]
    assert row["unit"] in CHOSEN
    spb.on(days[1], 15)
    seats = spb.draw(f"draws/{frozen['draw']}/rounds", days[2])["assignment"]
    assert sorted(seat["role"] for seat in seats) == ["lead", "member"]
    return frozen["draw"], row["unit"], [seat["inspector"] for seat in seats]


def supervision_is_drawn_and_what_is_wanting_is_rectified(spb: District) -> None:
    """五: 不定期…监督检查,对不符合相关标准要求的提出整改意见; 20 % of 5, rounded up, is 1."""
    rows = site_rows("已命名", CHOSEN)
    assert spb.on("2024-10-08").send("office", "units/import", rows)["updated"] == 5
    draw, site, team = supervise(spb, "2024", ("2024-11-01", "2024-11-04", "2024-11-06"))
    assert draw == "SPB-2024-01"
    spb.on("2024-11-12")
    wrong = {"criterion": "facilities-5", "severity": "general", "description": "避难场所面积不足"}
    found = spb.visit(draw, site, team, answers(facilities_5=["1", "1", "1.2"]), findings=[wrong])
    assert (found["verdict"], found["findings"][0]["deadline"]) == ("rectify", "2024-12-12")
    finding = f"findings/{found['findings'][0]['finding']}"
    spb.on("2024-11-13").do("office", "findings/notify", occasion=draw, unit=site, document="沙安办〔2024〕70号")
    shown = spb.on("2024-12-02").desk.keep(finding, site[:9])
    spb.do(site[:9], f"{finding}/hand-in", text="已扩建", files=shown)
    other = next(who for who in PEOPLE if who not in team)
    assert spb.do("office", f"{finding}/assign", 409, person=team[0])["code"] == "recheck-by-finder"
    spb.do("office", f"{finding}/assign", person=other)
    spb.on("2024-12-05").do(other, f"{finding}/recheck", passed=True, document="沙安办〔2024〕75号")
    assert spb.do("office", f"{finding}/close")["state"] == "closed"
    assert spb.desk.get(f"lives/{site}", "auditor")["state"] == "named"


def who_is_found_wanting_gravely_loses_the_title_by_circular(spb: District) -> None:
    """五: 情况严重的通报取消; heard and published first, with a second officer of another institution."""
    draw, site, team = supervise(spb, "2025", ("2025-03-03", "2025-03-05", "2025-03-07"))
    spb.on("2025-03-12")
    grave = {"criterion": "risks-3", "severity": "grave", "description": "重大隐患长期不处置"}
    found = spb.visit(draw, site, team, answers(risks_3=["60", "40"]), findings=[grave])
    assert found["verdict"] == "failed"
    spb.desk.office.at(spb.desk.clock).run("log", "publish")  # as the server does by itself
    opened = spb.on("2025-03-17").do("office", "cases", 201, trigger="grave", unit=site)
    case = f"cases/{opened['case']}"
    shown = spb.desk.keep(case, "office")
    spb.do("office", f"{case}/notify", document="沙安办〔2025〕10号")
    spb.on("2025-03-20").do(site[:9], f"{case}/defend", text="正在整改")
    meeting = {"document": "纪要〔2025〕2号", "person": "丙", "files": shown, "text": "会议纪要", "ending": "revoked"}
    assert spb.on("2025-03-22").do("office", f"{case}/meet", 409, **meeting)["code"] == "case-period"  # 5 days
    spb.on("2025-03-24").do("office", f"{case}/meet", **meeting)
    spb.on("2025-03-25").do("office", f"{case}/publish", document="沙安办〔2025〕12号")
    circular = {"document": "沙安办〔2025〕15号", "files": shown}
    assert spb.on("2025-03-30").do("office", f"{case}/revoke", 409, **circular)["code"] == "case-period"
    asked = spb.on("2025-03-31").do("office", f"{case}/revoke", **circular)
    assert asked["state"] == "waiting"
    spb.desk.post(f"requests/{asked['request']['number']}/confirm", "second")
    life = spb.desk.get(f"lives/{site}", "auditor")
    assert (life["state"], life["document"]) == ("revoked", "沙安办〔2025〕15号")
    spb.on("2025-04-02").do("office", f"{case}/recall-plaque", text="已收回")
    assert spb.do("office", f"{case}/delist", document="沙安办〔2025〕16号")["state"] == "delisted"
    assert spb.desk.get("lives?state=named", "auditor")["total"] == 4


@pytest.fixture
def spb(office: Office) -> District:
    return district(office, POLICY, "2024-05-24")


def test_a_year_and_a_half_of_shapingba(spb: District) -> None:
    places_and_people_are_known(spb)
    every_township_nominates_at_least_one_site_by_the_29th_of_may(spb)
    who_is_late_is_called_and_counts_in_the_appraisal(spb)
    annex_2_lists_every_site_with_its_number(spb)
    townships_build_and_report_by_the_20th_of_august(spb)
    experts_go_through_41_clauses_in_six_areas_in_september(spb)
    a_number_just_below_is_not_met(spb)
    five_are_named_for_two_years_and_no_sixth(spb)
    good_ones_are_praised_by_circular(spb)
    an_acceptance_after_september_is_late(spb)
    supervision_is_drawn_and_what_is_wanting_is_rectified(spb)
    who_is_found_wanting_gravely_loses_the_title_by_circular(spb)
