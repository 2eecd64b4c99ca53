"""Sealed history as bytes: what goes in comes out, and nothing else passes for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import DamagedChunk
from catalog.money import LARGEST_MINOR
from ledger.history_chunks import VERSION, Point, _checksum, pack, unpack

MIDNIGHT = 1_767_225_600  # 2026-01-01
DAY = 86_400

WRITTEN = "010280ce891e80de34d00fa00600000800000080c60a000081b89522a09c0100f2d061000200020014013424"

FIRST = Point(1_000, MIDNIGHT, MIDNIGHT + 3 * DAY, 299_900, "CNY", 399_900, 0, 299_900, "in")
SECOND = Point(1_400, MIDNIGHT + 4 * DAY, MIDNIGHT + 9 * DAY, 279_900, "CNY", 399_900, 0, 279_900, "in")

amounts = st.integers(-LARGEST_MINOR, LARGEST_MINOR) | st.integers(0, 500)
times = st.integers(0, 2**33) | st.integers(MIDNIGHT, MIDNIGHT + 40)
words = st.sampled_from(["CNY", "JPY", "KWD", "in", "out", "preorder", "sold", "缺货", ""])
any_points = st.lists(
    st.builds(
        Point,
        observation_id=st.integers(0, 2**63 - 1) | st.integers(0, 50),
        since_s=times,
        until_s=times,
        price_minor=amounts,
        currency=words,
        list_price_minor=st.none() | amounts,
        shipping_minor=st.none() | amounts,
        landed_minor=st.none() | amounts,
        stock=words,
    ),
    min_size=1,
    max_size=12,
)


@given(any_points)
def test_what_is_packed_comes_out_the_same(points):
    assert unpack(pack(points)) == points


@given(any_points, st.data())
def test_a_chunk_that_is_cut_or_changed_is_noticed(points, data):
    chunk = pack(points)
    place = data.draw(st.integers(0, len(chunk) - 1))
    other = data.draw(st.integers(1, 255))
    changed = bytearray(chunk)
    changed[place] ^= other

    for wrong in (chunk[:place], bytes(changed)):
        with pytest.raises(DamagedChunk):
            unpack(wrong)


@given(st.binary(max_size=60))
def test_garbage_under_a_right_checksum_is_a_named_error_or_points(data):
    """Nothing else may come of it: no other error, no endless loop, no memory without bound."""
    body = bytes([VERSION]) + data
    try:
        points = unpack(body + _checksum(body))
    except DamagedChunk:
        return
    assert all(isinstance(point, Point) for point in points)


def test_another_version_is_refused_by_its_number():
    body = bytes([VERSION + 1]) + pack([FIRST])[1:-2]

    with pytest.raises(DamagedChunk, match=f"version {VERSION + 1}, not {VERSION}"):
        unpack(body + _checksum(body))


def test_a_chunk_says_how_many_points_before_it_makes_them():
    body = bytes([VERSION]) + b"\xff" * 8 + b"\x01" + pack([FIRST])[2:-2]

    with pytest.raises(DamagedChunk, match="points"):
        unpack(body + _checksum(body))


def test_bytes_left_behind_are_noticed():
    body = pack([FIRST, SECOND])[:-2] + b"\0"

    with pytest.raises(DamagedChunk, match="length"):
        unpack(body + _checksum(body))


def test_chunks_that_were_written_stay_readable():
    """The bytes of version 1: whoever changes them takes another version."""
    chunk = bytes.fromhex(WRITTEN)

    assert unpack(chunk) == [FIRST, SECOND]
    assert pack([FIRST, SECOND]) == chunk


def test_what_never_changes_takes_no_room():
    year = [
        FIRST._replace(
            observation_id=1_000 + 100 * n, since_s=MIDNIGHT + n * DAY, until_s=MIDNIGHT + n * DAY + 3600
        )
        for n in range(64)
    ]

    assert len(pack(year)) == len(pack(year[:2]))
