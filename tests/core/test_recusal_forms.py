"""How officials write down who assessed or coached a unit, and who is kept from it then.

Each table is of cells of the column 现场评定专家 or 辅导单位. The people: 张三, 李四 and 王伟 of two institutions.
"""

from __future__ import annotations

import pytest

from audit_service.core.ties import Ties, find_ties

INSTITUTE, COMPANY = "四川省安全科学技术研究院", "成都蓉安安全技术咨询有限公司"
PEOPLE = {"Z": ("张三", INSTITUTE), "L": ("李四", INSTITUTE), "W": ("王伟", COMPANY)}
CITY, OTHER_CITY = "510100", "510700"


def read(column: str, cell: str, people: dict[str, tuple[str, str]] = PEOPLE, city: str = CITY) -> Ties:
    where = {"name": "牛市口街道", "county": "锦江区", "city": city}
    unit = {"unit": "1", **where, "assessors": "", "coach": "", column: cell}
    rows = [
        {"inspector": who, "name": name, "employer": employer, "avoids": "", "city": CITY}
        for who, (name, employer) in people.items()
    ]
    return find_ties([unit], rows, dict.fromkeys(people, ("assessor", "coach")))


def tied(column: str, cell: str, people: dict[str, tuple[str, str]] = PEOPLE, city: str = CITY) -> dict[str, str]:
    return {tie.inspector: tie.tie for tie in read(column, cell, people, city).ties}


def doubted(column: str, cell: str, people: dict[str, tuple[str, str]] = PEOPLE) -> dict[str, str]:
    return {doubt.inspector: doubt.tie for doubt in read(column, cell, people).doubts}


BOTH = [
    "张三、李四",
    "张三（组长）、李四",
    "（组长）张三、（成员）李四",
    "组长：张三；成员：李四",
    "组长:张三 成员:李四",
    "组长张三，成员李四",
    "专家组：张三、李四",
    "专家组组长：张三；专家组成员：李四",
    "评定专家组由张三、李四组成",
    "第一组：张三；第二组：李四",
    "张三和李四",
    "张三与李四",
    "张三及李四",
    "张三以及李四等",
    "张三教授、李四高工",
    "张三教授级高工、李四副教授",
    "张三主任和李四副处长",
    "张三（高级工程师）、李四（注册安全工程师）",
    "张三（成都）、李四（安全科）",
    "张三、李四等3人",
    "张三 李四 等 2 人",
    "1.张三 2.李四",
    "1、张三；2、李四",
    "①张三②李四",
    "（1）张三（2）李四",
    "一、张三 二、李四",
    "张三13800000000、李四 138-0000-0000",
    "张三:13800000000\n李四:13900000000",
    "张三。李四。",
    "张三；李四；",
    "张三/李四",
    "张三|李四",
    "张三+李四",
    "张三（省安科院，教授）、李四(四川省安科院)",
    "张三（四川省安全科学技术研究院）、李四（四川省安全科学技术研究院安评中心）",
    "【张三】【李四】",
    "张 三、李　四",
    "张 三 李 四",
    "四川省安全科学技术研究院张三、李四",
    "四川省安全科学技术研究院：张三、李四",
    "四川省安全科学技术研究院教授张三，李四老师",
    "张三四川省安全科学技术研究院、李四",
    "省安科院张三和李四",
    "张三（省安科院）任组长，李四任副组长",
    "2020年3月张三、李四现场评定",
    "省社科院赵六，张三，李四",
    "赵六（省社科院）、张三、李四",
    "赵六张三、李四",
    "张三李四",
    "张三丶李四",
    "张三、李四（均为省安科院）",
    "张三、李四（均来自四川省安科院）",
    "专家组（张三、李四、赵六）",
    "省安科院（张三、李四）",
    "张三、李四共2人",
    "张三老师李四老师",
    "组长\n张三\n成员\n李四",
]


@pytest.mark.parametrize("column", ["assessors", "coach"])
@pytest.mark.parametrize("cell", BOTH)
def test_who_is_named_is_tied_in_whatever_form_the_names_are_listed(cell: str, column: str) -> None:
    found = tied(column, cell)
    assert {"Z", "L"} <= found.keys()
    assert "W" not in found


