"""explanations: of which number ordered and of which units listed; former names: in which county the unit is now"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

EXPLANATIONS, FORMER_NAMES = "explanations", "former_names"


def upgrade() -> None:
    op.add_column(EXPLANATIONS, sa.Column("ordered", sa.Integer(), nullable=True))
    op.add_column(EXPLANATIONS, sa.Column("list_digest", sa.String(length=64), nullable=False, server_default=""))
    op.add_column(FORMER_NAMES, sa.Column("new_county", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column(FORMER_NAMES, "new_county")
    op.drop_column(EXPLANATIONS, "list_digest")
    op.drop_column(EXPLANATIONS, "ordered")
