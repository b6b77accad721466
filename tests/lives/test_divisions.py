"""Divisions that are renamed and merged: the real ones of Meishan, what follows them, and what frozen draws keep."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from audit_service.core.life import LifeState
from audit_service.errors import AuditError
from audit_service.store import acts, rosters, tables
from audit_service.store.database import transaction
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases import lives
from audit_service.use_cases.causes import candidates
from audit_service.use_cases.onward import onward
from tests.lives.office import (
    ASSESSED,
    FUXING,
    HEILONG,
    JINHUA,
    KNOWN,
    QINGZHU,
    SICHUAN,
    Living,
    act,
    policies,
)

GOLD, DRAGON = JINHUA["单位编码"], HEILONG["单位编码"]
TAIPING = {**JINHUA, "建设单位名称": "太平镇", "单位编码": "511402105"}


@pytest.fixture
def living(engine: Engine) -> Living:
    return Living(engine)


def roster(living: Living) -> dict[str, dict[str, str]]:
    with transaction(living.engine, looks=True) as db:
        return {row["unit"]: row for row in rosters.current(db, tables.units)}


def refused(do: object, *arguments: object, **options: object) -> str:
    with pytest.raises(AuditError) as refusal:
        do(*arguments, **options)  # type: ignore[operator]
    return refusal.value.code


def test_the_title_of_jinhua_goes_into_fuxing_with_its_validity(living: Living) -> None:
    living.adopt(JINHUA)
    title = living.standing(GOLD)
    changed = living.merge(GOLD, FUXING, "2020-03-01", "transfer")
    assert (changed.standing.state, changed.standing.successor, changed.standing.title) == ("merged", FUXING, "")
    received = living.standing(FUXING)
    assert (received.state, received.named_on, received.valid_until, received.re_evaluate_by) == (
        *("named", title.named_on, title.valid_until, title.re_evaluate_by),
    )
    (unit,) = roster(living).values()
    assert (unit["unit"], unit["name"], unit["former_name"], unit["kind"]) == (FUXING, "复兴镇", "金花乡", "镇")
    assert all(living.standing(code) == living.replayed(code) for code in (GOLD, FUXING))


def test_heilong_becomes_qingzhu_and_later_lists_with_the_old_name_find_it(living: Living) -> None:
    living.adopt(HEILONG)
    living.rename(DRAGON, "青竹街道", "2020-03-01", QINGZHU)
    assert living.standing(QINGZHU).valid_until == "2020-12-20"
    assert living.standing(DRAGON).successor == QINGZHU
    living.list_units({**HEILONG, "单位编码": ""}, on="2020-03-02")
    assert {code: row["name"] for code, row in roster(living).items()} == {QINGZHU: "青竹街道"}


def test_a_units_history_goes_on_under_its_new_code(living: Living) -> None:
    living.adopt(HEILONG)
    living.step("check", DRAGON, "2020-02-01")
    living.rename(DRAGON, "青竹街道", "2020-03-01", QINGZHU)
    living.step("re-evaluate", QINGZHU, "2020-04-01")
    life = living.show(QINGZHU)
    assert life.codes == (QINGZHU, DRAGON)
    assert [event.step for event in life.events] == ["adopt", "check", "recode", "succeed", "re-evaluate"]
    assert [event.step for event in living.show(DRAGON).events] == ["adopt", "check", "recode", "succeed"]


def test_a_new_name_alone_changes_no_code_and_no_state(living: Living) -> None:
    living.adopt(HEILONG)
    before = living.standing(DRAGON)
    changed = living.rename(DRAGON, "黑龙街道", "2020-03-01")
    assert (changed.into, changed.standing.state, changed.standing.valid_until) == (
        *(DRAGON, before.state, before.valid_until),
    )
    assert roster(living)[DRAGON]["former_name"] == "黑龙镇"
    assert refused(living.rename, DRAGON, "黑龙街道", "2020-03-02") == "division-same"
    assert living.standing(DRAGON) == living.replayed(DRAGON)


def test_a_code_that_somebody_has_is_given_to_nobody_else(living: Living) -> None:
    living.adopt(HEILONG, JINHUA)
    assert refused(living.rename, DRAGON, "金花乡", "2020-03-01", GOLD) == "division-code-taken"


def test_into_a_division_that_has_not_built_nothing_is_named(living: Living) -> None:
    living.adopt({**JINHUA, **ASSESSED}, HEILONG)
    assessed = living.merge(GOLD, FUXING, "2020-03-01", "unbuilt")
    assert (assessed.standing.state, assessed.into_standing.state) == (LifeState.NOT_TO_BE_NAMED, LifeState.NOTHING)
    named = living.merge(DRAGON, QINGZHU, "2020-03-01", "unbuilt")
    assert (named.standing.state, named.into_standing.state) == (LifeState.MERGED, LifeState.NOTHING)
    assert roster(living) == {}
    living.step("recall-plaque", DRAGON, "2020-04-01")


def ended(living: Living, ending: str, state: str) -> None:
    """The case against 青竹街道 that decides on the title of 黑龙镇, as it ended."""
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-05-01"), "trial", "E-2020-001")
        row = {"exit_case": "E-2020-001", "unit": QINGZHU, "occasion": DRAGON, "ending": ending, "state": state}
        rosters.add(db, exit_cases, [{**rosters.blank(exit_cases), **row}], number)


def test_a_title_whose_division_went_into_one_that_has_not_built_waits_for_what_a_case_decides(living: Living) -> None:
    living.adopt(HEILONG)
    title = living.standing(DRAGON)
    waits = living.merge(DRAGON, QINGZHU, "2020-03-01", "unbuilt").standing
    assert (waits.state, waits.title, waits.valid_until) == ("merged", title.title, title.valid_until)
    with transaction(living.engine, looks=True) as db:
        (found,) = candidates(db, policies, "2020-03-02")
    assert (found.cause.cause, found.cause.unit, found.cause.occasion) == ("division", QINGZHU, DRAGON)
    assert refused(living.merge, DRAGON, QINGZHU, "2020-04-01", "transfer") == "division-waits"
    ended(living, "not-to-be-named", "not-to-be-named")
    told = {"case": "E-2020-001", "document": "川安委〔2020〕9号", "on": "2020-06-01"}
    with transaction(living.engine) as db:
        assert lives.follow_case(db, act("2020-06-01"), policies, QINGZHU, "not-to-be-named", **told) is None
    over = living.standing(DRAGON)
    assert (over.state, over.title, over.document) == ("not-to-be-named", "", "川安委〔2020〕9号")
    assert over == living.replayed(DRAGON)
    assert living.standing(QINGZHU).state is LifeState.NOTHING


def test_where_the_case_was_dismissed_the_title_goes_into_the_division_after_all(living: Living) -> None:
    living.adopt(HEILONG, JINHUA)
    title = living.standing(DRAGON)
    living.merge(DRAGON, QINGZHU, "2020-03-01", "unbuilt")
    ended(living, "dismissed", "dismissed")
    assert refused(living.merge, DRAGON, FUXING, "2020-06-01", "transfer") == "division-waits"
    changed = living.merge(DRAGON, QINGZHU, "2020-06-01", "transfer")
    assert (changed.standing.state, changed.standing.title) == ("merged", "")
    assert (changed.into_standing.state, changed.into_standing.valid_until) == ("named", title.valid_until)
    assert roster(living)[QINGZHU]["former_name"] == "黑龙镇"
    with transaction(living.engine, looks=True) as db:
        assert onward(db).now(DRAGON) == QINGZHU
    assert all(living.standing(code) == living.replayed(code) for code in (DRAGON, QINGZHU))
    assert refused(living.merge, DRAGON, QINGZHU, "2020-06-02", "transfer") == "unit-not-known"


def test_where_no_case_could_decide_the_title_ends_by_the_document(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KNOWN, "sichuan-2020", replace(SICHUAN, after=replace(SICHUAN.after, exit=None)))
    living.adopt(HEILONG)
    named = living.merge(DRAGON, QINGZHU, "2020-03-01", "unbuilt").standing
    assert (named.state, named.title) == (LifeState.NOT_TO_BE_NAMED, "")


def test_a_merger_into_another_county_keeps_that_county_with_the_former_name(living: Living) -> None:
    living.adopt(JINHUA)
    living.merge(GOLD, QINGZHU, "2020-03-01", "transfer")
    with transaction(living.engine, looks=True) as db:
        (former,) = rosters.current(db, tables.former_names)
    assert (former["county"], former["old"]) == ("东坡区", "金花乡")
    assert (former["new_county"], former["new"]) == ("青神县", "青竹街道")


def test_two_units_that_merge_still_count_each_by_the_one_into_which_they_went(living: Living) -> None:
    living.adopt(JINHUA, TAIPING)
    living.merge(GOLD, FUXING, "2020-03-01", "transfer")
    living.merge("511402105", FUXING, "2020-03-02")
    assert living.show(FUXING).merged_in == ("511402105", GOLD)
    with transaction(living.engine, looks=True) as db:
        went = onward(db)
    assert [went.now(unit) for unit in (GOLD, "511402105")] == [FUXING, "511402105"]
    assert went.codes(GOLD) == went.codes(FUXING) == [FUXING, GOLD]


def test_a_unit_on_its_way_is_built_on_by_the_new_division_as_a_whole(living: Living) -> None:
    living.adopt({**JINHUA, **ASSESSED})
    changed = living.merge(GOLD, FUXING, "2020-03-01", "transfer")
    assert (changed.into_standing.state, changed.into_standing.since) == (LifeState.BUILDING, "2020-03-01")


def test_how_a_unit_is_merged_is_said_where_it_is_not_plain(living: Living) -> None:
    living.adopt(JINHUA, HEILONG, {**TAIPING, **ASSESSED})
    assert refused(living.merge, GOLD, FUXING, "2020-03-01") == "division-undecided"
    assert refused(living.merge, GOLD, "511402105", "2020-03-01") == "division-undecided"
    assert refused(living.merge, GOLD, "511402105", "2020-03-01", "unbuilt") == "division-builds"
    assert refused(living.merge, GOLD, DRAGON, "2020-03-01", "transfer") == "division-has-own"
    assert refused(living.merge, GOLD, GOLD, "2020-03-01", "transfer") == "division-itself"
    assert refused(living.merge, GOLD, "X-511400-0099", "2020-03-01", "transfer") == "division-unknown"
    assert refused(living.merge, "511402999", FUXING, "2020-03-01", "transfer") == "unit-not-known"
    assert living.merge(GOLD, "511402105", "2020-03-01", "transfer").into_standing.state is LifeState.NAMED


def test_who_may_not_inspect_a_unit_may_not_inspect_what_it_became(living: Living) -> None:
    living.adopt(JINHUA)
    with transaction(living.engine) as db:
        number = acts.record(db, act("2020-01-07"), "trial", "x")
        rosters.add(db, tables.recusals, [{"inspector": "C510101", "unit": GOLD, "reason": "亲属"}], number)
    living.merge(GOLD, FUXING, "2020-03-01", "transfer")
    with transaction(living.engine, looks=True) as db:
        assert {row["unit"] for row in rosters.current(db, tables.recusals)} == {GOLD, FUXING}
