"""Randomness with names: every draw is a function of the seed and what it is for, never of the order of drawing."""

from __future__ import annotations

import hashlib
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Dice(Random):
    """A generator whose commonest draws are three times as fast; their bias (below 2^-40) does not matter here."""

    def choice(self, seq: Sequence[T]) -> T:  # type: ignore[override]
        """One of them."""
        return seq[int(self.random() * len(seq))]

    def between(self, low: int, high: int) -> int:
        """A whole number; `high` is exclusive."""
        return low + int(self.random() * (high - low))


def dice(seed: int, *names: object) -> Dice:
    """A generator of its own for this seed and these names."""
    return Dice(hash_of("/".join(map(str, (seed, *names)))))


def hash_of(text: str) -> int:
    """64 stable bits for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def mix(key: int, n: int) -> int:
    """64 bits from a key and a number, for draws too frequent for a generator (SplitMix64, Steele et al. 2014)."""
    z = (key + n * 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)
