"""What taobao's promotions are at an hour: 官方立减, coupons, the shop's own reductions, 跨店满减, 88VIP, 淘金币, presale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.dice import hash_of
from marketplaces.world.landed import half_up
from marketplaces.world.prices import coupon_at
from marketplaces.world.promotions import SHOP_COUPON, Promotion
from marketplaces.world.reductions import KINDS, Frame, gift, nice, text, threshold
from marketplaces.world.seasons import HOUR_S, campaign_hours
from marketplaces.world.spans import coupon_window, happening

if TYPE_CHECKING:
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

OFFICIAL, CROSS_SHOP = "官方立减", "跨店满减"
GOODS_COUPON, STORE_COUPON, CATEGORY_COUPON = "商品券", "店铺券", "品类券"
MEMBERS, POINTS, PRESALE = "88VIP", "淘金币", "付定金"
_OFFICIAL, _STORE, _OWN, _CROSS, _CATEGORY, _POINTS, _MEMBERS, _PRESALE = (
    hash_of(f"taobao {name}")
    for name in ("official", "store", "own", "cross", "category", "points", "members", "presale")
)
_NAMES = ("店铺满减", "店铺满折", "第2件半价", "店铺满折")
_CHEAP = 3000
"""Below this some coupons are worth more than the goods."""


def promotions(offer: Offer, moment: Moment, fen: int) -> tuple[Promotion, ...]:
    """All of them, those nobody or not everybody can use as well; in the order in which they are counted."""
    presale = _presale(offer, moment, fen)
    official = None if presale else _official(offer, moment, fen)
    found = (
        presale,
        official,
        _goods_coupon(offer, moment, fen, official),
        _store_coupon(offer, moment, fen),
        *_own(offer, moment, fen),
        _cross_shop(offer, moment),
        _category_coupon(offer, moment, fen),
        _points(offer, moment),
        _members(offer, moment),
    )
    return tuple(promotion for promotion in found if promotion)


def is_tmall(offer: Offer) -> bool:
    """Brands and firms sell on Tmall, others on Taobao."""
    return offer.seller.type in ("brand_flagship", "authorised")


def _official(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """In campaigns every fourth takes part; some are reduced at any time of the year."""
    joins = moment.campaign is not None and offer.key % 4 == 0
    span = happening(offer, _OFFICIAL, moment.hour, 24 * 12, 100 if joins else 8)
    if span is None:
        return None
    window = _campaign_window(moment) if joins else span.seconds
    percent = (5, 8, 10, 12, 15)[span.pick(1, 5)]
    is_share = span.pick(2, 5) < 3
    off = nice(fen * percent // 100)
    return Promotion(
        id=f"g{window[0] // HOUR_S}",
        stage="unit",
        kind="unit_percent" if is_share else "unit_off",
        label=OFFICIAL,
        words=f"官方立减{percent}%" if is_share else f"官方立减{text(off)}元",
        pay_bp=10_000 - percent * 100 if is_share else None,
        off=None if is_share else off,
        mandatory=True,
        window=window,
    )


def _goods_coupon(offer: Offer, moment: Moment, fen: int, official: Promotion | None) -> Promotion | None:
    """The public coupon; some miss their threshold because of 官方立减, a few are worth more than cheap goods."""
    coupon = coupon_at(offer, moment, fen)
    if coupon is None:
        return None
    off, over = coupon.off_fen, coupon.over_fen
    if official and offer.key >> 7 & 1:
        over = max(over, fen // 100 * 100)
    elif fen < _CHEAP and (offer.key >> 9) % 6 == 0:
        off, over = (fen // 1000 + 1) * 1000, 100
    window = (coupon.start_hour * HOUR_S, coupon.end_hour * HOUR_S)
    return _coupon(f"c{coupon.start_hour}", GOODS_COUPON, (off, over), window)


def _store_coupon(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """For some only two pieces reach it; some are over or have not begun."""
    span = happening(offer, _STORE, moment.hour, (24 * 6, 24 * 6, 12)[offer.key % 3], 11)
    if span is None:
        return None
    over = threshold(fen * (70, 85, 120, 180)[span.pick(1, 4)] // 100)
    amounts = (nice(over * (3 + span.pick(2, 5)) // 100), over)
    return _coupon(f"s{span.start}", STORE_COUPON, amounts, coupon_window(span))


def _coupon(name: str, title: str, amounts: tuple[int, int], window: tuple[int, int]) -> Promotion:
    off, over = amounts
    return Promotion(
        id=name, stage="shop", kind="amount_off", label=title, words=f"满{text(over)}减{text(off)}", off=off,
        threshold_fen=over, group=SHOP_COUPON, action="claim", window=window,
    )  # fmt: skip


def _own(offer: Offer, moment: Moment, fen: int) -> list[Promotion]:
    """The shop's automatic reduction, of one kind at a time."""
    span = happening(offer, _OWN, moment.hour, 24 * 8, 24)
    if span is None:
        return []
    kinds = (*KINDS, gift)
    return kinds[span.pick(1, len(kinds))](Frame(f"m{span.start}", fen, span, _NAMES))


