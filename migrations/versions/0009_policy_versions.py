"""policy versions: which file each version of a policy is, and which a check, a finding or an exit case goes by"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE, KEYS = "policy_versions", ("policy", "version")
BOUND = ("checks", "findings", "exit_cases")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("policy", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["files.digest"], name=op.f("fk_policy_versions_digest_files")),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_policy_versions_recorded_in_acts")),
        sa.PrimaryKeyConstraint(*KEYS, name=op.f("pk_policy_versions")),
    )
    for table in BOUND:
        op.add_column(table, sa.Column("programme", sa.String(length=64), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        _refuse_changes_on_sqlite()
    else:
        op.execute(
            f"CREATE TRIGGER refuse_change_{TABLE} BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _refuse_changes_on_sqlite() -> None:
    refused = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    for change in ("update", "delete"):
        op.execute(f"CREATE TRIGGER refuse_{change}_{TABLE} BEFORE {change.upper()} ON {TABLE} {refused}")
    same = " AND ".join(f"{key} = NEW.{key}" for key in KEYS)
    op.execute(
        f"CREATE TRIGGER refuse_replace_{TABLE} BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {same}) OR EXISTS (SELECT 1 FROM {TABLE} WHERE rowid = NEW.rowid) "
        f"{refused}"
    )


def downgrade() -> None:
    for table in reversed(BOUND):
        op.drop_column(table, "programme")
    op.drop_table(TABLE)
