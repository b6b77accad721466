"""Answers about draws are remembered while nothing is done, and never longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy import event

from audit_service.web.remembered import Remembered
from tests.office import Office, on_both
from tests.web.desk import Desk
from tests.web.test_campaign import DRAW, SAMPLE_EVENTS, SAMPLE_PUBLIC, brought_in, kl8, value

EVERYBODY = ("", "office", "auditor", "chengdu")


def ask_everybody(desk: Desk) -> dict[str, Any]:
    """What each sees of the draw, asked twice: what is remembered is what was shown."""
    shown = {who: desk.get(DRAW, who) for who in EVERYBODY}
    assert {who: desk.get(DRAW, who) for who in EVERYBODY} == shown
    return shown


def check_as_if_new(desk: Desk) -> dict[str, Any]:
    """A service that remembers nothing says the same."""
    shown, kept = ask_everybody(desk), desk.app.extensions["remembered"]
    desk.app.extensions["remembered"] = Remembered(most=0)
    assert ask_everybody(desk) == shown
    desk.app.extensions["remembered"] = kept
    return shown


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Each statement that is sent to the database, but for those that begin a transaction."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        if arguments[2].startswith("SELECT "):
            sent.append(arguments[2])

    event.listen(desk.office.runtime.engine, "before_cursor_execute", note)
    yield sent
    event.remove(desk.office.runtime.engine, "before_cursor_execute", note)


def frozen(desk: Desk) -> None:
    brought_in(desk)
    desk.post("draws", "office", {"campaign": "2026", "policy": "sichuan-2020"}, expect=201)


def drawn(desk: Desk, **sealed: Any) -> list[str]:
    """A sample that was drawn; its units."""
    frozen(desk)
    desk.post(f"{DRAW}/commit", "office", {"events": SAMPLE_EVENTS, **sealed})
    desk.clock = "2026-07-01T14:00:00Z"
    found = desk.post(f"{DRAW}/seed", "office", {"public": SAMPLE_PUBLIC})
    return [row["unit"] for row in found["sample"]]


@on_both
def test_after_each_act_the_answer_is_another(desk: Desk) -> None:
    frozen(desk)
    seen = [check_as_if_new(desk)]

    def act(path: str, body: Any, clock: str = "", expect: int = 200) -> Any:
        desk.clock = clock or desk.clock
        told = desk.post(path, "office", body, expect=expect)
        seen.append(check_as_if_new(desk))
        return told

    act(f"{DRAW}/commit", {"events": SAMPLE_EVENTS})
    sample = act(f"{DRAW}/seed", {"public": SAMPLE_PUBLIC}, "2026-07-01T14:00:00Z")["sample"]
    asked = {"units": [sample[0]["unit"]], "document": "川安办函〔2026〕1号"}
    waits = desk.post(f"{DRAW}/substitutions", "office", asked)["request"]["number"]
    desk.post(f"requests/{waits}/confirm", "second")
    seen.append(check_as_if_new(desk))
    act(f"{DRAW}/rounds", kl8(5), "2026-08-01T01:00:00Z", 201)
    act(f"{DRAW}/rounds/1/seed", value(5), "2026-08-05T14:00:00Z")
    states = [shown[""] for shown in seen]
    assert [state["state"] for state in states] == ["frozen", "committed", "drawn", "drawn", "drawn", "drawn"]
    assert all(one != other for one, other in pairwise(states))


def test_what_the_clock_alone_changes_is_shown_at_its_moment_and_not_before(desk: Desk) -> None:
    frozen(desk)
    desk.post(f"{DRAW}/commit", "office", {"events": SAMPLE_EVENTS})
    for clock, overdue in (
        ("2026-07-02T13:15:00Z", []),
        ("2026-07-02T13:15:01Z", ["overdue-result"]),
        ("2026-07-02T13:15:00Z", []),
    ):
        desk.clock = clock
        assert check_as_if_new(desk)[""]["violations"] == overdue


def test_of_a_draw_under_seal_nothing_is_remembered(desk: Desk) -> None:
    units = drawn(desk, sealed=True, reveal_by="2026-12-01")
    assert [row["unit"] for row in ask_everybody(desk)["office"]["sample"]] == units
    kept: Remembered = desk.app.extensions["remembered"]
    assert not kept._answers
    assert not any(unit in repr(vars(kept)) for unit in units)
    assert desk.get(DRAW)["sample"] is None
    waits = desk.post(f"{DRAW}/reveal", "office")["request"]["number"]
    desk.post(f"requests/{waits}/confirm", "second")
    assert [row["unit"] for row in check_as_if_new(desk)[""]["sample"]] == units
    assert kept._answers


def test_what_is_remembered_has_a_limit(desk: Desk) -> None:
    drawn(desk)
    size = len(desk.ask("GET", DRAW).data)
    for most, answers in ((size - 1, 0), (size, 1), (2 * size, 1)):
        kept = desk.app.extensions["remembered"] = Remembered(most)
        ask_everybody(desk)
        assert len(kept._answers) == answers
        assert kept._bytes <= most


@on_both
def test_a_draw_that_is_remembered_costs_one_look_and_a_page_of_units_two(desk: Desk, office: Office) -> None:
    drawn(desk)
    desk.get(DRAW)
    with statements(desk) as sent:
        desk.get(DRAW)
    assert len(sent) == 1
    with statements(desk) as sent:
        assert desk.get("units?page_size=50", "office")["total"] == 343
    assert len(sent) == 2


def test_behind_the_last_page_the_count_is_still_told(desk: Desk) -> None:
    brought_in(desk)
    assert desk.get("units?page=100", "office") == {"items": [], "page": 100, "page_size": 50, "total": 343}
