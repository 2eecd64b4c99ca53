"""What a schema.org offer asks: the price for anyone, what is struck through, and other unit prices as promotions.

A sale's price holds in its days, a member's for members, one from n pieces on for all pieces of an order. Terms and
meanings: schema.org/PriceSpecification, /UnitPriceSpecification, /priceType, /validForMemberTier, /eligibleQuantity.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from catalog.errors import InvalidInput, InvalidMoney, InvalidPromotion
from catalog.money import Money
from catalog.promotion import Promotion, PromotionKind, Stage
from crawlers.extract.price_text import parse_price
from crawlers.extract.structured import as_list, first_text, name_of, term_of, types_of
from crawlers.fields import CHINA, FIRST_YEAR, LAST_YEAR, after_second, major_units

STRUCK_THROUGH: Final = frozenset({"StrikethroughPrice", "ListPrice", "MSRP", "SRP", "RegularPrice"})
NOT_FOR_ANYONE: Final = frozenset({"InvoicePrice", "MinimumAdvertisedPrice"})
SALE: Final = "SalePrice"
PIECES: Final = frozenset({"", "C62", "EA", "H87", "PCE", "NMB", "件", "个"})
"""Units of a quantity that counts pieces: none, or UN/CEFACT codes for one of a thing."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Prices:
    """What is asked on which terms, and what could not be read."""

    price: Money
    list_price: Money | None
    promotions: tuple[Promotion, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Pieces per order. None: no most."""

    least: int = 1
    most: int | None = None
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Stated:
    """The prices of an offer by what they are, while its specifications are read."""

    asked: set[Money] = field(default_factory=set)
    struck: set[Money] = field(default_factory=set)
    regular: set[Money] = field(default_factory=set)
    tiers: list[_Tier] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tier:
    """Another unit price. `most`: the pieces after which it ends; None where it does not."""

    promotion: Promotion
    most: int | None


def read_prices(offer: Mapping[str, Any], currency: str) -> Prices:
    """What an Offer or AggregateOffer asks, in `currency`.

    Raises:
        InvalidMoney: no price, several, or one that is no amount.
        InvalidPromotion: another unit price contradicts itself.
    """
    stated = _Stated()
    if offer.get("price") not in (None, ""):
        stated.asked.add(amount(offer["price"], currency))
    for specification in specifications_of(offer):
        if specification.get("price") not in (None, ""):
            _read_specification(specification, currency, stated)
    price = _the_price(offer, currency, stated)
    _require_one_price_each(stated.tiers)
    most = read_limits(offer).most
    tiers = [tier for tier in stated.tiers if _goes_on(tier, stated.tiers, most)]
    stated.problems += [
        f"a price that ends after {tier.most} pieces" for tier in stated.tiers if tier not in tiers
    ]
    others = tuple(tier.promotion for tier in tiers if not _is_asked(tier.promotion, price))
    return Prices(price, max(stated.struck, default=None), others, tuple(stated.problems))


def _read_specification(specification: Mapping[str, Any], currency: str, stated: _Stated) -> None:
    """One priced specification, put where it belongs."""
    kind = term_of(specification.get("priceType"))
    if kind in NOT_FOR_ANYONE or types_of(specification) & NOT_OF_GOODS:
        return
    if kind in STRUCK_THROUGH:
        money = amount(specification["price"], currency)
        stated.struck.add(money)
        if kind == "RegularPrice":
            stated.regular.add(money)
        return
    if "referenceQuantity" in specification:
        return  # a price per 100 g: the same price, said for comparing
    terms = _conditions(specification, kind)
    if isinstance(terms, str):
        stated.problems.append(terms)
    elif not terms:
        stated.asked.add(amount(specification["price"], currency))
    else:
        try:
            stated.tiers += _tiers(specification, currency, terms)
        except InvalidPromotion:
            raise
        except InvalidInput as error:
            stated.problems.append(f"priceSpecification: {error}")


NOT_OF_GOODS: Final = frozenset({"DeliveryChargeSpecification", "PaymentChargeSpecification"})


def _conditions(specification: Mapping[str, Any], kind: str) -> dict[str, Any] | str:
    """What a price depends on, by the names of `Promotion`; empty where it is anyone's; a text for what is not read."""
    if "eligibleTransactionVolume" in specification:
        return "a unit price for orders from a sum on"
    found: dict[str, Any] = {}
    if "validForMemberTier" in specification:
        found["tiers"] = [
            name for one in as_list(specification["validForMemberTier"]) if (name := name_of(one))
        ]
        if not found["tiers"]:
            return "a price for members of no name"
    if "eligibleQuantity" in specification:
        try:
            least, most = pieces(specification["eligibleQuantity"])
        except InvalidInput as error:
            return f"eligibleQuantity: {error}"
        if least not in {None, 0, 1}:
            found["pieces"] = (least, most)
    try:
        window = _window(specification)
    except InvalidInput as error:
        return str(error)
    if kind == SALE and any(window):
        found["is_sale"] = True
    return found and found | {"window": window}


def _tiers(specification: Mapping[str, Any], currency: str, terms: Mapping[str, Any]) -> list[_Tier]:
    """The unit price of a specification, once for each kind of member it is for."""
    least, most = terms.get("pieces", (None, None))
    starts_at, ends_at = terms["window"]
    price = amount(specification["price"], currency)
    names = ["sale"] if "is_sale" in terms else []
    words = ["促销价"] if "is_sale" in terms else []
    if least is not None:
        names, words = [*names, f"from {least}"], [*words, f"{least}件起"]
    found = []
    for tier in terms.get("tiers", [""]):
        own_names = [f"member:{tier}", *names] if tier else names
        own_words = [f"{tier}会员价", *words] if tier else words
        promotion = Promotion(
            id=" ".join(own_names),
            stage=Stage.UNIT,
            kind=PromotionKind.SET_PRICE,
            price=price,
            threshold_qty=least,
            needs=(f"member:{tier.lower()}",) if tier else (),
            starts_at=starts_at,
            ends_at=ends_at,
            words=" ".join(own_words),
        )
        found.append(_Tier(promotion, most))
    return found


def _the_price(offer: Mapping[str, Any], currency: str, stated: _Stated) -> Money:
    """The one price for anyone; where only a sale's is stated, the regular one, or at last the sale's."""
    sales = {
        t.promotion.price for t in stated.tiers if not t.promotion.needs and not t.promotion.threshold_qty
    }
    bounds = (offer[key] for key in ("lowPrice", "highPrice") if offer.get(key) not in (None, ""))
    asked: set[Money] = stated.asked or (stated.regular if sales else set())
    asked = asked or {amount(raw, currency) for raw in bounds}
    asked = asked or {price for price in sales if price is not None}
    if len(asked) != 1:
        text = ", ".join(str(money) for money in sorted(asked))
        raise InvalidMoney(text, "several asked prices" if asked else "no price")
    return next(iter(asked))


def _require_one_price_each(tiers: Iterable[_Tier]) -> None:
    """Two prices on the same terms have two readings."""
    known: dict[Promotion, Money | None] = {}
    for tier in tiers:
        terms = replace(tier.promotion, price=Money(1, "CNY"))
        if known.setdefault(terms, tier.promotion.price) != tier.promotion.price:
            raise InvalidPromotion(tier.promotion.id, "two prices on the same terms")


def _goes_on(tier: _Tier, tiers: Iterable[_Tier], most: int | None) -> bool:
    """Whether a price that ends after some pieces is followed by one that is not higher, or by no pieces at all."""
    if tier.most is None or (most is not None and most <= tier.most):
        return True
    own = tier.promotion
    return any(
        other.promotion.threshold_qty == tier.most + 1
        and other.promotion.needs == own.needs
        and (other.promotion.starts_at, other.promotion.ends_at) == (own.starts_at, own.ends_at)
        and other.promotion.price is not None
        and own.price is not None
        and other.promotion.price <= own.price
        for other in tiers
    )


def _is_asked(promotion: Promotion, price: Money) -> bool:
    """Whether it is the price for anyone, said twice."""
    return promotion.price == price and not promotion.needs and promotion.threshold_qty is None


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────


def read_limits(offer: Mapping[str, Any]) -> Limits:
    """The least and the most pieces of one order."""
    if offer.get("eligibleQuantity") is None:
        return Limits()
    try:
        least, most = pieces(offer["eligibleQuantity"])
    except InvalidInput as error:
        return Limits(problems=(f"eligibleQuantity: {error}",))
    return Limits(least or 1, most)


def pieces(raw: Any) -> tuple[int | None, int | None]:
    """The least and the most of a quantity that counts pieces.

    Raises:
        InvalidInput: it is measured in something else, or has no whole bounds.
    """
    (node,) = as_list(raw) if len(as_list(raw)) == 1 else (None,)
    if not isinstance(node, Mapping) or first_text(node, "unitCode", "unitText") not in PIECES:
        raise InvalidInput("no quantity of pieces")
    if node.get("minValue") is None and node.get("maxValue") is None:
        if _whole(node.get("value")) == 1:
            return None, None  # sold by the piece
        raise InvalidInput("a quantity without bounds")
    return _whole(node.get("minValue")), _whole(node.get("maxValue"))


def _whole(raw: Any) -> int | None:
    if raw is None:
        return None
    text = str(raw).strip()
    if isinstance(raw, bool) or not re.fullmatch(r"-?[0-9]{1,9}(?:\.0{1,6})?", text):
        raise InvalidInput(f"no whole number: {raw!r:.40}")
    return int(text.split(".")[0])


def _window(specification: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """From when and until when; a last day or second still counts."""
    starts, ends = (first_text(specification, key) for key in ("validFrom", "validThrough"))
    first, last = _moment(starts), _moment(ends)
    if last is not None and last.year > LAST_YEAR:
        last = None  # 9999-12-31 says "always"
    if last is not None:
        last = after_second(
            last + timedelta(hours=23, minutes=59, seconds=59) if _DAY.fullmatch(ends) else last
        )
    return first, last


def _moment(text: str) -> datetime | None:
    """A moment in ISO 8601; without a zone it is the home market's."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"not a moment: {text!r:.60}") from error
    if found.year < FIRST_YEAR:
        raise InvalidInput(f"not a moment: {text!r:.60}")
    return found if found.tzinfo is not None else found.replace(tzinfo=CHINA)


def specifications_of(offer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The offer's price specifications, of goods and of delivery."""
    return [one for one in as_list(offer.get("priceSpecification")) if isinstance(one, Mapping)]


def amount(raw: Any, currency: str) -> Money:
    """An amount in the major unit, as a number or as shops write it.

    Raises:
        InvalidMoney: it has two readings or none.
    """
    if isinstance(raw, str):
        try:
            return Money.from_decimal(raw.strip(), currency)
        except InvalidMoney:
            return parse_price(html.unescape(raw), currency)
    if isinstance(raw, Decimal | int):
        return major_units(raw, currency)
    raise InvalidMoney(str(raw)[:60], f"not an amount: {type(raw).__name__}")
