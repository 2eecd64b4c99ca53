"""No float touches a price (design rule 4): the files that handle amounts neither make nor name one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDLES_MONEY = (
    *sorted(f"catalog/{file.name}" for file in (ROOT / "catalog").glob("*.py")),
    *("indexer/unit_bases.py", "indexer/evaluate/unit_price.py", "indexer/evaluate/history.py", "indexer/evaluate/promotions.py"),
    *("crawlers/extract/price_text.py", "crawlers/fields.py", "crawlers/generic/schema_org.py", "crawlers/extract/jsontext.py"),
    *("crawlers/generic/schema_prices.py", "crawlers/generic/schema_shipping.py", "crawlers/extract/promotion_words.py"),
    *("crawlers/offer_map.py", "crawlers/promotion_map.py"),
    *("ledger/observations.py", "ledger/history.py", "ledger/history_chunks.py", "ledger/sealing.py", "ledger/plausibility.py", "ledger/schema.py"),
    *("indexer/documents.py", "indexer/ordering.py", "api/compare.py", "api/views.py", "api/pages/formatting.py"),
    *("api/landed.py", "api/reference.py", "api/reordering.py"),
)  # fmt: skip

ALLOWED = {
    "api/compare.py": {"float", "0.0"},  # the hour an offer was last seen, in the order of offers
    "ledger/plausibility.py": {"0.2"},  # a share of the prices of a run
    "indexer/ordering.py": {"float"},  # an engine's score
    "crawlers/extract/jsontext.py": {"float"},
}


def floats(tree):
    """Names and constants of that kind in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield "float"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield repr(node.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            yield "/"


@pytest.mark.parametrize("name", HANDLES_MONEY)
def test_no_float_touches_a_price(name):
    tree = ast.parse((ROOT / name).read_text("utf-8"))

    assert set(floats(tree)) - ALLOWED.get(name, set()) == set()


def test_a_float_would_be_noticed():
    assert set(floats(ast.parse("price = float(text) * 1.5 / 100"))) == {"float", "1.5", "/"}