def _cross_shop(offer: Offer, moment: Moment) -> Promotion | None:
    """跨店满减: most take part in a campaign's, a few have one at other times."""
    span = happening(offer, _CROSS, moment.hour, 24 * 7, 60 if moment.campaign else 6)
    if span is None:
        return None
    over, off = ((30_000, 5000), (20_000, 3000), (30_000, 4000))[span.pick(1, 3)]
    words = f"{('每', '每满')[span.pick(2, 2)]}{text(over)}减{text(off)}"
    cap = off * 3 if span.pick(3, 3) == 0 else None
    words += f"，封顶{text(cap)}元" if cap else ("", "，上不封顶")[span.pick(4, 2)]
    return Promotion(
        id=f"x{span.start}", stage="platform", kind="amount_off", label=CROSS_SHOP, words=words, off=off,
        threshold_fen=over, repeat="each", cap=cap, mandatory=True,
        window=_campaign_window(moment) if moment.campaign else span.seconds,
    )  # fmt: skip


def _category_coupon(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    span = happening(offer, _CATEGORY, moment.hour, 24 * 5, 6)
    if span is None:
        return None
    over = threshold(fen * (60, 80, 95, 150)[span.pick(1, 4)] // 100)
    off = nice(over * (2 + span.pick(2, 6)) // 100)
    return Promotion(
        id=f"k{span.start}", stage="platform", kind="amount_off", label=CATEGORY_COUPON,
        words=f"满{text(over)}减{text(off)}", off=off, threshold_fen=over, action="claim", window=coupon_window(span),
    )  # fmt: skip


def _points(offer: Offer, moment: Moment) -> Promotion | None:
    span = happening(offer, _POINTS, moment.hour, 24 * 10, 8)
    if span is None:
        return None
    percent = (1, 2, 3, 5)[span.pick(1, 4)]
    return _for_some(f"p{span.start}", POINTS, "points", 10_000 - percent * 100, f"{POINTS}抵{percent}%")


def _members(offer: Offer, moment: Moment) -> Promotion | None:
    """88VIP: on Tmall, in campaigns everywhere on it."""
    share = 100 if moment.campaign else 25
    if not is_tmall(offer) or happening(offer, _MEMBERS, moment.hour, 24 * 30, share) is None:
        return None
    return _for_some("vip", MEMBERS, "member:88vip", 9500, MEMBERS)


def _for_some(name: str, label: str, condition: str, pay_bp: int, words: str) -> Promotion:
    """A share of what remains by then, for those who hold the condition."""
    return Promotion(
        name, "platform", "percent_off", label, words, pay_bp=pay_bp, base="running", needs=(condition,)
    )


def _presale(offer: Offer, moment: Moment, fen: int) -> Promotion | None:
    """Those who pay a deposit pay less. Not together with 官方立减."""
    span = happening(offer, _PRESALE, moment.hour, 24 * 9, 4)
    if fen < _CHEAP or span is None:
        return None
    deposit, off = nice(fen * 5 // 100), nice(fen * (2 + span.pick(1, 5)) // 100)
    return Promotion(
        id=f"d{span.start}", stage="unit", kind="deposit", label=PRESALE, words=f"付定金立减{text(off)}元",
        deposit=deposit, worth=deposit + off, needs=("preorder",), window=span.seconds,
    )  # fmt: skip


def _campaign_window(moment: Moment) -> tuple[int, int]:
    first, end = campaign_hours(moment)
    return first * HOUR_S, end * HOUR_S


# ── the platform's own figure ──────────────────────────────────────────────────────────────────────


def path(found: tuple[Promotion, ...], fen: int, at_s: int) -> tuple[tuple[str, int], ...]:
    """What the best combination for one piece and for anyone takes off, in order: ids and amounts.

    All are parallel here, so the best of each group is the best of all (`landed.py` agrees, as a test sees to).
    """
    usable = [promotion for promotion in found if _is_for_one(promotion, at_s)]
    steps: list[tuple[str, int]] = []
    left = items = fen
    if usable and usable[0].stage == "unit":
        first = usable.pop(0)
        steps.append((first.id, _taken(_off(first, fen), fen)))
        left = items = fen - steps[0][1]
    for promotion in _best_of_groups(usable, items):
        off = _taken(_off(promotion, items), left)
        left -= off
        steps += [(promotion.id, off)] if off else []
    return tuple(steps)


def _is_for_one(promotion: Promotion, at_s: int) -> bool:
    for_more = promotion.kind in ("nth_unit", "bonus_units") or promotion.threshold_qty
    return not for_more and not promotion.needs and promotion.is_open(at_s)


def _best_of_groups(promotions: list[Promotion], items: int) -> list[Promotion]:
    """Of each group the one that takes most off, in the order of the list."""
    best: dict[str, Promotion] = {}
    for promotion in promotions:
        group = promotion.group or promotion.id
        rival = best.get(group)
        if rival is None or (-_off(promotion, items), promotion.id) < (-_off(rival, items), rival.id):
            best[group] = promotion
    return [promotion for promotion in promotions if promotion in best.values()]


def _off(promotion: Promotion, items: int) -> int:
    """What it takes off one piece at that price."""
    over = promotion.threshold_fen or 0
    if items < over:
        return 0
    if promotion.kind == "unit_percent":
        return items - half_up(items * (promotion.pay_bp or 0), 10_000)
    off = (promotion.off or 0) * (items // over if promotion.repeat == "each" else 1)
    return off if promotion.cap is None else min(off, promotion.cap)


def _taken(off: int, left: int) -> int:
    """All but 1 fen, when it is more than there is."""
    return off if off <= left else left - 1
