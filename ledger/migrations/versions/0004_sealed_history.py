"""Sealed history, and the landed price beside what was seen.

Rows of before have no landed price: readers take price and shipping. No row is rewritten on either database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "observations",
        sa.Column(
            "landed_minor",
            sa.BigInteger(),
            nullable=True,
            comment="headline when it was recorded; null: cannot be bought, or recorded before this column was",
        ),
    )
    op.create_table(
        "history_chunks",
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "through_s",
            sa.BigInteger(),
            nullable=False,
            comment="when its last point began, seconds; up to here an offer's chunks hold every accepted observation",
        ),
        sa.Column("until_s", sa.BigInteger(), nullable=False, comment="when its last point was last seen, seconds"),
        sa.Column("points", sa.LargeBinary(), nullable=False, comment="ledger.history_chunks"),
        sa.PrimaryKeyConstraint("offer_id", "through_s", name=op.f("pk_history_chunks")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """History is read from observations again; landed prices are gone."""
    op.drop_table("history_chunks")
    op.drop_column("observations", "landed_minor")
