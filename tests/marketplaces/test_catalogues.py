"""Catalogues of invented goods: repeatable, varied, and with a truth that can be learned."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from marketplaces.catalogues.__main__ import main
from marketplaces.catalogues.build import catalogue

SEEDS = range(701, 713)


@pytest.fixture(scope="module")
def catalogues():
    return {seed: catalogue(seed) for seed in SEEDS}


def test_the_same_seed_gives_the_same_listings(catalogues):
    assert catalogue(701) == catalogues[701] != catalogues[702]


def test_every_listing_has_words_goods_and_a_seller(catalogues):
    for listings in catalogues.values():
        assert len(listings) > 150
        assert all(
            one["title"].strip() and isinstance(one["entity"], int) and one["source"] for one in listings
        )


def test_there_are_both_languages_titles_alone_and_tables_with_fields(catalogues):
    everything = [one for listings in catalogues.values() for one in listings]
    fields = Counter(name for one in everything for name in one)

    assert any(not one["title"].isascii() for one in everything)
    assert sum(one["title"].isascii() for one in everything) > len(everything) / 3
    assert {"brand", "model", "price", "description", "category", "attrs"} <= set(fields)
    assert any(
        all(set(one) == {"entity", "source", "title"} for one in listings) for listings in catalogues.values()
    )


def test_articles_are_sold_by_several_and_have_siblings_that_are_nearly_alike(catalogues):
    for listings in catalogues.values():
        assert any(n > 1 for n in Counter(one["entity"] for one in listings).values())
    titles = {}
    for one in catalogues[701]:
        titles.setdefault(one["title"], set()).add(one["entity"])
    shared = sum(len(entities) > 1 for entities in titles.values())

    assert shared < len(titles) * 0.15  # hardly anybody sells two articles under one title


def test_no_real_brand_is_coined_on_purpose():
    assert "apple" not in {
        word for seed in (701, 702) for one in catalogue(seed) for word in one["title"].split()
    }


def test_the_command_writes_one_listing_a_line(capsys):
    assert main(["--seeds", "701-702"]) == 0
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert {one["catalogue"] for one in written} == {701, 702}
    assert len(written) == len(catalogue(701)) + len(catalogue(702))
