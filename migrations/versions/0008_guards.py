"""guards: no row of an append-only table is replaced on SQLite; a witness is known by its key, not by its name"""

from base64 import b64decode

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEYS = {
    "acts": ("number",),
    "entries": ("place",),
    "tree_hashes": ("level", "place"),
    "checkpoints": ("size",),
    "cosignatures": ("size", "name", "key_id"),
    "happenings": ("draw", "round", "number"),
    "unit_days": ("draw", "round", "number"),
    "unit_acts": ("unit", "act"),
    "signatures": ("outcome", "unit", "signer"),
    "evidence": ("digest", "subject"),
}
"""The append-only tables with what makes a row the same."""
NAMED, KEYED = ("size", "name"), KEYS["cosignatures"]


def upgrade() -> None:
    _rebuild_cosignatures(KEYED)
    if op.get_bind().dialect.name == "sqlite":
        for table, keys in KEYS.items():
            _refuse_replacing(table, keys)


def _refuse_replacing(table: str, keys: tuple[str, ...]) -> None:
    """`INSERT OR REPLACE` deletes the row that is there, and no trigger on deletions is asked. A row is there too where
    somebody names its rowid."""
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    op.execute(
        f"CREATE TRIGGER refuse_replace_{table} BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) OR EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _rebuild_cosignatures(keys: tuple[str, ...]) -> None:
    """The table under another key: made anew, since SQLite changes no key, with its rows and its guards."""
    db = op.get_bind()
    rows = [dict(row) for row in db.execute(sa.text("SELECT size, name, line, seen_at FROM cosignatures")).mappings()]
    op.drop_table("cosignatures")
    by_key = [sa.Column("key_id", sa.String(8), nullable=False)] if "key_id" in keys else []
    made = op.create_table(
        "cosignatures",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        *by_key,
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["size"], ["checkpoints.size"], name=op.f("fk_cosignatures_size_checkpoints")),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_cosignatures")),
    )
    kept: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:
        found = row | ({"key_id": _key_id(row["line"])} if by_key else {})
        kept.setdefault(tuple(found[key] for key in keys), found)
    if kept:
        op.bulk_insert(made, list(kept.values()))
    _refuse_changes("cosignatures")


def _key_id(line: str) -> str:
    """Whose key made a signature line: the first four bytes of what it encodes (C2SP signed-note)."""
    return b64decode(line.rpartition(" ")[2])[:4].hex()


def _refuse_changes(table: str) -> None:
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
    if op.get_bind().dialect.name == "sqlite":
        for table in KEYS:
            op.execute(f"DROP TRIGGER refuse_replace_{table}")
    _rebuild_cosignatures(NAMED)
