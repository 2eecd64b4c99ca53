"""Attributes to choose by: which there are, what may be chosen, in which order values stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidInput
from indexer.attributes import NAMES, chosen, filters, in_order, of_family, shown, values_of
from indexer.match.facts import facts_of
from indexer.query import Terms
from indexer.read_title.family import FAMILIES
from tests.support.index import reader
from tests.support.practice import ask_control, open_practice


def values(title):
    return values_of(facts_of(reader().read_text(title)))


def test_a_document_carries_what_splits_and_the_contents():
    assert values("小米14 12GB+256GB 手机") == ("ram_gb=12", "storage_gb=256")
    assert values("飞鹤 星飞帆 3段 奶粉 900g*6罐") == ("pack_count=6", "quantity=900g", "stage=3")
    assert (
        values("Nike Air Force 1 CW2288-111 42码 板鞋") == ()
    )  # a code names one product: nobody chooses among all


def test_what_every_title_states_is_asked_first():
    assert of_family("phone")[0] == "storage_gb"
    assert of_family("milk_powder") == ("stage", "quantity", "pack_count", "accessory_for")
    assert of_family("submarine") == ()
    assert {name for family in FAMILIES for name in family.splits} <= set(NAMES)


def test_every_number_of_real_titles_may_be_chosen():
    """What is counted can be chosen: else a facet's value would be refused."""
    titles = [
        offer["title"] for offer in ask_control(open_practice(products=300, offers=1_500), "/truth")["offers"]
    ]
    carried = {value for title in titles for value in values(title)}

    assert len(carried) > 60
    for value in carried:
        name, _, text = value.partition("=")
        assert chosen([f"{name}:{text}"]) == ((name, text),), value


def test_values_are_brought_into_one_spelling():
    assert chosen(["storage_gb:128.0", "storage_gb:128", "storage_gb: 0256 "]) == (
        ("storage_gb", "128"),
        ("storage_gb", "256"),
    )
    assert chosen(["quantity:1.5l", "quantity:2 kg", "quantity:24piece", "quantity:500ML"]) == (
        ("quantity", "1500ml"), ("quantity", "2000g"), ("quantity", "24piece"), ("quantity", "500ml"),
    )  # fmt: skip
    assert chosen(["cpu=i5-13500H"], sign="=") == (("cpu", "i5-13500H"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no attribute"), ("nothing:1", "there are abv, "), ("storage_gb", "write storage_gb:128"), ("storage_gb:", "no value"),
        ("storage_gb:much", "write storage_gb:128"), ("storage_gb:-1", "no value"), ("storage_gb:1e3", "no value"),
        ("storage_gb:１２８", "no value"), ("screen_inch:9999999", "no value"), ("cpu:", "no value"), ("cpu:a\x00b", "no value"),
        ("quantity:900", "write quantity:900g"), ("quantity:0g", "no value"), ("quantity:9 lightyears", "no value"),
        ("style_code:CW2288-111", "no attribute"), ("STORAGE_GB:128", "no attribute"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_what_would_be_right(text, told):
    with pytest.raises(InvalidInput, match=told):
        chosen([text])


@given(st.text() | st.builds("{}:{}".format, st.sampled_from(NAMES), st.text()))
def test_whatever_is_chosen_is_taken_or_refused(text):
    try:
        ((name, value),) = chosen([text])
    except InvalidInput:
        return
    assert chosen([f"{name}:{value}"]) == ((name, value),)  # canonical already


def test_values_of_one_attribute_are_either_and_order_does_not_matter():
    some = chosen(["storage_gb:256", "ram_gb:8", "storage_gb:128"])

    assert filters(some) == (
        Terms("attributes", ("ram_gb=8",)),
        Terms("attributes", ("storage_gb=128", "storage_gb=256")),
    )
    assert filters(some) == filters(some[::-1])


@pytest.mark.parametrize(
    ("given_values", "ordered"),
    [
        ("512 64 1024 128", "64 128 512 1024"),
        ("15.6 14 13.6", "13.6 14 15.6"),
        ("1.5匹 3匹 大1.5匹 1匹", "1匹 1.5匹 大1.5匹 3匹"),
        ("3 Pre 1 2", "Pre 1 2 3"),
        ("XL NB S M", "NB S M XL"),
        ("1500ml 900g 500ml 1000g", "900g 1000g 500ml 1500ml"),
        ("RTX4060 RTX3050 M3", "RTX4060 RTX3050 M3"),
    ],
)
def test_values_stand_in_an_order_people_expect(given_values, ordered):
    found = in_order([(value, 1) for value in given_values.split()])
    assert [value for value, _ in found] == ordered.split()


def test_attributes_are_shown_of_the_family_that_most_are_of():
    counts = (("storage_gb=128", 3), ("stage=3", 2), ("anc=true", 1))
    storage = {"storage_gb": [("128", 3)]}

    assert shown(counts, (("phone", 6), ("milk_powder", 4)), 10, (), ()) == storage
    assert shown(counts, (("phone", 5), ("milk_powder", 5)), 10, (), ()) == {}
    assert shown(counts, (("phone", 5), ("milk_powder", 2)), 5, (), ("phone",)) == storage
    assert shown(counts, (), 0, (), ()) == {}
    with_chosen = shown(counts, (("phone", 6),), 10, (("stage", "3"),), ())
    assert with_chosen == storage | {"stage": [("3", 2)]}
