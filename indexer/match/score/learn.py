"""`python -m indexer.match.score.learn FILE --out FILE`: the shipped trees anew, from listings whose goods are known.

Listings are JSON Lines as `python -m marketplaces.catalogues` writes them: ``catalogue`` and ``entity`` beside what a record
states. Catalogues are learned from one by one, each counting alike: what is rare in one may be common in another.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

from indexer.match.score.examples import examples_of
from indexer.match.score.features import features_of
from indexer.match.score.grow import Growth, grow
from indexer.match.score.prepared import prepare
from indexer.match.score.record import record_of
from indexer.match.score.rows import Floats
from indexer.match.score.trees import Table, Trees, to_json

GROWTH: Final = Growth(trees=350, depth=4, rate=0.1, rows=0.15, columns=0.5, shrink=20.0, seed=1)
"""How the shipped trees are grown (DECISIONS 55)."""

MOST_PAIRS: Final = 1_500
"""Of one catalogue."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the model; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m indexer.match.score.learn", description=__doc__)
    parser.add_argument("listings", type=Path, help="JSON Lines")
    parser.add_argument("--out", type=Path, required=True)
    wish = parser.parse_args(arguments)
    with wish.listings.open(encoding="utf-8") as lines:
        catalogues = list(_catalogues(map(json.loads, lines)))
    with ProcessPoolExecutor() as processes:
        trees = learned(list(processes.map(examples_in, catalogues)))
    about = {"catalogues": len(catalogues), "listings": sum(map(len, catalogues)), "made by": "make model"}
    wish.out.write_text(to_json(trees, about), "utf-8")
    return 0


def _catalogues(listings: Iterable[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    for _, group in groupby(listings, key=lambda one: one["catalogue"]):
        yield list(group)


def examples_in(listings: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], Table, Floats]:
    """Names of the columns, a row per pair, and its label."""
    stated = [{name: value for name, value in one.items() if name != "catalogue"} for one in listings]
    prepared = prepare([record_of(one) for one in stated])
    entities = [one["entity"] for one in listings]
    found = examples_of(prepared, entities, seed=len(listings), most=MOST_PAIRS)
    names, table = features_of(prepared, found.left, found.right)
    return names, table, found.labels


def learned(examples: Sequence[tuple[tuple[str, ...], Table, Floats]], growth: Growth = GROWTH) -> Trees:
    """Trees grown from the examples of several catalogues, each of which counts alike."""
    tables, labels = [table for _, table, _ in examples], [one for _, _, one in examples]
    mean = sum(map(len, labels)) / len(labels)
    weights = np.concatenate([np.full(len(one), mean / max(1, len(one))) for one in labels])
    return grow(examples[0][0], np.concatenate(tables), np.concatenate(labels), growth, weights)


if __name__ == "__main__":
    sys.exit(main())
