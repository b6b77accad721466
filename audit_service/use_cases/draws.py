"""Sample draws: commit, carry out, set aside, try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core import replay
from audit_service.core.acts import Act, beijing_day
from audit_service.core.assignment import assign
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import SAMPLE, write_commitment
from audit_service.core.draws import SAMPLE_ROUND, Progress, State
from audit_service.core.frozen import Seat, Substitution
from audit_service.core.outcomes import REFUSED
from audit_service.core.packets import Packet, make_packets
from audit_service.core.seed import trial_seed
from audit_service.core.selection import Sample
from audit_service.core.shortage import Shortage, shortages, untried
from audit_service.core.substitution import substitute
from audit_service.core.terms import check_replaces
from audit_service.errors import Refused
from audit_service.store import acts, rosters
from audit_service.store import draws as store
from audit_service.store.visit_tables import outcomes
from audit_service.use_cases.committing import Terms, bind, blank, carry_out, check_none_pending, log_root, publish
from audit_service.use_cases.drawn import Draw, open_draw, sample_of, seeds_of, take_draw
from audit_service.use_cases.people_of_round import Called, Period, call
from audit_service.vault import Vault


@dataclass(frozen=True)
class Drawn:
    """A sample draw that was carried out."""

    draw: str
    seed: str
    sample: Sample


@dataclass(frozen=True)
class Trial:
    """A trial of a draw: a sample and teams that decide nothing."""

    draw: Draw
    sample: Sample
    packets: Sequence[Packet]
    seats: Sequence[Seat]
    shortages: Sequence[Shortage]
    untried: Sequence[Shortage]
    called: Called


def commit_sample(db: Connection, act: Act, vault: Vault, name: str, terms: Terms, replaces: str) -> str:
    """Commit a frozen draw; its C. `Refused` where the campaign has a live draw, or the order of things is broken.

    A bundle accounts for the numbers below its own (docs/protocol.md, section 7, step 11), once and for all: they are
    committed in their order.
    """
    draw = take_draw(db, act, name)
    progress = store.progress_of(db, name, SAMPLE_ROUND)
    if progress.state is not State.FROZEN:
        raise Refused("commit-twice", name=name, state=progress.state)
    rows = [row for row in store.of_campaign(db, draw.row.campaign) if row.draw != name]
    others = [store.progress_of(db, row.draw, SAMPLE_ROUND) for row in rows]
    for row, other in zip(rows, others, strict=True):
        if other.live:
            raise Refused("campaign-live", campaign=draw.row.campaign, other=other.name)
        if other.commitment and row.ordinal > draw.row.ordinal:
            raise Refused("commit-out-of-order", name=name, other=other.name)
    check_replaces(replaces, _unreplaced(others), terms.events + terms.fallback)
    return bind(db, act, vault, replace(blank(SAMPLE, draw), replaces=replaces), terms, draw.content)


def _unreplaced(others: Sequence[Progress]) -> Progress | None:
    """The latest draw that was set aside and that no live or set-aside draw replaces."""
    replaced = {
        other.commitment.replaces for other in others if other.commitment and other.state is not State.WITHDRAWN
    }
    aside = [other for other in others if other.state is State.SET_ASIDE and other.name not in replaced]
    return aside[-1] if aside else None


def run_sample(db: Connection, act: Act, vault: Vault, name: str, public: str, document: str) -> Drawn:
    """Carry out a committed draw with the public value of its events, or on a document with that of the fallback."""
    draw = take_draw(db, act, name)
    carry_out(db, act, vault, draw, SAMPLE_ROUND, public, document)
    publish(db, vault, draw, acts.last_number(db))
    log_root(db, act, vault, draw)
    return Drawn(name, seeds_of(db, vault, name, SAMPLE_ROUND).seed, sample_of(db, vault, draw))


def set_aside(db: Connection, act: Act, name: str, ground: str, reason: str) -> None:
    """Set a published draw aside, on a ground from its policy's list."""
    draw = take_draw(db, act, name)
    progress = store.progress_of(db, name, SAMPLE_ROUND)
    rules.check_set_aside(progress, ground, [known.ground for known in draw.programme.set_aside])
    check_none_pending(db, name)
    recorded = acts.record(db, act, "set-aside", name, ground=ground, reason=reason)
    store.mark(db, name, SAMPLE_ROUND, set_aside_in=recorded)


def substitute_units(
    db: Connection, act: Act, vault: Vault, name: str, units: Sequence[str], document: str
) -> list[Substitution]:
    """Substitute units that are out of scope by a document, as the next batch; the batch's rows.

    `Refused` for a unit that refused the inspection: it is inspected or counts as it is, and nothing takes its place.
    """
    if not document.strip():
        raise Refused("document-empty")
    draw = take_draw(db, act, name)
    progress = store.progress_of(db, name, SAMPLE_ROUND)
    progress.require(State.DRAWN)
    rules.check_published(progress)
    refused = rosters.chosen(db, outcomes, occasion=[name], unit=units, kind=[REFUSED])
    if refused:
        raise Refused("substitute-refused", units=", ".join(sorted(row["unit"] for row in refused)))
    earlier = store.substitutions_of(db, name)
    count = max((row.batch for row in earlier), default=0)
    batches = [[row.unit for row in earlier if row.batch == number] for number in range(1, count + 1)]
    rows = [row for row in substitute(sample_of(db, vault, draw), [*batches, units]) if row.batch > count]
    recorded = acts.record(db, act, "substitute", name, batch=count + 1, units=list(units), document=document)
    store.add_substitutions(db, name, rows, document, recorded)
    return rows


def try_draw(db: Connection, act: Act, name: str) -> Trial:
    """Draw a sample and teams from today's people with the public text `trial`, to look at feasibility or to teach.

    Nothing of it is kept but that it was done; no bundle verifies with its seed.
    """
    draw = open_draw(db, name)
    progress = store.progress_of(db, name, SAMPLE_ROUND)
    c = sha256_hex(write_commitment(progress.commitment or blank(SAMPLE, draw)))
    sample = replay.draw(draw.files, trial_seed(c))
    called = call(db, draw, Period(until=beijing_day(act.at)))
    people, recusals = called.people, called.recusals
    pools = draw.programme.public_teams
    packets = make_packets(pools, sample, ())
    found = assign(pools, packets, people, recusals, (), trial_seed(c))
    acts.record(db, act, "trial", name)
    problem = (pools, found.stuck, packets, people, recusals, ())
    return Trial(draw, sample, packets, found.seats, shortages(*problem), untried(*problem), called)
