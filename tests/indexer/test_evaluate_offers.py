"""`bijia evaluate offers`: what counts as said, as read and as right, and what it says of files that are not right."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from api.cli import app
from catalog.codec import dump_offer
from catalog.listing import Condition
from catalog.product import Kind
from catalog.quantity import Quantity
from indexer.evaluate.offers import Case, cases_of, evaluate_offers
from indexer.read_title.reading import Reading, Split
from tests.support.offers import offer


class Scripted:
    """Reads what it is told to, in turns."""

    def __init__(self, *readings):
        self.readings = iter(readings)

    def read(self, _offer):
        return next(self.readings)


def truth(**changes):
    said = {
        "kind": "goods", "family": ["tea", "drinks"], "brand": ["立顿", "Lipton"], "is_bundle": False, "color": None,
        "line": "tea/lipton/yellow", "model": ["黄牌精选"], "variant": {"stage": 3, "flavor": "白桃味"},
        "quantity": {"value": 200, "unit": "g"}, "pack_count": 6, "condition": "new", "region_version": None,
    }  # fmt: skip
    return said | changes


READ = Reading(
    family="drinks", brand="Lipton", model="黄牌 精选", variant=(("flavor", "白桃"), ("stage", "3")),
    quantity=Quantity.of(200, "g"), pack_count=6,
)  # fmt: skip


def judged(*pairs):
    cases = [Case(offer(str(n)), said) for n, (said, _) in enumerate(pairs)]
    return evaluate_offers(cases, Scripted(*(reading for _, reading in pairs)))


def figures(evaluated, name):
    """(stated, read, right) of an attribute."""
    score = evaluated.overall[name]
    return score.stated, score.read, score.right


def test_what_is_said_and_read_is_right_in_any_spelling():
    found = judged((truth(), READ))

    for name in ("family", "brand", "model", "stage", "flavor", "quantity", "pack_count"):
        assert figures(found, name) == (1, 1, 1), name
    for name in ("kind", "is_bundle", "color", "condition", "region_version"):
        assert figures(found, name) == (0, 0, 0), name


def test_what_is_wrong_counts_against_both_and_what_is_missing_against_recall():
    found = judged(
        (truth(), READ),
        (truth(), replace(READ, variant=(("stage", "2"),), quantity=None, pack_count=1)),
        (truth(), replace(READ, brand=None)),
    )

    assert figures(found, "stage") == (3, 3, 2)
    assert figures(found, "flavor") == (3, 2, 2)
    assert figures(found, "quantity") == (3, 2, 2)
    assert figures(found, "pack_count") == (3, 2, 2)
    assert figures(found, "brand") == (3, 2, 2)
    assert found.overall["stage"].precision == found.overall["stage"].recall == pytest.approx(2 / 3)
    assert found.overall["stage"].lost == 1


def test_reading_into_the_usual_what_nobody_said_is_wrong():
    found = judged(
        (
            truth(pack_count=1, variant={}, brand=None),
            replace(READ, pack_count=24, condition=Condition.USED, region_version="hk", kind=Kind.ACCESSORY),
        ),
        (truth(), READ),
    )

    assert figures(found, "pack_count") == (1, 2, 1)
    assert figures(found, "brand") == (1, 2, 1)
    assert figures(found, "stage") == (1, 2, 1)
    for name in ("condition", "region_version", "kind"):
        assert figures(found, name) == (0, 1, 0), name


def test_the_domestic_edition_is_the_usual_one():
    assert figures(judged((truth(region_version="cn"), READ)), "region_version") == (0, 0, 0)
    assert figures(judged((truth(), replace(READ, region_version="cn"))), "region_version") == (0, 0, 0)


def test_what_the_truth_does_not_speak_of_is_not_judged():
    said = truth()
    del said["quantity"], said["region_version"]
    found = judged((said, replace(READ, region_version="de", variant=(*READ.variant, ("cpu", "m3")))))

    assert {"quantity", "region_version", "cpu"} & set(found.overall) == set()


def test_what_is_no_goods_is_judged_by_kind_brand_and_colour():
    said = {"kind": "accessory", "family": "phone", "brand": None, "is_bundle": False, "color": "黑色"}
    found = judged((said, Reading(kind=Kind.ACCESSORY, variant=(("color", "黑"),), pack_count=7)))

    assert set(found.overall) == {"kind", "brand", "is_bundle", "color"}
    assert figures(found, "kind") == figures(found, "color") == (1, 1, 1)


def test_a_code_may_be_read_as_a_code_and_a_word_as_part_of_the_name():
    said = truth(variant={"set_no": "42143", "flavor": "黄瓜味"})
    read = replace(READ, model="黄瓜味薯片", variant=(), mpns=("42143",))
    found = judged((said, read))

    assert figures(found, "set_no") == figures(found, "flavor") == (1, 1, 1)


# ── names of models ────────────────────────────────────────────────────────────────────────────────


def named(line, model, *names):
    return truth(line=line, model=list(names) or [line], variant={}), replace(READ, model=model, variant=())


def test_a_model_may_have_another_name_if_it_always_has_it():
    found = judged(*[named("air 11", "Air")] * 3, named("air 11", "Air 11"), named("air 11", "Airy"))

    assert figures(found, "model") == (5, 5, 4)


def test_a_name_that_belongs_to_another_model_is_none():
    found = judged(*[named("air 11", "Air")] * 3, *[named("air 13", "Air")] * 2)

    assert figures(found, "model") == (5, 5, 3)


def test_what_splits_beside_the_name_belongs_to_it():
    def sized(line, inches):
        said, read = named(line, "Air")
        return said, replace(read, variant=(("screen_inch", inches),), split=Split(by=("screen_inch",)))

    found = judged(*[sized("air 11", "11")] * 2, *[sized("air 13", "13")] * 2)

    assert figures(found, "model") == (4, 4, 4)


# ── report and file ────────────────────────────────────────────────────────────────────────────────


def test_the_report_has_places_and_the_worst_with_examples():
    cases = [
        Case(offer("1", title="好茶"), truth()),
        Case(offer("2", marketplace="taobao"), truth(family="milk")),
    ]
    report = evaluate_offers(cases, Scripted(replace(READ, pack_count=12), READ)).as_json()

    assert report["offers"] == 2
    assert report["attributes"]["pack_count"] == {"precision": 0.5, "recall": 0.5, "stated": 2, "read": 2}
    assert report["marketplaces"]["taobao"]["pack_count"]["precision"] == 1
    assert report["families"]["tea"]["pack_count"]["recall"] == 0
    assert report["cells"]["jd"]["tea"]["pack_count"]["read"] == 1
    worst = {one["attribute"]: one for one in report["worst"]}
    assert worst["pack_count"]["examples"] == [{"title": "好茶", "expected": "6", "found": "12"}]
    assert (worst["family"]["marketplace"], worst["family"]["family"]) == ("taobao", "milk")


def line(said=None, **changes):
    return json.dumps({"offer": json.loads(dump_offer(offer("1"))), "truth": said or truth()} | changes)


def test_lines_that_are_no_cases_are_told_by_number():
    lines = [
        line(),
        "",
        "no json",
        line(offer={}),
        line(truth={"kind": "goods"}),
        line(truth=7),
        "[]",
        line(),
    ]
    cases, malformed = cases_of(lines)

    assert len(cases) == 2
    assert malformed == [3, 4, 5, 6, 7]


def run(*words):
    return CliRunner().invoke(app, ["evaluate", "offers", *map(str, words)])


def test_the_command_ends_with_one_line_of_json(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{line()}\nnonsense\n")
    result = run(file)
    report = json.loads(result.stdout.splitlines()[-1])

    assert result.exit_code == 0
    assert report["offers"] == 1
    assert report["malformed"] == [2]
    assert "line 2: not an offer with its truth" in result.output


def test_a_file_without_cases_is_an_error(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("\n")

    assert run(file).exit_code == 2
