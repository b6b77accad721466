"""Documents over HTTP: the same as the command line writes, for whom they are."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from audit_service.cli import deposit
from audit_service.core import notice
from audit_service.files.paper import Paper
from audit_service.files.word import write_paper
from audit_service.papers import notice_files
from audit_service.store import tables
from audit_service.store.acts import recorded
from audit_service.web.api import papers
from audit_service.web.remembered import Remembered
from tests.cli.test_notice import needs_fonts
from tests.databases import unguarded
from tests.office import EVENTS, LATE, PUBLIC, on_both
from tests.web.desk import Desk

DRAW = "draws/SC-2026-01"
SEALED = ("--sealed", "--reveal-by", "2026-09-30")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZH, EN = {"Accept_Language": "zh"}, {"Accept_Language": "en"}


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk whose command line acts as its office."""
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    return desk


@pytest.fixture
def drawn(staffed: Desk) -> Desk:
    """A draw that was carried out, and logged."""
    staffed.office.drawn()
    staffed.clock = LATE
    return staffed


@pytest.fixture
def sealed(staffed: Desk) -> Desk:
    """A sealed draw that is committed."""
    staffed.office.import_demo().commit(*EVENTS, *SEALED)
    return staffed


def written(desk: Desk, name: str, *command: object) -> bytes:
    """What a command writes into a file."""
    file = desk.office.folder / name
    desk.office.run(*command, file)
    return file.read_bytes()


def handed(answer: TestResponse, kind: str, name: str, language: str = "zh") -> bytes:
    """What was handed out, which is of this kind and has this name."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Accept-Language" in answer.headers["Vary"]
    return answer.data


def text_of(data: bytes) -> str:
    """What a Word document says."""
    document: Any = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def first_unit(desk: Desk) -> str:
    unit: str = desk.get(DRAW, "office")["sample"][0]["unit"]
    return unit


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_record_of_a_draw_is_byte_for_byte_the_commands(drawn: Desk, language: str) -> None:
    answer = drawn.ask("GET", f"{DRAW}/record", "auditor", Accept_Language=language)
    record = handed(answer, WORD, "SC-2026-01-record.docx", language)
    assert record == written(drawn, "r.docx", "record", "SC-2026-01", "--lang", language, "--out")


def test_there_is_no_record_before_the_draw_and_none_of_a_sealed_one_before_its_reveal(sealed: Desk) -> None:
    assert sealed.get(f"{DRAW}/record", "office", expect=409)["code"] == "state-committed"
    sealed.office.at(LATE).run("draw", "run", "SC-2026-01", "--public", PUBLIC)
    sealed.clock = LATE
    for role in ("office", "second", "auditor"):
        assert sealed.get(f"{DRAW}/record", role, expect=409)["code"] == "sealed"
    assert sealed.get("draws/SC-2026-09/record", "office", expect=404)["code"] == "draw-unknown"


def test_the_workbook_of_the_frame_is_the_commands_before_and_after_the_freezing(drawn: Desk) -> None:
    for path, name, options in (
        (f"{DRAW}/frame.xlsx", "SC-2026-01-frame.xlsx", ("--draw", "SC-2026-01")),
        ("frames/check.xlsx?policy=sichuan-2020", "sichuan-2020-frame.xlsx", ("--policy", "sichuan-2020")),
    ):
        answer = drawn.ask("GET", path, "auditor", **ZH)
        assert handed(answer, EXCEL, name) == written(
            drawn, "f.xlsx", "frame", "check", *options, "--lang", "zh", "--excel"
        )


def test_a_units_notice_comes_in_word_or_as_its_text_as_it_is_asked_for(drawn: Desk) -> None:
    """A command signs the log when it is done, so what is compared is made before it, at the same checkpoint."""
    unit = first_unit(drawn)
    path, name = f"{DRAW}/notices/{unit}", f"SC-2026-01-{unit}"
    make = ("notice", "make", "SC-2026-01", unit, "--lang", "zh", "--out")
    for headers in ({}, {"Accept": WORD}, {"Accept": "*/*"}):
        word = handed(drawn.ask("POST", path, "office", **headers), WORD, f"{name}.docx")
    assert word == written(drawn, "n.docx", *make)
    chosen = drawn.ask("POST", path, "office", Accept="application/x-ndjson, application/pdf;q=0.5")
    assert "Accept" in chosen.headers["Vary"].split(", ")
    text = handed(chosen, "application/x-ndjson", f"{name}.json")
    assert text == handed(
        drawn.ask("POST", f"{path}?as=json", "office", Accept=WORD), "application/x-ndjson", f"{name}.json"
    )
    assert text == written(drawn, "n.json", *make)


@needs_fonts
def test_a_units_notice_comes_as_pdf(drawn: Desk) -> None:
    unit = first_unit(drawn)
    answer = drawn.ask("POST", f"{DRAW}/notices/{unit}", "office", Accept="application/pdf", **EN)
    pdf = handed(answer, "application/pdf", f"SC-2026-01-{unit}.pdf", "en")
    assert pdf == written(drawn, "n.pdf", "notice", "make", "SC-2026-01", unit, "--lang", "en", "--out")


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_notices_of_all_units_come_in_one_zip_the_files_that_the_command_writes(drawn: Desk) -> None:
    """A command signs the log when it is done, so what is compared is made before it, at the same checkpoint."""
    answer = drawn.ask("POST", f"{DRAW}/notices.zip?as=json", "office")
    files = unpacked(handed(answer, "application/zip", "SC-2026-01-notices.zip"))
    units = {row["unit"] for row in drawn.get(DRAW, "office")["sample"]}
    assert set(files) == {f"{unit}.json" for unit in units}
    assert notices_on_record(drawn) == len(units)
    folder = drawn.office.folder / "notices"
    drawn.office.run("notice", "make", "SC-2026-01", "--all", "--as", "json", "--out", folder)
    assert files == {file.name: file.read_bytes() for file in folder.iterdir()}
    assert drawn.post(f"{DRAW}/notices.zip?as=odt", "office", expect=422)["code"] == "http-422"


@pytest.mark.long
def test_where_nothing_is_said_they_are_word_documents(drawn: Desk) -> None:
    files = unpacked(drawn.ask("POST", f"{DRAW}/notices.zip", "office", **ZH).data)
    one = min(files)
    assert one.endswith(".docx")
    assert files[one] == drawn.ask("POST", f"{DRAW}/notices/{one.removesuffix('.docx')}", "office", **ZH).data


def while_written(monkeypatch: pytest.MonkeyPatch, module: ModuleType, do: Callable[[], object]) -> None:
    """Do something in the middle of the writing of a document."""

    def write(paper: Paper) -> bytes:
        do()
        return write_paper(paper)

    monkeypatch.setattr(module, "write_paper", write)


def while_texts_are_written(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something in the middle of the writing of a notice's bare text."""
    write = notice.write

    def slowly(*told: Any) -> str:
        do()
        return write(*told)

    monkeypatch.setattr(notice, "write", slowly)


