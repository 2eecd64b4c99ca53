"""What can lower or raise the price of an order: promotions and shipping rules as data. Integer fen; percentages in 1/10 000.

Field names are those of the worked cases (`tests/catalog/vectors/promotion_vectors.json`), and so are the JSON forms.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from marketplaces.world.seasons import CHINA

Stage = Literal["unit", "shop", "platform", "subsidy", "shipping", "payment"]
PRICE_BASIS = "price_basis"
"""The group that all other unit prices share: one of them is the price."""
SHOP_COUPON = "shop_coupon"


@dataclass(frozen=True, slots=True)
class Promotion:
    """One promotion of an offer. What a kind does not use is None."""

    id: str
    """Rungs of one ladder share what stands before the point."""
    stage: Stage
    kind: str
    label: str = ""
    """What the marketplace calls it: taobao's title, JD's label or bind type, a member tier."""
    words: str = ""
    """The text in the answer, where the answer has one."""
    price: int | None = None
    off: int | None = None
    pay_bp: int | None = None
    """The share that is paid."""
    deposit: int | None = None
    worth: int | None = None
    n: int | None = None
    buy: int | None = None
    get: int | None = None
    rate_bp: int | None = None
    cap_unit: int | None = None
    max_unit_price: int | None = None
    threshold_fen: int | None = None
    threshold_qty: int | None = None
    repeat: Literal["once", "each"] = "once"
    max_times: int | None = None
    cap: int | None = None
    max_units: int | None = None
    group: str = ""
    excludes: tuple[str, ...] = ()
    """Ids or groups."""
    mandatory: bool = False
    base: Literal["item", "running"] = "item"
    needs: tuple[str, ...] = ()
    action: str = ""
    regions: tuple[str, ...] = ()
    window: tuple[int, int] | None = None
    """Unix seconds, the end exclusive; None is always."""

    @property
    def entry(self) -> str:
        """The id its marketplace gives to the whole, ladder or not."""
        return self.id.partition(".")[0]

    def is_open(self, at_s: int) -> bool:
        """Whether it may be used at that second."""
        return self.window is None or self.window[0] <= at_s < self.window[1]


_DEFAULTS = {field.name: field.default for field in fields(Promotion)}


@dataclass(frozen=True, slots=True)
class Shipping:
    """What delivery costs. The base rate is waived from an order value on, a region's surcharge never is."""

    base: int | None = None
    """None when it is not stated."""
    free_over: int | None = None
    free_base: Literal["running", "item"] = "running"
    """Whether `free_over` sees the sum after the discounts or before."""
    surcharge: tuple[tuple[str, int], ...] = ()
    no_delivery: tuple[str, ...] = ()


def promotion_json(promotion: Promotion) -> dict[str, Any]:
    """Its fields that say something, as in the worked cases."""
    values = {name: getattr(promotion, name) for name in _DEFAULTS}
    said = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value != _DEFAULTS[name]
    }
    if promotion.window:
        said["window"] = [datetime.fromtimestamp(end, CHINA).isoformat() for end in promotion.window]
    return said


def shipping_json(shipping: Shipping) -> dict[str, Any]:
    """The rules, all of them: an unknown base is null."""
    return {
        "base": shipping.base,
        "free_over": shipping.free_over,
        "surcharge": dict(shipping.surcharge),
        "no_delivery": list(shipping.no_delivery),
    }
