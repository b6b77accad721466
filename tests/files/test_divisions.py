"""The cities of Sichuan, and how people write them."""

from __future__ import annotations

import pytest

from audit_service.files.divisions import read_divisions, sichuan


def test_sichuan_has_21_cities():
    assert len(sichuan().cities) == 21
    assert len({city.code for city in sichuan().cities}) == 21


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("成都市", "510100"),
        ("成都", "510100"),
        ("510100", "510100"),
        ("５１０１００", "510100"),
        (" 成 都 市 ", "510100"),
        ("阿坝藏族羌族自治州", "513200"),
        ("阿坝州", "513200"),
        ("阿坝", "513200"),
        ("甘孜州", "513300"),
        ("凉山", "513400"),
    ],
)
def test_a_city_is_known_by_its_name_its_short_name_and_its_code(label, code):
    assert sichuan().find(label).code == code


@pytest.mark.parametrize(
    "label", ["5101", "510100000", "510100000000", "四川省成都市", "四川省成都", "成都市本级", "成都本级"]
)
def test_another_form_of_its_code_or_name_means_the_same_city_though_it_is_not_called_so(label):
    assert sichuan().find(label).code == "510100"
    assert sichuan().called(label) is None


@pytest.mark.parametrize(
    "label",
    ["", "北京市", "成都州", "51", "510104", "510104000000", "510100001", "5102", "锦江区", "市", "本级", "四川省"],
)
def test_nothing_else_is_a_city(label):
    assert sichuan().find(label) is None


@pytest.mark.parametrize(
    ("label", "name"), [("成都布", "成都市"), ("阿坝羌族自治州", "阿坝藏族羌族自治州"), ("北京市", "")]
)
def test_the_city_probably_meant_is_named(label, name):
    assert sichuan().nearest(label) == name


@pytest.mark.parametrize(
    ("code", "name"), [("510104026", "成都市"), ("513426001002", "凉山彝族自治州"), ("110101001", None), ("51", None)]
)
def test_a_division_lies_in_the_city_of_its_first_four_digits(code, name):
    city = sichuan().of_code(code)
    assert (city and city.name) == name


def test_a_list_without_counties_has_no_cities():
    assert read_divisions(b"city_code4,city,county_code6,county\n").cities == ()
