"""Merkle trees are those of RFC 6962, section 2.1."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import merkle

LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The roots over the first 0 to 8 leaves that Certificate Transparency's own implementations are tested with."""


@pytest.mark.parametrize("count", range(9))
def test_the_root_is_that_of_the_known_tree(count: int) -> None:
    assert merkle.root(LEAVES[:count]).hex() == ROOTS[count]


def recursive(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash, as the RFC writes it down."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + recursive(leaves[:k]) + recursive(leaves[k:])).digest()


@pytest.mark.parametrize("count", [*range(1, 70), 127, 128, 129, 1000])
def test_the_root_is_that_of_the_recursion_of_the_rfc_at_every_size(count: int) -> None:
    leaves = [str(number).encode() for number in range(count)]
    assert merkle.root(leaves) == recursive(leaves)


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_root_is_that_of_the_recursion_of_the_rfc_for_any_leaves(leaves: list[bytes]) -> None:
    assert merkle.root(iter(leaves)) == recursive(leaves)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=20, unique=True), st.data())
def test_the_order_of_the_leaves_makes_another_root(leaves: list[bytes], data: st.DataObject) -> None:
    other = data.draw(st.permutations(leaves))
    assert (merkle.root(other) == merkle.root(leaves)) == (other == leaves)


def test_a_leaf_is_not_taken_for_a_node() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.root([left + right]) != merkle.root([b"a", b"b"]) == merkle.node_hash(left, right)
