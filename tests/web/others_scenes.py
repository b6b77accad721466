"""Two scenes with things that are somebody's: after visits, and under a seal; each with posts of every role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from audit_service.web.application import assemble
from tests.campaign import DRAW
from tests.cli.test_sealed_alike import LATER, sealed_office
from tests.office import Office
from tests.visiting import AT_VISIT, JPEG, VISIT_DAY, Team, finding, said
from tests.web.desk import SCAN, Desk
from tests.web.others import POSTS, Scene, Thing, Things

API: Final = "/api/v1"
DRAWS: Final = f"{API}/draws/<string:draw>"
VISIT: Final = "<string:occasion>/<string:unit>"


def staff(desk: Desk, team: Team, rechecker: str, stranger: str) -> None:
    """Posts of every role: the unit's own city and another one, one of the team, one of another."""
    inspectors = {"member": team.inspectors[0], "rechecker": rechecker, "stranger": stranger}
    cities = {"own": f"{team.units[0][:4]}00", "other": "甘孜"}
    for name, role in POSTS.items():
        if name:
            city = ("--city", cities[name]) if name in cities else ()
            desk.appoint(name, role, *city, *(("--inspector", inspectors[name]) if name in inspectors else ()))
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}


def visited(desk: Desk, team: Team) -> dict[str, str]:
    """Everything that is somebody's, by what it is: a visit with its evidence and finding, which is handed in and to
    be rechecked, an exit case, two checks of which one is still to come."""
    found = _units(desk, team)
    unit = found["unit"]
    found["photograph"] = _kept(desk.send(f"evidence/{DRAW}/{unit}", "member", JPEG, "a.jpg"))
    outcome = said(VISIT_DAY, "nine-stores", findings=[finding()])
    found["finding"] = desk.post(f"outcomes/{DRAW}/{unit}", "member", outcome, expect=201)["findings"][0]["finding"]
    _rectified(desk, found)
    _ended(desk, found)
    _given_up(desk, found)
    ordered = {"policy": "sichuan-2020", "ground": "complaint", "reason": "群众举报", "document": "函"}
    ordered |= {"team": team.inspectors[:2], "due_on": "2027-05-10"}
    for name, of in (("check", unit), ("coming", found["later"])):
        found[name] = desk.post("checks", "office", {**ordered, "unit": of}, expect=201)["check"]
    desk.post(f"outcomes/{found['check']}/{unit}", "member", said(VISIT_DAY), expect=201)
    return found


def _units(desk: Desk, team: Team) -> dict[str, str]:
    """A unit of the team's, another one of its city that was drawn, one that was not."""
    unit, city = team.units[0], f"{team.units[0][:4]}00"
    listed = [each["unit"] for each in desk.get(f"units?city={city}&page_size=200", "office")["items"]]
    drawn = {each["unit"] for each in desk.get(f"draws/{DRAW}")["sample"]}
    later = next(each for each in listed if each in drawn and each != unit)
    return {"unit": unit, "city": city, "later": later, "undrawn": next(each for each in listed if each not in drawn)}


def _kept(answer: Any) -> str:
    assert answer.status_code == 201, answer.text
    digest: str = answer.json["file"]["digest"]
    return digest


def _rectified(desk: Desk, found: dict[str, str]) -> None:
    """Its finding is handed in with a file, and somebody is named to recheck it; a file that no step names yet."""
    path, day = f"findings/{found['finding']}", {"day": VISIT_DAY}
    notice = {"occasion": DRAW, "unit": found["unit"], "document": "文", "text": "险情不能等签字"}
    desk.post("findings/notify", "office", {**day, **notice})
    files = desk.keep(path, "own")
    desk.post(f"{path}/hand-in", "own", {**day, "text": "已更换", "files": files})
    rechecker = desk.get("me", "rechecker")["inspector"]
    desk.post(f"{path}/assign", "office", {**day, "person": rechecker})
    found |= {"shown": files[0]["sha256"], "unshown": _kept(desk.send(f"{path}/files", "office", SCAN + b"2"))}


