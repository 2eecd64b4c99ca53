"""Readings for matcher tests, without reading a title."""

from __future__ import annotations

import itertools

from catalog.gtin import parse_gtin
from catalog.listing import Condition
from catalog.product import Kind
from catalog.quantity import Pack, Quantity
from indexer.match.products import Member
from indexer.read_title.reading import Reading, Split
from tests.support.offers import offer

_numbers = itertools.count(1)


def reading(
    model="iPhone 15", *, brand="apple", family="phone", storage="128", pack=None, kind=Kind.GOODS, condition=Condition.NEW, region=None,
    gtins=(), mpns=(), missing=(), residual="", **variant,
):  # fmt: skip
    stated = {k: v for k, v in ({"storage_gb": storage} | variant).items() if v is not None}
    return Reading(
        kind=kind,
        family=family,
        brand=brand,
        model=model,
        condition=condition,
        region_version=region,
        variant=tuple(sorted(stated.items())),
        gtins=tuple(parse_gtin(g) for g in gtins),
        mpns=tuple(mpns),
        missing=tuple(missing),
        residual=residual,
        split=Split(by=tuple(sorted(stated)), pack=pack),
    )


def pack(text, count=1):
    return Pack(Quantity.of(text.rstrip("gml"), text.lstrip("0123456789.")), count)


def member(offer_id=None, price="10.00", *, marketplace="jd", at=0, **what):
    number = offer_id or next(_numbers)
    one = offer(str(number), price, marketplace=marketplace)
    return Member(number, number, (at, 1, str(number)), one, reading(**what))
