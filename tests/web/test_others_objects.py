"""Of what is another's nobody is told more than of what there is not: every route that has a thing in its address.

Generated from the routes that the application has. A new route about a thing of which the scenes have none fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.campaign import DRAW
from tests.cli.test_sealed_alike import sealed_office
from tests.office import Office, copied
from tests.visiting import AT_VISIT, VISIT_DAY, Team
from tests.web.others import POSTS, Answer, Scene, Thing, key_of
from tests.web.others_scenes import API, DRAWS, sealed_at, visited_at
from tests.web.test_access import ROUTES, routes

EVERYBODYS: Final = frozenset(
    {
        "/static/<path:filename>", "/log/tile/<path:path>", "/api/docs/<string:name>",
        f"{API}/policies/<string:policy>", DRAWS, f"{DRAWS}/frame/<string:name>",
        f"{DRAWS}/rounds/<int(min=1,max=999999999):number>",
    }
)  # fmt: skip
"""Things that there are for all to see; what of a draw is not, under a seal, is in `test_sealed_alike.py` too."""
OVERSEEN: Final = frozenset(
    {
        f"{API}/releases/<string:city>", f"{API}/requests/<int(min=1,max=999999999):number>",
        f"{API}/users/<string:name>", f"{API}/estimates/<string:campaign>", f"{API}/fairness/<string:draw>",
        f"{API}/awards/<string:given>", f"{API}/pauses/<string:pause>", f"{API}/frames/files/<string:digest>",
    }
)  # fmt: skip
"""Things of which no route lets a city, an inspector or the public ask, and whoever may ask sees all."""
HEADERS: Final = ({}, {"Idempotency_Key": "one"}, {"If_Match": '"other"'})
KNOWN: Final = {"policy": "sichuan-2020", "year": "2027", "campaign": "2027"}


@pytest.fixture(scope="module")
def visited_scene(
    campaign_with_teams: tuple[Office, Team], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """One for all tests here: none of them minds what the others did."""
    original, team = campaign_with_teams
    with copied(original, tmp_path_factory.mktemp("visited")) as office:
        yield visited_at(office.at(AT_VISIT), team)


@pytest.fixture(scope="module")
def sealed_scene(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[Scene]:
    """The same under a seal."""
    with sealed_office(tmp_path_factory.mktemp("sealed") / "office", template) as office:
        yield sealed_at(office)


def asked_of(scene: Scene) -> Iterator[tuple[str, str, Thing]]:
    """Every route about a thing that is somebody's, with each of the things; with one where a workbook is read, for
    which there is a process each time."""
    for route in sorted(routes(scene.desk.app)):
        method, _, rule = route.partition(" ")
        things = scene.things.get(key_of(rule), []) if "<" in rule else []
        for thing in things[:1] if rule.endswith("/form") else things:
            yield method, rule, thing


def let_in(method: str, rule: str, posts: Sequence[str]) -> list[str]:
    """Those of some posts whose role may use a route."""
    return [post for post in posts if POSTS[post] in ROUTES[f"{method} {rule}"]]


def is_hidden(answer: Answer) -> bool:
    """Whether nothing is told: there is no such thing, or all of it is under a seal."""
    return answer[0] == 404 or (answer[0] == 409 and '"code": "sealed"' in answer[1])


def told_apart(scene: Scene) -> list[object]:
    """What is answered otherwise of another's thing than of none; of the first of each kind with key and tag too."""
    wrong: list[object] = []
    for method, rule, thing in asked_of(scene):
        for by in let_in(method, rule, thing.strangers):
            for more in HEADERS if method != "GET" and thing is scene.things[key_of(rule)][0] else HEADERS[:1]:
                real, none = (scene.told(method, rule, of, by, **more) for of in (thing.real, thing.none))
                if real != none or not is_hidden(real):
                    wrong.append((method, rule, by, real[:2], none[:2]))
    return wrong


def not_there(scene: Scene) -> list[object]:
    """What whose it is is told as of none: of such a thing the answers above would say nothing."""
    wrong: list[object] = []
    for method, rule, thing in asked_of(scene):
        for by in let_in(method, rule, thing.owners):
            real, none = (scene.told(method, rule, of, by) for of in (thing.real, thing.none))
            if real[0] in (404, 422) or (method == "GET" and real[0] != 200) or real == none:
                wrong.append((method, rule, by, real[:2], none[:2]))
    return wrong


def test_there_is_a_thing_for_every_route_that_has_one_in_its_address(
    visited_scene: Scene, sealed_scene: Scene
) -> None:
    keys = {key_of(rule.rule) for rule in visited_scene.desk.app.url_map.iter_rules() if rule.arguments}
    assert keys == {*visited_scene.things, *sealed_scene.things, *EVERYBODYS, *OVERSEEN}
    about = {route: key_of(route.partition(" ")[2]) for route in ROUTES if "<" in route}
    seen = {who for route, key in about.items() if key in OVERSEEN for who in ROUTES[route]}
    assert not seen & {"", "city", "inspector"}


def test_of_anothers_thing_the_same_is_told_as_of_none(visited_scene: Scene) -> None:
    assert told_apart(visited_scene) == []
    assert not_there(visited_scene) == []


def test_under_a_seal_the_same_is_told_of_a_drawn_unit_as_of_any_other(sealed_scene: Scene) -> None:
    assert told_apart(sealed_scene) == []
    assert not_there(sealed_scene) == []


def test_a_list_is_the_same_whether_anothers_thing_or_none_is_asked_for(visited_scene: Scene) -> None:
    """Every query that can name something, with the rest of it as the description asks."""
    desk, unit = visited_scene.desk, visited_scene.things[f"{API}/units/<code:unit>"][0].real["unit"]
    named = {"unit": unit, "text": unit, "city": f"{unit[:4]}00", "occasion": DRAW, "account": "office"}
    different, compared = [], 0
    for path, methods in visited_scene.spec["paths"].items():
        fields = [each for each in methods.get("get", {}).get("parameters", ()) if each["in"] == "query"]
        rest = {each["name"]: KNOWN.get(each["name"], "1") for each in fields if each.get("required")}
        for name in {each["name"] for each in fields} & named.keys():
            for by in ("other", "stranger"):
                asked = [urlencode({**rest, name: value}) for value in (named[name], "9" * len(named[name]))]
                real, none = (desk.ask("GET", f"{path}?{query}", by) for query in asked)
                compared += real.status_code == 200
                if (real.status_code, real.data) != (none.status_code, none.data):
                    different.append((path, name, by, real.text, none.text))
    assert different == []
    assert compared > 10


def test_what_a_body_names_is_told_of_no_better(visited_scene: Scene) -> None:
    """A unit of another city where a city's own are recorded; a packet of another team where one opens one's own."""
    desk, unit = visited_scene.desk, visited_scene.things[f"{API}/units/<code:unit>"][0].real["unit"]
    said = {"step": "self-assess", "on": VISIT_DAY, "document": "文", "policy": "sichuan-2020"}
    packet = desk.get("assignments", "member")["items"][0]["packet"]
    bodies = [
        ("lives/own-steps", "other", {**said, "units": [unit]}, {**said, "units": ["999999999"]}, unit, "999999999"),
        ("assignments/open", "stranger", *({"draw": DRAW, "packet": p} for p in (packet, "x-999")), packet, "x-999"),
    ]
    for path, by, real, none, name, nothing in bodies:
        answers = [desk.ask("POST", path, by, json=body) for body in (real, none)]
        assert answers[0].status_code == answers[1].status_code >= 404
        assert answers[0].text.replace(name, "<it>") == answers[1].text.replace(nothing, "<it>")
