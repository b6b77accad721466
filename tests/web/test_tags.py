"""Tags: what can be changed has one, every change of it takes If-Match, and none tells more than its answer does."""

from __future__ import annotations

from typing import Any, Final

from tests.campaign import DRAW
from tests.cli.test_sealed_alike import LATER
from tests.visiting import JPEG, VISIT_DAY, said
from tests.web.desk import Desk
from tests.web.others import POSTS, Scene, Thing, key_of
from tests.web.others_scenes import API, DRAWS, VISIT, sealed_scene, visited_scene
from tests.web.test_access import ROUTES, routes
from tests.web.test_others_objects import let_in

__all__ = ["sealed_scene", "visited_scene"]
ROUND: Final = f"{DRAWS}/rounds/<int(min=1,max=999999999):number>"
REQUEST: Final = f"{API}/requests/<int(min=1,max=999999999):number>"
TAGGED: Final = frozenset(
    {
        DRAWS, ROUND, REQUEST, f"{API}/users/<string:name>", f"{API}/outcomes/{VISIT}",
        f"{API}/findings/<code:finding>", f"{API}/cases/<code:case>",
        f"{API}/units/<code:unit>", f"{API}/inspectors/<code:inspector>",
    }
)  # fmt: skip
"""As docs/api.md lists them."""
PAPERS: Final = ("/notices.zip", "/notices/<string:unit>", "/deposit/envelopes")
"""What is handed out under a draw as a document changes nothing of it that is shown, and takes no If-Match."""


def changes(desk: Desk) -> list[tuple[str, str]]:
    """Every route that acts on a thing with a tag, as the application has them."""
    acting = [route.split(" ") for route in sorted(routes(desk.app)) if not route.startswith("GET")]
    return [(method, rule) for method, rule in acting if thing_of(rule) and not rule.endswith(PAPERS)]


def thing_of(rule: str) -> str:
    above = [shown for shown in TAGGED if rule == shown or rule.startswith(f"{shown}/")]
    return max(above, key=len, default="")


def tag(desk: Desk, path: str, by: str) -> str:
    answer = desk.ask("GET", path, by)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return answer.headers["ETag"]


def test_who_may_change_a_thing_may_see_it(desk: Desk) -> None:
    found = changes(desk)
    assert len(found) > 50
    assert not [rule for method, rule in found if not ROUTES[f"{method} {rule}"] <= ROUTES[f"GET {thing_of(rule)}"]]


def things_with_tags(scene: Scene) -> dict[str, Thing]:
    """One of each, with everybody who may do something about it."""
    desk = scene.desk
    waits = desk.post(f"draws/{DRAW}/set-aside", "office", {"ground": "procedure", "reason": "x"})["request"]
    everybody = tuple(POSTS)
    found = {key: things[0] for key, things in scene.things.items() if key in TAGGED}
    return {
        **found,
        DRAWS: Thing({"draw": DRAW}, {}, everybody),
        ROUND: Thing({"draw": DRAW, "number": "1"}, {}, everybody),
        REQUEST: Thing({"number": str(waits["number"])}, {}, everybody),
        f"{API}/users/<string:name>": Thing({"name": "stranger"}, {}, ("root",)),
    }


def test_no_change_is_made_of_what_is_not_as_it_was_seen(visited_scene: Scene) -> None:
    """Every route that acts on a thing with a tag, whoever may: 412, and everything is as it was."""
    desk, things = visited_scene.desk, things_with_tags(visited_scene)
    before = desk.office.run("log", "show").json
    answers = []
    for method, rule in changes(desk):
        thing = things[thing_of(rule)]
        owners = {*thing.owners, "office", "rechecker", *(("second",) if thing_of(rule) == REQUEST else ())}
        for by in let_in(method, rule, sorted(owners)):
            if by == "rechecker" and key_of(rule) == f"{API}/outcomes/{VISIT}":
                continue  # of another team
            answer = visited_scene.told(method, rule, thing.real, by, If_Match='"other"')
            answers.append((method, rule, by, answer[0]))
    assert [each for each in answers if each[-1] != 412] == []
    assert {(method, rule) for method, rule, *_ in answers} == set(changes(desk))
    assert desk.office.run("log", "show").json == before


