"""What observed prices say of a struck-through price, and whether today is a low, in neutral words. Pure.

The verdict itself is made in `catalog/reference_price.py`. It tells what was observed here, never what anyone meant: the
law speaks of transaction prices, and offers are what is seen (domain §4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from api.pages import formatting
from api.pages.texts import Texts
from catalog.reference_price import LONG_DAYS, SHORT_DAYS, WELL_OBSERVED, Low, ReferencePrice, Verdict

_TONES: Final = {
    Verdict.NO_REAL_DISCOUNT: "warn",
    Verdict.REFERENCE_ABOVE_HISTORY: "warn",
    Verdict.SUPPORTED: "good",
}
_BADGES: Final = {Low.NEW_LOW: "low.new", Low.EQUAL_LOW: "low.equal"}


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict in words."""

    short: str
    """In three or four characters, to stand beside the struck-through price."""
    sentence: str
    tone: str
    """``warn``, ``good`` or nothing."""
    evidence: tuple[str, ...]
    """What it rests on, a line each."""


class Verdicts:
    """Puts verdicts into words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def of(self, reference: ReferencePrice, currency: str) -> VerdictView | None:
        """The verdict on a claimed reference; None where none is claimed."""
        if reference.claimed is None:
            return None
        name = reference.verdict.value
        return VerdictView(
            short=self._texts(f"verdict.{name}_short"),
            sentence=self._texts(f"verdict.{name}"),
            tone=_TONES.get(reference.verdict, ""),
            evidence=tuple(self._evidence(reference, currency)),
        )

    def course(self, reference: ReferencePrice, currency: str) -> tuple[str, ...]:
        """What was observed of a price of which nothing is claimed, a line each."""
        return (*self._since(reference, currency), *self._before(reference, currency))

    def low(self, low: Low, days: int) -> str | None:
        """``90天最低`` or ``平90天最低``; None where it is neither, or not known."""
        return self._texts(_BADGES[low], n=days) if low in _BADGES else None

    def lows(self, reference: ReferencePrice) -> tuple[str, ...]:
        """The longest window of which today is the lowest, and the longest one whose lowest it equals."""
        windows = ((180, reference.low180), (90, reference.low90), (30, reference.low30))
        longest = {low: days for days, low in reversed(windows)}
        new, equal = longest.get(Low.NEW_LOW, 0), longest.get(Low.EQUAL_LOW, 0)
        found = [self.low(Low.NEW_LOW, new)] if new else []
        if equal > new:
            found.append(self.low(Low.EQUAL_LOW, equal))
        return tuple(text for text in found if text is not None)

    def _evidence(self, reference: ReferencePrice, currency: str) -> Iterator[str]:
        yield from self._since(reference, currency)
        yield from self._before(reference, currency)
        yield from self._rise(reference, currency)
        yield from self._discounts(reference, currency)

    def _since(self, reference: ReferencePrice, currency: str) -> Iterable[str]:
        if reference.price is None or reference.since is None:
            return [self._texts("verdict.unseen")]
        price = formatting.money(reference.price, currency)
        return [self._texts("verdict.since", price=price, day=reference.since.isoformat())]

    def _before(self, reference: ReferencePrice, currency: str) -> Iterator[str]:
        if reference.baseline7 is not None:
            price = formatting.money(reference.baseline7, currency)
            yield self._texts("verdict.baseline7", n=SHORT_DAYS, price=price)
        if reference.coverage30 is None:
            return
        seen = {"n": LONG_DAYS, "seen": reference.coverage30}
        if reference.baseline30 is None:
            yield self._texts("verdict.thin", least=WELL_OBSERVED, **seen)
        else:
            price = formatting.money(reference.baseline30, currency)
            yield self._texts("verdict.baseline30", price=price, **seen)

    def _rise(self, reference: ReferencePrice, currency: str) -> Iterable[str]:
        rise = reference.rise
        if rise is None:
            return []
        before, after = formatting.money(rise.before, currency), formatting.money(rise.after, currency)
        return [self._texts("verdict.raised", day=rise.day.isoformat(), before=before, after=after)]

    def _discounts(self, reference: ReferencePrice, currency: str) -> Iterable[str]:
        claimed, real = reference.claimed_discount_bp, reference.real_discount_bp
        if reference.claimed is None or claimed is None or real is None:
            return []
        price = formatting.money(reference.claimed, currency)
        off = {"claimed": formatting.percent(claimed), "real": formatting.percent(real)}
        return [self._texts("verdict.discounts", price=price, **off)]
