"""Price terms: what is asked for one unit of an offer, and on which terms. What they come to: `catalog/landed_price.py`.

Terms that contradict themselves are refused when they are made, with the part that is wrong, so that terms that exist
can always be computed with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from catalog.errors import CurrencyMismatch, InvalidPromotion, InvalidTerms
from catalog.money import Money
from catalog.promotion import MOST_PIECES, MOST_PROMOTIONS, Base, Promotion
from catalog.region import is_within

LARGEST_PRICE_MINOR: Final = 10**10
"""Of one unit: 100 million yuan. With `MOST_PIECES` units a sum stays within `catalog.money.LARGEST_MINOR`."""
LARGEST_CHARGE_MINOR: Final = 10**9
"""Of one fee or shipping rate."""
PPM: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ShippingRules:
    """What changes the base rate of `PriceTerms.shipping`."""

    free_over: Money | None = None
    """From this sum on the base rate is not charged; a region's surcharge is."""
    free_base: Base = Base.RUNNING
    """What `free_over` looks at: the goods after discounts and before subsidies, or (ITEM) before discounts."""
    surcharges: tuple[tuple[str, Money], ...] = ()
    """(region, amount) on top of the rate; the narrowest region that covers an address counts."""
    no_delivery: tuple[str, ...] = ()
    """Regions that are not delivered to."""

    def __post_init__(self) -> None:
        if self.free_over is not None and self.free_over.minor < 0:
            raise InvalidTerms("shipping", f"free from a negative sum: {self.free_over}")
        for region, amount in self.surcharges:
            if not region or not 0 <= amount.minor <= LARGEST_CHARGE_MINOR:
                raise InvalidTerms("shipping", f"no surcharge: {region} {amount}")
        if len(self.surcharges) + len(self.no_delivery) > 4_000 or not all(self.no_delivery):
            raise InvalidTerms("shipping", "too many regions, or a region without a name")

    def delivers_to(self, region: str) -> bool:
        """Whether an order can be sent there."""
        return not is_within(self.no_delivery, region)

    def surcharge(self, region: str) -> Money | None:
        """What is charged on top for that region; None: nothing."""
        if not self.surcharges:
            return None
        fitting = [(len(area), amount) for area, amount in self.surcharges if is_within((area,), region)]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


NO_RULES: Final = ShippingRules()


