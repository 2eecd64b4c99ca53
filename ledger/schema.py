"""The tables. One row per fact; times are microseconds UTC (``*_us``), money is minor units (``*_minor``).

What survives: everything down to `corrections`. What can be deleted and rebuilt: `history_chunks`, and `generations`,
`positions`, `assignments`, `dead_letters` (the projections' own notes). Changes to this file come with a migration; a test compares the two.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    },
)

# SQLite only numbers rows by itself in a column declared INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")

marketplaces: Final = Table(
    "marketplaces",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("needs_keywords", Boolean, nullable=False),
    Column("is_configured", Boolean, nullable=False, comment="credentials and base URL are set"),
)

offers: Final = Table(
    "offers",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("marketplace", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("sku_id", Text, nullable=False),
    Column("first_seen_us", BigInteger, nullable=False),
    Column("current_id", BigInteger, comment="newest accepted observation; null while all are quarantined"),
    UniqueConstraint("marketplace", "item_id", "sku_id"),
    sqlite_autoincrement=True,
)

observations: Final = Table(
    "observations",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("offer_id", BigInteger, ForeignKey("offers.id"), nullable=False),
    Column("page_id", BigInteger, nullable=False, comment="provenance: run, request, body hash"),
    Column("observed_us", BigInteger, nullable=False),
    Column("recorded_us", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False, comment="run and fencing token: decides between equal times"),
    Column("content_hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, comment="why quarantined, or why accepted in spite of a doubt"),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("list_price_minor", BigInteger),
    Column("shipping_minor", BigInteger, comment="null: not stated"),
    Column("stock", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the offer, catalog.codec JSON"),
    Column(
        "landed_minor",
        BigInteger,
        comment="headline when it was recorded; null: cannot be bought, or recorded before this column was",
    ),
    CheckConstraint("state IN ('accepted', 'quarantined')", name="state"),
    CheckConstraint("price_minor > 0", name="price"),
    UniqueConstraint("offer_id", "observed_us", "epoch", "content_hash"),
    sqlite_autoincrement=True,
)
Index("ix_observations_offer_observed", observations.c.offer_id, observations.c.observed_us)

sightings: Final = Table(
    "sightings",
    metadata,
    Column(
        "observation_id", BigInteger, ForeignKey("observations.id"), primary_key=True
    ),  # NOT_ON_POSTGRESQL
    Column(
        "last_us",
        BigInteger,
        nullable=False,
        comment="last time the very same content was seen, without a gap",
    ),
    Column("last_epoch", BigInteger, nullable=False),
)

runs: Final = Table(
    "runs",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("marketplace", Text, nullable=False),
    Column("keywords", Text, nullable=False, comment="JSON list"),
    Column("schedule_id", BigInteger),
    Column("slot_us", BigInteger),
    Column("missed_slots", Integer, nullable=False, server_default="0"),
    Column("is_late", Boolean, nullable=False, server_default=text("false")),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("requested_us", BigInteger, nullable=False),
    Column("started_us", BigInteger),
    Column("finished_us", BigInteger),
    Column("cancel_requested_us", BigInteger),
    Column("worker", Text),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    Column("lease_until_us", BigInteger),
    Column("stalled_claims", Integer, nullable=False, server_default="0"),
    Column("settled_at_claim", Integer, nullable=False, server_default="0"),
    CheckConstraint(
        "state IN ('queued','running','succeeded','partial','failed','cancelled','skipped')", name="state"
    ),
    UniqueConstraint("schedule_id", "slot_us"),
    sqlite_autoincrement=True,
)
# A marketplace's host belongs to one run at a time, so politeness kept by that run's process is exact.
Index(
    "ux_runs_running_marketplace",
    runs.c.marketplace,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)
Index("ix_runs_state", runs.c.state, runs.c.id)

pages: Final = Table(
    "pages",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("run_id", BigInteger, ForeignKey("runs.id"), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("request", Text, nullable=False, comment="JSON: what to ask for; never a secret"),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before_us", BigInteger, nullable=False, server_default="0"),
    Column("leased_fence", BigInteger, nullable=False, server_default="0"),
    Column("settled_us", BigInteger),
    Column("fetched_us", BigInteger),
    Column("http_status", Integer),
    Column("body_bytes", Integer),
    Column("body_hash", Text),
    Column("offers", Integer, nullable=False, server_default="0"),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("quarantined", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column(
        "defects",
        Integer,
        nullable=False,
        server_default="0",
        comment="optional fields that could not be read",
    ),
    CheckConstraint("state IN ('queued','leased','done','failed','skipped')", name="state"),
    UniqueConstraint("run_id", "fingerprint"),
    sqlite_autoincrement=True,
)
Index("ix_pages_run_state", pages.c.run_id, pages.c.state, pages.c.not_before_us)

rejects: Final = Table(
    "rejects",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("page_id", BigInteger, ForeignKey("pages.id"), nullable=False),
    Column(
        "kind", Text, nullable=False, comment="item: no offer came of it; field: only this part is unknown"
    ),
    Column(
        "item", Text, nullable=False, comment="the item's id where it had one, else its place on the page"
    ),
    Column("reason", Text, nullable=False),
    Column("raw", Text, nullable=False, comment="the item as it came, cut to 4,000 characters"),
    Column("recorded_us", BigInteger, nullable=False),
    CheckConstraint("kind IN ('item', 'field')", name="kind"),
    sqlite_autoincrement=True,
)
Index("ix_rejects_page", rejects.c.page_id)

schedules: Final = Table(
    "schedules",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("marketplace", Text, nullable=False),
    Column("keywords", Text, nullable=False, comment="JSON list"),
    Column("kind", Text, nullable=False),
    Column("expression", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("anchor_us", BigInteger, nullable=False, comment="slot zero of an interval"),
    Column("next_us", BigInteger, nullable=False),
    Column("is_paused", Boolean, nullable=False, server_default=text("false")),
    Column("created_us", BigInteger, nullable=False),
    Column("updated_us", BigInteger, nullable=False),
    Column("deleted_us", BigInteger),
    CheckConstraint("kind IN ('cron', 'interval')", name="kind"),
    sqlite_autoincrement=True,
)
Index("ix_schedules_next", schedules.c.next_us)

hosts: Final = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column(
        "not_before_us",
        BigInteger,
        nullable=False,
        comment="nothing may be sent before: Retry-After, back-off",
    ),
    Column("reason", Text, nullable=False),
)

leases: Final = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
)

corrections: Final = Table(
    "corrections",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("left_key", Text, nullable=False),
    Column("right_key", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("recorded_us", BigInteger, nullable=False),
    Column(
        "after_number",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="the newest observation when it was said: its place in the feed",
    ),
    CheckConstraint("kind IN ('same', 'not_same', 'withdrawn')", name="kind"),
    sqlite_autoincrement=True,
)
Index("ix_corrections_left", corrections.c.left_key)
Index("ix_corrections_right", corrections.c.right_key)

history_chunks: Final = Table(
    "history_chunks",
    metadata,
    Column("offer_id", BigInteger, primary_key=True),
    Column(
        "through_s",
        BigInteger,
        primary_key=True,
        comment="when its last point began, seconds; up to here an offer's chunks hold every accepted observation",
    ),
    Column("until_s", BigInteger, nullable=False, comment="when its last point was last seen, seconds"),
    Column("points", LargeBinary, nullable=False, comment="ledger.history_chunks"),
    sqlite_with_rowid=False,
)

generations: Final = Table(
    "generations",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("version", Text, nullable=False, comment="document schema and analyser the index was built with"),
    Column("state", Text, nullable=False),
    Column(
        "partitions", Integer, nullable=False, server_default="1", comment="parts that followers own by lease"
    ),
    Column("started_us", BigInteger, nullable=False),
    Column("activated_us", BigInteger),
    CheckConstraint("state IN ('building', 'active', 'retired')", name="state"),
    sqlite_autoincrement=True,
)

positions: Final = Table(
    "positions",
    metadata,
    Column("generation_id", BigInteger, ForeignKey("generations.id"), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("cursor", BigInteger, nullable=False, comment="last observation projected"),
    Column("word", BigInteger, nullable=False, server_default="0", comment="last correction taken in"),
)

assignments: Final = Table(
    "assignments",
    metadata,
    Column("generation_id", BigInteger, ForeignKey("generations.id"), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("offer_id", BigInteger, primary_key=True),
    Column("observation_id", BigInteger, nullable=False, comment="the offer's state that was judged"),
    Column("product_number", BigInteger, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("evidence", Text, nullable=False, comment="JSON: rule, compared facts, score, runner-up"),
    Column(
        "shown_id",
        Text,
        comment="the product it is shown in because of what people said; null: its own",
    ),
)
Index("ix_assignments_product", assignments.c.generation_id, assignments.c.product_number)
Index(
    "ix_assignments_shown",
    assignments.c.generation_id,
    assignments.c.product_id,
    sqlite_where=text("shown_id IS NOT NULL"),
    postgresql_where=text("shown_id IS NOT NULL"),
)

dead_letters: Final = Table(
    "dead_letters",
    metadata,
    Column("generation_id", BigInteger, ForeignKey("generations.id"), primary_key=True),
    Column("product_id", Text, primary_key=True),
    Column("partition", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("reason", Text, nullable=False, comment="what the engine said"),
    Column("attempts", Integer, nullable=False),
    Column("is_asked_again", Boolean, nullable=False, comment="a person wants it tried again"),
    Column("recorded_us", BigInteger, nullable=False),
)

APPEND_ONLY: Final = ("observations", "rejects", "corrections")
"""Tables whose rows never change: triggers made by the first migration refuse UPDATE and DELETE."""

NOT_ON_POSTGRESQL: Final = frozenset({"fk_sightings_observation_id"})
"""Keys that only SQLite has. On PostgreSQL `observations` is partitioned by time, and its primary key (id, observed_us):
nothing can refer to the number alone (migration 0002)."""
