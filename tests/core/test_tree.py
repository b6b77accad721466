"""The log's hash tree: its roots are those of RFC 6962, and its proofs show what they must and nothing else."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import merkle, tree
from audit_service.errors import RuleError

MOST = 70
DATA = [bytes([number]) * number for number in range(MOST)]
LEAVES = [merkle.leaf_hash(data) for data in DATA]
ROOTS = [merkle.root(DATA[:size]) for size in range(MOST + 1)]


def grown(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """The complete subtrees of a tree to which leaves were added one at a time."""
    kept: dict[tuple[int, int], bytes] = {}
    for size, leaf in enumerate(leaves):
        for level, index, found in tree.completed(size, leaf, lambda *where: kept[where]):
            assert (level, index) not in kept
            kept[level, index] = found
    return kept


KEPT = grown(LEAVES)


def hashes(level: int, index: int) -> bytes:
    return KEPT[level, index]


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    try:
        tree.check_inclusion(leaf, index, size, proof, root)
    except RuleError:
        return False
    return True


def consistent(old: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    try:
        tree.check_consistency(old, old_root, size, root, proof)
    except RuleError:
        return False
    return True


def test_the_root_of_every_size_is_that_of_the_rfc() -> None:
    assert [tree.root(hashes, size) for size in range(MOST + 1)] == ROOTS


def test_a_tree_has_the_roots_that_certificate_transparency_tests_with() -> None:
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    kept = grown([merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in leaves])
    found = tree.root(lambda *where: kept[where], 8)
    assert found == b64decode("XcndJuOE/y7+FuThpBOhGJmWXpTZuRBwqpjZB+eTMyg=") or found.hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_leaf_of_every_size_is_shown_to_be_in_it(size: int) -> None:
    for index in range(size):
        assert included(LEAVES[index], index, size, tree.inclusion_proof(hashes, index, size), ROOTS[size])


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_size_is_shown_to_have_grown_out_of_every_smaller_one(size: int) -> None:
    for old in range(1, size + 1):
        proof = tree.consistency_proof(hashes, old, size)
        assert consistent(old, ROOTS[old], size, ROOTS[size], proof)
    assert consistent(0, tree.EMPTY, size, ROOTS[size], [])


@given(st.data())
def test_a_proof_with_anything_changed_shows_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, MOST))
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(hashes, index, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    assert not included(LEAVES[other], index, size, proof, ROOTS[size])
    assert not included(LEAVES[index], other, size, proof, ROOTS[size])
    assert not included(LEAVES[index], index, size, [*proof, LEAVES[0]], ROOTS[size])
    assert not included(LEAVES[index], index, size, proof[:-1], ROOTS[size])
    assert not included(LEAVES[index], index, size, proof, ROOTS[size - 1])
    place = data.draw(st.integers(0, len(proof) - 1))
    assert not included(LEAVES[index], index, size, [*proof[:place], bytes(32), *proof[place + 1 :]], ROOTS[size])


@given(st.data())
def test_a_proof_of_growth_with_anything_changed_shows_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, MOST))
    old = data.draw(st.integers(1, size - 1))
    proof = tree.consistency_proof(hashes, old, size)
    assert not consistent(old, ROOTS[old - 1], size, ROOTS[size], proof)
    assert not consistent(old, ROOTS[old], size, ROOTS[size - 1], proof)
    assert not consistent(old, ROOTS[old], size, ROOTS[size], [*proof, LEAVES[0]])
    assert not consistent(old, ROOTS[old], size, ROOTS[size], proof[:-1])
    assert not consistent(size, ROOTS[size], old, ROOTS[old], proof)
    place = data.draw(st.integers(0, len(proof) - 1))
    assert not consistent(old, ROOTS[old], size, ROOTS[size], [*proof[:place], bytes(32), *proof[place + 1 :]])


def test_a_tree_of_the_same_size_and_another_root_is_a_fork() -> None:
    assert consistent(5, ROOTS[5], 5, ROOTS[5], [])
    assert not consistent(5, ROOTS[5], 5, ROOTS[6], [])
    assert not consistent(0, ROOTS[1], 5, ROOTS[5], [])


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaf"):
        tree.inclusion_proof(hashes, index, size)
    assert not included(LEAVES[0], index, size, [], ROOTS[1])


@pytest.mark.parametrize(("old", "size"), [(0, 5), (6, 5)])
def test_growth_out_of_nothing_or_out_of_more_has_no_proof(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaves"):
        tree.consistency_proof(hashes, old, size)
