"""`bijia evaluate pairs, tables, clusters`: packed files, figures on the last line, what cannot be used on the other channel."""

from __future__ import annotations

import gzip
import json

import pytest
from typer.testing import CliRunner

from api.cli import app

KEYS = {
    "pairs": {"pairs", "precision", "recall", "f1", "average_precision", "pairs_per_s"},
    "tables": {"precision", "recall", "f1", "recall_at_20", "listings_per_s"},
    "clusters": {
        "records", "products", "pairwise_precision", "pairwise_recall", "pairwise_f1", "b3_precision", "b3_recall", "b3_f1",
        "hard_conflict_rate", "false_lowest_price_rate",
    },
}  # fmt: skip


def run(*arguments, status=0):
    done = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    assert done.exit_code == status, (done.output, done.exception)
    return done


def figures(*arguments):
    return json.loads(run(*arguments).stdout.splitlines()[-1])


def packed(file, *lines):
    with gzip.open(file, "wt", encoding="utf-8") as text:
        text.writelines(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines)
    return file


CAMERAS = [
    {"entity": n, "source": shop, "title": title.format(n), "price": str(n)}
    for n in range(100, 130)
    for shop, title in (("a", "quarno x{}70 camera"), ("b", "x{}70 compact camera by quarno"))
]
PAIRS = [
    {
        "left": {"title": f"quarno x{n}70 camera"},
        "right": {"title": f"x{m}70 compact camera by quarno"},
        "label": int(n == m),
    }
    for n in range(100, 130)
    for m in (n, n + 1)
]


@pytest.fixture
def folder(tmp_path):
    packed(
        tmp_path / "tableA.csv.gz",
        "id,name,price",
        *(f"{n},quarno x{n}70 camera,{n}" for n in range(100, 130)),
    )
    packed(
        tmp_path / "tableB.csv.gz",
        "id,name,price",
        *(f"{n},x{n}70 compact camera by quarno,{n}" for n in range(100, 130)),
    )
    for split in ("train", "test"):
        packed(
            tmp_path / f"{split}.csv.gz",
            "ltable_id,rtable_id,label",
            *(f"{n},{m},{int(n == m)}" for n in range(100, 129) for m in (n, n + 1)),
        )
    packed(tmp_path / "pairs.jsonl.gz", *PAIRS)
    packed(tmp_path / "clusters.jsonl.gz", *CAMERAS)
    return tmp_path


def test_pairs(folder):
    found = figures("pairs", folder / "pairs.jsonl.gz")
    assert KEYS["pairs"] <= set(found)
    assert found["f1"] > 0.9


def test_tables(folder):
    found = figures("tables", folder)
    assert KEYS["tables"] <= set(found)
    assert found["f1"] > 0.9


def test_clusters(folder):
    found = figures("clusters", folder / "clusters.jsonl.gz", "--seed", 3)
    assert KEYS["clusters"] <= set(found)
    assert (found["records"], found["hard_conflict_rate"]) == (60, 0.0)
    assert found["b3_f1"] > 0.9


@pytest.mark.slow
def test_each_learns_from_labels_for_once(folder):
    pairs, clusters = folder / "pairs.jsonl.gz", folder / "clusters.jsonl.gz"

    assert figures("pairs", pairs, "--train", pairs)["f1"] > 0.9
    assert figures("tables", folder, "--split", "train", "--train")["f1"] > 0.9
    assert figures("clusters", clusters, "--train", clusters)["b3_f1"] > 0.9


def test_what_cannot_be_used_is_told_beside_the_figures(folder):
    done = run("pairs", packed(folder / "some.jsonl.gz", "{", *PAIRS, {"entity": 1}))

    assert done.stdout.count("\n") == 1
    assert "line 1: not a JSON object" in done.stderr
    assert f"line {len(PAIRS) + 2}: not a pair" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("pairs", "clusters.jsonl.gz"), ("clusters", "pairs.jsonl.gz"), ("pairs", "tableA.csv.gz"), ("tables", ".", "--split", "nothing"),
     ("tables", ".", "--split", "tableA"), ("clusters", "broken.gz"), ("clusters", "pairs.jsonl.gz", "--train", "clusters.jsonl.gz")],
)  # fmt: skip
def test_another_kind_of_file_is_one_error_and_status_2(folder, arguments):
    (folder / "broken.gz").write_bytes(b"\x1f\x8bnothing")
    command, file, *more = arguments
    more = [folder / one if str(one).endswith(".gz") else one for one in more]

    done = run(command, folder / file, *more, status=2)

    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("bijia: ")
