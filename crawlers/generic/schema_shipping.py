"""What delivery of a schema.org offer costs: a rate, other rates by region, where it does not go, from which sum it is free.

Whatever cannot be said of every place makes shipping unknown, which is not free. Terms and meanings:
schema.org/OfferShippingDetails, /DefinedRegion, /DeliveryChargeSpecification, /freeShippingThreshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from catalog.errors import InvalidMoney, InvalidTerms
from catalog.money import Money
from catalog.price_terms import ShippingRules
from catalog.promotion import Promotion, PromotionKind, Stage
from catalog.region import PROVINCES, region_code
from crawlers.extract.structured import as_list, first_text, name_of, types_of
from crawlers.generic.schema_prices import amount, specifications_of

HOME_COUNTRY: Final = "CN"
"""As a region: everywhere that is not named otherwise."""
COUNTRY_NAMES: Final = frozenset({"CN", "CHN", "中国", "中国大陆", "CHINA"})
NARROWER: Final = frozenset(
    {"postalCode", "postalCodePrefix", "postalCodeRange", "postalCodeBegin", "postalCodeEnd"}
)
"""A destination with one of these is smaller than a province."""


@dataclass(frozen=True, slots=True)
class Shipping:
    """The rate (None: unknown), what changes it, and what could not be read."""

    rate: Money | None
    rules: ShippingRules
    promotions: tuple[Promotion, ...]
    """What a region that is delivered to for less than the rate saves."""
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Stated:
    """What the details say, by place, while they are read."""

    rates: dict[str, set[Money]] = field(default_factory=dict)
    refused: dict[str, None] = field(default_factory=dict)
    free_over: set[Money] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    is_unclear: bool = False
    """Something that would change the rate at home could not be read."""


def read_shipping(offer: Mapping[str, Any], currency: str) -> Shipping:
    """What delivery of an Offer costs, in `currency`.

    Raises:
        InvalidTerms: a place is both delivered to and not.
    """
    stated = _Stated()
    for detail in as_list(offer.get("shippingDetails")):
        if isinstance(detail, Mapping):
            _read_detail(detail, currency, stated)
    for specification in specifications_of(offer):
        if "DeliveryChargeSpecification" in types_of(specification):
            _read_charge(specification, currency, stated)
    _require_agreement(stated)
    return _made(stated)


# ── reading ────────────────────────────────────────────────────────────────────────────────────────


def _read_detail(detail: Mapping[str, Any], currency: str, stated: _Stated) -> None:
    places = list(dict.fromkeys(_places(detail, stated)))
    if not places:
        return
    if (
        name_of(detail.get("doesNotShip")).rpartition("/")[2].lower() == "true"
        or detail.get("doesNotShip") is True
    ):
        stated.refused.update(dict.fromkeys(places))
        return
    if (rate := _rate(detail, currency, stated)) is not None:
        for place in places:
            stated.rates.setdefault(place, set()).add(rate)
    if "freeShippingThreshold" in detail:
        _read_threshold(detail["freeShippingThreshold"], places, currency, stated)


def _places(detail: Mapping[str, Any], stated: _Stated) -> Iterator[str]:
    """The regions a detail is about; the home country's for one that names none. Other countries are none of ours."""
    destinations = as_list(detail.get("shippingDestination"))
    if not destinations:
        yield HOME_COUNTRY
    for destination in destinations:
        node = destination if isinstance(destination, Mapping) else {"addressCountry": destination}
        country = name_of(node.get("addressCountry")).upper()
        if country and country not in COUNTRY_NAMES:
            continue
        if NARROWER & node.keys():
            stated.problems.append("a destination smaller than a province")
            continue
        names = [name_of(one) for one in as_list(node.get("addressRegion"))]
        if not names:
            yield HOME_COUNTRY
        for name in names:
            code = region_code(name) if country or not name.isascii() or name.startswith("CN-") else None
            if code is None:
                stated.problems.append(f"a region nobody knows: {name[:60]!r}")
            else:
                yield code


def _rate(detail: Mapping[str, Any], currency: str, stated: _Stated) -> Money | None:
    """The rate of a detail; one that is stated and cannot be read makes the whole unclear."""
    rate = detail.get("shippingRate")
    if not isinstance(rate, Mapping):
        stated.is_unclear |= rate is not None
        return None
    value = rate.get("value", rate.get("price"))
    if value in (None, ""):
        stated.is_unclear = True
        return None
    return _readable(value, _currency(rate, currency), currency, stated)


