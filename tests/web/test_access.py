"""Who may use which route: every role against every route that the application has, with objects of others.

The table of rights (`core/rights.py`) is written out here once more, by hand and route by route. A new route without a
line here fails; a line without a route fails.
"""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask

from audit_service.core.rights import Right
from audit_service.web.access import access, guard, right_of
from tests.office import LATE, PUBLIC
from tests.web.desk import ROLES, Desk

EVERYBODY: Final = frozenset({"", *ROLES})
SIGNED_IN: Final = frozenset(ROLES)
OFFICE: Final = frozenset({"province"})
OVERSIGHT: Final = frozenset({"province", "second-officer", "auditor"})
ROSTERS: Final = OVERSIGHT | {"city"}
VISITS: Final = ROSTERS | {"inspector"}
RECORDERS: Final = OFFICE | {"inspector"}
HOLDERS: Final = OFFICE | {"second-officer"}
ACCOUNTS: Final = frozenset({"administrator"})
ACCOUNTS_READ: Final = frozenset({"administrator", "auditor"})

ROUTES: Final = {
    "GET /healthz": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /static/<path:filename>": EVERYBODY,
    "GET /log/checkpoint": EVERYBODY,
    "GET /log/key": EVERYBODY,
    "GET /log/tile/<path:path>": EVERYBODY,
    "GET /log/proofs/inclusion": EVERYBODY,
    "GET /log/proofs/consistency": EVERYBODY,
    "POST /log/cosignatures": frozenset({"auditor"}),
    "GET /api/docs": EVERYBODY,
    "GET /api/docs/<string:name>": EVERYBODY,
    "GET /api/v1/openapi.json": EVERYBODY,
    "GET /api/v1/me": SIGNED_IN,
    "PUT /api/v1/me/password": SIGNED_IN,
    "POST /api/v1/session": EVERYBODY,
    "DELETE /api/v1/session": SIGNED_IN,
    "GET /api/v1/users": ACCOUNTS_READ,
    "POST /api/v1/users": ACCOUNTS,
    "GET /api/v1/users/<string:name>": ACCOUNTS_READ,
    "PUT /api/v1/users/<string:name>/holder": ACCOUNTS,
    "PUT /api/v1/users/<string:name>/password": ACCOUNTS,
    "DELETE /api/v1/users/<string:name>": ACCOUNTS,
    "GET /api/v1/tokens": SIGNED_IN,
    "POST /api/v1/tokens": SIGNED_IN,
    "DELETE /api/v1/tokens/<string:token>": SIGNED_IN,
    "GET /api/v1/units": ROSTERS,
    "GET /api/v1/units/<code:unit>": ROSTERS,
    "GET /api/v1/units/<code:unit>/history": ROSTERS,
    "POST /api/v1/units/import": OFFICE,
    "GET /api/v1/inspectors": ROSTERS,
    "GET /api/v1/inspectors/<code:inspector>": ROSTERS,
    "POST /api/v1/inspectors/import": OFFICE,
    "POST /api/v1/inspectors/leave": OFFICE,
    "GET /api/v1/recusals": ROSTERS,
    "POST /api/v1/recusals/import": OFFICE,
    "GET /api/v1/targets": ROSTERS,
    "POST /api/v1/targets/import": OFFICE,
    "POST /api/v1/former-names/import": OFFICE,
    "GET /api/v1/places": ROSTERS,
    "POST /api/v1/places/import": OFFICE,
    "GET /api/v1/orders": ROSTERS,
    "GET /api/v1/orders/table.xlsx": ROSTERS,
    "POST /api/v1/orders/import": OFFICE,
    "GET /api/v1/plans": ROSTERS,
    "POST /api/v1/plans/import": OFFICE,
    "GET /api/v1/reports": ROSTERS,
    "GET /api/v1/reports/table.xlsx": ROSTERS,
    "POST /api/v1/reports": frozenset({"city"}),
    "POST /api/v1/reports/import": OFFICE,
    "GET /api/v1/statistics": OVERSIGHT,
    "GET /api/v1/statistics/table.xlsx": OVERSIGHT,
    "GET /api/v1/statistics/exits": OVERSIGHT,
    "GET /api/v1/statistics/exits/table.xlsx": OVERSIGHT,
    "GET /api/v1/due": SIGNED_IN,
    "GET /api/v1/due/table.xlsx": SIGNED_IN,
    "POST /api/v1/due/settle": OFFICE,
    "GET /api/v1/policies": EVERYBODY,
    "GET /api/v1/policies/<string:policy>": EVERYBODY,
    "GET /api/v1/policies/<string:policy>/file": EVERYBODY,
    "GET /api/v1/campaigns": EVERYBODY,
    "GET /api/v1/frames/check": OVERSIGHT,
    "POST /api/v1/frames/confirmations": OFFICE,
    "POST /api/v1/frames/files": OFFICE,
    "GET /api/v1/frames/files/<string:digest>": OVERSIGHT,
    "POST /api/v1/frames/explanations": OFFICE,
    "GET /api/v1/draws": EVERYBODY,
    "POST /api/v1/draws": OFFICE,
    "GET /api/v1/draws/<string:draw>": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/frame/<string:name>": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/commit": OFFICE,
    "GET /api/v1/draws/<string:draw>/commitment": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/seed": OFFICE,
    "POST /api/v1/draws/<string:draw>/correct": OFFICE,
    "POST /api/v1/draws/<string:draw>/withdraw": OFFICE,
    "POST /api/v1/draws/<string:draw>/set-aside": OFFICE,
    "POST /api/v1/draws/<string:draw>/reveal": OFFICE,
    "POST /api/v1/draws/<string:draw>/trial": OFFICE,
    "GET /api/v1/draws/<string:draw>/sample": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/allocation": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/substitutions": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/substitutions": OFFICE,
    "GET /api/v1/draws/<string:draw>/explain/<string:unit>": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/bundle": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/anchors": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/rounds": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/rounds": OFFICE,
    "GET /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/commitment": EVERYBODY,
    "GET /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/assignment": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/seed": OFFICE,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/correct": OFFICE,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/withdraw": OFFICE,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/reveal": OFFICE,
    "GET /api/v1/assignments": frozenset({"inspector"}),
    "POST /api/v1/assignments/open": frozenset({"inspector"}),
    "GET /api/v1/releases": frozenset({"city"}),
    "GET /api/v1/releases/<string:city>": OFFICE,
    "POST /api/v1/notices/check": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/releases": OFFICE,
    "POST /api/v1/draws/<string:draw>/notices": OFFICE,
    "POST /api/v1/draws/<string:draw>/notices.zip": OFFICE,
    "POST /api/v1/draws/<string:draw>/deposit": OFFICE,
    "POST /api/v1/draws/<string:draw>/deposit/confirm": HOLDERS,
    "POST /api/v1/draws/<string:draw>/deposit/return": OFFICE,
    "GET /api/v1/draws/<string:draw>/openings": OVERSIGHT,
    "GET /api/v1/draws/<string:draw>/record": OVERSIGHT,
    "GET /api/v1/draws/<string:draw>/frame.xlsx": OVERSIGHT,
    "GET /api/v1/frames/check.xlsx": OVERSIGHT,
    "POST /api/v1/draws/<string:draw>/notices/<string:unit>": OFFICE,
    "POST /api/v1/draws/<string:draw>/deposit/envelopes": OFFICE,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/deposit/envelopes": OFFICE,
    "GET /api/v1/findings": ROSTERS,
    "GET /api/v1/findings/assigned": frozenset({"inspector"}),
    "GET /api/v1/findings/<code:finding>": VISITS,
    "GET /api/v1/findings/<code:finding>/files/<string:digest>": VISITS,
    "POST /api/v1/findings/<code:finding>/files": OFFICE | {"city", "inspector"},
    "POST /api/v1/findings/import": OFFICE,
    "POST /api/v1/findings/notify": OFFICE,
    **{
        f"POST /api/v1/findings/<code:finding>/{step}": OFFICE
        for step in (
            *("dispatch", "postpone", "assign", "close", "escalate"),
            *("office-recheck", "office-acknowledge", "office-hand-in"),
        )
    },
    "POST /api/v1/findings/<code:finding>/acknowledge": frozenset({"city"}),
    "POST /api/v1/findings/<code:finding>/hand-in": frozenset({"city"}),
    "POST /api/v1/findings/<code:finding>/recheck": frozenset({"inspector"}),
    "GET /api/v1/findings/<code:finding>/papers/rectify": OVERSIGHT,
    "GET /api/v1/findings/<code:finding>/papers/recheck": OVERSIGHT,
    "GET /api/v1/cases": ROSTERS,
    "POST /api/v1/cases": OFFICE,
    "GET /api/v1/cases/candidates": OVERSIGHT,
    "GET /api/v1/cases/<code:case>": ROSTERS,
    "GET /api/v1/cases/<code:case>/files/<string:digest>": ROSTERS,
    "POST /api/v1/cases/<code:case>/files": OFFICE | {"city"},
    "POST /api/v1/cases/<code:case>/defend": frozenset({"city"}),
    **{
        f"POST /api/v1/cases/<code:case>/{step}": OFFICE
        for step in (
            *("notify", "waive", "propose", "review", "sign", "meet", "return", "publish", "object", "answer"),
            *("revoke", "recall-plaque", "delist", "not-to-be-named", "rectify-again", "dismiss", "office-defend"),
        )
    },
    **{f"GET /api/v1/cases/<code:case>/papers/{kind}": OVERSIGHT for kind in ("hearing", "publication", "revocation")},
    "POST /api/v1/draws/<string:draw>/reveal-deposited": EVERYBODY,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/deposit": OFFICE,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/deposit/confirm": HOLDERS,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/deposit/return": OFFICE,
    "GET /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/openings": OVERSIGHT,
    "POST /api/v1/draws/<string:draw>/rounds/<int(min=1,max=999999999):number>/reveal-deposited": EVERYBODY,
    "GET /api/v1/requests": OVERSIGHT,
    "GET /api/v1/requests/<int(min=1,max=999999999):number>": OVERSIGHT,
    "POST /api/v1/requests/<int(min=1,max=999999999):number>/confirm": frozenset({"second-officer"}),
    "POST /api/v1/requests/<int(min=1,max=999999999):number>/decline": frozenset({"second-officer"}),
    "GET /api/v1/attempts": OVERSIGHT,
    "GET /api/v1/estimates": EVERYBODY,
    "GET /api/v1/detection": EVERYBODY,
    "GET /api/v1/estimates/<string:campaign>": OVERSIGHT,
    "GET /api/v1/fairness": OVERSIGHT,
    "GET /api/v1/fairness/<string:draw>": OVERSIGHT,
    "GET /api/v1/lives": ROSTERS,
    "GET /api/v1/lives/<code:unit>": ROSTERS,
    "GET /api/v1/lives/<code:unit>/history": ROSTERS,
    "POST /api/v1/lives/adopt": OFFICE,
    "POST /api/v1/lives/steps": OFFICE,
    "POST /api/v1/lives/files": OFFICE,
    "POST /api/v1/lives/own-files": frozenset({"city"}),
    "GET /api/v1/lives/<code:unit>/files/<string:digest>": ROSTERS,
    "POST /api/v1/lives/own-steps": frozenset({"city"}),
    "POST /api/v1/lives/own-steps/import": frozenset({"city"}),
    "POST /api/v1/lives/steps/import": OFFICE,
    "GET /api/v1/lives/roll-over": OFFICE,
    "POST /api/v1/lives/roll-over.xlsx": OFFICE,
    "GET /api/v1/lives/handover.docx": ROSTERS,
    "POST /api/v1/lives/divisions/renames": OFFICE,
    "POST /api/v1/lives/divisions/merges": OFFICE,
    "GET /api/v1/outcomes": ROSTERS,
    "GET /api/v1/outcomes/<string:occasion>/<string:unit>": VISITS,
    "POST /api/v1/outcomes/<string:occasion>/<string:unit>": RECORDERS,
    "GET /api/v1/outcomes/<string:occasion>/<string:unit>/checklist": RECORDERS,
    "GET /api/v1/outcomes/<string:occasion>/<string:unit>/checklist.xlsx": RECORDERS,
    "POST /api/v1/outcomes/<string:occasion>/<string:unit>/correct": RECORDERS,
    "POST /api/v1/outcomes/<string:occasion>/<string:unit>/form": RECORDERS,
    "POST /api/v1/outcomes/<string:occasion>/<string:unit>/signatures": RECORDERS,
    "POST /api/v1/evidence/<string:occasion>/<string:unit>": RECORDERS,
    "GET /api/v1/evidence/<string:occasion>/<string:unit>/<string:digest>": VISITS,
    "GET /api/v1/checks": VISITS,
    "POST /api/v1/checks": OFFICE,
    "GET /api/v1/checks/<string:check>": VISITS,
    "GET /api/v1/awards": ROSTERS,
    "POST /api/v1/awards": OFFICE,
    "POST /api/v1/awards/<string:given>/withdraw": OFFICE,
    "GET /api/v1/pauses": ROSTERS,
    "POST /api/v1/pauses": OFFICE,
    "POST /api/v1/pauses/<string:pause>/end": OFFICE,
}
AWAY: Final = frozenset({"HEAD", "OPTIONS"})


