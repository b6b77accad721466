"""after the draw: units' lives, orders, reports, plans, pauses; outcomes, findings, evidence, exit cases"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CURRENT = sa.text("superseded_in IS NULL")
DUE, OPEN = ("findings", "exit_cases"), sa.text("superseded_in IS NULL AND due_on <> ''")
NAME, DIGEST, PLACE, DAY, WORD = sa.String(64), sa.String(64), sa.String(80), sa.String(10), sa.String(20)
APPEND_ONLY = ("unit_acts", "signatures", "evidence")
ROSTERS = {
    "standings": (
        ("unit",),
        *(("unit", NAME), ("policy", NAME), ("state", WORD), ("since", DAY)),
        *(("title", NAME, ""), ("named_on", DAY, ""), ("valid_until", DAY, ""), ("checked_on", DAY, "")),
        *(("re_evaluate_by", DAY, ""), ("plaque_recalled_on", DAY, ""), ("successor", NAME, "")),
        ("document", sa.Text(), ""),
    ),
    "places": (
        ("place",),
        *(("place", NAME), ("name", sa.Text()), ("level", DAY), ("parent", NAME), ("class_name", sa.Text())),
        ("townships", sa.Integer(), None),
    ),
    "orders": (
        ("policy", "year", "place", "target"),
        *(("policy", NAME), ("year", sa.String(4)), ("place", PLACE), ("target", NAME)),
        *(("number", sa.Integer()), ("document", sa.Text())),
    ),
    "reports": (
        ("policy", "report", "reporter", "period"),
        *(("policy", NAME), ("report", NAME), ("reporter", PLACE), ("period", DAY)),
        *(("said", sa.Text()), ("handed_in_on", DAY)),
    ),
    "plans": (
        ("policy", "level", "unit", "period"),
        *(("policy", NAME), ("level", NAME), ("unit", NAME), ("period", DAY)),
        *(("planned_on", DAY), ("document", sa.Text())),
    ),
    "pauses": (
        ("pause",),
        *(("pause", NAME), ("campaign", NAME), ("cities", sa.Text()), ("since", DAY), ("until", DAY, "")),
        *(("reason", sa.Text()), ("document", sa.Text())),
    ),
    "outcomes": (
        ("occasion", "unit"),
        *(("occasion", NAME), ("unit", NAME), ("policy", NAME), ("city", NAME), ("stratum", NAME, "")),
        *(("packet", NAME, ""), ("kind", WORD), ("inspected_on", DAY), ("proposed", DAY, ""), ("verdict", DAY, "")),
        *(("score", sa.Integer(), None), ("city_score", sa.Integer(), None), ("city_verdict", DAY, "")),
        *(("recorded_by", NAME), ("content", sa.Text())),
    ),
    "checks": (
        ("occasion",),
        *(("occasion", NAME), ("campaign", NAME), ("policy", NAME), ("unit", NAME), ("city", NAME), ("ground", NAME)),
        *(("reason", sa.Text()), ("document", sa.Text()), ("team", sa.Text()), ("due_on", DAY)),
    ),
    "findings": (
        ("finding",),
        *(("finding", NAME), ("occasion", NAME), ("unit", NAME), ("city", NAME), ("policy", NAME)),
        *(("stratum", NAME, ""), ("criterion", NAME, ""), ("area", NAME, ""), ("severity", NAME), ("source", NAME, "")),
        *(("description", sa.Text()), ("found_by", sa.Text()), ("found_on", DAY), ("responsible", sa.Text(), "")),
        *(("state", WORD), ("deadline", DAY), ("deadline_since", DAY, ""), ("due_on", DAY, ""), ("due_since", DAY, "")),
        *(("rechecks", sa.Integer(), "0"), ("rechecker", sa.Text(), "")),
        *(("closed_on", DAY, ""), ("document", sa.Text(), "")),
    ),
    "exit_cases": (
        ("exit_case",),
        *(("exit_case", NAME), ("unit", NAME), ("city", NAME), ("policy", NAME), ("trigger_name", NAME)),
        *(("occasion", NAME, ""), ("finding", NAME, ""), ("state", WORD), ("opened_on", DAY), ("due_on", DAY, "")),
        *(("defence_until", DAY, ""), ("objections_until", DAY, ""), ("ending", WORD, ""), ("document", sa.Text(), "")),
    ),
}
"""By roster its keys, then its columns: name, type, and the default if there is one; `None` where it may be unsaid."""
INDICES = {"outcomes": ("unit",), "findings": ("unit", "occasion"), "exit_cases": ("unit",), "evidence": ("subject",)}


def upgrade() -> None:
    op.create_index("ix_acts_at", "acts", ["at"])
    op.create_table(
        "unit_acts",
        sa.Column("unit", NAME, nullable=False),
        sa.Column("act", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["act"], ["acts.number"], name=op.f("fk_unit_acts_act_acts")),
        sa.PrimaryKeyConstraint("unit", "act", name=op.f("pk_unit_acts")),
    )
    for name, (keys, *columns) in ROSTERS.items():
        _create_roster(name, keys, columns)
    _create_signatures()
    _create_evidence()
    for table, columns in INDICES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    for table in DUE:
        op.create_index(f"ix_{table}_due_on", table, ["due_on"], sqlite_where=OPEN, postgresql_where=OPEN)
    _refuse_changes()


def _create_roster(name: str, keys: tuple[str, ...], columns: list[tuple[object, ...]]) -> None:
    op.create_table(
        name,
        *(_column(*column) for column in columns),  # type: ignore[arg-type]
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f(f"fk_{name}_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f(f"fk_{name}_superseded_in_acts")),
        sa.PrimaryKeyConstraint(*keys, "recorded_in", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"uq_{name}_current", name, list(keys), unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)


def _column(name: str, kind: sa.types.TypeEngine[object], *default: str | None) -> sa.Column[object]:
    if default == (None,):
        return sa.Column(name, kind, nullable=True)
    return sa.Column(name, kind, nullable=False, server_default=default[0] if default else None)


def _create_signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("outcome", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", NAME, nullable=False),
        sa.Column("signer", NAME, nullable=False),
        sa.Column("occasion", NAME, nullable=False),
        sa.Column("stance", WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scan", DIGEST, nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outcome"], ["acts.number"], name=op.f("fk_signatures_outcome_acts")),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_signatures_recorded_in_acts")),
        sa.PrimaryKeyConstraint("outcome", "unit", "signer", name=op.f("pk_signatures")),
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("subject", sa.String(140), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_evidence_recorded_in_acts")),
        sa.PrimaryKeyConstraint("digest", "subject", name=op.f("pk_evidence")),
    )


def _refuse_changes() -> None:
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            for change in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER refuse_{change}_{table} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER refuse_change_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    for table in DUE:
        op.drop_index(f"ix_{table}_due_on", table_name=table, sqlite_where=OPEN, postgresql_where=OPEN)
    for table, columns in INDICES.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table_name=table)
    op.drop_table("evidence")
    op.drop_table("signatures")
    for name in reversed(ROSTERS):
        op.drop_index(f"uq_{name}_current", table_name=name, sqlite_where=CURRENT, postgresql_where=CURRENT)
        op.drop_table(name)
    op.drop_table("unit_acts")  # its triggers go with it
    op.drop_index("ix_acts_at", table_name="acts")
