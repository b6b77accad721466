"""Places of an office's own on the command line: districts, townships, and in which of them a unit lies."""

from __future__ import annotations

from tests.office import Office
from tests.roster_rows import UNIT

SHAPINGBA = [
    {"编码": "500106", "名称": "沙坪坝区", "级别": "区县", "上级": "", "类别": "主城区", "乡镇（街道）数": "22"},
    {
        "编码": "500106001000",
        "名称": "小龙坎街道",
        "级别": "镇街",
        "上级": "沙坪坝区",
        "类别": "",
        "乡镇（街道）数": "",
    },
    {"编码": "500107", "名称": "九龙坡区", "级别": "区县", "上级": "", "类别": "主城区", "乡镇（街道）数": "19"},
]
COMMUNITY = UNIT | {"市(州)": "小龙坎街道", "县(市、区)": "沙坪坝区", "建设单位名称": "正街社区", "单位类型": "社区"}


def test_an_office_outside_of_sichuan_names_its_own_districts_and_townships(office: Office) -> None:
    assert office.import_rows("places", SHAPINGBA).json["imported"] == 3
    assert office.import_rows("places", SHAPINGBA).json["unchanged"] == 3
    units = [COMMUNITY | {"单位编码": "500106001003"}, COMMUNITY | {"市(州)": "九龙坡", "单位编码": "500107003"}]
    assert office.import_rows("units", units).json["imported"] == 2
    with office.runtime.look() as db:
        from audit_service.store import rosters, tables

        assert {row["city"] for row in rosters.current(db, tables.units)} == {"500106001", "500107"}
    person = {
        "人员编号": "A1",
        "姓名": "甲",
        "工作单位": "局",
        "所属市(州)": "沙坪坝区",
        "人员类别": "x",
        "可任组长": "是",
    }
    assert office.import_rows("people", [person]).json["imported"] == 1


def test_a_units_city_is_the_longest_beginning_of_its_code_that_is_known(office: Office) -> None:
    office.import_rows("places", SHAPINGBA)
    wrong = [COMMUNITY | {"市(州)": "沙坪坝区", "单位编码": "500106001003"}, COMMUNITY | {"单位编码": "500199001"}]
    rows = [*wrong, COMMUNITY | {"市(州)": "成都市", "单位编码": "500107003"}]
    with (office.folder / "units.csv").open("w", encoding="utf-8-sig") as file:
        file.write("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]))
    found = office.run("import", "units", office.folder / "units.csv", expect=1).json["errors"]
    assert [(error["row"], error["code"]) for error in found] == [
        (2, "city-differs-from-code"),
        (3, "code-city-unknown"),
        (4, "city-differs-from-code"),
    ]


def test_places_that_come_after_the_units_say_which_units_have_another_city_now(office: Office) -> None:
    district, township = SHAPINGBA[0], SHAPINGBA[1]
    office.import_rows("places", [district])
    unit = COMMUNITY | {"市(州)": "沙坪坝区", "单位编码": "500106001003"}
    office.import_rows("units", [unit])
    warning = office.import_rows("places", [district, township]).json["warnings"][-1]
    assert warning["code"] == "units-in-other-cities"
    assert "500106001003" in warning["message"]
    assert "小龙坎街道" in warning["message"]
    assert office.import_rows("units", [unit | {"市(州)": "小龙坎街道"}]).json["updated"] == 1
    again = office.import_rows("places", [district, township]).json["warnings"]
    assert "units-in-other-cities" not in [other["code"] for other in again]


def test_a_place_in_sichuan_is_for_quotas_and_leaves_the_units_their_city(office: Office) -> None:
    row = {"编码": "510104", "名称": "锦江区", "级别": "区", "上级": "成都", "类别": "主城区", "乡镇（街道）数": "11"}
    office.import_rows("places", [row | {"上级": "成都市"}])
    assert office.import_rows("units", [UNIT]).json["imported"] == 1


QINGYUAN = [
    {"编码": "510998", "名称": "清源县", "级别": "区县", "上级": "遂宁市"},
    {"编码": "510998101", "名称": "城关镇", "级别": "镇街", "上级": "清源县"},
    {"编码": "510998102", "名称": "白石镇", "级别": "镇街", "上级": "清源县"},
]


def test_townships_in_sichuan_are_the_cities_of_their_units(office: Office) -> None:
    """And counties are, unless a quota goes by them; what a row gets wrong is told with what to do about it."""
    quota = {"编码": "510904", "名称": "安居区", "级别": "区县", "上级": "遂宁市", "类别": "其他区县"}
    office.import_rows("places", [{"类别": "", **place} for place in (*QINGYUAN, quota)])
    community = COMMUNITY | {"市(州)": "城关镇", "县(市、区)": "清源县"}
    rows = [
        community | {"单位编码": "510998101001"},
        community | {"单位编码": "510998102001"},  # of 白石镇
        community | {"单位编码": "510998103001"},  # of a township that nobody listed
        community | {"单位编码": "510998103001", "市(州)": "清源县"},
        community | {"单位编码": "510904101001", "市(州)": "安居区"},
        community | {"单位编码": "510904101001", "市(州)": "遂宁"},
    ]
    path = office.folder / "units.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf-8-sig")
    found = office.run("import", "units", path, expect=1).json["errors"]
    assert [(each["row"], each["code"]) for each in found] == [
        (3, "city-differs-from-code"),
        (4, "code-in-no-place"),
        (5, "code-twice"),
        (6, "city-for-quotas"),
        (7, "code-twice"),
    ]
    assert "白石镇" in found[0]["message"]
    assert "遂宁市" in found[3]["message"]
    assert office.import_rows("units", [rows[0], rows[3], rows[5]]).json["imported"] == 3


