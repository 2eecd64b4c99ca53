"""Landed prices measured on cases: offers with their promotions, queries, and what is to be paid.

The format is that of the project's promotion vectors: amounts in fen, ``promos`` in the offer's order, a query with the
defaults of its ``semantics`` block. What a case does not state is absent; a part nobody knows is an error, so that a
misspelt threshold is never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from catalog.errors import InvalidInput, InvalidPromotion, InvalidTerms
from catalog.landed_price import Buyer, LandedPrice, StepKind, landed_price
from catalog.money import Money
from catalog.price_terms import Fee, Per, PriceTerms, ShippingRules, Tax, TaxBase
from catalog.promotion import Base, Promotion, PromotionKind, Repeat, Scope, Stage
from catalog.region import HOME
from indexer.evaluate.vector_file import name_of, vectors_of

DEFAULT_AT: Final = datetime.fromisoformat("2025-11-11T12:00:00+08:00")
"""Of a query that names no moment."""
CURRENCY: Final = "CNY"

ANOTHER_KIND: Final = "not a file of promotions: no case has an offer and what is expected of it"

Word = TypeVar("Word", bound=StrEnum)


def evaluate_promotions(text: str, report: Callable[[str], None]) -> dict[str, Any]:
    """How landed prices come out on the cases in `text`; `report` is told, in one line each, what differs and how.

    A case whose terms are refused counts as one that differs, unless it expects an ``error``.

    Returns:
        ``cases``, ``exact``, ``differ`` (ids of the cases that come out otherwise) and ``malformed`` (ids, or numbers from
        1, of those that cannot be cases; they count nowhere else).

    Raises:
        InvalidInput: not a file of promotions.
    """
    cases, differ, malformed = 0, [], []
    for number, case in enumerate(vectors_of(text, _is_case, ANOTHER_KIND), start=1):
        name = name_of(case, number)
        if not _is_case(case):
            report(f"case {name}: it needs an offer and what is expected")
            malformed.append(name)
            continue
        cases += 1
        why = _difference(case)
        if why is not None:
            report(f"case {name}: {why}")
            differ.append(name)
    return {"cases": cases, "exact": cases - len(differ), "differ": differ, "malformed": malformed}


def _is_case(case: object) -> bool:
    return isinstance(case, dict) and all(isinstance(case.get(part), dict) for part in ("offer", "expect"))


def _difference(case: Mapping[str, Any]) -> str | None:
    expected = case["expect"]
    try:
        found = told(landed_price(read_terms(case.get("offer")), read_buyer(case.get("query") or {})))
    except InvalidInput as error:
        return None if "error" in expected else f"{type(error).__name__}: {error}"
    if "error" in expected:
        return "these terms should be refused"
    wrong = [
        f"{key}: expected {value}, found {found.get(key)}"
        for key, value in expected.items()
        if not _is_same(found.get(key), value)
    ]
    return "; ".join(wrong) or None


def _is_same(found: object, expected: object) -> bool:
    if isinstance(found, list) and isinstance(expected, list):
        return sorted(map(str, found)) == sorted(map(str, expected))
    return found == expected


def told(price: LandedPrice) -> dict[str, Any]:
    """A landed price in the words of the cases' ``expect``."""
    return {
        "status": price.status,
        "landed_fen": _minor(price.total),
        "applied": [promotion.id for promotion in price.applied],
        "buy_qty": price.quantity,
        "delivered": price.delivered,
        "shipping_fen": _minor(price.shipping),
        "fees_fen": _minor(price.amount_of(StepKind.FEE)),
        "tax_fen": _minor(price.amount_of(StepKind.TAX)),
        "gap_fen": _minor(price.gap),
    }


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor


def read_buyer(query: Any) -> Buyer:
    """The buyer of a case's query.

    Raises:
        InvalidInput: a part that queries do not have, or a value that it cannot have.
    """
    parts = _mapping("query", query, {"qty", "at_least", "region", "at", "conditions"})
    at_least = parts.get("at_least")
    quantity = parts.get("qty", 1) if at_least is None else at_least
    return Buyer(
        at=_moment("at", parts["at"]) if "at" in parts else DEFAULT_AT,
        quantity=_whole("quantity", quantity),
        is_at_least=at_least is not None,
        region=_text("region", parts.get("region", HOME)),
        conditions=frozenset(_texts("conditions", parts.get("conditions", ()))),
    )


