"""A draw from rosters to bundle, and every order of acts that is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_service.core.canonical import sha256_hex
from audit_service.core.layout import ROUND_FROZEN, SAMPLE_FROZEN
from audit_service.files.bundles import read_bundle
from tests.faults.desk import dump
from tests.office import EARLY, EVENTS, LATE, PUBLIC, Office, on_both
from tests.reading import FOLDER
from tests.roster_rows import UNIT

DEMO_EVENTS = ("--event", "ssq:2026075@2026-07-01T04:00:00Z", "--event", "d10:meeting-2026:20@2026-07-01T04:00:00Z")
DEMO_PUBLIC = "ssq:2026075:020812192433+07,d10:meeting-2026:84729150366271940583"
OTHER_EVENTS = ("--event", "kl8:2026180@2026-07-10T13:00:00Z")
OTHER_PUBLIC = "kl8:2026180:0102030405060708091011121314151617181920"


@on_both
def test_the_demo_rosters_give_the_reference_bundle_byte_for_byte(office: Office, tmp_path: Path) -> None:
    office.import_demo()
    frozen = office.run("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020", "--out", tmp_path / "frame")
    out = ("--out", tmp_path / "commitment.json")
    c = office.run("draw", "commit", "SC-2026-01", *DEMO_EVENTS, *out).json["commitment"]
    office.run("round", "commit", "SC-2026-01", *DEMO_EVENTS)
    run = office.at(LATE).run("draw", "run", "SC-2026-01", "--public", DEMO_PUBLIC).json
    office.run("round", "run", "SC-2026-01/1", "--public", DEMO_PUBLIC)
    office.run("bundle", "SC-2026-01", "--out", tmp_path / "demo.zip")
    bundle = read_bundle(tmp_path / "demo.zip")
    entries = {name: data for name, data in bundle.items() if not name.startswith("log/")}
    readme = entries.pop("README.txt").decode()
    vector = FOLDER / "sichuan-demo"
    assert entries == {p.relative_to(vector).as_posix(): p.read_bytes() for p in vector.rglob("*") if p.is_file()}
    assert readme.startswith("演示数据")
    assert frozen.json["frame"] == sha256_hex((tmp_path / "frame" / "frame.csv").read_bytes())
    assert c == sha256_hex(entries["sample/commitment.json"]) == sha256_hex((tmp_path / "commitment.json").read_bytes())
    assert (run["units"], run["sampled"]) == (338, 43)
    assert run["seed"] == json.loads(entries["sample/seed.json"])["seed"]


def test_a_bundle_is_the_same_bytes_whenever_it_is_made(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    for name in ("one.zip", "two.zip"):
        office.run("bundle", draw, "--out", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_verification_needs_the_anchors_that_show_prints(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    anchors = tmp_path / "anchors"
    anchors.write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", tmp_path / "b.zip", expect=4).json["verdict"] == "consistent"
    assert office.run("verify", tmp_path / "b.zip", "--anchors", anchors).json["verdict"] == "verified"
    anchors.write_text(anchors.read_text().replace("+07", "+08"))
    refused = office.run("verify", tmp_path / "b.zip", "--anchors", anchors, expect=1).json
    assert (refused["verdict"], refused["step"], refused["part"]) == ("refused", 5, "sample")


@pytest.mark.parametrize(
    "line", ["", "x", "0" * 64, f"{'0' * 64}  x", f"{'A' * 64} x", f" {'0' * 64} x", f"{'0' * 64} x y"]
)
def test_an_anchors_file_with_a_line_of_another_form_is_wrong_usage(office: Office, tmp_path: Path, line: str) -> None:
    (tmp_path / "anchors").write_text(f"{'0' * 64} x\n{line}\n{'0' * 64} x\n")
    (tmp_path / "b.zip").write_bytes(b"")
    office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors", expect=2)


def test_a_file_that_is_no_bundle_is_refused_at_step_1(office: Office, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 nonsense")
    assert office.run("verify", tmp_path / "b.zip", expect=1).json["step"] == 1
    office.run("verify", tmp_path / "none.zip", expect=2, json_wanted=False)


def test_a_frozen_draw_does_not_notice_later_changes_of_the_roster(office: Office) -> None:
    draw = office.import_demo().commit()
    other = {**UNIT, "建设单位名称": "锦官驿街道", "单位编码": "510104017", "类别": "复评", "目标下达年度": ""}
    assert office.import_rows("units", [other]).json["imported"] == 1
    run = office.at(LATE).run("draw", "run", draw, "--public", PUBLIC).json
    assert run["units"] == 338
    office.run(
        "frame", "explain", "成都", "re-evaluation", "--policy", "sichuan-2020", "--difference", 1, "--document", "函"
    )
    again = office.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020").json
    assert again["units"] == 339


def test_draws_of_a_campaign_are_numbered_without_gaps_also_when_a_freeze_is_refused(office: Office) -> None:
    office.run("draw", "freeze", "--campaign", "2026", "--policy", "sichuan-2020", expect=1)
    office.import_demo()
    assert [office.freeze() for _ in range(3)] == ["SC-2026-01", "SC-2026-02", "SC-2026-03"]
    assert office.freeze("2027") == "SC-2027-01"


def test_an_event_that_is_past_cannot_be_committed_to(office: Office) -> None:
    draw = office.import_demo().freeze()
    office.at(LATE)
    assert office.run("draw", "commit", draw, *EVENTS, expect=1).code == "event-past"
    assert office.run("draw", "list").json["draws"][0]["state"] == "frozen"


@pytest.mark.parametrize(
    "event", ["ssq:1", "ssq@2026-07-01T04:00:00Z", "lotto:1@2026-07-01T04:00:00Z", "ssq:1:6@2026-07-01T04:00:00Z",
              "d10:m@2026-07-01T04:00:00Z", "ssq:1@2026-07-01 04:00", "ssq:1@2026-13-01T04:00:00Z",
              "ssq:ä@2026-07-01T04:00:00Z"]
)  # fmt: skip
def test_an_event_of_another_form_is_refused_with_the_form(office: Office, event: str) -> None:
    draw = office.import_demo().freeze()
    assert office.run("draw", "commit", draw, "--event", event, expect=2).code == "event-form"


def test_events_that_are_too_weak_are_refused(office: Office) -> None:
    draw = office.import_demo().freeze()
    for events in (("ssq:1@2026-07-01T04:00:00Z",), ("ssq:1@2026-07-01T04:00:00Z", "dlt:1@2026-07-01T04:00:00Z")):
        options = [word for event in events for word in ("--event", event)]
        assert office.run("draw", "commit", draw, *options, expect=1).code == "events-weak"
    assert office.run("draw", "commit", draw, "--event", "d10:m:19@2026-07-01T04:00:00Z", expect=1).code == "digits-few"
    office.run("draw", "commit", draw, "--event", "d10:m:20@2026-07-01T04:00:00Z")


def test_a_draw_is_committed_once_and_a_campaign_has_one_live_draw(office: Office) -> None:
    first = office.import_demo().commit()
    second = office.freeze()
    assert office.run("draw", "commit", first, *EVENTS, expect=1).code == "commit-twice"
    assert office.run("draw", "commit", second, *EVENTS, expect=1).code == "campaign-live"
    other = office.freeze("2027")
    office.run("draw", "commit", other, *EVENTS)


def test_a_draw_is_carried_out_only_after_its_events_and_only_once(office: Office) -> None:
    draw = office.import_demo().commit()
    assert office.run("draw", "run", draw, "--public", PUBLIC, expect=1).code == "event-ahead"
    office.at("2026-07-01T13:14:59Z")
    assert office.run("draw", "run", draw, "--public", PUBLIC, expect=1).code == "event-ahead"
    office.at("2026-07-01T13:15:00Z").run("draw", "run", draw, "--public", PUBLIC)
    assert office.run("draw", "run", draw, "--public", PUBLIC.replace("+07", "+08"), expect=1).code == "state-drawn"
    frozen = office.freeze()
    assert office.run("draw", "run", frozen, "--public", PUBLIC, expect=1).code == "state-frozen"
    assert office.run("draw", "run", "SC-1", "--public", PUBLIC, expect=1).code == "draw-unknown"


@pytest.mark.parametrize(
    ("public", "code"),
    [
        ("", "public-form"),
        ("trial", "public-form"),
        ("ssq:2026075:020812192433+07", "public-other-events"),
        ("d10:meeting:84729150366271940583,ssq:2026075:020812192433+07", "public-other-events"),
        (PUBLIC.replace("2026075", "2026076"), "public-other-events"),
        (PUBLIC.replace("+07", "+17"), "value-ssq"),
        (PUBLIC.replace("+07", "＋07"), "value-ssq"),
        (PUBLIC[:-1], "value-d10"),
        (PUBLIC + " ", "value-d10"),
        (PUBLIC.replace("8472", "８472"), "value-d10"),
    ],
)
def test_a_public_value_is_never_repaired(office: Office, public: str, code: str) -> None:
    draw = office.import_demo().commit()
    assert office.at(LATE).run("draw", "run", draw, "--public", public, expect=1).code == code
    office.run("draw", "run", draw, "--public", PUBLIC)


def test_the_fallback_is_used_as_a_whole_and_has_times_of_its_own(office: Office) -> None:
    fallback = ("--fallback", "d10:later:20@2026-07-02T01:00:00Z")
    draw = office.import_demo().commit(*EVENTS, *fallback)
    value = "d10:later:01234567890123456789"
    assert office.at(LATE).run("draw", "run", draw, "--public", value, expect=1).code == "event-ahead"
    run = ("draw", "run", draw, "--public", value)
    assert office.at("2026-07-02T01:00:00Z").run(*run, expect=1).code == "fallback-undocumented"
    office.run(*run, "--document", "停售公告")


def test_a_commitment_is_withdrawn_only_before_its_earliest_event_and_with_a_reason(office: Office) -> None:
    draw = office.import_demo().commit()
    assert office.run("draw", "withdraw", draw, "--reason", " ", expect=1).code == "reason-empty"
    office.at("2026-07-01T01:30:00Z")
    assert office.run("draw", "withdraw", draw, "--reason", "late", expect=1).code == "withdraw-late"
    office.at("2026-07-01T01:29:59Z").run("draw", "withdraw", draw, "--reason", "the meeting is moved")
    assert office.run("draw", "withdraw", draw, "--reason", "again", expect=1).code == "state-withdrawn"
    assert office.at(LATE).run("draw", "run", draw, "--public", PUBLIC, expect=1).code == "state-withdrawn"
    second = office.at(EARLY).freeze()
    office.run("draw", "commit", second, *EVENTS)


def test_a_draw_is_set_aside_after_its_result_on_a_known_ground_and_its_successor_names_it(office: Office) -> None:
    draw = office.import_demo().commit()
    aside = ("draw", "set-aside", draw, "--ground")
    assert office.run(*aside, "frame-error", expect=1).code == "state-committed"
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    assert office.run(*aside, "dislike", expect=1).code == "ground-unknown"
    office.run(*aside, "frame-error")
    assert office.run(*aside, "frame-error", expect=1).code == "state-set-aside"
    successor = office.freeze()
    assert office.run("draw", "commit", successor, *OTHER_EVENTS, expect=1).code == "replaces-other"
    same = ("--event", "ssq:2026075@2026-07-10T13:15:00Z", *OTHER_EVENTS)
    assert office.run("draw", "commit", successor, *same, "--replaces", draw, expect=1).code == "replaces-same-event"
    office.run("draw", "commit", successor, *OTHER_EVENTS, "--replaces", draw)
    office.at("2026-07-10T13:00:00Z").run("draw", "run", successor, "--public", OTHER_PUBLIC)
    shown = office.run("draw", "show", draw).json
    assert shown["state"] == "set-aside"
    assert shown["sample"]


def test_a_draw_that_replaces_nothing_must_not_say_so(office: Office) -> None:
    draw = office.import_demo().freeze()
    assert office.run("draw", "commit", draw, *EVENTS, "--replaces", "SC-2025-01", expect=1).code == "replaces-other"


@on_both
def test_a_sealed_draw_hands_out_nothing_before_its_reveal_and_verifies_after_it(
    office: Office, tmp_path: Path
) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    office.run("round", "commit", draw, *EVENTS)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    bundle = ("bundle", draw, "--out", tmp_path / "b.zip")
    assert office.run(*bundle, expect=1).code == "sealed"
    assert office.run("draw", "set-aside", draw, "--ground", "frame-error", expect=1).code == "sealed"
    office.run("draw", "reveal", draw)
    assert office.run("draw", "reveal", draw, expect=1).code == "reveal-twice"
    office.run(*bundle)
    (tmp_path / "anchors").write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors").json["verdict"] == "verified"


def bytes_in(office: Office) -> bytes:
    """All that is in the database: of an SQLite file also what was left in its pages, of others the rows."""
    office.close()
    file = office.folder / "audit.db"
    return file.read_bytes() if office.url.endswith(str(file)) else repr(dump(office.url)).encode()


def test_a_copy_of_the_database_alone_tells_nothing_of_a_sealed_draw(office: Office, tmp_path: Path) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    copy = bytes_in(office)
    (tmp_path / "audit.key").rename(tmp_path / "away.key")
    assert office.run("draw", "show", draw, expect=1).code == "vault-key-missing"
    (tmp_path / "away.key").rename(tmp_path / "audit.key")
    revealed = office.run("draw", "reveal", draw).json
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    tickets = [row.split(b",")[-1] for row in read_bundle(tmp_path / "b.zip")["sample/sample.csv"].split(b"\n")[1:-1]]
    for told in (revealed["secret"].encode(), revealed["seed"].encode(), *tickets):
        assert told not in copy
    assert revealed["secret"].encode() in bytes_in(office)
    assert (tmp_path / "audit.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--sealed",), "seal-half"),
        (("--reveal-by", "2026-09-30"), "seal-half"),
        (("--sealed", "--reveal-by", "2026-06-30"), "reveal-by"),
        (("--sealed", "--reveal-by", "2026-12-29"), "reveal-by"),
    ],
)
def test_a_seal_needs_a_date_within_180_days(office: Office, options: tuple[str, ...], code: str) -> None:
    draw = office.import_demo().freeze()
    assert office.run("draw", "commit", draw, *EVENTS, *options, expect=1).code == code


def test_a_date_of_another_form_is_wrong_usage(office: Office) -> None:
    draw = office.import_demo().freeze()
    seal = ("--sealed", "--reveal-by", "2026-9-30")
    assert office.run("draw", "commit", draw, *EVENTS, *seal, expect=2).code == "form-value"


def test_what_is_overdue_is_shown_as_a_violation(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-07-31")
    office.deposit(draw)
    said = ["deposit-unshown"]  # by the office alone
    assert office.at("2026-07-02T13:15:00Z").run("draw", "list").json["draws"][0]["violations"] == said
    overdue = office.at("2026-07-02T13:15:01Z").run("draw", "list").json["draws"][0]["violations"]
    assert overdue == ["overdue-result", *said]
    office.run("draw", "run", draw, "--public", PUBLIC)
    late = office.at("2026-07-31T23:59:59Z").run("draw", "show", draw).json["violations"]
    assert late == overdue, "what came too late stays a violation"
    reveal = office.at("2026-08-01T00:00:00Z").run("draw", "show", draw).json["violations"]
    assert reveal == ["overdue-result", "overdue-reveal", *said]
    office.run("draw", "reveal", draw)
    assert office.run("draw", "show", draw).json["violations"] == reveal, "so does a reveal that came too late"


def test_a_reveal_in_time_is_no_violation_later(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, "--sealed", "--reveal-by", "2026-07-31")
    office.deposit(draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.at("2026-07-31T23:59:59Z").run("draw", "reveal", draw)
    assert office.at("2026-09-01T00:00:00Z").run("draw", "show", draw).json["violations"] == ["deposit-unshown"]


def test_a_trial_is_marked_decides_nothing_and_uses_another_seed(office: Office) -> None:
    draw = office.import_demo().freeze()
    tried = office.run("draw", "trial", draw)
    assert tried.json["trial"] is True
    assert tried.json["feasible"] is True
    assert "TRIAL" in tried.said
    assert tried.json["sampled"] == {"target-2019": 10, "assessed": 7, "re-evaluation": 26}
    assert office.run("draw", "show", draw).json["state"] == "frozen"


@on_both
def test_substitutions_come_in_batches_by_a_document_and_reach_the_bundle(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    sample = office.run("draw", "show", draw).json["sample"]
    first, second = (row["unit"] for row in sample if row["stratum"] == "re-evaluation" and row["city"] == "510100")
    substitute = ("draw", "substitute", draw)
    assert office.run(*substitute, first, "--document", " ", expect=1).code == "document-empty"
    one = office.run(*substitute, first, "--document", "川府函〔2026〕1号").json["substitutions"]
    assert office.run(*substitute, first, "--document", "x", expect=1).code == "substitution-not-inspected"
    two = office.run(*substitute, one[0]["substitute"], second, "--document", "x").json["substitutions"]
    assert [row["batch"] for row in two] == [2, 2]
    office.run("round", "commit", draw, *OTHER_EVENTS)
    office.at("2026-07-10T13:00:00Z").run("round", "run", f"{draw}/1", "--public", OTHER_PUBLIC)
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    assert read_bundle(tmp_path / "b.zip")["rounds/1/substitutions.csv"].count(b"\n") == 4
    assert office.run("verify", tmp_path / "b.zip", expect=4).json["verdict"] == "consistent"


def test_every_unit_is_explained_drawn_reserve_or_excluded(office: Office) -> None:
    draw = office.drawn()
    shown = office.run("draw", "show", draw).json
    drawn = shown["sample"][0]["unit"]
    assert office.run("draw", "explain", draw, drawn).json["selected"] is True
    assert "sha256sum" in office.show("draw", "explain", draw, drawn)
    excluded = office.run("draw", "explain", draw, "510121112").json
    assert (excluded["selected"], excluded["ground"]) == (False, "livelihood")
    assert office.run("draw", "explain", draw, "000000000", expect=1).code == "unit-not-in-draw"


def test_a_campaign_keeps_its_policy_and_its_name_must_be_an_identifier(office: Office) -> None:
    office.import_demo()
    freeze = ("draw", "freeze", "--policy", "sichuan-2020", "--campaign")
    assert office.run(*freeze, "二〇二六", expect=1).code == "campaign-form"
    assert office.run(*freeze, "x" * 62, expect=1).code == "campaign-form"
    assert office.run(*freeze[:2], "--policy", "none", "--campaign", "2026", expect=1).code == "policy-unknown"
    office.run(*freeze, "Spring")
    assert office.run(*freeze, "spring", expect=1).code == "campaign-twin"


@pytest.mark.parametrize("vector", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_replay_gives_the_result_files_of_every_vector_and_those_alone(
    office: Office, tmp_path: Path, vector: Path
) -> None:
    out = tmp_path / "out"
    office.run("replay", vector, "--out", out)
    given = {*SAMPLE_FROZEN, *ROUND_FROZEN}
    files = [path for path in vector.rglob("*") if path.is_file() and path.name not in given]
    made = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert made == {path.relative_to(vector): path.read_bytes() for path in files}


def test_every_act_records_when_and_by_whom(office: Office) -> None:
    draw = office.import_demo().freeze()
    office.run("draw", "commit", draw, *EVENTS, "--by", "甲")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    shown = office.show("draw", "show", draw)
    assert "2026-06-20T01:00:00Z" in shown
    assert "甲" in shown
    assert "tests" in shown
