"""Step 11: the bundle shows by the log that each commitment was made before its events, and explains every number."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from audit_service.core.notes import ED25519, Key
from audit_service.store import acts
from audit_service.use_cases.evidence import bundle_entries
from audit_service.use_cases.log_evidence import entry_proof
from tests.log.test_log import Witness
from tests.office import EVENTS, LATE, PUBLIC, Office

ROOT = Path(__file__).parents[2]
EARLIER = ("--event", "kl8:2026171@2026-07-01T14:00:00Z")


class Case:
    """A draw that was committed, witnessed, carried out with a round, and bundled."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.draw = office.import_demo().commit()
        self.witness = Witness(office, folder)

    def cosign(self) -> Case:
        signed = self.witness.fetch().sign()
        assert isinstance(signed, dict)
        self.witness_key = signed["key"]
        self.witness.bring(self.witness_key)
        return self

    def carry_out(self) -> Case:
        self.office.at(LATE).run("draw", "run", self.draw, "--public", PUBLIC)
        return self

    def bundle(self) -> dict[str, bytes]:
        path = self.folder / "bundle.zip"
        self.office.run("bundle", self.draw, "--out", path)
        with zipfile.ZipFile(path) as zipped:
            return {name: zipped.read(name) for name in zipped.namelist()}

    def packed(self, entries: dict[str, bytes]) -> Path:
        path = self.folder / "other.zip"
        with zipfile.ZipFile(path, "w") as zipped:
            for name, data in entries.items():
                zipped.writestr(name, data)
        return path

    def verify(self, entries: dict[str, bytes], *keys: str, expect: int) -> dict[str, object]:
        """What the product's verifier finds, and the independent one alike."""
        path = self.packed(entries)
        options = keys or ("--log-key", self.witness.log_key, "--witness-key", self.witness_key)
        found: dict[str, object] = self.office.run("verify", path, *options, expect=expect).json
        program = [sys.executable, "-I", ROOT / "verifier" / "verify.py", path, "--json", *options]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == expect, done.stderr
        if expect != 2:
            other = json.loads(done.stdout)
            assert found == {**other, "why": found["why"]}  # each says it in its own words
        return found

    def reports(self, entries: dict[str, bytes], *keys: str, lang: str) -> list[str]:
        """What the product's verifier and the independent one print for people."""
        path = self.packed(entries)
        options = (*keys, "--lang", lang)
        program = [sys.executable, "-I", ROOT / "verifier" / "verify.py", path, *options]
        theirs = subprocess.run(program, capture_output=True, encoding="utf-8", check=False).stdout
        return [self.office.show("verify", path, *options, expect=4), theirs]


@pytest.fixture
def case(office: Office, tmp_path: Path) -> Case:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Case(office, folder)


def test_a_commitment_that_a_witness_saw_before_its_events_has_its_time_shown(case: Case) -> None:
    case.office.run("round", "commit", case.draw, *EVENTS)
    entries = case.cosign().carry_out().bundle()
    assert case.verify(entries, expect=4)["time"] == "shown"
    case.office.run("round", "run", f"{case.draw}/1", "--public", PUBLIC)
    assert case.verify(case.bundle(), expect=4)["time"] == "shown"


def test_a_witness_who_cosigns_an_older_checkpoint_later_takes_nothing_of_what_was_shown(
    case: Case, tmp_path: Path
) -> None:
    slow = Witness(case.office, tmp_path / "slow")
    slow.folder.mkdir()
    slow.fetch()
    case.office.run("round", "commit", case.draw, *EVENTS)
    case.cosign().carry_out()
    signed = slow.sign()
    assert isinstance(signed, dict)
    slow.bring(signed["key"])
    assert case.verify(case.bundle(), expect=4)["time"] == "shown"


