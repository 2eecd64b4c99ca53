"""The demo's past: practice marketplaces set back, crawled as they were, dated so."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from api.commands.demo import practice
from api.commands.demo_past import Past
from catalog.errors import ConfigurationError
from catalog.listing import OfferKey
from crawlers.registry import source_of
from crawlers.settings import access_to
from ledger.ledger import Ledger
from ledger.runs import RunState
from tests.support.fetchers import wall


@pytest.mark.slow
def test_the_past_is_crawled_and_dated_as_the_past(migrated_sqlite, tmp_path, monkeypatch):
    (tmp_path / "ledger.sqlite").write_bytes(migrated_sqlite.read_bytes())
    monkeypatch.setenv("BIJIA_DATA_DIR", str(tmp_path))
    now = wall()
    with (
        practice(7, speed=0, base_port=0) as set_back,
        Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger,
    ):
        past = Past(ledger, wall, set_back.control, set_back.environment(), {"jd": ["iPhone 15"]})
        assert past.fill(3, now, threading.Event()) == 2

        first, second = sorted(ledger.runs.newest(limit=9), key=lambda run: run.id)
        assert (first.state, second.state) == (RunState.SUCCEEDED, RunState.SUCCEEDED)
        seen = ledger.observations.accepted_after(0, limit=10_000)
    ages = {round((now - one.observed_at) / timedelta(days=1)) for one in seen}
    assert len(seen) > 20
    assert ages == {3, 1}
    assert all(isinstance(one.offer.key, OfferKey) for one in seen)


def test_an_archive_says_how_far_behind_it_is():
    jd = source_of("jd")
    settings = {
        "BIJIA_JD_BASE_URL": "http://127.0.0.1:1/",
        "BIJIA_JD_APP_KEY": "k",
        "BIJIA_JD_APP_SECRET": "s",
    }

    assert access_to(jd, settings).behind_s == 0
    assert access_to(jd, settings | {"BIJIA_JD_BEHIND_S": "86400"}).behind_s == 86_400
    for wrong in ("-1", "1.5", "soon", "9" * 11):
        with pytest.raises(ConfigurationError, match="BIJIA_JD_BEHIND_S"):
            access_to(jd, settings | {"BIJIA_JD_BEHIND_S": wrong})
