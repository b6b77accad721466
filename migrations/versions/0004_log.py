"""the log: an entry for every act, its tree, its checkpoints; nothing of it can be changed"""

import json
import secrets

import sqlalchemy as sa
from alembic import op

from audit_service.core.acts import Act
from audit_service.core.canonical import parse_time
from audit_service.core.entries import Recorded, write_entry

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("acts", "entries", "tree_hashes", "checkpoints", "cosignatures")
MOMENT = sa.String(length=20)
DIGEST = sa.String(length=64)


def upgrade() -> None:
    op.add_column("acts", sa.Column("salt", DIGEST, server_default="", nullable=False))
    entries = op.create_table(
        "entries",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["acts.number"], name=op.f("fk_entries_place_acts")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_entries")),
    )
    op.create_table(
        "tree_hashes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_tree_hashes")),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "cosignatures",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["size"], ["checkpoints.size"], name=op.f("fk_cosignatures_size_checkpoints")),
        sa.PrimaryKeyConstraint("size", "name", name=op.f("pk_cosignatures")),
    )
    _enter_earlier_acts(entries)
    _refuse_changes()


def _enter_earlier_acts(entries: sa.Table) -> None:
    """What was done before there was a log is entered as it is on record."""
    db = op.get_bind()
    rows = db.execute(sa.text('SELECT number, at, "by", action, subject, details, demo FROM acts ORDER BY number'))
    for row in rows.all():
        salt = secrets.token_hex(32)
        db.execute(sa.text("UPDATE acts SET salt = :salt WHERE number = :number"), {"salt": salt, "number": row.number})
        act = Act(parse_time(row.at, "acts"), row.by, bool(row.demo))
        details = json.loads(row.details)
        content = write_entry(Recorded(row.number, act, row.action, row.subject, details, salt))
        db.execute(sa.insert(entries).values(place=row.number, content=content))


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for change in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER refuse_{change}_{table} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER refuse_change_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    _let_change()
    for table in ("cosignatures", "checkpoints", "tree_hashes", "entries"):
        op.drop_table(table)
    op.drop_column("acts", "salt")


def _let_change() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for change in ("update", "delete"):
                op.execute(f"DROP TRIGGER refuse_{change}_{table}")
        return
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER refuse_change_{table} ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
