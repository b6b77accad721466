"""Units' lives: where they stand, what happened to them, steps by documents, changes of divisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from flask import Response
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.files.divisions import sichuan_towns
from audit_service.files.kinds import KINDS
from audit_service.papers import places
from audit_service.use_cases import adoption, division_changes, life_files, life_history, life_lists
from audit_service.use_cases import lives as use
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.lives import Wanted
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached
from audit_service.web.paging import page_json
from audit_service.web.uploads import keep_upload, put_sent, read_upload
from schemas.answers.lives import (
    DivisionOut,
    LifeAdoptedOut,
    LifeHistoryOut,
    LifeTakenOut,
    StandingOut,
    adopted_json,
    division_json,
    life_json,
    rows_json,
    standing_json,
    taken_json,
)
from schemas.answers.outcomes import KeptOut
from schemas.answers.parts import paged
from schemas.asks.lives import (
    AdoptAsk,
    DivisionMergeAsk,
    DivisionRenameAsk,
    LifeStepAsk,
    LivesAsk,
    OwnLifeStepAsk,
    StepsUploadAsk,
)
from schemas.asks.outcomes import EvidenceAsk
from schemas.life_steps import LifeStepIn

lives = resource("lives", "lives")
Json = Mapping[str, Any]


@reads(lives, "", Right.AFTER_READ, paged(StandingOut), LivesAsk)
def list_lives(query: Json) -> Json:
    """Where units stand, a page at a time; a city sees its own"""
    asked = asking()
    day = query["valid_before"].isoformat() if query["valid_before"] else ""
    filters = {name: query[name] for name in ("state", "title", "text")}
    filters |= {"city": asked.city() or query["city"], "valid_before": day}
    with asked.look() as db:
        found = life_history.list_lives(db, asked.runtime.policy, query["page"], query["page_size"], **filters)
    return page_json(rows_json(found.rows), found.total, query)


@reads(lives, "/<code:unit>", Right.AFTER_READ, StandingOut)
def show_life(unit: str) -> Json:
    """Where a unit stands"""
    asked = asking()
    with asked.look() as db:
        listed, standing = life_history.stands(db, asked.runtime.policy, unit, asked.city())
    return standing_json(unit, standing, listed)


@reads(lives, "/<code:unit>/history", Right.AFTER_READ, LifeHistoryOut)
def life_of(unit: str) -> Json:
    """Everything that happened to a unit: steps, draws, outcomes, findings, exit cases"""
    asked = asking()
    with asked.look() as db:
        found = life_json(
            life_history.show(db, asked.runtime.policy, beijing_day(asked.now).isoformat(), unit, asked.city())
        )
    if not asked.is_oversight:  # as of draws: what somebody typed about other units too
        found["substitutions"] = [{**row, "document": ""} for row in found["substitutions"]]
    return found


@acts(lives, "/adopt", Right.AFTER_ACT, LifeAdoptedOut, AdoptAsk)
def adopt(db: Connection, asked: Asking, body: Json) -> Json:
    """Take the roster's units into life by their status, each once"""
    programme = asked.runtime.policy(body["policy"])
    return adopted_json(adoption.adopt(db, asked.act, programme, body["title"], body["units"]))


@acts(lives, "/steps", Right.AFTER_ACT, LifeTakenOut, LifeStepAsk, status=201)
def take_step(db: Connection, asked: Asking, body: Json) -> Json:
    """Record a step of one unit or many by one document: all of them, or nothing"""
    return _taken(db, asked, body, "")


@acts(lives, "/own-steps", Right.ANSWERS_OWN, LifeTakenOut, OwnLifeStepAsk, status=201)
def take_own_step(db: Connection, asked: Asking, body: Json) -> Json:
    """Record a first step of a city's own units"""
    return _taken(db, asked, body, asked.city())


def _taken(db: Connection, asked: Asking, body: Json, city: str) -> Json:
    wanted = life_lists.wanted_units(body["step"], body["units"], _said(body))
    return _take(db, asked, body, wanted, city)


