"""What became of people's words, for whoever asks: the same rules that followers go by, over the offers as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.match.facts import facts_of
from indexer.match.words import Outcome, Resolution, WordGraph
from indexer.read_title.reader import TitleReader
from ledger.corrections import Correction, Pair, Said, Word, newest_by_pair
from ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Told:
    """A word with what became of it."""

    said: Said
    outcome: Outcome | None
    """None: it says nothing any more, because it was replaced or withdrawn, or it is what withdraws another."""
    replaced_by: Said | None = None
    """The newest word on the same pair; None: this is it."""
    chain: tuple[Said, ...] = ()
    """The words of the outcome's chain."""

    @property
    def status(self) -> str:
        """In one word: that of the outcome, ``withdrawn`` or ``replaced``."""
        if self.outcome is not None:
            return self.outcome.standing.value
        if self.said.correction.word is Word.WITHDRAWN and self.replaced_by is None:
            return "withdrawn"
        by = self.replaced_by
        return "withdrawn" if by is not None and by.correction.word is Word.WITHDRAWN else "replaced"


def told(ledger: Ledger, reader: TitleReader, many: Sequence[Said]) -> list[Told]:
    """What became of these words. Looks at all there are, and reads the offers that these are connected with."""
    newest = newest_by_pair(ledger.corrections.all())
    in_force = {one.correction: one for one in newest.values() if one.correction.word is not Word.WITHDRAWN}
    outcomes = _outcomes(ledger, reader, list(in_force), many)
    found = []
    for said in many:
        latest = newest[said.correction.pair]
        if latest.id != said.id:
            found.append(Told(said, None, replaced_by=latest))
            continue
        outcome = outcomes.get(said.correction.pair)
        chain = tuple(in_force[word] for word in outcome.chain) if outcome is not None else ()
        found.append(Told(said, outcome, chain=chain))
    return found


def _outcomes(
    ledger: Ledger, reader: TitleReader, in_force: Sequence[Correction], many: Sequence[Said]
) -> Mapping[Pair, Outcome]:
    graph = WordGraph()
    for word in in_force:
        graph.say(word)
    around = graph.around(key for one in many for key in one.correction.pair)
    current = ledger.observations.current(sorted(around))
    facts = {key: facts_of(reader.read(stored.offer)) for key, stored in current.items()}
    return Resolution(graph.among(around), facts).outcomes
