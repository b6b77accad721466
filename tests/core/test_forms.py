"""Every form of file: what was written is read back, and whatever is written in another way is refused (section 1)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_service.core import canonical
from audit_service.errors import FormError
from tests.core.forms import FORMS, JSONS, TABLES, FileForm, Steps, TableForm, changed, dumped, paths

DEEP = 100_000


def form_named(name: str) -> FileForm:
    return next(form for form in FORMS if form.name == name)


def refusal(form: FileForm, data: bytes) -> FormError:
    """The refusal of these bytes: there is one, and it names the file."""
    with pytest.raises(FormError) as caught:
        form.read(data)
    assert caught.value.params["where"].startswith(form.name)
    return caught.value


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_file_is_read_back_and_written_alike(form: FileForm) -> None:
    assert form.write(form.read(form.example)) == form.example


def _first_comma(data: bytes, new: bytes) -> bytes:
    head, body = data.split(b"\n", 1)
    return head + b"\n" + body.replace(b",", new, 1)


def _first_row(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join([lines[0], change(lines[1]), *lines[2:]])


def _swapped(data: bytes, first: int, second: int) -> bytes:
    lines = data.split(b"\n")
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


BROKEN_TABLES: dict[str, Callable[[bytes], bytes]] = {
    "nothing at all": lambda data: b"",
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "windows line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "old mac line ends": lambda data: data.replace(b"\n", b"\r"),
    "one windows line end": lambda data: data[:-1] + b"\r\n",
    "no last line end": lambda data: data[:-1],
    "a blank line at the end": lambda data: data + b"\n",
    "a blank line before": lambda data: b"\n" + data,
    "a blank line after the header": lambda data: data.replace(b"\n", b"\n\n", 1),
    "a blank at the end": lambda data: data + b" ",
    "a nul at the end": lambda data: data + b"\x00",
    "no header": lambda data: data.split(b"\n", 1)[1],
    "the header alone, without line end": lambda data: data.split(b"\n", 1)[0],
    "the header in upper case": lambda data: data.split(b"\n", 1)[0].upper() + b"\n" + data.split(b"\n", 1)[1],
    "a column more in the header": lambda data: data.replace(b"\n", b",more\n", 1),
    "a quoted field": lambda data: _first_row(data, lambda row: b'"' + row.replace(b",", b'",', 1)),
    "quotes around each field": lambda data: _first_row(data, lambda row: b'"' + row.replace(b",", b'","') + b'"'),
    "a field more": lambda data: _first_row(data, lambda row: row + b",more"),
    "an empty field more": lambda data: _first_row(data, lambda row: row + b","),
    "a field less": lambda data: _first_row(data, lambda row: row.rpartition(b",")[0]),
    "an empty first field": lambda data: _first_row(data, lambda row: b"," + row.split(b",", 1)[1]),
    "semicolons": lambda data: data.replace(b",", b";"),
    "tabs": lambda data: _first_comma(data, b"\t"),
    "a blank after a comma": lambda data: _first_comma(data, b", "),
    "a blank before a comma": lambda data: _first_comma(data, b" ,"),
    "a blank before a row": lambda data: _first_row(data, lambda row: b" " + row),
    "a latin letter with an accent": lambda data: _first_row(data, lambda row: "é".encode() + row),
    "a chinese character": lambda data: _first_row(data, lambda row: row + "市".encode()),
    "a full-width digit": lambda data: _first_row(data, lambda row: "１".encode() + row),
    "no utf-8": lambda data: _first_row(data, lambda row: b"\xff" + row),
    "a comment": lambda data: _first_row(data, lambda row: row + b"\n# note"),
    "rows out of order": lambda data: _swapped(data, 1, 2),
    "a row twice": lambda data: _first_row(data, lambda row: row + b"\n" + row),
}


@pytest.mark.parametrize("broken", BROKEN_TABLES.values(), ids=BROKEN_TABLES)
@pytest.mark.parametrize("form", TABLES, ids=str)
def test_a_table_with_any_flaw_is_refused(form: TableForm, broken: Callable[[bytes], bytes]) -> None:
    refusal(form, broken(form.example))


def _unlike(text: str) -> str:
    """Another text of the same form."""
    if text == "":
        return "7"
    return text[:-1] + ("8" if text[-1] != "8" else "7")


KEYED_TABLES = [form for form in TABLES if set(form.table.key) != set(form.columns)]


@pytest.mark.parametrize("form", KEYED_TABLES, ids=str)
def test_a_key_occurs_once_whatever_the_rest_of_the_row_says(form: TableForm) -> None:
    row = form.rows[0]
    twin = [field if name in form.table.key else _unlike(field) for name, field in zip(form.columns, row, strict=True)]
    assert refusal(form, form.table.write([row, twin])).code == "form-table-key-twice"


@pytest.mark.parametrize("form", TABLES, ids=str)
def test_rows_that_differ_in_one_column_of_the_key_are_different_rows(form: TableForm) -> None:
    row = form.rows[0]
    place = form.columns.index(form.table.key[-1])
    twin = [_unlike(field) if number == place else field for number, field in enumerate(row)]
    assert len(form.read(form.table.write([row, twin]))) == 2


TWIN_COLUMNS = [(form, column) for form in TABLES for _, columns in form.table.kinds for column in columns]


@pytest.mark.parametrize(("form", "column"), TWIN_COLUMNS, ids=str)
def test_identifiers_of_a_kind_do_not_differ_by_case_alone(form: TableForm, column: str) -> None:
    row, place = form.rows[0], form.columns.index(column)
    twin = [_unlike(field) if name in form.table.key else field for name, field in zip(form.columns, row, strict=True)]
    twin[place] = row[place].swapcase()
    assert refusal(form, form.table.write([row, twin])).code == "form-case-twins"


def test_the_columns_that_hold_identifiers_are_those_of_the_protocol() -> None:
    held = {form.name: {column for _, columns in form.table.kinds for column in columns} for form in TABLES}
    assert held == {
        "frame.csv": {"unit", "stratum", "city"},
        "exclusions.csv": {"unit", "stratum", "ground"},
        "inspectors.csv": {"inspector", "pool", "role", "city"},
        "recusals.csv": {"inspector", "unit"},
        "substitutions.csv": {"unit", "substitute"},
        "standing.csv": {"inspector", "role"},
        "allocation.csv": {"stratum", "city"},
        "sample.csv": {"stratum", "city", "unit"},
        "packets.csv": {"pool", "unit"},
        "assignment.csv": {"pool", "role", "inspector"},
    }


def test_a_unit_and_a_substitute_do_not_differ_by_case_alone() -> None:
    error = refusal(form_named("substitutions.csv"), b"batch,unit,substitute\n1,u1,u5\n2,U5,u6\n")
    assert (error.code, error.params["kind"]) == ("form-case-twins", "unit")


BROKEN_JSON: dict[str, Callable[[bytes], bytes]] = {
    "nothing at all": lambda data: b"",
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "a line end at the end": lambda data: data + b"\n",
    "a blank before": lambda data: b" " + data,
    "a blank after a comma": lambda data: data.replace(b",", b", ", 1),
    "indented": lambda data: json.dumps(json.loads(data), indent=1, sort_keys=True).encode(),
    "keys out of order": lambda data: _backwards(json.loads(data)),
    "the first key twice": lambda data: data[:1] + data[1:].split(b":")[0] + b':"",' + data[1:],
    "an escape that is not needed": lambda data: data.replace(b"s", b"\\u0073", 1),
    "half of it": lambda data: data[: len(data) // 2],
    "twice": lambda data: data + data,
    "in a list": lambda data: b"[" + data + b"]",
    "an empty list": lambda data: b"[]",
    "an empty object": lambda data: b"{}",
    "an empty text": lambda data: b'""',
    "null": lambda data: b"null",
    "deeply nested": lambda data: b"[" * DEEP + data + b"]" * DEEP,
}


def _backwards(value: object) -> bytes:
    def turned(part: object) -> object:
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in sorted(part, reverse=True)}
        return [turned(each) for each in part] if isinstance(part, list) else part

    return json.dumps(turned(value), separators=(",", ":")).encode()


@pytest.mark.parametrize("broken", BROKEN_JSON.values(), ids=BROKEN_JSON)
@pytest.mark.parametrize("form", JSONS, ids=str)
def test_a_json_file_with_any_flaw_is_refused(form: FileForm, broken: Callable[[bytes], bytes]) -> None:
    data = broken(form.example)
    assert data != form.example
    refusal(form, data)


def json_parts() -> list[tuple[FileForm, tuple, object]]:
    return [(form, path, part) for form in JSONS for path, part in paths(json.loads(form.example))]


@pytest.mark.parametrize(
    "wrong",
    [None, True, 7, 1.5, "\u0000", "no form", [[["x"]]], {"x": "y"}],
    ids=["null", "true", "a number", "a fraction", "a control character", "no form", "lists", "an object"],
)
def test_a_part_of_another_kind_is_refused_wherever_it_stands(wrong: object) -> None:
    for form, path, _ in json_parts():
        refusal(form, dumped(changed(json.loads(form.example), path, wrong)))


def test_a_key_too_many_or_too_few_is_refused_wherever_it_stands() -> None:
    for form, path, part in [found for found in json_parts() if isinstance(found[2], dict)]:
        less = [{key: part[key] for key in part if key != gone} for gone in part]
        for wrong in [{**part, "zzz": ""}, *less]:
            error = refusal(form, dumped(changed(json.loads(form.example), path, wrong)))
            assert error.code in {"form-json-key-unknown", "form-json-key-missing"}


JSON_TWINS = [
    ("policy.json", ("strata", 1, "stratum"), "S", "stratum"),
    ("policy.json", ("strata", 1, "method"), "Visit", "method"),
    ("teams.json", ("pools", 1, "pool"), "North", "pool"),
    ("teams.json", ("pools", 1, "strata"), ["S"], "stratum"),
    ("teams.json", ("pools", 0, "strata"), ["s", "S"], "stratum"),
    ("teams.json", ("pools", 0, "seats", 1, "role"), "Lead", "role"),
    ("teams.json", ("pools", 1, "seats", 0, "role"), "Lead", "role"),
    ("teams.json", ("pools", 0, "regions", 1), ["C"], "city"),
    ("teams.json", ("pools", 1, "regions"), [["C"]], "city"),
    ("sample-commitment.json", ("replaces",), "First", "draw"),
    ("sample-commitment.json", ("events", 0, "event"), "Table", "event"),
    ("sample-commitment.json", ("fallback", 0, "event"), "Table", "event"),
    ("round-commitment.json", ("fallback", 0, "event"), "Table", "event"),
]


@pytest.mark.parametrize(("name", "path", "twin", "kind"), JSON_TWINS)
def test_identifiers_of_a_kind_in_a_json_file_do_not_differ_by_case_alone(
    name: str, path: Steps, twin: object, kind: str
) -> None:
    form = form_named(name)
    error = refusal(form, dumped(changed(json.loads(form.example), path, twin)))
    assert (error.code, error.params["kind"]) == ("form-case-twins", kind)


@pytest.mark.parametrize("key", ["pool", "role"])
def test_pools_and_roles_of_a_proof_do_not_differ_by_case_alone(key: str) -> None:
    form = form_named("infeasible.json")
    proof = json.loads(form.example)["infeasible"][0]
    error = refusal(form, dumped({"infeasible": [proof, {**proof, key: proof[key].swapcase()}]}))
    assert (error.code, error.params["kind"]) == ("form-case-twins", key)


def test_a_file_of_proofs_has_a_proof_and_each_proof_a_packet() -> None:
    form = form_named("infeasible.json")
    proof = json.loads(form.example)["infeasible"][0]
    for proofs in ([], [proof, {**proof, "packets": []}]):
        assert refusal(form, dumped({"infeasible": proofs})).code == "infeasible-empty"


def test_identifiers_of_different_kinds_may_differ_by_case_alone() -> None:
    form = form_named("frame.csv")
    assert list(form.read(b"unit,stratum,city\nA,a,a\nB,a,a\n")) == [("A", "a", "a"), ("B", "a", "a")]


# --- anything at all -----------------------------------------------------------------------------------------------


def _is_refused_or_canonical(form: FileForm, data: bytes) -> None:
    try:
        value = form.read(data)
    except FormError:
        return
    assert form.write(value) == data


@given(st.sampled_from(FORMS), st.binary())
def test_arbitrary_bytes_are_refused_or_canonical(form: FileForm, data: bytes) -> None:
    _is_refused_or_canonical(form, data)


@given(st.sampled_from(TABLES), st.binary() | st.text().map(str.encode))
def test_arbitrary_bytes_after_a_header_are_refused_or_canonical(form: TableForm, data: bytes) -> None:
    _is_refused_or_canonical(form, form.table.header.encode() + b"\n" + data)


OFTEN = settings(max_examples=5 * settings.default.max_examples)
TELLING = [bytes([byte]) for byte in b'\x00\n\r ,-_"{}[]:\\\x80\xff0179aAfz'] + [
    b"",
    b"\\ud800",
    "é".encode(),
    b"\xef\xbb\xbf",
]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[FileForm, bytes]:
    """An example of a form in which a few bytes are not what they were."""
    form = draw(st.sampled_from(FORMS))
    data = form.example
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.sampled_from(TELLING)) + data[place + draw(st.integers(0, 2)) :]
    return form, data


@OFTEN
@given(mutated())
def test_a_file_with_some_bytes_changed_is_refused_or_canonical(given_: tuple[FileForm, bytes]) -> None:
    _is_refused_or_canonical(*given_)


@OFTEN
@given(st.sampled_from(JSONS), st.data())
def test_a_json_file_with_any_part_changed_is_refused_or_canonical(form: FileForm, data: st.DataObject) -> None:
    value = json.loads(form.example)
    path, _ = data.draw(st.sampled_from(list(paths(value))))
    new = data.draw(st.text() | st.sampled_from(("", "0", "1", "10000", "10001", "a", "A", "2026-07-01", [], {})))
    _is_refused_or_canonical(form, canonical.write_json(changed(value, path, new)))
