"""Records into products, one after the other: joins, and merges by average link over the pairs that were scored.

Work per record is that of its own pairs; work per merge that of the smaller product's. What may never be together is asked of
`apart` before every merge, products against products, so no chain of likenesses leads around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Apart = Callable[[int, int], bool]
"""Whether two products (by number) may never be one."""


@dataclass(slots=True)
class _Link:
    total: float = 0.0
    pairs: int = 0

    @property
    def mean(self) -> float:
        return self.total / self.pairs


def never(_one: int, _other: int) -> bool:
    """Nothing is kept apart."""
    return False


@dataclass(slots=True)
class Linking:
    """The products so far; a product's number is that of its first record."""

    same_from: float
    """Mean chance of the scored pairs between two products from which they are one."""
    apart: Apart = never
    merged: Callable[[int, int], None] | None = None
    """Told (what stays, what is gone) after each merge."""
    members: dict[int, list[int]] = field(default_factory=dict)
    _of: dict[int, int] = field(default_factory=dict)
    _links: dict[int, dict[int, _Link]] = field(default_factory=dict)

    def product_of(self, record: int) -> int:
        """The product that `record` is in."""
        return self._of[record]

    def add(self, record: int, chances: Iterable[tuple[int, float]]) -> int:
        """Adds `record`, with the chance that it is the same as each of some records before it; its product."""
        self.members[record], self._of[record], self._links[record] = [record], record, {}
        for other, chance in chances:
            self._link(record, self._of[other], chance, 1)
        self._settle(record)
        return self._of[record]

    def _link(self, one: int, other: int, total: float, pairs: int) -> None:
        link = self._links[one].setdefault(other, _Link())
        self._links[other][one] = link
        link.total += total
        link.pairs += pairs

    def _settle(self, product: int) -> None:
        """Merges `product` with its nearest neighbour for as long as one is near enough."""
        while True:
            near = [
                (link.mean, -other)
                for other, link in self._links[product].items()
                if link.mean >= self.same_from
            ]
            nearest = next(
                (-other for _, other in sorted(near, reverse=True) if not self.apart(product, -other)), None
            )
            if nearest is None:
                return
            product = self._merge(product, nearest)

    def _merge(self, one: int, other: int) -> int:
        """One product of two: the one with more links stays, or the older."""
        stays, goes = sorted((one, other), key=lambda p: (-len(self._links[p]), -len(self.members[p]), p))
        for record in self.members[goes]:
            self._of[record] = stays
        self.members[stays] += self.members.pop(goes)
        for neighbour, link in self._links.pop(goes).items():
            del self._links[neighbour][goes]
            if neighbour != stays:
                self._link(stays, neighbour, link.total, link.pairs)
        if self.merged is not None:
            self.merged(stays, goes)
        return stays
