"""Units without a code: found by their names, by former names, or issued one; and what is reported of all units."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from audit_service.core.acts import Act
from audit_service.core.incoming import Incoming
from audit_service.errors import RosterErrors
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.store import rosters, tables
from audit_service.store.database import transaction
from audit_service.use_cases.import_rosters import Report, import_former_names, import_units
from schemas.former_names import FormerNameIn
from tests.roster_rows import STATUSES, incoming, units

ACT = Act(datetime(2026, 3, 1, 1, tzinfo=UTC), "抽验员甲")
CODELESS = {"单位编码": ""}
PARK = {"单位编码": "", "建设单位名称": "锦江工业园区"}
FORMER = {
    "市(州)": "眉山",
    "县(市、区)": "东坡区",
    "原名称": "金花乡",
    "现名称": "复兴镇",
    "变更日期": "2019年12月",
    "依据文件": "川民发〔2019〕1号",
}
JINHUA = {"市(州)": "眉山市", "县(市、区)": "东坡区", "建设单位名称": "金花乡", "单位编码": ""}


def take(engine: Engine, what: Incoming, *, complete: bool = False, issue: bool = False) -> Report:
    with transaction(engine) as db:
        towns = sichuan_towns()
        return import_units(db, ACT, what, sichuan(), towns, STATUSES, complete=complete, issue=issue)


def rename(engine: Engine, *rows: dict[str, str]) -> Report:
    with transaction(engine) as db:
        names = incoming(FormerNameIn(), [{**FORMER, **row} for row in rows])
        return import_former_names(db, ACT, names, sichuan(), sichuan_towns())


def refused(take: Any, *arguments: Any, **options: Any) -> list[tuple[int, str, object]]:
    with pytest.raises(RosterErrors) as refusal:
        take(*arguments, **options)
    return [(f.row, f.problem.code, f.problem.params.get("near")) for f in refusal.value.findings]


def roster(engine: Engine) -> dict[str, str]:
    with engine.begin() as db:
        return {row["unit"]: row["name"] for row in rosters.current(db, tables.units)}


def warned(report: Report) -> list[str]:
    return [warning.problem.code for warning in report.warnings]


def test_a_unit_without_a_code_is_the_division_of_its_city_county_and_name(engine: Engine) -> None:
    take(engine, units(CODELESS))
    assert roster(engine) == {"510104026": "牛市口街道"}
    assert take(engine, units({})).unchanged == 1


def test_what_matches_nothing_is_an_error_each_with_the_nearest_names(engine: Engine) -> None:
    rows = units(PARK, {**CODELESS, "建设单位名称": "牛市口"}, {**CODELESS, "县(市、区)": "青羊区"})
    found = refused(take, engine, rows)
    assert [(row, code) for row, code, _ in found] == [(number, "unit-unmatched") for number in (2, 3, 4)]
    assert found[1][2] == "牛市口街道"
    assert roster(engine) == {}


@pytest.mark.parametrize(
    ("county", "name"),
    [
        ("成都市锦江区", "牛市口街道"),
        ("四川省成都市锦江区", "牛市口街道"),
        ("锦江", "牛市口街道"),
        ("锦江区", "牛市口街道办事处"),
        ("锦江区", "牛市口街办"),
        ("锦江区", "锦江区牛市口街道"),
        ("成都市锦江区", "成都市锦江区牛市口街道办"),
    ],
)
def test_a_known_division_that_is_written_otherwise_is_found_and_told_and_no_code_is_issued(
    engine: Engine, county: str, name: str
) -> None:
    park = {**PARK, "建设单位名称": "锦江工业园区"}
    report = take(engine, units({**CODELESS, "县(市、区)": county, "建设单位名称": name}, park), issue=True)
    assert roster(engine) == {"510104026": "牛市口街道", "X-510100-0001": "锦江工业园区"}
    mended = (county != "锦江区") + (name != "牛市口街道")
    assert sorted(warned(report)) == ["cells-mended"] * mended + ["unit-code-issued"]
    assert take(engine, units({}, park)).unchanged == 2


def test_a_division_that_is_listed_twice_in_two_ways_is_an_error_though_codes_are_issued(engine: Engine) -> None:
    rows = units({}, {**CODELESS, "县(市、区)": "成都市锦江区"}, {**CODELESS, "建设单位名称": "牛市口街办"}, PARK)
    assert [code for _, code, _ in refused(take, engine, rows, issue=True)] == ["code-twice"] * 2


@pytest.mark.parametrize(
    ("row", "near"),
    [
        ({"建设单位名称": "牛市口"}, "牛市口街道"),
        ({"建设单位名称": "牛市口镇"}, "牛市口街道"),
        ({"建设单位名称": "锦江区牛市口"}, "牛市口街道"),
        ({"县(市、区)": "高新区"}, "锦江区牛市口街道"),
    ],
)
def test_no_code_is_issued_to_what_is_called_like_a_division(engine: Engine, row: dict[str, str], near: str) -> None:
    assert refused(take, engine, units({**CODELESS, **row}, PARK), issue=True) == [(2, "unit-code-not-issued", near)]
    by_hand = {**CODELESS, **row, "单位编码": "X-510100-A001"}
    assert take(engine, units(by_hand, PARK), issue=True).imported == 2


def test_a_park_with_its_city_before_its_name_is_the_one_that_was_issued_a_code(engine: Engine) -> None:
    take(engine, units(PARK), issue=True)
    again = {**PARK, "建设单位名称": "成都市锦江区锦江工业园区"}
    assert (take(engine, units(again), issue=True).unchanged, len(roster(engine))) == (1, 1)


def test_a_former_name_is_found_by_its_office_too(engine: Engine) -> None:
    rename(engine, {})
    report = take(engine, units({**JINHUA, "建设单位名称": "东坡区金花乡人民政府"}))
    assert sorted(warned(report)) == ["cells-mended", "former-name-used"]
    assert list(roster(engine).values()) == ["复兴镇"]


def test_the_county_of_a_unit_with_a_code_is_read_as_it_is_called(engine: Engine) -> None:
    assert warned(take(engine, units({"县(市、区)": "成都锦江区"}))) == ["cells-mended"]
    with engine.begin() as db:
        (unit,) = rosters.current(db, tables.units)
    assert unit["county"] == "锦江区"
    former = units({"县(市、区)": "成都市双流县"})
    assert sorted(warned(take(engine, former))) == ["cells-mended", "name-differs-from-code"]
    assert warned(take(engine, units({"县(市、区)": "东部新区"}))) == ["name-differs-from-code"]


@pytest.mark.parametrize("label", ["5101", "510100000000", "四川省成都市", "成都市本级"])
def test_a_city_by_another_form_of_its_code_or_name_is_read_and_told(engine: Engine, label: str) -> None:
    report = take(engine, units({"市(州)": label}, {**PARK, "市(州)": label}), issue=True)
    assert [(w.problem.code, w.problem.params.get("count")) for w in report.warnings] == [
        ("cells-mended", 2),
        ("unit-code-issued", None),
    ]
    assert report.warnings[0].problem.params["read"] == "成都市"
    assert set(roster(engine)) == {"510104026", "X-510100-0001"}


def test_codes_are_issued_a_series_a_city_and_found_again(engine: Engine) -> None:
    other = {"市(州)": "自贡", "县(市、区)": "沿滩区", "建设单位名称": "沿滩园区", "单位编码": ""}
    first = take(engine, units(PARK, {**PARK, "建设单位名称": "创意园区"}, other), issue=True)
    assert warned(first) == ["unit-code-issued"] * 3
    assert roster(engine).keys() == {"X-510100-0001", "X-510100-0002", "X-510300-0001"}
    assert take(engine, units(PARK)).unchanged == 1
    assert take(engine, units(PARK, {"单位编码": "510104026"}), issue=True).imported == 1


def test_an_issued_code_is_found_again_by_a_unit_that_left_and_is_never_given_to_another(engine: Engine) -> None:
    take(engine, units(PARK), issue=True)
    take(engine, units({}), complete=True)
    report = take(engine, units({**PARK, "建设单位名称": "创意园区"}, PARK), issue=True)
    assert report.imported == 2
    assert roster(engine)["X-510100-0001"] == "锦江工业园区"
    assert roster(engine)["X-510100-0002"] == "创意园区"


def test_a_refused_import_uses_up_no_code(engine: Engine) -> None:
    refused(take, engine, units(PARK, {"是否民生": "?"}), issue=True)
    take(engine, units(PARK), issue=True)
    assert "X-510100-0001" in roster(engine)


def test_a_unit_listed_twice_without_codes_is_an_error_with_the_place_of_the_first(engine: Engine) -> None:
    assert [code for _, code, _ in refused(take, engine, units(PARK, PARK), issue=True)] == ["unit-twice"]
    assert [code for _, code, _ in refused(take, engine, units(CODELESS, {}))] == ["code-twice"]
    assert [
        code for _, code, _ in refused(take, engine, units(PARK, {**PARK, "单位编码": "X-5101-7"}), issue=True)
    ] == ["unit-twice"]


def test_units_of_one_name_and_two_codes_are_two_and_the_office_is_told(engine: Engine) -> None:
    report = take(engine, units({"单位编码": "X-5101-1"}, {"单位编码": "X-5101-2"}))
    assert (report.imported, warned(report)) == (2, ["units-alike"])
    later = take(engine, units({"单位编码": "X-5101-3"}))
    assert warned(later) == ["unit-under-other-code"]


def test_a_name_that_several_units_of_the_roster_have_needs_a_code(engine: Engine) -> None:
    take(engine, units({**PARK, "单位编码": "X-5101-1"}, {**PARK, "单位编码": "X-5101-2"}))
    assert [code for _, code, _ in refused(take, engine, units(PARK))] == ["unit-ambiguous"]


def test_a_former_name_means_the_unit_that_it_became(engine: Engine) -> None:
    rename(engine, {})
    report = take(engine, units(JINHUA))
    assert warned(report) == ["former-name-used"]
    with engine.begin() as db:
        (unit,) = rosters.current(db, tables.units)
    assert (unit["unit"][:6], unit["name"], unit["former_name"]) == ("511402", "复兴镇", "金花乡")
    assert take(engine, units({**JINHUA, "建设单位名称": "复兴镇", "原名称": "金花乡"})).unchanged == 1


def test_a_name_that_changed_twice_means_the_last(engine: Engine) -> None:
    report = rename(engine, {"原名称": "金水乡", "现名称": "金花乡"}, {})
    assert report.imported == 2
    take(engine, units({**JINHUA, "建设单位名称": "金水乡"}))
    assert list(roster(engine).values()) == ["复兴镇"]


HUANGSHUI = {
    "市(州)": "成都", "县(市、区)": "双流县", "原名称": "黄水镇", "现名称": "黄水镇", "变更日期": "2015-12-01",
    "依据文件": "国函〔2015〕1号",
}  # fmt: skip
SHUANGLIU = {"单位编码": "", "县(市、区)": "双流县", "建设单位名称": "黄水镇"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ["former-name-county"]),
        ({"单位编码": "510116115"}, ["former-name-county"]),
        ({"现县(市、区)": "双流区"}, []),
        ({"现县(市、区)": "成都市双流区"}, ["cells-mended"]),
        ({"现县(市、区)": "双流区", "单位编码": "510116115"}, []),
    ],
)
def test_a_county_that_was_renamed_is_kept_in_the_former_names(
    engine: Engine, more: dict[str, str], told: list[str]
) -> None:
    assert warned(rename(engine, {**HUANGSHUI, **more})) == told
    assert warned(take(engine, units(SHUANGLIU))) == ["former-name-used"]
    with engine.begin() as db:
        (unit,) = rosters.current(db, tables.units)
    found = [unit[name] for name in ("unit", "county", "name", "former_name")]
    assert found == ["510116115", "双流区", "黄水镇", "双流县黄水镇"]
    assert rename(engine, {**HUANGSHUI, **more}).unchanged == 1


def test_a_name_and_its_county_may_change_together_and_again(engine: Engine) -> None:
    first = {**HUANGSHUI, "原名称": "东升镇", "现名称": "东升街道"}
    later = {"县(市、区)": "双流区", "原名称": "东升街道", "现名称": "西航港街道", "变更日期": "2030-01-01"}
    rename(engine, first, {**HUANGSHUI, **later})
    take(engine, units({**SHUANGLIU, "建设单位名称": "东升镇"}))
    with engine.begin() as db:
        (unit,) = rosters.current(db, tables.units)
    assert (unit["county"], unit["name"], unit["former_name"]) == ("双流区", "西航港街道", "双流县东升镇")


def test_a_county_that_does_not_follow_is_asked_for(engine: Engine) -> None:
    same = {**HUANGSHUI, "县(市、区)": "双流区"}
    assert [code for _, code, _ in refused(rename, engine, same)] == ["former-name-same"]
    twice = {**HUANGSHUI, "市(州)": "广元", "县(市、区)": "元坝区", "原名称": "元坝乡", "现名称": "元坝镇"}
    assert refused(rename, engine, twice) == [(2, "former-name-unmatched", "昭化区元坝镇、苍溪县元坝镇")]
    assert rename(engine, {**twice, "现县(市、区)": "昭化区"}).imported == 1


def test_a_former_name_is_as_long_as_both_databases_keep_it_and_no_longer(engine: Engine) -> None:
    assert rename(engine, {"原名称": "花" * 200}).imported == 1
    assert [code for _, code, _ in refused(rename, engine, {"原名称": "花" * 201})] == ["text-long"]
    assert [code for _, code, _ in refused(rename, engine, {"县(市、区)": "区" * 81})] == ["text-long"]
    assert [code for _, code, _ in refused(rename, engine, {"现县(市、区)": "区" * 71})] == ["text-long"]


def test_a_former_name_that_leads_nowhere_or_in_a_circle_is_refused(engine: Engine) -> None:
    assert refused(rename, engine, {"现名称": "复兴乡"}) == [(2, "former-name-unmatched", "复兴镇")]
    circle = ({"现名称": "银花乡"}, {"原名称": "银花乡", "现名称": "金花乡"})
    assert [code for _, code, _ in refused(rename, engine, *circle)] == ["former-name-unmatched"] * 2
    assert refused(rename, engine, {"现名称": "金花乡"})[0][1] == "former-name-same"
    assert [code for _, code, _ in refused(rename, engine, {}, {})] == ["former-name-twice"]


def test_a_former_name_that_a_division_of_the_table_has_needs_a_code_unless_the_change_is_newer(engine: Engine) -> None:
    former = {"市(州)": "成都", "县(市、区)": "锦江区", "原名称": "牛市口街道", "现名称": "春熙路街道"}
    rename(engine, {**former, "变更日期": "2019-12-01"})
    assert [code for _, code, _ in refused(take, engine, units(CODELESS))] == ["name-also-former"]
    rename(engine, {**former, "变更日期": "2025-12-01"})
    take(engine, units(CODELESS))
    assert roster(engine) == {"510104022": "春熙路街道"}


def test_what_changed_is_told_field_by_field_and_personal_data_are_not_repeated(engine: Engine) -> None:
    take(engine, units({"联系电话": "028-1"} | {"备注": ""}))
    report = take(engine, units({"联系电话": "028-2", "备注": "已核", "是否民生": "是"}))
    assert sorted(report.changes) == [
        ("510104026", "livelihood", False, True),
        ("510104026", "phone", "***", "***"),
        ("510104026", "remarks", "", "已核"),
    ]


def test_units_that_a_newer_list_of_their_city_lacks_are_reported_and_stay(engine: Engine) -> None:
    zigong = {"市(州)": "自贡", "县(市、区)": "自流井区", "建设单位名称": "五星街街道", "单位编码": "510302001"}
    second = {"建设单位名称": "春熙路街道", "单位编码": "510104022"}
    take(engine, units({}, second, zigong))
    report = take(engine, units({}))
    assert ([unit["unit"] for unit in report.missing], report.left) == (["510104022"], 0)
    assert len(roster(engine)) == 3
    assert take(engine, units({}, second)).missing == ()
    assert take(engine, units({}), complete=True).missing == ()


def test_all_columns_of_an_office_are_kept_and_a_file_without_them_changes_nothing(engine: Engine) -> None:
    more = {
        "原名称": "牛市口",
        "辅导单位": "某技术中心",
        "命名文号": "川安委〔2019〕3号",
        "命名时间": "2019年11月",
        "市级复评得分": "91.5分",
    }
    take(engine, units(more))
    with engine.begin() as db:
        (unit,) = rosters.current(db, tables.units)
    found = [unit[name] for name in ("former_name", "coach", "naming_document", "named_on", "city_score")]
    assert found == ["牛市口", "某技术中心", "川安委〔2019〕3号", "2019-11", "91.5"]
    assert take(engine, units({})).unchanged == 1


def test_a_name_that_is_not_that_of_its_code_is_told(engine: Engine) -> None:
    assert warned(take(engine, units({"建设单位名称": "春熙路街道"}))) == ["name-differs-from-code"]
