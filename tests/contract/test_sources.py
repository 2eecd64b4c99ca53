"""Every source against its marketplace's true protocol: each stored offer is what the marketplace knows to be true."""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import replace

import pytest

from catalog.codec import validate_offers
from catalog.errors import SourceError
from catalog.money import Money
from crawlers.extract.promotion_words import _read
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


def is_same(ours, theirs):
    """Where an order fails for two reasons at once, either may be told."""
    both = {ours["status"], theirs["status"]}
    reasons = {"undeliverable", "below_min_qty"}, {"undeliverable", "over_limit"}
    return ours == theirs or (both in reasons and ours | {"status": ""} == theirs | {"status": ""})


def differences(offers, truth, slug):
    """What was read of a marketplace and the truth, where they differ; "landed" counts the truth's cases."""
    expected = {key: offer for key, offer in truth.items() if key.marketplace == slug}
    found = Counter(missing=len(expected.keys() - offers.keys()), extra=len(offers.keys() - expected.keys()))
    for key in expected.keys() & offers.keys():
        true = expected[key]
        found.update(
            part
            for part, value in as_told(offers[key]).items()
            if value != true[part] and (slug, part) not in NOT_SHOWN
        )
        cases = [{part: case[part] for part in CASE} for case in true["landed"]]
        told = landed_as_told(offers[key], cases, NOW)
        found["landed"] += sum(not is_same(ours, theirs) for ours, theirs in zip(told, cases, strict=True))
    return +found


def stored(ledger):
    """The offers in a ledger by key."""
    newest = ledger.observations.accepted_after(0, limit=100_000)
    return {one.offer.key: one.offer for one in newest}


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
    assert differences(stored(sqlite_ledger), truth, slug) == {}


@pytest.mark.parametrize("slug", SHOPS)
def test_a_second_crawl_adds_nothing(slug, practice, keywords, sqlite_ledger):
    first = crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords))
    second = crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords))

    assert_complete(second)
    assert (second.progress.offers, second.progress.added) == (first.progress.offers, 0)


# ── a swapped unit is caught ───────────────────────────────────────────────────────────────────────

AMOUNTS = ("price", "list_price", "shipping", "claimed")
NOT_MAPPED = {("pinduoduo", "shipping"), ("taobao", "gain")}
"""A promise by a tag, and words: no field with a unit."""


def mapped_amounts():
    """(marketplace, place of the promotion map or None, part) of every amount in a field map."""
    for slug, source in sources().items():
        if not hasattr(source, "offers"):
            continue
        for part in AMOUNTS:
            if getattr(source.offers, part) is not None and (slug, part) not in NOT_MAPPED:
                yield slug, None, part
        for place, promotions in enumerate(source.offers.promotions):
            yield from (
                (slug, place, part) for part, _ in promotions.amounts if (slug, part) not in NOT_MAPPED
            )


MAPPED = list(mapped_amounts())


def swapped(source, place, part):
    """The source with one amount read in the other unit."""
    holder = source.offers if place is None else source.offers.promotions[place]
    mapped = getattr(holder, part)
    wrong = (in_yuan if source.marketplace.slug == "pinduoduo" else in_fen)(mapped.path)
    wrong = wrong.unless_zero if mapped.convert(0, "CNY") is None else wrong
    mutant = replace(holder, **{part: wrong.required if mapped.is_required else wrong})
    if place is None:
        return replace(source, offers=mutant)
    promotions = source.offers.promotions
    return replace(
        source,
        offers=replace(source.offers, promotions=(*promotions[:place], mutant, *promotions[place + 1 :])),
    )


class Recorder:
    """A source that keeps the answers it reads."""

    def __init__(self, source):
        self._source = source
        self.answers = []

    def __getattr__(self, name):
        return getattr(self._source, name)

    def read(self, page, answer, access):
        self.answers.append((page, answer, access))
        return self._source.read(page, answer, access)


@pytest.fixture(scope="module")
def recorded():
    """The answers of one crawl, by marketplace."""
    return {}


@pytest.fixture
def answers(slug, recorded, practice, keywords, sqlite_ledger):
    if slug not in recorded:
        recorder = Recorder(source_of(slug))
        crawl_in_process(sqlite_ledger, practice, slug, keywords_for(slug, keywords), source=recorder)
        recorded[slug] = recorder.answers
    return recorded[slug]


def read_again(source, answers):
    """The offers in answers, by key."""
    found = {}
    for page, answer, access in answers:
        try:
            offers, _ = validate_offers(source.read(page, answer, access).rows)
        except SourceError:
            continue
        found |= {offer.key: offer for offer in offers}
    return found


def test_every_mapped_amount_is_tried():
    assert Counter(slug for slug, _, _ in MAPPED) == {"taobao": 5, "jd": 9, "pinduoduo": 11}


@pytest.mark.parametrize(("slug", "place", "part"), MAPPED)
def test_a_swapped_unit_is_caught(slug, place, part, truth, answers):
    source = source_of(slug)
    assert differences(read_again(source, answers), truth, slug) == {}

    found = differences(read_again(swapped(source, place, part), answers), truth, slug)

    assert found["landed"] or found["missing"] or found[f"{part}_fen"] or found["claimed_landed_fen"], found


@pytest.mark.parametrize(
    ("slug", "module"),
    [
        ("taobao", "crawlers.extract.promotion_words"), ("jd", "crawlers.extract.promotion_words"),
        ("shop", "crawlers.generic.schema_prices"), ("shop", "crawlers.generic.schema_shipping"),
    ],
)  # fmt: skip
def test_words_and_pages_read_in_fen_are_caught(slug, module, truth, answers, monkeypatch):
    name = "_amount" if module.endswith("words") else "amount"
    real = getattr(importlib.import_module(module), name)
    monkeypatch.setattr(
        f"{module}.{name}", lambda raw, currency: Money(real(raw, currency).minor // 100, "CNY")
    )
    _read.cache_clear()

    found = differences(read_again(source_of(slug), answers), truth, slug)
    _read.cache_clear()

    assert found["landed"] or found["missing"]