def _said(body: Json) -> dict[str, Any]:
    """What was said, with days as texts."""
    days = {name: body[name].isoformat() if body[name] else "" for name in ("on", "until")}
    return {**body, **days}


def _take(db: Connection, asked: Asking, body: Json, wanted: Sequence[Wanted], city: str, **read: Any) -> Json:
    """Take a step; `read` are the files in which it stands and what is wrong with them, if there are any."""
    told = {"policy": body["policy"], "city": city}
    return taken_json(use.step(db, asked.act, asked.runtime.policy, body["step"], wanted, **told, **read))


def _keep(db: Connection, asked: Asking, body: Json, city: str) -> Json:
    life_files.attach(db, asked.act, body["sent"].file, city=city)
    return keep_upload(asked.runtime.keeping, body["sent"])


@acts(lives, "/files", Right.AFTER_ACT, KeptOut, EvidenceAsk, place="form", before=put_sent, status=201, limit=UPLOADS)
def keep(db: Connection, asked: Asking, body: Json) -> Json:
    """Keep a paper for a step, which then names it (`scan`); what it is, its content says"""
    return _keep(db, asked, body, "")


@acts(lives, "/own-files", Right.ANSWERS_OWN, KeptOut, EvidenceAsk, place="form", before=put_sent, status=201,
      limit=UPLOADS)  # fmt: skip
def keep_own(db: Connection, asked: Asking, body: Json) -> Json:
    """Keep a paper for a step that a city records of its own units"""
    return _keep(db, asked, body, asked.city())


@files(lives, "/<code:unit>/files/<string:digest>", Right.AFTER_READ, KINDS)
def get_file(unit: str, digest: str) -> Response:
    """A paper that a step of a unit names, to who sees the unit's history"""
    asked = asking()
    with asked.look() as db:
        named = life_history.named_files(db, unit, asked.city())
        file = life_files.one_file(db, unit, named, digest)
    return attached(asked.runtime.keeping.get(digest), file.kind, file.name)


_read_list: Final = partial(read_upload, LifeStepIn())


@acts(lives, "/steps/import", Right.AFTER_ACT, LifeTakenOut, StepsUploadAsk, place="form",
      before=_read_list, limit=UPLOADS, status=201)  # fmt: skip
def take_list(db: Connection, asked: Asking, form: Json) -> Json:
    """Record a step of the units of uploaded lists (命名名单 …): all rows of all files, or nothing"""
    return _taken_list(db, asked, form, "")


@acts(lives, "/own-steps/import", Right.ANSWERS_OWN, LifeTakenOut, StepsUploadAsk, place="form",
      before=_read_list, limit=UPLOADS, status=201)  # fmt: skip
def take_own_list(db: Connection, asked: Asking, form: Json) -> Json:
    """Record a first step of a city's own units from uploaded lists: all rows of all files, or nothing"""
    return _taken_list(db, asked, form, asked.city())


def _taken_list(db: Connection, asked: Asking, form: Json, city: str) -> Json:
    said = {name: value for name, value in _said(form).items() if value}
    wanted, errors = life_lists.wanted_rows(db, form["step"], form["incoming"], places.divisions(db), said, city)
    files = form["incoming"].digests
    return _take(db, asked, form, wanted, city, files=files, errors=errors)


@acts(lives, "/divisions/renames", Right.AFTER_ACT, DivisionOut, DivisionRenameAsk, status=201)
def rename(db: Connection, asked: Asking, body: Json) -> Json:
    """Give a unit another name, and another code if it has one"""
    told = {**body, "on": body["on"].isoformat()}
    unit = told.pop("unit")
    policies = asked.runtime.policy
    return division_json(division_changes.rename(db, asked.act, policies, unit, **told))


@acts(lives, "/divisions/merges", Right.AFTER_ACT, DivisionOut, DivisionMergeAsk, status=201)
def merge(db: Connection, asked: Asking, body: Json) -> Json:
    """Merge a unit's division into another one"""
    told = {**body, "on": body["on"].isoformat()}
    policies, where = asked.runtime.policy, (told.pop("unit"), told.pop("into"))
    return division_json(division_changes.merge(db, asked.act, policies, sichuan_towns(), *where, **told))
