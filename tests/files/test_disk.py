"""A file is there whole or not at all, whoever writes it, and whatever becomes of its writer."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL

import pytest

from audit_service.disk import sweep, whole, write_new, write_whole
from audit_service.errors import Failed
from tests.faults.desk import in_a_child


def test_what_is_written_halfway_leaves_nothing_behind(tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        yield b"new"
        raise KeyError

    write_whole(tmp_path / "a", b"old")
    with pytest.raises(KeyError), whole(tmp_path / "a") as file:
        file.writelines(lines())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_who_is_killed_while_writing_leaves_the_old_file_and_what_the_next_one_takes_away(tmp_path: Path) -> None:
    def killed() -> None:
        with whole(tmp_path / "a") as file:
            file.write(b"new")
            os.kill(os.getpid(), SIGKILL)

    write_whole(tmp_path / "a", b"old")
    assert in_a_child(killed) == SIGKILL
    assert (tmp_path / "a").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_whole(tmp_path / "a", b"newer")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_of_several_who_make_a_new_file_at_once_one_counts_and_none_is_written_over(tmp_path: Path) -> None:
    key = tmp_path / "deep" / "key"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write_new(key, b"%d" % number * 1000), range(32)))
    first = key.read_bytes()
    assert len(set(first.split(first[:1]))) == 1
    write_new(key, b"later")
    assert key.read_bytes() == first
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["key"]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    for write in (write_whole, write_new):
        for place in (tmp_path / "file" / "x", Path("/proc/none/x"), tmp_path / ("长" * 100)):
            with pytest.raises(Failed) as refused:
                write(place, b"x")
            assert refused.value.code == "file-not-written"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_only_what_nobody_writes_any_more_is_swept_and_only_of_the_named_files(tmp_path: Path) -> None:
    left, other, alike = (tmp_path / name for name in (".a.12345678.unfinished", ".b.12345678.unfinished", ".a.old"))
    for path in (left, other, alike):
        path.write_bytes(b"half")
    with whole(tmp_path / "a") as file:
        file.write(b"1")
        sweep(tmp_path, {"a"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", other.name, alike.name}
