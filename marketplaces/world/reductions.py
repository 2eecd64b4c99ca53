"""Reductions an order gets by itself, in the words of the trade: 满减, ladders, 每满减, 满折, 第2件半价, 买2送1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marketplaces.world.promotions import Promotion

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplaces.world.spans import Span

_PERCENTS = (40, 60, 75, 90, 110, 140)
"""Thresholds against the price of one piece: some are reached by one, some only by two."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an automatic reduction is drawn with."""

    id: str
    fen: int
    """What one piece costs."""
    span: Span
    names: tuple[str, str, str, str]
    """What the marketplace calls money thresholds, piece thresholds, a half price, and another nth price."""


def text(fen: int) -> str:
    """Yuan as promotions write them: 30, 0.5, 12.88."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def discount(pay_bp: int) -> str:
    """8, 8.5, 9.8: the figure before 折."""
    whole, rest = divmod(pay_bp // 10, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def nice(fen: int) -> int:
    """An amount off as sellers choose them, at most `fen` but 10 fen at least."""
    steps = ((10_000, 1000), (3000, 500), (500, 100), (100, 50), (0, 10))
    step = next(step for bound, step in steps if fen >= bound)
    return max(10, fen // step * step)


def threshold(fen: int) -> int:
    """A threshold as sellers choose them, close below `fen`: 299, 1500, 58."""
    grain = 10_000 if fen >= 100_000 else 1000 if fen >= 10_000 else 100
    return max(100, fen // grain * grain - (100 if fen >= 10_000 and fen // grain % 2 else 0))


# ── the kinds ──────────────────────────────────────────────────────────────────────────────────────


def single(frame: Frame) -> list[Promotion]:
    """满199减20."""
    over = threshold(frame.fen * _PERCENTS[frame.span.pick(10, 6)] // 100)
    off = nice(over * (3 + frame.span.pick(11, 6)) // 100)
    form = ("满{}减{}", "满{}元减{}元")[frame.span.pick(12, 2)]
    return [_money(frame, frame.id, form.format(text(over), text(off)), over, off)]


def ladder(frame: Frame) -> list[Promotion]:
    """满199减20，满399减60: one rung applies."""
    first = single(frame)[0]
    low, small = first.threshold_fen or 0, first.off or 0
    over = threshold(low * 2 + 100)
    off = small * 2 + nice(small)
    words = (
        f"{first.words}，{('满{}减{}', '满{}元减{}元')[frame.span.pick(12, 2)].format(text(over), text(off))}"
    )
    rungs = ((f"{frame.id}.1", low, small), (f"{frame.id}.2", over, off))
    return [_money(frame, name, words, at, taken, group=frame.id) for name, at, taken in rungs]


def repeated(frame: Frame) -> list[Promotion]:
    """每满300减50，封顶100元."""
    over = threshold(frame.fen * (30, 45, 70, 120)[frame.span.pick(10, 4)] // 100)
    off = nice(over * (4 + frame.span.pick(11, 6)) // 100)
    words = f"{('每满', '每')[frame.span.pick(12, 2)]}{text(over)}减{text(off)}"
    ends = ("，封顶{}元", "，最多减{}元", "，上不封顶", "")
    place = frame.span.pick(13, 4)
    cap = off * (1 + frame.span.pick(14, 3)) if place < 2 else None
    words += ends[place].format(text(cap or 0))
    return [_money(frame, frame.id, words, over, off, repeat="each", cap=cap)]


def fold(frame: Frame) -> list[Promotion]:
    """2件8折: from so many pieces on, on all."""
    pieces = 2 + frame.span.pick(10, 2)
    pay_bp = (8000, 8500, 9000, 9500)[frame.span.pick(11, 4)]
    form = ("{}件{}折", "满{}件{}折", "满{}件打{}折")[frame.span.pick(12, 3)]
    words = form.format(pieces, discount(pay_bp))
    return [_pieces(frame, frame.names[1], words, "percent_off", pay_bp=pay_bp, threshold_qty=pieces)]


def half_price(frame: Frame) -> list[Promotion]:
    """第2件半价."""
    return [_pieces(frame, frame.names[2], "第2件半价", "nth_unit", n=2, pay_bp=5000)]


def cheaper_second(frame: Frame) -> list[Promotion]:
    """第2件7折, 第3件0元."""
    pieces, pay_bp = ((2, 7000), (2, 8500), (3, 0), (3, 5000))[frame.span.pick(10, 4)]
    how = "0元" if not pay_bp else "半价" if pay_bp == 5000 else f"{discount(pay_bp)}折"
    return [_pieces(frame, frame.names[3], f"第{pieces}件{how}", "nth_unit", n=pieces, pay_bp=pay_bp)]


def gift(frame: Frame) -> list[Promotion]:
    """买2送1: more of the same goods."""
    buy = (1, 2, 2, 3)[frame.span.pick(10, 4)]
    return [_pieces(frame, "买赠", f"买{buy}送1", "bonus_units", buy=buy, get=1)]


KINDS: tuple[Callable[[Frame], list[Promotion]], ...] = (
    single,
    ladder,
    repeated,
    fold,
    half_price,
    cheaper_second,
)
"""Those that marketplaces have in common."""


def _money(frame: Frame, name: str, words: str, over: int, off: int, **more: Any) -> Promotion:
    return Promotion(
        id=name, stage="shop", kind="amount_off", label=frame.names[0], words=words, off=off,
        threshold_fen=over, mandatory=True, window=frame.span.seconds, **more,
    )  # fmt: skip


def _pieces(frame: Frame, label: str, words: str, kind: str, **more: Any) -> Promotion:
    return Promotion(
        id=frame.id,
        stage="shop",
        kind=kind,
        label=label,
        words=words,
        mandatory=True,
        window=frame.span.seconds,
        **more,
    )
