"""Exit cases (退出机制): what may be opened, what is open with its clocks, and each step that officers record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, request
from sqlalchemy import Connection

from audit_service import messages
from audit_service.core.acts import beijing_day
from audit_service.core.exits import CITY, STEPS, TWO, Step
from audit_service.core.rights import Right
from audit_service.core.steps import PAPER
from audit_service.files.kinds import KINDS, WORD
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.case_papers import PAPERS
from audit_service.papers.record_words import Words
from audit_service.use_cases import case_views, cases, requests, step_files
from audit_service.use_cases.case_views import Stood
from audit_service.use_cases.causes import candidates
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.policies import bound
from audit_service.web.api.parts import acts, files, outcome_json, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached, wording
from audit_service.web.paging import page_of
from audit_service.web.uploads import keep_upload, put_upload
from schemas.answers.desk import StateOut
from schemas.answers.outcomes import KeptOut
from schemas.answers.parts import paged
from schemas.answers.steps import CaseOut, CauseOut, OneCaseOut, candidate_json, case_json, one_case_json
from schemas.asks.bodies import PageAsk
from schemas.asks.outcomes import EvidenceAsk
from schemas.asks.steps import CasesAsk, OpenCaseAsk, said_of, step_ask

blueprint = resource("cases", "cases")
ONE: Final = "/<code:case>"
Json = Mapping[str, Any]


def _today(asked: Asking) -> str:
    return beijing_day(asked.now).isoformat()


def _as_seen(asked: Asking, stood: Stood) -> Stood:
    return case_views.for_city(stood) if asked.city() else stood


@reads(blueprint, "", Right.AFTER_READ, paged(CaseOut), CasesAsk)
def list_cases(query: Json) -> Json:
    """Exit cases, those whose day is over first; a city sees its own units'"""
    asked = asking()
    wanted = {name: query[name] for name in ("unit", "policy", "state")}
    wanted["city"] = asked.city() or query["city"]
    with asked.look() as db:
        found = case_views.list_cases(
            db, asked.runtime.policy, _today(asked),
            ended=query["ended"], overdue=query["overdue"], told=bool(asked.city()), **wanted,
        )  # fmt: skip
    return page_of(found, query, case_json)


@reads(blueprint, "/candidates", Right.DRAWS_READ, paged(CauseOut), PageAsk)
def list_candidates(query: Json) -> Json:
    """What may be opened and has not been: causes that are there, the oldest first"""
    asked = asking()
    with asked.look() as db:
        found = candidates(db, asked.runtime.policy, _today(asked))
    return page_of(found, query, candidate_json)


@acts(blueprint, "", Right.AFTER_ACT, OneCaseOut, OpenCaseAsk, status=201)
def open_case(db: Connection, asked: Asking, body: Json) -> Json:
    """Open an exit case for a cause that is there, or by a document"""
    where = {name: body[name] for name in ("occasion", "finding", "policy")}
    said = said_of(case_views.OPEN, body)
    return one_case_json(
        cases.open_case(db, asked.act, asked.runtime.policy, body["trigger"], body["unit"], said, **where)
    )


@reads(blueprint, ONE, Right.AFTER_READ, OneCaseOut, tag=True)
def show(case: str) -> Json:
    """An exit case with its steps"""
    asked = asking()
    with asked.look() as db:
        return one_case_json(_own(db, asked, case))


def _own(db: Connection, asked: Asking, case: str) -> Stood:
    """A case as who asks may see it."""
    return _as_seen(asked, case_views.one_case(db, asked.runtime.policy, _today(asked), case, asked.city()))


def _put(_: Json, sent: Json) -> Json:
    asked, of = asking(), request.view_args or {}
    with asked.runtime.look() as db:
        cases.check_takes_files(_own(db, asked, of["case"]))
    return {"sent": put_upload(asked.runtime.keeping, sent)}


@acts(blueprint, f"{ONE}/files", Right.CASE_FILES, KeptOut, EvidenceAsk, place="form", before=_put, status=201,
      limit=UPLOADS)  # fmt: skip
def keep(db: Connection, asked: Asking, body: Json, case: str) -> Json:
    """Keep a file for a step of a case, which then names it; what it is, its content says"""
    cases.attach(db, asked.act, asked.runtime.policy, case, body["sent"].file, city=asked.city())
    return keep_upload(asked.runtime.keeping, body["sent"])


@files(blueprint, f"{ONE}/files/<string:digest>", Right.AFTER_READ, KINDS)
def get(case: str, digest: str) -> Response:
    """A file of a case, to who may see the step that names it"""
    asked = asking()
    with asked.look() as db:
        steps = _own(db, asked, case).steps
        file = step_files.one_file(db, case, digest, None if asked.is_oversight else steps)
    return attached(asked.runtime.keeping.get(digest), file.kind, file.name)


def _step(step: Step, *, on_paper: bool = False) -> None:
    """The route by which a step of a case is taken; `on_paper`: that by which the office records a city's."""
    name = f"office-{step.step}" if on_paper else step.step

    def taken(db: Connection, asked: Asking, body: Json, case: str) -> Json:
        said = said_of(step.step, body, on_paper=on_paper)
        stood = cases.take_step(db, asked.act, asked.runtime.policy, case, said, city=asked.city())
        return one_case_json(_as_seen(asked, stood))

    taken.__name__ = name.replace("-", "_")
    taken.__doc__ = messages.text(f"help.case.{name}", "en").rstrip(".")
    right = Right.ANSWERS_OWN if step.by == CITY and not on_paper else Right.AFTER_ACT
    body = step_ask(f"case-{name}", (*step.needs, *PAPER) if on_paper else step.needs, step.may)
    acts(blueprint, f"{ONE}/{name}", right, OneCaseOut, body)(taken)


for _each in STEPS.values():
    if _each.by != TWO:
        _step(_each)
    if _each.by == CITY:
        _step(_each, on_paper=True)


@acts(blueprint, f"{ONE}/revoke", Right.AFTER_ACT, StateOut, step_ask("case-revoke", STEPS["revoke"].needs))
def revoke(db: Connection, asked: Asking, body: Json, case: str) -> Json:
    """Ask for the record of a revocation (撤销命名通知); a second person of another institution confirms it"""
    said = said_of("revoke", body)
    return outcome_json(case, "revoked", requests.revoke(db, asked.act, asked.vault, asked.runtime.policy, case, said))


def _paper(kind: str) -> None:
    def paper(case: str) -> Response:
        asked = asking()
        with asked.look() as db:
            stood = case_views.one_case(db, asked.runtime.policy, _today(asked), case)
            words = Words(wording(), bound(db, asked.runtime.policy, stood.row), places.names(db))
        return attached(write_paper(PAPERS[kind](words, asked.act, stood)), WORD, f"{case}-{kind}.docx")

    paper.__name__ = f"paper_{kind}"
    paper.__doc__ = messages.text(f"paper.{kind}.what", "en").rstrip(".")
    files(blueprint, f"{ONE}/papers/{kind}", Right.DRAWS_READ, (WORD,))(paper)


for _kind in PAPERS:
    _paper(_kind)
