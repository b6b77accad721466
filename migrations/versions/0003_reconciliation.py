"""explained differences and confirmations of the cities' lists"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEYS = {"explanations": ("city", "target"), "confirmations": ("city",)}


def explanations():
    return (
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )


def confirmations():
    return (
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("confirmed_on", sa.String(length=10), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
    )


def upgrade() -> None:
    for table, columns in (("explanations", explanations()), ("confirmations", confirmations())):
        op.create_table(
            table,
            *columns,
            sa.Column("recorded_in", sa.Integer(), nullable=False),
            sa.Column("superseded_in", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f(f"fk_{table}_recorded_in_acts")),
            sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f(f"fk_{table}_superseded_in_acts")),
            sa.PrimaryKeyConstraint(*KEYS[table], "recorded_in", name=op.f(f"pk_{table}")),
        )
        op.create_index(
            f"uq_{table}_current",
            table,
            list(KEYS[table]),
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )


def downgrade() -> None:
    for table in reversed(KEYS):
        op.drop_index(f"uq_{table}_current", table_name=table)
        op.drop_table(table)
