"""Each kind of cell: what it takes, what it refuses, and that it says so in a code."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from audit_service.errors import Problem
from schemas.days import Day
from schemas.fields import Count, Name, PersonCode, Phone, Score, Text, UnitCode, Whole, Year, YesNo

TAKEN = [
    (Text(), "牛市口街道", "牛市口街道"),
    (Text(), "一行\n又一行", "一行\n又一行"),
    (UnitCode(), "510104026", "510104026"),
    (UnitCode(), "510104026001", "510104026001"),
    (UnitCode(), "X-5101-001", "X-5101-001"),
    (UnitCode(), "X-510100-park_1", "X-510100-park_1"),
    (UnitCode(), "５１０１０４０２６", "510104026"),
    (UnitCode(), "510104 026", "510104026"),
    (UnitCode(), "510104026.0", "510104026"),
    (UnitCode(), "510104026000", "510104026"),
    (UnitCode(), "'510104026", "510104026"),
    (UnitCode(), "510104\u200b026", "510104026"),
    (Name(), "苏坡\u200b街\ufeff道", "苏坡街道"),
    (Day(), "2020\u200b-03-11", "2020-03-11"),
    (Name(), "张 三", "张三"),
    (Name(), "牛市口\n街道", "牛市口街道"),
    (Name(), "第１街道", "第1街道"),
    (Name(), "A B（一期）", "A B（一期）"),
    (Phone(), "０２８-８６６６", "028-8666"),
    (Score(), "92.5分", "92.5"),
    (Score(), "91.66666666666667", "91.67"),
    (Score(), "91.125", "91.13"),
    (Score(), "92.99999999999999", "93"),
    (Score(), "89.99999999999999分", "90"),
    (Day(), "2020-03-11", "2020-03-11"),
    (Day(), "2020-03-11 08:00:00", "2020-03-11"),
    (Day(), "2020-03-11 08:00", "2020-03-11"),
    (Day(), "2020/3/11 8:05:30.250", "2020-03-11"),
    (Day(), "2020/3/11", "2020-03-11"),
    (Day(), "2020.3.11", "2020-03-11"),
    (Day(), "２０２０．３．１１", "2020-03-11"),
    (Day(), "2020年3月11日", "2020-03-11"),
    (Day(), "2020 年 3 月 11 日", "2020-03-11"),
    (Day(), "2020年3月", "2020-03"),
    (Day(), "2020-03", "2020-03"),
    (Day(), "20200311", "2020-03-11"),
    (Day(), "2020.03", "2020-03"),
    (Day(), "2019.12", "2019-12"),
    (Day(), "43901", "2020-03-11"),
    (Day(), "32874", "1990-01-01"),
    (Year(), "2019年度", "2019"),
    (Year(), "2019年", "2019"),
    (Whole(0, 9), "２", 2),
    (Whole(0, 9), "9个", 9),
    (Whole(0, 9), "9.0 个", 9),
    (Count(0, 9, required=True), "", 0),
    (Count(0, 9, required=True), "——", 0),
    (PersonCode(), "P0001", "P0001"),
    (PersonCode(), "0", "0"),
    (YesNo(), "是", True),
    (YesNo(), "否", False),
    (YesNo(), "√", True),
    (YesNo(), "Y", True),
    (YesNo(), "×", False),
    (YesNo("★"), "★", True),
    (Year(), "2019", "2019"),
    (Whole(0, 9), "0", 0),
    (Whole(0, 9), "9", 9),
]

REFUSED = [
    (Text(), "牛\x00市", "text-control"),
    (Text(), "牛\x1b[31m市", "text-control"),
    (Name(3), "牛市口街", "text-long"),
    (UnitCode(), "51010402", "code-form"),
    (UnitCode(), "5101040261", "code-form"),
    (UnitCode(), "510104026.5", "code-form"),
    (UnitCode(), "5.10104E+08", "code-form"),
    (UnitCode(), "13800138000", "code-form"),
    (UnitCode(), "X-51-001", "code-form"),
    (UnitCode(), "X-5101-", "code-form"),
    (UnitCode(), "x-5101-001", "code-form"),
    (UnitCode(), "X-5101-" + "1" * 60, "code-form"),
    (PersonCode(), "抽验员甲", "person-code-form"),
    (PersonCode(), "-1", "person-code-form"),
    (PersonCode(), "P" * 65, "person-code-form"),
    (YesNo(), "★", "yes-no"),
    (YesNo(), "好", "yes-no"),
    (YesNo(), "TRUE", "yes-no"),
    (Year(), "19", "year-form"),
    (Year(), "1899", "year-form"),
    (Whole(0, 9), "10", "number-form"),
    (Whole(1, 9), "0", "number-form"),
    (Whole(0, 9), "1.5", "number-form"),
    (Whole(0, 9), "-1", "number-form"),
    (Whole(0, 9), "01", "number-form"),
    (Score(), "优", "score-form"),
    (Score(), "-1", "score-form"),
    (Day(), "2020", "day-form"),
    (Day(), "2020.3", "day-form"),
    (Day(), "32873", "day-form"),
    (Day(), "54790", "day-form"),
    (Day(), "43901.5", "day-form"),
    (Day(), "2020.13", "day-none"),
    (Day(), "3月11日", "day-form"),
    (Day(), "2020.3.11 2023.3.10", "day-form"),
    (Day(), "2020-03-111", "day-form"),
    (Day(), "2020.3.2021", "day-form"),
    (Day(), "2020.3.11.", "day-form"),
    (Day(), "2020-03-11 8", "day-form"),
    (Day(), "2020-13-01", "day-none"),
    (Day(), "2020年2月30日", "day-none"),
    (Day(), "0200-01-01", "day-form"),
]


@pytest.mark.parametrize(("cell", "text", "value"), TAKEN)
def test_a_cell_reads_as_a_value(cell, text, value):
    assert cell.deserialize(text) == value


@pytest.mark.parametrize(("cell", "text", "code"), REFUSED)
def test_a_wrong_cell_is_refused_with_a_code_and_what_was_found(cell, text, code):
    with pytest.raises(ValidationError) as refusal:
        cell.deserialize(text)
    (problem,) = refusal.value.messages
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert "found" in problem.params


@pytest.mark.parametrize("text", ["", "/", "—", "无"])
def test_a_dash_in_a_cell_that_may_be_empty_is_nothing(text):
    assert UnitCode(load_default=None).deserialize(text) is None
    with pytest.raises(ValidationError):
        UnitCode(required=True).deserialize(text)


def test_what_was_found_is_shown_short_and_on_one_line():
    with pytest.raises(ValidationError) as refusal:
        YesNo().deserialize("不\n" * 100)
    found = refusal.value.messages[0].params["found"]
    assert len(found) == 60
    assert found.isprintable()


def test_the_limits_of_a_number_are_told():
    with pytest.raises(ValidationError) as refusal:
        Whole(1, 9999).deserialize("x")
    assert refusal.value.messages == [Problem("number-form", {"found": "x", "least": 1, "most": 9999})]