def test_without_keys_or_without_a_witness_in_time_it_is_not_shown(case: Case) -> None:
    entries = case.carry_out().cosign().bundle()
    assert case.verify(entries, expect=4)["time"] == "not shown"
    assert case.verify(entries, "--lang", "en", expect=4)["time"] == "not shown"
    bare = {name: data for name, data in entries.items() if not name.startswith("log/")}
    assert case.verify(bare, expect=4)["time"] == "not shown"


@pytest.mark.parametrize(
    ("lang", "unread", "unseen"),
    [
        ("en", "time not shown: no log was looked at", "time not shown: not of every commitment"),
        ("zh", "时间未能证明：没有核对日志", "时间未能证明：见证"),
    ],
)
def test_people_are_told_that_time_is_not_shown_and_why(case: Case, lang: str, unread: str, unseen: str) -> None:
    late = case.carry_out().cosign().bundle()
    keys = ("--log-key", case.witness.log_key, "--witness-key", case.witness_key)
    bare = {name: data for name, data in late.items() if not name.startswith("log/")}
    for entries, given, told, other in (
        (late, (), unread, unseen),
        (bare, keys, unread, unseen),
        (late, keys, unseen, unread),
    ):
        for said in case.reports(entries, *given, lang=lang):
            assert (told in said, other in said) == (True, False)


@pytest.mark.parametrize(("lang", "words"), [("en", "time not shown"), ("zh", "时间未能证明")])
def test_people_are_told_nothing_of_the_kind_where_it_is_shown(case: Case, lang: str, words: str) -> None:
    entries = case.cosign().carry_out().bundle()
    keys = ("--log-key", case.witness.log_key, "--witness-key", case.witness_key)
    assert not any(words in said for said in case.reports(entries, *keys, lang=lang))


def asked_of_the_log(office: Office, draw: str) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """What a bundle tells of the log, and what was asked of the log's tables for it and for a notice's proof."""
    sent: list[tuple[str, str]] = []

    def note(*arguments: Any) -> None:
        if re.search("checkpoints|cosignatures|tree_hashes", arguments[2]):
            sent.append((arguments[2], str(arguments[3])))

    event.listen(office.runtime.engine, "before_cursor_execute", note)
    with office.runtime.look() as db:
        found = bundle_entries(db, office.runtime.vault, draw).entries
        told = len(sent)
        assert entry_proof(db, acts.numbers_of(db, [draw], ["notices"])[-1])
    event.remove(office.runtime.engine, "before_cursor_execute", note)
    assert len(set(sent[:told])) == told  # each once
    return {name: data for name, data in found.items() if name.startswith("log/")}, sent


def test_what_a_bundle_tells_of_the_log_takes_no_longer_for_what_was_signed_since(case: Case) -> None:
    office = case.cosign().carry_out().office
    case.cosign()
    told, sent = asked_of_the_log(office, case.draw)
    for _ in range(20):
        with office.runtime.begin() as db:
            acts.record(db, office.runtime.act("tests"), "trial", "another draw")
        assert office.runtime.publish_log()
    assert asked_of_the_log(office, case.draw) == (told, sent)


def test_every_number_without_a_result_is_explained(case: Case) -> None:
    office = case.office
    office.run("draw", "withdraw", case.draw, "--reason", "换日期")
    office.freeze()  # never committed to
    case.draw = office.commit()
    office.run("round", "commit", case.draw, *EVENTS)
    office.run("round", "withdraw", f"{case.draw}/1", "--reason", "换人")
    office.run("round", "commit", case.draw, *EVENTS)
    entries = case.cosign().carry_out().bundle()
    office.run("round", "run", f"{case.draw}/2", "--public", PUBLIC)
    entries = case.bundle()
    assert case.draw == "SC-2026-03"
    assert case.verify(entries, expect=4)["time"] == "shown"
    for subject in ("SC-2026-01", "SC-2026-02", "SC-2026-03/1"):
        found = case.verify(without(entries, subject), expect=1)
        assert found["step"] == 11
        assert subject in str(found["why"])


