"""Sealed history as bytes: the points of one offer, oldest first, packed column by column. Pure.

    version · number of points · first time, length of the last span · first and last observation
    words of its own · nine columns: width, least value[, step] · their values, bit by bit · checksum

A column keeps (value - least) / step in as many bits as the greatest of them takes, so that what never changes takes
none. What regular crawls make small is kept instead of the values: times as whole days and the rest; the silence
between a span and the next point; numbers of observations as distances from a straight line; the landed price as its
distance from price and shipping (DECISIONS 47). Times are whole seconds: nothing shows them finer.
"""

from __future__ import annotations

import binascii
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from catalog.errors import DamagedChunk

T = TypeVar("T")

VERSION: Final = 1

MOST_POINTS: Final = 10_000
"""A chunk of more is garbage, and is not unpacked into memory."""

DAY_S: Final = 86_400
EPOCH_S: Final = 1_735_689_600
"""2025-01-01: first times are counted from here, which saves a byte."""

WORDS: Final = ("CNY", "in", "out", "low", "preorder", "unknown", "USD", "EUR", "JPY", "HKD")
"""Currencies and stock by number; others are spelled out in the chunk. New ones go to the end."""

_STEPPED: Final = 0x80
_COLUMNS: Final = 9


class Point(NamedTuple):
    """A change point as it is kept. Times are seconds since 1970, amounts minor units of `currency`; None: unknown."""

    observation_id: int
    since_s: int
    until_s: int
    price_minor: int
    currency: str
    list_price_minor: int | None
    shipping_minor: int | None
    landed_minor: int | None
    stock: str


Columns = tuple[
    Sequence[int], Sequence[int], Sequence[int], Sequence[int], Sequence[str],
    Sequence[int | None], Sequence[int | None], Sequence[int | None], Sequence[str],
]  # fmt: skip
"""The fields of `Point`, each of all points."""