class Per(StrEnum):
    """What a fee is charged for."""

    UNIT = "unit"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge beside goods and shipping: packing, service."""

    kind: str
    amount: Money
    per: Per = Per.ORDER

    def __post_init__(self) -> None:
        if not self.kind or len(self.kind) > 60:
            raise InvalidTerms("fees", "a fee needs a short name")
        if not 0 <= self.amount.minor <= LARGEST_CHARGE_MINOR:
            raise InvalidTerms("fees", f"not a charge: {self.amount}")


class TaxBase(StrEnum):
    """What an import tax is levied on."""

    GOODS = "goods"
    GOODS_PLUS_SHIPPING = "goods_plus_shipping"


@dataclass(frozen=True, slots=True)
class Tax:
    """Import tax that is added at checkout (domain §1.2, cross-border)."""

    ppm: int
    """Parts per million: 9.1 % is 91,000."""
    base: TaxBase = TaxBase.GOODS
    limit: Money | None = None
    """An order whose base is above this cannot be placed."""

    def __post_init__(self) -> None:
        if not 0 <= self.ppm <= PPM:
            raise InvalidTerms("tax", f"{self.ppm} is no rate in parts per million")
        if self.limit is not None and self.limit.minor <= 0:
            raise InvalidTerms("tax", f"a limit must be above zero: {self.limit}")


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """What is asked for one unit, and on which terms. All amounts are in the currency of `price`."""

    price: Money
    """What one unit costs anyone before promotions and shipping (一口价, 单独购买价)."""
    list_price: Money | None = None
    """Struck through by the seller. Shown, never computed with (domain rule 3)."""
    shipping: Money | None = None
    """The base rate. None: the marketplace does not say. Unknown is not free."""
    claimed: Money | None = None
    """The marketplace's own price after its discounts; a claim, compared and shown, never the result."""
    promotions: tuple[Promotion, ...] = ()
    """In the order in which those of one stage take effect."""
    shipping_rules: ShippingRules = NO_RULES
    fees: tuple[Fee, ...] = ()
    tax: Tax | None = None
    min_order: Money | None = None
    """起送价: what the goods have to come to before discounts of the order."""
    min_quantity: int = 1
    max_quantity: int | None = None
    min_pay: Money | None = None
    """Floor of the whole sum, where the marketplace states one. None: the platforms' 1 fen (DECISIONS 44)."""
    gifts: tuple[str, ...] = ()
    """Other goods that come with it: shown, worth nothing."""

    def __post_init__(self) -> None:
        self._check_amounts()
        self._check_quantities()
        self._check_promotions()

    def stated(self) -> tuple[object, ...]:
        """All that they state: equal for two terms exactly when they are."""
        promotions = tuple(promotion.stated() for promotion in self.promotions)
        rest = (self.min_order, self.min_quantity, self.max_quantity, self.min_pay, self.gifts)
        plain = (self.price, self.list_price, self.shipping, self.claimed)
        return (*plain, promotions, self.shipping_rules, self.fees, self.tax, *rest)

    def _check_amounts(self) -> None:
        if not 0 < self.price.minor <= LARGEST_PRICE_MINOR:
            raise InvalidTerms(
                "price", f"a price must be positive and below {LARGEST_PRICE_MINOR}: {self.price}"
            )
        for part, amount in self._amounts():
            if amount.currency != self.price.currency:
                raise CurrencyMismatch(self.price.currency, amount.currency)
            if amount.minor < 0:
                raise InvalidTerms(part, f"negative amount: {amount}")
        if self.shipping is not None and self.shipping.minor > LARGEST_CHARGE_MINOR:
            raise InvalidTerms("shipping", f"not a rate: {self.shipping}")

    def _amounts(self) -> Iterator[tuple[str, Money]]:
        """Every amount outside the promotions, with the part it belongs to."""
        rules, tax = self.shipping_rules, self.tax
        alone = {
            "list_price": self.list_price,
            "shipping": self.shipping,
            "claimed": self.claimed,
            "free_over": rules.free_over,
            "tax limit": tax.limit if tax is not None else None,
            "min_order": self.min_order,
            "min_pay": self.min_pay,
        }
        yield from ((part, amount) for part, amount in alone.items() if amount is not None)
        yield from (("surcharge", amount) for _, amount in rules.surcharges)
        yield from (("fee", fee.amount) for fee in self.fees)

    def _check_quantities(self) -> None:
        if not 1 <= self.min_quantity <= MOST_PIECES:
            raise InvalidTerms("min_quantity", f"{self.min_quantity} is no least quantity")
        if self.max_quantity is not None and not self.min_quantity <= self.max_quantity:
            raise InvalidTerms("max_quantity", f"at most {self.max_quantity}, at least {self.min_quantity}")
        if len(self.fees) > 20 or len(self.gifts) > 20 or any(len(gift) > 500 for gift in self.gifts):
            raise InvalidTerms("fees", "too many fees or gifts")

    def _check_promotions(self) -> None:
        if len(self.promotions) > MOST_PROMOTIONS:
            raise InvalidTerms("promotions", f"more than {MOST_PROMOTIONS}")
        seen: set[str] = set()
        for promotion in self.promotions:
            if promotion.id in seen:
                raise InvalidPromotion(promotion.id, "two promotions of one offer have this id")
            seen.add(promotion.id)
            if any(amount.currency != self.price.currency for amount in promotion.amounts()):
                raise InvalidPromotion(
                    promotion.id, f"in another currency than the price: {self.price.currency}"
                )
            if promotion.price is not None and promotion.price.minor > LARGEST_PRICE_MINOR:
                raise InvalidPromotion(promotion.id, f"not a price: {promotion.price}")