def test_two_who_saw_the_same_the_second_is_told_that_the_first_was_quicker(visited_scene: Scene) -> None:
    desk = visited_scene.desk
    finding = visited_scene.things[f"{API}/findings/<code:finding>"][0].real["finding"]
    path, body = f"findings/{finding}", {"day": VISIT_DAY, "passed": True, "document": "文"}
    seen = {by: tag(desk, path, by) for by in ("office", "own", "rechecker")}
    asked: dict[str, Any] = {"json": body, "If_Match": seen["rechecker"], "Idempotency_Key": "once"}
    first, again = (desk.ask("POST", f"{path}/recheck", "rechecker", **asked) for _ in range(2))
    assert (first.status_code, again.json) == (200, first.json), "sent again it is answered alike, and not refused"
    assert first.headers["ETag"] == again.headers["ETag"] == tag(desk, path, "rechecker")
    close = {"json": {"day": VISIT_DAY}}
    late = desk.ask("POST", f"{path}/close", "office", **close, If_Match=seen["office"])
    assert (late.status_code, late.json["code"]) == (412, "http-412")
    assert desk.get(path, "office")["state"] == "passed"
    done = desk.ask("POST", f"{path}/close", "office", **close, If_Match=tag(desk, path, "office"))
    assert (done.status_code, done.headers["ETag"]) == (200, tag(desk, path, "office"))
    assert tag(desk, path, "own") != seen["own"]


def test_what_an_act_answers_with_is_tagged_as_what_is_then_shown(visited_scene: Scene) -> None:
    desk = visited_scene.desk
    case = visited_scene.things[f"{API}/cases/<code:case>"][0].real["case"]
    unit = visited_scene.things[f"{API}/outcomes/{VISIT}"][0].real["unit"]
    wrong = desk.get(f"outcomes/{DRAW}/{unit}", "member")["findings"]
    assert len(wrong) == 1
    signer = desk.get("me", "member")["inspector"]
    waits = desk.post(f"draws/{DRAW}/set-aside", "office", {"ground": "procedure", "reason": "x"})["request"]
    for path, step, by, body in (
        (f"cases/{case}", "propose", "office", {"day": VISIT_DAY, "person": "甲", "ending": "dismissed", "text": "…"}),
        (f"outcomes/{DRAW}/{unit}", "signatures", "member", {"signer": signer, "stance": "signed"}),
        (f"requests/{waits['number']}", "decline", "second", {"reason": "x"}),
    ):
        seen = tag(desk, path, by)
        done = desk.ask("POST", f"{path}/{step}", by, json=body, If_Match=seen)
        assert done.status_code in (200, 201), done.text
        assert seen != done.headers["ETag"] == tag(desk, path, by)
        assert desk.ask("GET", path, by, If_None_Match=done.headers["ETag"]).status_code == 304


def test_of_a_draw_another_act_than_the_one_that_was_seen_is_noticed(visited_scene: Scene) -> None:
    desk, path = visited_scene.desk, f"draws/{DRAW}"
    unit = desk.get(path)["sample"][-1]["unit"]
    asked = {"json": {"units": [unit], "document": "撤并"}, "If_Match": tag(desk, path, "office")}
    waits = desk.ask("POST", f"{path}/substitutions", "office", **asked).json["request"]["number"]
    desk.office.run("log", "publish")
    assert desk.ask("GET", f"{path}/sample").headers.get("ETag") is None
    desk.post(f"requests/{waits}/confirm", "second")
    assert desk.ask("POST", f"{path}/substitutions", "office", **asked).status_code == 412


def test_under_a_seal_no_tag_tells_of_what_was_done_with_a_unit(sealed_scene: Scene) -> None:
    desk, paths = sealed_scene.desk, ("draws/SC-2026-01", "draws/SC-2026-01/rounds/1")
    outsiders = ("", "own", "other", "auditor", "second", "stranger")
    before = {(path, by): tag(desk, path, by) for path in paths for by in outsiders}
    packet = desk.get("assignments", "member")["items"][0]["packet"]
    units = desk.post("assignments/open", "member", {"draw": "SC-2026-01", "packet": packet})["units"]
    visit = f"outcomes/SC-2026-01/{units[-1]}"
    desk.send(visit.replace("outcomes", "evidence"), "member", JPEG, "a.jpg")
    seen = tag(desk, visit, "member")
    done = desk.ask("POST", visit, "member", json=said(LATER[:10]), If_Match=seen)
    assert (done.status_code, done.headers["ETag"]) == (201, tag(desk, visit, "member"))
    assert {(path, by): tag(desk, path, by) for path in paths for by in outsiders} == before
    assert len({before[paths[0], by] for by in ("", "own", "other", "stranger")}) == 1
