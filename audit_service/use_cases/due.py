"""One list of what is due, for each role what is theirs; three colours (三色预警)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from audit_service.core import due as rules
from audit_service.core.accounts import is_one_institution
from audit_service.core.acts import beijing_day
from audit_service.core.after import TitleRules
from audit_service.core.divisions import Divisions
from audit_service.core.due import FOR, Item, Kind, Waiting
from audit_service.core.life_steps import years_after
from audit_service.core.policy import Programme
from audit_service.core.rights import Role
from audit_service.errors import NotFound
from audit_service.store import acts, happenings, requests
from audit_service.store import draws as draws_store
from audit_service.store import waiting as store
from audit_service.store.outstanding import settled as settled_by_office
from audit_service.use_cases import case_views
from audit_service.use_cases.due_exits import candidates, deviations, plaques
from audit_service.use_cases.due_orders import milestones
from audit_service.use_cases.due_reports import reports
from audit_service.use_cases.due_signatures import signatures
from audit_service.use_cases.due_visits import visits
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.policies import Policies, every_counting
from audit_service.use_cases.title_checks import Checks
from audit_service.vault import Vault

WITHIN: Final = 30
"""So many days ahead, where nothing else is asked for."""


@dataclass(frozen=True)
class Known:
    """What is known beside the database: the installed policies, those that the office says it works under (`named`),
    and every place."""

    programmes: Mapping[str, Programme]
    named: tuple[str, ...]
    divisions: Divisions


@dataclass(frozen=True)
class Asker:
    """Who asks what is due: by role, for a city, as an inspector, of an institution."""

    role: Role = Role.PROVINCE
    city: str = ""
    inspector: str = ""
    institution: str = ""


def due(
    db: Connection,
    vault: Vault,
    known: Known,
    who: Asker,
    today: date,
    within: int = WITHIN,
) -> list[Item]:
    """What is due for somebody up to so many days from today, what is overdue first."""
    known = replace(known, programmes=every_counting(db, known.programmes))
    kinds, last = FOR[who.role], (today + timedelta(days=within)).isoformat()
    at = Occasions(db, _policies(known.programmes), today.isoformat(), last)
    found = [each for part in _parts(at, vault, known, who, today, last) for each in part if each.kind in kinds]
    own = [each for each in found if not who.city or each.city == who.city]
    return rules.items(own, at.warning, at.stops, today, within)


def _policies(programmes: Mapping[str, Programme]) -> Policies:
    def one(name: str) -> Programme:
        if name not in programmes:
            raise NotFound("policy-unknown", policy=name, known=", ".join(programmes))
        return programmes[name]

    return one


def _parts(
    at: Occasions, vault: Vault, known: Known, who: Asker, today: date, last: str
) -> Iterator[Iterable[Waiting]]:
    """Whatever waits that could be theirs."""
    db, kinds, programmes, settled = at.db, FOR[who.role], known.programmes, settled_by_office(at.db)
    if Kind.VISIT in kinds:
        yield visits(db, vault, who.inspector)
    if Kind.SIGN in kinds:
        yield signatures(at, vault, who.inspector)
    if Kind.RECTIFY in kinds or Kind.RECHECK in kinds:
        yield _findings(at, who, last)
    if Kind.DEFENCE in kinds:
        yield _cases(at, who.city)
    if Kind.CANDIDATE in kinds:
        yield candidates(at)
        yield plaques(at)
        yield deviations(at, settled)
    if Kind.LAPSE in kinds:
        yield _titles(db, programmes, last)
    if Kind.REVEAL in kinds:
        yield _reveals(db)
    in_use = store.policies_in_use(db) if Kind.REPORT in kinds else {}
    if Kind.REPORT in kinds:
        yield reports(at, programmes, in_use, settled)
    if Kind.MILESTONE in kinds:
        since = dict.fromkeys(known.named, today) | in_use
        found = milestones(db, programmes, since, known.divisions, today, date.fromisoformat(last))
        yield (each for each in found if each.key not in settled)
    if Kind.REQUEST in kinds:
        yield _requests(db, who)


def _findings(at: Occasions, who: Asker, last: str) -> Iterator[Waiting]:
    """Findings; an inspector is told of those alone that they were named to recheck. What a unit has not put right it
    has to put right though its title was revoked or it gave the title up: the entry says so."""
    known = store.open_findings(at.db, who.city) if who.city else at.open_findings
    rows = [row for row in known if row["due_on"] <= last and who.inspector in ("", row["rechecker"])]
    ended = store.ended(at.db, {row["unit"] for row in rows})
    for row in rows:
        yield Waiting(
            rules.finding_kind(row["state"]),
            row["due_on"],
            row["finding"],
            row["unit"],
            row["city"],
            at.campaign(row["occasion"]),
            row["policy"],
            row["due_since"],
            row["occasion"],
            ended=ended.get(row["unit"], ""),
            own=row["programme"],
        )


def _cases(at: Occasions, city: str) -> Iterator[Waiting]:
    """Exit cases that are not over, with the day that each has wherever it is shown (`case_views`)."""
    for stood in case_views.list_cases(at.db, at.policies, at.today, ended=False, told=bool(city), city=city):
        if stood.due_on:
            kind, occasion = rules.case_kind(stood.state), stood.row["occasion"]
            told = {"policy": stood.row["policy"], "occasion": occasion, "paused": stood.paused}
            told["own"] = stood.row["programme"]
            yield Waiting(
                kind, stood.due_on, stood.case.case, stood.unit_now, stood.city, at.campaign(occasion), **told
            )


def _titles(db: Connection, programmes: Mapping[str, Programme], last: str) -> Iterator[Waiting]:
    def of(policy: str, title: str) -> TitleRules | None:
        programme = programmes.get(policy)
        titles = programme.after.titles if programme else ()
        return next((rule for rule in titles if rule.title == title), None)

    years = [rule.check_within_years or 0 for each in programmes.values() for rule in each.after.titles]
    before = years_after(last, -min(years, default=0))
    rows = Checks(db, _policies(programmes)).with_unchecked(store.titles(db, before, last))
    cities = store.cities_of(db)
    for row in rows:
        yield from rules.of_title(row, cities.get(row["unit"], ""), of)


def _reveals(db: Connection) -> Iterator[Waiting]:
    for draw, part in happenings.under_seal(db):
        commitment = draws_store.progress_of(db, draw, part).commitment
        if commitment and commitment.reveal_by:
            name = draws_store.round_name(draw, part)
            yield Waiting(Kind.REVEAL, commitment.reveal_by.isoformat(), name)


def _requests(db: Connection, who: Asker) -> Iterator[Waiting]:
    """What waits for a second person, but not what one's own institution asked for."""
    for request in requests.all_requests(db):
        own = who.role is Role.SECOND_OFFICER and is_one_institution(request.institution, who.institution)
        if request.confirmed is None and not own:
            day = beijing_day(acts.act_of(db, request.number).at).isoformat()
            yield Waiting(Kind.REQUEST, day, f"{request.number} {request.subject}")
