"""Steps of the year 2020 in Sichuan: monthly and yearly reports, titles named, funds, appraisal, past figures."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.scenarios.sichuan import (
    FUXING,
    MADE,
    POLICY,
    Year,
    monthly_reports,
)
from tests.scenarios.sichuan_draw import (
    CHENGDU,
    CHUNXI,
    DAZHOU,
    JINGUAN,
    MEISHAN,
    ORDERS,
    cities,
    done,
)
from tests.scenarios.sichuan_titles import (
    a_title_holds_three_years_and_is_re_evaluated_in_the_third,
)
from tests.scenarios.sichuan_visits import JULY

MONTHLY = f"reports?policy={POLICY}&report=monthly&period="
OWN_FUNDS = {"ordered": "300", "arrived": "300", "paid-out": "60", "spent": "30", "progress": "推进", "next": "申报"}
JULYS_SUMS = {"ordered": "4300", "arrived": "3900", "paid-out": "2060", "spent": "830", "paid-ratio": "47.91"}


def every_city_reports_its_funds(year: Year, month: str, day: str, *, late: tuple[str, ...] = ()) -> None:
    """四(一): 资金拨付进度和工作动态月报告制度; 达州 by itself, the others in one table."""
    names, where = cities(year), {"policy": POLICY, "report": "monthly", "period": month}
    handed = year.on(day).post("reports", year.city(DAZHOU), said=OWN_FUNDS, **where)
    assert (handed["late"], handed["said"]["paid-ratio"]) == (DAZHOU in late, "20.00")
    table = monthly_reports(names, DAZHOU)
    assert len(year.send("reports/import", {"月报.csv": table}, **where)["handed"]) == 20
    shown = year.get(MONTHLY + month)
    assert (len(shown["handed"]), shown["missing"]) == (21, [])
    assert {each["reporter"] for each in shown["handed"] if each["late"]} == set(late)
    assert {name: shown["sums"][name] for name in JULYS_SUMS} == JULYS_SUMS


def april_is_reported_with_may_and_late(year: Year) -> None:
    every_city_reports_its_funds(year, "2020-04", "2020-06-04", late=tuple(cities(year)))
    every_city_reports_its_funds(year, "2020-05", "2020-06-05")


def autumn_is_reported(year: Year) -> None:
    for month, day in (("08", "09-04"), ("09", "10-05"), ("10", "11-04")):
        every_city_reports_its_funds(year, f"2020-{month}", f"2020-{day}")
    self_assessments_are_reviewed(year)
    every_city_reports_its_funds(year, "2020-11", "2020-12-04")


def one_city_reports_july_in_time(year: Year) -> None:
    body = {"policy": POLICY, "report": "monthly", "period": "2020-07", "said": OWN_FUNDS}
    assert year.on("2020-08-04").post("reports", year.city(DAZHOU), **body)["late"] is False


def the_others_report_july_too_late(year: Year) -> None:
    """The fifth of August is the last day for it."""
    where = {"policy": POLICY, "report": "monthly", "period": "2020-07"}
    missing = [each["subject"] for each in year.on("2020-08-11").get("due")["items"] if each["colour"] == "red"]
    assert len([each for each in missing if each.startswith("monthly/") and each.endswith("/2020-07")]) == 20
    late = tuple(code for code in cities(year) if code != DAZHOU)
    table = monthly_reports(cities(year), DAZHOU)
    handed = year.send("reports/import", {"月报.csv": table}, **where)["handed"]
    assert {each["reporter"] for each in handed if each["late"]} == set(late)
    shown = year.get(MONTHLY + "2020-07")
    assert ({each["reporter"] for each in shown["handed"] if each["late"]}, shown["missing"]) == (set(late), [])
    assert {name: shown["sums"][name] for name in JULYS_SUMS} == JULYS_SUMS


def julys_report_is_the_same_again(year: Year) -> None:
    """In January a city corrects July's report: what stood in July, on the last day for it, and then, is still told."""
    every_city_reports_its_funds(year, "2020-12", "2021-01-04")
    before = year.get(f"{MONTHLY}2020-07&as_of=2020-08-31")
    where = {"policy": POLICY, "report": "monthly", "period": "2020-07"}
    year.on("2021-01-05").post("reports", year.city(DAZHOU), said=OWN_FUNDS | {"spent": "60"}, **where)
    assert year.get(MONTHLY + "2020-07")["sums"]["spent"] == "860"
    days = {"2020-07-31": (0, 21, "0"), "2020-08-05": (1, 20, "30"), "2020-08-31": (21, 0, "830")}
    for day, told in days.items():
        then = year.get(f"{MONTHLY}2020-07&as_of={day}")
        assert (len(then["handed"]), len(then["missing"]), then["sums"]["spent"]) == told, day
    assert year.get(f"{MONTHLY}2020-07&as_of=2020-08-31") == before
    orders = {
        day: year.get(f"{ORDERS}&as_of={day}")["orders"][0]["whole"]["done"] for day in ("2020-07-31", "2021-01-02")
    }
    assert orders == {"2020-07-31": 0, "2021-01-02": 85}


