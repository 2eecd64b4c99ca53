"""What no kill, full disk or dead server may leave in a ledger, looked for from outside.

`damage` holds at any moment, also while crawls write: each question is one statement, so it sees one state of the ledger.
`doubled` and `differences` are about a world that stands still: there every crawl sees the same, killed or not.
"""

from __future__ import annotations

from sqlalchemy import text

QUESTIONS = {
    "a run ended and pages of it wait": """
        SELECT r.id, r.state, count(*) FROM runs r JOIN pages p ON p.run_id = r.id
        WHERE r.state NOT IN ('queued', 'running') AND p.state IN ('queued', 'leased') GROUP BY r.id, r.state""",
    "a run succeeded with pages that are not done": """
        SELECT r.id, p.state, count(*) FROM runs r JOIN pages p ON p.run_id = r.id
        WHERE r.state = 'succeeded' AND p.state NOT IN ('done', 'skipped') GROUP BY r.id, p.state""",
    "one sighting is stored twice": """
        SELECT offer_id, observed_us, epoch, content_hash, count(*) FROM observations
        GROUP BY offer_id, observed_us, epoch, content_hash HAVING count(*) > 1""",
    "a page says another number of new offers than it brought": """
        SELECT p.id, p.state, p.added, count(o.id) FROM pages p
        LEFT JOIN observations o ON o.page_id = p.id AND o.state = 'accepted'
             AND (o.reason IS NULL OR o.reason NOT LIKE 'seen again%')
        GROUP BY p.id, p.state, p.added HAVING count(o.id) <> p.added""",
    "something came from a page that is not settled": """
        SELECT p.id, p.state, count(*) FROM observations o JOIN pages p ON p.id = o.page_id
        WHERE p.state IN ('queued', 'leased') GROUP BY p.id, p.state""",
    "something came from a page that does not exist": """
        SELECT o.id FROM observations o LEFT JOIN pages p ON p.id = o.page_id WHERE p.id IS NULL""",
    "an offer was never seen": """
        SELECT f.id FROM offers f WHERE NOT EXISTS (SELECT 1 FROM observations o WHERE o.offer_id = f.id)""",
    "an accepted observation has no sighting": """
        SELECT o.id FROM observations o LEFT JOIN sightings s ON s.observation_id = o.id
        WHERE o.state = 'accepted' AND s.observation_id IS NULL""",
    "an offer's current observation is not its newest": """
        SELECT f.id, f.current_id FROM offers f WHERE COALESCE(f.current_id, 0) <> COALESCE(
            (SELECT n.id FROM observations n WHERE n.offer_id = f.id AND n.state = 'accepted'
             ORDER BY n.observed_us DESC, n.epoch DESC, n.content_hash DESC LIMIT 1), 0)""",
    "a settled page has no reason or time": """
        SELECT id, state FROM pages WHERE (state IN ('failed', 'skipped') AND reason IS NULL)
            OR (state IN ('done', 'failed', 'skipped') AND settled_us IS NULL)""",
    "a marketplace is crawled by two runs": """
        SELECT marketplace, count(*) FROM runs WHERE state = 'running' GROUP BY marketplace HAVING count(*) > 1""",
}  # fmt: skip


def damage(ledger):
    """Everything that is wrong, in words; empty when the ledger is whole."""
    found = []
    with ledger.database.read() as connection:
        for what, question in QUESTIONS.items():
            found += [f"{what}: {tuple(row)}" for row in connection.execute(text(question))]
    for run in ledger.runs.newest(limit=200):
        p = run.progress
        if p.pages != p.waiting + p.done + p.failed + p.skipped:
            found.append(f"pages without an end in run {run.id}: {p}")
    return found


def doubled(ledger):
    """Offers that were stored twice: in a world that stands still each has one content, and one row of it.

    But for pages that are committed in another order than they were fetched: then the older sighting is history, and
    comes with the higher number.
    """
    statement = """
        SELECT DISTINCT b.offer_id FROM observations a
        JOIN observations b ON b.offer_id = a.offer_id AND b.id > a.id
        WHERE a.state = 'accepted' AND b.state = 'accepted'
          AND (b.content_hash <> a.content_hash OR b.observed_us >= a.observed_us)
        ORDER BY b.offer_id"""
    with ledger.database.read() as connection:
        return [row.offer_id for row in connection.execute(text(statement))]


def believed(ledger):
    """Offer -> (content, price in minor units) of everything that is current, and "held back" for what is not believed."""
    with ledger.database.read() as connection:
        rows = connection.execute(
            text(
                "SELECT f.marketplace, f.item_id, f.sku_id, o.content_hash, o.price_minor"
                " FROM offers f LEFT JOIN observations o ON o.id = f.current_id"
            )
        )
        return {
            (r.marketplace, r.item_id, r.sku_id): (r.content_hash, r.price_minor)
            if r.content_hash
            else "held back"
            for r in rows
        }


def differences(ledger, expected):
    """How `believed` differs from what an undisturbed crawl of the same world believed."""
    found = believed(ledger)
    lost = [f"lost: {key}" for key in expected.keys() - found.keys()]
    invented = [f"invented: {key}" for key in found.keys() - expected.keys()]
    other = [
        f"other: {key}: {found[key]}, not {expected[key]}"
        for key in expected.keys() & found.keys()
        if found[key] != expected[key]
    ]
    return sorted(lost + invented + other)
