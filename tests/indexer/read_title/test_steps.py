"""Every step of reading a title is needed: left out, the titles that need it are read wrongly (domain §2.2)."""

import pytest

from indexer.analyse import fold, prepare
from indexer.evaluate.titles import wrong_fields
from indexer.read_title import draft
from indexer.read_title import reader as reading
from indexer.read_title.brand import BrandFound, Naming
from indexer.read_title.reader import TitleReader
from indexer.read_title.spans import Apart
from tests.indexer.read_title.conftest import cases

pytestmark = pytest.mark.slow  # a reader is built for each broken step

VECTORS = {case["id"]: case for name in ("title_vectors.jsonl", "own_titles.jsonl") for case in cases(name)}


def first_name(title, _families, _lexicon, _stated=None):
    """A brand by the first name that occurs, whatever stands beside it."""
    named = [
        Naming(alias.brand, hit.start, hit.end, alias.is_line, is_certain=True)
        for hit in title.own_hits
        for alias in hit.payload.aliases
    ]
    return BrandFound(named[0].brand, tuple(named)) if named else BrandFound()


STEPS = {
    "NFKC": ((fold, "compatible", str), ["TV111"]),
    "simplified": ((fold, "simplified", str), ["TV112"]),
    "case": ((fold, "caseless", str), ["TV001", "TV010", "TV022"]),
    "brackets and emoji": ((draft, "without_symbols", str), ["OT901"]),
    "promises with figures": ((draft, "promotions", lambda _text: []), ["OT158"]),
    "gifts, what it fits, what it is not": (
        (draft, "pieces_apart", lambda _text, _hits: Apart()),
        ["TV036", "TV037", "TV078", "TV088", "TV097"],
    ),
    "numerals": ((prepare, "with_digits", lambda text: text), ["TV113"]),
    "brand": ((reading, "brand_in_title", first_name), ["TV010", "TV115", "OT032", "OT107"]),
    "family and its grammar": ((reading, "family_of", lambda *_: None), ["TV001", "TV048", "TV055", "TV068"]),
}


@pytest.fixture(autouse=True)
def _folded_anew():
    yield
    fold._table.cache_clear()


@pytest.mark.parametrize("step", STEPS)
def test_without_a_step_its_titles_are_read_wrongly(monkeypatch, reader, step):
    (module, name, broken), ids = STEPS[step]
    assert [vector for vector in ids if wrong_fields(VECTORS[vector], read(reader, vector))] == []

    fold._table.cache_clear()
    monkeypatch.setattr(module, name, broken)

    assert [v for v in ids if not wrong_fields(VECTORS[v], read(TitleReader(cache_size=0), v))] == []


def read(of, vector):
    return of.read_text(VECTORS[vector]["title"])


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        (fold.compatible, "ｉＰｈｏｎｅ　１５", "iPhone 15"),
        (fold.simplified, "蘋果手機", "苹果手机"),
        (fold.caseless, "HUAWEI Straße", "huawei strasse"),
        (draft.without_symbols, "【6罐装】🔥a2", " 6罐装  a2"),
    ],
)
def test_each_step_is_a_small_pure_function(step, text, expected):
    assert step(text) == expected