_REMARKS: Final = frozenset(
    {"title", "words", "note", "why", "platform", "seller", "label", "desc", "description"}
)
"""Parts that say nothing about a sum."""
_OFFER_PARTS: Final = _REMARKS | {
    "price", "price_fen", "currency", "promos", "shipping", "fees", "tax", "min_order", "min_qty", "max_qty",
    "min_pay", "gifts", "trade_in_residual", "list_price", "list_price_fen", "claimed_landed_fen", "id", "stock",
}  # fmt: skip


def read_terms(offer: Any) -> PriceTerms:
    """The terms of a case's offer. Without a ``shipping`` part delivery is free; ``null`` means that nobody says.

    Raises:
        InvalidInput: a part that offers do not have, or terms that contradict themselves.
    """
    parts = _mapping("offer", offer, _OFFER_PARTS)
    currency = _text("currency", parts.get("currency", CURRENCY))
    shipping, rules = _shipping(parts, currency)
    least, most = parts.get("min_qty"), parts.get("max_qty")
    return PriceTerms(
        price=_amount("price", parts.get("price", parts.get("price_fen")), currency),
        list_price=_optional_amount(
            "list_price", parts.get("list_price", parts.get("list_price_fen")), currency
        ),
        shipping=shipping,
        claimed=_optional_amount("claimed_landed_fen", parts.get("claimed_landed_fen"), currency),
        promotions=tuple(_promotion(promo, currency) for promo in _list("promos", parts.get("promos"))),
        shipping_rules=rules,
        fees=tuple(_fee(fee, currency) for fee in _list("fees", parts.get("fees"))),
        tax=_tax(parts["tax"], currency) if parts.get("tax") is not None else None,
        min_order=_optional_amount("min_order", parts.get("min_order"), currency),
        min_quantity=1 if least is None else _whole("min_qty", least),
        max_quantity=None if most is None else _whole("max_qty", most),
        min_pay=_optional_amount("min_pay", parts.get("min_pay"), currency),
        gifts=tuple(_gift(gift) for gift in _list("gifts", parts.get("gifts"))),
    )


_PROMO_AMOUNTS: Final = {
    "price": "price", "off": "off", "pay_fen": "pay", "deposit": "deposit", "worth": "worth", "cap_unit": "cap_unit",
    "max_unit_price": "max_unit_price", "threshold_fen": "threshold", "cap": "cap",
}  # fmt: skip
"""Part of a case's promotion -> field of `Promotion`, both amounts."""
_PROMO_COUNTS: Final = (
    "pay_bp", "n", "buy", "get", "rate_bp", "threshold_qty", "max_times", "max_units",
)  # fmt: skip
_PROMO_TEXTS: Final = ("excludes", "needs", "regions")
_PROMO_PARTS: Final = _REMARKS | {
    *_PROMO_AMOUNTS, *_PROMO_COUNTS, *_PROMO_TEXTS, "id", "stage", "kind", "scope", "repeat", "group", "mandatory",
    "base", "action", "window", "currency",
}  # fmt: skip


def _promotion(promo: Any, currency: str) -> Promotion:
    name = str(promo.get("id")) if isinstance(promo, Mapping) else "?"
    try:
        return _read_promotion(_mapping("promotion", promo, _PROMO_PARTS), currency)
    except InvalidPromotion:
        raise
    except InvalidInput as error:
        raise InvalidPromotion(name, str(error)) from error


def _read_promotion(parts: Mapping[str, Any], offers_currency: str) -> Promotion:
    currency = _text("currency", parts.get("currency", offers_currency))
    starts_at, ends_at = _window(parts.get("window"))
    amounts = {
        field: _optional_amount(part, parts.get(part), currency) for part, field in _PROMO_AMOUNTS.items()
    }
    counts = {part: None if parts.get(part) is None else _whole(part, parts[part]) for part in _PROMO_COUNTS}
    lists = {part: tuple(_texts(part, parts.get(part) or ())) for part in _PROMO_TEXTS}
    return Promotion(
        id=_text("id", parts.get("id")),
        stage=_word("stage", Stage, parts.get("stage")),
        kind=_word("kind", PromotionKind, parts.get("kind")),
        scope=_word("scope", Scope, parts.get("scope", Scope.ITEM)),
        repeat=_word("repeat", Repeat, parts.get("repeat", Repeat.ONCE)),
        base=_word("base", Base, parts.get("base", Base.ITEM)),
        group=str(parts.get("group") or ""),
        action=str(parts.get("action") or ""),
        is_mandatory=_flag("mandatory", parts.get("mandatory", False)),
        starts_at=starts_at,
        ends_at=ends_at,
        words=str(parts.get("words") or parts.get("title") or ""),
        **amounts,  # type: ignore[arg-type]
        **counts,  # type: ignore[arg-type]
        **lists,  # type: ignore[arg-type]
    )


