"""The benchmarks still run, at a thousandth of their size and without judging any time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audit_service.core import assignment, selection, tickets
from audit_service.core.replaying import replay_entries
from audit_service.files.folders import read_draw_folder
from benchmarks import drawing, made, replaying
from benchmarks.figures import FIGURES
from benchmarks.helper_process import draw_with_helper
from benchmarks.machine import facts
from benchmarks.page import END, PAGE, START, table, with_results
from benchmarks.rows import Row

ROOT = Path(__file__).parents[2]
ROW = Row("what", "1 s", "peer", "2 s", 0.5, "0.50 ×", "≤ 1 ×", True)


@pytest.mark.parametrize("name", FIGURES)
def test_every_benchmark_runs(name: str) -> None:
    rows = list(FIGURES[name](1000))
    assert rows
    assert all(row.what and row.ours for row in rows)


def test_a_draw_with_a_helper_process_is_the_same_draw() -> None:
    frame = made.frame_of(1000, 7)
    helped = draw_with_helper(made.POLICY, frame, made.SEED)
    assert helped.selected_units == drawing.selected(frame)
    assert (helped.tickets == selection.draw_sample(made.POLICY, frame, made.SEED).tickets).all()


@contextmanager
def hashes_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each name that is asked for its ticket."""
    asked: list[str] = []
    many, one = tickets.ticket_digests, tickets.ticket
    with monkeypatch.context() as patch:
        patch.setattr(selection, "ticket_digests", lambda names, seed: asked.extend(names) or many(names, seed))
        for module in (tickets, assignment):
            patch.setattr(module, "ticket", lambda name, seed: asked.append(name) or one(name, seed))
        yield asked


def test_the_bare_loop_hashes_no_more_than_a_replay_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tickets that the program computes; leaves and nodes of the tree, files, C and SEED are counted beside them."""
    entries = read_draw_folder(made.write_draw(tmp_path, 1000))
    with hashes_counted(monkeypatch) as asked:
        replay_entries(entries)
    files = len([name for name in entries if not name.endswith("seed.json")])
    assert replaying.demanded(entries).total() <= len(asked) + 1000 + 999 + files + 2


def test_a_made_up_draw_has_the_packets_that_its_figure_names() -> None:
    results = replay_entries(made.frozen_draw(2000))
    packets = {line.split(",")[1] for line in results["rounds/1/packets.csv"].decode().splitlines()[1:]}
    assert len(packets) == 2000 * 15 // made.CITY_UNITS
    assert "rounds/1/assignment.csv" in results


def test_results_take_the_place_of_the_earlier_ones_on_the_page() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    once = with_results(page, facts(), {"draw": [ROW]}, ["one-city"])
    twice = with_results(once, {"date": "later"}, {"draw": [ROW, ROW]}, [])
    assert "| what | 1 s | peer | 2 s | 0.50 × | ≤ 1 × | yes |" in once
    assert "`one-city`" in once.partition(START)[2].partition(END)[0]
    assert "- date: later" in twice
    assert twice.count(START) == twice.count(END) == 1
    assert page.partition(START)[0] == twice.partition(START)[0]
    assert page.partition(END)[2] == twice.partition(END)[2]


def test_the_table_for_the_screen_has_a_line_for_each_row() -> None:
    assert len(table([ROW, ROW]).splitlines()) == 3
