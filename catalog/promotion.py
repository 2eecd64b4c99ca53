"""Promotions: what may lower (or raise) a price, as data. What they come to in a sum is in `catalog/landed_price.py`.

The algebra is that of domain §1.3: six stages, a dozen kinds, thresholds, exclusivity, conditions, windows. A yearly
rule (a public subsidy) is a promotion with a window, never code. Whatever contradicts itself is refused when it is
made, so a promotion that exists can be computed with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

from catalog.errors import InvalidPromotion
from catalog.money import Money
from catalog.region import is_within

MOST_PROMOTIONS: Final = 64
"""Of one offer. Real offers show a dozen at most; more is an attack on the search for the cheapest combination."""
MOST_PIECES: Final = 10_000
"""Largest count in a threshold, limit or bonus."""
FULL_BP: Final = 10_000
"""The whole, in basis points."""
PRICE_BASIS: Final = "price_basis"
"""The group that all `SET_PRICE` promotions share: a unit has one price to begin with (domain §1.3)."""


class Stage(StrEnum):
    """When a promotion takes effect; stages follow each other in this order."""

    UNIT = "unit"
    SHOP = "shop"
    PLATFORM = "platform"
    SUBSIDY = "subsidy"
    SHIPPING = "shipping"
    PAYMENT = "payment"


class PromotionKind(StrEnum):
    """What a promotion does."""

    SET_PRICE = "set_price"  # another unit price: `price`
    UNIT_OFF = "unit_off"  # `off` less per unit
    UNIT_PERCENT = "unit_percent"  # `pay_bp` of each unit's price is paid
    DEPOSIT = "deposit"  # a deposit counts as `worth`: the gain is worth - deposit, per unit
    AMOUNT_OFF = "amount_off"  # `off` less, once or for each threshold reached
    PERCENT_OFF = "percent_off"  # `pay_bp` of the base is paid
    NTH_UNIT = "nth_unit"  # of every `n` units the last costs `pay_bp` of its price, or `pay`
    BONUS_UNITS = "bonus_units"  # for every `buy` units bought, `get` more of the same
    SUBSIDY = "subsidy"  # `rate_bp` of a unit's share is paid by someone else, up to `cap_unit`
    SHIP_FREE = "ship_free"
    SHIP_OFF = "ship_off"  # `off` less shipping


class Scope(StrEnum):
    """What a promotion is granted for; one offer's sum is the same in each."""

    ITEM = "item"
    SHOP = "shop"
    CATEGORY = "category"
    PLATFORM = "platform"


class Repeat(StrEnum):
    """How often an amount is taken off."""

    ONCE = "once"
    EACH = "each"  # for each time the threshold is reached


