"""What followers read: observations and what people said, in one order.

A word has its place right behind the observation that was the newest when it was said, so that every replay takes both in
in the same order and comes to the same revisions (DECISIONS 53).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from ledger.corrections import Said, said_of, with_offers
from ledger.database import Database
from ledger.observations import Stored, accepted_after
from ledger.schema import corrections

Event = Stored | Said


class Position(NamedTuple):
    """How far something has read: the last observation and the last word that are in it. Later ones are greater."""

    observation: int = 0
    word: int = 0


BEGINNING: Final = Position()

MOST_WORDS: Final = 100
"""Words of one batch: of a thousand that all belong together each takes some 10 ms, and a batch has to end well before a
follower's lease does (DECISIONS 53)."""


class Feed:
    """Reading both."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, position: Position, *, limit: int) -> list[Event]:
        """What comes behind `position`: at most `limit` observations and `MOST_WORDS` words."""
        with (
            self._database.read() as connection
        ):  # one state of both: else a word might be taken in too early
            batch = accepted_after(connection, position.observation, limit=limit)
            words = _words(connection, position.word)
        # Where there may be more of one sort, the other is taken up to there only.
        last_observation = batch[-1].id if len(batch) == limit else None
        last_place = words[-1].after if len(words) == MOST_WORDS else None
        return sorted(
            [
                *(one for one in batch if last_place is None or one.id <= last_place),
                *(one for one in words if last_observation is None or one.after <= last_observation),
            ],
            key=_place,
        )


def advanced(position: Position, event: Event) -> Position:
    """The position right behind `event`."""
    if isinstance(event, Said):
        return position._replace(word=event.id)
    return position._replace(observation=event.id)


def is_within(event: Event, position: Position) -> bool:
    """Whether `event` is taken in by whoever is at `position`."""
    return event.id <= (position.word if isinstance(event, Said) else position.observation)


def _place(event: Event) -> tuple[int, int]:
    """An observation comes before the words that were said right behind it."""
    return (event.after, event.id) if isinstance(event, Said) else (event.id, 0)


def _words(connection: Connection, number: int) -> list[Said]:
    c = corrections.c
    statement = select(corrections).where(c.id > number).order_by(c.id).limit(MOST_WORDS)
    return with_offers(connection, [said_of(row) for row in connection.execute(statement)])
