"""The shopper's settings: where to, how many, which conditions are fulfilled. Read from an address, shown as a form. Pure.

They are parameters of the address and nothing else: nothing of them is stored here, logged, or put into a cookie. With
scripts the browser remembers them itself (`static/bijia.js`): DECISIONS 50.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from api.landed import Wish
from api.pages.addresses import Pairs, wish_pairs
from api.pages.price_words import PriceWords, region_name
from api.pages.texts import Texts
from api.schemas import MOST_WANTED, WishIn
from catalog.region import HOME, PROVINCES, region_code

Asked = TypeVar("Asked", bound=WishIn)


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WishForm:
    """The form, and what is assumed now."""

    action: str
    kept: Pairs
    """The other parameters of the page, as hidden fields."""
    regions: tuple[Option, ...]
    quantity: int
    most: int
    is_at_least: bool
    conditions: tuple[Option, ...]
    said: str
    """``收货地上海 · 1 件 · 没有会员等条件``."""
    cleared: str | None
    """The address without any of it; None: nothing was chosen."""
    default: str
    """What the form sends when nothing is chosen: not worth remembering."""


def settled(asked: Asked, *, or_more: bool) -> Asked:
    """The same, said in one way only: equal wishes have equal addresses.

    What is the default is left out, conditions are in order and each is there once, and ``or_more`` (a checkbox, which
    cannot hold the number) becomes ``at_least``. A region that is none is kept, to be refused where prices are worked out.
    """
    is_home = asked.region is not None and region_code(asked.region) == HOME
    at_least = asked.quantity if or_more and asked.at_least is None else asked.at_least
    return asked.model_copy(
        update={
            "region": None if is_home else asked.region,
            "quantity": asked.quantity if at_least is None else 1,
            "at_least": at_least,
            "conditions": sorted(set(asked.conditions)),
        }
    )


def wish_form(
    wish: Wish, needs: Iterable[str], texts: Texts, words: PriceWords, *, action: str, kept: Pairs
) -> WishForm:
    """The form for `wish`; `needs` are the conditions that offers of the page ask for."""
    offered = sorted({*needs, *wish.conditions}, key=lambda need: (not texts.known("needs", need), need))
    is_chosen = bool(wish_pairs(_as_asked(wish)))
    return WishForm(
        action=action,
        kept=kept,
        regions=tuple(Option(code, name, code == wish.region) for code, name in PROVINCES.items()),
        quantity=wish.quantity,
        most=MOST_WANTED,
        is_at_least=wish.is_at_least,
        conditions=tuple(Option(need, words.condition(need), need in wish.conditions) for need in offered),
        said=_said(wish, texts, words),
        cleared=(action + ("?" + urlencode(kept) if kept else "")) if is_chosen else None,
        default=urlencode({"region": HOME, "quantity": 1}),
    )


def _as_asked(wish: Wish) -> WishIn:
    return settled(
        WishIn(region=wish.region, quantity=wish.quantity, conditions=list(wish.conditions)),
        or_more=wish.is_at_least,
    )


def _said(wish: Wish, texts: Texts, words: PriceWords) -> str:
    """What every price of the page assumes."""
    number = "wish.pieces" if wish.quantity > 1 else "wish.piece"
    pieces = texts("wish.at_least" if wish.is_at_least else number, n=wish.quantity)
    held: Sequence[str] = [words.condition(need) for need in sorted(wish.conditions)]
    return texts(
        "wish.said",
        region=region_name(wish.region),
        pieces=pieces,
        held=texts("mark.comma").join(held) or texts("wish.anyone"),
    )
