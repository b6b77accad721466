"""Orders (目标任务) and plans: their files taken in, how far they are carried out, which do not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import fields
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.files.kinds import EXCEL
from audit_service.papers import places
from audit_service.papers.order_sheets import order_sheets
from audit_service.use_cases import orders as use
from audit_service.use_cases import past
from audit_service.use_cases import plans as plans_use
from audit_service.use_cases.import_orders import import_orders, orders_of
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.policies import counting, then
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import wording, workbook
from audit_service.web.uploads import UploadAsk, read_upload
from schemas.answers.orders import OrderedOut, ordered_json
from schemas.answers.plans import PlansOut, plans_json
from schemas.answers.rosters import ImportOut, report_json
from schemas.asks.bodies import maybe_name, maybe_text
from schemas.asks.orders import YEAR, OrdersAsk, PlansAsk
from schemas.orders import orders_schema
from schemas.plans import plans_schema

orders = resource("orders", "orders")
plans = resource("plans", "plans")
Json = Mapping[str, Any]


class OrdersUploadAsk(UploadAsk):
    """An annex: of which policy and year, the city of its rows where it has no such column, its document.

    Of a form with files the description cannot say which fields are needed: a missing one is no known policy or year.
    """

    policy = maybe_name()
    year = fields.Integer(load_default=0, validate=YEAR)
    city = maybe_text(100)
    document = maybe_text()


class PlansUploadAsk(UploadAsk):
    """Plans under a policy, and their document."""

    policy = maybe_name()
    document = maybe_text()


def _progress(asked: Asking, query: Json) -> tuple[use.Ordered, dict[str, str]]:
    with asked.look() as db:
        known = places.divisions(db)
        day, at = past.as_of(db, query["as_of"], beijing_day(asked.now))
        programme = then(db, asked.runtime.policy, query["policy"], at)
        found = use.progress(db, programme, query["year"], known, day, at)
    return use.own_of(found, asked.city(), known), {city.code: city.name for city in known.cities}


@reads(orders, "", Right.AFTER_READ, OrderedOut, OrdersAsk)
def show(query: Json) -> Json:
    """How far a year's orders are carried out, place by place, now or as of a day; a city sees its own"""
    return ordered_json(*_progress(asking(), query))


@files(orders, "/table.xlsx", Right.AFTER_READ, (EXCEL,), query=OrdersAsk)
def show_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    found, cities = _progress(asked, query)
    return workbook(order_sheets(wording(), found, cities), asked.now, f"{query['policy']}-orders-{query['year']}")


def _read_orders(form: Json, sent: Json) -> dict[str, Any]:
    schema = orders_schema(orders_of(asking().runtime.policy(form["policy"]), form["year"]))
    return read_upload(schema, form, sent)


@acts(
    orders, "/import", Right.ROSTERS_WRITE, ImportOut, OrdersUploadAsk, place="form", before=_read_orders, limit=UPLOADS
)
def take_orders(db: Connection, asked: Asking, form: Json) -> Json:
    """Import the annex of a year's orders: all rows of all files, or nothing"""
    told = {name: form[name] for name in ("city", "document", "complete")}
    known, programme = places.divisions(db), asked.runtime.policy(form["policy"])
    return report_json(import_orders(db, asked.act, form["incoming"], known, programme, form["year"], **told))


@reads(plans, "", Right.AFTER_READ, PlansOut, PlansAsk)
def check(query: Json) -> Json:
    """The units that two levels would visit in one period; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        programme = counting(db, asked.runtime.policy, query["policy"])
        found = plans_use.twice_planned(db, programme, query["period"])
    return plans_json(query["policy"], [each for each in found if asked.city() in ("", each.city)])


def _read_plans(form: Json, sent: Json) -> dict[str, Any]:
    return read_upload(plans_schema(asking().runtime.policy(form["policy"])), form, sent)


@acts(plans, "/import", Right.ROSTERS_WRITE, ImportOut, PlansUploadAsk, place="form", before=_read_plans, limit=UPLOADS)
def take_plans(db: Connection, asked: Asking, form: Json) -> Json:
    """Import the levels' plans of inspection: all rows of all files, or nothing"""
    told = {name: form[name] for name in ("document", "complete")}
    programme = asked.runtime.policy(form["policy"])
    return report_json(plans_use.import_plans(db, asked.act, form["incoming"], programme, **told))
