"""accounts, tokens, what waits for a second person; the role in which somebody acted"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.String(length=20)
NAME = sa.String(length=64)
CURRENT = sa.text("superseded_in IS NULL")


def upgrade() -> None:
    op.add_column("acts", sa.Column("role", sa.String(length=20), server_default="", nullable=False))
    op.create_table(
        "accounts",
        sa.Column("account", NAME, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("city", NAME, nullable=False),
        sa.Column("inspector", NAME, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_accounts_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_accounts_superseded_in_acts")),
        sa.PrimaryKeyConstraint("account", "recorded_in", name=op.f("pk_accounts")),
    )
    op.create_index(
        "uq_accounts_current",
        "accounts",
        ["account"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
    op.create_table(
        "passwords",
        sa.Column("account", NAME, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_passwords")),
    )
    op.create_table(
        "tokens",
        sa.Column("token", sa.String(length=20), nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("digest", NAME, nullable=False),
        sa.Column("session", sa.Boolean(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_tokens")),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
    op.create_table(
        "requests",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("ended_in", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["ended_in"], ["acts.number"], name=op.f("fk_requests_ended_in_acts")),
        sa.ForeignKeyConstraint(["number"], ["acts.number"], name=op.f("fk_requests_number_acts")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_requests")),
    )
    op.create_table(
        "answered",
        sa.Column("account", NAME, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request", NAME, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name=op.f("pk_answered")),
    )
    op.create_table(
        "attempts",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("window", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "window", name=op.f("pk_attempts")),
    )
    op.create_table(
        "refusals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", NAME, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_refusals")),
    )


def downgrade() -> None:
    for table in ("refusals", "attempts", "answered", "requests"):
        op.drop_table(table)
    op.drop_index("ix_tokens_account", table_name="tokens")
    for table in ("tokens", "passwords"):
        op.drop_table(table)
    op.drop_index("uq_accounts_current", table_name="accounts", sqlite_where=CURRENT, postgresql_where=CURRENT)
    op.drop_table("accounts")
    op.drop_column("acts", "role")
