"""Who stands with whom, and why."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.listing import Condition
from catalog.product import Kind, product_id
from indexer.match.evidence import Evidence, Rule
from indexer.match.facts import facts_of, union
from indexer.match.matcher import place
from indexer.match.products import Shelf
from indexer.match.veto import vetoes
from tests.support.readings import member, pack, reading

GTIN, OTHER_GTIN = "6901234567892", "4006381333931"


def shelve(*members):
    """Place members one after the other; shelf and each one's product number."""
    shelf, numbers = Shelf(), []
    for one in members:
        placement = place(one, shelf)
        product = (
            shelf.found(one, is_first=True) if placement.number is None else shelf.product(placement.number)
        )
        shelf.put(one, product, placement.evidence)
        numbers.append(product.number)
    return shelf, numbers


def are_together(*members):
    return len(set(shelve(*members)[1])) == 1


def test_equal_brand_model_and_attributes_are_one_product():
    shelf, numbers = shelve(member(1), member(2), member(3, model="IPHONE15"))

    assert numbers == [1, 1, 1]
    evidence = [m.evidence for m in next(iter(shelf)).members]
    assert [e.rule for e in evidence] == [Rule.FOUNDED, Rule.IDENTITY, Rule.IDENTITY]
    assert evidence[1].same["storage_gb"] == "128"


@pytest.mark.parametrize(
    ("change", "veto"),
    [
        ({"storage": "256"}, "storage_gb: 128 ≠ 256"), ({"brand": "huawei"}, "brand: apple ≠ huawei"), ({"model": "iPhone 15 Pro"}, "model: iphone15 ≠ iphone15pro"),
        ({"condition": Condition.USED}, "condition: new ≠ used"), ({"condition": Condition.REFURBISHED_OFFICIAL}, "condition: new ≠ refurbished_official"),
        ({"region": "hk"}, "region: home ≠ hk"), ({"kind": Kind.ACCESSORY}, "kind: goods ≠ accessory"), ({"kind": Kind.BUNDLE}, "kind: goods ≠ bundle"),
        ({"kind": Kind.DUMMY}, "kind: goods ≠ dummy"), ({"family": "laptop"}, "family: phone ≠ laptop"),
    ],
)  # fmt: skip
def test_one_stated_difference_keeps_apart_whatever_else_is_equal(change, veto):
    left, right = member(1, gtins=[GTIN]), member(2, gtins=[GTIN], **change)

    assert not are_together(left, right)
    assert veto in vetoes(left.facts, right.facts)


def test_packs_are_never_mixed():
    tin, six = pack("900g"), pack("900g", 6)

    assert are_together(member(1, pack=tin), member(2, pack=tin))
    assert not are_together(member(1, pack=tin), member(2, pack=six))
    assert not are_together(member(1, pack=tin, gtins=[GTIN]), member(2, pack=six, gtins=[GTIN]))
    assert not are_together(member(1, pack=tin, gtins=[GTIN]), member(2, gtins=[GTIN]))


def test_different_maker_codes_with_different_numbers_are_two_goods():
    left, right = member(1, gtins=[GTIN], mpns=["A1"]), member(2, gtins=[OTHER_GTIN], mpns=["B2"])

    assert not are_together(left, right)
    assert are_together(member(1, gtins=[GTIN]), member(2, gtins=[OTHER_GTIN]))  # two colours


def test_a_trade_item_number_joins_what_words_cannot():
    known = member(1, gtins=[GTIN])
    silent = member(2, gtins=[GTIN], model=None, brand=None, storage=None, missing=["storage_gb"])

    shelf, numbers = shelve(known, silent)

    assert numbers == [1, 1]
    assert shelf.member(2).evidence.rule is Rule.GTIN


def test_goods_of_no_known_family_are_joined_with_their_like_only():
    """Families are kept by different processes: what one cannot see, none may join (DECISIONS 41)."""
    known, *silent = member(1, gtins=[GTIN]), *(member(n, gtins=[GTIN], family=None) for n in (2, 3))

    assert shelve(known, *silent)[1] == [1, 2, 2]


def test_what_does_not_say_what_it_is_stands_alone():
    unclear = [member(n, storage=None, missing=["storage_gb"]) for n in (1, 2)]

    shelf, numbers = shelve(*unclear, member(3))

    assert numbers == [1, 2, 3]
    assert shelf.member(1).evidence.rule is Rule.UNCERTAIN
    assert shelf.member(1).evidence.unstated == ("storage_gb",)
    assert not shelf.product(1).is_certain


