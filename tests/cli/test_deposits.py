"""The secret in a third party's hands: handed over, checked, confirmed, given back, and revealed without the office."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from audit_service.core.canonical import sha256_hex
from audit_service.files.bundles import read_bundle
from audit_service.papers.wording import in_fours
from tests.log.test_log import entries
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both
from tests.web.desk import Desk

SEALED = (*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
AFTER = "2026-10-01T00:00:00Z"


def sealed(office: Office) -> str:
    """A sealed draw with its commitment published."""
    draw = office.import_demo().freeze()
    office.run("draw", "commit", draw, *SEALED, "--out", office.folder / "commitment.json")
    return draw


def handed_over(office: Office, draw: str) -> Path:
    office.run("deposit", "keygen", "--out", office.folder / "holder.key")
    file = office.folder / "deposit.json"
    office.run("deposit", "make", draw, "--to", office.folder / "holder.key.pub", "--out", file)
    return file


def opened(office: Office, file: Path, *options: object, expect: int = 0) -> dict[str, str]:
    done = office.run("deposit", "open", file, "--key", office.folder / "holder.key", *options, expect=expect)
    found: dict[str, str] = done.json["error"] if expect else done.json
    return found


@on_both
def test_a_third_party_holds_the_secret_and_the_log_shows_that_its_digest_matched_in_time(office: Office) -> None:
    draw = sealed(office)
    file = handed_over(office, draw)
    receipt = office.folder / "receipt.json"
    held = opened(office, file, "--commitment", office.folder / "commitment.json", "--receipt", receipt)
    assert sha256_hex(held["secret"]) == held["digest"]
    assert held["secret"] not in receipt.read_text()
    assert held["secret"].encode() not in file.read_bytes()
    office.run("deposit", "confirm", draw, "--holder", "省公证处", "--receipt", receipt)
    last = entries(office)[-1]
    assert (last["action"], last["subject"], last["digest"], last["late"]) == (
        "deposit-confirm", draw, held["digest"], False,
    )  # fmt: skip
    assert "公证处" not in json.dumps(entries(office), ensure_ascii=False)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    assert (last["said_by"], last["deposit"]) == ("office", last["act"] - 1)  # type: ignore[operator]
    assert office.run("draw", "show", draw).json["violations"] == ["deposit-unshown"]  # nobody else is there to say so
    assert "the office says that a third party holds the secret" in office.show("draw", "show", draw)
    office.run("draw", "reveal", draw)
    office.run("record", draw, "--out", office.folder / "r.docx", "--lang", "en")
    tables = docx.Document(str(office.folder / "r.docx")).tables
    said = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert any("no account of another institution confirmed it" in text for text in said)


def test_nothing_is_confirmed_that_was_never_handed_over(office: Office) -> None:
    draw = sealed(office)
    digest = json.loads((office.folder / "commitment.json").read_text())["secret"]  # which everybody can read
    confirm = ("deposit", "confirm", draw, "--holder", "省公证处", "--digest", digest)
    assert office.run(*confirm, expect=1).code == "deposit-none"
    handed_over(office, draw)
    assert office.run(*confirm).json == {"name": draw, "late": False, "shown": False}


def test_an_account_of_another_institution_confirms_it_by_the_command_line_too(desk: Desk) -> None:
    office, alone = desk.office, desk.office.environment
    office.environment = {**alone, "AUDIT_TOKEN": desk.tokens["office"]}
    draw = sealed(office)
    receipt = office.folder / "receipt.json"
    opened(office, handed_over(office, draw), "--receipt", receipt)
    office.environment = {**alone, "AUDIT_TOKEN": desk.tokens["second"]}
    told = office.run("deposit", "confirm", draw, "--receipt", receipt)
    assert told.json == {"name": draw, "late": False, "shown": True}
    assert "纪检监察机构" in told.said
    last = entries(office)[-1]
    assert (last["said_by"], last["role"]) == ("third-party", "second-officer")
    office.environment = {**alone, "AUDIT_TOKEN": desk.tokens["office"]}
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    assert office.run("draw", "show", draw).json["violations"] == []
    office.environment = alone
    assert "a third party confirmed" in office.show("draw", "show", draw)


def test_a_sealed_draw_without_a_deposit_in_time_is_shown_as_a_violation_for_ever(office: Office) -> None:
    draw = sealed(office)
    assert office.run("draw", "show", draw).json["violations"] == []
    office.at("2026-07-01T01:30:00Z")  # the earliest event
    assert office.run("draw", "list").json["draws"][0]["violations"] == ["deposit-missing"]
    digest = office.run("deposit", "make", draw, "--print", office.folder / "e.docx").json["digest"]
    late = office.run("deposit", "confirm", draw, "--holder", "x", "--digest", in_fours(digest).upper())
    assert late.json["late"] is True
    assert "violation" in late.said
    assert entries(office)[-1]["late"] is True
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("draw", "reveal", draw)
    assert office.run("draw", "show", draw).json["violations"] == ["deposit-missing"]
    record = office.folder / "r.docx"
    office.run("record", draw, "--out", record)
    cells = [cell.text for table in docx.Document(str(record)).tables for row in table.rows for cell in row.cells]
    assert "no third party had confirmed it before the earliest event" in cells


def test_two_envelopes_hold_a_whole_copy_each(office: Office) -> None:
    draw = sealed(office)
    file = office.folder / "envelopes.docx"
    told = office.run("deposit", "make", draw, "--print", file).json
    opened_by_key = opened(office, handed_over(office, draw))
    document = docx.Document(str(file))
    cells = [cell.text.replace("\n", " ") for table in document.tables for row in table.rows for cell in row.cells]
    assert cells.count(in_fours(opened_by_key["secret"])) == 2
    assert cells.count(in_fours(told["digest"])) == 2
    assert cells.count(in_fours(told["c"])) == 2
    assert opened_by_key["secret"] not in json.dumps(told)


def test_what_is_not_the_committed_secret_is_neither_confirmed_nor_opened(office: Office) -> None:
    draw = sealed(office)
    file = handed_over(office, draw)
    confirm = ("deposit", "confirm", draw, "--holder", "x")
    assert office.run(*confirm, "--digest", "00" * 32, expect=1).code == "deposit-other"
    assert (
        office.run("deposit", "confirm", draw, "--holder", " ", "--digest", "0", expect=1).code
        == "deposit-holder-empty"
    )
    assert office.run(*confirm, expect=2).code == "deposit-digest-or-receipt"
    assert office.run("deposit", "make", draw, expect=2).code == "deposit-to-or-print"
    other = office.folder / "other.json"
    other.write_bytes((office.folder / "commitment.json").read_bytes().replace(b"2026-09-30", b"2026-09-29"))
    assert opened(office, file, "--commitment", other, expect=1)["code"] == "deposit-commitment-other"
    changed = office.folder / "changed.json"
    for old, new in ((b"2026-09-30", b"2026-09-29"), (draw.encode(), b"SC-2026-02"), (b'"sealed":"', b'"sealed":"AA')):
        changed.write_bytes(file.read_bytes().replace(old, new))
        assert opened(office, changed, expect=1)["code"] == "deposit-not-yours"
    (office.folder / "holder.key").unlink()
    office.run("deposit", "keygen", "--out", office.folder / "holder.key")
    assert opened(office, file, expect=1)["code"] == "deposit-not-yours"
    assert office.run("deposit", "keygen", "--out", office.folder / "holder.key", expect=1).code == "deposit-key-there"


@pytest.mark.parametrize("data", [b"", b"x", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused_in_words(office: Office, data: bytes) -> None:
    draw = sealed(office)
    file = handed_over(office, draw)
    bad = office.folder / "bad"
    bad.write_bytes(data)
    out = office.folder / "out"
    assert office.run("deposit", "make", draw, "--to", bad, "--out", out, expect=1).code == "deposit-key-form"
    assert office.run("deposit", "open", file, "--key", bad, expect=1).code == "deposit-key-form"
    wrong = office.folder / "log.key"  # an Ed25519 key
    assert office.run("deposit", "open", file, "--key", wrong, expect=1).code == "deposit-key-form"


def test_a_receipt_of_another_draw_is_refused(office: Office) -> None:
    draw = sealed(office)
    receipt = office.folder / "receipt.json"
    opened(office, handed_over(office, draw), "--receipt", receipt)
    receipt.write_bytes(receipt.read_bytes().replace(draw.encode(), b"SC-2026-02"))
    done = office.run("deposit", "confirm", draw, "--holder", "x", "--receipt", receipt, expect=1)
    assert done.code == "deposit-receipt-other"


def test_only_what_is_sealed_and_not_revealed_is_deposited(office: Office) -> None:
    draw = office.import_demo().commit()
    print_it = ("--print", office.folder / "e.docx")
    assert office.run("deposit", "make", draw, *print_it, expect=1).code == "reveal-open"
    office.run("draw", "withdraw", draw, "--reason", "x")
    assert office.run("deposit", "make", draw, *print_it, expect=1).code == "state-withdrawn"
    again = office.commit(*SEALED)
    office.at(LATE).run("draw", "run", again, "--public", PUBLIC)
    office.run("draw", "reveal", again)
    assert office.run("deposit", "make", again, *print_it, expect=1).code == "reveal-twice"


# --- revealed by the holder ---------------------------------------------------------------------------------------


@on_both
def test_who_holds_the_deposit_reveals_alone_once_the_office_is_overdue_even_without_its_key(office: Office) -> None:
    draw = sealed(office)
    office.run("round", "commit", draw, *SEALED)
    held = {name: opened(office, handed_over(office, name))["secret"] for name in (draw,)}
    (office.folder / "holder.key").unlink()
    held[f"{draw}/1"] = opened(office, handed_over(office, f"{draw}/1"))["secret"]
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    office.run("notice", "make", draw, "--all", "--as", "json", "--out", office.folder / "n")
    (office.folder / "audit.key").unlink()
    office.at("2026-09-30T23:59:59Z")
    early = office.run("draw", "reveal", draw, "--secret", held[draw], expect=1)
    assert early.code == "reveal-handed-early"
    office.at(AFTER)
    assert office.run("draw", "reveal", draw, expect=1).code == "vault-key-missing"
    assert office.run("draw", "reveal", draw, "--secret", "00" * 32, expect=1).code == "handed-secret-other"
    assert office.run("draw", "reveal", draw, "--secret", in_fours(held[draw])).json["secret"] == held[draw]
    assert entries(office)[-1]["by_deposit"] is True
    office.run("round", "reveal", f"{draw}/1", "--secret", held[f"{draw}/1"])
    shown = office.run("draw", "show", draw).json
    assert shown["violations"] == ["overdue-reveal", "deposit-missing"]
    bundle, anchors = office.folder / "b.zip", office.folder / "anchors.txt"
    office.run("bundle", draw, "--out", bundle)
    anchors.write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", bundle, "--anchors", anchors).json["verdict"] == "verified"
    assert held[draw].encode() in read_bundle(bundle)["sample/seed.json"]
    assert len(office.run("log", "openings", draw).json["openings"]) == len(shown["sample"])


def test_a_lost_key_before_the_draw_is_made_good_by_the_deposit(office: Office) -> None:
    draw = sealed(office)
    secret = opened(office, handed_over(office, draw))["secret"]
    back = ("deposit", "return", draw, "--secret")
    assert office.run(*back, secret, expect=1).code == "deposit-not-needed"
    (office.folder / "audit.key").unlink()
    run = ("draw", "run", draw, "--public", PUBLIC)
    assert office.at(LATE).run(*run, expect=1).code == "vault-key-missing"
    assert office.run(*back, "00" * 32, expect=1).code == "handed-secret-other"
    office.run(*back, secret)
    office.run(*run)
    assert office.run("draw", "reveal", draw).json["secret"] == secret


def test_a_key_that_only_revealed_draws_needed_may_be_lost(office: Office) -> None:
    draw = sealed(office)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("draw", "reveal", draw)
    (office.folder / "audit.key").unlink()
    office.run("draw", "show", draw)
    office.run("draw", "set-aside", draw, "--ground", "frame-error")
    again = office.freeze()
    event = ("--event", "kl8:2026190@2026-07-10T13:00:00Z")
    office.run("draw", "commit", again, *event, "--sealed", "--reveal-by", "2026-09-30", "--replaces", draw)
