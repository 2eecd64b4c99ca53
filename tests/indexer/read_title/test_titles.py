"""Every labelled title, and what its labels say beyond the compared fields."""

import pytest

from indexer.evaluate.titles import evaluate_titles, wrong_fields
from tests.indexer.read_title.conftest import HERE, cases

VECTORS = cases("title_vectors.jsonl")
OWN = cases("own_titles.jsonl")
UNLIKE_FAMILIES = {"water", "grocery"}
"""Labels of the vectors that stand for several families of ours."""


@pytest.mark.parametrize("case", VECTORS + OWN, ids=lambda case: case["id"])
def test_title_is_read_exactly(reader, case):
    assert wrong_fields(case, reader.read_text(case["title"])) == {}


def test_reviewed_titles_are_read_as_a_person_approved_them(reader):
    """Readings checked by a person after the fact: a change here is a question, not a failure to silence."""
    lines = (HERE / "reviewed_titles.jsonl").read_text().splitlines()

    assert len(lines) > 150
    assert evaluate_titles(lines, reader)["differ"] == []


def test_fresh_titles_are_read_as_strangers_labelled_them(reader):
    """Labelled before the reader saw them; `open` names the fields that are still read otherwise, no more and no fewer."""
    fresh = cases("fresh_titles.jsonl")
    still = {case["id"]: sorted(wrong_fields(case, reader.read_text(case["title"]))) for case in fresh}

    assert {name: fields for name, fields in still.items() if fields} == {
        case["id"]: case["open"] for case in fresh if "open" in case
    }
    assert sum("open" in case for case in fresh) < len(fresh) / 8


LEAST_UNSEEN = {
    "brand": 0.95, "model": 0.70, "quantity": 0.95, "pack_count": 0.95, "total_quantity": 0.93, "condition": 0.98,
    "region_version": 0.97, "is_bundle": 0.98, "variant": 0.90,
}  # fmt: skip
"""Fractions of the unseen titles, per field. Nobody looks into that file to tune: it stands for next year's sellers."""


def test_unseen_titles_are_read_well(reader):
    lines = (HERE / "unseen_titles.jsonl").read_text().splitlines()

    result = evaluate_titles(lines, reader)

    assert result["cases"] > 240
    assert {name: share for name, share in result["fields"].items() if share < LEAST_UNSEEN[name]} == {}


@pytest.mark.parametrize(
    "case", [case for case in VECTORS if "identity" in case], ids=lambda case: case["id"]
)
def test_identifying_codes_are_found(reader, case):
    reading = reader.read_text(case["title"])
    codes = {code.casefold() for code in reading.mpns} | {str(gtin) for gtin in reading.gtins}

    assert all(str(value).casefold() in codes for value in case["identity"].values())


@pytest.mark.parametrize("case", [case for case in VECTORS if "gift" in case], ids=lambda case: case["id"])
def test_gifts_are_kept_apart(reader, case):
    gifts = reader.read_text(case["title"]).gifts

    assert len(gifts) == len(case["gift"])
    assert all(any(word in expected for expected in case["gift"]) for word in gifts)


def test_family_is_recognised(reader):
    for case in VECTORS + OWN:
        reading = reader.read_text(case["title"])
        if reading.brand and reading.model and case["family"] not in UNLIKE_FAMILIES:
            assert reading.family == case["family"], case["title"]


def test_evidence_points_at_the_words(reader):
    for case in VECTORS + OWN:
        title = case["title"]
        for fact in reader.read_text(title).evidence:
            assert 0 < fact.confidence <= 100
            assert fact.span is None or title[slice(*fact.span)].strip(), fact
