"""What an offer leaves open of what splits its goods: told by name, and never more than that."""

from __future__ import annotations

from dataclasses import replace

from catalog.listing import Offer
from indexer.doubts import LEAST_SURE, doubts_of
from indexer.read_title.reading import Attribute, Conflict, Reading, Source, Split
from tests.support.index import reader
from tests.support.offers import seen


def read(title, **more) -> Reading:
    offer: Offer = seen("1", "10.00", title=title).offer
    return reader().read(replace(offer, **more))


def test_what_is_not_stated_is_missing():
    assert doubts_of(read("Apple iPhone 15 黑色 手机")).missing == ("storage_gb",)
    assert doubts_of(read("Apple iPhone 15 128GB 黑色 手机")) == doubts_of(read("Apple iPhone 15 128GB 手机"))


def test_two_statements_about_what_splits_are_a_conflict():
    found = doubts_of(read("Apple iPhone 15 256GB 手机", sku_text="黑色 128GB"))

    assert [(one.attribute, one.values) for one in found.conflicts] == [("storage_gb", ("128", "256"))]
    assert found.missing == ()


def test_two_colours_of_a_phone_are_none():
    contested = Reading(
        conflicts=(Conflict("color", ("黑色", "蓝色"), (Source.SKU, Source.TITLE)),),
        split=Split(("storage_gb",)),
    )

    assert doubts_of(contested).conflicts == ()


def attribute(name, value, confidence):
    return Attribute(name, value, Source.TITLE, (0, 1), "a rule", confidence)


def test_what_was_only_guessed_is_probable():
    guessed = Reading(
        model="PRO14",
        variant=(("color", "银色"), ("ram_gb", "16"), ("storage_gb", "512")),
        evidence=(
            attribute("model", "PRO14", LEAST_SURE - 1),
            attribute("storage_gb", "512", LEAST_SURE - 5),
            attribute("storage_gb", "512", LEAST_SURE),  # said twice: the surer one counts
            attribute("ram_gb", "8", 10),  # does not hold
            attribute("color", "银色", 10),  # does not split
        ),
        split=Split(("ram_gb", "storage_gb")),
    )

    assert doubts_of(guessed).probable == ("model",)
    contested = replace(guessed, conflicts=(Conflict("model", ("PRO14", "X"), (Source.MPN, Source.TITLE)),))
    assert doubts_of(contested).probable == ()
