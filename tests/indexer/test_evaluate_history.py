import gzip
import json
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from api.cli import app
from catalog.errors import InvalidInput
from catalog.reference_price import reference_price
from indexer.evaluate.history import evaluate_history
from tests.support.daily_prices import reductions

VECTORS = Path(__file__).parents[1].joinpath("catalog", "vectors", "price_history_vectors.json")


def vectors(*changes):
    case = {
        "id": "H1", "daily_low_fen": "9900*40,12900*10,9900*1", "claimed_reference_fen": 12_900,
        "expect": {"baseline30": 9900},
    }  # fmt: skip
    return [json.dumps({"vectors": [case | one for one in changes]})]


def series(*entries, **changes):
    history = [{"date": day, "price": price} for day, price in entries]
    return json.dumps({"store": "billa", "id": "7", "priceHistory": history} | changes)


def dumped(*lines):
    return [json.loads(one.as_json(), parse_float=str) for one in evaluate_history(lines).reductions]


# ── vectors ──────────────────────────────────────────────────────────────────────────────────────


def test_all_vectors_are_exact():
    found = evaluate_history(VECTORS.read_text().splitlines())

    assert found.figures == {"cases": 13, "exact": 13, "differ": [], "malformed": []}


@pytest.mark.parametrize(
    "expect",
    [
        {"baseline30": 9901},
        {"raised_before": False},
        {"raised_before": 1},
        {"verdict": "supported"},
        {"low180": None},
        {"baseline30": 9900, "unheard_of": 1},
        {"price": 9900},
    ],
)
def test_every_expected_key_is_compared(expect):
    found = evaluate_history(vectors({}, {"id": "H2", "expect": expect}))

    assert found.figures == {"cases": 2, "exact": 1, "differ": ["H2"], "malformed": []}


def test_a_judge_that_looks_at_a_week_only_is_caught():
    def twin(days, claimed):
        return reference_price(type(days)(days.today, days.minor[-8:]), claimed=claimed)

    assert (
        len(evaluate_history(VECTORS.read_text().splitlines(), twin).figures["differ"]) == 10
    )  # three rises lie within it


def test_run_lengths_may_be_left_out_and_spaced():
    found = evaluate_history(vectors({"daily_low_fen": " 9900 * 24 , x, 8900"}))

    assert found.figures["exact"] == 1


@pytest.mark.parametrize(
    "change",
    [
        *({"daily_low_fen": text} for text in ("", "9900*", "9900*0", "0*3", "-5*3", "9.9*3", "x*y", "9900;8900", None, 7)),
        *({"daily_low_fen": text} for text in ("1*999999999999", ",".join(["1*99999"] * 2), "９９００*3")),
        *({"claimed_reference_fen": claim} for claim in (0, -1, "9900", True, 99.5)),
        *({"expect": expect} for expect in (None, {}, [], 3)),
        {"id": None},
    ],
)  # fmt: skip
def test_a_vector_that_is_none_is_reported_by_number(change):
    found = evaluate_history(vectors({}, change))

    assert (found.figures["cases"], found.figures["malformed"]) == (1, [2])


@pytest.mark.parametrize("text", ['{"vectors": 5}', '{"vectors": null}', '{"vectors": {"id": 1}}'])
def test_vectors_that_are_no_list_are_refused(text):
    with pytest.raises(InvalidInput):
        evaluate_history([text])


# ── series ───────────────────────────────────────────────────────────────────────────────────────


def test_each_reduction_has_the_lowest_of_the_thirty_days_before_it():
    line = series(("2020-01-01", 9.99), ("2020-02-10", 8), ("2020-02-12", 9.99), ("2020-02-20", 8.5))

    assert dumped(line) == [
        {"series": "billa:7", "store": "billa", "id": "7", "date": "2020-02-10", "price": 8, "baseline30": "9.99"},
        {"series": "billa:7", "store": "billa", "id": "7", "date": "2020-02-20", "price": "8.5", "baseline30": 8},
    ]  # fmt: skip
    assert evaluate_history([line]).figures == {
        "cases": 0, "exact": 0, "differ": [], "series": 1, "reductions": 2, "baseline30_known": 2, "malformed": [],
    }  # fmt: skip


@pytest.mark.parametrize(("first", "baseline"), [("2020-01-07", 3), ("2020-01-08", None)])
def test_days_before_the_first_entry_are_not_observed(first, baseline):
    assert dumped(series((first, 3), ("2020-01-31", 2)))[0]["baseline30"] == baseline


def test_steps_downwards_are_measured_from_the_step_before():
    told = dumped(series(("2020-01-01", 10), ("2020-02-10", 9), ("2020-02-13", 8)))

    assert [one["baseline30"] for one in told] == [10, 9]


def test_entries_in_any_order_are_the_same_series():
    entries = [("2020-01-01", 10), ("2020-02-10", 9), ("2020-02-13", 9.5), ("2020-03-01", 8)]

    assert dumped(series(*reversed(entries))) == dumped(series(*entries))


def test_of_several_prices_of_a_day_the_lowest_counts():
    told = dumped(series(("2020-01-01", 10), ("2020-02-10", 9), ("2020-02-10", 11), ("2020-02-13", 9)))

    assert [(one["date"], one["price"]) for one in told] == [("2020-02-10", 9)]