def test_units_of_a_township_are_issued_codes_that_name_it(office: Office) -> None:
    office.import_rows("places", SHAPINGBA)
    with (office.folder / "units.csv").open("w", encoding="utf-8-sig") as file:
        row = COMMUNITY | {"单位编码": ""}
        file.write(",".join(row) + "\n" + ",".join(row.values()))
    assert office.run("import", "units", office.folder / "units.csv", "--issue-codes").json["imported"] == 1
    assert office.run("import", "units", office.folder / "units.csv").json["unchanged"] == 1


def test_what_is_wrong_with_places_is_told_at_once(office: Office) -> None:
    rows = [
        {"编码": "5001", "名称": "甲", "级别": "区", "上级": ""},
        {"编码": "500106", "名称": "乙", "级别": "星", "上级": "丙"},
        {"编码": "500107", "名称": "丁", "级别": "市", "上级": "戊"},
        {"编码": "500108", "名称": "戊", "级别": "区", "上级": ""},
    ]
    path = office.folder / "places.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf-8-sig")
    found = office.run("import", "places", path, expect=1).json["errors"]
    assert [error["code"] for error in found] == [
        "place-code-form",
        "place-level",
        "place-parent-unknown",
        "place-parent-below",
    ]


def test_a_city_of_an_offices_own_sees_no_other_citys_lives(office: Office) -> None:
    """Chongqing's districts share four digits, and are two cities."""
    office.import_rows("places", SHAPINGBA)
    units = [COMMUNITY | {"市(州)": "九龙坡", "单位编码": "500107003", "建设单位名称": "黄桷坪街道"}]
    office.import_rows("units", [*units, COMMUNITY | {"单位编码": "500106001003"}])
    office.run("life", "adopt", "--policy", "sichuan-2020")
    shown = {city: office.run("life", "list", "--city", city).json for city in ("九龙坡", "小龙坎街道")}
    assert [row["unit"] for row in shown["九龙坡"]] == ["500107003"]
    assert [row["unit"] for row in shown["小龙坎街道"]] == ["500106001003"]