def test_what_is_not_required_may_be_unstated_unless_two_fit():
    first, second = member(1, energy_class="1"), member(2, energy_class="2")
    silent = member(3)

    assert shelve(first, silent)[1] == [1, 1]
    assert shelve(first, second, silent)[1] == [1, 2, 3]


def test_a_join_never_brings_a_contradiction_in_through_the_back_door():
    shelf, numbers = shelve(member(1, energy_class="1"), member(2), member(3, energy_class="2"))

    assert numbers == [1, 1, 3]
    assert shelf.member(3).evidence.rejected[0].why == ("energy_class: 2 ≠ 1",)


@pytest.mark.parametrize("kind", [Kind.ACCESSORY, Kind.BUNDLE, Kind.DUMMY, Kind.OPTIONS])
def test_only_goods_are_merged(kind):
    assert not are_together(member(1, kind=kind), member(2, kind=kind))


def test_goods_without_a_model_are_joined_by_nearly_equal_words():
    words = "浓香 型 家宴 纪念 版"
    left = member(1, model=None, residual=words)
    right = member(2, model=None, residual="纪念 版 浓香 型 家宴")
    other = member(3, model=None, residual="酱香 型 封坛 老酒")

    shelf, numbers = shelve(left, right, other)

    assert numbers == [1, 1, 3]
    assert shelf.member(2).evidence.score == 100


def test_words_never_outweigh_a_model():
    same = "完全 相同 的 文字 描述"

    assert not are_together(member(1, model=None, residual=same), member(2, residual=same))
    assert not are_together(
        member(1, model=None, residual=same), member(2, model=None, residual=same, storage="256")
    )
    assert not are_together(member(1, model=None, residual="x"), member(2, model=None, residual="x"))


def test_evidence_reads_back():
    shelf, _ = shelve(member(1), member(2, storage="256"), member(3))

    for number in (1, 2, 3):
        evidence = shelf.member(number).evidence
        assert Evidence.from_dict(evidence.to_dict()) == evidence
    assert shelf.member(2).evidence.rejected[0].product_id == product_id(shelf.member(1).offer.key)


def test_a_product_without_offers_is_gone():
    shelf, _ = shelve(member(1), member(2))

    shelf.take(shelf.member(1))
    assert [p.number for p in shelf] == [1]
    shelf.take(shelf.member(2))
    assert list(shelf) == []
    assert shelf.near(facts_of(reading())) == []


def test_an_offer_that_founds_again_gets_another_id():
    shelf, _ = shelve(member(1), member(2))
    moved = member(1, at=99, storage="256")
    moved.observation_id = 77
    shelf.take(shelf.member(1))

    again = shelf.found(moved, is_first=False)

    assert again.product_id != shelf.product(1).product_id


STORAGES = st.sampled_from(["128", "256", None])
WHAT = st.fixed_dictionaries(
    {
        "model": st.sampled_from(["iPhone 15", "iPhone 15 Pro"]),
        "storage": STORAGES,
        "condition": st.sampled_from([Condition.NEW, Condition.USED]),
        "region": st.sampled_from([None, "hk", "cn"]),
        "energy_class": st.sampled_from([None, "1", "2"]),
    }
)


@given(st.lists(WHAT, min_size=1, max_size=12))
def test_no_product_ever_holds_two_values_of_one_attribute(what):
    members = [member(n, missing=[] if w["storage"] else ["storage_gb"], **w) for n, w in enumerate(what, 1)]

    shelf, _ = shelve(*members)

    for product in shelf:
        for left, right in itertools.combinations(product.members, 2):
            assert vetoes(left.facts, right.facts) == ()


@given(
    st.lists(WHAT.filter(lambda w: w["storage"] and not w["energy_class"]), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_with_everything_stated_order_does_not_matter(what, random):
    members = list(enumerate(what, 1))
    shuffled = list(members)
    random.shuffle(shuffled)

    def partition(order):
        shelf, _ = shelve(*(member(n, **w) for n, w in order))
        return {frozenset(m.offer_id for m in product.members) for product in shelf}

    assert partition(members) == partition(shuffled)


@given(WHAT, WHAT)
def test_vetoes_are_symmetric(left, right):
    one, other = member(1, **left).facts, member(2, **right).facts

    assert len(vetoes(one, other)) == len(vetoes(other, one))
    assert vetoes(one, one) == ()


def test_facts_of_several_offers_are_what_any_of_them_states():
    together = union(
        [
            facts_of(reading(color="蓝")),
            facts_of(reading(storage=None, missing=["storage_gb"], energy_class="1")),
        ]
    )

    assert together.variant == {"storage_gb": "128", "color": "蓝", "energy_class": "1"}
    assert together.missing == ()
