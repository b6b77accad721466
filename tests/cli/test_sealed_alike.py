"""A sealed draw before its reveal: outsiders see the same, whichever of two samples was drawn, and whatever was done.

Two offices do the same in public. Their secrets differ, so their samples do; and one is busy with single units, the
other is not. What a city, an inspector of another team and the public can get is then the same byte for byte, but for
what is random by its nature and of fixed length: digests (C, the notice tree's root, salted hashes, the batches'
roots), signatures, the log's key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from audit_service.core.draws import SAMPLE_ROUND
from audit_service.errors import AuditError
from audit_service.papers.places import cities
from audit_service.use_cases import evidence, life_history, views
from audit_service.use_cases.packets import open_packet
from audit_service.use_cases.releases import released_units
from schemas.answers.lives import life_json
from tests.copies import copy_of
from tests.office import EVENTS, LATE, PUBLIC, Office, copied, office_in, working
from tests.visiting import JPEG, finding, in_file, record, said

SEALED = (*EVENTS, "--sealed", "--reveal-by", "2026-09-30")
LATER = "2026-07-20T00:00:00Z"
RANDOM = (
    (re.compile(rb"[0-9a-f]{64}"), b"<digest>"),
    (re.compile("— \\S+ \\S+".encode()), "— <signature>".encode()),
    (re.compile(rb"(?m)^[A-Za-z0-9+/]{43}=$"), b"<root>"),
)


@contextmanager
def sealed_office(folder: Path, template: str) -> Iterator[Office]:
    """An office in a new folder, with a sealed draw and its sealed teams, which were carried out."""
    folder.mkdir()
    with working(office_in(folder, copy_of(template, folder))) as office:
        prepare(office)
        yield office


@contextmanager
def busy_and_idle(folder: Path, template: str) -> Iterator[tuple[Office, Office]]:
    """An office that is busy with single units of its sample, and one that is not, of another sample."""
    with sealed_office(folder / "busy", template) as busy, sealed_office(folder / "idle", template) as idle:
        work(busy)
        yield busy, idle


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[tuple[Office, Office]]:
    """A busy office and an idle one, on the same day, with different samples."""
    with busy_and_idle(tmp_path_factory.mktemp("alike"), template) as found:
        for office in found:
            office.at(LATER).run("log", "day")
        yield found


def prepare(office: Office) -> None:
    office.import_demo()
    office.run("life", "adopt", "--policy", "sichuan-2020")
    assessed = [row["unit"] for row in office.run("life", "list", "--state", "assessed").json]
    office.run("life", "step", "name", *assessed, "--on", "2026-06-18", "--document", "命名通知")
    draw = office.commit(*SEALED)
    office.run("round", "commit", draw, *SEALED)
    for name in (draw, f"{draw}/1"):
        office.deposit(name)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)


def work(office: Office) -> None:
    """All that is done with single units of a sealed draw: notices, releases, packets that are opened."""
    sample = office.at("2026-07-02T02:00:00Z").run("draw", "show", "SC-2026-01").json["sample"]
    for _ in range(3):
        office.run("notice", "make", "SC-2026-01", "--all", "--as", "json", "--out", office.folder / "notices")
    release = ("release", "make", "SC-2026-01", "--visit", "2026-07-25", "--days", "1", "--city")
    for city in sorted({row["city"] for row in sample}):
        office.run(*release, city)
    for place, seat in enumerate(office.run("round", "show", "SC-2026-01/1").json["assignment"][::5]):
        opened = office.run("packet", "open", "SC-2026-01", seat["packet"], "--inspector", seat["inspector"]).json
        if place % 4 == 0:
            visit(office, opened["units"][0], seat["inspector"])


def visit(office: Office, unit: str, who: str) -> None:
    """Everything that is recorded of a visit under the seal: evidence, an outcome with its correction, a signature."""
    photograph = office.folder / "photograph.jpg"
    photograph.write_bytes(JPEG)
    own = ("SC-2026-01", unit, "--inspector", who)
    office.run("outcome", "attach", *own[:2], photograph, *own[2:])
    first = said("2026-07-02", "nine-stores", findings=[finding(), finding("缺演练记录")])
    record(office, unit, who, first, occasion="SC-2026-01")
    again = in_file(office, said("2026-07-02", "nine-stores", findings=[finding()]))
    office.run("outcome", "correct", *own, "--from", again, "--reason", "重复登记")
    office.run("outcome", "sign", *own, "--signer", who)


def masked(data: bytes) -> bytes:
    for pattern, name in RANDOM:
        data = pattern.sub(name, data)
    return data


def test_the_samples_differ(offices: tuple[Office, Office]) -> None:
    busy, idle = (sorted(row["unit"] for row in o.run("draw", "show", "SC-2026-01").json["sample"]) for o in offices)
    assert busy != idle


def test_the_log_has_the_same_entries_in_form_number_order_time_and_length(offices: tuple[Office, Office]) -> None:
    logs = []
    for office in offices:
        folder = office.folder / "log"
        office.run("log", "export", folder)
        logs.append({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    busy, idle = logs
    assert busy.keys() == idle.keys()
    assert {name: len(data) for name, data in busy.items()} == {name: len(data) for name, data in idle.items()}
    readable = [name for name in busy if "entries" in name or name == "checkpoint"]
    assert {name: masked(busy[name]) for name in readable} == {name: masked(idle[name]) for name in readable}


def public_of(office: Office) -> str:
    """What the office publishes of a sealed draw, and what everybody is shown of how it goes."""
    with office.runtime.look() as db:
        now = office.runtime.now()
        told: list[object] = [evidence.anchors_of(db, "SC-2026-01")]
        told += [evidence.commitment_of(db, "SC-2026-01", number).decode() for number in (SAMPLE_ROUND, 1)]
        for listed in views.list_draws(db, now):
            done = listed.done
            assert done is not None
            told += [done.progress.state, done.public, list(done.violations), done.seed]
        told += [[d.progress.name, d.progress.state, d.seed] for d in views.list_rounds(db, "SC-2026-01", now)]
        for refused in (evidence.bundle_entries,):
            try:
                refused(db, office.runtime.vault, "SC-2026-01")
            except AuditError as error:
                told.append([error.code, {key: str(value) for key, value in error.params.items()}])
    return json.dumps(told, ensure_ascii=False)


def test_the_public_is_told_the_same(offices: tuple[Office, Office]) -> None:
    busy, idle = (masked(public_of(office).encode()) for office in offices)
    assert busy == idle


def test_a_city_is_told_the_same_before_its_day(offices: tuple[Office, Office]) -> None:
    """Also one to which units are already released from a later day on."""
    told = []
    for office in offices:
        with office.runtime.look() as db:
            today = office.runtime.now().date()
            told.append([released_units(db, office.runtime.vault, city, today) for city in sorted(cities(db))])
    assert told[0] == told[1] == [[] for _ in told[0]]


def pages_of(office: Office) -> dict[str, Any]:
    """Every unit's page and the list of where units stand, as cities see them."""
    runtime = office.runtime
    with runtime.look() as db:
        rows = list(life_history.every_life(db, runtime.policy))
        shown = {}
        for unit in (row["unit"] for row in rows):
            own = f"{unit[:4]}00"
            life = life_history.show(db, runtime.policy, "2026-07-20", unit, own)
            shown[unit] = [life_json(life), vars(life_history.stands(db, runtime.policy, unit, own)[1])]
    return {"rows": rows, "shown": shown}