@pytest.mark.parametrize("nothing", [None, 0, -1, -2.5])
def test_no_price_is_unknown_from_that_day_on(nothing):
    told = dumped(series(("2020-01-01", 10), ("2020-02-10", nothing), ("2020-02-20", 9)))

    assert [(one["date"], one["baseline30"]) for one in told] == [("2020-02-20", None)]
    assert (
        dumped(series(("2020-01-01", 10), ("2020-02-14", nothing), ("2020-02-20", 9)))[0]["baseline30"] == 10
    )


def test_prices_are_exact_to_the_last_digit():
    line = '{"id": 1, "priceHistory": [{"date": "2020-01-01", "price": 0.30000000000000004}, {"date": "2020-03-01", "price": 0.3}]}'

    assert evaluate_history([line]).reductions[0].as_json() == (
        '{"series": "1", "store": null, "id": "1", "date": "2020-03-01", "price": 0.3, "baseline30": 0.30000000000000004}'
    )


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "7", "null", '"text"', "NaN", "[" * 100_000,
        '{"id": "1"}', series(id=None), series(id=True), series(store=5), series(priceHistory=None), series(priceHistory={}),
        *(series(priceHistory=[entry]) for entry in (None, 3, {}, {"date": "2020-01-01"}, {"price": 3})),
        *(series((day, 3)) for day in ("", "2020-13-01", "1.2.2020", "2020-01-01T00:00:00", 20200101, None)),
        *(series(("2020-01-01", price)) for price in ("3.99", True, [], {}, 10**30)),
        *(series(("2020-01-01", "P")).replace('"P"', price) for price in ("1e999999999", "1e-999", "NaN", "-Infinity", "1e99999999999999999999", "9" * 5000)),
    ],
    ids=count(),
)  # fmt: skip
def test_a_line_that_is_no_series_is_reported_by_number(line):
    found = evaluate_history([series(("2020-01-01", 3)), "", line, "  "])

    assert (found.figures["series"], found.figures["malformed"]) == (1, [3])


def test_a_series_without_entries_has_no_reductions():
    assert evaluate_history([series()]).figures["series"] == 1
    assert evaluate_history([series()]).figures["reductions"] == 0


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 200).map(lambda day: str(date(2020, 1, 1) + timedelta(days=day))),
        st.sampled_from([None, 0, -1, 1, 2, 2.5, 2.49, 3, 3.333, 10]),
    ),
    max_size=25,
)


@given(ENTRIES)
def test_reductions_are_those_found_day_by_day(entries):
    history = json.loads(series(*entries))["priceHistory"]
    found = evaluate_history([series(*entries)]).reductions

    assert [(one.day, one.price, one.baseline30) for one in found] == reductions(history)


def test_the_slow_way_knows_a_reduction():
    history = [{"date": "2020-01-01", "price": 10}, {"date": "2020-02-10", "price": "9.5"}]

    assert reductions(history) == [(date(2020, 2, 10), Fraction(19, 2), 10)]


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def run(*arguments):
    done = CliRunner().invoke(app, ["evaluate", "history", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_reads_vectors():
    status, out, _ = run(VECTORS)

    assert status == 0
    assert json.loads(out.splitlines()[-1])["exact"] == 13


@pytest.mark.parametrize("name", ["series.jsonl", "series.jsonl.gz"])
def test_the_command_reads_series_and_dumps_reductions(tmp_path, name):
    text = "\ufeff" + "\r\n".join(
        [series(("2020-01-01", 10), ("2020-03-01", 9.5)), "garbage", series(id="8"), ""]
    )
    file, dump = tmp_path / name, tmp_path / "dump.jsonl"
    file.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())

    status, out, told = run(file, "--dump", dump)

    assert status == 0
    assert json.loads(out.splitlines()[-1]) == {
        "cases": 0, "exact": 0, "differ": [], "series": 2, "reductions": 1, "baseline30_known": 1, "malformed": [2],
    }  # fmt: skip
    assert told == "line 2: not understood\n"
    assert dump.read_text() == (
        '{"series": "billa:7", "store": "billa", "id": "7", "date": "2020-03-01", "price": 9.5, "baseline30": 10}\n'
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,price\n1,2\n" * 3,
        b'[{"id": "1", "priceHistory": []}]',
        b'{"vectors": []}',
        b'{"vectors": [{"id": "PV1"}]}',
        b'{"vectors": 7}',
        b'{"title": "iPhone", "id": "T1"}\n' * 3,
        b"\xff\xfe\x00",
        b"\x1f\x8b",
    ],
)
def test_a_file_of_another_format_is_one_clear_error(tmp_path, content):
    file = tmp_path / "other.json"
    file.write_bytes(content)

    status, out, told = run(file)

    assert (status, out) == (2, "")
    assert len(told.splitlines()) == 1
    assert "other.json" in told or "vectors" in told


def test_broken_compression_is_one_clear_error(tmp_path):
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(gzip.compress(series(("2020-01-01", 3)).encode() * 50)[:-20])

    status, _, told = run(file)

    assert status == 2
    assert "cut.jsonl.gz cannot be read" in told


def test_a_dump_never_replaces_what_is_read(tmp_path):
    file = tmp_path / "series.jsonl"
    file.write_text(series(("2020-01-01", 3)))

    assert run(file, "--dump", file)[0] == 2
    assert file.read_text() == series(("2020-01-01", 3))
    status, _, told = run(file, "--dump", tmp_path / "nowhere" / "dump.jsonl")
    assert status == 2
    assert "cannot be written" in told
