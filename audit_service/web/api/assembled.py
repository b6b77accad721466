"""The API put together: every resource, its description (OpenAPI 3.1), and pages to read it, without any network."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from flask import Blueprint, Flask, Response, render_template, send_from_directory
from flask_smorest import Api
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from audit_service.core.rights import Right
from audit_service.web.access import access
from audit_service.web.api import (
    accounts,
    awards,
    cases,
    draws,
    due,
    estimates,
    findings,
    life_papers,
    lives,
    office,
    orders,
    outcomes,
    papers,
    reports,
    rosters,
    rounds,
    sealed,
    statistics,
    visits,
)
from audit_service.web.api.parts import describe_problems
from schemas.answers.parts import ProblemOut

RESOURCES: Final = (
    accounts.me,
    accounts.users,
    accounts.tokens,
    rosters.units,
    rosters.inspectors,
    rosters.recusals,
    rosters.targets,
    rosters.former_names,
    rosters.places,
    office.policies,
    office.campaigns,
    office.frames,
    draws.blueprint,
    rounds.blueprint,
    sealed.draws,
    sealed.packets,
    sealed.releases,
    sealed.notices,
    lives.lives,
    life_papers.blueprint,
    papers.draws,
    papers.frames,
    outcomes.blueprint,
    visits.evidence,
    visits.checks_resource,
    visits.pauses_resource,
    findings.blueprint,
    cases.blueprint,
    awards.blueprint,
    orders.orders,
    orders.plans,
    reports.reports,
    due.blueprint,
    statistics.blueprint,
    office.asked_for,
    office.attempts,
    estimates.estimates,
    estimates.detection,
    estimates.fairness,
)
WORDS: Final = (
    *("import", "leave", "check", "adopt", "steps", "own-steps", "divisions", "notify", "assigned", "candidates"),
    *("files", "own-files"),
    *("roll-over", "roll-over\\.xlsx", "handover\\.docx"),
)
PAGES: Final = frozenset({"index.css", "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})


class Code(BaseConverter):
    """A code in an address; not one of the words that are addresses themselves."""

    regex = rf"(?!(?:{'|'.join(WORDS)})$)[^/]+"


def register(app: Flask) -> Api:
    """Put every resource at its place."""
    app.config |= {
        "API_TITLE": "audit-service",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_JSON_INDENT": None,
    }
    app.url_map.converters["code"] = Code
    api = Api()
    api.DEFAULT_ERROR_RESPONSE_NAME = None  # the library's own form; all are in `parts.ERRORS`
    api.ERROR_SCHEMA = ProblemOut
    api.init_app(app)
    api.register_converter(Code, lambda _: {"type": "string"})
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    describe_problems(api.spec)
    for blueprint in RESOURCES:
        api.register_blueprint(blueprint)
    app.register_blueprint(_docs(api))
    return api


def _docs(api: Api) -> Blueprint:
    docs = Blueprint("docs", __name__, url_prefix="/api")

    @docs.get("/v1/openapi.json")
    @access(Right.ANYBODY)
    def description() -> dict[str, object]:
        """The API's description (OpenAPI 3.1)."""
        found: dict[str, object] = api.spec.to_dict()
        return found

    @docs.get("/docs")
    @access(Right.ANYBODY)
    def page() -> str:
        """The API's pages."""
        return render_template("api.html")

    @docs.get("/docs/<string:name>")
    @access(Right.ANYBODY)
    def part(name: str) -> Response:
        """What the pages are made of, out of an installed package."""
        if name not in PAGES:
            raise NotFound
        folder = next(entry for entry in files("swagger_ui_bundle").joinpath("vendor").iterdir() if entry.is_dir())
        return send_from_directory(str(folder), name)

    return docs