def _ended(desk: Desk, found: dict[str, str]) -> None:
    """A case that the office opens by a document, with the city's defence and a file of which it is not told."""
    asked = {"trigger": "office", "policy": "sichuan-2020", "unit": found["unit"], "day": VISIT_DAY}
    desk.office.at(desk.clock)
    case = desk.post("cases", "office", {**asked, "document": "文", "text": "事故"}, expect=201)["case"]
    path = f"cases/{case}"
    desk.post(f"{path}/notify", "office", {"day": VISIT_DAY, "document": "告知"})
    files = desk.keep(path, "own")
    desk.post(f"{path}/defend", "own", {"day": VISIT_DAY, "text": "申辩", "files": files})
    hidden = _kept(desk.send(f"{path}/files", "office", SCAN + b"3"))
    found |= {"case": case, "defence": files[0]["sha256"], "minutes": hidden}


def _given_up(desk: Desk, found: dict[str, str]) -> None:
    """A unit of its city that was not drawn gives its title up, by a paper that the office keeps."""
    desk.post("lives/adopt", "office", {"policy": "sichuan-2020"})
    held = desk.get(f"lives?state=re-evaluation&city={found['city']}&page_size=200", "office")["items"]
    drawn = {each["unit"] for each in desk.get(f"draws/{DRAW}")["sample"]}
    unit = next(each["unit"] for each in reversed(held) if each["unit"] not in drawn)
    (paper,) = desk.keep("lives", "office")
    told = {"step": "surrender", "units": [unit], "on": VISIT_DAY, "document": "文", "declared_by": "主任"}
    desk.post("lives/steps", "office", {**told, "scan": paper["sha256"]}, expect=201)
    found |= {"given_up": unit, "paper": paper["sha256"]}


def things_of(desk: Desk, found: dict[str, str]) -> Things:
    """By the addresses of things one or several: whose they are, and to whom they are not there."""
    unit, person = found["unit"], desk.get(f"inspectors?city={found['city']}", "office")["items"][0]["inspector"]
    city = {"owners": ("own",), "strangers": ("other",)}
    of_unit = [Thing({"unit": unit}, {"unit": "999999999"}, **city)]
    token = _token(desk)
    others = [name for name in POSTS if name not in ("", "office", "root")]
    gone, paper = {"unit": found["given_up"]}, {"digest": found["paper"]}
    finding_of = ("finding", found["finding"], found["shown"], found["unshown"])
    return {
        f"{API}/units/<code:unit>": of_unit,
        f"{API}/lives/<code:unit>": of_unit,
        f"{API}/lives/<code:unit>/files/<string:digest>": [
            Thing(gone | paper, {"unit": "999999999"} | paper, **city),
            Thing(gone | paper, gone | {"digest": "ab" * 32}, ("own",)),
        ],
        f"{API}/inspectors/<code:inspector>": [Thing({"inspector": person}, {"inspector": f"{person[:-1]}X"}, **city)],
        **_of_steps(*finding_of, ("rechecker",), ("stranger", "member")),
        **_of_steps("case", found["case"], found["defence"], found["minutes"], (), ()),
        **_of_visits(found),
        f"{API}/tokens/<string:token>": [Thing({"token": token}, {"token": "0" * len(token)}, ("office",), others)],
    }


def _of_visits(found: dict[str, str]) -> Things:
    """Visits of a draw and of checks, one made and one to come of each, with their evidence."""
    unit, later, none = ({"unit": found[name]} for name in ("unit", "later", "undrawn"))
    drawn, gone, no_file = {"occasion": DRAW}, {"occasion": "T-2027-099"}, {"digest": "ab" * 32}
    check, coming = ({"occasion": found[name]} for name in ("check", "coming"))
    whose = {"owners": ("member", "own"), "strangers": ("other", "stranger")}
    ahead = ("own", "other", "stranger", "auditor", "second")
    visits = [
        Thing(drawn | unit, drawn | none, **whose),
        Thing(check | unit, gone | unit, **whose),
        Thing(drawn | later, drawn | none, ("office",), ahead),
        Thing(coming | later, gone | later, ("office", "member"), ahead),
    ]
    photograph = {"digest": found["photograph"]}
    files = [
        Thing(drawn | unit | photograph, drawn | none | photograph, **whose),
        Thing(drawn | unit | photograph, drawn | unit | no_file, strangers=("other", "stranger")),
    ]
    checks = [
        Thing({"check": found["check"]}, {"check": "T-2027-099"}, **whose),
        Thing({"check": found["coming"]}, {"check": "T-2027-099"}, ("member",), ahead[:3]),
    ]
    return {**_visits(visits, files), f"{API}/checks/<string:check>": checks}


