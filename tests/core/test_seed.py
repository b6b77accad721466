"""C, the secret and SEED (sections 2 and 3)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from audit_service.core import replay, seed
from tests.reading import DRAWS, Round, SampleDraw

PINNED = {
    "open": (
        "a" * 64,
        "ssq:2026074:020812192433+07,d10:table:01234567890123456789",
        "",
        "51e19c6cde84045d979fb072328030065e6caea5627d4e1d68e1002504efe948",
    ),
    "sealed": (
        "454a32494827bd4d8d15d1618308b09769e1771aa9fbec5eebd5091364844b15",
        "d10:table-0-0:32279506468845072955",
        "46f4a1b5df035850aa8be6afafe2d8553ef4592fc0460f015527e4de3b24f977",
        "8ab28d24a863a5b7b2e635020e476aa77f58453c67da56bbb42c6921ffc5ccbc",
    ),
}
"""Seeds that never change: of a made-up open draw, by the shell; of the sealed vector small-00."""


@pytest.mark.parametrize(("c", "public", "secret", "expected"), PINNED.values(), ids=PINNED)
def test_known_seeds_stay_what_they_are(c: str, public: str, secret: str, expected: str) -> None:
    assert seed.seed_of(c, public, secret) == expected


def test_the_text_of_an_open_draw_ends_in_a_slash() -> None:
    assert seed.seed_of("c", "public", seed.NO_SECRET) == sha256(b"c/public/").hexdigest()


def test_the_seed_of_a_trial_comes_of_the_word_trial_and_no_secret() -> None:
    assert seed.trial_seed("c") == sha256(b"c/trial/").hexdigest()


def test_a_commitment_says_the_digest_of_a_secret_and_nothing_of_none() -> None:
    assert seed.committed_secret("5" * 64) == sha256(b"5" * 64).hexdigest()
    assert seed.committed_secret("") == ""


def test_c_is_the_digest_of_the_bytes_of_the_commitment() -> None:
    assert replay.c_of(b"{}") == sha256(b"{}").hexdigest()


@pytest.mark.parametrize("drawn", DRAWS, ids=str)
def test_the_seed_of_every_vector_follows_from_what_it_committed_and_revealed(drawn: SampleDraw | Round) -> None:
    assert seed.seed_of(drawn.c, drawn.revealed["public"], drawn.revealed["secret"]) == drawn.seed


@pytest.mark.parametrize("drawn", DRAWS, ids=str)
def test_the_secret_of_every_vector_is_the_committed_one(drawn: SampleDraw | Round) -> None:
    assert seed.committed_secret(drawn.revealed["secret"]) == drawn.commitment.secret
    assert drawn.commitment.sealed == bool(drawn.revealed["secret"])