def routes(app: Flask) -> dict[str, str]:
    """Every route by method and rule, and its endpoint."""
    return {
        f"{method} {rule.rule}": rule.endpoint for rule in app.url_map.iter_rules() for method in rule.methods - AWAY
    }


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk with a post of every role, and a draw that was carried out."""
    desk.tokens |= {"province": desk.tokens["office"], "second-officer": desk.tokens["second"]}
    desk.tokens["city"] = desk.tokens["chengdu"]
    desk.enlist("C510101")
    desk.appoint("inspector", "inspector", "--inspector", "C510101")
    desk.tokens["administrator"] = desk.appoint("root", "administrator")
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    draw = desk.office.import_demo().commit()
    desk.office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    desk.clock = LATE
    return desk


def test_every_route_has_its_line_and_every_line_its_route(desk: Desk) -> None:
    assert set(routes(desk.app)) == set(ROUTES)


def test_an_address_that_is_a_word_is_taken_for_no_code(desk: Desk) -> None:
    """`/lives/files` is no unit: each address without a parameter takes the methods of its own routes and no others."""
    own: dict[str, set[str]] = {}
    for rule in desk.app.url_map.iter_rules():
        if not rule.arguments:
            own.setdefault(rule.rule, set()).update(rule.methods)
    bound = desk.app.url_map.bind("")
    assert {path: set(bound.allowed_methods(path)) for path in own} == own


def test_who_may_use_a_route_is_what_its_line_says(staffed: Desk) -> None:
    """Asked with wrong or no content, so that nothing is done: 401 and 403 are told before that is looked at."""
    wrong = []
    for route, allowed in ROUTES.items():
        method, _, rule = route.partition(" ")
        path = rule.replace("<string:draw>", "SC-2026-01").replace("<int(min=1,max=999999999):number>", "987")
        path = path.replace("<string:policy>", "sichuan-2020").replace("<string:name>", "none")
        path = (
            path.replace("<string:unit>", "511722100")
            .replace("<code:unit>", "511722100")
            .replace("<code:inspector>", "C510101")
            .replace("<code:finding>", "F-2026-0001")
            .replace("<code:case>", "E-2026-001")
        )
        path = path.replace("<string:occasion>", "SC-2026-01").replace("<string:check>", "T-2026-001")
        path = path.replace("<string:digest>", "ab" * 32).replace("<string:pause>", "P-2026-01")
        path = path.replace("<string:token>", "none").replace("<path:filename>", "api.js")
        path = path.replace("notices.zip", "notices.zip?as=json")  # a document takes its time
        path = path.replace("<string:city>", "510100")
        for role in EVERYBODY:
            if (method, rule) == ("DELETE", "/api/v1/session"):
                continue
            body = None if method == "GET" else {"nothing": "of the kind"}
            answer = staffed.ask(method, path, role, json=body)
            status = answer.status_code
            answer.close()
            let_in = status not in ((401,) if not role else (401, 403))
            failed = status >= 500 and rule != "/readyz"  # which says by 503 that the desk has no key of its log
            if let_in != (role in allowed) or failed:
                wrong.append((route, role or "nobody", status))
    assert not wrong


def test_a_route_without_a_right_keeps_the_service_from_starting() -> None:
    app = Flask(__name__)
    access(Right.ANYBODY)(app.view_functions["static"])
    app.add_url_rule("/open", view_func=lambda: "")
    with pytest.raises(RuntimeError, match="/open"):
        guard(app)


def test_a_city_sees_its_own_units_and_people_and_nobody_elses(staffed: Desk) -> None:
    everything, own = (staffed.get("units?page_size=200", role) for role in ("province", "city"))
    city = {unit["city"] for unit in own["items"]}
    assert len(city) == 1
    assert own["total"] < everything["total"]
    (other, *_) = [unit["unit"] for unit in everything["items"] if unit["city"] not in city]
    assert staffed.get(f"units/{other}", "city", expect=404) == staffed.get(f"units/{other}", "city", expect=404)
    assert staffed.get("units?city=5103&page_size=200", "city")["total"] == own["total"]
    people = staffed.get("inspectors?page_size=200", "city")["items"]
    assert {person["city"] for person in people} == city
    stranger = next(
        person["inspector"]
        for person in staffed.get("inspectors?page_size=200", "province")["items"]
        if person["city"] not in city
    )
    unknown, hidden = (staffed.get(f"inspectors/{who}", "city", expect=404) for who in ("none", stranger))
    assert unknown["code"] == hidden["code"] == "person-not-known"
    assert {row["city"] for row in staffed.get("targets", "city")["items"]} == city


def test_of_another_post_nobody_but_an_administrator_revokes_tokens(staffed: Desk) -> None:
    theirs = staffed.tokens["office"].split("_")[1]
    assert staffed.ask("DELETE", f"tokens/{theirs}", "auditor").status_code == 404
    assert staffed.ask("DELETE", f"tokens/{theirs}", "administrator").status_code == 200
    assert staffed.ask("GET", "me", "office").status_code == 401


def test_the_rights_that_views_declare_are_rights(desk: Desk) -> None:
    assert all(isinstance(right_of(desk.app, endpoint), Right) for endpoint in routes(desk.app).values())