@pytest.mark.parametrize("cell", BOTH)
def test_nobody_who_is_tied_is_told_as_a_doubt(cell: str) -> None:
    assert doubted("assessors", cell).keys() <= {"W"}


@pytest.mark.parametrize(
    ("cell", "tie"),
    [
        ("张三", "assessor"),
        ("四川省安全科学技术研究院张三", "assessor"),
        ("张三（四川省安全科学技术研究院）", "assessor"),
        ("张三（省安科院）", "assessor-perhaps"),
        ("张三（四川省安科院）", "assessor-perhaps"),
        ("省安科院张三", "assessor-perhaps"),
        ("王伟明张三", "assessor-perhaps"),
        ("张三（省安科院教授）", "assessor-perhaps"),
    ],
)
def test_what_had_to_be_guessed_is_said_to_be_perhaps(cell: str, tie: str) -> None:
    assert tied("assessors", cell)["Z"] == tie


@pytest.mark.parametrize(
    "cell",
    [
        "张三（省社科院）",
        "张三教授（省社会科学院）",
        "省社科院张三",
        "省社科院：张三",
        "张三（成都蓉安安全技术咨询有限公司）",
        "张三西南交通大学",
        "张三丰",
        "张三丰教授、赵六",
        "组长刘张三",
        "张三丰和赵六",
        "成都张三安全咨询公司",
    ],
)
def test_who_is_rather_somebody_else_of_that_name_is_not_tied_but_told(cell: str) -> None:
    assert "Z" not in tied("assessors", cell)
    assert doubted("assessors", cell)["Z"] == "assessor"


@pytest.mark.parametrize("cell", ["", "赵六", "无", "张", "赵六（省社科院）", "专家组", "组长：赵六"])
def test_who_is_not_named_is_neither_tied_nor_told(cell: str) -> None:
    assert read("assessors", cell) == Ties((), ())


def test_a_name_within_another_one_is_told_unless_that_one_is_of_somebody_known() -> None:
    people = {"W": ("王伟", COMPANY), "M": ("王伟明", INSTITUTE)}
    assert doubted("assessors", "王伟明、赵六") == {"W": "assessor"}
    assert read("assessors", "王伟明、赵六", people) == Ties((("M", "1", "assessor"),), ())  # type: ignore[arg-type]
    assert tied("assessors", "王伟、王伟明", people) == {"W": "assessor", "M": "assessor"}
    assert tied("assessors", "王伟明李四") == {"W": "assessor-perhaps", "L": "assessor-perhaps"}


def test_a_name_that_ends_in_a_word_that_joins_others_ties_both_readings() -> None:
    people = {"H": ("张永和", INSTITUTE), "Y": ("张永", COMPANY), "P": ("李和平", INSTITUTE)}
    assert tied("assessors", "张永和李和平", people).keys() == {"H", "Y", "P"}
    assert tied("assessors", "李和平", people) == {"P": "assessor"}


@pytest.mark.parametrize("cell", ["吉克·阿牛、赵六", "吉克阿牛、赵六", "吉克•阿牛（组长）"])
def test_dots_within_a_name_do_not_count(cell: str) -> None:
    assert tied("assessors", cell, {"J": ("吉克·阿牛", INSTITUTE)}) == {"J": "assessor"}


def test_people_known_by_numbers_are_told_apart() -> None:
    people = {f"T{n}": (f"技术支撑人员{n}", INSTITUTE) for n in (1, 7, 12)}
    assert read("assessors", "组长：技术支撑人员7；成员：评审专家1", people).ties == (("T7", "1", "assessor"),)
    assert read("assessors", "技术支撑人员12", people) == Ties((("T12", "1", "assessor"),), ())  # type: ignore[arg-type]


def test_a_name_of_three_characters_may_be_spaced() -> None:
    assert tied("assessors", "王 伟 明 、赵六", {"M": ("王伟明", INSTITUTE)}) == {"M": "assessor"}