def _window(raw: Any) -> tuple[datetime | None, datetime | None]:
    if raw is None:
        return None, None
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) != 2:
        raise InvalidInput("a window is [start, end)")
    start, end = (None if one is None else _moment("window", one) for one in raw)
    return start, end


def _shipping(parts: Mapping[str, Any], currency: str) -> tuple[Money | None, ShippingRules]:
    if "shipping" not in parts:
        return Money(0, currency), ShippingRules()
    if parts["shipping"] is None:
        return None, ShippingRules()
    known = {"base", "free_over", "free_base", "surcharge", "no_delivery"}
    shipping = _mapping("shipping", parts["shipping"], known)
    surcharge = _mapping("surcharge", shipping.get("surcharge") or {}, None)
    rules = ShippingRules(
        free_over=_optional_amount("free_over", shipping.get("free_over"), currency),
        free_base=_word("free_base", Base, shipping.get("free_base", Base.RUNNING)),
        surcharges=tuple((region, _amount("surcharge", fen, currency)) for region, fen in surcharge.items()),
        no_delivery=tuple(_texts("no_delivery", shipping.get("no_delivery") or ())),
    )
    is_stated = shipping.get("base", 0) is not None
    return _amount("shipping base", shipping.get("base", 0), currency) if is_stated else None, rules


def _fee(raw: Any, currency: str) -> Fee:
    parts = _mapping("fee", raw, {"kind", "per", "fen"})
    return Fee(
        _text("fee kind", parts.get("kind", "fee")),
        _amount("fee", parts.get("fen"), currency),
        _word("per", Per, parts.get("per", Per.ORDER)),
    )


def _tax(raw: Any, currency: str) -> Tax:
    parts = _mapping("tax", raw, {"ppm", "base", "limit"})
    return Tax(
        _whole("ppm", parts.get("ppm")),
        _word("tax base", TaxBase, parts.get("base", TaxBase.GOODS)),
        _optional_amount("tax limit", parts.get("limit"), currency),
    )


def _gift(raw: Any) -> str:
    return str(raw.get("title", "")) if isinstance(raw, Mapping) else str(raw)


# ── values ─────────────────────────────────────────────────────────────────────────────────────────


def _mapping(what: str, raw: Any, known: Iterable[str] | None) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise InvalidTerms(what, "not an object")
    unknown = set(raw) - set(known) if known is not None else set()
    if unknown:
        raise InvalidTerms(what, f"nobody knows what {', '.join(sorted(map(str, unknown)))} means")
    return raw


def _list(what: str, raw: Any) -> Sequence[Any]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise InvalidTerms(what, "not a list")
    return raw


def _whole(what: str, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InvalidTerms(what, f"not a whole number: {raw!r}")
    return raw


def _amount(what: str, raw: Any, currency: str) -> Money:
    return Money(_whole(what, raw), currency)


def _optional_amount(what: str, raw: Any, currency: str) -> Money | None:
    return None if raw is None else _amount(what, raw, currency)


def _text(what: str, raw: Any) -> str:
    if not isinstance(raw, str) or not raw:
        raise InvalidTerms(what, f"not a text: {raw!r}")
    return raw


def _texts(what: str, raw: Any) -> list[str]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise InvalidTerms(what, "not a list of texts")
    return [_text(what, one) for one in raw]


def _flag(what: str, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise InvalidTerms(what, f"neither true nor false: {raw!r}")
    return raw


def _word(what: str, words: type[Word], raw: Any) -> Word:
    try:
        return words(raw)
    except ValueError as error:
        raise InvalidTerms(what, f"{raw!r} is none of {', '.join(words)}") from error


def _moment(what: str, raw: Any) -> datetime:
    try:
        return datetime.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise InvalidTerms(what, f"not a moment: {raw!r}") from error