class Base(StrEnum):
    """What thresholds and percentages look at (domain §1.3)."""

    ITEM = "item"  # parallel: the sum after the unit stage
    RUNNING = "running"  # sequential: what is left at that point


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """One promotion of one offer. Amounts are in the offer's currency; parts that a kind does not use are None."""

    id: str
    """Unique within the offer; the last of its ties is broken by it."""
    stage: Stage
    kind: PromotionKind
    price: Money | None = None
    off: Money | None = None
    pay_bp: int | None = None
    """The share that is *paid*: 8500 is 85折."""
    pay: Money | None = None
    """What the n-th unit costs, where that is an amount."""
    deposit: Money | None = None
    worth: Money | None = None
    n: int | None = None
    buy: int | None = None
    get: int | None = None
    rate_bp: int | None = None
    cap_unit: Money | None = None
    max_unit_price: Money | None = None
    """A unit whose share of the sum is above this gets no subsidy."""
    scope: Scope = Scope.ITEM
    threshold: Money | None = None
    threshold_qty: int | None = None
    """Pieces bought. With both thresholds, both have to be reached."""
    repeat: Repeat = Repeat.ONCE
    max_times: int | None = None
    cap: Money | None = None
    """The most that is taken off."""
    max_units: int | None = None
    """The most units that it applies to."""
    group: str = ""
    """At most one of a group applies; empty: none."""
    excludes: tuple[str, ...] = ()
    """Ids or groups that cannot be combined with it."""
    is_mandatory: bool = False
    """Automatic: it cannot be declined."""
    base: Base = Base.ITEM
    needs: tuple[str, ...] = ()
    """Conditions one has to fulfil (``member:plus``, ``new_user`` …); empty: open to anyone."""
    action: str = ""
    """What anyone may have to do for it: ``claim`` a coupon, join an ``open_group`` of strangers."""
    regions: tuple[str, ...] = ()
    """Where it holds; empty: everywhere."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """The first moment at which it no longer holds."""
    words: str = ""
    """As the marketplace puts it."""

    def __post_init__(self) -> None:
        if not self.id or len(self.id) > 200 or not self.id.isprintable():
            raise InvalidPromotion(self.id[:60], "an id of 1 to 200 printable characters is needed")
        self._check_kind()
        self._check_amounts()
        self._check_counts()
        self._check_rest()

    @property
    def exclusive_groups(self) -> tuple[str, ...]:
        """The groups of which at most one promotion applies."""
        own = (self.group,) if self.group else ()
        return (*own, PRICE_BASIS) if self.kind is PromotionKind.SET_PRICE else own

    def holds(self, at: datetime, region: str) -> bool:
        """Whether it is in force at that moment, there."""
        if self.starts_at is not None and at < self.starts_at:
            return False
        if self.ends_at is not None and at >= self.ends_at:
            return False
        return not self.regions or is_within(self.regions, region)

    def conflicts_with(self, other: Promotion) -> bool:
        """Whether the two cannot be combined."""
        if self.kind is other.kind is PromotionKind.SET_PRICE or (self.group and self.group == other.group):
            return True
        if not (self.excludes or other.excludes or PRICE_BASIS in (self.group, other.group)):
            return False
        mine, theirs = self.exclusive_groups, other.exclusive_groups
        return (
            any(group in theirs for group in mine)
            or any(name == other.id or name in theirs for name in self.excludes)
            or any(name == self.id or name in mine for name in other.excludes)
        )

    def stated(self) -> tuple[tuple[str, object], ...]:
        """(field, value) of all that it states: equal for two promotions exactly when they are."""
        return tuple(
            (name, value.astimezone(UTC) if isinstance(value, datetime) else value)
            for name, default, value in zip(_NAMES, _DEFAULTS, _values_of(self), strict=True)
            if value is not default and value != default
        )

    def amounts(self) -> list[Money]:
        """Every amount it states."""
        return [amount for amount in _amounts_of(self) if amount is not None]

    def _check_kind(self) -> None:
        shape = SHAPES[self.kind]
        if self.stage not in shape.stages:
            raise InvalidPromotion(self.id, f"{self.kind} has no place in the {self.stage} stage")
        given = {
            name for name, value in zip(_PARAMETERS, _parameters_of(self), strict=True) if value is not None
        }
        if missing := shape.required - given:
            raise InvalidPromotion(self.id, f"{self.kind} needs {', '.join(sorted(missing))}")
        if extra := given - shape.required - shape.optional:
            raise InvalidPromotion(self.id, f"{', '.join(sorted(extra))} means nothing for {self.kind}")
        if shape.one_of and len(shape.one_of & given) != 1:
            raise InvalidPromotion(self.id, f"{self.kind} needs one of {', '.join(sorted(shape.one_of))}")

    def _check_amounts(self) -> None:
        for name, amount in zip(_AMOUNTS, _amounts_of(self), strict=True):
            if amount is not None and (amount.minor < 0 or (amount.minor == 0 and name not in _MAY_BE_ZERO)):
                raise InvalidPromotion(self.id, f"{name} must be above zero: {amount}")
        currencies = {amount.currency for amount in self.amounts()}
        if len(currencies) > 1:
            raise InvalidPromotion(self.id, f"two currencies: {', '.join(sorted(currencies))}")
        if self.deposit is not None and self.worth is not None and self.worth.minor < self.deposit.minor:
            raise InvalidPromotion(self.id, "a deposit that is worth less than is paid")
        least = 0 if self.kind is PromotionKind.NTH_UNIT else 1
        for name, smallest in (("pay_bp", least), ("rate_bp", 1)):
            share: int | None = getattr(self, name)
            if share is not None and not smallest <= share <= FULL_BP:
                raise InvalidPromotion(self.id, f"{name} must be {smallest} to {FULL_BP}: {share}")

    def _check_counts(self) -> None:
        for (name, least), count in zip(_COUNTS.items(), _counts_of(self), strict=True):
            if count is not None and not least <= count <= MOST_PIECES:
                raise InvalidPromotion(self.id, f"{name} must be {least} to {MOST_PIECES}: {count}")
        is_endless = self.threshold_qty is None and (self.threshold is None or not self.threshold.minor)
        if self.repeat is Repeat.EACH and is_endless:
            raise InvalidPromotion(self.id, "it repeats for each threshold reached, and has none")

    def _check_rest(self) -> None:
        for moment in (self.starts_at, self.ends_at):
            if moment is not None and moment.tzinfo is None:
                raise InvalidPromotion(self.id, "a window needs a time zone")
        if self.starts_at is not None and self.ends_at is not None and self.ends_at <= self.starts_at:
            raise InvalidPromotion(self.id, "its window ends before it starts")
        if self.id in self.excludes or any(group in self.excludes for group in self.exclusive_groups):
            raise InvalidPromotion(self.id, "it excludes itself")
        texts = (
            *self.excludes,
            *self.needs,
            *self.regions,
            self.group or "-",
            self.action or "-",
            self.words or "-",
        )
        if any(not text or len(text) > 200 or not text.isprintable() for text in texts):
            raise InvalidPromotion(self.id, "an empty, overlong or unprintable text")
        if max(len(self.excludes), len(self.needs), len(self.regions)) > MOST_PROMOTIONS:
            raise InvalidPromotion(self.id, "too many conditions")


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a kind has its place, and what it is made of."""

    stages: frozenset[Stage]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    """Exactly one of these (each is optional as well)."""


