"""Every text that pages name exists, every text that exists is named, and none stands in a template or in code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import api.pages
from api.pages.render import TEMPLATES
from api.pages.run_view import COUNTED
from api.pages.texts import FOLDER, LANGUAGE, Texts
from catalog.listing import Condition, SellerType, SourceKind, Stock
from catalog.product import Kind
from indexer.match.evidence import Rule
from indexer.read_title.family import FAMILIES
from indexer.read_title.reading import Source
from indexer.unit_bases import all_labels
from ledger.frontier import RejectKind
from ledger.runs import RunState

CODE = Path(api.pages.__file__).parent
TEXTS = Texts.load()
CJK = re.compile(r"[\u4e00-\u9fff]")

TABLES = {
    "attributes", "conditions", "families", "kinds", "places", "problems", "regions", "reject_kinds", "rules", "said",
    "needs", "tiers", "promotions", "actions", "fees", "unit_signs",
    "sellers", "source_kinds", "sources_read", "states", "statuses", "steps", "stocks", "units", "facets", "counts", "errors",
    "unit_bases",
}  # fmt: skip
"""Subjects that are looked up by value; their keys are checked against the lists they name, below."""


def named():
    """Keys of texts that templates and code name in full, and the beginnings of those made at run time."""
    sources = [
        path.read_text("utf-8")
        for path in [*TEMPLATES.glob("*.html"), *CODE.glob("*.py"), *FOLDER.rglob("*.html")]
    ]
    keys, prefixes = set(), set()
    for source in sources:
        keys |= set(re.findall(r"""["']([a-z_]+\.[a-z_0-9-]+)["']""", source))
        prefixes |= set(re.findall(r"""f?["']([a-z_]+\.[a-z_]*)(?:\{|["'] ~)""", source))
    return keys, prefixes


def every():
    subjects = ("site", "home", "search", "offer", "product", "chart", "why", "crawls", "run", "forms", "admin", "docs",
                "detail", "claim", "status", "wish", "low", "verdict", "badge", "chip", "mark", "time", "interval", "sort", "price", "nothing", "sources", "schedules", "read")  # fmt: skip
    return {f"{subject}.{name}" for subject in subjects for name in TEXTS.subject(subject)}


def test_every_text_that_is_named_exists():
    keys, _ = named()
    subjects = {path.partition(".")[0] for path in every()} | TABLES
    missing = [
        key
        for key in keys
        if key.partition(".")[0] in subjects
        and not key.endswith((".html", ".py", ".css", ".js", "_"))
        and not TEXTS.known(*key.split(".", 1))
    ]
    assert missing == []


def test_every_text_that_exists_is_named():
    keys, prefixes = named()
    unused = [key for key in every() if key not in keys and not key.startswith(tuple(prefixes))]
    assert unused == []


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        ("conditions", Condition), ("kinds", Kind), ("sellers", set(SellerType) - {SellerType.UNKNOWN}), ("stocks", Stock),
        ("rules", Rule), ("sources_read", Source), ("states", RunState), ("source_kinds", SourceKind),
        ("reject_kinds", RejectKind), ("families", [family.name for family in FAMILIES]), ("counts", COUNTED),
        ("counts", [f"{name}_title" for name in COUNTED]), ("unit_bases", sorted(all_labels())),
    ],
)  # fmt: skip
def test_every_value_of_a_fixed_list_has_a_word(subject, values):
    assert [str(value) for value in values if not TEXTS.known(subject, str(value))] == []


def test_every_splitting_attribute_has_a_name():
    names = {name for family in FAMILIES for name in (*family.splits, *family.required)}
    assert sorted(name for name in names if not TEXTS.known("attributes", name)) == []


def test_templates_hold_no_words_of_a_language():
    for path in TEMPLATES.glob("*.html"):
        assert not CJK.search(path.read_text("utf-8")), path.name


def test_code_holds_no_words_of_a_language_but_examples_of_searches():
    for path in CODE.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        spoken = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        ]
        assert path.name in {"home.py", "curl.py"} or not CJK.search("".join(spoken)), path.name


def test_a_text_with_values_takes_exactly_those():
    assert TEXTS("search.total", n="1,284") == "1,284 款商品"
    with pytest.raises(KeyError):
        TEXTS("search.total", other=1)
    with pytest.raises(KeyError):
        TEXTS("search.no_such_text")


def test_values_are_not_read_as_templates():
    assert TEXTS("chip.only", name="{0.__class__}") == "只看{0.__class__}"


def test_unknown_values_stand_for_themselves():
    assert TEXTS.word("families", "submarine") == "submarine"
    assert TEXTS.language == LANGUAGE
