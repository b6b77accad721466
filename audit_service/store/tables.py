"""The tables. Identifiers and digests are ASCII text; moments are UTC text `2026-03-17T13:15:00Z`.

Rosters are kept as versions: a row counts from the act that recorded it to the act that superseded it, if any.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from audit_service.core.canonical import parse_time, write_time

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A UTC moment, to the second, in the protocol's own writing."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else write_time(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else parse_time(value, "database")


IDENTIFIER: Final = String(64)
DIGEST: Final = String(64)


def _act(name: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, ForeignKey("acts.number"), nullable=nullable)


counters = Table(
    "counters",
    metadata,
    Column("counter", String(80), primary_key=True),
    Column("value", Integer, nullable=False),
)
"""The last number given out, a row a series: numbers have no gaps, since the row is locked by who takes one."""

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("salt", DIGEST, nullable=False, server_default=""),
    Column("role", String(20), nullable=False, server_default=""),
    Index("ix_acts_subject", "subject"),
    Index("ix_acts_at", "at"),
)
"""Everything that was done, when and by whom; `details` is JSON; `salt` that of what the log hides of it.

`role` is that of the account that acted, empty in one-office mode.
"""

entries = Table(
    "entries",
    metadata,
    Column("place", ForeignKey("acts.number"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""The log: an entry for each act, at the act's number; the first is 1."""

tree_hashes = Table(
    "tree_hashes",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("hash", DIGEST, nullable=False),
)
"""The complete subtrees of the log's tree, as far as it was published."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Every checkpoint that was signed."""

