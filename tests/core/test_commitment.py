"""Commitments: read and written to the byte, their rules, and what they bind (sections 2 and 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import commitment as core
from audit_service.core.commitment import ASSIGNMENT, FILE_NAMES, SAMPLE, Commitment, read_commitment, write_commitment
from audit_service.core.events import Event
from audit_service.errors import FormError, RuleError
from tests.core.forms import OF_ROUND, OF_SAMPLE, changed, dumped
from tests.reading import DRAWS, ROUNDS, Round, SampleDraw
from tests.strategies import commitments, dice, open_commitment, sealed_commitment

KINDS = pytest.mark.parametrize("kind", [SAMPLE, ASSIGNMENT])

# --- reading and writing --------------------------------------------------------------------------------------------


@KINDS
@given(data=st.data())
def test_a_commitment_is_read_back_as_it_was_written(kind: str, data: st.DataObject) -> None:
    made = data.draw(commitments(kind))
    assert read_commitment(write_commitment(made), kind, "here") == made


@pytest.mark.parametrize("drawn", DRAWS, ids=str)
def test_the_commitment_of_every_vector_is_written_alike_and_keeps_the_rules(drawn: SampleDraw | Round) -> None:
    drawn.commitment.check()
    assert write_commitment(drawn.commitment) == drawn.content("commitment.json")


def test_a_commitment_of_one_kind_is_not_read_as_the_other() -> None:
    with pytest.raises(FormError):
        read_commitment(dumped(OF_SAMPLE), ASSIGNMENT, "here")
    with pytest.raises(FormError):
        read_commitment(dumped(OF_ROUND), SAMPLE, "here")


WRONG = [
    ("protocol", "sampling-draw/2"),
    ("protocol", "sampling-draw/1 "),
    ("kind", "Sample"),
    ("kind", "assignment"),
    ("campaign", ""),
    ("draw", "-"),
    ("policy", "D" * 64),
    ("frame", ""),
    ("exclusions", "d" * 63),
    ("secret", "5" * 63),
    ("secret", "S" * 64),
    ("reveal_by", "2026-02-30"),
    ("reveal_by", "2026-12-28T00:00:00Z"),
    ("replaces", " "),
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_wrong_value_in_the_commitment_of_a_sample_is_refused_by_its_key(key: str, value: str) -> None:
    with pytest.raises(FormError) as caught:
        read_commitment(dumped({**OF_SAMPLE, key: value}), SAMPLE, "here")
    assert caught.value.params["where"] == f"here {key}"


@pytest.mark.parametrize(
    ("key", "value"),
    [("round", "0"), ("round", ""), ("round", "01"), ("sample", ""), ("teams", ""), ("kind", "sample")],
)
def test_a_wrong_value_in_the_commitment_of_a_round_is_refused(key: str, value: str) -> None:
    with pytest.raises(FormError):
        read_commitment(dumped({**OF_ROUND, key: value}), ASSIGNMENT, "here")


@pytest.mark.parametrize("key", ["replaces", "secret", "reveal_by"])
def test_what_does_not_apply_is_empty(key: str) -> None:
    read = read_commitment(dumped({**OF_SAMPLE, key: ""}), SAMPLE, "here")
    assert not getattr(read, key)


def test_a_draw_may_not_replace_its_twin_of_another_case() -> None:
    with pytest.raises(FormError) as caught:
        read_commitment(dumped({**OF_SAMPLE, "replaces": "FIRST"}), SAMPLE, "here")
    assert caught.value.params == {"where": "here", "kind": "draw", "first": "first", "second": "FIRST"}


@pytest.mark.parametrize("key", ["events", "fallback"])
@pytest.mark.parametrize("moment", ["2026-07-01T24:00:00Z", "2026-06-31T04:00:00Z", "2026-07-01", ""])
def test_an_event_is_not_before_a_real_time(key: str, moment: str) -> None:
    with pytest.raises(FormError) as caught:
        read_commitment(dumped(changed(OF_SAMPLE, (key, 0, "not_before"), moment)), SAMPLE, "here")
    assert caught.value.params["where"] == f"here {key} not_before"


# --- the rules ------------------------------------------------------------------------------------------------------

LATE = replace(dice(event="late"), not_before=datetime(2026, 7, 9, 23, 59, 59, tzinfo=UTC))


def refused(made: Commitment) -> str:
    with pytest.raises(RuleError) as caught:
        made.check()
    return caught.value.code


@KINDS
@given(data=st.data())
def test_commitments_that_keep_the_rules_are_taken(kind: str, data: st.DataObject) -> None:
    data.draw(commitments(kind)).check()


@KINDS
def test_open_and_sealed_commitments_are_taken(kind: str) -> None:
    open_commitment(kind).check()
    sealed_commitment(kind).check()
    assert (open_commitment(kind).sealed, sealed_commitment(kind).sealed) == (False, True)


@KINDS
@pytest.mark.parametrize("days", [0, 1, 179, 180])
def test_a_reveal_up_to_180_days_after_the_latest_event_is_taken(kind: str, days: int) -> None:
    sealed_commitment(kind, events=(LATE,), reveal_by=date(2026, 7, 9) + timedelta(days)).check()


@KINDS
@pytest.mark.parametrize("days", [-1, 181, -200, 1000])
def test_a_reveal_before_the_latest_event_or_more_than_180_days_after_it_is_refused(kind: str, days: int) -> None:
    made = sealed_commitment(kind, events=(LATE,), reveal_by=date(2026, 7, 9) + timedelta(days))
    assert refused(made) == "reveal-by"


@pytest.mark.parametrize(("decided", "fallback"), [((dice(), LATE), ()), ((dice(),), (LATE,)), ((LATE,), (dice(),))])
def test_the_reveal_counts_from_the_latest_event_of_both_lists(decided: tuple, fallback: tuple) -> None:
    made = sealed_commitment(events=decided, fallback=fallback, reveal_by=date(2026, 7, 8))
    assert (made.latest, refused(made)) == (LATE.not_before, "reveal-by")
    replace(made, reveal_by=date(2026, 7, 9)).check()
    replace(made, reveal_by=date(2026, 7, 9) + timedelta(180)).check()


@pytest.mark.parametrize("half", [{"secret": ""}, {"reveal_by": None}], ids=str)
def test_secret_and_reveal_are_both_there_or_both_not(half: dict[str, object]) -> None:
    assert refused(replace(sealed_commitment(), **half)) == "seal-half"


WEAK = Event("ssq", "2026074", 0, dice().not_before)


@pytest.mark.parametrize("made", [(), (WEAK,), (dice(), dice(30))], ids=["none", "too weak", "one twice"])
def test_the_events_must_be_able_to_decide(made: tuple[Event, ...]) -> None:
    assert refused(open_commitment(events=made)) in {"events-weak", "event-twice"}


@pytest.mark.parametrize("made", [(WEAK,), (dice(), dice(30))], ids=["too weak", "one twice"])
def test_the_fallback_must_be_able_to_decide_alone(made: tuple[Event, ...]) -> None:
    assert refused(open_commitment(fallback=made)) in {"events-weak", "event-twice"}


def test_the_list_that_is_too_weak_is_named() -> None:
    for key in ("events", "fallback"):
        with pytest.raises(RuleError) as caught:
            open_commitment(**{key: (WEAK,)}).check()
        assert caught.value.params["where"] == key


def test_events_and_fallback_may_share_an_event() -> None:
    open_commitment(events=(dice(),), fallback=(dice(), LATE)).check()


def test_the_first_and_last_moment_are_those_of_both_lists() -> None:
    made = open_commitment(events=(LATE,), fallback=(dice(),))
    assert (made.earliest, made.latest) == (dice().not_before, LATE.not_before)


# --- the files it binds ---------------------------------------------------------------------------------------------

SECRET = "5" * 64


def contents(kind: str) -> dict[str, bytes]:
    """Contents of the frozen files of a kind, by name."""
    keys = core.SAMPLE_FILES if kind == SAMPLE else core.ROUND_FILES
    return {FILE_NAMES[key]: f"content of {key}".encode() for key in keys}


def digests_of(kind: str) -> dict[str, str]:
    files = contents(kind)
    keys = core.SAMPLE_FILES if kind == SAMPLE else core.ROUND_FILES
    return {key: sha256(files[FILE_NAMES[key]]).hexdigest() for key in keys}


def test_a_sample_shows_plain_digests_sealed_or_not() -> None:
    plain = digests_of(SAMPLE)
    assert sealed_commitment(SAMPLE, SECRET, files=plain).files == open_commitment(SAMPLE, files=plain).files == plain


def test_a_sealed_round_shows_digests_that_nobody_without_the_secret_can_guess() -> None:
    plain = digests_of(ASSIGNMENT)
    shown = sealed_commitment(ASSIGNMENT, SECRET, files=plain).files
    assert shown == {key: sha256(f"{plain[key]}/{SECRET}".encode()).hexdigest() for key in plain}


@KINDS
def test_the_committed_files_are_taken(kind: str) -> None:
    plain = digests_of(kind)
    core.check_files(open_commitment(kind, files=plain), contents(kind).__getitem__, "")
    core.check_files(sealed_commitment(kind, SECRET, files=plain), contents(kind).__getitem__, SECRET)


FILES_OF_KIND = [(kind, name) for kind in (SAMPLE, ASSIGNMENT) for name in contents(kind)]


@pytest.mark.parametrize(("kind", "name"), FILES_OF_KIND)
def test_any_file_that_was_changed_is_refused_by_its_name(kind: str, name: str) -> None:
    files = {**contents(kind), name: b"something else"}
    made = sealed_commitment(kind, SECRET, files=digests_of(kind)), open_commitment(kind, files=digests_of(kind))
    for commitment, secret in zip(made, (SECRET, ""), strict=True):
        with pytest.raises(RuleError) as caught:
            core.check_files(commitment, files.__getitem__, secret)
        assert (caught.value.code, caught.value.params["file"]) == ("file-digest", name)


def test_the_files_of_a_sealed_round_are_refused_with_another_secret() -> None:
    made = sealed_commitment(ASSIGNMENT, SECRET, files=digests_of(ASSIGNMENT))
    with pytest.raises(RuleError):
        core.check_files(made, contents(ASSIGNMENT).__getitem__, "6" * 64)


@pytest.mark.parametrize("drawn", DRAWS, ids=str)
def test_the_files_of_every_vector_are_the_committed_ones(drawn: SampleDraw | Round) -> None:
    core.check_files(drawn.commitment, drawn.content, drawn.revealed["secret"])


@pytest.mark.parametrize("made", ROUNDS, ids=str)
def test_every_round_of_a_vector_names_its_sample_and_its_number(made: Round) -> None:
    first, own = made.drawn.commitment, made.commitment
    assert (own.sample, own.campaign, own.draw) == (made.drawn.c, first.campaign, first.draw)
    assert str(own.round) == made.path.name


def test_some_vectors_are_sealed_and_some_are_open() -> None:
    assert {(drawn.commitment.kind, drawn.commitment.sealed) for drawn in DRAWS} == {
        (SAMPLE, True),
        (SAMPLE, False),
        (ASSIGNMENT, True),
        (ASSIGNMENT, False),
    }
