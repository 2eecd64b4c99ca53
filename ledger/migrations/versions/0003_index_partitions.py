"""Generations in partitions that several followers share, each with a cursor of its own; and dead letters.

A generation of before is one partition. Going back, only generations of one partition can be kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

def _assignments(*more: sa.Column[int]) -> None:
    op.create_table(
        "assignments",
        sa.Column("generation_id", sa.BigInteger(), nullable=False),
        *more,
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("observation_id", sa.BigInteger(), nullable=False, comment="the offer's state that was judged"),
        sa.Column("product_number", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False, comment="JSON: rule, compared facts, score, runner-up"),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=op.f("fk_assignments_generation_id")),
        sa.PrimaryKeyConstraint(
            "generation_id", *(column.name for column in more), "offer_id", name=op.f("pk_assignments")
        ),
    )
    op.create_index("ix_assignments_product", "assignments", ["generation_id", "product_number"])


def _set_aside() -> None:
    """The old table under another name; its key and index give their names up."""
    op.drop_index("ix_assignments_product", table_name="assignments")
    op.rename_table("assignments", "assignments_before")
    if op.get_bind().dialect.name != "sqlite":
        for kind in ("pk_assignments", "fk_assignments_generation_id"):
            op.execute(f"ALTER TABLE assignments_before RENAME CONSTRAINT {kind} TO {kind}_before")


def upgrade() -> None:
    op.create_table(
        "positions",
        sa.Column("generation_id", sa.BigInteger(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False, comment="last observation projected"),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=op.f("fk_positions_generation_id")),
        sa.PrimaryKeyConstraint("generation_id", "partition", name=op.f("pk_positions")),
    )
    op.create_table(
        "dead_letters",
        sa.Column("generation_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="what the engine said"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_asked_again", sa.Boolean(), nullable=False, comment="a person wants it tried again"),
        sa.Column("recorded_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=op.f("fk_dead_letters_generation_id")),
        sa.PrimaryKeyConstraint("generation_id", "product_id", name=op.f("pk_dead_letters")),
    )
    op.execute('INSERT INTO positions (generation_id, partition, "cursor") SELECT id, 0, "cursor" FROM generations')
    _set_aside()
    _assignments(sa.Column("partition", sa.Integer(), nullable=False))
    op.execute(
        "INSERT INTO assignments SELECT generation_id, 0, offer_id, observation_id, product_number, product_id, evidence "
        "FROM assignments_before"
    )
    op.drop_table("assignments_before")
    op.drop_column("generations", "cursor")
    op.add_column(
        "generations",
        sa.Column(
            "partitions", sa.Integer(), nullable=False, server_default="1", comment="parts that followers own by lease"
        ),
    )


def downgrade() -> None:
    op.execute("DELETE FROM dead_letters")
    for table in ("assignments", "positions"):
        op.execute(f"DELETE FROM {table} WHERE generation_id IN (SELECT id FROM generations WHERE partitions > 1)")
    op.execute("DELETE FROM generations WHERE partitions > 1")
    _set_aside()
    _assignments()
    op.execute(
        "INSERT INTO assignments SELECT generation_id, offer_id, observation_id, product_number, product_id, evidence "
        "FROM assignments_before"
    )
    op.drop_table("assignments_before")
    op.add_column(
        "generations",
        sa.Column("cursor", sa.BigInteger(), nullable=False, server_default="0", comment="last observation projected"),
    )
    op.drop_column("generations", "partitions")
    op.execute(
        'UPDATE generations SET "cursor" = '
        '(SELECT min(p."cursor") FROM positions p WHERE p.generation_id = generations.id)'
    )
    op.drop_table("dead_letters")
    op.drop_table("positions")
