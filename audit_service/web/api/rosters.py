"""Rosters: units, inspectors, recusals, targets; imported by upload, looked up, and what became of a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from audit_service.core.rights import Right
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.papers import places as known_places
from audit_service.use_cases import import_rosters, looking
from audit_service.use_cases import people as people_use
from audit_service.use_cases.import_rosters import Report
from audit_service.use_cases.limits import UPLOADS
from audit_service.web.api.parts import acts, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.paging import page_json
from audit_service.web.uploads import UnitsUploadAsk, UploadAsk, read_upload
from schemas.answers.parts import Out, many, paged
from schemas.answers.rosters import (
    ImportOut,
    LeftOut,
    OneUnitOut,
    PersonOut,
    PlaceOut,
    RecusalOut,
    TargetOut,
    UnitOut,
    VersionOut,
    report_json,
    rows_json,
)
from schemas.asks.bodies import InspectorsAsk, LeaveAsk, PageAsk, UnitsAsk
from schemas.former_names import FormerNameIn
from schemas.people import PersonIn
from schemas.places import PlaceIn
from schemas.recusals import RecusalIn
from schemas.targets import TargetIn
from schemas.units import units_schema

units = resource("units", "units")
inspectors = resource("inspectors", "inspectors")
recusals = resource("recusals", "recusals")
targets = resource("targets", "targets")
places = resource("places", "places")
former_names = resource("former-names", "former-names")
Json = Mapping[str, Any]


class HistoryOut(Out):
    """What became of a unit, version by version."""

    versions = many(VersionOut)


@reads(units, "", Right.ROSTERS_READ, paged(UnitOut), UnitsAsk)
def list_units(query: Json) -> Json:
    """Units by code, a page at a time; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        found = looking.units(
            db, asked.city() or query["city"], query["status"], query["text"], query["page"], query["page_size"]
        )
    return page_json(found.rows, found.total, query)


@reads(units, "/<code:unit>", Right.ROSTERS_READ, OneUnitOut, tag=True)
def show_unit(unit: str) -> Json:
    """A unit as it is now; of one that was taken off the roster, as it last was, and on which day that ended"""
    asked = asking()
    with asked.look() as db:
        found = looking.unit_now(db, unit, asked.city())
    return rows_json(OneUnitOut, [found])[0]


@reads(units, "/<code:unit>/history", Right.ROSTERS_READ, HistoryOut)
def history(unit: str) -> Json:
    """What became of a unit"""
    asked = asking()
    with asked.look() as db:
        found = looking.unit(db, unit, asked.city())
    shown = rows_json(UnitOut, found)
    versions = [
        {"since": row["recorded_in"], "until": row["superseded_in"], "unit": unit_shown}
        for row, unit_shown in zip(found, shown, strict=True)
    ]
    return {"versions": versions}


@reads(inspectors, "", Right.PEOPLE_READ, paged(PersonOut), InspectorsAsk)
def list_inspectors(query: Json) -> Json:
    """Inspectors by code, a page at a time; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        found = looking.people(db, asked.city() or query["city"], query["text"], query["page"], query["page_size"])
    return page_json(found.rows, found.total, query)


@reads(inspectors, "/<code:inspector>", Right.PEOPLE_READ, PersonOut, tag=True)
def show_inspector(inspector: str) -> Json:
    """An inspector as the roster has them now"""
    asked = asking()
    with asked.look() as db:
        found = looking.person(db, inspector, asked.city())
    return rows_json(PersonOut, [found])[0]


@acts(inspectors, "/leave", Right.ROSTERS_WRITE, LeftOut, LeaveAsk)
def leave(db: Connection, asked: Asking, body: Json) -> Json:
    """Take people off the roster"""
    return {"left": people_use.leave(db, asked.act, body["inspectors"], body["reason"])}


@reads(recusals, "", Right.PEOPLE_READ, paged(RecusalOut), PageAsk)
def list_recusals(query: Json) -> Json:
    """Recusals, a page at a time; a city sees those of its own people"""
    asked = asking()
    with asked.look() as db:
        found = looking.recusals(db, asked.city(), query["page"], query["page_size"])
    return page_json(found.rows, found.total, query)


@reads(targets, "", Right.ROSTERS_READ, paged(TargetOut), PageAsk)
def list_targets(query: Json) -> Json:
    """Targets by city; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        found = looking.targets(db, asked.city(), query["page"], query["page_size"])
    return page_json(found.rows, found.total, query)


@reads(places, "", Right.ROSTERS_READ, paged(PlaceOut), PageAsk)
def list_places(query: Json) -> Json:
    """The office's own places by code; a city sees its own"""
    asked = asking()
    with asked.look() as db:
        found = looking.places(db, asked.city(), query["page"], query["page_size"])
    return page_json(found.rows, found.total, query)


def _units(db: Connection, asked: Asking, form: Json) -> Report:
    known = known_places.divisions(db), sichuan_towns(), asked.runtime.statuses
    how = {"complete": form["complete"], "issue": form["issue_codes"], "city": form["city"]}
    return import_rosters.import_units(db, asked.act, form["incoming"], *known, **how)


def _read_units(form: Json, files: Json) -> Json:
    return read_upload(units_schema(form["city"]), form, files)


def _people(db: Connection, asked: Asking, form: Json) -> Report:
    known = known_places.divisions(db)
    return import_rosters.import_people(db, asked.act, form["incoming"], known, complete=form["complete"])


def _recusals(db: Connection, asked: Asking, form: Json) -> Report:
    return import_rosters.import_recusals(db, asked.act, form["incoming"], complete=form["complete"])


def _targets(db: Connection, asked: Asking, form: Json) -> Report:
    known = known_places.divisions(db)
    return import_rosters.import_targets(db, asked.act, form["incoming"], known, complete=form["complete"])


def _former_names(db: Connection, asked: Asking, form: Json) -> Report:
    known = known_places.divisions(db), sichuan_towns()
    return import_rosters.import_former_names(db, asked.act, form["incoming"], *known, complete=form["complete"])


def _places(db: Connection, asked: Asking, form: Json) -> Report:
    return import_rosters.import_places(db, asked.act, form["incoming"], sichuan(), complete=form["complete"])


Read = Callable[[Json, Json], Json]
Take = Callable[[Connection, Asking, Json], Report]


def _imports(blueprint: Any, read: Read, what: str, take: Take, ask: type[UploadAsk] = UploadAsk) -> None:
    """The route by which a roster is imported: all rows of all files at once, or nothing."""

    def imported(db: Connection, asked: Asking, form: Json) -> Json:
        return report_json(take(db, asked, form))

    imported.__doc__ = f"Import {what} from uploaded workbooks or CSV files: all rows of all files, or nothing"
    imported.__name__ = f"import_{blueprint.name.replace('-', '_')}"
    route = acts(blueprint, "/import", Right.ROSTERS_WRITE, ImportOut, ask, place="form", before=read, limit=UPLOADS)
    route(imported)


_imports(units, _read_units, "units", _units, UnitsUploadAsk)
_imports(inspectors, partial(read_upload, PersonIn()), "inspectors", _people)
_imports(recusals, partial(read_upload, RecusalIn()), "recusals", _recusals)
_imports(targets, partial(read_upload, TargetIn()), "targets", _targets)
_imports(places, partial(read_upload, PlaceIn()), "places", _places)
_imports(former_names, partial(read_upload, FormerNameIn()), "former names of units", _former_names)