@pytest.mark.parametrize(
    ("cell", "tie"),
    [
        ("四川省安全科学技术研究院", "assessor"),
        ("四川省安全科学技术研究院专家组", "assessor"),
        ("评定单位：四川省安全科学技术研究院", "assessor"),
        ("四川省安全科学技术研究院等3家", "assessor"),
        ("四川省安全科学技术研究院和省社科院", "assessor"),
        ("四川省安全科学技术研究院安评中心", "assessor-perhaps"),
        ("省安科院", "assessor-perhaps"),
        ("四川省安科院专家组", "assessor-perhaps"),
        ("省安科院安评中心", "assessor-perhaps"),
        ("省社科院、省安科院", "assessor-perhaps"),
    ],
)
def test_an_institution_among_the_experts_ties_its_people(cell: str, tie: str) -> None:
    assert tied("assessors", cell) == {"Z": tie, "L": tie}


@pytest.mark.parametrize("cell", ["四川省安全科学技术研究院赵六", "赵六（四川省安全科学技术研究院）", "省安科院赵六"])
def test_an_expert_of_an_institution_does_not_tie_colleagues(cell: str) -> None:
    assert tied("assessors", cell) == {}


@pytest.mark.parametrize(
    ("cell", "tie"),
    [
        ("四川省安全科学技术研究院", "coach"),
        ("四川省安全科学技术研究院（技术支撑单位）", "coach"),
        ("技术支撑组（四川省安全科学技术研究院）", "coach"),
        ("四川省安全科学技术研究院安评中心", "coach"),
        ("四川省安全科学技术研究院和省社科院", "coach"),
        ("四川省安全科学技术研究院赵六", "coach"),
        ("省社科院、四川省安全科学技术研究院", "coach"),
        ("安全科学技术研究院", "coach"),
        ("省安科院", "coach-perhaps"),
        ("四川省安科院", "coach-perhaps"),
        ("省社科院与省安科院", "coach-perhaps"),
        ("省安科院、省社科院等单位", "coach-perhaps"),
        ("省安科院技术团队", "coach-perhaps"),
        ("省安科院安评中心", "coach-perhaps"),
        ("省安科院赵六", "coach-perhaps"),
    ],
)
def test_the_institution_that_coached_is_known_whole_in_part_and_abbreviated(cell: str, tie: str) -> None:
    assert tied("coach", cell) == {"Z": tie, "L": tie}


@pytest.mark.parametrize(
    ("cell", "employer"), [("四川省安全科学技术研究院", "省安科院"), ("西南交通大学", "西南交大"), ("重庆大学", "重大")]
)
def test_so_it_is_where_the_reply_abbreviates_and_the_units_list_does_not(cell: str, employer: str) -> None:
    people = {"Z": ("张三", employer)}
    assert tied("coach", cell, people) == {"Z": "coach-perhaps"}
    assert tied("assessors", f"张三（{cell}）", people) == {"Z": "assessor-perhaps"}


@pytest.mark.parametrize("cell", ["省社科院", "四川省安全生产和应急管理学会", "安", "咨询院"])
def test_another_institution_ties_nobody(cell: str) -> None:
    assert read("coach", cell) == Ties((), ())


def test_an_institution_whose_name_has_a_word_that_joins_is_one() -> None:
    people = {"X": ("赵六", "四川省安全生产和应急管理学会")}
    assert tied("coach", "四川省安全生产和应急管理学会", people) == {"X": "coach"}
    assert tied("assessors", "四川省安全生产和应急管理学会赵六", people) == {"X": "assessor"}


@pytest.mark.parametrize("column", ["assessors", "coach"])
@pytest.mark.parametrize(
    ("cell", "employer"),
    [("市应急局", "成都市应急管理局"), ("成都市应急管理局", "市应急局"), ("应急管理局", "成都市应急管理局")],
)
def test_an_office_of_a_place_that_is_not_named_is_of_the_place_where_it_is_written(
    cell: str, employer: str, column: str
) -> None:
    people = {"Z": ("张三", employer)}
    assert tied(column, cell, people).keys() == {"Z"}
    assert tied(column, cell, people, OTHER_CITY) == {}
