"""From frozen files and a seed to every result: the reference vectors byte for byte (sections 5 and 6)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import replay
from audit_service.core.frame import Frame
from audit_service.core.frozen import STANDING, Inspector, Seat, Standing, Substitution
from audit_service.core.packets import Packet
from audit_service.core.replay import RoundFiles, SampleFiles
from audit_service.errors import FormError, RuleError
from tests.reading import ROUNDS, SAMPLES, Round, SampleDraw, vector
from tests.strategies import RoundOf, digests, rounds, sample_files

# --- vectors --------------------------------------------------------------------------------------------------------


def test_all_reference_vectors_are_here() -> None:
    assert (len(SAMPLES), len(ROUNDS)) == (21, 36)
    assert sum("infeasible.json" in round_.results for round_ in ROUNDS) == 8
    assert sum(bool(round_.files.standing) for round_ in ROUNDS) >= 10


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_every_result_of_a_sample_is_reproduced_to_the_byte(drawn: SampleDraw) -> None:
    sample = replay.draw(drawn.files, drawn.seed)
    assert {**replay.sample_results(sample), **replay.octo41_results(sample)} == drawn.results


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_every_result_of_a_round_is_reproduced_to_the_byte(round_: Round) -> None:
    assert replay.round_results(round_.files, round_.packets, round_.seed) == round_.results


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_who_stands_in_a_round_follows_from_the_latest_assignment_before_it(round_: Round) -> None:
    rows = replay.who_stands(round_.latest_assignment, round_.files.inspectors, round_.packets)
    assert STANDING.write(rows) == round_.content("standing.csv")


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_every_round_follows_from_its_sample_and_the_rounds_before_it(round_: Round) -> None:
    before = round_.earlier[-1].files if round_.earlier else None
    made = replay.check_round(round_.files, round_.drawn.sample, before, round_.latest_assignment)
    assert made == round_.packets


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_the_teams_of_a_draw_are_the_same_in_every_round(round_: Round) -> None:
    assert round_.content("teams.json") == round_.drawn.rounds[0].content("teams.json")


# --- the order of what comes in -------------------------------------------------------------------------------------


@given(sample_files(), digests(), st.randoms())
def test_the_order_of_the_frame_changes_no_result_but_its_own_file(files: SampleFiles, seed: str, rng: Random) -> None:
    """The notice tree is over the frame's rows in their own order; everything else is as if they had been sorted."""
    other = SampleFiles(files.policy, Frame.of(rng.sample(list(files.frame), len(files.frame))), files.exclusions[::-1])
    first, second = replay.draw(files, seed), replay.draw(other, seed)
    assert replay.sample_results(first) == {
        **replay.sample_results(second),
        "notices.txt": replay.notices(first),
    }
    assert replay.octo41_results(first) == replay.octo41_results(second)


@given(rounds(), digests(), st.randoms())
def test_the_order_of_the_rows_of_a_round_changes_no_result(made: RoundOf, seed: str, rng: Random) -> None:
    def shuffled(rows: list) -> list:
        return rng.sample(rows, len(rows))

    first = RoundFiles(made.teams, made.inspectors, made.recusals, made.substitutions, [])
    second = RoundFiles(
        made.teams, shuffled(made.inspectors), shuffled(made.recusals), shuffled(made.substitutions), []
    )
    results = [
        replay.round_results(files, replay.check_round(files, made.sample, None, []), seed) for files in (first, second)
    ]
    assert results[0] == results[1]


# --- who stands -----------------------------------------------------------------------------------------------------

ALIVE = Packet("north", "north-001", ("u1",), frozenset({"c"}))
EMPTIED = Packet("north", "north-002", (), frozenset())
KEEPER = Inspector("p1", "north", "lead", "c", None)
SEAT = Seat("north", "north-001", "lead", "p1")


def test_who_is_still_listed_keeps_a_seat_on_a_packet_that_still_has_units() -> None:
    assert replay.who_stands([SEAT], [KEEPER], [ALIVE, EMPTIED]) == [Standing("north-001", "p1", "lead")]


def test_whoever_moved_or_lost_capacity_still_stands() -> None:
    assert replay.who_stands([SEAT], [KEEPER._replace(city="d", capacity=1)], [ALIVE])


@pytest.mark.parametrize(
    "person",
    [KEEPER._replace(inspector="p2"), KEEPER._replace(pool="south"), KEEPER._replace(role="aide")],
    ids=["no longer listed", "of another pool", "of another role"],
)
def test_who_dropped_out_or_changed_does_not_stand(person: Inspector) -> None:
    assert replay.who_stands([SEAT], [person], [ALIVE]) == []


def test_nobody_stands_on_a_packet_that_was_emptied() -> None:
    assert replay.who_stands([SEAT._replace(packet="north-002")], [KEEPER], [ALIVE, EMPTIED]) == []


def test_nobody_stands_before_there_was_an_assignment() -> None:
    assert replay.who_stands([], [KEEPER], [ALIVE]) == []


# --- what a round claims --------------------------------------------------------------------------------------------

SECOND = vector("small-00").rounds[1]


def checked_with(**changed: list) -> None:
    files = RoundFiles(**{**vars(SECOND.files), **changed})
    replay.check_round(files, SECOND.drawn.sample, SECOND.earlier[-1].files, SECOND.latest_assignment)


def refusal(**changed: list) -> RuleError:
    with pytest.raises(RuleError) as caught:
        checked_with(**changed)
    return caught.value


def test_somebody_who_stands_may_not_be_left_out_and_the_first_is_named() -> None:
    found = refusal(standing=[])
    assert (found.code, found.params) == ("standing-missing", SECOND.files.standing[0]._asdict())


def test_nobody_may_stand_who_does_not() -> None:
    more = SECOND.files.standing[0]._replace(inspector="p09")
    found = refusal(standing=[*SECOND.files.standing, more])
    assert (found.code, found.params) == ("standing-more", more._asdict())


def test_nobody_may_stand_in_another_role() -> None:
    first, *rest = SECOND.files.standing
    assert refusal(standing=[first._replace(role="other"), *rest]).code in {"standing-more", "standing-missing"}


def test_substitutions_that_do_not_follow_are_refused_before_anything_is_made_of_them() -> None:
    assert refusal(substitutions=[Substitution(1, "u028", "nowhere")]).code == "substitution-other"


def test_the_order_of_standing_rows_does_not_matter() -> None:
    checked_with(standing=SECOND.files.standing[::-1])


# --- reading --------------------------------------------------------------------------------------------------------

SAMPLE_NAMES = ("policy.json", "frame.csv", "exclusions.csv")
ROUND_NAMES = ("teams.json", "inspectors.csv", "recusals.csv", "substitutions.csv", "standing.csv")


@pytest.mark.parametrize("name", SAMPLE_NAMES + ROUND_NAMES)
def test_a_file_that_breaks_its_form_is_named_with_its_folder(name: str) -> None:
    drawn = SECOND if name in ROUND_NAMES else SECOND.drawn
    read = replay.read_round_files if name in ROUND_NAMES else replay.read_sample_files

    def content(asked: str) -> bytes:
        return b"\xff" if asked == name else drawn.content(asked)

    with pytest.raises(FormError) as caught:
        read(content, "folder/")
    assert caught.value.params["where"] == f"folder/{name}"