@on_both
def test_while_notices_and_envelopes_are_written_others_can_act(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.office.environment = {
        **desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"], "AUDIT_DATABASE_WAIT": "1"
    }  # fmt: skip
    desk.office.import_demo().commit(*EVENTS, *SEALED)
    done: list[int] = []

    def act() -> None:
        answer = desk.ask("POST", "tokens", "office", json={"label": "meanwhile"})
        done.append(answer.status_code)

    for module in (papers, notice_files, deposit):
        while_written(monkeypatch, module, act)
    assert desk.ask("POST", f"{DRAW}/deposit/envelopes", "office").status_code == 200
    desk.office.run("deposit", "make", "SC-2026-01", "--print", desk.office.folder / "e.docx")
    desk.office.at(LATE).run("draw", "run", "SC-2026-01", "--public", PUBLIC)
    desk.clock = LATE
    unit = first_unit(desk)
    assert desk.ask("POST", f"{DRAW}/notices/{unit}", "office").status_code == 200
    desk.office.run("notice", "make", "SC-2026-01", unit, "--out", desk.office.folder / "n.docx")
    while_texts_are_written(monkeypatch, act)
    assert desk.ask("POST", f"{DRAW}/notices", "office", json={"units": [unit]}).status_code == 200
    assert done == [201] * 5


def correction(desk: Desk, public: str) -> Callable[[], object]:
    """What corrects the draw's value at last: a second person confirms what the office asked for."""
    asked = desk.post(f"{DRAW}/correct", "office", {"public": public, "document": "开奖公告"})
    return lambda: desk.post(f"requests/{asked['request']['number']}/confirm", "second")


def test_notices_of_what_is_corrected_while_they_are_written_are_neither_handed_out_nor_recorded(
    drawn: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = first_unit(drawn)
    while_written(monkeypatch, notice_files, correction(drawn, PUBLIC.replace("+07", "+08")))
    assert drawn.post(f"{DRAW}/notices/{unit}", "office", expect=409)["code"] == "notices-overtaken"
    while_texts_are_written(monkeypatch, correction(drawn, PUBLIC))
    told = drawn.post(f"{DRAW}/notices", "office", {"units": [first_unit(drawn)]}, expect=409)
    assert told["code"] == "notices-overtaken"
    assert notices_on_record(drawn) == 0


def notices_on_record(desk: Desk) -> int:
    with desk.office.runtime.look() as db:
        return sum(entry.action == "notice" for entry in recorded(db))


def test_every_notice_that_is_handed_out_is_on_record_and_no_other(drawn: Desk, tmp_path: Path) -> None:
    unit = first_unit(drawn)
    drawn.ask("POST", f"{DRAW}/notices/{unit}", "office")
    assert notices_on_record(drawn) == 1
    environment = drawn.office.environment
    drawn.office.environment = {**environment, "AUDIT_FONT_FOLDER": str(tmp_path)}
    drawn.office.runtime.settings = drawn.office._settings()
    without = drawn.post(f"{DRAW}/notices/{unit}?as=pdf", "office", expect=503)
    assert without["code"] == "fonts-missing"
    assert "Word" in without["detail"]
    assert str(tmp_path) not in str(without)
    assert drawn.post(f"{DRAW}/notices/{unit}?as=odt", "office", expect=422)["code"] == "http-422"
    assert drawn.post(f"{DRAW}/notices/{unit}", "office", expect=406, Accept="text/html")["code"] == "http-406"
    assert drawn.post(f"{DRAW}/notices/none", "office", expect=404)["code"] == "notice-not-inspected"
    assert notices_on_record(drawn) == 1


def test_the_envelopes_of_a_deposit_hold_what_the_command_prints(sealed: Desk) -> None:
    answer = sealed.ask("POST", f"{DRAW}/deposit/envelopes", "office", **ZH)
    envelopes = handed(answer, WORD, "SC-2026-01-envelopes.docx")
    command = ("deposit", "make", "SC-2026-01", "--lang", "zh", "--print")
    assert envelopes == written(sealed, "e.docx", *command)
    assert sealed.post("draws/SC-2026-02/deposit/envelopes", "office", expect=404)["code"] == "draw-unknown"


def test_the_envelopes_of_a_round_have_a_name_that_is_no_path(sealed: Desk) -> None:
    office = sealed.office.at(LATE)
    office.run("draw", "run", "SC-2026-01", "--public", PUBLIC)
    event = ("--event", "kl8:2026190@2026-07-08T13:30:00Z")
    office.run("round", "commit", "SC-2026-01", *event, *SEALED)
    sealed.clock = LATE
    answer = sealed.ask("POST", f"{DRAW}/rounds/1/deposit/envelopes", "office", **EN)
    assert "SC-2026-01/1" in text_of(handed(answer, WORD, "SC-2026-01-1-envelopes.docx", "en"))


def secret_of(desk: Desk) -> str:
    """The secret as the printed envelopes hold it."""
    desk.office.deposit("SC-2026-01")
    envelopes: Any = docx.Document(str(desk.office.folder / "envelopes.docx"))
    secret: str = envelopes.tables[0].rows[2].cells[1].text.replace("\n", "").replace(" ", "")
    return secret


def test_where_the_key_is_lost_the_secret_comes_back_from_who_holds_the_deposit(sealed: Desk) -> None:
    secret, back = secret_of(sealed), f"{DRAW}/deposit/return"
    assert sealed.post(back, "office", {"secret": secret}, expect=409)["code"] == "deposit-not-needed"
    (sealed.office.folder / "audit.key").unlink()
    assert sealed.post(back, "office", {"secret": "00" * 32}, expect=409)["code"] == "handed-secret-other"
    assert sealed.post(back, "office", {"secret": secret})["state"] == "returned"
    sealed.clock = LATE
    assert sealed.post(f"{DRAW}/seed", "office", {"public": PUBLIC})["sample"]
    assert sealed.post(f"{DRAW}/rounds/1/deposit/return", "office", {"secret": secret}, expect=404)["code"] == (
        "round-unknown"
    )


def test_what_is_open_or_revealed_has_no_envelopes(drawn: Desk) -> None:
    told = drawn.post(f"{DRAW}/deposit/envelopes", "office", expect=409)
    command = ("deposit", "make", "SC-2026-01", "--print", drawn.office.folder / "e.docx")
    assert told["code"] == drawn.office.run(*command, expect=1).code


def test_a_draw_by_accounts_is_not_marked_and_one_of_one_office_is(drawn: Desk) -> None:
    assert drawn.get(DRAW)["one_office"] is False
    assert "单机构模式" not in text_of(drawn.ask("GET", f"{DRAW}/record", "office").data)
    with unguarded(drawn.office.runtime.engine) as db:
        db.execute(update(tables.acts).where(tables.acts.c.action == "run").values(role=""))
    drawn.app.extensions["remembered"] = Remembered()  # it trusts that no act is changed
    assert drawn.get(DRAW)["one_office"] is True
    record = drawn.ask("GET", f"{DRAW}/record", "office", **ZH).data
    assert "单机构模式：其中有未用账户办理的环节" in text_of(record)


def test_who_reveals_by_a_deposit_and_the_machine_make_no_one_office_of_a_draw(sealed: Desk) -> None:
    secret = secret_of(sealed)
    sealed.office.at(LATE).run("draw", "run", "SC-2026-01", "--public", PUBLIC)
    account = sealed.office.environment
    sealed.office.environment = {name: value for name, value in account.items() if name != "AUDIT_TOKEN"}
    sealed.office.at("2026-07-02T01:00:00Z").run("log", "day")  # by a timer, without an account
    sealed.clock = "2026-10-02T01:00:00Z"
    sealed.post(f"{DRAW}/reveal-deposited", "", {"secret": secret})
    shown = sealed.get(DRAW)
    assert (shown["state"], shown["one_office"]) == ("drawn", False)
    assert sealed.ask("GET", f"{DRAW}/record", "auditor").status_code == 200
