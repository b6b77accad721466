"""What an office, an insider or a stranger might try, and what comes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, update

from audit_service.cli.output import printable
from audit_service.core.acts import Act
from audit_service.core.terms import parse_event_argument
from audit_service.errors import Failed, Refused
from audit_service.store import acts, database
from audit_service.store.tables import files
from audit_service.use_cases.committing import Terms
from audit_service.use_cases.draws import commit_sample
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both, on_postgres
from tests.reading import FOLDER

ROOT = Path(__file__).parents[2]
AUGUST = "kl8:2026220@2026-08-10T13:00:00Z"


def tomorrow() -> str:
    return f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"


def test_what_is_real_is_not_undone_under_a_demo_clock(office: Office) -> None:
    draw = office.import_demo().at("").freeze()
    office.run("draw", "commit", draw, "--event", f"kl8:1@{tomorrow()}")
    for command in (
        ("withdraw", "--reason", "x"),
        ("run", "--public", "x"),
        ("reveal",),
        ("set-aside", "--ground", "x"),
    ):
        assert office.at(LATE).run("draw", command[0], draw, *command[1:], expect=1).code == "demo-on-real"
    assert office.run("round", "commit", draw, "--event", AUGUST, expect=1).code == "demo-on-real"
    office.at("").run("draw", "withdraw", draw, "--reason", "the meeting is moved")
    assert office.run("draw", "show", draw).json["demo"] is False


def test_whatever_is_done_under_a_demo_clock_marks_the_draw(office: Office) -> None:
    draw = office.import_demo().commit()
    office.at("2026-06-30T00:00:00Z").run("draw", "withdraw", draw, "--reason", "x")
    assert office.run("draw", "show", draw).json["demo"] is True
    assert "DEMO" in office.show("draw", "show", draw)


@on_postgres
def test_of_two_commitments_at_the_same_moment_one_is_refused(office: Office) -> None:
    office.import_demo()
    names = [office.freeze(), office.freeze()]
    terms = Terms((parse_event_argument(AUGUST),))
    act = Act(datetime(2026, 6, 20, tzinfo=UTC), "tests", demo=True)
    together = Barrier(2)

    def commit(name: str) -> str:
        together.wait()
        try:
            with database.transaction(office.runtime.engine) as db:
                return commit_sample(db, act, office.runtime.vault, name, terms, "")
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(commit, names))
    assert sum(len(entry) == 64 for entry in done) == 1
    assert "campaign-live" in done


def test_the_fallback_cannot_be_used_before_the_first_events_could_have_happened(office: Office) -> None:
    early = ("--fallback", "d10:early:20@2026-06-21T00:00:00Z")
    draw = office.import_demo().commit(*EVENTS, *early)
    value = "d10:early:01234567890123456789"
    assert office.at("2026-06-22T00:00:00Z").run("draw", "run", draw, "--public", value, expect=1).code == "event-ahead"
    office.at(LATE).run("draw", "run", draw, "--public", value, "--document", "the lottery's notice")
    assert "fallback" in office.show("draw", "show", draw)


def test_a_fallback_of_the_same_event_with_more_dice_can_be_used(office: Office, tmp_path: Path) -> None:
    dice = ("--event", "d10:m:20@2026-07-01T01:30:00Z", "--fallback", "d10:m:25@2026-07-01T01:30:00Z")
    draw = office.import_demo().commit(*dice)
    office.at(LATE).run("draw", "run", draw, "--public", f"d10:m:{'0123456789' * 2}01234", "--document", "x")
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    assert office.run("verify", tmp_path / "b.zip", expect=4).json["verdict"] == "consistent"
    checked = subprocess.run([sys.executable, "verifier/verify.py", tmp_path / "b.zip"], cwd=ROOT, check=False)
    assert checked.returncode == 4


def test_a_round_is_withdrawn_with_its_sample(office: Office) -> None:
    draw = office.import_demo().commit()
    office.run("round", "commit", draw, "--event", AUGUST)
    office.run("draw", "withdraw", draw, "--reason", "the meeting is moved")
    assert [row["state"] for row in office.run("round", "list", draw).json["rounds"]] == ["withdrawn"]


def test_a_far_fallback_does_not_put_off_what_is_overdue(office: Office) -> None:
    office.import_demo().commit(*EVENTS, "--fallback", "d10:far:20@2030-01-01T00:00:00Z")
    listed = office.at("2026-07-03T00:00:00Z").run("draw", "list").json["draws"][0]
    assert listed["violations"] == ["overdue-result"]


def test_an_event_in_the_far_future_is_refused(office: Office) -> None:
    draw = office.import_demo().freeze()
    event = ("--event", "d10:m:20@9999-12-31T23:59:59Z")
    assert office.run("draw", "commit", draw, *event, expect=1).code == "event-far"


def test_a_sealed_draw_takes_no_substitution_and_no_open_further_round_before_its_reveal(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    office.run("round", "commit", draw, *EVENTS)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    assert office.run("draw", "substitute", draw, "x", "--document", "x", expect=1).code == "sealed"
    assert office.run("round", "commit", draw, "--event", AUGUST, expect=1).code == "round-must-be-sealed"
    office.run("round", "commit", draw, "--event", AUGUST, "--sealed", "--reveal-by", "2026-10-01")


def test_the_seed_of_a_sealed_draw_is_not_shown_before_its_reveal(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    seed = office.at(LATE).run("draw", "run", draw, "--public", PUBLIC).json["seed"]
    assert seed not in json.dumps(office.run("draw", "show", draw).json)
    office.run("draw", "reveal", draw)
    assert office.run("draw", "show", draw).json["seed"] == seed


@on_both
def test_the_root_of_the_notice_tree_is_written_down_when_the_sample_is_drawn(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    root = office.run("draw", "show", draw).json["notices"]
    with office.runtime.look() as db:
        assert acts.details_of(db, acts.last_number(db)) == {"root": root}


def test_frozen_bytes_that_were_changed_in_the_database_are_noticed(office: Office) -> None:
    draw = office.import_demo().commit()
    with office.runtime.begin() as db:
        for digest, content in db.execute(select(files.c.digest, files.c.content)).all():
            other = content.replace(b"510104026", b"510104027")
            db.execute(update(files).where(files.c.digest == digest).values(content=other))
    assert office.at(LATE).run("draw", "run", draw, "--public", PUBLIC, expect=1).code == "file-damaged"


def test_a_second_key_is_not_made_where_secrets_are_locked_with_the_first(office: Office, tmp_path: Path) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    other = office.freeze("2027")
    office.environment = {**office.environment, "AUDIT_KEY_FILE": str(tmp_path / "other.key")}
    seal = ("--sealed", "--reveal-by", "2026-09-30")
    assert office.run("draw", "commit", other, *EVENTS, *seal, expect=1).code == "vault-key-missing"
    assert not (tmp_path / "other.key").exists()
    (tmp_path / "other.key").write_bytes(b"no key")
    assert office.at(LATE).run("draw", "run", draw, "--public", PUBLIC, expect=1).code == "vault-key-wrong"


def test_a_command_writes_over_nothing_but_files(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    os.mkfifo(tmp_path / "pipe")
    assert office.run("bundle", draw, "--out", tmp_path / "pipe", expect=1).code == "file-not-regular"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:////proc/nope/x.db"])
def test_a_database_that_keeps_nothing_is_refused(url: str) -> None:
    with pytest.raises(Failed):
        database.connect(url)


def forged(tmp_path: Path, changes: dict[str, bytes]) -> Path:
    vector = FOLDER / "small-00"
    entries = {p.relative_to(vector).as_posix(): p.read_bytes() for p in vector.rglob("*") if p.is_file()}
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name, data in {**entries, **changes}.items():
            bundle.writestr(name, data)
    return tmp_path / "b.zip"


@pytest.mark.parametrize(
    ("name", "begins", "goes_on", "times"),
    [
        ("README.txt", b"", b"\0", 300 << 20),
        ("sample/frame.csv", b"unit,stratum,city\n", b"\n", 200 << 20),
        ("sample/seed.json", b"", b'["",', 5 << 20),
        ("../../outside", b"x", b"", 0),
        ("/etc/passwd", b"x", b"", 0),
        ("sample/frame.csv/", b"x", b"", 0),
    ],
    ids=["bomb", "lines", "nested", "climbs", "absolute", "folder with content"],
)
def test_a_hostile_bundle_is_refused_at_step_1_by_both_verifiers(
    office: Office, tmp_path: Path, name: str, begins: bytes, goes_on: bytes, times: int
) -> None:
    bundle = forged(tmp_path, {name: begins + goes_on * times})
    assert office.run("verify", bundle, expect=1).json["step"] == 1
    program = [sys.executable, "verifier/verify.py", bundle, "--json"]
    theirs = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (theirs.returncode, json.loads(theirs.stdout)["step"]) == (1, 1)


def test_a_folder_for_the_log_is_let_pass_by_both_verifiers(office: Office, tmp_path: Path) -> None:
    bundle = forged(tmp_path, {"log/checkpoint": b"x", "log/tile/0/000": b"x"})
    assert office.run("verify", bundle, expect=4).json["verdict"] == "consistent"
    program = [sys.executable, "verifier/verify.py", bundle]
    assert subprocess.run(program, cwd=ROOT, capture_output=True, check=False).returncode == 4


def test_an_anchor_without_its_part_is_pointed_out(office: Office, tmp_path: Path) -> None:
    bundle = forged(tmp_path, {})
    (tmp_path / "anchors").write_text(f"{'0' * 64} x\n")
    office.run("verify", bundle, "--anchors", tmp_path / "anchors", expect=1)
    draw = office.drawn()
    office.run("bundle", draw, "--out", tmp_path / "own.zip")
    (tmp_path / "anchors").write_text(office.show("draw", "show", draw, "--anchors") + f"{'0' * 64} x\n")
    assert "0" * 64 in office.show("verify", tmp_path / "own.zip", "--anchors", tmp_path / "anchors")


def test_nothing_that_a_bundle_holds_commands_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\n✓ 好") == "a\\x1b[2Jb\\u202ec\n✓ 好"


@pytest.mark.parametrize(
    "arguments",
    [["draw", "comit"], ["draw", "run", "x", "--json"], ["verify", "none.zip", "--json"], ["--wrong", "--json"]],
)
def test_wrong_usage_ends_with_2_in_words_and_in_json_where_it_was_asked_for(arguments: list[str]) -> None:
    program = [sys.executable, "-c", "from audit_service.app import main; main()", *arguments, "--lang", "zh"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "✗" in done.stderr
    assert not done.stdout or json.loads(done.stdout)["error"]["code"] == "usage"
    assert bool(done.stdout) == ("--json" in arguments)


def test_a_console_without_the_signs_still_gets_every_word() -> None:
    program = [sys.executable, "-c", "from audit_service.app import main; main()", "verify", "none.zip", "--lang", "en"]
    done = subprocess.run(
        program, cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False
    )
    assert done.returncode == 2
    assert b"none.zip" in done.stderr
