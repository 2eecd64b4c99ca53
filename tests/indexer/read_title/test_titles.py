"""Every labelled title, and what its labels say beyond the compared fields."""

import pytest

from indexer.evaluate.titles import wrong_fields
from tests.indexer.read_title.conftest import cases

VECTORS = cases("title_vectors.jsonl")
OWN = cases("own_titles.jsonl")
FAMILIES_OF_VECTORS = {
    "water": {"water", None},
    "grocery": {"grocery", "household", "drinks", "coffee", "cooking_oil"},
}


@pytest.mark.parametrize("case", VECTORS + OWN, ids=lambda case: case["id"])
def test_title_is_read_exactly(reader, case):
    assert wrong_fields(case, reader.read_text(case["title"])) == {}


@pytest.mark.parametrize(
    "case", [case for case in VECTORS if "identity" in case], ids=lambda case: case["id"]
)
def test_identifying_codes_are_found(reader, case):
    reading = reader.read_text(case["title"])
    codes = {code.casefold() for code in reading.mpns} | {str(gtin) for gtin in reading.gtins}

    if case["id"] == "TV029":  # KFR-35GW is a class of machines, never an id
        assert codes == set()
    assert all(str(value).casefold() in codes for value in case["identity"].values())


@pytest.mark.parametrize("case", [case for case in VECTORS if "gift" in case], ids=lambda case: case["id"])
def test_gifts_are_kept_apart(reader, case):
    gifts = reader.read_text(case["title"]).gifts

    assert len(gifts) == len(case["gift"])
    assert all(any(word in expected for expected in case["gift"]) for word in gifts)


@pytest.mark.parametrize(
    "case", [c for c in VECTORS + OWN if c["family"] not in FAMILIES_OF_VECTORS], ids=lambda case: case["id"]
)
def test_family_is_recognised(reader, case):
    reading = reader.read_text(case["title"])

    if reading.brand is not None and reading.model is not None:
        assert reading.family == case["family"]


@pytest.mark.parametrize("case", VECTORS + OWN, ids=lambda case: case["id"])
def test_evidence_points_at_the_words(reader, case):
    title = case["title"]
    for fact in reader.read_text(title).evidence:
        assert 0 < fact.confidence <= 100
        if fact.span is not None:
            assert title[slice(*fact.span)].strip(), fact
