"""Campaigns, draws, their files, their commitments and substitutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import ASSIGNMENT, SAMPLE, Commitment, read_commitment
from audit_service.core.draws import Progress
from audit_service.core.events import Event
from audit_service.core.frozen import Substitution
from audit_service.errors import Failed, NotFound
from audit_service.store import tables
from audit_service.store.acts import act_of, recorded_on


@dataclass(frozen=True)
class DrawRow:
    """A frozen draw: its campaign, its place in it, and the digest of the policy file under which it was frozen."""

    draw: str
    campaign: str
    ordinal: int
    programme: str
    frozen_in: int


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment as it is kept.

    `locked_secret` is empty for an open draw, `secret` until it is revealed, `public` until the draw is carried out.
    """

    draw: str
    round: int
    c: str
    locked_secret: str
    secret: str
    public: str
    feasible: bool | None
    committed_in: int
    run_in: int | None
    withdrawn_in: int | None
    revealed_in: int | None
    set_aside_in: int | None


def put_file(db: Connection, content: bytes) -> str:
    """Keep bytes under their digest; the digest."""
    digest = sha256_hex(content)
    if db.execute(select(tables.files.c.digest).where(tables.files.c.digest == digest)).first() is None:
        db.execute(insert(tables.files).values(digest=digest, content=content))
    return digest


def get_file(db: Connection, digest: str) -> bytes:
    """The bytes that were kept under a digest."""
    content: bytes = db.execute(select(tables.files.c.content).where(tables.files.c.digest == digest)).scalar_one()
    return content


def campaign_policy(db: Connection, campaign: str) -> str | None:
    """The policy of a campaign; nothing if there is no such campaign yet."""
    policy: str | None = db.execute(
        select(tables.campaigns.c.policy).where(tables.campaigns.c.campaign == campaign)
    ).scalar_one_or_none()
    return policy


def open_campaign(db: Connection, campaign: str, policy: str, act: int) -> None:
    """Open a campaign under a policy."""
    db.execute(insert(tables.campaigns).values(campaign=campaign, policy=policy, opened_in=act))


def campaigns(db: Connection) -> list[str]:
    """Every campaign's identifier."""
    return sorted(db.execute(select(tables.campaigns.c.campaign)).scalars())


def any_locked_secret(db: Connection) -> bool:
    """Whether some draw holds a secret that only the present key opens."""
    table = tables.commitments
    locked = (table.c.locked_secret != "") & (table.c.secret == "")  # nosec B105  # nothing, not a password
    return db.execute(select(table.c.c).where(locked)).first() is not None


def add_draw(db: Connection, row: DrawRow) -> None:
    """Record a frozen draw."""
    db.execute(
        insert(tables.draws).values(
            draw=row.draw,
            campaign=row.campaign,
            ordinal=row.ordinal,
            programme=row.programme,
            frozen_in=row.frozen_in,
        )
    )


def all_draws(db: Connection) -> list[DrawRow]:
    """Every draw, campaign by campaign, in the order in which they were frozen."""
    rows = [DrawRow(**row._mapping) for row in db.execute(select(tables.draws))]
    return sorted(rows, key=lambda row: (row.campaign, row.ordinal))


def of_campaign(db: Connection, campaign: str) -> list[DrawRow]:
    """The draws of a campaign, in the order in which they were frozen."""
    return [row for row in all_draws(db) if row.campaign == campaign]


def is_draw(db: Connection, draw: str) -> bool:
    """Whether there is a draw of this name."""
    return db.execute(select(tables.draws.c.draw).where(tables.draws.c.draw == draw)).first() is not None


def one_draw(db: Connection, draw: str) -> DrawRow:
    """A draw by its name; `NotFound` naming those that there are."""
    rows = {row.draw: row for row in all_draws(db)}
    if draw not in rows:
        raise NotFound("draw-unknown", draw=draw, known=", ".join(rows) or "-")
    return rows[draw]


def add_files(db: Connection, draw: str, number: int, contents: Mapping[str, bytes], act: int) -> dict[str, str]:
    """Keep files of a draw (round 0) or of a round, by name; their digests."""
    digests = {name: put_file(db, content) for name, content in contents.items()}
    rows = [
        {"draw": draw, "round": number, "name": name, "digest": digest, "recorded_in": act}
        for name, digest in digests.items()
    ]
    db.execute(insert(tables.draw_files), rows)
    return digests


def supersede_files(db: Connection, draw: str, number: int, names: Iterable[str], act: int) -> None:
    """Put files of a draw or round aside, under names that say by which act; nothing is lost."""
    table = tables.draw_files
    for name in names:
        own = (table.c.draw == draw) & (table.c.round == number) & (table.c.name == name)
        db.execute(update(table).where(own).values(name=f"superseded/{act}/{name}"))


def file_names(db: Connection, draw: str, number: int) -> set[str]:
    """The names of the files of a draw (round 0) or of a round."""
    table = tables.draw_files
    return set(db.execute(select(table.c.name).where((table.c.draw == draw) & (table.c.round == number))).scalars())


