"""The log: an entry for every act, signed only if it grew, and nobody can rewrite it unnoticed."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, text

from audit_service.core.acts import Act
from audit_service.core.entries import PUBLIC, Recorded, hidden, opening, write_entry
from audit_service.core.notes import Signature, cosigned_bytes, parse_key, parse_note, write_cosignature
from audit_service.errors import Failed, Refused
from audit_service.signing import load_signer, verify
from audit_service.store import acts, database, draws, happenings, lives, log, policies, visit_tables
from audit_service.store.outstanding import SETTLE
from audit_service.store.tables import APPEND_ONLY
from audit_service.use_cases import awards
from audit_service.use_cases.visited import EVIDENCE, OUTCOME, SIGN
from tests.copies import copy_of
from tests.databases import unguarded
from tests.messages.test_messages import calls
from tests.office import EVENTS, LATE, Office, on_both, on_sqlite, working
from tests.office import PUBLIC as NUMBERS
from tests.roster_rows import DEMO, PERSON

ACT = Act(datetime(2026, 6, 20, 1, tzinfo=UTC), "某某")


def entries(office: Office) -> list[dict[str, object]]:
    with office.runtime.look() as db:
        return [json.loads(content) for content in log.entries_from(db, 0, log.count(db))]


def faults(office: Office) -> list[tuple[str, int]]:
    found = office.run("log", "check", expect=None)
    assert found.status == bool(found.json["faults"])
    return [(fault["code"], fault["place"]) for fault in found.json["faults"]]


# --- entries --------------------------------------------------------------------------------------------------------


@on_both
def test_every_act_is_an_entry_at_its_number_and_the_public_ones_say_what_happened(office: Office) -> None:
    draw = office.drawn()
    found = entries(office)
    assert [entry["act"] for entry in found] == list(range(1, len(found) + 1))
    said = {entry["action"]: entry for entry in found}
    shown = office.run("draw", "show", draw).json
    assert said["commit"]["c"] == shown["commitment"]
    assert said["run"]["public"] == NUMBERS
    assert said["notices"]["root"] == shown["notices"]
    assert set(said["draw-freeze"]["files"]) == {"policy.json", "frame.csv", "exclusions.csv"}  # type: ignore[call-overload]
    assert all(entry["demo"] is True for entry in found)


def test_nothing_personal_stands_in_the_log(office: Office) -> None:
    draw = office.import_demo().commit()
    office.run("round", "commit", draw, *EVENTS)
    office.at(LATE).run("draw", "run", draw, "--public", NUMBERS)
    office.run("round", "run", f"{draw}/1", "--public", NUMBERS)
    office.run("people", "leave", "C510101", "--reason", "病假三周")
    unit = office.run("draw", "show", draw).json["sample"][0]["unit"]
    office.run("draw", "substitute", draw, unit, "--document", "川民政〔2026〕8号")
    office.run("draw", "set-aside", draw, "--ground", "procedure", "--reason", "见证人缺席")
    told = json.dumps(entries(office), ensure_ascii=False)
    for secret in ("tests", "C510101", "病假", "川民政", "见证人", "inspectors_demo", "抽验员", unit):
        assert secret not in told
    assert '"ground": "procedure"' in told


def test_a_field_that_is_hidden_can_be_opened_alone() -> None:
    recorded = Recorded(7, ACT, "withdraw", "SC-2026-01", {"reason": "换场地"}, "ab" * 32)
    entry = json.loads(write_entry(recorded))
    assert hidden(opening(recorded.salt, "reason"), "换场地") == entry["hidden"]["reason"]
    assert hidden(opening(recorded.salt, "reason"), "换场所") != entry["hidden"]["reason"]
    assert hidden(opening(recorded.salt, "by"), "换场地") != entry["hidden"]["reason"]
    assert hidden(opening("cd" * 32, "reason"), "换场地") != entry["hidden"]["reason"]


def test_of_every_action_it_is_decided_what_is_public() -> None:
    actions = [node.args[2] for _, node, name in calls() if name == "record" and len(node.args) > 2]
    named = {action.value for action in actions if isinstance(action, ast.Constant) and action.value}
    rosters = {"import-units", "import-people", "import-recusals", "import-targets", "import-former-names"}
    rosters |= {"import-places", "import-orders", "import-plans"}
    assert named | rosters | {OUTCOME, SIGN, EVIDENCE, awards.GIVE, awards.WITHDRAW, SETTLE} == PUBLIC.keys()


def test_an_entry_that_fits_no_bundle_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        write_entry(Recorded(1, ACT, "run", "x", {"public": "9" * 65536}, "ab" * 32))


# --- append-only ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete(engine: Engine, table: str, change: str) -> None:
    columns = {"acts": "subject", "entries": "content", "tree_hashes": "hash", "happenings": "leaf", "unit_days": "day"}
    column = (columns | {"unit_acts": "act", "signatures": "stance", "policy_versions": "digest"}).get(table, "size")
    fill(engine)
    with pytest.raises(Failed) as refused, database.transaction(engine) as db:
        db.execute(text(change.format(table, column, column)))
    assert "append-only" in str(refused.value.params)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Engine]:
    engine = database.connect(sqlite_url)
    fill(engine)
    yield engine
    engine.dispose()


BY_ROWID = "INSERT OR REPLACE INTO tree_hashes (rowid, level, place, hash) VALUES (1, 9, 9, 'x')"


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [*(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in APPEND_ONLY), BY_ROWID],
    ids=[*APPEND_ONLY, "rowid"],
)
def test_sqlite_refuses_to_put_a_row_in_the_place_of_another(sqlite: Engine, statement: str) -> None:
    """What `INSERT OR REPLACE` takes out no trigger on deletions sees."""
    with pytest.raises(Failed) as refused, database.transaction(sqlite) as db:
        db.execute(text(statement))
    assert "append-only" in str(refused.value.params)


def fill(engine: Engine) -> None:
    with database.transaction(engine) as db:
        acts.record(db, ACT, "trial", "x")
        log.add_hashes(db, [(0, 0, bytes(32))])
        log.add_checkpoint(db, 1, "note", ACT.at)
        log.add_cosignature(db, 1, "w", "00" * 4, "line", ACT.at)
        fill_draw(db)
        policies.add(db, "p", 1, draws.put_file(db, b"policy"), 1)
        lives.concern(db, 1, ["510104026"])
        signed = {"outcome": 1, "unit": "u", "signer": "i", "occasion": "d", "stance": "true", "recorded_in": 1}
        db.execute(insert(visit_tables.signatures).values(**signed, name="", reason="", scan=""))
        shown = {"digest": "00" * 32, "subject": "d/u", "name": "a.pdf", "kind": "application/pdf", "size": 1}
        db.execute(insert(visit_tables.evidence).values(**shown, recorded_in=1))


def fill_draw(db: Connection) -> None:
    draws.open_campaign(db, "c", "p", 1)
    draws.add_draw(db, draws.DrawRow("d", "c", 1, draws.put_file(db, b"policy"), 1))
    happenings.add(db, "d", 0, ACT.at, "00" * 32, "locked")
    happenings.add_batch(db, "d", 0, happenings.Batch(1, ACT.at.date(), 1, b"leaves", 1))


def test_an_act_that_fails_leaves_no_entry(engine: Engine) -> None:
    with pytest.raises(Refused), database.transaction(engine) as db:
        record_and_fail(db)
    with database.transaction(engine) as db:
        assert log.count(db) == 0


def record_and_fail(db: Connection) -> None:
    acts.record(db, ACT, "trial", "x")
    raise Refused("draws-none")


# --- publishing -----------------------------------------------------------------------------------------------------


def test_nothing_is_signed_before_anything_was_done(office: Office) -> None:
    assert office.run("log", "publish", expect=1).code == "log-empty"
    assert office.run("log", "show", expect=1).code == "log-empty"
    assert office.run("log", "export", office.folder / "log", expect=1).code == "log-empty"


@on_both
def test_each_act_is_followed_by_a_checkpoint_and_the_whole_log_checks(office: Office) -> None:
    office.import_demo()
    assert office.run("log", "show").json["size"] == 4
    office.freeze()
    shown = office.run("log", "show").json
    assert shown["size"] == 6  # the policy came into use
    assert office.run("log", "publish").json == shown
    assert faults(office) == []


def test_a_refused_act_signs_nothing_new(office: Office) -> None:
    office.import_demo()
    office.run("draw", "show", "SC-2026-01", expect=1)
    office.run("people", "leave", "nobody", "--reason", "x", expect=1)
    assert office.run("log", "show").json["size"] == 4


def test_a_database_that_was_set_back_is_not_signed(office: Office) -> None:
    office.import_demo()
    with office.earlier() as backup:
        office.freeze()
        office.set_back(backup)
    assert office.run("log", "publish", expect=1).code == "log-set-back"
    assert faults(office) == [("log-not-the-signed-one", 6)]
    assert "✗" in office.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020").said
    assert office.run("log", "publish", expect=1).code == "log-forked"
    assert faults(office) == [("log-not-the-signed-one", 6)]


def test_a_second_database_in_one_folder_is_told_to_have_its_own(office: Office) -> None:
    """A rehearsal and the office's own data once lay beside one another, and shared `log.key` and `log.last`."""
    with office.earlier() as second:
        office.import_demo()
        office.set_back(second)
    office.import_rows("people", [PERSON])
    for code in ("log-set-back", "log-forked"):
        refused = office.run("log", "publish", expect=1)
        assert refused.code == code
        assert "AUDIT_DATABASE_URL" in refused.said
        office.import_demo()