def building_at_the_last_minute_is_flagged(year: Year) -> None:
    """四(一): 坚决制止突击建设; flagged less than 180 days after the start, which the policy marks as chosen."""
    body = {"on": "2020-08-06", "document": "自评报告", "score": "86.5", "county_review": "同意", "city_review": "同意"}
    taken = year.post("lives/own-steps", year.city(CHENGDU), step="self-assess", units=[JINGUAN], **body)
    assert taken["hurried"] == [JINGUAN]
    assert [(each["unit"], each["code"]) for each in taken["warnings"]] == [(JINGUAN, "life-hurried")]


def self_assessments_are_reviewed(year: Year) -> None:
    """四(一): 市县两级应急部门尤其要严格对待安全社区自评工作"""
    told = {"assessed": "7", "county": "7", "city": "7", "last-minute": "yes", "stopped": "退回"}
    report = {"policy": POLICY, "report": "self-assessment", "period": "2020", "said": told}
    handed = year.on("2020-11-20").post("reports", year.city(CHENGDU), **report)
    assert (handed["late"], handed["said"]["last-minute"]) == (False, "yes")


# --- the year's end


def in_state(year: Year, state: str) -> list[str]:
    """The units in a state."""
    pages = [year.get(f"lives?state={state}&page_size=200&page={page}")["items"] for page in (1, 2)]
    return [row["unit"] for page in pages for row in page]


def targets_are_named_and_re_named(year: Year) -> None:
    """All 85, and 257 of 258: two that were merged away count by who took them in, 柏树镇 alone is left to 达州."""
    building = [unit for unit in in_state(year, "building") if unit != JINGUAN]
    assert len(building) == 53
    flagged = {}
    for day, step in (("08-10", "self-assess"), ("08-31", "apply"), ("10-20", "assess")):
        reviews = {"county_review": "同意"} if step == "self-assess" else {}
        told = {"on": f"2020-{day}", "document": "川安办〔2020〕40号", **reviews}
        taken = year.post("lives/steps", step=step, units=building, **told)
        flagged[step] = Counter(each["code"] for each in taken["warnings"])
    # 四(一): 严格对待自评工作; nobody recorded when these began to build, and no city reviewed what they say
    assert flagged == {"self-assess": {"life-start-unknown": 53}, "apply": {"life-unreviewed-city": 53}, "assess": {}}
    year.on("2020-12-10").post("lives/steps", step="re-evaluate", units=[FUXING], on="2020-12-01", document="通知")
    assert len(in_state(year, "assessed")) == 85
    name = {"on": "2020-12-10", "document": "川安委〔2020〕15号"}
    assessed = in_state(year, "assessed")
    year.post("lives/steps", step="name", units=assessed, **name)
    again = in_state(year, "re-evaluation")
    assert len(again) == 256
    assert year.post("lives/steps", step="re-name", units=again, **name)["warnings"] == []
    a_title_holds_three_years_and_is_re_evaluated_in_the_third(year, assessed[0], again[0])
    assert done(year.on("2021-01-02")) == {
        "naming": (85, 85, 0, 0),
        "livelihood": (5, 5, 0, 0),
        "re-evaluation": (258, 257, 2, 1),
    }


def what_is_not_done_counts_in_the_citys_appraisal(year: Year) -> None:
    """四(一): 提高安全社区建设在应急管理、安全生产工作中的考核权重"""
    (weighs,) = year.get(ORDERS)["consequences"]
    assert (weighs["place"], weighs["order"], weighs["left"], weighs["certain"]) == (DAZHOU, "re-evaluation", 1, True)