def pack(points: Sequence[Point]) -> bytes:
    """One to `MOST_POINTS` points, in order of time, as bytes."""
    ids, since, until, prices, currencies, lists, shippings, landed, stocks = zip(*points, strict=True)
    words = sorted({*currencies, *stocks}.difference(WORDS))
    codes = {word: code for code, word in enumerate((*WORDS, *words))}
    days = [round_half_up(moment - since[0], DAY_S) for moment in since]
    columns = (
        [after - before for before, after in itertools.pairwise(days)],
        [moment - since[0] - day * DAY_S for moment, day in zip(since[1:], days[1:], strict=True)],
        [following - end for following, end in zip(since[1:], until[:-1], strict=True)],
        [number - guess for number, guess in zip(ids, _line(ids[0], ids[-1], since), strict=True)][1:-1],
        prices,
        [_optional(minor) for minor in lists],
        [_optional(minor) for minor in shippings],
        [
            _optional(None if total is None else total - price - (shipping or 0))
            for total, price, shipping in zip(landed, prices, shippings, strict=True)
        ],
        [codes[stock] * len(codes) + codes[currency] for stock, currency in zip(stocks, currencies, strict=True)],
    )  # fmt: skip
    head = [VERSION, *_number(len(points)), *_signed(since[0] - EPOCH_S), *_signed(until[-1] - since[-1])]
    head += [*_signed(ids[0]), *_signed(ids[-1] - ids[0]), *_number(len(words))]
    for word in words:
        head += [*_number(len(word.encode())), *word.encode()]
    bits, length = 0, 0
    for column in columns:
        described, values, width = _column(column)
        head += described
        for value in values:
            bits |= value << length
            length += width
    body = bytes(head) + bits.to_bytes(-(-length // 8), "little")
    return body + _checksum(body)


def unpack(data: bytes) -> list[Point]:
    """The points that were packed.

    Raises:
        DamagedChunk: these are not the bytes of a chunk, or not all of them.
    """
    return list(map(Point._make, zip(*unpack_columns(data), strict=True)))


def unpack_columns(data: bytes) -> Columns:
    """The points that were packed, field by field in the order of `Point`: for whoever reads many.

    Raises:
        DamagedChunk: these are not the bytes of a chunk, or not all of them.
    """
    if len(data) < 3 or data[-2:] != _checksum(data[:-2]):
        raise DamagedChunk("the checksum is wrong")
    if data[0] != VERSION:
        raise DamagedChunk(f"version {data[0]}, not {VERSION}")
    try:
        return _unpacked(_Reader(data[:-2]))
    except (IndexError, ValueError) as error:
        raise DamagedChunk(str(error)) from error


def _unpacked(reader: _Reader) -> Columns:
    count = reader.number()
    if not 0 < count <= MOST_POINTS:
        raise DamagedChunk(f"{count} points")
    first_s, last_span = EPOCH_S + reader.signed(), reader.signed()
    first_id = reader.signed()
    last_id = first_id + reader.signed()
    words = (*WORDS, *(reader.word() for _ in range(reader.number())))
    lengths = (count - 1, count - 1, count - 1, max(count - 2, 0), *[count] * 5)
    days, rests, gaps, strays, prices, lists, shippings, landed, states = reader.columns(lengths)
    places = itertools.accumulate(days)
    since = [first_s, *[first_s + day * DAY_S + rest for day, rest in zip(places, rests, strict=True)]]
    until = [moment - gap for moment, gap in zip(since[1:], gaps, strict=True)]
    until.append(since[-1] + last_span)
    guesses = _line(first_id, last_id, since)
    ids = [first_id, *[guess + stray for guess, stray in zip(guesses[1:-1], strays, strict=True)]]
    ids += [last_id] if count > 1 else []
    shipping = _each(_or_none, shippings)
    extra = _each(_or_none, landed)
    totals = [
        None if more is None else more + price + (part or 0)
        for more, price, part in zip(extra, prices, shipping, strict=True)
    ]
    kinds = len(words)
    stocks = _each(lambda state: words[state // kinds], states)
    currencies = _each(lambda state: words[state % kinds], states)
    return ids, since, until, prices, currencies, _each(_or_none, lists), shipping, totals, stocks


def _each(meaning: Callable[[int], T], codes: Sequence[int]) -> list[T]:
    """What each code means. Most columns hold few codes, or one."""
    found = set(codes)
    if len(found) == 1:
        return [meaning(codes[0])] * len(codes)
    known = {code: meaning(code) for code in found}
    return [known[code] for code in codes]


class _Reader:
    """Goes through the bytes of a chunk. Reading past the end is an IndexError."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 1

    def number(self) -> int:
        byte = self._data[self._at]
        self._at += 1
        found, shift = byte & 0x7F, 7
        while byte >= 0x80:
            byte = self._data[self._at]
            self._at += 1
            found |= (byte & 0x7F) << shift
            shift += 7
        return found

    def signed(self) -> int:
        count = self.number()
        return -(count + 1 >> 1) if count & 1 else count >> 1

    def word(self) -> str:
        length = self.number()
        found = self._data[self._at : self._at + length]
        self._at += length
        return found.decode()

    def columns(self, lengths: Iterable[int]) -> list[list[int]]:
        """Every column, and nothing may be left behind the last."""
        shapes = [(length, *self._shape()) for length in lengths]
        total = sum(length * width for length, width, _, _ in shapes)
        if len(self._data) - self._at != -(-total // 8):
            raise DamagedChunk("the length is wrong")
        bits = int.from_bytes(self._data[self._at :], "little")
        at, found = 0, []
        for length, width, least, step in shapes:
            found.append(_values(bits >> at, length, width, least, step))
            at += length * width
        return found

    def _shape(self) -> tuple[int, int, int]:
        """Width, least value and step of a column."""
        width = self._data[self._at]
        self._at += 1
        least = self.signed()
        return width & ~_STEPPED, least, self.number() if width & _STEPPED else 1


def _values(bits: int, length: int, width: int, least: int, step: int) -> list[int]:
    """The column that begins at the lowest bit."""
    if not width:
        return [least] * length
    end, mask = length * width, (1 << width) - 1
    bits &= (1 << end) - 1  # shifting what is short is fast
    if step == 1:
        return [(bits >> place & mask) + least for place in range(0, end, width)]
    return [(bits >> place & mask) * step + least for place in range(0, end, width)]


def _column(values: Sequence[int]) -> tuple[bytes, list[int], int]:
    """How a column is described, what is kept of each value, and in how many bits."""
    least = min(values, default=0)
    step = math.gcd(*(value - least for value in values)) or 1
    kept = [(value - least) // step for value in values]
    width = max(kept, default=0).bit_length()
    if step == 1:
        return bytes([width, *_signed(least)]), kept, width
    return bytes([width | _STEPPED, *_signed(least), *_number(step)]), kept, width


def _line(first: int, last: int, since: Sequence[int]) -> list[int]:
    """Where numbers would lie if they were given at an even pace from the first time to the last."""
    start, length = since[0], since[-1] - since[0] or 1
    rise = last - first
    return [first + rise * (moment - start) // length for moment in since]


def round_half_up(value: int, unit: int) -> int:
    """How many times `unit` is in `value`, to the nearest."""
    return (2 * value + unit) // (2 * unit)


def _optional(value: int | None) -> int:
    return 0 if value is None else _fold(value) + 1


def _or_none(code: int) -> int | None:
    return None if code == 0 else _unfold(code - 1)


def _fold(value: int) -> int:
    """Numbers of either sign as counts: 0, -1, 1, -2 become 0, 1, 2, 3, and so on."""
    return 2 * value if value >= 0 else -2 * value - 1


def _unfold(count: int) -> int:
    return -(count + 1 >> 1) if count & 1 else count >> 1


def _signed(value: int) -> bytes:
    return _number(_fold(value))


def _number(count: int) -> bytes:
    """Seven bits a byte, lowest first; the highest bit says that another byte follows."""
    found = bytearray()
    while count >= 0x80:
        found.append(count & 0x7F | 0x80)
        count >>= 7
    found.append(count)
    return bytes(found)


def _checksum(data: bytes) -> bytes:
    """Two bytes that notice every burst of up to sixteen bits (CRC-CCITT)."""
    return binascii.crc_hqx(data, 0xFFFF).to_bytes(2, "little")