def _visits(visits: list[Thing], files: list[Thing]) -> Things:
    places = (f"{API}/outcomes/{VISIT}", f"{API}/evidence/{VISIT}")
    return {**dict.fromkeys(places, visits), f"{places[1]}/<string:digest>": files}


def form_of(desk: Desk, occasion: str, unit: str) -> bytes:
    return desk.ask("GET", f"outcomes/{occasion}/{unit}/checklist.xlsx", "office").data


def _token(desk: Desk) -> str:
    desk.post("tokens", "office", {"label": "another"}, expect=201)
    return next(each["token"] for each in desk.get("tokens", "office")["items"] if each["label"] == "another")


def _of_steps(
    kind: str, name: str, shown: str, hidden: str, owners: tuple[str, ...], strangers: tuple[str, ...]
) -> Things:
    """A finding or a case, a file of it that a step names, and one of which only who oversees knows."""
    one, whose = f"{API}/{kind}s/<code:{kind}>", {"owners": ("own", *owners), "strangers": ("other", *strangers)}
    real, none, no_file = {kind: name}, {kind: name[:-2] + "99"}, {"digest": "ab" * 32}
    file, other = {"digest": shown}, {"digest": hidden}
    return {
        one: [Thing(real, none, **whose)],
        f"{one}/files/<string:digest>": [
            Thing(real | file, none | file, **whose),
            Thing(real | other, real | no_file, ("office",), ("own", "other", *owners)),
        ],
    }


@pytest.fixture
def visited_scene(visiting: tuple[Office, Team]) -> Scene:
    """An office at the time of the visits, with something of everything, and who has nothing to do with it."""
    return visited_at(*visiting)


def visited_at(office: Office, team: Team) -> Scene:
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    office.runtime.settings = office._settings()
    desk = Desk(office, assemble(office.runtime), clock=AT_VISIT)
    staff(desk, team, "C510101", "C510102")
    found = visited(desk, team)
    return Scene(desk, desk.get("openapi.json"), things_of(desk, found), form_of(desk, DRAW, found["unit"]))


def things_under_seal(draw: str, sample: list[str], undrawn: str, scan: str) -> Things:
    """Units that were drawn, the first of them visited, beside one that was not: to all but the office."""
    strangers = ("own", "other", "member", "rechecker", "stranger", "auditor", "second")
    none = {"occasion": draw, "unit": undrawn}
    visits = [Thing({"occasion": draw, "unit": unit}, none, ("office",), strangers) for unit in sample[:2]]
    file = Thing({**visits[0].real, "digest": scan}, {**none, "digest": scan}, ("office",), strangers)
    unit = Thing({"draw": draw, "unit": sample[0]}, {"draw": draw, "unit": undrawn}, ("office",), ("", *strangers))
    of_draw = (f"{DRAWS}/explain/<string:unit>", f"{DRAWS}/notices/<string:unit>")
    return {**{key: [unit] for key in of_draw}, **_visits(visits, [file])}


@pytest.fixture
def sealed_scene(tmp_path: Path, template: str) -> Iterator[Scene]:
    """An office with a draw and its teams under a seal, of which one unit was visited; no packet was opened."""
    with sealed_office(tmp_path / "office", template) as office:
        yield sealed_at(office)


def sealed_at(office: Office) -> Scene:
    seats, draw = office.run("round", "show", "SC-2026-01/1").json["assignment"], "SC-2026-01"
    sample = [row["unit"] for row in office.run("draw", "show", draw).json["sample"]]
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    desk = Desk(office.at(LATER), assemble(office.runtime), clock=LATER)
    desk.enlist("none")
    staff(desk, Team(seats[0]["packet"], sample, [seat["inspector"] for seat in seats]), seats[-1]["inspector"], "none")
    scan = desk.send(f"evidence/{draw}/{sample[0]}", "office", JPEG, "a.jpg").json["file"]["digest"]
    desk.post(f"outcomes/{draw}/{sample[0]}", "office", said(LATER[:10], scan=scan), expect=201)
    frame = [line.partition(",")[0] for line in desk.ask("GET", f"draws/{draw}/frame/frame.csv").text.split()[1:]]
    things = things_under_seal(draw, sample, next(unit for unit in frame if unit not in sample), scan)
    return Scene(desk, desk.get("openapi.json"), things, form_of(desk, draw, sample[0]))
