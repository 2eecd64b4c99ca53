"""What people's words come to: who has to stand together, who may not, and which words contradict newer ones.

Words are taken from the newest to the oldest (DECISIONS 53). A `same` joins what its two offers stand with so far; it does
not count where that would bring together what a newer word keeps apart, or goods with a difference that no person may
overrule. A `not_same` does not count where newer words have joined the two already. What does not count is told with the
chain that speaks against it, and counts again as soon as that is gone. Pure: no I/O.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.listing import OfferKey
from indexer.match.facts import Facts, union
from indexer.match.veto import unarguable
from ledger.corrections import Correction, Word


class Standing(StrEnum):
    """What became of a word."""

    IN_FORCE = "in_force"
    CONTRADICTED = "contradicted"  # newer words say otherwise
    VETOED = "vetoed"  # the goods differ in something that no person may overrule
    WAITING = "waiting"  # one of the offers was never seen


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one word, and why."""

    standing: Standing
    chain: tuple[Correction, ...] = ()
    """The words that lead from one offer of the pair to the other and speak against this one; for `VETOED` those that
    lead to the two offers that differ."""
    differ: tuple[OfferKey, OfferKey] | None = None
    """The two that differ, for `VETOED`."""
    vetoes: tuple[str, ...] = ()
    """In what, as ``attribute: one ≠ other``."""


IN_FORCE = Outcome(Standing.IN_FORCE)


@dataclass(slots=True)
class _Group:
    """Offers that words in force have joined."""

    offers: list[OfferKey]
    facts: Facts
    apart: dict[OfferKey, list[tuple[OfferKey, Correction]]] = field(default_factory=dict)
    """One of `offers` -> who it may not stand with, and by which word."""
    frozen: frozenset[OfferKey] | None = None
    """All of `offers`, once all words were taken."""


