"""Every source against its marketplace's true protocol: each stored offer is what the marketplace knows to be true."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from crawlers.fields import fen as in_fen
from crawlers.fields import yuan as in_yuan
from crawlers.registry import source_of, sources
from ledger.runs import RunState
from tests.support.practice import (
    NOW,
    SHOPS,
    as_told,
    ask_control,
    crawl_in_process,
    landed_as_told,
    open_practice,
    true_offers,
)

pytestmark = pytest.mark.slow

NOT_SHOWN = {("jd", "in_stock")}
"""JD's terms call `stockState` unsuitable for consumers, so it is not asked for."""


CASE = ("quantity", "region", "conditions", "status", "fen", "is_bound")
"""What one case of the truth says; which promotions apply is left out, since ids are our own."""


@pytest.fixture(scope="module")
def practice():
    return open_practice()


@pytest.fixture(scope="module")
def truth(practice):
    return true_offers(ask_control(practice, "/truth"))


@pytest.fixture(scope="module")
def keywords(practice):
    return ask_control(practice, "/keywords")["keywords"]


def keywords_for(slug, keywords):
    return keywords if source_of(slug).marketplace.needs_keywords else ()


def differences(ledger, truth, slug):
    """What the ledger holds of a marketplace and the truth, where they differ; "landed" counts the cases."""
    expected = {key: offer for key, offer in truth.items() if key.marketplace == slug}
    stored = ledger.observations.current(list(expected))
    found = Counter()
    for key, offer in expected.items():
        if key not in stored:
            found["missing"] += 1
            continue
        told = as_told(stored[key].offer)
        found.update(
            part for part, value in told.items() if value != offer[part] and (slug, part) not in NOT_SHOWN
        )
        cases = [{part: case[part] for part in CASE} for case in offer["landed"]]
        found["landed"] += sum(
            told != true
            for told, true in zip(landed_as_told(stored[key].offer, cases, NOW), cases, strict=True)
        )
    newest = ledger.observations.accepted_after(0, limit=100_000)
    found["extra"] += sum(
        one.offer.key.marketplace == slug and one.offer.key not in expected for one in newest
    )
    return +found


def assert_complete(run):
    """Every page was read; a small shop's category pages are so large a share of it that the run says so."""
    assert run.progress.failed == 0
    assert run.state is RunState.SUCCEEDED or (
        run.marketplace == "shop" and run.reason.startswith("no_product: no schema.org product ×")
    )


@pytest.mark.parametrize("slug", SHOPS)
def test_every_offer_is_stored_exactly_as_it_is_on_sale(slug, practice, truth, keywords, sqlite_ledger):
    run = crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords))

    assert_complete(run)
    assert run.progress.rejected == run.progress.defects == run.progress.quarantined == 0
    assert differences(sqlite_ledger, truth, slug) == {}


@pytest.mark.parametrize("slug", SHOPS)
def test_a_second_crawl_adds_nothing(slug, practice, keywords, sqlite_ledger):
    first = crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords))
    second = crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords))

    assert_complete(second)
    assert (second.progress.offers, second.progress.added) == (first.progress.offers, 0)


PRICES = [
    (slug, part)
    for slug, source in sources().items()
    if hasattr(source, "offers")
    for part in ("price", "list_price", "shipping", "claimed")
    if getattr(source.offers, part) is not None and (slug, part) != ("pinduoduo", "shipping")
]


def test_every_mapped_price_is_tried():
    assert len(PRICES) >= 7
    assert {slug for slug, _ in PRICES} == {s for s in SHOPS if s != "shop"}


@pytest.mark.parametrize(("slug", "part"), PRICES)
def test_a_swapped_unit_is_caught(slug, part, practice, truth, keywords, sqlite_ledger):
    source = source_of(slug)
    mapped = getattr(source.offers, part)
    unit = in_yuan if slug == "pinduoduo" else in_fen
    swapped = unit(mapped.path)
    swapped = swapped.required if mapped.is_required else swapped
    wrong = replace(source, offers=replace(source.offers, **{part: swapped}))

    crawl_in_process(sqlite_ledger, practice, slug, keywords, source=wrong)

    found = differences(sqlite_ledger, truth, slug)
    assert found["missing"] or found[f"{part}_fen"] or found["claimed_landed_fen"], found
