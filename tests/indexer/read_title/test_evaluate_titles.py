import json

import pytest

from indexer.evaluate.titles import evaluate_titles, wrong_fields
from indexer.read_title.reader import TitleReader
from indexer.read_title.reading import Reading
from tests.indexer.read_title.conftest import HERE


def line(**changes):
    case = {
        "id": "T1", "title": "iPhone 15 128G", "brand": "apple", "model": "iphone  15",
        "quantity": None, "pack_count": 1, "total_quantity": None,
        "condition": "new", "region_version": None, "is_bundle": False, "variant": {"storage_gb": 128},
    }  # fmt: skip
    return json.dumps(case | changes)


def test_all_vectors_are_exact(reader):
    result = evaluate_titles((HERE / "title_vectors.jsonl").read_text().splitlines(), reader)

    assert (result["cases"], result["exact"], result["differ"], result["malformed"]) == (72, 72, [], [])
    assert set(result["fields"].values()) == {1.0}


def test_differences_are_counted_by_case_and_field(reader):
    result = evaluate_titles([line(), line(id="T2", brand="huawei"), line(id="T3", variant={})], reader)

    assert (result["cases"], result["exact"], result["differ"]) == (3, 1, ["T2", "T3"])
    assert result["fields"]["brand"] == pytest.approx(2 / 3)
    assert result["fields"]["model"] == 1.0


def test_malformed_lines_are_reported_by_number_and_counted_nowhere(reader):
    result = evaluate_titles(["{", line(), "", "[]", '{"id": "x"}', line(variant=3)], reader)

    assert result["malformed"] == [1, 4, 5, 6]
    assert result["cases"] == 1


def test_no_lines_are_no_accuracy(reader):
    assert evaluate_titles([], reader) == {
        "cases": 0,
        "exact": 0,
        "differ": [],
        "fields": {},
        "malformed": [],
    }


def test_numbers_claims_width_and_unknown_brands_compare_by_meaning():
    case = json.loads(
        line(brand="unknown", model="ＩＰＨＯＮＥ15", variant={"a": 42.0, "b": True, "c": "大1.5匹"})
    )
    reading = Reading(model="iPhone 15", variant=(("a", "42"), ("b", "true"), ("c", "大 1.5匹")))

    assert wrong_fields(case, reading) == {}


class ReadsNothing:
    def read_text(self, _title):
        return Reading()


def test_a_reader_that_reads_nothing_is_caught():
    result = evaluate_titles((HERE / "title_vectors.jsonl").read_text().splitlines(), ReadsNothing())

    assert result["exact"] == 1  # TV037 says nothing: no brand, no model, no attribute
    assert result["fields"]["brand"] < 0.1


def test_the_reader_is_measured_by_its_own_words_only():
    assert evaluate_titles([line(title="华为 Mate 60 12+512")], TitleReader())["differ"] == ["T1"]