def continual_improvement_is_shown_by_a_yearly_report(year: Year) -> None:
    """三(四): 对没有坚持持续改进的建设单位,执行退出机制; one came too late: dismissed."""
    year.on("2021-01-31")
    assert year.get("cases/candidates")["items"] == []
    (cause,) = year.on("2021-02-01").get("cases/candidates")["items"]
    assert (cause["cause"], cause["unit"], cause["occasion"]) == ("no-improvement", CHUNXI, "2020")
    case = year.post("cases", trigger="no-improvement", unit=CHUNXI, occasion="2020", day="2021-02-01")["case"]
    report = {"policy": POLICY, "report": "improvement", "period": "2020", "reporter": CHUNXI}
    said_late = {"measures": "落实", "gaps": "补齐", "projects": "3", "accidents": "0", "next": "巩固"}
    assert year.on("2021-02-03").post("reports", year.city(CHENGDU), said=said_late, **report)["late"] is True
    scan = year.on("2021-02-05").desk.keep(f"cases/{case}", "office")
    meeting = {"person": "主持人", "document": "纪要〔2021〕2号", "files": scan, "text": "报告已补报"}
    year.post(f"cases/{case}/meet", day="2021-02-05", ending="dismissed", **meeting)
    ended = year.post(f"cases/{case}/dismiss", day="2021-02-05", document="川安办〔2021〕6号")
    assert ended["state"] == "dismissed"
    assert year.get(f"lives/{CHUNXI}")["state"] == "named"


def a_city_says_what_it_organised(year: Year) -> None:
    """四(一), 四(二): 考核权重、资金管理和绩效评价办法、工作进度表; 达州 has no rules for its funds."""
    funds = ("schedule-of-funds", "fund-rules", "fund-performance", "funds-in-full")
    asked = ("weight", *funds, "guidance", "has-schedule")
    said = {**dict.fromkeys(asked, "met"), "fund-rules": "not-met"}
    about = {"policy": POLICY, "report": "city-work", "period": "2020"}
    assert year.post("reports", year.city(DAZHOU), said=said, **about)["late"] is False
    found = year.get(f"reports?policy={POLICY}&report=city-work&period=2020")
    assert [(each["reporter"], each["criterion"]) for each in found["unmet"]] == [(DAZHOU, "fund-rules")]
    assert ({each["criterion"] for each in found["criteria"]}, len(found["missing"])) == (set(asked), 20)


def the_funds_are_evaluated(year: Year) -> None:
    """四(一): 财政专项资金绩效评价: 及时、足额到位并专款专用; by every city, 成都 alone too late."""
    where = {"policy": POLICY, "report": "fund-performance", "period": "2020"}
    told = {"arrived-in-time": "yes", "earmarked": "yes", "spent-ratio": "95", "judgement": "良好"}
    assert year.on("2021-02-20").post("reports", year.city(DAZHOU), said=told, **where)["late"] is False
    others = {code: name for code, name in cities(year).items() if code not in (DAZHOU, CHENGDU)}
    head = ["市(州)", "是否及时足额到位", "是否专款专用", "支出率", "绩效评价结论"]
    rows = [[name, "否" if code == MEISHAN else "是", "是", "88.5%", "合格"] for code, name in others.items()]
    handed = year.send("reports/import", {"绩效.csv": bytes(MADE["delimited"]([head, *rows]))}, **where)["handed"]
    assert (len(handed), {each["late"] for each in handed}) == (19, {False})
    waits = [each for each in year.on("2021-03-02").get("due", year.city(CHENGDU))["items"] if each["kind"] == "report"]
    late = f"fund-performance/{CHENGDU}/2020"
    assert (late, "2021-03-01", "red") in [(each["subject"], each["day"], each["colour"]) for each in waits]
    assert year.post("reports", year.city(CHENGDU), said=told, **where)["late"] is True
    shown = year.get(f"reports?policy={POLICY}&report=fund-performance&period=2020")
    said = {each["reporter"]: each["said"] for each in shown["handed"]}
    assert (len(said), shown["missing"]) == (21, [])
    assert [code for code, each in said.items() if each["arrived-in-time"] == "no"] == [MEISHAN]
    assert {code: said[code]["spent-ratio"] for code in (DAZHOU, MEISHAN)} == {DAZHOU: "95", MEISHAN: "88.5"}
    refused = year.post("reports", year.city(DAZHOU), 409, said=told | {"earmarked": "部分", "judgement": ""}, **where)
    assert sorted(each["code"] for each in refused["errors"]) == ["report-field-empty", "report-field-form"]


def julys_figures_are_the_same_again(year: Year, july: dict[str, Any]) -> None:
    assert year.get(JULY) == july
    whole = year.get("statistics?campaign=2020")["whole"]
    assert (july["whole"]["exits"], whole["exits"]) == ({}, {"revoked": 1})
    assert (whole["closed"], whole["overdue"], whole["in_time"]) == (1, 1, {"number": 1, "of": 2})
