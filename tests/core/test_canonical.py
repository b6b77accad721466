"""The forms of section 1: one way to write each value, and nothing else is read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import canonical
from audit_service.core.canonical import Form, Table
from audit_service.errors import FormError
from tests.strategies import AWKWARD, identifiers, times

# --- single values -------------------------------------------------------------------------------------------------

GOOD = {
    canonical.AN_IDENTIFIER: (*AWKWARD, "a", "B7", "510100", "target-2019"),
    canonical.AN_IDENTIFIER_OR_NOTHING: ("", "a"),
    canonical.A_DIGEST: ("0" * 64, "0123456789abcdef" * 4),
    canonical.A_DIGEST_OR_NOTHING: ("", "f" * 64),
    canonical.A_NUMBER: ("0", "1", "10", "9" * 4000),
    canonical.A_POSITIVE: ("1", "10", "9" * 4000),
    canonical.A_POSITIVE_OR_NOTHING: ("", "1"),
    canonical.A_PACKET: ("a-000", "north-001", "north-1000", "n-001-001", "x" * 64 + "-001"),
}
BAD = {
    canonical.AN_IDENTIFIER: (
        "",
        "-a",
        "_a",
        "a" * 65,
        "a b",
        " a",
        "a\n",
        "a.b",
        "a/b",
        "a,b",
        'a"',
        "é",
        "成都",
        "a\u0301",
        "１",
    ),
    canonical.AN_IDENTIFIER_OR_NOTHING: (" ", "\n", "-"),
    canonical.A_DIGEST: ("", "f" * 63, "f" * 65, "F" * 64, "g" * 64, "f" * 64 + "\n", "0x" + "f" * 62),
    canonical.A_DIGEST_OR_NOTHING: ("0", "F" * 64, "\n"),
    canonical.A_NUMBER: (
        "",
        "00",
        "01",
        "+1",
        "-1",
        "-0",
        "1.0",
        "1e3",
        "1_000",
        "0x1",
        " 1",
        "1\n",
        "１",
        "٣",
        "²",
        "9" * 4001,
    ),
    canonical.A_POSITIVE: ("0", "", "01", "-1"),
    canonical.A_POSITIVE_OR_NOTHING: ("0", " "),
    canonical.A_PACKET: (
        "a-01",
        "a001",
        "-001",
        "a-",
        "a-001 ",
        "a-00a",
        "a-001\n",
        "x" * 65 + "-001",
        "a-１２３",
        "é-001",
    ),
}


def cases(table: dict[Form, tuple[str, ...]]) -> list[tuple[Form, str]]:
    return [
        pytest.param(form, text, id=f"{form.name}-{text[:12]!a}") for form, texts in table.items() for text in texts
    ]


@pytest.mark.parametrize(("form", "text"), cases(GOOD))
def test_a_text_of_the_form_is_taken_as_it_is(form: Form, text: str) -> None:
    assert canonical.checked(text, form, "here") == text


@pytest.mark.parametrize(("form", "text"), cases(BAD))
def test_a_text_that_breaks_the_form_is_refused_by_name_and_place(form: Form, text: str) -> None:
    with pytest.raises(FormError) as caught:
        canonical.checked(text, form, "here")
    assert caught.value.code == "form-value"
    assert (caught.value.params["where"], caught.value.params["expected"]) == ("here", form.name)


@pytest.mark.parametrize("value", [None, True, 7, 1.5, ["a"], {"a": "b"}, b"a"], ids=repr)
def test_a_value_that_is_no_text_has_no_form(value: object) -> None:
    with pytest.raises(FormError):
        canonical.checked(value, canonical.SOME_TEXT, "here")


def test_a_long_wrong_value_is_shown_cut_short() -> None:
    with pytest.raises(FormError) as caught:
        canonical.checked("x" * 1000, canonical.A_DIGEST, "here")
    assert caught.value.params["found"] == "x" * 79 + "…"


@given(identifiers())
def test_every_identifier_that_the_other_tests_use_is_one(name: str) -> None:
    assert canonical.AN_IDENTIFIER.matches(name)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "2026-12-31"])
def test_a_real_day_is_read_and_written_alike(text: str) -> None:
    assert canonical.parse_date(text, "here").isoformat() == text


IMPOSSIBLE_DAYS = ("2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01")
MISWRITTEN_DAYS = (
    "",
    "2026-1-1",
    "20261231",
    "2026-W01-1",
    "2026-12-31 ",
    "2026-12-31\n",
    "26-12-31",
    "12026-12-31",
    "2026/12/31",
)
NO_ASCII_DAY = "２０２６-12-31"


@pytest.mark.parametrize("text", [*IMPOSSIBLE_DAYS, *MISWRITTEN_DAYS, NO_ASCII_DAY, "2026-12-31T00:00:00Z", None])
def test_what_is_no_real_day_is_refused(text: object) -> None:
    with pytest.raises(FormError):
        canonical.parse_date(text, "here")


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "2026-03-17T13:15:00Z", "9999-12-31T23:59:59Z"])
def test_a_real_time_is_read_and_written_alike(text: str) -> None:
    assert canonical.write_time(canonical.parse_time(text, "here")) == text


IMPOSSIBLE_TIMES = ("T24:00:00Z", "T23:60:00Z", "T23:59:60Z", "T23:59:61Z", "T25:00:00Z")
MISWRITTEN_TIMES = (
    "",
    "T13:15:00",
    "T13:15Z",
    "T13:15:00z",
    "t13:15:00Z",
    " 13:15:00Z",
    "T13:15:00+00:00",
    "T13:15:00.0Z",
    "T13:15:00Z\n",
)


@pytest.mark.parametrize("clock", [*IMPOSSIBLE_TIMES, *MISWRITTEN_TIMES, "T１３:15:00Z", "T1:15:00Z"])
def test_what_is_no_real_time_is_refused(clock: str) -> None:
    with pytest.raises(FormError):
        canonical.parse_time(f"2026-03-17{clock}", "here")


@pytest.mark.parametrize("day", IMPOSSIBLE_DAYS)
def test_a_time_on_an_impossible_day_is_refused(day: str) -> None:
    with pytest.raises(FormError):
        canonical.parse_time(f"{day}T00:00:00Z", "here")


@given(times())
def test_any_moment_is_read_back_as_it_was_written(moment: datetime) -> None:
    assert canonical.parse_time(canonical.write_time(moment), "here") == moment


def test_a_moment_of_another_zone_is_written_in_utc_to_the_second() -> None:
    beijing = datetime(2026, 3, 17, 21, 15, 0, 999999, tzinfo=timezone(timedelta(hours=8)))
    assert canonical.write_time(beijing) == "2026-03-17T13:15:00Z"


@given(st.dates())
def test_any_day_is_read_back_as_it_was_written(day: date) -> None:
    assert canonical.parse_date(day.isoformat(), "here") == day


def test_a_time_that_was_read_knows_that_it_is_utc() -> None:
    assert canonical.parse_time("2026-03-17T13:15:00Z", "here").tzinfo is UTC


def test_two_names_that_differ_by_case_alone_are_both_shown() -> None:
    with pytest.raises(FormError) as caught:
        canonical.no_case_twins("unit", ["a1", "b", "A1"], "here")
    assert caught.value.params == {"where": "here", "kind": "unit", "first": "a1", "second": "A1"}


def test_one_name_may_occur_many_times() -> None:
    canonical.no_case_twins("unit", ["a", "b", "a"], "here")


# --- JSON ----------------------------------------------------------------------------------------------------------

PLAIN = st.recursive(
    st.text(), lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4), max_leaves=12
)


@given(PLAIN)
def test_json_of_strings_lists_and_objects_is_read_back_as_it_was_written(value: object) -> None:
    assert canonical.read_json(canonical.write_json(value), "here") == value


@given(PLAIN, st.booleans(), st.sampled_from((None, 1)), st.sampled_from(((",", ":"), (", ", ": "))))
def test_json_written_in_any_other_way_is_refused(
    value: object, ascii_only: bool, indent: int | None, joints: tuple
) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent, separators=joints).encode()
    if data == canonical.write_json(value):
        assert canonical.read_json(data, "here") == value
    else:
        with pytest.raises(FormError):
            canonical.read_json(data, "here")


def test_the_keys_of_json_stand_in_the_order_of_their_utf16_units_as_in_rfc_8785() -> None:
    keys = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical.write_json(dict.fromkeys(reversed(keys), ""))
    assert list(json.loads(written)) == keys


DEEP = 100_000
NOT_JSON: dict[str, bytes] = {
    "nothing": b"",
    "a blank": b" ",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a line end at the end": b"{}\n",
    "a blank before": b" {}",
    "a blank within": b'["a", "b"]',
    "keys out of order": b'{"b":"","a":""}',
    "a key twice": b'{"a":"","a":""}',
    "a key twice, written differently": b'{"a":"","\\u0061":""}',
    "a key twice, deep within": b'[{"k":{"a":"","a":"x"}}]',
    "a key twice that is half a character": b'{"\\ud800":"","\\ud800":""}',
    "an escape that is not needed": b'["\\u0061"]',
    "an escaped slash": b'["\\/"]',
    "an escape in upper case": b'["\\u001F"]',
    "a raw control character": b'["\x1f"]',
    "a whole number": b"[7]",
    "nought": b"[0]",
    "a fraction": b"[1.5]",
    "a huge number": b"[1e999]",
    "a number of many digits": b"[" + b"9" * 5000 + b"]",
    "true": b"[true]",
    "false": b"[false]",
    "null": b"[null]",
    "null alone": b"null",
    "NaN": b"[NaN]",
    "infinity": b"[-Infinity]",
    "a lone surrogate": b'["\\ud800"]',
    "a lone surrogate as a key": b'{"\\udfff":""}',
    "a lone surrogate in utf-8": b'["\xed\xa0\x80"]',
    "a pair of surrogates escaped": b'["\\ud83d\\ude00"]',
    "no utf-8": b'["\xff"]',
    "an overlong slash": b'["\xc0\xaf"]',
    "utf-16": '["a"]'.encode("utf-16"),
    "a trailing comma": b'["a",]',
    "single quotes": b"['a']",
    "a comment": b'["a"]//',
    "two values": b'["a"]["b"]',
    "half a value": b'["a"',
    "a nul at the end": b"{}\x00",
    "lists without end": b"[" * DEEP,
    "lists nested deeply": b"[" * DEEP + b"]" * DEEP,
    "lists nested as deeply as the parser goes": b"[" * 900 + b"]" * 900,
    "objects nested deeply": b'{"a":' * DEEP + b'""' + b"}" * DEEP,
}


@pytest.mark.parametrize("data", NOT_JSON.values(), ids=NOT_JSON)
def test_json_that_is_not_canonical_is_refused_and_raises_nothing_else(data: bytes) -> None:
    with pytest.raises(FormError):
        canonical.read_json(data, "here")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "form-json"),
        (b'{"a":"","a":""}', "form-json-key-twice"),
        (b'{"a": ""}', "form-json-not-canonical"),
        (b"[1]", "form-json-not-canonical"),
    ],
)
def test_the_refusal_of_json_says_what_is_wrong(data: bytes, code: str) -> None:
    with pytest.raises(FormError) as caught:
        canonical.read_json(data, "here")
    assert (caught.value.code, caught.value.params["where"]) == (code, "here")


def test_what_a_refusal_shows_of_a_key_can_be_printed() -> None:
    with pytest.raises(FormError) as caught:
        canonical.read_json(NOT_JSON["a key twice that is half a character"], "here")
    assert caught.value.params["key"] == "\\ud800"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"a": ""}, "form-json-key-missing"),
        ({"a": "", "b": "", "c": ""}, "form-json-key-unknown"),
        ([], "form-json-object"),
    ],
)
def test_an_object_has_exactly_its_keys(value: object, code: str) -> None:
    with pytest.raises(FormError) as caught:
        canonical.keyed(value, ("a", "b"), "here")
    assert caught.value.code == code


def test_a_list_is_a_list() -> None:
    assert canonical.listed(["a"], "here") == ["a"]
    with pytest.raises(FormError):
        canonical.listed({"a": ""}, "here")


# --- tables --------------------------------------------------------------------------------------------------------

TOWNS = Table((("town", canonical.AN_IDENTIFIER), ("size", canonical.A_NUMBER)), ("town",), (("town", ("town",)),))


def test_a_table_is_its_header_and_its_sorted_rows_each_with_a_line_end() -> None:
    assert TOWNS.write([("b", "10"), ("a-", "9"), ("a", "0")]) == b"town,size\na,0\na-,9\nb,10\n"


def test_a_table_without_rows_is_its_header() -> None:
    assert TOWNS.write([]) == b"town,size\n"
    assert TOWNS.read(b"town,size\n", "here") == []


def test_rows_stand_in_the_order_of_the_bytes_of_the_whole_line() -> None:
    pairs = Table((("n", canonical.A_NUMBER), ("town", canonical.AN_IDENTIFIER)), ("n", "town"))
    rows = [("10", "a"), ("1", "b"), ("2", "a"), ("1", "B")]
    assert pairs.read(pairs.write(rows), "here") == [("1", "B"), ("1", "b"), ("10", "a"), ("2", "a")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("town,size\né,1\n".encode(), "form-table-ascii"),
        (b"town;size\n", "form-table-header"),
        (b"town,size\na,1\nb,01\n", "form-table-row"),
        (b"town,size\na,1\nb,1", "form-table-end"),
        (b"town,size\na,1\nc,1\nb,1\n", "form-table-order"),
        (b"town,size\na,1\na,2\n", "form-table-key-twice"),
        (b"town,size\nA,1\na,2\n", "form-case-twins"),
    ],
)
def test_the_refusal_of_a_table_says_what_is_wrong(data: bytes, code: str) -> None:
    with pytest.raises(FormError) as caught:
        TOWNS.read(data, "here")
    assert (caught.value.code, caught.value.params["where"]) == (code, "here")


@pytest.mark.parametrize(
    ("body", "row"), [(b"a,1\nb,01\nc,1\n", 3), (b"b,1\na,1\n", 3), (b"a,1\nb,1\nb,2\n", 4), (b"a,1\n\nb,1\n", 3)]
)
def test_the_refusal_of_a_row_counts_as_a_spreadsheet_does(body: bytes, row: int) -> None:
    with pytest.raises(FormError) as caught:
        TOWNS.read(b"town,size\n" + body, "here")
    assert caught.value.params["row"] == row
