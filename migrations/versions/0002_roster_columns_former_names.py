"""all columns of the rosters; former names"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = {
    "units": (
        *("former_name", "assessed_on", "assessed_score", "assessors", "coach"),
        *("naming_document", "named_on", "valid_until", "city_score", "city_result"),
        *("contact", "phone", "remarks"),
    ),
    "people": ("post", "rank", "speciality", "available_from", "available_to", "avoids", "mobile"),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), server_default="", nullable=False))
    op.create_table(
        "former_names",
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=80), nullable=False),
        sa.Column("old", sa.String(length=200), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("changed_on", sa.String(length=10), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_in", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_in"], ["acts.number"], name=op.f("fk_former_names_recorded_in_acts")),
        sa.ForeignKeyConstraint(["superseded_in"], ["acts.number"], name=op.f("fk_former_names_superseded_in_acts")),
        sa.PrimaryKeyConstraint("city", "county", "old", "recorded_in", name=op.f("pk_former_names")),
    )
    with op.batch_alter_table("former_names", schema=None) as batch_op:
        batch_op.create_index(
            "uq_former_names_current",
            ["city", "county", "old"],
            unique=True,
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("former_names", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_former_names_current",
            sqlite_where=sa.text("superseded_in IS NULL"),
            postgresql_where=sa.text("superseded_in IS NULL"),
        )
    op.drop_table("former_names")
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            op.drop_column(table, column)
