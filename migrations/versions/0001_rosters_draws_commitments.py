"""rosters, draws, commitments"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_acts")),
    )
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.create_index("ix_acts_subject", ["subject"], unique=False)

    op.create_table(
        "counters",
        sa.Column("counter", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_counters")),
    )
    op.create_table(
        "files",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_files")),
    )
    op.create_table(
        "campaigns",
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("policy", sa.String(length=64), nullable=False),
        sa.Column("opened_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opened_in"], ["acts.number"], name=op.f("fk_campaigns_opened_in_acts")),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "people",
        sa.Column("inspector", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("may_lead", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_people_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_people_superseded_in_acts")),
        sa.PrimaryKeyConstraint("inspector", "recorded_in", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            "uq_people_current",
            ["inspector"],
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.create_table(
        "recusals",
        sa.Column("inspector", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_recusals_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_recusals_superseded_in_acts")),
        sa.PrimaryKeyConstraint("inspector", "unit", "recorded_in", name=op.f("pk_recusals")),
    )
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.create_index(
            "uq_recusals_current",
            ["inspector", "unit"],
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.create_table(
        "targets",
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("naming", sa.Integer(), nullable=False),
        sa.Column("livelihood", sa.Integer(), nullable=False),
        sa.Column("re_evaluation", sa.Integer(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_targets_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_targets_superseded_in_acts")),
        sa.PrimaryKeyConstraint("city", "recorded_in", name=op.f("pk_targets")),
    )
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.create_index(
            "uq_targets_current",
            ["city"],
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.create_table(
        "units",
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("target_year", sa.String(length=4), nullable=False),
        sa.Column("livelihood", sa.Boolean(), nullable=True),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_units_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_units_superseded_in_acts")),
        sa.PrimaryKeyConstraint("unit", "recorded_in", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(
            "uq_units_current",
            ["unit"],
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.create_table(
        "draws",
        sa.Column("draw", sa.String(length=64), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("frozen_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.campaign"], name=op.f("fk_draws_campaign_campaigns")),
        sa.ForeignKeyConstraint(["frozen_in"], ["acts.number"], name=op.f("fk_draws_frozen_in_acts")),
        sa.ForeignKeyConstraint(["programme"], ["files.digest"], name=op.f("fk_draws_programme_files")),
        sa.PrimaryKeyConstraint("draw", name=op.f("pk_draws")),
        sa.UniqueConstraint("campaign", "ordinal", name=op.f("uq_draws_campaign_ordinal")),
    )
    op.create_table(
        "commitments",
        sa.Column("draw", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("c", sa.String(length=64), nullable=False),
        sa.Column("locked_secret", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("feasible", sa.Boolean(), nullable=True),
        sa.Column("committed_in", sa.Integer(), nullable=False),
        sa.Column("run_in", sa.Integer(), nullable=True),
        sa.Column("withdrawn_in", sa.Integer(), nullable=True),
        sa.Column("revealed_in", sa.Integer(), nullable=True),
        sa.Column("set_aside_in", sa.Integer(), nullable=True),
        sa.CheckConstraint("set_aside_in IS NULL OR run_in IS NOT NULL", name=op.f("ck_commitments_set_aside_is_run")),
        sa.CheckConstraint("withdrawn_in IS NULL OR run_in IS NULL", name=op.f("ck_commitments_withdrawn_is_not_run")),
        sa.ForeignKeyConstraint(["committed_in"], ["acts.number"], name=op.f("fk_commitments_committed_in_acts")),
        sa.ForeignKeyConstraint(["draw"], ["draws.draw"], name=op.f("fk_commitments_draw_draws")),
        sa.ForeignKeyConstraint(["revealed_in"], ["acts.number"], name=op.f("fk_commitments_revealed_in_acts")),
        sa.ForeignKeyConstraint(["run_in"], ["acts.number"], name=op.f("fk_commitments_run_in_acts")),
        sa.ForeignKeyConstraint(["set_aside_in"], ["acts.number"], name=op.f("fk_commitments_set_aside_in_acts")),
        sa.ForeignKeyConstraint(["withdrawn_in"], ["acts.number"], name=op.f("fk_commitments_withdrawn_in_acts")),
        sa.PrimaryKeyConstraint("draw", "round", name=op.f("pk_commitments")),
        sa.UniqueConstraint("c", name=op.f("uq_commitments_c")),
    )
    op.create_table(
        "draw_files",
        sa.Column("draw", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["files.digest"], name=op.f("fk_draw_files_digest_files")),
        sa.ForeignKeyConstraint(["draw"], ["draws.draw"], name=op.f("fk_draw_files_draw_draws")),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_draw_files_recorded_in_acts")),
        sa.PrimaryKeyConstraint("draw", "round", "name", name=op.f("pk_draw_files")),
    )
    op.create_table(
        "substitutions",
        sa.Column("draw", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("substitute", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draw"], ["draws.draw"], name=op.f("fk_substitutions_draw_draws")),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_substitutions_recorded_in_acts")),
        sa.PrimaryKeyConstraint("draw", "unit", name=op.f("pk_substitutions")),
    )


def downgrade() -> None:
    op.drop_table("substitutions")
    op.drop_table("draw_files")
    op.drop_table("commitments")
    op.drop_table("draws")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_units_current",
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.drop_table("units")
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_targets_current",
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.drop_table("targets")
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_recusals_current",
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.drop_table("recusals")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_people_current",
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )

    op.drop_table("people")
    op.drop_table("campaigns")
    op.drop_table("files")
    op.drop_table("counters")
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.drop_index("ix_acts_subject")

    op.drop_table("acts")
