"""PostgreSQL: observations in partitions by time of sighting, so that a grown ledger can be kept in pieces.

The table of before becomes the default partition as it is: no row is copied, one index is built. Nothing has to be done
afterwards; how to make further partitions is in ledger/README.md. SQLite has no partitions, and nothing changes there.

PostgreSQL 13 or newer: row triggers of a partitioned table before the change.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, offer_id, page_id, observed_us, recorded_us, epoch, content_hash, state, reason, price_minor, currency, "
    "list_price_minor, shipping_minor, stock, body"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for statement in (
        # A unique key of a partitioned table holds the column it is partitioned by. The number alone is no key any more,
        # and nothing can refer to it; that it is unique is left to the sequence that gives it.
        "ALTER TABLE sightings DROP CONSTRAINT fk_sightings_observation_id",
        "DROP TRIGGER observations_append_only ON observations",
        "ALTER TABLE observations RENAME TO observations_default",
        "ALTER TABLE observations_default DROP CONSTRAINT pk_observations",
        "ALTER TABLE observations_default ADD CONSTRAINT pk_observations_default PRIMARY KEY (id, observed_us)",
        "ALTER TABLE observations_default RENAME CONSTRAINT uq_observations_offer_id TO uq_observations_default",
        "ALTER INDEX ix_observations_offer_observed RENAME TO ix_observations_default",
        "CREATE TABLE observations (LIKE observations_default INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS) "
        "PARTITION BY RANGE (observed_us)",
        "ALTER SEQUENCE observations_id_seq OWNED BY observations.id",
        "ALTER TABLE observations ADD CONSTRAINT pk_observations PRIMARY KEY (id, observed_us), "
        "ADD CONSTRAINT uq_observations_offer_id UNIQUE (offer_id, observed_us, epoch, content_hash), "
        "ADD CONSTRAINT fk_observations_offer_id FOREIGN KEY (offer_id) REFERENCES offers (id)",
        "CREATE INDEX ix_observations_offer_observed ON observations (offer_id, observed_us)",
        "ALTER TABLE observations ATTACH PARTITION observations_default DEFAULT",
        # Triggers for each row are copied to every partition there will ever be. Those for each statement are not: they
        # also refuse what would meet no row, and TRUNCATE, which has none.
        "CREATE TRIGGER observations_row_append_only BEFORE UPDATE OR DELETE ON observations "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        *(
            f"CREATE TRIGGER observations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for table in ("observations", "observations_default")
        ),
        """CREATE FUNCTION observations_partition(name text, since timestamptz, until timestamptz) RETURNS void
           LANGUAGE plpgsql AS $$
           DECLARE range text := 'DEFAULT';
           BEGIN
             IF until IS NOT NULL THEN
               range := format('FOR VALUES FROM (%s) TO (%s)',
                 coalesce((extract(epoch FROM since) * 1000000)::bigint::text, 'MINVALUE'),
                 (extract(epoch FROM until) * 1000000)::bigint);
             END IF;
             IF to_regclass(quote_ident(name)) IS NULL THEN
               EXECUTE format('CREATE TABLE %I PARTITION OF observations %s', name, range);
               EXECUTE format('CREATE TRIGGER observations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                 'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
             ELSE
               EXECUTE format('ALTER TABLE observations ATTACH PARTITION %I %s', name, range);
             END IF;
           END $$""",
    ):
        op.execute(statement)


def downgrade() -> None:
    """Into one table again. What was detached has to be attached before: sightings refer to it."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for statement in (
        "DROP FUNCTION observations_partition(text, timestamptz, timestamptz)",
        "CREATE TABLE observations_whole "
        "(LIKE observations INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)",
        f"INSERT INTO observations_whole ({COLUMNS}) SELECT {COLUMNS} FROM observations ORDER BY id",
        "ALTER SEQUENCE observations_id_seq OWNED BY observations_whole.id",
        "DROP TABLE observations",
        "ALTER TABLE observations_whole RENAME TO observations",
        "ALTER TABLE observations ADD CONSTRAINT pk_observations PRIMARY KEY (id), "
        "ADD CONSTRAINT uq_observations_offer_id UNIQUE (offer_id, observed_us, epoch, content_hash), "
        "ADD CONSTRAINT fk_observations_offer_id FOREIGN KEY (offer_id) REFERENCES offers (id)",
        "CREATE INDEX ix_observations_offer_observed ON observations (offer_id, observed_us)",
        "ALTER TABLE sightings ADD CONSTRAINT fk_sightings_observation_id "
        "FOREIGN KEY (observation_id) REFERENCES observations (id)",
        "CREATE TRIGGER observations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON observations "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ):
        op.execute(statement)
