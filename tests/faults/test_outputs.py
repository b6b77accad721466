"""Output that cannot be written, disks that are full, paths and names that are odd: told, and no act is half done."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from audit_service.store.tables import acts
from tests.faults.desk import (
    DRAW,
    Prepared,
    Shelf,
    check_whole,
    dump,
    office,
    opened,
    program,
    program_and_peak,
    settings,
    units_file,
)
from tests.office import EARLY, LATE, PUBLIC, Office

RUN = ("draw", "run", DRAW, "--public", PUBLIC)
LEAVE = ("people", "leave", "C510101", "--reason", "调离")


@pytest.fixture
def held(sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared]) -> Iterator[str]:
    """A database that is ready for the draw of a sample."""
    with sqlite_shelf.lend(sqlite_prepared["draw"]) as url:
        yield url


@pytest.fixture
def drawn(sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared]) -> Iterator[Office]:
    """An office whose sample is drawn."""
    with sqlite_shelf.lend(sqlite_prepared["round"]) as url, office(url, LATE) as found:
        yield found


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_act_whose_output_is_lost_was_carried_out_and_says_so(
    options: tuple[str, ...], held: str, sqlite_prepared: dict[str, Prepared]
) -> None:
    with open("/dev/full", "wb") as full:
        ended = program(*RUN, *options, environment=settings(held, LATE), stdout=full)
    assert ended.status == 1
    assert "No space left on device" in ended.said
    assert "carried out" in ended.said
    assert "Traceback" not in ended.said + ended.out
    assert "ignored" not in ended.said
    assert dump(held) == sqlite_prepared["draw"].after


def test_a_command_that_can_say_nothing_at_all_still_ends_with_its_status(held: str) -> None:
    for arguments, status in (
        (("draw", "list"), 1),
        (("draw", "show", "none"), 1),
        (("--help",), 1),
        (("nonsense",), 2),
    ):
        with open("/dev/full", "wb") as full:
            ended = program(*arguments, environment=settings(held), stdout=full, stderr=full)
        assert ended.status == status, arguments


def test_a_reader_who_goes_away_hears_nothing_more(held: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = program("draw", "list", environment=settings(held), stdout=writing)
    os.close(writing)
    assert (ended.status, ended.said) == (1, "")


def limited(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_limit_on_the_size_of_files_is_told_and_nothing_is_kept(held: str, tmp_path: Path) -> None:
    before = dump(held)
    size = Path(make_url(held).database or "").stat().st_size
    ended = program(*RUN, environment=settings(held, LATE), preexec_fn=lambda: limited(size))
    assert ended.status == 1
    assert "disk" in ended.said
    assert "Traceback" not in ended.said
    check_whole(held)
    assert dump(held) == before
    assert program(*RUN, environment=settings(held, LATE)).status == 0
    bundle = ("bundle", DRAW, "--out", tmp_path / "bundle.zip")
    ended = program(*bundle, environment=settings(held, LATE), preexec_fn=lambda: limited(4096))
    assert ended.status == 1
    assert "bundle.zip cannot be written: File too large" in ended.said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place)
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk takes root, and leave to mount")
    yield place
    subprocess.run(("umount", "--lazy", place), check=True)


def test_a_disk_that_fills_up_is_told_and_nothing_is_kept(
    small_disk: Path, sqlite_prepared: dict[str, Prepared]
) -> None:
    found = sqlite_prepared["draw"]
    shutil.copy(make_url(found.before_url).database or "", small_disk / "audit.db")
    url = f"sqlite:///{small_disk / 'audit.db'}"
    with (small_disk / "rest").open("wb") as rest, office(url, LATE) as full:
        while free := os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize:
            rest.write(bytes(min(free, 4096)))
            rest.flush()
        assert full.run(*RUN, expect=1).code in ("database-full", "database-disk")
        freeze = ("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out", small_disk / "frame")
        assert full.run(*freeze, expect=1).code in ("database-full", "database-disk", "file-not-written")
        rest.truncate(0)
        check_whole(url)
        assert dump(url) == found.before
        assert full.run(*RUN).json == found.result


def test_places_that_cannot_be_written_to_are_told(drawn: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    for out in (tmp_path / "file" / "b.zip", Path("/proc/none/b.zip"), tmp_path / ("长" * 100)):
        assert drawn.run("bundle", DRAW, "--out", out, expect=1).code == "file-not-written", out
    drawn.run("bundle", DRAW, "--out", tmp_path, expect=2, json_wanted=False)
    drawn.run(
        "draw", "freeze", "--campaign", "2", "--policy", "x", "--out", tmp_path / "file", expect=2, json_wanted=False
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"kept"}


def test_a_folder_that_is_there_already_keeps_what_else_is_in_it(drawn: Office, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"kept")
    (tmp_path / ".frame.csv.old.swp").write_bytes(b"kept")
    (tmp_path / "frame.csv").write_bytes(b"old")
    drawn.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out", tmp_path)
    assert (tmp_path / "notes.txt").read_bytes() == (tmp_path / ".frame.csv.old.swp").read_bytes() == b"kept"
    assert (tmp_path / "frame.csv").read_bytes().startswith(b"unit,stratum,city\n")


def test_what_is_left_of_a_killed_writer_goes_and_what_a_living_one_holds_stays(drawn: Office, tmp_path: Path) -> None:
    dead, living = (tmp_path / f".b.zip.{name}.unfinished" for name in ("deaddead", "livingon"))
    dead.write_bytes(b"half")
    with living.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        drawn.run("bundle", DRAW, "--out", tmp_path / "b.zip")
        assert {path.name for path in tmp_path.iterdir()} == {"b.zip", living.name}


def test_a_file_name_that_is_no_utf8_is_read_written_kept_and_shown(held: str, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb3\xb3.csv"))
    assert program("import", "units", units_file(odd, 300), environment=settings(held)).status == 0
    with opened(held) as engine, engine.connect() as db:
        assert r"\xb3\xb3.csv" in db.execute(select(acts.c.subject)).scalars().all()
    odd.write_bytes(b"a,b\n")
    ended = program("import", "units", odd, environment=settings(held))
    assert ended.status == 1
    assert r"\xb3\xb3.csv" in ended.said
    out = odd.with_suffix("")
    freeze = ("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out", out)
    assert program(*freeze, environment=settings(held)).status == 0
    assert (out / "frame.csv").exists()


def test_words_that_are_no_utf8_are_refused(held: str) -> None:
    before = dump(held)
    odd = os.fsdecode(b"\xb5\xf7\xc0\xeb")
    for arguments, more in (
        (("people", "leave", "C510101", "--reason", odd), {}),
        (("people", "leave", odd, "--reason", "调离"), {}),
        ((*LEAVE, "--by", odd), {}),
        (LEAVE, {"AUDIT_BY": odd}),
    ):
        ended = program(*arguments, "--json", environment=settings(held, EARLY, **more))
        assert (ended.status, ended.json["error"]["code"]) == (1, "text-encoding")
    assert dump(held) == before


def test_a_file_without_end_is_not_read_to_its_end(held: str) -> None:
    before = dump(held)
    ended, peak = program_and_peak("import", "units", "/dev/zero", "--json", environment=settings(held))
    assert (ended.status, ended.json["errors"][0]["code"]) == (1, "file-too-large")
    assert peak < 300
    assert dump(held) == before
