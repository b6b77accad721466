"""Tickets are those of the protocol, of ICANN's program and of the shell (section 4)."""

from __future__ import annotations

import os
import subprocess
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.tickets import drawer, falling_within, in_ticket_order, ticket, ticket_digests
from tests.reading import SAMPLES, SampleDraw
from tests.strategies import digests

ICANN = {
    "Peter Handke": "8df197906867337efba62fa937fd1edd16e217e13a6ef358a808d4e9d59b3728",
    "石黒 一雄": "7959cb0f56824843fbba85962d65ea7f46dd69b125197b1bd9dc6900335071fe",
    "Louise Glück": "7424fabc41ca91574a1b36bcd3baf7d00346e2b3435b4547022b8945cc859a7a",
    "Bob Dylan": "2cc64fcb09b8a233ecb8fe0b1d8776fc2ce6000aad45125769994cd1360b689e",
    "Abdulrazak Gurnah": "29ac092249e8893beeb26050fd41c7ae76476a204047a4ea9d529d5c755510fc",
    "Olga Tokarczuk": "1246d3b66ad583cbe4b5aa12cf0974d9475272ec16fc7c8eee5c100b5e7d6cab",
}
"""The tickets that ICANN's repository random-candidate-selection prints, in `test-material`, in its order."""
ICANN_SEED = "7623.10/390C1610"

BY_HAND = "printf '%s' \"$name/$SEED\" | od -An -v -tx1 | tr -d ' \\n' | sha256sum"
"""The one-liner of section 4; `od -An -v -tx1` stands for `xxd -p`, which bare machines lack."""


@pytest.mark.parametrize(("name", "expected"), ICANN.items(), ids=range(6))
def test_a_ticket_is_the_digest_that_icanns_program_prints(name: str, expected: str) -> None:
    assert ticket(name, ICANN_SEED) == expected


def test_ticket_order_is_the_order_in_which_icanns_program_selects() -> None:
    assert in_ticket_order(sorted(ICANN), drawer(ICANN_SEED)) == list(ICANN)


def test_a_ticket_is_what_the_shell_computes() -> None:
    name, seed = "511500-target-2019", "5" * 64
    environment = {**os.environ, "name": name, "SEED": seed}
    found = subprocess.run(["sh", "-c", BY_HAND], env=environment, capture_output=True, check=True, text=True)
    assert found.stdout.split()[0] == ticket(name, seed)


@given(st.text(), digests())
def test_a_ticket_is_the_digest_of_the_hexadecimal_text(name: str, seed: str) -> None:
    text = "".join(f"{byte:02x}" for byte in f"{name}/{seed}".encode())
    assert ticket(name, seed) == sha256(text.encode("ascii")).hexdigest()


@given(st.lists(st.text()), digests())
def test_many_tickets_at_once_are_the_tickets_one_by_one(names: list[str], seed: str) -> None:
    found = ticket_digests(names, seed)
    assert found.shape == (len(names), 32)
    assert [row.tobytes().hex() for row in found] == [ticket(name, seed) for name in names]


@given(st.lists(st.text(max_size=2)), digests())
def test_a_drawer_gives_the_tickets_of_its_seed_however_often_it_is_asked(names: list[str], seed: str) -> None:
    draw = drawer(seed)
    assert [draw(name) for name in names + names] == [ticket(name, seed) for name in names + names]


def test_drawers_of_two_seeds_do_not_mix_their_tickets() -> None:
    first, second = drawer("a"), drawer("b")
    assert (first("x"), second("x")) == (ticket("x", "a"), ticket("x", "b"))


def test_in_ticket_order_means_highest_first() -> None:
    assert in_ticket_order(["low", "high", "middle"], {"low": "0f", "high": "f0", "middle": "99"}.__getitem__) == [
        "high",
        "middle",
        "low",
    ]


NEAR = st.builds(
    lambda place, byte: bytes(place) + bytes([byte]) + bytes(31 - place), st.integers(0, 31), st.integers(1, 255)
)
"""Digests that are alike but for one byte, the first or the last one too."""


GROUPS = st.sampled_from((0, 1, 2, 2**16 - 1, 2**16, 2**16 + 1))
"""Groups that would be one if their numbers were cut to 16 bits are among them."""


def falls_as_whole_digests_do(rows: list[tuple[int, bytes]]) -> None:
    groups = np.array([group for group, _ in rows], dtype=np.intp)
    table = np.frombuffer(b"".join(digest for _, digest in rows), dtype=np.uint8).reshape(len(rows), 32)
    highest_first = sorted(range(len(rows)), key=lambda place: rows[place][1], reverse=True)
    expected = sorted(highest_first, key=lambda place: rows[place][0])
    assert falling_within(groups, table).tolist() == expected


@given(st.lists(st.tuples(GROUPS, NEAR | st.binary(min_size=32, max_size=32)), unique_by=lambda row: row[1]))
def test_rows_fall_within_their_groups_as_whole_digests_do(rows: list[tuple[int, bytes]]) -> None:
    falls_as_whole_digests_do(rows)


@pytest.mark.parametrize("highest", [3, 2**16 + 3])
def test_many_rows_fall_within_their_groups_as_few_do(highest: int) -> None:
    """Sorts that are not stable keep the order of a few rows by chance."""
    names = [f"u{number}" for number in range(3000)]
    groups = [highest - int(ticket(name, "groups")[0], 16) % 4 for name in names]
    falls_as_whole_digests_do([(group, bytes.fromhex(ticket(n, "s"))) for group, n in zip(groups, names, strict=True)])


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_the_tickets_of_every_vector_are_those_of_its_units(drawn: SampleDraw) -> None:
    rows = [line.split(",") for line in drawn.content("sample.csv").decode().splitlines()[1:]]
    assert [row[4] for row in rows] == [ticket(row[2], drawn.seed) for row in rows]
