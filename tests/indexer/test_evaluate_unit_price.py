"""`bijia evaluate unit-price`: what it counts, and what it says of files that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from catalog.errors import InvalidInput
from indexer.evaluate.unit_price import evaluate_unit_prices

VECTORS = Path(__file__).parents[1].joinpath("catalog", "vectors", "unit_price_vectors.json")


def case(**changes):
    stated = {
        "id": "U1",
        "landed_fen": 178_800,
        "total": 5_400,
        "unit": "g",
        "base": 100,
        "expect_fen_per_base": 3_311,
    }
    return stated | changes  # fmt: skip


def evaluated(*cases):
    told = []
    result = evaluate_unit_prices(json.dumps({"vectors": [case(id="good"), *cases]}), told.append)
    assert result["cases"] + len(result["malformed"]) == len(cases) + 1
    assert len(told) == len(result["malformed"])
    return result, told


def run(*words):
    return CliRunner().invoke(app, ["evaluate", "unit-price", *map(str, words)])


def test_the_shared_cases_come_out():
    done = run(VECTORS)

    assert done.exit_code == 0
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "cases": 16,
        "exact": 16,
        "differ": [],
        "malformed": [],
    }


def test_what_differs_is_named():
    result, _ = evaluated(case(id="off", expect_fen_per_base=3_312), case(id="", landed_fen=178_700))

    assert (result["cases"], result["exact"], result["differ"]) == (3, 1, ["off", 3])


@pytest.mark.parametrize(
    "changes",
    [
        {"total": 5.4, "unit": "kg", "base": 1, "expect_fen_per_base": 33_111}, {"total": 13.2, "unit": "L", "base": 1, "expect_fen_per_base": 13_545},
        {"unit": "克"}, {"unit": "GB"}, {"unit": "gb"}, {"unit": "sheet"}, {"unit": "Piece"}, {"unit": "brick"}, {"unit": "毫升"},
        {"total": 1.3, "unit": "ml", "base": 10, "landed_fen": 990, "expect_fen_per_base": 7_615}, {"landed_fen": 0, "expect_fen_per_base": 0},
        {"total": 5_400.0},
    ],
    ids=str,
)  # fmt: skip
def test_units_in_any_spelling_and_exact_decimals_of_contents_are_taken(changes):
    result, _ = evaluated(case(**changes))

    assert (result["exact"], result["malformed"]) == (2, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"landed_fen": -1}, {"landed_fen": 1.5}, {"landed_fen": "178800"}, {"landed_fen": True}, {"landed_fen": None}, {"landed_fen": 10**16},
        {"total": 0}, {"total": -5}, {"total": "5400"}, {"total": False}, {"total": float("nan")}, {"total": float("inf")}, {"total": 1e300},
        {"total": 1e-300}, {"total": []}, {"base": 0}, {"base": -100}, {"base": 0.5}, {"base": None}, {"unit": "furlong"}, {"unit": ""},
        {"unit": None}, {"unit": ["g"]}, {"expect_fen_per_base": 33.11}, {"expect_fen_per_base": -1}, {"expect_fen_per_base": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_a_case_is_named_and_counted_apart(changes):
    result, told = evaluated(case(id="bad", **changes))

    assert (result["cases"], result["exact"], result["malformed"]) == (1, 1, ["bad"])
    assert told[0].startswith("case bad: ")


@pytest.mark.parametrize("name", ["landed_fen", "total", "unit", "base", "expect_fen_per_base"])
def test_a_missing_field_is_named(name):
    stated = case(id="bad")
    del stated[name]

    assert evaluated(stated)[1] == [f"case bad: {name} missing"]


def test_what_has_no_id_is_named_by_its_place():
    result, told = evaluated(7, None, {}, case(id=9, total=0))

    assert result["malformed"] == [2, 3, 4, 5]
    assert told[0] == "case 2: not an object"


def test_an_enormous_number_in_few_characters_is_refused_at_once():
    text = json.dumps({"vectors": [case(), case(id="bad")]})[:-3]

    for total in ("1e999999999", "1e-999999999"):
        hostile = text + f', "total": {total}}}]}}'
        assert evaluate_unit_prices(hostile, lambda _: None)["malformed"] == ["bad"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "7", "null", '{"vectors": {}}', '{"vectors": []}', '{"vectors": [{"id": "PV1", "offer": {}, "expect": 1}]}',
        '{"vectors": [1, null]}', "[" * 100_000, '{"a": ' + "9" * 5_000 + "}",
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_a_file_of_another_format_is_one_error(text, tmp_path):
    with pytest.raises(InvalidInput):
        evaluate_unit_prices(text, pytest.fail)
    file = tmp_path / "file.json"
    file.write_text(text, "utf-8")
    done = run(file)

    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_malformed_cases_are_told_on_standard_error(tmp_path):
    file = tmp_path / "file.json"
    file.write_text(json.dumps({"vectors": [case(), case(id="U2", total=0)]}), "utf-8")

    done = run(file)

    assert json.loads(done.stdout.splitlines()[-1])["malformed"] == ["U2"]
    assert done.stderr == "case U2: total is no amount of goods: 0\n"