def _shape(stages: tuple[Stage, ...], required: str = "", optional: str = "", one_of: str = "") -> Shape:
    either = frozenset(one_of.split())
    return Shape(frozenset(stages), frozenset(required.split()), frozenset(optional.split()) | either, either)


_GOODS: Final = (Stage.SHOP, Stage.PLATFORM)
SHAPES: Final[Mapping[PromotionKind, Shape]] = {
    PromotionKind.SET_PRICE: _shape((Stage.UNIT,), "price"),
    PromotionKind.UNIT_OFF: _shape((Stage.UNIT,), "off"),
    PromotionKind.UNIT_PERCENT: _shape((Stage.UNIT,), "pay_bp"),
    PromotionKind.DEPOSIT: _shape((Stage.UNIT,), "deposit worth"),
    PromotionKind.AMOUNT_OFF: _shape((*_GOODS, Stage.PAYMENT), "off"),
    PromotionKind.PERCENT_OFF: _shape((*_GOODS, Stage.PAYMENT), "pay_bp"),
    PromotionKind.NTH_UNIT: _shape(_GOODS, "n", one_of="pay_bp pay"),
    PromotionKind.BONUS_UNITS: _shape(_GOODS, "buy get"),
    PromotionKind.SUBSIDY: _shape((Stage.SUBSIDY,), "rate_bp", "cap_unit max_unit_price"),
    PromotionKind.SHIP_FREE: _shape((Stage.SHIPPING,)),
    PromotionKind.SHIP_OFF: _shape((Stage.SHIPPING,), "off"),
}
"""The kinds of domain §1.3. `cap`, thresholds, limits and the rest may go with any of them."""

_PARAMETERS: Final = (
    "price", "off", "pay_bp", "pay", "deposit", "worth", "n", "buy", "get", "rate_bp", "cap_unit", "max_unit_price",
)  # fmt: skip
_AMOUNTS: Final = (
    "price", "off", "pay", "deposit", "worth", "cap_unit", "max_unit_price", "threshold", "cap",
)  # fmt: skip
_MAY_BE_ZERO: Final = frozenset({"pay", "threshold"})
"""A free second piece, and "from zero yuan on", which is how coupons without a threshold are written."""
_COUNTS: Final = {"n": 2, "buy": 1, "get": 1, "threshold_qty": 1, "max_times": 1, "max_units": 1}
"""Smallest value of each count."""
_NAMES: Final = tuple(field.name for field in fields(Promotion))
_DEFAULTS: Final = tuple(None if field.default is MISSING else field.default for field in fields(Promotion))
# A crawl makes thousands of these a second: all values of an object at once, in C.
_values_of: Final = attrgetter(*_NAMES)
_parameters_of: Final = attrgetter(*_PARAMETERS)
_amounts_of: Final[Callable[[Promotion], tuple[Money | None, ...]]] = attrgetter(*_AMOUNTS)
_counts_of: Final[Callable[[Promotion], tuple[int | None, ...]]] = attrgetter(*_COUNTS)
