"""Corrections as the ledger keeps them: the newest word on a pair wins, whenever it was stored; and the feed's one order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import InvalidInput, NotFound, Replaced
from catalog.listing import OfferKey
from ledger.corrections import Correction, Said, Word, newest_words
from ledger.feed import Position, advanced, is_within
from tests.support.offers import seen
from tests.support.runs import at, one_page_run

A, B, C = (OfferKey("jd", item) for item in "abc")


def correction(word, left, right, seconds=0, author="me", note=""):
    return Correction(word, left, right, author, note, at(seconds))


def say(ledger, word, left, right, seconds=0):
    return ledger.corrections.say(correction(word, left, right, seconds))


def in_force(ledger):
    return [(one.word, one.left, one.right) for one in ledger.corrections.in_force()]


def test_the_newest_word_on_a_pair_wins(ledger):
    say(ledger, Word.SAME, A, B, 1)
    say(ledger, Word.NOT_SAME, C, A, 2)
    say(ledger, Word.NOT_SAME, B, A, 3)

    assert in_force(ledger) == [(Word.NOT_SAME, A, C), (Word.NOT_SAME, A, B)]


def test_newest_is_what_was_said_last_not_what_was_stored_last(ledger):
    say(ledger, Word.NOT_SAME, A, B, 9)
    say(ledger, Word.SAME, A, B, 3)

    assert in_force(ledger) == [(Word.NOT_SAME, A, B)]


WORDS = st.builds(
    correction,
    st.sampled_from(list(Word)),
    st.just(A),
    st.just(B),
    st.integers(0, 2),
    st.sampled_from(["me", "you"]),
)


@given(st.lists(WORDS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_words_are_stored_does_not_matter(words, random):
    other = list(words)
    random.shuffle(other)

    def standing(many):
        return [one.correction for one in newest_words(Said(n, 0, c) for n, c in enumerate(many, 1))]

    assert standing(words) == standing(other)


def test_of_two_words_of_one_moment_the_more_careful_one_wins(ledger):
    for word in (Word.NOT_SAME, Word.SAME):
        say(ledger, word, A, B, 5)
        say(ledger, word, A, C, 5)
    say(ledger, Word.WITHDRAWN, A, C, 5)

    assert in_force(ledger) == [(Word.NOT_SAME, A, B), (Word.NOT_SAME, A, C)]


def test_a_withdrawn_word_is_no_longer_in_force(ledger):
    number = say(ledger, Word.SAME, A, B, 5)

    withdrawn = ledger.corrections.withdraw(number, author="you", now=at(9))

    assert withdrawn.correction == correction(Word.WITHDRAWN, A, B, 9, "you")
    assert in_force(ledger) == []
    assert ledger.corrections.withdraw(number, author="you", now=at(10)) is None
    assert [one.id for one in ledger.corrections.newest(limit=9)] == [withdrawn.id, number]


def test_a_word_is_withdrawn_even_by_a_clock_that_is_behind(ledger):
    number = say(ledger, Word.SAME, A, B, 500)

    ledger.corrections.withdraw(number, author="you", now=at(9))

    assert in_force(ledger) == []


def test_a_word_that_was_replaced_is_not_withdrawn(ledger):
    old = say(ledger, Word.SAME, A, B, 1)
    new = say(ledger, Word.NOT_SAME, A, B, 2)

    with pytest.raises(Replaced, match=f"by correction {new}"):
        ledger.corrections.withdraw(old, author="you", now=at(9))
    with pytest.raises(NotFound):
        ledger.corrections.withdraw(99, author="you", now=at(9))

    assert in_force(ledger) == [(Word.NOT_SAME, A, B)]


@pytest.mark.parametrize(
    "what",
    [
        {"left": A, "right": A}, {"author": " "}, {"author": "x" * 101}, {"note": "x" * 501}, {"note": "a\nb"}, {"author": "a\tb"},
    ],
)  # fmt: skip
def test_corrections_that_say_nothing_are_refused(ledger, what):
    with pytest.raises(InvalidInput):
        ledger.corrections.say(correction(**({"word": Word.SAME, "left": A, "right": B} | what)))

    assert ledger.corrections.newest_number() == 0


def test_words_of_a_file_are_stored_once_and_all_or_none(ledger):
    words = [correction(Word.SAME, A, B, 1), correction(Word.NOT_SAME, C, A, 2)]

    assert ledger.corrections.say_all([*words, words[0]]) == 2
    assert ledger.corrections.say_all([*words, correction(Word.SAME, A, B, 3)]) == 1
    with pytest.raises(InvalidInput):
        ledger.corrections.say_all([correction(Word.SAME, B, C, 4), correction(Word.SAME, B, B, 4)])

    assert len(ledger.corrections.all()) == 3
    assert ledger.corrections.say_all([]) == 0


def test_words_are_found_by_offer_and_by_pair_and_in_pages(ledger):
    numbers = [
        say(ledger, Word.SAME, *pair, n) for n, pair in enumerate(itertools.combinations((A, B, C), 2))
    ]

    def ids(found):
        return [one.id for one in found]

    assert ids(ledger.corrections.newest(limit=2)) == numbers[:0:-1]
    assert ids(ledger.corrections.newest(limit=2, before=numbers[1])) == numbers[:1]
    assert ids(ledger.corrections.newest(limit=9, offer=C)) == [numbers[2], numbers[1]]
    assert ids(ledger.corrections.about([(A, B), (B, C)])) == [numbers[0], numbers[2]]
    assert ids(ledger.corrections.taken_in(numbers[1])) == numbers[:2]


# ── the feed ──────────────────────────────────────────────────────────────────────────────────────


def read_all(ledger, limit):
    position, events = Position(), []
    while batch := ledger.feed.after(position, limit=limit):
        for event in batch:
            assert not is_within(event, position)
            position = advanced(position, event)
            assert is_within(event, position)
        events += batch
    return events


@pytest.fixture
def mixed(ledger):
    """The kinds and numbers in the order in which they came."""
    order = []
    for number, is_word in enumerate([True, True, False, False, True, False, True, True, True, False], 1):
        if is_word:
            order.append(("word", say(ledger, Word.SAME, A, OfferKey("jd", f"x{number}"), number)))
        else:
            one_page_run(ledger, seen(str(number), at=number), seconds=10**6 + number)
            order.append(("seen", ledger.observations.newest_number()))
    return order


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("words", [1, 2, 3, 100])
def test_words_come_behind_what_was_seen_before_them_however_much_is_read_at_once(
    ledger, mixed, limit, words, monkeypatch
):
    monkeypatch.setattr("ledger.feed.MOST_WORDS", words)
    events = read_all(ledger, limit)

    assert [("word" if isinstance(e, Said) else "seen", e.id) for e in events] == mixed


def test_words_bring_the_numbers_of_offers_that_were_seen(ledger):
    one_page_run(ledger, seen("a"), seen("c"))
    say(ledger, Word.SAME, A, B)

    (said,) = [event for event in ledger.feed.after(Position(), limit=9) if isinstance(event, Said)]

    (known,) = ledger.observations.current([A]).values()
    assert said.offer_ids == (known.offer_id, None)


def test_words_that_were_read_once_are_not_read_again_and_new_ones_are_seen(ledger):
    say(ledger, Word.SAME, A, B, 1)
    first = ledger.corrections.all()
    say(ledger, Word.SAME, A, C, 2)

    second = ledger.corrections.all()

    assert [one.id for one in second] == [1, 2]
    assert second[0] is first[0]
    assert len(first) == 1
