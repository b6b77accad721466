"""Which units are sampled (section 5): by their tickets alone, and each with an equal chance.

Chances are counted out: for a small frame every order of cities, every start and every order of the units in each cell
is tried once. Nothing else of the tickets can decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from itertools import chain, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import merkle, replay, selection
from audit_service.core.frame import Frame, FrameUnit
from audit_service.core.frozen import Policy, Stratum
from audit_service.core.replay import SampleFiles
from audit_service.core.selection import Sample, draw_sample
from audit_service.core.tickets import ticket
from tests.core.handmade import handmade
from tests.reading import SAMPLES, SampleDraw
from tests.strategies import digests, sample_files, samples


def cell_of(sample: Sample, stratum: str, city: str) -> list[selection.SampleUnit]:
    """The units of a cell, by position."""
    return sorted((u for u in sample.units if (u.stratum, u.city) == (stratum, city)), key=lambda unit: unit.position)


def rows(sample: Sample) -> object:
    """All that a sample decides."""
    return sample.cells, sample.units, sample.selected, sample.selected_units


# --- positions ------------------------------------------------------------------------------------------------------


@given(sample_files(), digests())
def test_in_each_cell_the_units_stand_in_ticket_order_at_positions_from_one(files: SampleFiles, seed: str) -> None:
    sample = draw_sample(files.policy, files.frame, seed)
    for cell in sample.cells:
        own = [row.unit for row in files.frame if (row.stratum, row.city) == (cell.stratum, cell.city)]
        found = cell_of(sample, cell.stratum, cell.city)
        assert [row.unit for row in found] == sorted(own, key=lambda unit: ticket(unit, seed), reverse=True)
        assert [row.position for row in found] == list(range(1, cell.units + 1))


@given(sample_files(), digests())
def test_every_unit_of_the_frame_is_there_once_with_its_ticket(files: SampleFiles, seed: str) -> None:
    sample = draw_sample(files.policy, files.frame, seed)
    assert sorted(FrameUnit(row.unit, row.stratum, row.city) for row in sample.units) == list(files.frame)
    assert all(row.ticket == ticket(row.unit, seed) for row in sample.units)
    assert sample.by_unit == {row.unit: row for row in sample.units}


@given(samples())
def test_the_first_positions_of_each_cell_are_selected_and_no_more(sample: Sample) -> None:
    for cell in sample.cells:
        chosen = [row for row in sample.selected if (row.stratum, row.city) == (cell.stratum, cell.city)]
        assert sorted(row.position for row in chosen) == list(range(1, cell.sampled + 1))
    assert len(sample.selected) == sum(cell.sampled for cell in sample.cells)


@given(sample_files(), digests(), st.data())
def test_the_order_of_the_rows_of_the_frame_does_not_matter(files: SampleFiles, seed: str, data: st.DataObject) -> None:
    shuffled = Frame.of(data.draw(st.permutations(list(files.frame))))
    assert rows(draw_sample(files.policy, shuffled, seed)) == rows(draw_sample(files.policy, files.frame, seed))


@given(sample_files(), digests())
def test_the_exclusions_decide_nothing(files: SampleFiles, seed: str) -> None:
    assert rows(replay.draw(files, seed)) == rows(replay.draw(SampleFiles(files.policy, files.frame, []), seed))


def test_an_empty_frame_draws_nothing() -> None:
    sample = draw_sample(Policy("p", (Stratum("s", 10000, "stratum", "m"),)), Frame.of([]), "seed")
    assert (sample.cells, sample.units, sample.selected) == ((), (), ())
    assert replay.sample_results(sample) == {
        "allocation.csv": b"stratum,city,units,sampled\n",
        "sample.csv": b"stratum,city,unit,position,ticket\n",
        "notices.txt": sha256(b"").hexdigest().encode() + b"\n",
    }
    assert replay.octo41_results(sample) == {}


# --- equal chances, counted out -------------------------------------------------------------------------------------

CITIES = ("c", "d", "e")


def frame_of(sizes: tuple[int, ...]) -> Frame:
    return Frame.of(
        (f"{city}{number}", "s", city) for city, size in zip(CITIES, sizes, strict=False) for number in range(size)
    )


def orders(frame: Frame) -> Iterator[dict[str, str]]:
    """The tickets of the units, for every order of the units in each of the cells."""
    cells = [[row.unit for row in frame if row.city == city] for city in CITIES]
    for lines in product(*(permutations(cell) for cell in cells)):
        yield {unit: f"{place + 1:064x}" for line in lines for place, unit in enumerate(line)}


def starts(sizes: tuple[int, ...]) -> Iterator[dict[str, str]]:
    """The tickets of the stratum, for every order of its cities and every start."""
    for order, start in product(permutations(CITIES[: len(sizes)]), range(sum(sizes))):
        places = {f"city:s:{city}": f"{place:064x}" for place, city in enumerate(order)}
        yield {**places, "start:s": f"{start:064x}"}


def every_draw(sizes: tuple[int, ...], made: Stratum, patch: pytest.MonkeyPatch) -> Iterator[Sample]:
    """The draw of every outcome that tickets can have, each once: all are equally likely."""
    frame = frame_of(sizes)
    for of_units, of_stratum in product(list(orders(frame)), list(starts(sizes))):
        rows = b"".join(bytes.fromhex(of_units[row.unit]) for row in frame)
        table = np.frombuffer(rows, dtype=np.uint8).reshape(len(frame), 32)
        patch.setattr(selection, "ticket_digests", lambda names, seed, table=table: table)
        patch.setattr(selection, "drawer", lambda seed, given=of_stratum: given.__getitem__)
        yield draw_sample(Policy("p", (made,)), frame, "seed")


def chances(drawn: list[Sample]) -> dict[str, Fraction]:
    """Of every unit, how often it was selected among all draws."""
    selected = Counter(row.unit for sample in drawn for row in sample.selected)
    return {row.unit: Fraction(selected[row.unit], len(drawn)) for row in drawn[0].units}


@pytest.mark.parametrize("sizes", [(1,), (3,), (2, 1), (2, 2), (3, 2), (1, 1, 2), (3, 1, 1)], ids=str)
def test_every_unit_of_a_stratum_has_exactly_the_chance_of_its_rate(
    sizes: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    units = sum(sizes)
    for wanted in range(1, units + 1):
        made = Stratum("s", wanted * 10000 // units, "stratum", "m")
        drawn = list(every_draw(sizes, made, monkeypatch))
        assert set(chances(drawn).values()) == {Fraction(wanted, units)}
        assert {len(sample.selected) for sample in drawn} == {wanted}


@pytest.mark.parametrize("rate_bp", [1, 3000, 5000, 6700, 10000])
def test_with_base_city_every_unit_has_exactly_the_chance_of_its_city(
    rate_bp: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = (3, 2, 1)
    found = chances(list(every_draw(sizes, Stratum("s", rate_bp, "city", "m"), monkeypatch)))
    for city, size in zip(CITIES, sizes, strict=True):
        expected = Fraction((rate_bp * size + 9999) // 10000, size)
        assert {chance for unit, chance in found.items() if unit.startswith(city)} == {expected}


# --- results --------------------------------------------------------------------------------------------------------


def test_the_results_are_in_the_order_of_bytes_and_not_of_the_draw() -> None:
    sample = handmade("s/d/u9 s/c/u2 s/c/u10", {"s/c": 1, "s/d": 1})
    assert selection.write_allocation(sample) == b"stratum,city,units,sampled\ns,c,2,1\ns,d,1,1\n"
    assert [line.rpartition(",")[0] for line in selection.write_sample(sample).decode().splitlines()[1:]] == [
        "s,c,u10,2",
        "s,c,u2,1",
        "s,d,u9,1",
    ]


@given(samples())
def test_icanns_program_repeats_every_cell_from_its_two_files(sample: Sample) -> None:
    files = selection.octo41_files(sample)
    repeated = []
    for name in [name.removesuffix(".selection") for name in files if name.endswith(".selection")]:
        count, value = files[f"{name}.selection"].decode().splitlines()
        names = files[f"{name}.candidates"].decode().splitlines()
        hashed = {sha256(f"{each}/{value}".encode().hex().encode()).hexdigest(): each for each in names}
        repeated += [hashed[digest] for digest in sorted(hashed, reverse=True)][: int(count)]
    assert sorted(repeated) == sorted(row.unit for row in sample.selected)


@given(samples())
def test_the_candidates_of_a_cell_stand_in_the_order_of_bytes(sample: Sample) -> None:
    files = selection.octo41_files(sample)
    sampled = [cell for cell in sample.cells if cell.sampled]
    assert len(files) == 2 * len(sampled)
    for cell in sampled:
        units = sorted(row.unit for row in cell_of(sample, cell.stratum, cell.city))
        assert files[f"{cell.stratum}/{cell.city}.candidates"] == "".join(f"{unit}\n" for unit in units).encode()
        assert files[f"{cell.stratum}/{cell.city}.selection"] == f"{cell.sampled}\n{sample.seed}\n".encode()


def test_a_cell_of_which_nothing_is_sampled_has_no_files() -> None:
    files = selection.octo41_files(handmade("s/c/u1 s/d/u2", {"s/c": 1, "s/d": 0}))
    assert files == {"s/c.candidates": b"u1\n", "s/c.selection": b"1\nseed\n"}


# --- notices --------------------------------------------------------------------------------------------------------


@given(sample_files(), digests())
def test_the_notice_tree_has_a_leaf_of_every_row_in_the_order_of_the_frame(files: SampleFiles, seed: str) -> None:
    sample = replay.draw(files, seed)
    sampled = {(cell.stratum, cell.city): cell.sampled for cell in sample.cells}
    leaves = []
    for unit, stratum, city in files.frame:
        position = next(row.position for row in sample.units if row.unit == unit)
        salt = ticket(f"salt:{unit}", seed)
        leaves.append(f"{salt}/{unit}/{stratum}/{city}/{position}/{sampled[stratum, city]}".encode())
    assert selection.notice_root(sample) == merkle.root(leaves).hex()


# --- vectors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_the_sample_of_every_vector_does_not_depend_on_the_order_of_its_frame(drawn: SampleDraw) -> None:
    turned = draw_sample(drawn.files.policy, Frame.of(list(drawn.files.frame)[::-1]), drawn.seed)
    assert rows(turned) == rows(drawn.sample)


def test_the_vectors_have_cells_with_all_with_some_and_with_nothing_sampled() -> None:
    cells = list(chain.from_iterable(drawn.sample.cells for drawn in SAMPLES))
    assert any(cell.sampled == cell.units for cell in cells)
    assert any(0 < cell.sampled < cell.units for cell in cells)
    assert any(cell.sampled == 0 for cell in cells)