def test_the_pages_of_units_are_the_same(offices: tuple[Office, Office]) -> None:
    """When a unit was last checked, too, though some were visited."""
    busy, idle = (pages_of(office) for office in offices)
    assert busy == idle
    assert any(row["named_on"] for row in busy["rows"])


def test_an_inspector_of_another_team_is_told_the_same(offices: tuple[Office, Office]) -> None:
    """Whatever packet is asked for: one that there is, one that there is not."""
    told = []
    for office in offices:
        answers = []
        for packet in ("city-staff-001", "city-staff-002", "city-staff-999", "support-001"):
            with office.runtime.begin() as db, pytest.raises(AuditError) as refused:
                open_packet(db, office.runtime.act(), office.runtime.vault, "SC-2026-01", packet, "a-stranger")
            answers.append((refused.value.code, refused.value.params))
        told.append(answers)
    assert told[0] == told[1]


def test_after_the_reveal_they_differ(offices: tuple[Office, Office], tmp_path: Path) -> None:
    """So that the tests above would see it."""
    bundles, entered, checked = [], list[Any](), []
    for office in offices:
        with copied(office, tmp_path / office.folder.name) as copy:
            before = copy.at(LATER).run("outcome", "list", "--occasion", "SC-2026-01").json
            assert copy.run("outcome", "list").json == []
            copy.run("draw", "reveal", "SC-2026-01")
            entered.append(copy.run("outcome", "list").json)
            assert entered[-1] == before
            for row in before:
                shown = copy.run("outcome", "show", "SC-2026-01", row["unit"]).json
                assert [v["why"] for v in shown["versions"]] == ["", "重复登记"]
                assert [(f["description"], f["state"]) for f in shown["findings"]] == [("应急物资过期", "open")]
                assert [(s["version"], s["stance"]) for s in shown["signatures"]] == [(2, "signed")]
                assert [file["name"] for file in shown["evidence"]] == ["photograph.jpg"]
            pages = pages_of(copy)["shown"].values()
            checked.append([check["occasion"] for page, _ in pages for check in page["checks"]])
            copy.run("round", "reveal", "SC-2026-01/1")
            copy.run("bundle", "SC-2026-01", "--out", copy.folder / "b.zip")
            bundles.append(len(copy.run("log", "openings", "SC-2026-01").json["openings"]))
    assert bundles[0] > 100
    assert bundles[1] == 0
    assert len(entered[0]) > 1
    assert checked == [["SC-2026-01"] * len(entered[0]), []]
    assert entered[1] == []
