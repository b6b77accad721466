"""Divisions by name: exactly, or merely offered."""

from __future__ import annotations

import pytest

from audit_service.core.towns import Town, Towns, place
from audit_service.files.divisions import sichuan_towns

TOWNS = Towns(
    "2023-06-30",
    (
        Town("510104001", "510100", "甲区", "青龙街道"),
        Town("510104101", "510100", "甲区", "青龙镇"),
        Town("510105001", "510100", "乙区", "白塔街道"),
    ),
)


def test_city_county_and_name_mean_one_division_in_all_of_sichuan() -> None:
    towns = sichuan_towns()
    found = [towns.find(place(town.city, town.county, town.name)) for town in towns.towns]
    assert len(towns.towns) == 3111
    assert found == list(towns.towns)


def test_a_street_and_a_town_of_one_name_in_one_county_are_not_confused() -> None:
    codes = [TOWNS.find(place("510100", "甲区", name)) for name in ("青龙街道", "青龙镇")]
    assert [town and town.code for town in codes] == ["510104001", "510104101"]


@pytest.mark.parametrize("name", ["青龙", "青龙乡", "青龙街道办事处", ""])
def test_a_name_without_its_ending_or_with_another_is_offered_and_not_taken(name: str) -> None:
    assert TOWNS.find(place("510100", "甲区", name)) is None
    assert not name or TOWNS.near(place("510100", "甲区", name)) == ["青龙街道", "青龙镇"]


def test_in_a_county_that_is_not_known_the_citys_divisions_are_offered_with_their_counties() -> None:
    assert TOWNS.near(place("510100", "高新区", "白塔街道")) == ["乙区白塔街道"]
    assert TOWNS.near(place("510100", "乙县", "白塔街")) == ["乙区白塔街道"]


def test_a_name_that_differs_from_divisions_of_its_county_by_its_ending_is_alike() -> None:
    assert TOWNS.alike(place("510100", "甲区", "青龙")) == ["青龙街道", "青龙镇"]
    assert TOWNS.alike(place("510100", "甲区", "青龙湖镇")) == []
    assert TOWNS.alike(place("510100", "乙区", "青龙镇")) == []
    assert TOWNS.alike(place("510100", "高新区", "青龙镇")) == ["甲区青龙镇"]


@pytest.mark.parametrize(
    ("city", "label", "county"),
    [
        ("510100", "青羊区", "青羊区"),
        ("510100", "青羊", "青羊区"),
        ("510100", "双流县", None),
        ("510100", "金", None),
        ("510300", "青羊", None),
        ("510700", "北川", "北川羌族自治县"),
        ("510700", "北川县", "北川羌族自治县"),
        ("511100", "市中", "市中区"),
    ],
)
def test_a_county_is_known_without_its_ending(city: str, label: str, county: str | None) -> None:
    assert sichuan_towns().county(city, label) == county


def test_a_short_name_of_two_counties_means_neither() -> None:
    twins = Towns("", (Town("510104001", "510100", "甲区", "一镇"), Town("510105001", "510100", "甲县", "一镇")))
    assert [twins.county("510100", label) for label in ("甲", "甲区", "甲县")] == [None, "甲区", "甲县"]


def test_nothing_is_offered_where_nothing_is_alike() -> None:
    assert TOWNS.near(place("510100", "甲区", "工业园")) == []
    assert TOWNS.near(place("510300", "甲区", "青龙镇")) == []


def test_full_width_brackets_do_not_make_another_place() -> None:
    assert place("510100", "甲区", "园区（一期）") == place("510100", "甲区", "园区(一期)")
