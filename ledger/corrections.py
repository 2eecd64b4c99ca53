"""Corrections: what people said about two offers being the same goods, append-only; the newest word wins.

Kept by offer key, not by product, so that they outlive every rebuild and re-crawl.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from catalog.errors import InvalidInput
from catalog.listing import OfferKey
from ledger.clock import from_us, to_us
from ledger.database import Database
from ledger.schema import corrections


class Word(StrEnum):
    """What is said of a pair."""

    SAME = "same"
    NOT_SAME = "not_same"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's word on one pair; the pair is kept in key order."""

    word: Word
    left: OfferKey
    right: OfferKey
    author: str
    note: str
    at: datetime


class Corrections:
    """Saying and reading corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say(self, correction: Correction) -> int:
        """Record a word; its number.

        Raises:
            InvalidInput: an offer compared with itself, or no author.
        """
        if correction.left == correction.right:
            raise InvalidInput("an offer is always the same as itself")
        if not correction.author.strip():
            raise InvalidInput("a correction needs an author")
        left, right = sorted((correction.left, correction.right))
        with self._database.write() as connection:
            statement = (
                corrections.insert()
                .values(
                    kind=correction.word,
                    left_key=str(left),
                    right_key=str(right),
                    author=correction.author[:100],
                    note=correction.note[:500],
                    recorded_us=to_us(correction.at),
                )
                .returning(corrections.c.id)
            )
            return int(connection.execute(statement).scalar_one())

    def in_force(self) -> list[Correction]:
        """The newest word on every pair, withdrawn ones left out, in the order they were said."""
        newest: dict[tuple[str, str], Correction] = {}
        with self._database.read() as connection:
            for row in connection.execute(select(corrections).order_by(corrections.c.id)):
                pair = (row.left_key, row.right_key)
                newest.pop(pair, None)
                newest[pair] = Correction(
                    Word(row.kind),
                    OfferKey.parse(row.left_key),
                    OfferKey.parse(row.right_key),
                    row.author,
                    row.note,
                    from_us(row.recorded_us),
                )
        return [c for c in newest.values() if c.word is not Word.WITHDRAWN]
