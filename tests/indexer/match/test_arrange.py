"""How products are shown that people said something about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.listing import Condition
from catalog.product import product_id
from indexer.match.arrange import apart_id, apart_number, arrange
from indexer.match.evidence import Evidence, Rule
from indexer.match.matcher import place
from indexer.match.products import Shelf
from indexer.match.words import Resolution
from ledger.corrections import Correction, Word
from tests.support.offers import START
from tests.support.readings import member


def shelve(*members):
    shelf = Shelf()
    for one in members:
        placement = place(one, shelf)
        if placement.number is None:
            product = shelf.found(one, is_first=True)
        else:
            product = shelf.product(placement.number)
        shelf.put(one, product, placement.evidence)
    return shelf


def say(members, *said):
    """Words as (left, right) for same and (left, "x", right) for not the same, by offer number, oldest first."""
    keys = {one.offer_id: one.offer.key for one in members}
    words = []
    for n, one in enumerate(said):
        kind = Word.SAME if len(one) == 2 else Word.NOT_SAME
        left, right = sorted((keys[one[0]], keys[one[-1]]))
        words.append(Correction(kind, left, right, "ann", "", START + timedelta(seconds=n)))
    return Resolution(words, {one.offer.key: one.facts for one in members})


def shown(members, *said):
    """Product number -> offer numbers."""
    found = arrange(list(shelve(*members)), say(members, *said))
    assert sorted(o for p in found for o in p.by_offer) == sorted(one.offer_id for one in members)
    return {product.number: sorted(product.by_offer) for product in found}


def used(number):
    return member(number, condition=Condition.USED)


def unclear(number):
    return member(number, storage=None, missing=["storage_gb"])


def test_same_joins_whole_products_that_differ_in_nothing():
    phones = [member(1), member(2), unclear(3), member(4)]

    assert shown(phones) == {1: [1, 2, 4], 3: [3]}
    assert shown(phones, (2, 3)) == {1: [1, 2, 3, 4]}


def test_same_brings_over_only_who_was_named_where_the_others_are_called_otherwise():
    phones = [member(1), member(2), *(member(n, model="iPhone 15 CN") for n in (3, 4))]

    assert shown(phones, (2, 3)) == {1: [1, 2, 3], 3: [4]}


def test_goods_that_were_called_otherwise_come_along_when_nobody_is_left_to_contradict():
    assert shown([member(1), member(2, model="iPhone 15 CN")], (1, 2)) == {1: [1, 2]}


def test_not_same_moves_the_later_one_out_and_leaves_the_rest_where_it_was():
    phones = [member(n) for n in (1, 2, 3, 4)]

    assert shown(phones, (1, "x", 3)) == {1: [1, 2, 4], apart_number(3): [3]}


def test_who_differs_from_more_of_them_is_the_one_that_leaves():
    phones = [member(n) for n in (1, 2, 3, 4)]

    assert shown(phones, (1, "x", 2), (1, "x", 3)) == {1: [2, 3, 4], apart_number(1): [1]}


def test_what_was_parted_together_stays_together():
    phones = [member(n) for n in (1, 2, 3, 4)]

    assert shown(phones, (1, "x", 3), (1, "x", 4)) == {1: [2, 3, 4], apart_number(1): [1]}
    assert shown(phones, (1, "x", 3), (1, "x", 4), (1, 2)) == {1: [3, 4], apart_number(1): [1, 2]}


def test_a_part_has_an_id_of_its_own():
    phones = [member(1), member(2)]

    first, part = arrange(list(shelve(*phones)), say(phones, (1, "x", 2)))

    assert first.product_id == product_id(phones[0].offer.key)
    assert part.product_id == apart_id(phones[1].offer.key, "phone") != product_id(phones[1].offer.key)


def test_an_offer_that_changes_sides():
    phones = [member(1), member(2), unclear(3)]

    assert shown(phones, (1, "x", 2), (2, 3)) == {1: [1], 3: [2, 3]}


def test_everybody_is_kept_apart_from_everybody():
    phones = [member(n) for n in (1, 2, 3)]

    assert shown(phones, (1, "x", 2), (2, "x", 3), (1, "x", 3)) == {
        1: [1],
        apart_number(2): [2],
        apart_number(3): [3],
    }


def test_what_differs_in_plain_words_is_never_shown_together():
    assert shown([member(1), used(2)], (1, 2)) == {1: [1], 2: [2]}


def test_bodies_that_differ_are_not_brought_together_by_one_that_says_nothing():
    """3 may stand with either; that does not make the two one."""
    first, second = member(1, energy_class="1"), member(2, energy_class="2")

    assert shown([first, second, member(3)], (1, 3)) == {1: [1, 3], 2: [2]}
    assert shown([first, second, member(3)], (1, 3), (2, 3)) == {1: [1], 2: [2, 3]}


def test_evidence_says_who_said_so():
    phones = [member(1), unclear(2), member(3)]

    (product,) = arrange(list(shelve(*phones)), say(phones, (1, 2)))

    one, two, three = (m.evidence for m in product.members)
    assert (one.rule, two.rule, three.rule) == (Rule.FOUNDED, Rule.SAID, Rule.IDENTITY)
    assert [(s.word, s.left, s.right, s.author) for s in two.said] == [("same", "jd:1:", "jd:2:", "ann")]
    assert Evidence.from_dict(two.to_dict()) == two


def test_evidence_says_why_an_offer_stands_apart():
    phones = [member(1), member(2)]

    _, part = arrange(list(shelve(*phones)), say(phones, (1, "x", 2)))

    (evidence,) = (m.evidence for m in part.members)
    assert (evidence.rule, [s.word for s in evidence.said]) == (Rule.APART, ["not_same"])


def test_what_stands_by_itself_is_left_as_it_is():
    phones = [member(1), unclear(2)]
    shelf = shelve(*phones)
    before = [(m.product_number, m.evidence) for p in shelf for m in p.members]

    arrange(list(shelf), say(phones, (1, 2)))

    assert [(m.product_number, m.evidence) for p in shelf for m in p.members] == before


@pytest.mark.parametrize("size", [1_000])
def test_a_long_chain_takes_no_time(size):
    phones = [unclear(n) for n in range(1, size + 1)]

    assert len(shown(phones, *((n, n + 1) for n in range(1, size)))) == 1


@pytest.mark.parametrize("size", [200])
def test_everybody_apart_from_everybody_takes_no_time(size):
    phones = [member(n) for n in range(1, size + 1)]
    pairs = ((left, "x", right) for left in range(1, size + 1) for right in range(left + 1, size + 1))

    assert len(shown(phones, *pairs)) == size
