"""Names that are written otherwise and mean the same."""

from __future__ import annotations

import pytest

from audit_service.core.place_names import below, of_office, spellings


@pytest.mark.parametrize(
    ("office", "division"),
    [
        ("牛市口街道办事处", "牛市口街道"),
        ("牛市口街道办", "牛市口街道"),
        ("牛市口街办", "牛市口街道"),
        ("牛市口办事处", "牛市口街道"),
        ("黄水镇人民政府", "黄水镇"),
        ("黄水镇政府", "黄水镇"),
        ("金花乡人民政府", "金花乡"),
        ("牛市口街道", "牛市口街道"),
        ("牛市口", "牛市口"),
        ("锦江工业园区", "锦江工业园区"),
    ],
)
def test_an_office_stands_for_its_division_and_everything_else_for_itself(office: str, division: str) -> None:
    assert of_office(office) == division


def test_what_stands_behind_places_above_is_what_they_are_above_of() -> None:
    assert list(below("成都市锦江区", ("四川省成都市", "成都市", "成都"))) == ["锦江区", "市锦江区"]
    assert list(below("成都市", ("成都市", ""))) == []


def test_a_name_is_first_looked_up_as_it_is_written() -> None:
    found = list(spellings("锦江区牛市口街办", ("成都市锦江区", "锦江区")))
    assert found == ["锦江区牛市口街办", "锦江区牛市口街道", "牛市口街办", "牛市口街道"]
