"""What the service answers to strangers, and what hostile files may try."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from audit_service.core.rights import Right
from audit_service.files.excel import Group, TableSheet, write_workbook
from audit_service.web.access import access
from audit_service.web.application import HEADERS
from audit_service.web.uploads import MOST_BYTES, MOST_FILES, MOST_WITHOUT
from tests.roster_rows import DEMO
from tests.web.desk import Desk

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)


# --- answers --------------------------------------------------------------------------------------------------------


def test_every_kind_of_answer_has_the_headers_that_keep_browsers_out_of_trouble(play: Desk) -> None:
    @access(Right.ANYBODY)
    def breaks() -> str:
        raise ValueError("the password is 7")

    play.app.view_functions["docs.page"], page = breaks, play.app.view_functions["docs.page"]
    try:
        broken = play.ask("GET", "/api/docs")
    finally:
        play.app.view_functions["docs.page"] = page
    assert broken.status_code == 500
    tag = play.ask("GET", "users/second", "root").headers["ETag"]
    too_long = {"CONTENT_LENGTH": str(MOST_BYTES + 1)}
    signed = {"Authorization": f"Bearer {play.tokens['office']}"}
    client = play.app.test_client(use_cookies=False)
    large = client.post("/api/v1/draws", json={}, headers=signed, environ_overrides=too_long)
    answers = {
        200: [play.ask("GET", path) for path in ("draws", "/healthz", "/api/docs", "/static/api.js", "openapi.json")],
        304: [play.ask("GET", "users/second", "root", If_None_Match=tag)],
        401: [play.ask("GET", "me"), play.ask("GET", "me", "wrong")],
        403: [play.ask("POST", "draws", "auditor", json={})],
        404: [play.ask("GET", "/nothing"), play.ask("GET", "draws/none"), play.ask("GET", "/api/docs/none")],
        405: [play.ask("DELETE", "/healthz")],
        413: [large],
        422: [play.ask("POST", "draws", "office", json={"x": "<script>"})],
        500: [broken],
    }
    for status, found in answers.items():
        for answer in found:
            assert answer.status_code == status, answer.request.path
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS, answer.request.path
            assert "Server" not in answer.headers


def test_a_failure_tells_nothing_of_itself(play: Desk) -> None:
    @access(Right.ANYBODY)
    def breaks() -> str:
        raise ValueError("the password is 7")

    page = play.app.view_functions["docs.page"]
    play.app.view_functions["docs.page"] = breaks
    try:
        answer = play.ask("GET", "/api/docs")
    finally:
        play.app.view_functions["docs.page"] = page
    assert (answer.status_code, answer.json["code"]) == (500, "http-500")
    for word in ("ValueError", "password", "Traceback", ".py", "breaks"):
        assert word not in answer.text


def test_the_pages_of_the_api_have_no_script_and_no_style_in_them_and_load_nothing_from_elsewhere(play: Desk) -> None:
    page = play.ask("GET", "/api/docs").text
    for wrong in ("<style", "style=", "onload=", "onclick=", "javascript:", "http://", "https://"):
        assert wrong not in page
    assert page.count("<script ") == page.count("<script src=") == page.count("></script>")


def test_what_a_stranger_sends_is_not_said_back_as_a_page(play: Desk) -> None:
    for path in ("/<script>alert(1)</script>", "draws/<img src=x onerror=alert(1)>", "units?text=<script>"):
        answer = play.ask("GET", path, "office")
        assert "html" not in answer.headers["Content-Type"]


# --- files ----------------------------------------------------------------------------------------------------------


def test_an_upload_has_a_limit_of_bytes_files_and_fields(play: Desk) -> None:
    small = [DEMO / "recusals_demo.csv"]
    many = play.ask("POST", "recusals/import", "office", files=small * (MOST_FILES + 1))
    assert (many.status_code, many.json["code"]) == (409, "upload-count")
    client = play.app.test_client(use_cookies=False)
    long = {"account": "office", "password": "x" * MOST_WITHOUT}
    assert client.post("/api/v1/session", json=long).status_code == 413
    form = {"data": b"x" * (MOST_WITHOUT + 1), "content_type": "multipart/form-data; boundary=x"}
    assert (
        client.post("/api/v1/session", **form).status_code == 413
    )  # where no files are taken, whatever it calls itself
    fields = {f"field-{number}": "x" for number in range(201)}
    signed = {"Authorization": f"Bearer {play.tokens['office']}"}
    kind = "multipart/form-data"
    assert client.post("/api/v1/recusals/import", data=fields, headers=signed, content_type=kind).status_code == 413
    assert play.ask("POST", "recusals/import", "office", files=small * 2).json["code"] == "upload-names"


def swollen() -> bytes:
    """A workbook of a few hundred bytes that says that it unpacks to 600 MB."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.infolist()[0].file_size = 600_000_000
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bomb.xlsx", swollen(), "file-unpacked-too-large"),
        ("rows.csv", b"a\n" + b"1\n" * 200_002, "file-too-many-rows"),
    ],
    ids=["swells", "too many rows"],
)
def test_a_file_that_swells_or_has_too_many_rows_is_refused_and_says_why(
    play: Desk, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    answer = play.ask("POST", "recusals/import", "office", files=[tmp_path / name])
    assert (answer.status_code, answer.json["code"]) == (409, "roster-errors")
    assert code in {error["code"] for error in answer.json["errors"]}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "\t=1", "http://x.example", "12"]
)
def test_what_looks_like_a_formula_stays_text_in_a_workbook(cell: str) -> None:
    groups = (Group(cell, ("a", cell)), Group("", (cell,)))
    sheet = TableSheet("x", cell, (cell,), groups, ((cell, cell, 3),), (9, 9, 9))
    data = write_workbook([sheet], NOON)
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    found = [value for row in book.get_sheet_by_index(0).to_python() for value in row]
    assert found.count(cell) >= 6
    with zipfile.ZipFile(BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"<hyperlink" not in page


@pytest.mark.long
def test_the_program_is_free_of_what_bandit_looks_for() -> None:
    program = Path(sys.executable).with_name("bandit")
    command = [program, "-q", "-c", "pyproject.toml", "-r", "audit_service", "schemas", "verifier"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