def _readable(value: Any, own: str, currency: str, stated: _Stated) -> Money | None:
    """`value` in the offer's currency; anything else makes the whole unclear."""
    try:
        if own == currency:
            return amount(value, currency)
        stated.problems.append(f"shipping in {own[:10]}, goods in {currency}")
    except InvalidMoney as error:
        stated.problems.append(f"shipping: {error}")
    stated.is_unclear = True
    return None


def _currency(node: Mapping[str, Any], currency: str) -> str:
    return (first_text(node, "currency", "priceCurrency") or currency).upper()


def _read_threshold(raw: Any, places: list[str], currency: str, stated: _Stated) -> None:
    """From which sum on it is free, as an amount or as the order's volume."""
    if places != [HOME_COUNTRY]:
        stated.problems.append("free from a sum on in some regions only")
        return
    for node in as_list(raw):
        volume = node.get("eligibleTransactionVolume", node) if isinstance(node, Mapping) else {"value": node}
        inner = volume if isinstance(volume, Mapping) else {}
        value = next(
            (inner[key] for key in ("value", "minPrice", "price") if inner.get(key) not in (None, "")), None
        )
        money = _readable(value, _currency(inner, currency), currency, stated)
        if money is not None:
            stated.free_over.add(money)


def _read_charge(charge: Mapping[str, Any], currency: str, stated: _Stated) -> None:
    """A delivery charge among the prices: a rate, or none at all from a sum on."""
    if charge.get("price") in (None, ""):
        return
    price = _readable(charge["price"], currency, currency, stated)
    volume = charge.get("eligibleTransactionVolume")
    if price is None:
        return
    if "eligibleRegion" in charge or not isinstance(volume, Mapping | None):
        stated.problems.append("a delivery charge for some orders only")
        stated.is_unclear = True
    elif volume is None:
        stated.rates.setdefault(HOME_COUNTRY, set()).add(price)
    elif price.minor == 0 and "maxPrice" not in volume:
        _read_threshold({"eligibleTransactionVolume": volume}, [HOME_COUNTRY], currency, stated)
    elif volume.get("minPrice") in (None, "", 0, "0"):
        stated.rates.setdefault(HOME_COUNTRY, set()).add(price)
    else:
        stated.problems.append("a delivery charge for some orders only")
        stated.is_unclear = True


# ── putting together ───────────────────────────────────────────────────────────────────────────────


def _require_agreement(stated: _Stated) -> None:
    for place in stated.refused:
        if place in stated.rates:
            raise InvalidTerms("shipping", f"{place} is delivered to, and is not")


def _made(stated: _Stated) -> Shipping:
    refused = _refused(stated)
    general = stated.rates.pop(HOME_COUNTRY, set())
    if HOME_COUNTRY in stated.refused and stated.rates:
        general = {min(money for found in stated.rates.values() for money in found)}
    if any(len(found) > 1 for found in (general, stated.free_over, *stated.rates.values())):
        stated.problems.append("several rates for one place")
        stated.is_unclear = True
    if stated.rates and not general:
        stated.problems.append("rates for some regions only")
    if stated.is_unclear or not general:
        free_over = None if stated.is_unclear else next(iter(stated.free_over), None)
        rules = ShippingRules(free_over=free_over, no_delivery=refused)
        return Shipping(None, rules, (), tuple(stated.problems))
    base = next(iter(general))
    more = {place: next(iter(found)) - base for place, found in stated.rates.items()}
    rules = ShippingRules(
        free_over=next(iter(stated.free_over), None),
        surcharges=tuple((place, extra) for place, extra in more.items() if extra.minor > 0),
        no_delivery=refused,
    )
    cheaper = tuple(_cheaper(place, extra) for place, extra in more.items() if extra.minor < 0)
    return Shipping(base, rules, cheaper, tuple(stated.problems))


def _refused(stated: _Stated) -> tuple[str, ...]:
    """Where it does not go; "nowhere but to these" is every other province."""
    if HOME_COUNTRY in stated.refused and stated.rates:
        return tuple(code for code in PROVINCES if code not in stated.rates)
    return tuple(stated.refused)


def _cheaper(place: str, extra: Money) -> Promotion:
    """A region's lower rate: what it saves there."""
    return Promotion(
        id=f"shipping {place}",
        stage=Stage.SHIPPING,
        kind=PromotionKind.SHIP_OFF,
        off=extra * -1,
        is_mandatory=True,
        regions=(place,),
        words=f"{PROVINCES[place]}运费优惠",
    )