def test_a_last_checkpoint_that_is_not_ours_is_refused(office: Office) -> None:
    office.import_demo()
    last = office.folder / "log.last"
    good = last.read_bytes()
    for bad in (b"", good[:-5], good.replace(b"\n4\n", b"\n3\n")):
        last.write_bytes(bad)
        assert office.run("log", "publish", expect=1).code == "log-last-wrong"
    last.write_bytes(good)
    (office.folder / "log.key").unlink()
    assert office.run("log", "publish", expect=1).code == "log-last-wrong"


@on_both
def test_a_lost_last_checkpoint_is_not_taken_for_a_new_log(office: Office) -> None:
    office.import_demo()
    last = office.folder / "log.last"
    kept = last.read_bytes()
    last.unlink()
    assert "log.last" in office.run("people", "leave", "C510101", "--reason", "病假").said
    assert office.run("log", "publish", expect=1).code == "log-last-missing"
    assert faults(office) == [("log-last-lost", 4)]
    assert not last.exists()
    assert office.run("log", "begin-anew", "--reason", " ", expect=1).code == "reason-empty"
    assert office.run("log", "begin-anew", "--reason", "硬盘损坏").json["size"] == 6
    assert [entry["signed"] for entry in entries(office) if entry["action"] == "log-anew"] == [4]
    assert faults(office) == []
    assert office.run("log", "begin-anew", "--reason", "硬盘损坏", expect=1).code == "log-last-there"
    last.write_bytes(kept)
    office.freeze()
    assert office.run("log", "publish").json["size"] == 8


