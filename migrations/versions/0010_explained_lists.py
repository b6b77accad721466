"""explanations: of which number ordered and of which units listed a difference was explained"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "explanations"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("ordered", sa.Integer(), nullable=True))
    op.add_column(TABLE, sa.Column("list_digest", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column(TABLE, "list_digest")
    op.drop_column(TABLE, "ordered")
