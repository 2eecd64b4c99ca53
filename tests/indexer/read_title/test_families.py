"""The declarations themselves."""

import re

import pytest

from indexer.analyse.prepare import prepare
from indexer.read_title.family import FAMILIES
from tests.indexer.read_title.conftest import cases

SPECIAL = {"model", "pack", "style_code", "isbn"}
FROM_FINISH = {"anc", "year", "screen_inch"}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_declaration_is_sound(family):
    attributes = (
        {rule.name for rule in family.rules}
        | {"ram_gb", "storage_gb", "resolution", "refresh_hz", "kit"}
        | FROM_FINISH
    )

    for pattern in (
        family.proof,
        family.code,
        family.class_code,
        family.between,
        family.bare_pieces,
        family.colour_code,
    ):
        if pattern is not None:
            re.compile(pattern)
    assert set(family.splits) <= attributes
    assert set(family.splits).isdisjoint(family.merges)
    assert set(family.required) - SPECIAL <= set(family.splits)
    assert set(family.standalone) <= set(family.accessories)
    assert set(family.cues).isdisjoint(family.accessories)
    assert (family.proof is None) == (family.proof_hint == "")
    if family.counted:
        assert set(family.counted.values()) <= family.contents


def test_names_are_unique():
    names = [family.name for family in FAMILIES]

    assert len(set(names)) == len(names)


def test_hints_never_hide_a_match():
    """What is skipped by its hint must not match: tried on every labelled title."""
    for case in cases("title_vectors.jsonl") + cases("own_titles.jsonl"):
        text = prepare(case["title"]).text
        letters = set(text)
        for family in FAMILIES:
            for rule in family.rules:
                if rule.hint and letters.isdisjoint(rule.hint):
                    assert rule.pattern.search(text) is None, (rule.name, text)
            if family.proof and letters.isdisjoint(family.proof_hint):
                assert re.search(family.proof, text) is None, text