def test_where_the_key_is_lost_too_nothing_begins_anew(office: Office) -> None:
    assert office.run("log", "begin-anew", "--reason", "x", expect=1).code == "log-last-there"
    office.import_demo()
    for name in ("log.last", "log.key"):
        (office.folder / name).unlink()
    assert office.run("log", "begin-anew", "--reason", "x", expect=1).code == "check-log-key"
    assert not (office.folder / "log.key").exists()


def test_a_log_keeps_its_name(office: Office) -> None:
    office.import_demo()
    office.environment = {**office.environment, "AUDIT_LOG_NAME": "other"}
    assert office.run("log", "publish", expect=1).code == "log-last-wrong"


# --- checking -------------------------------------------------------------------------------------------------------

FLIPPED = {
    "sqlite": "CAST(replace(CAST(content AS TEXT), 'left', 'lefu') AS BLOB)",
    "postgresql": "convert_to(replace(convert_from(content, 'UTF8'), 'left', 'lefu'), 'UTF8')",
}
TAMPERED = {
    "an act's subject": ("UPDATE acts SET subject = 'SC-2026-09' WHERE number = 5", {("log-entry-differs", 5)}),
    "an act's time": ("UPDATE acts SET at = '2026-06-20T01:00:01Z' WHERE number = 2", {("log-entry-differs", 2)}),
    "a hidden name": ("UPDATE acts SET \"by\" = 'x' WHERE number = 3", {("log-entry-differs", 3)}),
    "a flipped bit": (
        "UPDATE entries SET content = {flipped} WHERE place = 4",
        {("log-entry-differs", 4), ("log-hash-wrong", 3), ("log-hash-wrong", 2), ("log-hash-wrong", 0),
         ("log-checkpoint-wrong", 4), ("log-checkpoint-wrong", 6), ("log-not-the-signed-one", 6)},
    ),
    "the last entry, removed": (
        "DELETE FROM entries WHERE place = 6",
        {("log-entry-differs", 6), ("log-entries-missing", 6), ("log-hash-wrong", 5), ("log-hash-wrong", 4),
         ("log-checkpoint-wrong", 6), ("log-not-the-signed-one", 6)},
    ),
    "an entry before it, removed": (
        "DELETE FROM entries WHERE place = 5",
        {("log-entry-differs", 5), ("log-entry-differs", 6), ("log-hash-wrong", 5),
         ("log-hash-wrong", 4), ("log-checkpoint-wrong", 6), ("log-not-the-signed-one", 6)},
    ),
    "a hash": (f"UPDATE tree_hashes SET hash = '{'0' * 64}' WHERE level = 1 AND place = 1", {("log-hash-wrong", 2)}),
    "a checkpoint": (
        "UPDATE checkpoints SET note = replace(note, '4', '3') WHERE size = 4", {("log-checkpoint-wrong", 4)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_tampered_with_is_found_and_named(office: Office, what: str) -> None:
    change, expected = TAMPERED[what]
    office.import_demo().freeze()
    with unguarded(office.runtime.engine) as db:
        db.execute(text(change.format(flipped=FLIPPED[db.dialect.name])))
    assert set(faults(office)) == expected


def test_acts_that_were_done_before_there_was_a_log_are_entered(engine: Engine) -> None:
    with database.transaction(engine) as db:
        acts.record(db, ACT, "withdraw", "SC-2026-01", reason="x")
    database.downgrade(engine, "0003")
    database.upgrade(engine)
    with database.transaction(engine) as db:
        (recorded,) = acts.recorded(db)
        assert list(log.entries_from(db, 0, 9)) == [write_entry(recorded)]


# --- witnesses ------------------------------------------------------------------------------------------------------


class Witness:
    """Somebody with a machine of their own, to whom the office's export is brought."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.export = folder / "log"
        self.out = folder / "cosignature"
        self.log_key = office.run("log", "show").json["key"]

    def fetch(self) -> Witness:
        shutil.rmtree(self.export, ignore_errors=True)
        self.office.run("log", "export", self.export)
        return self

    def sign(self, name: str = "纪检", expect: int = 0) -> object:
        options = ("--log-key", self.log_key, "--name", name, "--key-file", self.folder / "witness.key")
        files = ("--seen", self.folder / "seen", "--out", self.out)
        done = self.office.run("log", "witness", self.export, *options, *files, expect=expect)
        return done.code if expect else done.json

    def bring(self, key: str, expect: int = 0) -> object:
        done = self.office.run("log", "cosigned", self.out, "--witness-key", key, expect=expect)
        return done.code if expect else done.json


@pytest.fixture
def witness(office: Office, tmp_path: Path) -> Witness:
    office.import_demo()
    folder = tmp_path / "witness"
    folder.mkdir()
    return Witness(office, folder)


def test_a_witness_cosigns_what_grew_and_the_office_keeps_it(office: Office, witness: Witness) -> None:
    signed = witness.fetch().sign()
    assert isinstance(signed, dict)
    assert signed["size"] == 4
    assert witness.bring(signed["key"]) == {"size": 4, "witness": "纪检"}
    assert office.run("log", "show").json["witnesses"] == ["纪检"]
    assert witness.bring(signed["key"], expect=1) == "cosignature-known"
    office.freeze()
    again = witness.fetch().sign()
    assert isinstance(again, dict)
    assert again["size"] == 6
    assert faults(office) == []


@pytest.mark.parametrize("name", ["", "省 纪检", "a+b", "名" * 201])
def test_a_witness_whose_name_cannot_stand_in_a_signature_signs_and_keeps_nothing(witness: Witness, name: str) -> None:
    assert witness.fetch().sign(name, expect=1) == "log-name-form"
    assert [file.name for file in witness.folder.iterdir()] == ["log"]


@on_both
def test_a_witness_is_known_by_its_key_so_nobody_takes_its_place_by_its_name(
    office: Office, witness: Witness, tmp_path: Path
) -> None:
    other = Witness(office, tmp_path)
    taken = other.fetch().sign()  # 纪检, under a key of its own
    assert isinstance(taken, dict)
    other.bring(taken["key"])
    signed = witness.fetch().sign()
    assert isinstance(signed, dict)
    assert witness.bring(signed["key"]) == {"size": 4, "witness": "纪检"}
    note = parse_note(office.run("log", "show").json["checkpoint"].encode())
    assert all(verify(note, parse_key(found["key"])) for found in (taken, signed))
    for brought, found in ((other, taken), (witness, signed)):
        assert brought.bring(found["key"], expect=1) == "cosignature-known"
    engine = office.runtime.engine
    database.downgrade(engine, "0007")  # where a name is kept once
    database.upgrade(engine)
    assert office.run("log", "show").json["witnesses"] == ["纪检"]
    office.freeze()
    assert faults(office) == []


@pytest.mark.parametrize("seconds", [253402297200, 253402300799, 253402300800, 2**63])
def test_a_witness_may_have_any_clock(office: Office, witness: Witness, seconds: int) -> None:
    note = parse_note(office.run("log", "show").json["checkpoint"].encode())
    signer = load_signer(witness.folder / "witness.key", "late")
    data = write_cosignature(seconds, signer.private.sign(cosigned_bytes(note.text, seconds)))
    witness.out.write_text(f"{Signature('late', signer.witness_key.id, data)}\n", encoding="utf-8")
    assert "9999-12-31" in office.show("log", "cosigned", witness.out, "--witness-key", signer.witness_key)


def test_a_cosignature_by_somebody_else_or_of_something_else_is_not_kept(
    office: Office, witness: Witness, template: str
) -> None:
    signed = witness.fetch().sign()
    assert isinstance(signed, dict)
    assert witness.bring(witness.log_key, expect=1) == "cosignature-of-nothing"
    (folder := office.folder / "other").mkdir()
    with working(Office(folder, {**office.environment, "AUDIT_DATABASE_URL": copy_of(template, folder)})) as other:
        other.import_demo()
        done = other.run("log", "cosigned", witness.out, "--witness-key", signed["key"], expect=1)
        assert done.code == "cosignature-of-nothing"


def test_a_witness_refuses_a_rollback_a_fork_and_another_log(office: Office, witness: Witness, template: str) -> None:
    office.freeze()
    witness.fetch().sign()
    office.begin_anew(template)
    office.import_demo()
    assert witness.fetch().sign(expect=1) == "witness-rollback"
    office.freeze()
    assert witness.fetch().sign(expect=1) == "witness-fork"
    witness.log_key = witness.log_key.replace("audit-service", "other")
    assert witness.sign(expect=1) == "form-value"


@pytest.mark.parametrize("what", ["tile/0/000.p/4", "tile/entries/000.p/4", "checkpoint"])
def test_a_witness_refuses_files_that_do_not_agree(witness: Witness, what: str) -> None:
    file = witness.fetch().export / what
    data = file.read_bytes()
    file.write_bytes(bytes([data[0] ^ 1]) + data[1:] if what != "checkpoint" else data.replace(b"\n4\n", b"\n3\n"))
    found = witness.sign(expect=1 if "entries" not in what else 0)
    assert "entries" in what or found == ("witness-tiles-wrong" if "tile" in what else "signature-wrong")


def test_a_log_of_many_files_is_told_by_the_demo_rosters_as_well(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv", "--by", "李某")
    (entry,) = entries(office)
    assert entry["imported"] == 343
    assert set(entry["hidden"]) == {"by", "files", "subject"}  # type: ignore[call-overload]