class Resolution:
    """What some words come to together. Words of offers that no word connects never touch each other."""

    def __init__(self, words: Iterable[Correction], facts: Mapping[OfferKey, Facts]) -> None:
        """`words`: at most one per pair, none of them withdrawn. `facts`: of every offer that is known."""
        self._facts = facts
        self._groups: dict[OfferKey, _Group] = {}
        self._joined: dict[OfferKey, list[tuple[OfferKey, Correction]]] = {}
        self.outcomes: dict[tuple[OfferKey, OfferKey], Outcome] = {}
        for word in sorted(words, key=lambda one: one.age, reverse=True):
            self.outcomes[word.pair] = self._take(word)

    def together(self, offer: OfferKey) -> frozenset[OfferKey]:
        """The offers that have to stand with this one, itself among them."""
        group = self._groups.get(offer)
        if group is None:
            return frozenset({offer})
        if group.frozen is None:
            group.frozen = frozenset(group.offers)
        return group.frozen

    def apart(self, offer: OfferKey) -> dict[OfferKey, Correction]:
        """The offers that this one may not stand with for its own sake, and by which word."""
        group = self._groups.get(offer)
        return {} if group is None else dict(group.apart.get(offer, ()))

    def joining(self, offer: OfferKey) -> list[Correction]:
        """The words in force by which this offer stands with others, newest first."""
        return [word for _, word in self._joined.get(offer, ())]

    def _take(self, word: Correction) -> Outcome:
        if word.left not in self._facts or word.right not in self._facts:
            return Outcome(Standing.WAITING)
        left, right = self._group(word.left), self._group(word.right)
        return self._join(word, left, right) if word.word is Word.SAME else self._part(word, left, right)

    def _join(self, word: Correction, left: _Group, right: _Group) -> Outcome:
        if left is not right:
            refusal = self._kept_apart(word, left, right) or self._vetoed(word, left, right)
            if refusal is not None:
                return refusal
            self._merge(left, right)
        self._joined.setdefault(word.left, []).append((word.right, word))
        self._joined.setdefault(word.right, []).append((word.left, word))
        return IN_FORCE

    def _part(self, word: Correction, left: _Group, right: _Group) -> Outcome:
        if left is right:
            return Outcome(Standing.CONTRADICTED, self._path(word.left, word.right))
        left.apart.setdefault(word.left, []).append((word.right, word))
        right.apart.setdefault(word.right, []).append((word.left, word))
        return IN_FORCE

    def _kept_apart(self, word: Correction, left: _Group, right: _Group) -> Outcome | None:
        """The newest word that keeps the two groups apart, with the way to it from both sides."""
        found = [
            (against, here, there)
            for here, others in left.apart.items()
            for there, against in others
            if self._groups[there] is right
        ]
        if not found:
            return None
        against, here, there = max(found, key=lambda one: one[0].age)
        chain = (*self._path(word.left, here), against, *self._path(there, word.right))
        return Outcome(Standing.CONTRADICTED, chain)

    def _vetoed(self, word: Correction, left: _Group, right: _Group) -> Outcome | None:
        if not unarguable(left.facts, right.facts):
            return None
        here, there, vetoes = next(_differing(left, right, self._facts))
        chain = (*self._path(word.left, here), *self._path(there, word.right))
        return Outcome(Standing.VETOED, chain, (here, there), vetoes)

    def _merge(self, left: _Group, right: _Group) -> None:
        """The smaller one becomes part of the larger one."""
        large, small = (left, right) if len(left.offers) >= len(right.offers) else (right, left)
        large.facts = union([large.facts, small.facts])
        large.offers += small.offers
        large.apart |= small.apart
        for offer in small.offers:
            self._groups[offer] = large

    def _group(self, offer: OfferKey) -> _Group:
        return self._groups.setdefault(offer, _Group([offer], self._facts[offer]))

    def _path(self, start: OfferKey, end: OfferKey) -> tuple[Correction, ...]:
        """The shortest way from one offer to another by words that joined them."""
        came: dict[OfferKey, tuple[OfferKey, Correction] | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for there, word in self._joined.get(here, ()):
                if there not in came:
                    came[there] = here, word
                    waiting.append(there)
        path: list[Correction] = []
        step = came[end]
        while step is not None:
            path.append(step[1])
            step = came[step[0]]
        return tuple(reversed(path))


def _differing(
    left: _Group, right: _Group, facts: Mapping[OfferKey, Facts]
) -> Iterator[tuple[OfferKey, OfferKey, tuple[str, ...]]]:
    """Pairs across two groups that no person may join: there is one where the groups' facts say so."""
    for here in sorted(left.offers):
        for there in sorted(right.offers):
            vetoes = unarguable(facts[here], facts[there])
            if vetoes:
                yield here, there, vetoes


@dataclass(slots=True)
class WordGraph:
    """The words in force as a graph of offers: which words can touch each other at all."""

    _words: dict[OfferKey, dict[OfferKey, Correction]] = field(default_factory=dict)
    _newest: dict[tuple[OfferKey, OfferKey], Correction] = field(default_factory=dict)

    def __contains__(self, offer: OfferKey) -> bool:
        return offer in self._words

    def __bool__(self) -> bool:
        return bool(self._words)

    def say(self, word: Correction) -> None:
        """Take a word in; one that is older than what is known of its pair changes nothing."""
        before = self._newest.get(word.pair)
        if before is not None and before.age > word.age:
            return
        self._newest[word.pair] = word
        for here, there in (word.pair, word.pair[::-1]):
            if word.word is Word.WITHDRAWN:
                self._forget(here, there)
            else:
                self._words.setdefault(here, {})[there] = word

    def around(self, offers: Iterable[OfferKey]) -> frozenset[OfferKey]:
        """These offers, and all that words in force connect with them."""
        found = set(offers)
        waiting = list(found)
        while waiting:
            for there in self._words.get(waiting.pop(), ()):
                if there not in found:
                    found.add(there)
                    waiting.append(there)
        return frozenset(found)

    def among(self, offers: Iterable[OfferKey]) -> list[Correction]:
        """The words in force on pairs of these offers, each once; give whole surroundings (`around`)."""
        return [
            word for offer in offers for word in self._words.get(offer, {}).values() if word.left == offer
        ]

    def _forget(self, here: OfferKey, there: OfferKey) -> None:
        others = self._words.get(here)
        if others is not None:
            others.pop(there, None)
            if not others:
                del self._words[here]
