"""The frozen files: the values they may hold, and the rules that join several of them (sections 2 and 6)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import frozen
from audit_service.core.commitment import FILE_NAMES
from audit_service.core.frame import Frame, FrameUnit
from audit_service.core.frozen import (
    Exclusion,
    Inspector,
    Policy,
    Pool,
    Recusal,
    Role,
    Stratum,
    Substitution,
)
from audit_service.core.replay import RoundFiles, SampleFiles
from audit_service.errors import FormError, RuleError
from tests.core.forms import POLICY, TEAMS, changed, dumped
from tests.reading import ROUNDS, SAMPLES, Round, SampleDraw
from tests.strategies import RoundOf, policies, rounds, sample_files

# --- reading and writing ------------------------------------------------------------------------------------------


@given(policies())
def test_a_policy_is_read_back_as_it_was_written(policy: Policy) -> None:
    assert frozen.read_policy(frozen.write_policy(policy), "here") == policy


@given(sample_files(), st.randoms())
def test_frame_and_exclusions_are_read_back_in_the_order_of_bytes(files: SampleFiles, rng: Random) -> None:
    shuffled = rng.sample(list(files.frame), len(files.frame))
    assert frozen.read_frame(frozen.FRAME.write(shuffled), "here") == files.frame
    assert frozen.read_exclusions(frozen.EXCLUSIONS.write(files.exclusions), "here") == files.exclusions


@given(rounds())
def test_what_a_round_freezes_is_read_back_as_it_was_written(made: RoundOf) -> None:
    assert frozen.read_teams(frozen.write_teams(made.teams), "here") == made.teams
    assert sorted(frozen.read_inspectors(frozen.write_inspectors(made.inspectors), "here")) == sorted(made.inspectors)
    assert frozen.read_recusals(frozen.RECUSALS.write(made.recusals), "here") == sorted(made.recusals)
    written = frozen.write_substitutions(made.substitutions)
    assert sorted(frozen.read_substitutions(written, "here")) == sorted(made.substitutions)


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_the_frozen_files_of_every_sample_are_written_alike(drawn: SampleDraw) -> None:
    assert frozen.write_policy(drawn.files.policy) == drawn.content(FILE_NAMES["policy"])
    assert frozen.FRAME.write(drawn.files.frame) == drawn.content(FILE_NAMES["frame"])
    assert frozen.EXCLUSIONS.write(drawn.files.exclusions) == drawn.content(FILE_NAMES["exclusions"])


@pytest.mark.parametrize("made", ROUNDS, ids=str)
def test_the_frozen_files_of_every_round_are_written_alike(made: Round) -> None:
    assert frozen.write_teams(made.files.teams) == made.content(FILE_NAMES["teams"])
    assert frozen.write_inspectors(made.files.inspectors) == made.content(FILE_NAMES["inspectors"])
    assert frozen.RECUSALS.write(made.files.recusals) == made.content(FILE_NAMES["recusals"])
    assert frozen.write_substitutions(made.files.substitutions) == made.content(FILE_NAMES["substitutions"])
    assert frozen.STANDING.write(made.files.standing) == made.content(FILE_NAMES["standing"])


def test_substitutions_are_frozen_in_the_order_of_bytes_not_of_batches() -> None:
    rows = [Substitution(2, "b", ""), Substitution(10, "a", "c")]
    assert frozen.write_substitutions(rows) == b"batch,unit,substitute\n10,a,c\n2,b,\n"


def test_an_empty_capacity_is_no_limit() -> None:
    data = b"inspector,pool,role,city,capacity\np1,north,lead,c,\np2,north,lead,c,12\n"
    assert [person.capacity for person in frozen.read_inspectors(data, "here")] == [None, 12]


# --- the values of one file -----------------------------------------------------------------------------------------

NO_POSITIVE = ("", "0", "01", "-1", "+1", "1.0", "1e1", " 1", "1 ", "１", "many")


@pytest.mark.parametrize("rate", ["1", "2000", "9999", "10000"])
def test_a_rate_is_from_one_to_ten_thousand_basis_points(rate: str) -> None:
    data = dumped(changed(POLICY, ("strata", 0, "rate_bp"), rate))
    assert frozen.read_policy(data, "here").strata[0].rate_bp == int(rate)


@pytest.mark.parametrize("rate", [*NO_POSITIVE, "10001", "1" + "0" * 3999])
def test_no_other_rate_is_read(rate: str) -> None:
    with pytest.raises(FormError):
        frozen.read_policy(dumped(changed(POLICY, ("strata", 0, "rate_bp"), rate)), "here")


@pytest.mark.parametrize("base", ["", "Stratum", "cell", "stratum ", "stratum|city"])
def test_a_base_is_stratum_or_city(base: str) -> None:
    with pytest.raises(FormError):
        frozen.read_policy(dumped(changed(POLICY, ("strata", 0, "base"), base)), "here")


def test_no_stratum_stands_twice_in_a_policy() -> None:
    with pytest.raises(FormError) as caught:
        frozen.read_policy(dumped(changed(POLICY, ("strata", 1, "stratum"), "s")), "here")
    assert caught.value.code == "form-twice"


def test_a_policy_may_have_no_stratum_and_methods_may_be_alike() -> None:
    assert frozen.read_policy(dumped({"policy": "p", "strata": []}), "here") == Policy("p", ())
    assert len({stratum.method for stratum in frozen.read_policy(dumped(POLICY), "here").strata}) == 1


@pytest.mark.parametrize("number", NO_POSITIVE)
@pytest.mark.parametrize("path", [("packet_size",), ("seats", 0, "count")], ids=str)
def test_sizes_and_counts_of_teams_are_numbers_of_at_least_one(path: tuple, number: str) -> None:
    with pytest.raises(FormError):
        frozen.read_teams(dumped(changed(TEAMS, ("pools", 0, *path), number)), "here")


@pytest.mark.parametrize("word", ["", "Forbid", "never", "allow "])
def test_same_city_is_forbid_or_allow(word: str) -> None:
    with pytest.raises(FormError):
        frozen.read_teams(dumped(changed(TEAMS, ("pools", 0, "same_city"), word)), "here")


def test_teams_keep_the_order_of_pools_roles_and_regions() -> None:
    north, south = frozen.read_teams(dumped(TEAMS), "here")
    assert (north.pool, south.pool) == ("north", "south")
    assert north.seats == (Role("lead", 1), Role("aide", 2))
    assert (north.regions, north.packet_size, north.strata) == ((("c", "d"), ("e",)), 6, ("s",))


@pytest.mark.parametrize("capacity", ["0", "01", "-1", "1.0", " "])
def test_a_capacity_is_a_number_of_at_least_one_or_empty(capacity: str) -> None:
    with pytest.raises(FormError):
        frozen.read_inspectors(f"inspector,pool,role,city,capacity\np1,n,lead,c,{capacity}\n".encode(), "here")


@pytest.mark.parametrize("batch", ["", "0", "01", "one"])
def test_a_batch_is_a_number_of_at_least_one(batch: str) -> None:
    with pytest.raises(FormError):
        frozen.read_substitutions(f"batch,unit,substitute\n{batch},u1,u2\n".encode(), "here")


@pytest.mark.parametrize("digit", ["units", "sampled"])
def test_a_number_of_a_result_may_be_nought_but_has_no_leading_zero(digit: str) -> None:
    row = {"stratum": "s", "city": "c", "units": "3", "sampled": "1"}
    nought = frozen.ALLOCATION.write([tuple({**row, digit: "0"}.values())])
    assert frozen.ALLOCATION.read(nought, "here")
    with pytest.raises(FormError):
        frozen.ALLOCATION.read(frozen.ALLOCATION.write([tuple({**row, digit: "03"}.values())]), "here")


# --- rules that join the files of a sample ----------------------------------------------------------------------------

A_POLICY = Policy("p", (Stratum("s", 2000, "stratum", "m"), Stratum("t", 2000, "city", "m")))
A_FRAME = [FrameUnit("u1", "s", "c"), FrameUnit("u2", "t", "d")]
AN_EXCLUSION = Exclusion("x1", "t", "merged")


def refused_sample(frame: list[FrameUnit], exclusions: list[Exclusion]) -> str:
    with pytest.raises(RuleError) as caught:
        SampleFiles(A_POLICY, Frame.of(frame), exclusions).check()
    return caught.value.code


@given(sample_files())
def test_the_files_of_a_sample_that_fit_are_taken(files: SampleFiles) -> None:
    files.check()


def test_a_listed_stratum_may_have_no_units() -> None:
    SampleFiles(A_POLICY, Frame.of([]), []).check()


def test_the_stratum_of_a_unit_must_be_in_the_policy() -> None:
    assert refused_sample([*A_FRAME, FrameUnit("u3", "z", "c")], []) == "stratum-unknown"


def test_the_stratum_of_an_excluded_unit_must_be_in_the_policy() -> None:
    assert refused_sample(A_FRAME, [Exclusion("x1", "z", "merged")]) == "stratum-unknown"


def test_no_excluded_unit_stands_in_the_frame() -> None:
    assert refused_sample(A_FRAME, [AN_EXCLUSION, Exclusion("u2", "t", "merged")]) == "excluded-in-frame"


# --- rules that join the files of a round -----------------------------------------------------------------------------

POOLS = (
    Pool("north", ("s",), 2, "forbid", (Role("lead", 1), Role("aide", 2)), (("c", "d"), ("e",))),
    Pool("south", ("t",), 2, "allow", (Role("lead", 1),), (("c",),)),
)
LEAD = Inspector("p1", "north", "lead", "c", None)
SAMPLE_OF_ROUND = SampleFiles(A_POLICY, Frame.of(A_FRAME), [AN_EXCLUSION])


def check_round(
    pools: tuple[Pool, ...] = POOLS, people: tuple[Inspector, ...] = (LEAD,), recusals: tuple[Recusal, ...] = ()
) -> None:
    RoundFiles(pools, list(people), list(recusals), [], []).check(SAMPLE_OF_ROUND)


@given(rounds())
def test_the_files_of_a_round_that_fit_are_taken(made: RoundOf) -> None:
    RoundFiles(made.teams, made.inspectors, made.recusals, made.substitutions, []).check(made.files)


def test_pools_may_share_cities_and_roles_and_a_pool_may_serve_nothing() -> None:
    check_round((*POOLS, Pool("spare", (), 1, "allow", (), ())))


def test_a_stratum_that_is_named_twice_in_one_pool_is_still_in_one() -> None:
    check_round((replace(POOLS[0], strata=("s", "s")), POOLS[1]))


TWICE = "teams-twice"
TWO_LEADS = replace(POOLS[0], seats=(Role("lead", 1), Role("lead", 2)))
WRONG_TEAMS = {
    "a pool twice": ((*POOLS, replace(POOLS[0], strata=())), TWICE, ("pool", "north")),
    "a role twice in a pool": ((TWO_LEADS, POOLS[1]), TWICE, ("role", "lead")),
    "a city twice in a region": ((replace(POOLS[0], regions=(("c", "c"),)), POOLS[1]), TWICE, ("city", "c")),
    "a city in two regions": ((replace(POOLS[0], regions=(("c",), ("d", "c"))), POOLS[1]), TWICE, ("city", "c")),
    "a stratum in two pools": ((POOLS[0], replace(POOLS[1], strata=("t", "s"))), TWICE, ("stratum", "s")),
    "a stratum in no pool": ((POOLS[0], replace(POOLS[1], strata=())), "stratum-unserved", ("t",)),
    "a stratum that the policy lacks": ((POOLS[0], replace(POOLS[1], strata=("t", "z"))), "stratum-foreign", ("z",)),
    "no pool at all": ((), "stratum-unserved", ("s",)),
}


@pytest.mark.parametrize(("pools", "code", "told"), WRONG_TEAMS.values(), ids=WRONG_TEAMS)
def test_teams_that_do_not_fit_the_policy_or_themselves_are_refused(
    pools: tuple[Pool, ...], code: str, told: tuple[str, ...]
) -> None:
    with pytest.raises(RuleError) as caught:
        check_round(pools)
    params = caught.value.params
    assert (caught.value.code, tuple(params.values())[: len(told)]) == (code, told)


@pytest.mark.parametrize(
    "person",
    [LEAD._replace(pool="west"), LEAD._replace(role="driver"), LEAD._replace(pool="south", role="aide")],
    ids=["unknown pool", "unknown role", "role of another pool"],
)
def test_a_person_has_a_role_of_the_own_pool(person: Inspector) -> None:
    with pytest.raises(RuleError) as caught:
        check_round(people=(LEAD, person))
    assert caught.value.code == "role-unknown"


@pytest.mark.parametrize("unit", ["x1", "u9"])
def test_a_recusal_is_from_a_unit_of_the_frame(unit: str) -> None:
    with pytest.raises(RuleError) as caught:
        check_round(recusals=(Recusal("p1", "u1"), Recusal("p1", unit)))
    assert caught.value.code == "recusal-not-in-frame"


def test_a_recusal_may_be_of_a_person_who_is_not_listed() -> None:
    check_round(recusals=(Recusal("nobody", "u1"),))


@pytest.mark.parametrize("made", ROUNDS, ids=str)
def test_the_rules_hold_in_every_vector(made: Round) -> None:
    made.drawn.files.check()
    made.files.check(made.drawn.files)
