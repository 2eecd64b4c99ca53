"""The first schema, and the triggers that keep observations, rejects and corrections append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("observations", "rejects", "corrections")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_key", sa.Text(), nullable=False),
        sa.Column("right_key", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_us", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('same', 'not_same', 'withdrawn')", name=op.f("ck_corrections_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "generations",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "version",
            sa.Text(),
            nullable=False,
            comment="document schema and analyser the index was built with",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "cursor",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="last observation projected",
        ),
        sa.Column("started_us", sa.BigInteger(), nullable=False),
        sa.Column("activated_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('building', 'active', 'retired')", name=op.f("ck_generations_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column(
            "not_before_us",
            sa.BigInteger(),
            nullable=False,
            comment="nothing may be sent before: Retry-After, back-off",
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "marketplaces",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("needs_keywords", sa.Boolean(), nullable=False),
        sa.Column("is_configured", sa.Boolean(), nullable=False, comment="credentials and base URL are set"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_marketplaces")),
    )
    op.create_table(
        "offers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("marketplace", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("sku_id", sa.Text(), nullable=False),
        sa.Column("first_seen_us", sa.BigInteger(), nullable=False),
        sa.Column(
            "current_id",
            sa.BigInteger(),
            nullable=True,
            comment="newest accepted observation; null while all are quarantined",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("marketplace", "item_id", "sku_id", name=op.f("uq_offers_marketplace")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runs",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("marketplace", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column("schedule_id", sa.BigInteger(), nullable=True),
        sa.Column("slot_us", sa.BigInteger(), nullable=True),
        sa.Column("missed_slots", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("requested_us", sa.BigInteger(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=True),
        sa.Column("finished_us", sa.BigInteger(), nullable=True),
        sa.Column("cancel_requested_us", sa.BigInteger(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lease_until_us", sa.BigInteger(), nullable=True),
        sa.Column("stalled_claims", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settled_at_claim", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state IN ('queued','running','succeeded','partial','failed','cancelled','skipped')",
            name=op.f("ck_runs_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("schedule_id", "slot_us", name=op.f("uq_runs_schedule_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_state", "runs", ["state", "id"], unique=False)
    op.create_index(
        "ux_runs_running_marketplace",
        "runs",
        ["marketplace"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "schedules",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("marketplace", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("anchor_us", sa.BigInteger(), nullable=False, comment="slot zero of an interval"),
        sa.Column("next_us", sa.BigInteger(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.Column("deleted_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('cron', 'interval')", name=op.f("ck_schedules_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_schedules_next", "schedules", ["next_us"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("generation_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "observation_id", sa.BigInteger(), nullable=False, comment="the offer's state that was judged"
        ),
        sa.Column("product_number", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column(
            "evidence", sa.Text(), nullable=False, comment="JSON: rule, compared facts, score, runner-up"
        ),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["generations.id"], name=op.f("fk_assignments_generation_id")
        ),
        sa.PrimaryKeyConstraint("generation_id", "offer_id", name=op.f("pk_assignments")),
    )
    op.create_index(
        "ix_assignments_product", "assignments", ["generation_id", "product_number"], unique=False
    )
    op.create_table(
        "observations",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="provenance: run, request, body hash"),
        sa.Column("observed_us", sa.BigInteger(), nullable=False),
        sa.Column("recorded_us", sa.BigInteger(), nullable=False),
        sa.Column(
            "epoch",
            sa.BigInteger(),
            nullable=False,
            comment="run and fencing token: decides between equal times",
        ),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "reason", sa.Text(), nullable=True, comment="why quarantined, or why accepted in spite of a doubt"
        ),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("list_price_minor", sa.BigInteger(), nullable=True),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=True, comment="null: not stated"),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the offer, catalog.codec JSON"),
        sa.CheckConstraint("state IN ('accepted', 'quarantined')", name=op.f("ck_observations_state")),
        sa.CheckConstraint("price_minor > 0", name=op.f("ck_observations_price")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_observations_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint(
            "offer_id", "observed_us", "epoch", "content_hash", name=op.f("uq_observations_offer_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_observations_offer_observed", "observations", ["offer_id", "observed_us"], unique=False
    )
    op.create_table(
        "pages",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False, comment="JSON: what to ask for; never a secret"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before_us", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("leased_fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("settled_us", sa.BigInteger(), nullable=True),
        sa.Column("fetched_us", sa.BigInteger(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("body_bytes", sa.Integer(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("offers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quarantined", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "defects",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="optional fields that could not be read",
        ),
        sa.CheckConstraint(
            "state IN ('queued','leased','done','failed','skipped')", name=op.f("ck_pages_state")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_pages_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("run_id", "fingerprint", name=op.f("uq_pages_run_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pages_run_state", "pages", ["run_id", "state", "not_before_us"], unique=False)
    op.create_table(
        "rejects",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="item: no offer came of it; field: only this part is unknown",
        ),
        sa.Column(
            "item",
            sa.Text(),
            nullable=False,
            comment="the item's id where it had one, else its place on the page",
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False, comment="the item as it came, cut to 4,000 characters"),
        sa.Column("recorded_us", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('item', 'field')", name=op.f("ck_rejects_kind")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_rejects_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejects")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rejects_page", "rejects", ["page_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("observation_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "last_us",
            sa.BigInteger(),
            nullable=False,
            comment="last time the very same content was seen, without a gap",
        ),
        sa.Column("last_epoch", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observations.id"], name=op.f("fk_sightings_observation_id")
        ),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_sightings")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
    else:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    op.drop_table("sightings")
    op.drop_index("ix_rejects_page", table_name="rejects")
    op.drop_table("rejects")
    op.drop_index("ix_pages_run_state", table_name="pages")
    op.drop_table("pages")
    op.drop_index("ix_observations_offer_observed", table_name="observations")
    op.drop_table("observations")
    op.drop_index("ix_assignments_product", table_name="assignments")
    op.drop_table("assignments")
    op.drop_index("ix_schedules_next", table_name="schedules")
    op.drop_table("schedules")
    op.drop_index(
        "ux_runs_running_marketplace",
        table_name="runs",
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.drop_index("ix_runs_state", table_name="runs")
    op.drop_table("runs")
    op.drop_table("offers")
    op.drop_table("marketplaces")
    op.drop_table("leases")
    op.drop_table("hosts")
    op.drop_table("generations")
    op.drop_table("corrections")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change()")
