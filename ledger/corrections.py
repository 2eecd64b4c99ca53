"""Corrections: what people said about two offers being the same goods, append-only; the newest word on a pair wins.

Kept by offer key, not by product, so that they outlive every rebuild and re-crawl. What comes of them is decided in
`indexer/match/words.py`.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, func, or_, select

from catalog.errors import InvalidInput, NotFound, Replaced
from catalog.listing import OfferKey
from ledger.clock import from_us, to_us
from ledger.database import Database
from ledger.schema import corrections, observations, offers

LONGEST_AUTHOR: Final = 100
LONGEST_NOTE: Final = 500

_NEXT: Final = timedelta(microseconds=1)


class Word(StrEnum):
    """What is said of a pair."""

    SAME = "same"
    NOT_SAME = "not_same"
    WITHDRAWN = "withdrawn"


_RANK: Final = {Word.SAME: 0, Word.WITHDRAWN: 1, Word.NOT_SAME: 2}
"""Of two words of one microsecond the more careful one wins, whichever was stored first."""

Pair = tuple[OfferKey, OfferKey]


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's word on one pair; the pair is kept in key order."""

    word: Word
    left: OfferKey
    right: OfferKey
    author: str
    note: str
    at: datetime

    @property
    def pair(self) -> Pair:
        """What it is about."""
        return self.left, self.right

    @property
    def age(self) -> tuple[datetime, int, str, OfferKey, OfferKey]:
        """Orders words from the oldest to the newest, the same wherever and in whatever order they were stored."""
        return self.at, _RANK[self.word], self.author, self.left, self.right

    def checked(self) -> Correction:
        """The same with its pair in key order and its author without spaces around.

        Raises:
            InvalidInput: an offer compared with itself, no author, or a text that is too long or has control characters.
        """
        if self.left == self.right:
            raise InvalidInput("an offer is always the same as itself")
        author, note = self.author.strip(), self.note.strip()
        if not author:
            raise InvalidInput("a correction needs an author")
        for what, text, most in (("author", author, LONGEST_AUTHOR), ("note", note, LONGEST_NOTE)):
            if len(text) > most:
                raise InvalidInput(f"{what} longer than {most} characters")
            if not is_plain(text):
                raise InvalidInput(f"control characters in {what}")
        left, right = sorted(self.pair)
        return replace(self, left=left, right=right, author=author, note=note)


@dataclass(frozen=True, slots=True)
class Said:
    """A word as the ledger holds it."""

    id: int
    after: int
    """The newest observation when it was said: followers take it in right behind that one (DECISIONS 53)."""
    correction: Correction
    offer_ids: tuple[int | None, int | None] = (None, None)
    """The ledger's numbers of the two offers; None: never seen, or not looked up."""


class Corrections:
    """Saying and reading corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known: list[Said] = []
        """Every word up to the last one that `all` read: words never change, and their numbers become visible in order."""

    def say(self, correction: Correction) -> int:
        """Record a word; its number.

        Raises:
            InvalidInput: see `Correction.checked`.
        """
        (number,) = self._store([correction.checked()])
        return number

    def say_all(self, many: Sequence[Correction]) -> int:
        """Record words in one transaction, passing over those that are there already; how many are new.

        Raises:
            InvalidInput: see `Correction.checked`; nothing was stored.
        """
        checked = {_identity(one): one for one in (correction.checked() for correction in many)}
        if not checked:
            return 0
        return len(self._store(list(checked.values()), passes_over_known=True))

    def withdraw(self, number: int, *, author: str, note: str = "", now: datetime) -> Said | None:
        """Take a word back: from now on nothing is said of its pair. None: it was withdrawn already.

        Raises:
            NotFound: no word has this number.
            Replaced: a newer word was said of the pair since.
            InvalidInput: there is no author.
        """
        said = self.get(number)
        newest = max(self.about([said.correction.pair]), key=_age)
        if newest.correction.word is Word.WITHDRAWN:
            return None
        if newest.id != number:
            raise Replaced(number, newest.id)
        at = max(now, newest.correction.at + _NEXT)  # of a clock that was ahead: the newest word wins
        left, right = said.correction.pair
        return self.get(self.say(Correction(Word.WITHDRAWN, left, right, author, note, at)))

    def get(self, number: int) -> Said:
        """One word.

        Raises:
            NotFound: no word has this number.
        """
        with self._database.read() as connection:
            row = connection.execute(select(corrections).where(corrections.c.id == number)).first()
        if row is None:
            raise NotFound("correction", number)
        return said_of(row)

    def newest(self, *, limit: int, before: int | None = None, offer: OfferKey | None = None) -> list[Said]:
        """Words in the order in which they were stored, newest first; of one offer, if it is given."""
        c = corrections.c
        statement = select(corrections).order_by(c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(c.id < before)
        if offer is not None:
            statement = statement.where(or_(c.left_key == str(offer), c.right_key == str(offer)))
        with self._database.read() as connection:
            return [said_of(row) for row in connection.execute(statement)]

    def all(self) -> list[Said]:
        """Every word in the order in which they were stored. Only new ones are read."""
        with self._lock:
            last = self._known[-1].id if self._known else 0
            with self._database.read() as connection:
                self._known += _between(connection, last, None)
            return list(self._known)

    def taken_in(self, through: int) -> list[Said]:
        """What a follower has taken in that is at word `through`: with the numbers of the offers."""
        with self._database.read() as connection:
            return with_offers(connection, _between(connection, 0, through))

    def about(self, pairs: Collection[Pair]) -> list[Said]:
        """Every word on these pairs, in the order in which they were stored."""
        wanted = set(pairs)
        c = corrections.c
        found: list[Said] = []
        lefts = sorted({str(left) for left, _ in wanted})
        with self._database.read() as connection:
            for start in range(0, len(lefts), 500):  # a statement takes a limited number of parameters
                part = lefts[start : start + 500]
                found += map(said_of, connection.execute(select(corrections).where(c.left_key.in_(part))))
        return sorted((one for one in found if one.correction.pair in wanted), key=lambda one: one.id)

    def in_force(self) -> list[Correction]:
        """The newest word on every pair, withdrawn ones left out, from the oldest to the newest."""
        return [one.correction for one in newest_words(self.all())]

    def newest_number(self) -> int:
        """The highest number given so far; 0 when nothing was said yet."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.max(corrections.c.id))).scalar() or 0)

    def _store(self, checked: Sequence[Correction], *, passes_over_known: bool = False) -> list[int]:
        with self._database.write() as connection:
            # Numbers and places among the observations become visible in order: followers take both by them.
            self._database.order_commits(connection)
            if passes_over_known:
                known = _known(connection)
                checked = [one for one in checked if _identity(one) not in known]
            after = int(connection.execute(select(func.max(observations.c.id))).scalar() or 0)
            statement = corrections.insert().returning(corrections.c.id, sort_by_parameter_order=True)
            rows = [_row(one, after) for one in checked]
            return [int(row.id) for row in connection.execute(statement, rows)] if rows else []