cosignatures = Table(
    "cosignatures",
    metadata,
    Column("size", ForeignKey("checkpoints.size"), primary_key=True, autoincrement=False),
    Column("name", String(200), primary_key=True),
    Column("key_id", String(8), primary_key=True),
    Column("line", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
"""Witnesses' signatures of checkpoints, by the id of the key: a name is anybody's to take."""

APPEND_ONLY: Final = (
    *("acts", "entries", "tree_hashes", "checkpoints", "cosignatures"),
    *("happenings", "unit_days", "unit_acts", "signatures", "evidence", "policy_versions"),
)
"""Tables of which the database itself refuses to change or delete a row."""


def roster(name: str, keys: tuple[str, ...], *columns: Column[Any] | Index) -> Table:
    """A table of versions: of the rows with the same `keys` one at most counts now, and the database sees to it."""
    return Table(
        name,
        metadata,
        *columns,
        Column("recorded_in", ForeignKey("acts.number"), primary_key=True),
        _act("superseded_in"),
        Index(
            f"uq_{name}_current",
            *keys,
            unique=True,
            sqlite_where=text("superseded_in IS NULL"),
            postgresql_where=text("superseded_in IS NULL"),
        ),
    )


def _more(*names: str) -> tuple[Column[str], ...]:
    """Columns of text that a file may lack; empty where nothing was said."""
    return tuple(Column(name, Text, nullable=False, server_default="") for name in names)


units = roster(
    "units",
    ("unit",),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("city", IDENTIFIER, nullable=False),
    Column("county", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", IDENTIFIER, nullable=False),
    Column("target_year", String(4), nullable=False),
    Column("livelihood", Boolean),
    *_more("former_name", "assessed_on", "assessed_score", "assessors", "coach"),
    *_more("naming_document", "named_on", "valid_until", "city_score", "city_result"),
    *_more("contact", "phone", "remarks"),
)

people = roster(
    "people",
    ("inspector",),
    Column("inspector", IDENTIFIER, primary_key=True),
    Column("name", Text, nullable=False),
    Column("employer", Text, nullable=False),
    Column("city", IDENTIFIER, nullable=False),
    Column("category", Text, nullable=False),
    Column("may_lead", Boolean, nullable=False),
    Column("capacity", Integer),
    *_more("post", "rank", "speciality", "available_from", "available_to", "avoids", "mobile"),
)

recusals = roster(
    "recusals",
    ("inspector", "unit"),
    Column("inspector", IDENTIFIER, primary_key=True),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("reason", Text, nullable=False),
)

targets = roster(
    "targets",
    ("city",),
    Column("city", IDENTIFIER, primary_key=True),
    Column("naming", Integer, nullable=False),
    Column("livelihood", Integer, nullable=False),
    Column("re_evaluation", Integer, nullable=False),
)

explanations = roster(
    "explanations",
    ("city", "target"),
    Column("city", IDENTIFIER, primary_key=True),
    Column("target", String(20), primary_key=True),
    Column("difference", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("ordered", Integer),
    Column("list_digest", DIGEST, nullable=False, server_default=""),
)
"""Why a city lists more units for a target than are ordered of it, or (below zero) fewer: of which number ordered and
of which units, which were not noted of the oldest explanations."""

confirmations = roster(
    "confirmations",
    ("city",),
    Column("city", IDENTIFIER, primary_key=True),
    Column("file", Text, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("confirmed_on", String(10), nullable=False),
    Column("units", Integer, nullable=False),
    Column("list_digest", DIGEST, nullable=False),
)
"""A city's stamped confirmation of its list: the file that was seen, its day, and the list as it was then."""

former_names = roster(
    "former_names",
    ("city", "county", "old"),
    Column("city", IDENTIFIER, primary_key=True),
    Column("county", String(80), primary_key=True),
    Column("old", String(200), primary_key=True),
    Column("new", Text, nullable=False),
    Column("unit", IDENTIFIER, nullable=False),
    Column("changed_on", String(10), nullable=False),
    Column("document", Text, nullable=False),
    *_more("new_county"),
)
"""What became of names that units had: the name and the code of the unit that each means now, and its county where that
is another one."""

files = Table(
    "files",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Bytes that were hashed, under their SHA-256."""

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("policy", IDENTIFIER, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", ForeignKey("files.digest"), nullable=False),
    Column("recorded_in", ForeignKey("acts.number"), nullable=False),
)
"""Which file each version of a policy is, since the act by which it came into use: another file is another version."""

campaigns = Table(
    "campaigns",
    metadata,
    Column("campaign", IDENTIFIER, primary_key=True),
    Column("policy", IDENTIFIER, nullable=False),
    _act("opened_in", nullable=False),
)

draws = Table(
    "draws",
    metadata,
    Column("draw", IDENTIFIER, primary_key=True),
    Column("campaign", ForeignKey("campaigns.campaign"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("programme", ForeignKey("files.digest"), nullable=False),
    _act("frozen_in", nullable=False),
    UniqueConstraint("campaign", "ordinal"),
)
"""A frozen sample draw. `programme` is the whole policy file under which it was frozen."""

draw_files = Table(
    "draw_files",
    metadata,
    Column("draw", ForeignKey("draws.draw"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("name", String(80), primary_key=True),
    Column("digest", ForeignKey("files.digest"), nullable=False),
    _act("recorded_in", nullable=False),
)
"""The frozen and the result files of a draw (round 0) and of its rounds, by their names in the bundle."""

commitments = Table(
    "commitments",
    metadata,
    Column("draw", ForeignKey("draws.draw"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("c", DIGEST, nullable=False, unique=True),
    Column("locked_secret", Text, nullable=False),
    Column("secret", DIGEST, nullable=False, server_default=""),
    Column("public", Text, nullable=False),
    Column("feasible", Boolean),
    _act("committed_in", nullable=False),
    _act("run_in"),
    _act("withdrawn_in"),
    _act("revealed_in"),
    _act("set_aside_in"),
    CheckConstraint("withdrawn_in IS NULL OR run_in IS NULL", name="withdrawn_is_not_run"),
    CheckConstraint("set_aside_in IS NULL OR run_in IS NOT NULL", name="set_aside_is_run"),
)
"""What was committed (round 0: the sample), and how far it has gone. C is the digest of `commitment.json`;
`secret` stands in the clear once it is revealed."""

happenings = Table(
    "happenings",
    metadata,
    Column("draw", ForeignKey("draws.draw"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("leaf", DIGEST, nullable=False),
    Column("locked", Text, nullable=False),
)
"""What happened to single units and packets under a seal; `leaf` goes into the day's batch, `locked` opens with the
draw's secret alone."""

unit_days = Table(
    "unit_days",
    metadata,
    Column("draw", ForeignKey("draws.draw"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False),
    Column("taken", Integer, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    _act("recorded_in", nullable=False),
)
"""The batches that the log has of a sealed draw or round, in order; `taken` of a batch's leaves are happenings."""

substitutions = Table(
    "substitutions",
    metadata,
    Column("draw", ForeignKey("draws.draw"), primary_key=True),
    Column("unit", IDENTIFIER, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("substitute", IDENTIFIER, nullable=False),
    Column("document", Text, nullable=False),
    _act("recorded_in", nullable=False),
)