def without(entries: dict[str, bytes], subject: str) -> dict[str, bytes]:
    """A bundle whose office left out what the log says of a draw or round, but not that it was committed."""
    return left_out(entries, lambda said: said["subject"] == subject and said["action"] in ("withdraw", "draw-freeze"))


def left_out(entries: dict[str, bytes], hides: Callable[[dict[str, Any]], bool]) -> dict[str, bytes]:
    """A bundle without some entries of its log, and without what only they need."""
    proofs = json.loads(entries["log/proofs.json"])
    kept = [row for row in proofs["entries"] if not hides(json.loads(entries[f"log/entries/{row['index']}"]))]
    names = {f"log/entries/{row['index']}" for row in kept} | {f"log/checkpoints/{row['checkpoint']}" for row in kept}
    others = {name: data for name, data in entries.items() if not name.startswith("log/") or name in names}
    return {**others, "log/proofs.json": json.dumps({"entries": kept}, separators=(",", ":")).encode()}


def another_entry(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return {first: entries[last]}


def a_changed_entry(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return {first: entries[first].replace(b"2026", b"2025", 1)}


def no_signature(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return {note: entries[note].replace("— ".encode(), "— x".encode())}


def another_root(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return {note: entries[note].replace(entries[note].split(b"\n")[2], b"A" * 43 + b"=")}


def an_entry_more(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return {"log/entries/99999": b"{}"}


def a_longer_path(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return reproved(entries, lambda rows: rows[0]["path"].append("00" * 32))


def another_order(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return reproved(entries, lambda rows: rows.reverse())


def an_index_twice(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return reproved(entries, lambda rows: rows[0].update(index=rows[-1]["index"]))


def an_entry_missing(entries: dict[str, bytes], first: str, last: str, note: str) -> dict[str, bytes]:
    return reproved(entries, lambda rows: rows.append({**rows[-1], "index": "99998"}))


def reproved(entries: dict[str, bytes], change: Callable[[list[Any]], object]) -> dict[str, bytes]:
    proofs = json.loads(entries["log/proofs.json"])
    change(proofs["entries"])
    return {"log/proofs.json": json.dumps(proofs, separators=(",", ":"), sort_keys=True).encode()}


FORGERIES = (
    another_entry, a_changed_entry, no_signature, another_root, an_entry_more, an_entry_missing, a_longer_path,
    another_order, an_index_twice,
)  # fmt: skip


def forged(entries: dict[str, bytes], forgery: Callable[..., dict[str, bytes]]) -> dict[str, bytes]:
    rows = json.loads(entries["log/proofs.json"])["entries"]
    first, last = (f"log/entries/{row['index']}" for row in (rows[0], rows[-1]))
    changed = {**entries, **forgery(entries, first, last, f"log/checkpoints/{rows[0]['checkpoint']}")}
    assert changed != entries
    return changed


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_log_is_refused_at_step_11_and_not_looked_at_without_keys(
    case: Case, forgery: Callable[..., dict[str, bytes]]
) -> None:
    entries = case.cosign().carry_out().bundle()
    bad = forged(entries, forgery)
    assert case.verify(bad, expect=1)["step"] == 11
    assert case.verify(bad, "--lang", "en", expect=4)["step"] is None


def test_another_logs_key_is_refused_at_step_11(case: Case) -> None:
    entries = case.cosign().carry_out().bundle()
    keys = ("--log-key", case.witness.log_key[:-8] + "AAAAAAA=", "--witness-key", case.witness_key)
    assert case.verify(entries, *keys, expect=2)["error"]
    other = str(Key("audit-service", ED25519, bytes(32)))
    assert case.verify(entries, "--log-key", other, "--witness-key", case.witness_key, expect=1)["step"] == 11
    case.witness.log_key = case.witness_key  # which no log has
    assert case.verify(entries, expect=2)["error"]


def test_one_key_alone_shows_no_time_and_must_yet_be_a_key(case: Case) -> None:
    entries = case.cosign().carry_out().bundle()
    assert case.verify(entries, "--log-key", case.witness.log_key, expect=4)["time"] == "not shown"
    assert case.verify(entries, "--witness-key", case.witness_key, expect=4)["time"] == "not shown"
    assert case.verify(entries, "--witness-key", case.witness.log_key, expect=2)["error"]
    assert case.verify(entries, "--log-key", "", expect=2)["error"]


def test_a_draw_that_was_set_aside_is_shown_as_such(case: Case) -> None:
    case.cosign().carry_out().office.run("draw", "set-aside", case.draw, "--ground", "procedure")
    path = case.folder / "bundle.zip"
    case.bundle()
    keys = ("--log-key", case.witness.log_key, "--witness-key", case.witness_key, "--lang", "zh")
    assert f"{case.draw} 已作废" in case.office.show("verify", path, *keys, expect=4)
    program = [sys.executable, "-I", ROOT / "verifier" / "verify.py", path, *keys]
    said = subprocess.run(program, capture_output=True, encoding="utf-8", check=False).stdout
    assert f"{case.draw} 已作废" in said
    assert "承诺早于其事件" in said
    assert "时间未能证明" not in said


def told_of(entries: dict[str, bytes]) -> list[dict[str, Any]]:
    """The entries of the log that a bundle holds, in order."""
    rows = json.loads(entries["log/proofs.json"])["entries"]
    return [json.loads(entries[f"log/entries/{row['index']}"]) for row in rows]


def test_the_bundle_of_a_draw_that_was_set_aside_shows_who_confirmed_it(case: Case) -> None:
    office = case.cosign().office
    add = ("user", "add", "--token", "--role")
    second, province = (office.run(*add, role, f"sc-{role}").json["token"] for role in ("second-officer", "province"))
    office.environment = {**office.environment, "AUDIT_TOKEN": province}
    case.carry_out()
    unit = office.run("draw", "show", case.draw).json["sample"][0]["unit"]
    asked = (
        ("substitute", case.draw, unit, "--document", "merged"),
        ("set-aside", case.draw, "--ground", "frame-error", "--reason", "one was missing"),
    )
    for words in asked:
        number = office.run("draw", *words).json["request"]["number"]
        before = case.bundle()
        office.environment = {**office.environment, "AUDIT_TOKEN": second}
        office.run("request", "confirm", number)
        office.environment = {**office.environment, "AUDIT_TOKEN": province}
    assert case.verify(before, expect=4)["confirmations"] == "shown"  # of the substitution alone, then
    entries = case.bundle()
    assert case.verify(entries, expect=4)["confirmations"] == "shown"
    told = {entry["act"]: entry for entry in told_of(entries)}
    request, confirm, done = list(told.values())[-3:]
    assert (request["action"], confirm["request"], done["request"]) == ("request", request["act"], request["act"])
    assert (told[confirm["appointed"]]["role"], told[confirm["appointed"]]["institution"]) == (
        "second-officer",
        "纪检监察机构",
    )
    assert told[confirm["shown_by"]]["action"] == "token-issue"
    keys = ("--log-key", case.witness.log_key, "--witness-key", case.witness_key, "--lang", "zh")
    assert "另一人已确认" in office.show("verify", case.folder / "other.zip", *keys, expect=4)

    older = left_out(entries, lambda said: said["action"] in ("request", "confirm", "account", "token-issue"))
    assert case.verify(older, expect=4)["confirmations"] == "not shown"  # as bundles were before; the verdict holds


def test_what_one_office_did_alone_is_shown_to_be_confirmed_by_nobody(case: Case) -> None:
    case.cosign().carry_out()
    assert case.verify(case.bundle(), expect=4)["confirmations"] == "none needed"
    case.office.run("draw", "set-aside", case.draw, "--ground", "procedure")
    assert case.verify(case.bundle(), expect=4)["confirmations"] == "not shown"