def is_plain(text: str) -> bool:
    """Whether a text has no control characters and no line breaks; spaces of any width are fine."""
    return all(char.isprintable() or unicodedata.category(char) == "Zs" for char in text)


def newest_by_pair(many: Iterable[Said]) -> dict[Pair, Said]:
    """The newest word on every pair, withdrawing ones too, from the oldest to the newest."""
    newest: dict[Pair, Said] = {}
    for one in sorted(many, key=_age):
        newest.pop(one.correction.pair, None)
        newest[one.correction.pair] = one
    return newest


def newest_words(many: Iterable[Said]) -> list[Said]:
    """The newest word on every pair, withdrawn ones left out, from the oldest to the newest."""
    return [one for one in newest_by_pair(many).values() if one.correction.word is not Word.WITHDRAWN]


def said_of(row: Row[*tuple[Any, ...]]) -> Said:
    """A row of `corrections`."""
    left, right = OfferKey.parse(row.left_key), OfferKey.parse(row.right_key)
    at = from_us(row.recorded_us)
    return Said(row.id, row.after_number, Correction(Word(row.kind), left, right, row.author, row.note, at))


def with_offers(connection: Connection, many: Sequence[Said]) -> list[Said]:
    """The same with the ledger's numbers of their offers, as far as these were ever seen."""
    keys = {key for one in many for key in one.correction.pair}
    ids: dict[OfferKey, int] = {}
    items = sorted({(key.marketplace, key.item_id) for key in keys})
    c = offers.c
    for start in range(0, len(items), 500):  # a statement takes a limited number of parameters
        part = items[start : start + 500]
        rows = connection.execute(
            select(c.id, c.marketplace, c.item_id, c.sku_id).where(
                c.marketplace.in_(sorted({marketplace for marketplace, _ in part})),
                c.item_id.in_(sorted({item for _, item in part})),
            )
        )
        ids |= {OfferKey(r.marketplace, r.item_id, r.sku_id): int(r.id) for r in rows}
    return [
        replace(one, offer_ids=(ids.get(one.correction.left), ids.get(one.correction.right))) for one in many
    ]


def _between(connection: Connection, after: int, through: int | None) -> list[Said]:
    statement = select(corrections).where(corrections.c.id > after).order_by(corrections.c.id)
    if through is not None:
        statement = statement.where(corrections.c.id <= through)
    return [said_of(row) for row in connection.execute(statement)]


def _age(said: Said) -> tuple[Any, ...]:
    return said.correction.age


def _identity(correction: Correction) -> tuple[Any, ...]:
    """What makes two lines of a file the same word."""
    return correction.word, correction.pair, to_us(correction.at), correction.author


def _known(connection: Connection) -> set[tuple[Any, ...]]:
    return {_identity(said_of(row).correction) for row in connection.execute(select(corrections))}


def _row(correction: Correction, after: int) -> dict[str, Any]:
    return {
        "kind": correction.word,
        "left_key": str(correction.left),
        "right_key": str(correction.right),
        "author": correction.author,
        "note": correction.note,
        "recorded_us": to_us(correction.at),
        "after_number": after,
    }
