"""Corrections as a plain text file: written, read back, and typed by hand. Pure: text in, text out.

One word a line, parts separated by spaces; a line that begins with ``#`` is a comment, blank lines are none:

    # word      offer        offer         time                          author  note, to the end of the line
    same        jd:100:      taobao:200:   2026-11-27T14:03:05.000001Z   ann     the box shows the same number
    not_same    jd:100:      jd:101:
    withdrawn   jd:100:      taobao:200:   2026-11-28T09:00:00Z          ann

Offers are given by their keys. Time (RFC 3339, with its zone), author and note may be left out from the end: then the word
is said by whoever imports it, when it is imported. Spaces in an author are written as ``%20``, as in keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, unquote

from catalog.errors import InvalidInput
from catalog.listing import OfferKey
from ledger.corrections import Correction, Said, Word

HEADER: Final = "# bijia corrections: word, offer, offer, time, author, note"

LONGEST_LINE: Final = 4_000
"""Characters: two keys of 200 characters each part, three times as long when encoded, and a note."""

_SPACES: Final = re.compile(r"[\s%]")

WORDS: Final = {**{word.value: word for word in Word}, "not-same": Word.NOT_SAME}


@dataclass(frozen=True, slots=True)
class Line:
    """A word of a file."""

    number: int
    """From 1."""
    correction: Correction
    is_dated: bool
    """Whether the line says when it was said."""


class InvalidLines(InvalidInput):
    """Lines that are no corrections; `errors` has their numbers, from 1, and what is wrong."""

    def __init__(self, errors: Iterable[tuple[int, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"line {number}: {why}" for number, why in self.errors))


def lines_of(text: str, *, author: str, now: datetime) -> list[Line]:
    """The words of a file; `author` and `now` for those that do not say.

    Raises:
        InvalidLines: some line is none; all that are wrong are named.
    """
    found: list[Line] = []
    errors: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found.append(_line(number, line, author, now))
        except InvalidInput as error:
            errors.append((number, str(error)))
    if errors:
        raise InvalidLines(errors)
    return found


def written(said: Iterable[Said]) -> Iterator[str]:
    """The lines of a file that says all this again, the oldest word first."""
    yield HEADER
    for one in sorted((each.correction for each in said), key=lambda each: each.age):
        time = one.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        parts = [
            one.word.value,
            str(one.left),
            str(one.right),
            time,
            _SPACES.sub(lambda found: quote(found[0]), one.author),
        ]
        yield " ".join([*parts, one.note]).rstrip()


def _line(number: int, line: str, author: str, now: datetime) -> Line:
    if len(line) > LONGEST_LINE:
        raise InvalidInput(f"longer than {LONGEST_LINE} characters")
    parts = line.split(None, 5)
    if len(parts) < 3:
        raise InvalidInput("a word and two offers are needed")
    word = WORDS.get(parts[0])
    if word is None:
        raise InvalidInput(f"{parts[0]!r} is none of {', '.join(Word)}")
    at = _time(parts[3], now) if len(parts) > 3 else now
    by = unquote(parts[4]) if len(parts) > 4 else author
    note = parts[5] if len(parts) > 5 else ""
    correction = Correction(word, OfferKey.parse(parts[1]), OfferKey.parse(parts[2]), by, note, at)
    return Line(number, correction.checked(), is_dated=len(parts) > 3)


def _time(text: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no time such as 2026-11-27T14:03:05Z") from error
    if at.tzinfo is None:
        raise InvalidInput(f"{text!r} does not say its zone")
    if at > now:
        raise InvalidInput(f"{text!r} lies in the future")
    return at.astimezone(UTC)
