"""Sheets become rows of values; everything that is wrong is found at once, with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from audit_service.core.incoming import Sheet, SourceFile
from audit_service.core.labels import heading_form
from audit_service.errors import Finding, Problem
from audit_service.files.spreadsheets import read_file
from schemas.fields import RosterSchema
from schemas.header_rows import known_headings
from schemas.people import PersonIn
from schemas.recusals import RecusalIn
from schemas.rows import read_rows
from schemas.targets import TargetIn
from schemas.units import UnitIn
from tests import roster_rows
from tests.roster_rows import DEMO, PERSON, RECUSAL, TARGET, UNIT, incoming, source, units

SCHEMAS = {"roster": UnitIn, "inspectors": PersonIn, "recusals": RecusalIn, "targets": TargetIn}


def sheet(*rows: list[str], schema: RosterSchema | None = None, name: str = ""):
    table = Sheet(name, list(enumerate(map(list, rows), start=1)))
    return read_rows(schema or TargetIn(), [SourceFile("a.csv", "", (table,))])


HEADER = ["市(州)", "命名目标数", "其中民生", "复评目标数"]
ROW = ["成都市", "8", "1", "21"]


@pytest.mark.parametrize(("roster", "rows"), [("roster", 343), ("inspectors", 126), ("recusals", 1), ("targets", 21)])
def test_every_row_of_the_demo_files_is_well_formed(roster, rows):
    for suffix in ("csv", "xlsx"):
        found = read_rows(SCHEMAS[roster](), [read_file(str(DEMO / f"{roster}_demo.{suffix}"))])
        assert (len(found.rows), found.errors, found.warnings) == (rows, (), ())


def test_a_row_has_its_values_and_its_place():
    (row,) = units({"是否民生": ""}).rows
    assert row.values == {
        "city": "成都市",
        "county": "锦江区",
        "name": "牛市口街道",
        "kind": "街道",
        "unit": "510104026",
        "status": "2019年目标任务",
        "target_year": "2019",
        "livelihood": None,
    }
    assert (row.source.file, row.source.sheet, row.number) == ("1.csv", "", 2)


def test_all_errors_of_a_row_are_found_at_once_and_its_other_values_kept():
    found = units({"单位编码": "1", "是否民生": "不", "建设单位名称": "", "目标下达年度": "#REF!"})
    assert {(error.row, error.column, error.problem.code) for error in found.errors} == {
        (2, "单位编码", "code-form"),
        (2, "是否民生", "yes-no"),
        (2, "建设单位名称", "cell-empty"),
        (2, "目标下达年度", "formula-error"),
    }
    assert set(found.rows[0].values) == {"city", "county", "kind", "status"}


def test_errors_of_all_files_are_found_at_once():
    found = incoming(TargetIn(), [TARGET | {"其中民生": "x"}], [TARGET | {"市(州)": ""}])
    assert [(error.file, error.problem.code) for error in found.errors] == [
        ("1.csv", "number-form"),
        ("2.csv", "cell-empty"),
    ]


def test_a_file_that_could_not_be_read_is_among_the_errors():
    error = Finding("b.xlsx", "", 0, "", Problem("file-password"))
    found = read_rows(TargetIn(), [source([TARGET], "a.csv"), SourceFile("b.xlsx", "", (), (error,))])
    assert (len(found.rows), found.errors) == (1, (error,))


def test_a_formula_error_is_told_in_any_column_even_where_text_may_stand():
    assert [error.problem.code for error in units({"建设单位名称": "#N/A"}).errors] == ["formula-error"]


def test_a_cell_that_may_be_empty_reads_as_its_default():
    assert [row.values["may_lead"] for row in roster_rows.people({"可任组长": ""}, {"人员编号": "C2"}).rows] == [
        False,
        True,
    ]
    assert units({"目标下达年度": ""}).rows[0].values["target_year"] == ""


@pytest.mark.parametrize("heading", ["市（州）", " 市 (州)", "市\n(州)", "市(州）"])
def test_headings_match_whatever_their_width_and_spaces(heading):
    found = sheet([heading, *HEADER[1:]], ROW)
    assert (found.errors, found.warnings) == ((), ())
    assert found.rows[0].finding("city", "x").column == heading


def test_columns_may_stand_in_any_order():
    assert sheet(HEADER[::-1], ROW[::-1]).rows[0].values == sheet(HEADER, ROW).rows[0].values


def test_a_missing_column_is_an_error_that_names_the_heading_probably_meant():
    found = sheet(["市(州)", "命名指标", "其中民生", "复评目标数"], ROW)
    (error,) = found.errors
    assert (error.row, error.column, error.problem.code) == (1, "命名目标数", "column-missing")
    assert error.problem.params["near"] == "命名指标"


def test_the_other_columns_are_still_read_where_one_is_missing():
    found = sheet(HEADER[:3], ["成都市", "8", "x"])
    assert [error.problem.code for error in found.errors] == ["column-missing", "number-form"]
    assert found.rows[0].values == {"city": "成都市", "naming": 8}


def test_a_strange_column_is_a_warning_and_the_row_number_is_not():
    found = sheet([*HEADER, "备注", "序号"], [*ROW, "x", "1"])
    assert [(w.column, w.problem.code) for w in found.warnings] == [("备注", "column-unknown")]


@pytest.mark.parametrize(
    ("schema", "field", "heading"),
    [
        *(
            (UnitIn(), "assessors", heading)
            for heading in ("评审专家", "评定专家组成员", "验收专家", "专家组成员（必填）")
        ),
        *((UnitIn(), "coach", heading) for heading in ("技术支撑机构", "辅导单位名称", "技术服务机构")),
        *((PersonIn(), "avoids", heading) for heading in ("回避单位及事由", "回避单位及原因", "应回避单位")),
        (UnitIn(), "livelihood", "是否属于民生目标"),
    ],
)
def test_columns_that_bear_a_recusal_are_known_by_what_offices_call_them(schema, field, heading):
    assert known_headings(schema).get(heading_form(heading)) == field


@pytest.mark.parametrize(
    ("schema", "rows", "heading", "near"),
    [
        (UnitIn(), {**UNIT, "辅导单位及人员": "x"}, "辅导单位及人员", "辅导单位"),
        (UnitIn(), {**{k: v for k, v in UNIT.items() if k != "单位编码"}, "单位编号": "1"}, "单位编号", "单位编码"),
        (PersonIn(), {**PERSON, "本人回避单位与理由": "x"}, "本人回避单位与理由", "回避单位及理由"),
        (PersonIn(), {**PERSON, "食宿要求": "x"}, "食宿要求", ""),
    ],
)
def test_of_a_strange_column_the_heading_probably_meant_is_offered(schema, rows, heading, near):
    (warning,) = incoming(schema, [rows]).warnings
    assert (warning.column, warning.problem.code, warning.problem.params["near"]) == (heading, "column-unknown", near)


def test_an_employer_and_a_post_in_one_column_are_not_taken_for_the_employer_but_offered():
    row = {**{k: v for k, v in PERSON.items() if k != "工作单位"}, "工作单位及职务": "成都市应急管理局科长"}
    (error,) = [e for e in incoming(PersonIn(), [row]).errors if e.problem.code == "column-missing"]
    assert (error.column, error.problem.params["near"]) == ("工作单位", "工作单位及职务")


def test_a_heading_that_stands_twice_is_an_error():
    found = sheet([*HEADER, "市（州）", "备注", "备注"], [*ROW, "自贡市", "", ""])
    assert [(e.column, e.problem.code) for e in found.errors] == [
        ("市（州）", "column-twice"),
        ("备注", "column-twice"),
    ]


def test_a_sheet_without_any_known_heading_is_one_error():
    found = sheet(["填表说明"], ["请认真填写"], name="说明")
    assert [(e.sheet, e.row, e.column, e.problem.code) for e in found.errors] == [
        ("说明", 1, "", "sheet-without-header")
    ]
    assert found.rows == ()


def test_what_stands_under_no_heading_is_an_error_at_its_first_row():
    found = sheet([*HEADER, ""], [*ROW, ""], [*ROW, "多出"], [*ROW, "又多出"])
    assert [(e.row, e.problem.code, e.problem.params["found"]) for e in found.errors] == [(3, "heading-empty", "多出")]


def test_a_header_without_rows_is_a_warning():
    found = sheet(HEADER)
    assert ([w.problem.code for w in found.warnings], found.errors, found.rows) == (["no-rows"], (), ())


def test_only_the_columns_that_the_office_can_do_without_may_be_missing():
    without = {heading: text for heading, text in PERSON.items() if heading != "人员编号"}
    found = incoming(PersonIn(), [without])
    assert found.errors == ()
    assert found.rows[0].source.absent == {
        *("inspector", "capacity", "post", "rank", "speciality"),
        *("available_from", "available_to", "avoids", "mobile"),
    }
    assert found.rows[0].finding("inspector", "x").column == "人员编号"


@pytest.mark.parametrize(("said", "differs"), [("9", False), ("10", True), ("", False), ("九", False)])
def test_a_total_of_targets_is_no_city_and_is_added_up(said, differs):
    found = sheet(HEADER, ROW, ["自贡市", "1", "0", "0"], ["合 计", said, "1", "21"])
    codes = [warning.problem.code for warning in found.warnings]
    assert (len(found.rows), found.errors) == (2, ())
    assert codes == ["total-differs", "rows-total"] if differs else ["rows-total"]


@pytest.mark.parametrize("nothing", ["", "—", "/"])
def test_an_empty_number_of_the_annex_is_none_and_told(nothing):
    found = sheet(
        ["市(州)", "命名目标", "其中民生", "复评目标"], ["成都市", "9个", nothing, "21"], ["自贡市", "1", nothing, "0"]
    )
    assert [row.values for row in found.rows] == [
        {"city": "成都市", "naming": 9, "livelihood": 0, "re_evaluation": 21},
        {"city": "自贡市", "naming": 1, "livelihood": 0, "re_evaluation": 0},
    ]
    assert [(w.row, w.column, w.problem.code, w.problem.params["count"]) for w in found.warnings] == [
        (2, "命名目标", "cells-mended", 1),
        (2, "其中民生", "counts-nought", 2),
    ]


@pytest.mark.parametrize("label", ["全省", "总数", "共计（21个市州）", "全 省"])
@pytest.mark.parametrize("numbering", [[], ["序号"]])
def test_a_total_of_the_annex_may_be_called_the_whole_province(label, numbering):
    found = sheet([*numbering, *HEADER], [*numbering, *ROW], ["" for _ in numbering] + [label, "9", "1", "21"])
    assert [warning.problem.code for warning in found.warnings] == ["total-differs", "rows-total"]
    assert (found.warnings[0].problem.params, len(found.rows), found.errors) == ({"found": 9, "counted": 8}, 1, ())


def test_a_county_that_is_said_to_be_the_whole_city_is_no_total():
    (row,) = units({"县(市、区)": "全市", "单位编码": ""}).rows
    assert row.values["county"] == "全市"


@pytest.mark.parametrize(
    "note", [["备注", "截至3月"], ["填表人：甲", "审核人：乙"], ["注：民生目标含在内"], ["", "说明：略"]]
)
def test_notes_below_the_table_are_no_data(note):
    found = sheet(HEADER, ROW, [*note, "", "", ""][:4])
    assert (len(found.rows), found.errors) == (1, ())
    assert [warning.problem.code for warning in found.warnings] == ["rows-note"]


def test_groups_of_columns_are_headed_by_both_rows():
    upper = [*PERSON, "可参加时间", "", "手机号码"]
    lower = [""] * len(PERSON) + ["起", "止", ""]
    found = sheet(upper, lower, [*PERSON.values(), "2020/4/1", "2020.4.20", "139"], schema=PersonIn())
    assert (found.errors, found.warnings) == ((), ())
    values = found.rows[0].values
    assert (values["available_from"], values["available_to"], values["mobile"]) == ("2020-04-01", "2020-04-20", "139")
    assert found.rows[0].finding("available_from", "x").column == "可参加时间起"


GROUPS = [
    (UNIT, "有效期", ["起", "止"], ["2019-01-01", "2022-01-01"], {"valid_until": "2022-01-01"}),
    (UNIT, "有效期", ["自", "至"], ["2019-01-01", "2022-01-01"], {"valid_until": "2022-01-01"}),
    (UNIT, "市级复评情况", ["得分", "结论"], ["90", "合格"], {"city_score": "90", "city_result": "合格"}),
    (UNIT, "联系方式", ["联系人", "电话"], ["张三", "139"], {"contact": "张三", "phone": "139"}),
    (
        UNIT,
        "现场评定情况",
        ["时间", "得分", "专家"],
        ["2019.11.5", "90", "甲"],
        {"assessed_on": "2019-11-05", "assessed_score": "90", "assessors": "甲"},
    ),
    (
        UNIT,
        "命名情况",
        ["文号", "时间", "有效期"],
        ["川安办〔2019〕1号", "2019.11.5", "2022.11.5"],
        {"naming_document": "川安办〔2019〕1号", "named_on": "2019-11-05", "valid_until": "2022-11-05"},
    ),
    (
        {"市(州)": "成都市", "复评目标数": "21"},
        "命名目标数",
        ["总数", "其中民生"],
        ["8", "1"],
        {"naming": 8, "livelihood": 1},
    ),
]


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize(("usual", "group", "subs", "cells", "expected"), GROUPS)
def test_a_group_that_is_a_heading_itself_or_called_the_state_of_something_heads_with_the_row_below(
    usual, group, subs, cells, expected, merged
):
    upper = [*usual, group, *[""] * (len(subs) - 1), "备注"]
    lower = [*(usual if merged else [""] * len(usual)), *subs, "备注" if merged else ""]
    schema = UnitIn() if usual is UNIT else TargetIn()
    found = sheet(["附件"] + [""] * (len(upper) - 1), upper, lower, [*usual.values(), *cells, ""], schema=schema)
    assert found.errors == ()
    (row,) = found.rows
    assert expected.items() <= row.values.items()


@pytest.mark.parametrize("first", [["", "", "", "", "一、命名"], ["", "", "", "", "优"]])
def test_a_first_row_of_little_is_no_second_row_of_headings(first):
    found = sheet([*HEADER, "考核"], first, [*ROW, "良"])
    assert [row.number for row in found.rows if row.values["city"] == "成都市"] == [3]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2027-03-01", "2027-04-01"], ["days-first"]),
        (["2027-03-01", "2027-04-02"], []),
        (["2027-03-01", "2027年4月"], []),
        (["2027-03-01", ""], []),
    ],
)
def test_a_column_of_firsts_may_have_been_months_and_is_told_of(days, told):
    found = units(*({"有效期至": day, "单位编码": f"51010402{n}"} for n, day in enumerate(days)))
    assert [(w.column, w.problem.code) for w in found.warnings] == [("有效期至", code) for code in told]


def test_findings_can_be_put_in_the_order_of_the_files():
    found = incoming(TargetIn(), [TARGET, TARGET], [TARGET])
    first, second, third = (row.finding("city", "x") for row in found.rows)
    assert found.in_order([third, second, first]) == [first, second, third]


@pytest.mark.parametrize(
    ("schema", "usual"), [(UnitIn, UNIT), (PersonIn, PERSON), (RecusalIn, RECUSAL), (TargetIn, TARGET)]
)
def test_reading_by_columns_says_what_loading_each_row_says(schema, usual):
    texts = st.sampled_from(
        ["", "是", "8", "2019", "510104026", "X-5101-1", "C1", "成都市", "x y", "\x01", *usual.values()]
    )

    @given(st.lists(st.fixed_dictionaries(dict.fromkeys(usual, texts)), min_size=1, max_size=4))
    def agree(rows):
        found = incoming(schema(), rows)
        for number, row in enumerate(rows, start=2):
            if sum(map(bool, row.values())) < 2:
                continue  # no file has an empty row; of a lone cell only that is told
            wrong = {error.column: error.problem for error in found.errors if error.row == number}
            try:
                values, errors = schema().load(row), {}
            except ValidationError as error:
                values, errors = error.valid_data, error.messages
            known = next((known.values for known in found.rows if known.number == number), values)
            assert {name: value for name, value in values.items() if name in known} == known
            assert {heading: [problem] for heading, problem in wrong.items()} == {
                heading: [m if isinstance(m, Problem) else Problem(m) for m in messages]
                for heading, messages in errors.items()
            }

    agree()


def test_a_field_that_is_no_cell_is_a_mistake_of_ours():
    class Odd(RosterSchema):
        city = fields.String(data_key="市(州)")
        naming = fields.String(data_key="命名目标数")

    with pytest.raises(TypeError):
        sheet(HEADER, ROW, schema=Odd())