def files_of(db: Connection, draw: str, number: int) -> dict[str, bytes]:
    """The files of a draw (round 0) or of a round, by name; `Failed` if any is not the bytes that were hashed."""
    table, kept = tables.draw_files, tables.files
    joined = table.join(kept, kept.c.digest == table.c.digest)
    columns = select(table.c.name, kept.c.digest, kept.c.content).select_from(joined)
    found: dict[str, bytes] = {}
    for row in db.execute(columns.where((table.c.draw == draw) & (table.c.round == number))):
        if sha256_hex(row.content) != row.digest:
            raise Failed("file-damaged", draw=draw, name=row.name)
        found[row.name] = row.content
    return found


def add_commitment(db: Connection, draw: str, number: int, content: bytes, locked_secret: str, act: int) -> str:
    """Record a commitment, its bytes under `commitment.json`; its C."""
    c = add_files(db, draw, number, {"commitment.json": content}, act)["commitment.json"]
    db.execute(
        insert(tables.commitments).values(
            draw=draw, round=number, c=c, locked_secret=locked_secret, public="", committed_in=act
        )
    )
    return c


def mark(db: Connection, draw: str, number: int, **values: object) -> None:
    """Write down how far a commitment has gone."""
    table = tables.commitments
    db.execute(update(table).where((table.c.draw == draw) & (table.c.round == number)).values(**values))


def commitments_of(db: Connection, draw: str) -> dict[int, CommitmentRow]:
    """The commitments of a draw by round, the sample's under 0."""
    rows = db.execute(select(tables.commitments).where(tables.commitments.c.draw == draw))
    return {row.round: CommitmentRow(**row._mapping) for row in sorted(rows, key=_round)}


def _round(row: Row[tuple[object, ...]]) -> int:
    number: int = row._mapping["round"]
    return number


def round_name(draw: str, number: int) -> str:
    """How a round is named: `SC-2026-01/1`; a sample by its draw alone."""
    return f"{draw}/{number}" if number else draw


def progress_of(db: Connection, draw: str, number: int) -> Progress:
    """How far a draw (round 0) or a round has gone; `NotFound` for a round that there is not."""
    row = commitments_of(db, draw).get(number)
    name = round_name(draw, number)
    if row is None:
        if number:
            raise NotFound("round-unknown", round=name)
        return Progress(name)
    return Progress(
        name=name,
        commitment=_commitment(db, draw, number, row.c),
        run_at=act_of(db, row.run_in).at if row.run_in is not None else None,
        public=row.public,
        feasible=row.feasible is not False,
        withdrawn=row.withdrawn_in is not None,
        revealed_at=act_of(db, row.revealed_in).at if row.revealed_in is not None else None,
        set_aside=row.set_aside_in is not None,
        **_deposited(db, name, sealed=bool(row.locked_secret)),
    )


def _deposited(db: Connection, name: str, *, sealed: bool) -> dict[str, datetime]:
    """When it was first said that a third party holds the secret, and when one of another institution first said so."""
    said = recorded_on(db, [name], ["deposit-confirm"]) if sealed else []
    shown = [each for each in said if "shown_by" in each.details]
    firsts = {"deposited_at": said[:1], "deposit_shown_at": shown[:1]}
    return {what: first[0].act.at for what, first in firsts.items() if first}


def named_events(db: Connection) -> list[tuple[str, Event]]:
    """The events, fallback ones included, of every commitment that was not withdrawn, each with its part's name."""
    table = tables.commitments
    rows = db.execute(select(table.c.draw, table.c.round, table.c.c).where(table.c.withdrawn_in.is_(None)))
    found: list[tuple[str, Event]] = []
    for row in sorted(rows, key=lambda row: (row.draw, row.round)):
        commitment = _commitment(db, row.draw, row.round, row.c)
        name = round_name(row.draw, row.round)
        found += [(name, event) for event in commitment.events + commitment.fallback]
    return found


def _commitment(db: Connection, draw: str, number: int, c: str) -> Commitment:
    return read_commitment(get_file(db, c), ASSIGNMENT if number else SAMPLE, round_name(draw, number))


def add_substitutions(db: Connection, draw: str, rows: Iterable[Substitution], document: str, act: int) -> None:
    """Record a batch of substitutions with the document that shows why."""
    db.execute(
        insert(tables.substitutions),
        [
            {
                "draw": draw,
                "unit": r.unit,
                "batch": r.batch,
                "substitute": r.substitute,
                "document": document,
                "recorded_in": act,
            }
            for r in rows
        ],
    )


def substitutions_of(db: Connection, draw: str) -> list[Substitution]:
    """All substitutions of a draw so far, batch by batch."""
    table = tables.substitutions
    rows = db.execute(select(table.c.batch, table.c.unit, table.c.substitute).where(table.c.draw == draw))
    return sorted(Substitution(row.batch, row.unit, row.substitute) for row in rows)


def documents_of(db: Connection, draw: str) -> dict[str, str]:
    """By which document each substituted unit was substituted."""
    table = tables.substitutions
    rows = db.execute(select(table.c.unit, table.c.document).where(table.c.draw == draw))
    return {row.unit: row.document for row in rows}


def count_rounds(db: Connection, draw: str) -> int:
    """How many rounds of a draw have been committed, withdrawn ones included."""
    table = tables.commitments
    counted: int = db.execute(
        select(func.count()).select_from(table).where((table.c.draw == draw) & (table.c.round > 0))
    ).scalar_one()
    return counted
