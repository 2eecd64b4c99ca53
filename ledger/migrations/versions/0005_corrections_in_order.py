"""Words of people have a place among the observations, and followers note which they took in and where an offer is shown.

Words of before come first: indexes are built anew with them, as the matcher's version grew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "corrections",
        sa.Column(
            "after_number",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="the newest observation when it was said: its place in the feed",
        ),
    )
    op.create_index("ix_corrections_left", "corrections", ["left_key"])
    op.create_index("ix_corrections_right", "corrections", ["right_key"])
    op.add_column(
        "positions",
        sa.Column("word", sa.BigInteger(), nullable=False, server_default="0", comment="last correction taken in"),
    )
    op.add_column(
        "assignments",
        sa.Column(
            "shown_id",
            sa.Text(),
            nullable=True,
            comment="the product it is shown in because of what people said; null: its own",
        ),
    )
    op.create_index(
        "ix_assignments_shown",
        "assignments",
        ["generation_id", "product_id"],
        sqlite_where=sa.text("shown_id IS NOT NULL"),
        postgresql_where=sa.text("shown_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_assignments_shown", table_name="assignments")
    op.drop_column("assignments", "shown_id")
    op.drop_column("positions", "word")
    op.drop_index("ix_corrections_right", table_name="corrections")
    op.drop_index("ix_corrections_left", table_name="corrections")
    op.drop_column("corrections", "after_number")
