"""What people's words come to: joined, kept apart, contradicted with a chain; the newest wins."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import Condition, OfferKey
from catalog.product import Kind
from indexer.match.facts import facts_of
from indexer.match.veto import unarguable, vetoes
from indexer.match.words import Resolution, Standing, WordGraph
from ledger.corrections import Correction, Word
from tests.support.offers import START
from tests.support.readings import pack, reading

KEYS = [OfferKey("jd", str(n)) for n in range(8)]
A, B, C, D = KEYS[:4]
PLAIN = {key: facts_of(reading()) for key in KEYS}


def word(kind, left, right, seconds):
    left, right = sorted((left, right))
    return Correction(Word(kind), left, right, "me", "", START + timedelta(seconds=seconds))


def same(left, right, seconds=0):
    return word("same", left, right, seconds)


def not_same(left, right, seconds=0):
    return word("not_same", left, right, seconds)


def resolved(*words, facts=PLAIN):
    return Resolution(words, facts)


def test_same_holds_through_a_chain():
    found = resolved(same(A, B, 1), same(C, D, 2), same(B, C, 3))

    assert found.together(A) == {A, B, C, D}
    assert {one.standing for one in found.outcomes.values()} == {Standing.IN_FORCE}


def test_not_same_contradicts_an_older_chain_of_same():
    found = resolved(same(A, B, 1), same(B, C, 2), not_same(A, C, 3))

    assert found.together(A) == {A}
    assert found.together(B) == {B, C}
    outcome = found.outcomes[A, B]
    assert outcome.standing is Standing.CONTRADICTED
    assert outcome.chain == (not_same(A, C, 3), same(B, C, 2))


def test_a_newer_chain_of_same_contradicts_an_older_not_same():
    found = resolved(not_same(A, C, 1), same(A, B, 2), same(B, C, 3))

    assert found.together(A) == {A, B, C}
    assert found.outcomes[A, C].standing is Standing.CONTRADICTED
    assert found.outcomes[A, C].chain == (same(A, B, 2), same(B, C, 3))
    assert found.apart(A) == {}


def test_what_was_contradicted_counts_again_when_the_newer_word_is_gone():
    words = [same(A, B, 1), same(B, C, 2)]

    assert resolved(*words, not_same(A, C, 3)).together(A) == {A}
    assert resolved(*words).together(A) == {A, B, C}


def test_kept_apart_are_all_that_stand_with_the_two():
    found = resolved(not_same(A, C, 1), same(A, B, 2), same(C, D, 3))

    assert found.together(B) == {A, B}
    late = resolved(not_same(A, C, 5), same(A, B, 2), same(C, D, 3), same(B, D, 4))
    assert late.outcomes[B, D].standing is Standing.IN_FORCE
    assert late.outcomes[C, D].standing is Standing.IN_FORCE
    assert late.outcomes[A, B].standing is Standing.CONTRADICTED
    assert late.outcomes[A, B].chain == (not_same(A, C, 5), same(C, D, 3), same(B, D, 4))


@pytest.mark.parametrize(
    ("change", "veto"),
    [
        ({"condition": Condition.USED}, "condition: new ≠ used"), ({"region": "hk"}, "region: home ≠ hk"), ({"kind": Kind.BUNDLE}, "kind: goods ≠ bundle"),
        ({"kind": Kind.ACCESSORY}, "kind: goods ≠ accessory"), ({"kind": Kind.DUMMY}, "kind: goods ≠ dummy"), ({"storage": "256"}, "storage_gb: 128 ≠ 256"),
        ({"family": "laptop"}, "family: phone ≠ laptop"), ({"family": None}, "family: phone ≠ unknown"),
    ],
)  # fmt: skip
def test_nobody_can_say_that_goods_are_the_same_that_differ_in_plain_words(change, veto):
    facts = PLAIN | {B: facts_of(reading(**change))}

    found = resolved(same(A, B), facts=facts)

    outcome = found.outcomes[A, B]
    assert found.together(A) == {A}
    assert (outcome.standing, outcome.vetoes, outcome.differ) == (Standing.VETOED, (veto,), (A, B))


def test_nobody_can_say_that_two_packs_are_one():
    facts = PLAIN | {A: facts_of(reading(pack=pack("900g"))), B: facts_of(reading(pack=pack("900g", 6)))}

    assert resolved(same(A, B), facts=facts).outcomes[A, B].vetoes == ("pack: 900g×1 ≠ 900g×6",)


def test_no_chain_leads_around_a_difference():
    silent = facts_of(reading(storage=None, missing=["storage_gb"]))
    facts = PLAIN | {B: silent, C: facts_of(reading(storage="256"))}

    found = resolved(same(A, B, 2), same(B, C, 1), facts=facts)

    outcome = found.outcomes[B, C]
    assert found.together(B) == {A, B}
    assert (outcome.standing, outcome.differ) == (Standing.VETOED, (A, C))
    assert outcome.chain == (same(A, B, 2),)


@pytest.mark.parametrize("change", [{"model": "iPhone 15 Plus"}, {"brand": "huawei"}])
def test_how_a_thing_is_called_a_person_knows_better(change):
    other = facts_of(reading(**change))
    found = resolved(same(A, B), facts=PLAIN | {B: other})

    assert vetoes(PLAIN[A], other)
    assert found.together(A) == {A, B}


def test_a_word_about_what_was_never_seen_waits_and_leads_nowhere():
    known = {key: PLAIN[key] for key in (A, C)}

    found = resolved(same(A, B, 1), same(B, C, 2), facts=known)

    assert {one.standing for one in found.outcomes.values()} == {Standing.WAITING}
    assert found.together(A) == {A}


FACTS = st.sampled_from(
    [
        facts_of(reading()),
        facts_of(reading(storage="256")),
        facts_of(reading(storage=None, missing=["storage_gb"])),
        facts_of(reading(condition=Condition.USED)),
        facts_of(reading(model="iPhone 15 Plus")),
    ]
)
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1])
SAID = st.lists(st.tuples(st.sampled_from(["same", "not_same"]), PAIRS), max_size=14)


def words_of(said):
    return {(one := word(kind, *pair, n)).pair: one for n, (kind, pair) in enumerate(said)}.values()


@settings(max_examples=300)
@given(SAID, st.lists(FACTS, min_size=len(KEYS), max_size=len(KEYS)))
def test_what_is_in_force_holds_and_what_is_not_says_why(said, facts):
    known = dict(zip(KEYS, facts, strict=True))
    found = Resolution(words_of(said), known)

    for one in words_of(said):
        outcome = found.outcomes[one.pair]
        are_together = one.right in found.together(one.left)
        assert (outcome.standing is Standing.IN_FORCE) == (are_together == (one.word is Word.SAME))
        assert all(link.age > one.age for link in outcome.chain)
        if outcome.standing is Standing.CONTRADICTED:
            assert_leads_from_to(outcome.chain, one.left, one.right)
            assert sum(link.word is Word.NOT_SAME for link in outcome.chain) == (one.word is Word.SAME)
        if outcome.standing is Standing.VETOED:
            here, there = outcome.differ
            assert outcome.vetoes == unarguable(known[here], known[there]) != ()
    for group in {found.together(key) for key in KEYS}:
        for left, right in itertools.combinations(group, 2):
            assert not unarguable(known[left], known[right])


def assert_leads_from_to(chain, start, end):
    here = start
    for link in chain:
        assert here in link.pair
        here = link.right if here == link.left else link.left
    assert here == end


@given(SAID, st.randoms(use_true_random=False))
def test_the_order_in_which_words_are_told_does_not_matter(said, random):
    words = list(words_of(said))
    shuffled = list(words)
    random.shuffle(shuffled)

    assert Resolution(words, PLAIN).outcomes == Resolution(shuffled, PLAIN).outcomes


@given(SAID, st.randoms(use_true_random=False))
def test_a_graph_knows_the_newest_word_on_each_pair_in_whatever_order_they_come(said, random):
    everything = [word(kind, *pair, n) for n, (kind, pair) in enumerate(said)]
    everything += [word("withdrawn", *pair, n + 0.5) for n, (_, pair) in enumerate(said) if n % 3 == 0]
    newest = {one.pair: one for one in sorted(everything, key=lambda one: one.age)}
    random.shuffle(everything)
    graph = WordGraph()
    for one in everything:
        graph.say(one)

    expected = {one for one in newest.values() if one.word is not Word.WITHDRAWN}
    assert set(graph.among(KEYS)) == expected
    assert bool(graph) == bool(expected)
    for key in KEYS:
        assert (key in graph) == any(key in one.pair for one in expected)
        for other in graph.around([key]):
            assert graph.around([other]) == graph.around([key])
