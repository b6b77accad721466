"""sealed draws: the revealed secret, what happens to single units, and its daily batches; nothing of it changes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("happenings", "unit_days")
IDENTIFIER = sa.String(length=64)
DIGEST = sa.String(length=64)
MOMENT = sa.String(length=20)


def upgrade() -> None:
    op.add_column("commitments", sa.Column("secret", DIGEST, server_default="", nullable=False))
    op.create_table(
        "happenings",
        sa.Column("draw", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("leaf", DIGEST, nullable=False),
        sa.Column("locked", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draw"], ["draws.draw"], name=op.f("fk_happenings_draw_draws")),
        sa.PrimaryKeyConstraint("draw", "round", "number", name=op.f("pk_happenings")),
    )
    op.create_table(
        "unit_days",
        sa.Column("draw", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draw"], ["draws.draw"], name=op.f("fk_unit_days_draw_draws")),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_unit_days_recorded_in_acts")),
        sa.PrimaryKeyConstraint("draw", "round", "number", name=op.f("pk_unit_days")),
    )
    _refuse_changes()


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
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)  # its triggers go with it
    op.drop_column("commitments", "secret")
