"""Recusal by institution and by declaration: who is tied to which unit by what the rosters say."""

from __future__ import annotations

import pytest

from audit_service.core.ties import Tie, Ties, find_ties

BOTH = ("assessor", "coach")


def unit(code: str, name: str, county: str = "锦江区", assessors: str = "", coach: str = "") -> dict[str, str]:
    return {"unit": code, "name": name, "county": county, "assessors": assessors, "coach": coach}


def person(avoids: str = "", name: str = "评审甲", employer: str = "省安科院") -> dict[str, str]:
    return {"inspector": "T1", "name": name, "employer": employer, "avoids": avoids}


def ties(units: list[dict[str, str]], who: dict[str, str], kinds: tuple[str, ...] = BOTH) -> Ties:
    return find_ties(units, [who], {"T1": kinds})


def tied(units: list[dict[str, str]], who: dict[str, str], kinds: tuple[str, ...] = BOTH) -> set[tuple[str, str]]:
    return {(tie.unit, tie.tie) for tie in ties(units, who, kinds).ties}


@pytest.mark.parametrize(
    "experts",
    ["评审甲", "评审乙、评审甲", "评审乙，评审甲；评审丙", "评审乙 评审甲", "评审乙\n评审甲", "评审甲（省安科院）",
     "评审甲(四川省安科院、组长)", "评审乙（省社科院、教授），评审甲（省安科院）"],
)  # fmt: skip
def test_who_assessed_a_unit_is_tied_to_it_however_the_experts_are_listed(experts: str) -> None:
    assert tied([unit("1", "牛市口街道", assessors=experts)], person()) == {("1", "assessor")}


@pytest.mark.parametrize("experts", ["", "评审乙", "评审甲乙", "评审甲（省社科院）"])
def test_another_name_or_the_same_name_of_another_institution_is_somebody_else(experts: str) -> None:
    assert tied([unit("1", "牛市口街道", assessors=experts)], person()) == set()


@pytest.mark.parametrize("experts", ["张 三", "李四　张　三", "张　三、李四", "张 三（省安科院）"])
def test_a_name_spaced_to_the_width_of_three_characters_is_read(experts: str) -> None:
    assert tied([unit("1", "牛市口街道", assessors=experts)], person(name="张三")) == {("1", "assessor")}


def test_an_institution_listed_as_assessor_ties_its_people() -> None:
    assert tied([unit("1", "牛市口街道", assessors="省安科院")], person()) == {("1", "assessor")}


@pytest.mark.parametrize(
    "coach", ["省安科院", "省安科院 ", "四川省安科院", "社科院、省安科院", "省安科院（技术支撑单位）"]
)
def test_who_is_of_the_institution_that_coached_a_unit_is_tied_to_it(coach: str) -> None:
    assert tied([unit("1", "牛市口街道", coach=coach)], person()) == {("1", "coach")}


def test_a_policy_that_does_not_recuse_a_tie_is_followed() -> None:
    units = [unit("1", "牛市口街道", assessors="评审甲", coach="省安科院")]
    assert tied(units, person(), ()) == set()
    assert tied(units, person(), ("coach",)) == {("1", "coach")}


TOWNS = [
    unit("510116024", "太平街道", "双流区"),
    unit("510121113", "太平镇", "金堂县", coach="蓉安咨询公司"),
    unit("510304108", "太平镇", "大安区"),
    unit("510104026", "牛市口街道"),
]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("牛市口街道", {"510104026"}),
        ("锦江区牛市口街道（参与创建指导）", {"510104026"}),
        ("510104026；其他无", {"510104026"}),
        ("双流区太平街道、牛市口街道", {"510116024", "510104026"}),
        ("太平镇", {"510121113", "510304108"}),
        ("金堂县太平镇，曾任职", {"510121113"}),
        ("我院及蓉安咨询公司辅导的单位", {"510121113"}),
        ("牛市口 街道", {"510104026"}),
        ("牛市口街办", {"510104026"}),
        ("牛市口街道办事处，配偶在该街道任副主任", {"510104026"}),
        ("牛市口街道（本人户籍所在地）", {"510104026"}),
        ("成都市锦江区牛市口街道和双流区太平街道，曾指导安全社区建设", {"510116024", "510104026"}),
        ("1.牛市口街道；2.双流区太平街道", {"510116024", "510104026"}),
    ],
)
def test_what_people_declare_is_read_by_code_by_name_and_by_coach(text: str, units: set[str]) -> None:
    assert tied(TOWNS, person(text), ()) == {(code, "declared") for code in units}
    assert ties(TOWNS, person(text)).unread == ()


@pytest.mark.parametrize("text", ["牛市口", "原单位", "无锡来的单位"])
def test_a_declaration_that_names_no_unit_is_told_of(text: str) -> None:
    assert ties(TOWNS, person(text)) == Ties((), ("T1",))


@pytest.mark.parametrize(
    "text",
    [
        "牛市口街道、苏坡街办",
        "牛市口街道 苏坡街道",
        "苏坡镇和牛市口街道",
        "牛市口街道、金堂县",
        "牛市口街道，以及四川省安全科学技术研究院辅导的单位",
        "510104026，510199999",
        "牛市口街道（曾在苏坡镇工作）",
    ],
)
def test_a_declaration_of_which_a_part_names_no_unit_counts_and_is_told_of(text: str) -> None:
    assert ties(TOWNS, person(text)) == Ties((Tie("T1", "510104026", "declared"),), ("T1",))


@pytest.mark.parametrize("text", ["", " ", "无", "无。", "/", "—", "暂无", "没 有"])
def test_nobody_who_declares_nothing_is_told_of(text: str) -> None:
    assert ties(TOWNS, person(text)) == Ties((), ())


def test_ties_are_in_order_and_each_is_told_once() -> None:
    units = [unit("2", "牛市口街道", assessors="评审甲、评审甲"), unit("1", "苏坡街道", assessors="评审甲")]
    assert ties([*units, *units], person()).ties == (Tie("T1", "1", "assessor"), Tie("T1", "2", "assessor"))
