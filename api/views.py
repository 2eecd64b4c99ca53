"""What is known, as the JSON of `api/schemas.py`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from api.compare import Cell, OfferView, SideBySide
from api.landed import Landed
from api.results import OfferPrice, ProductDetail, Results
from api.unit import unit_price_of
from catalog.explanation import Explained
from catalog.listing import Marketplace
from catalog.money import Money
from catalog.reference_price import ReferencePrice
from indexer.naming import FAMILY_NAMES, attribute_text, brand_name, region_name
from indexer.read_title.lexicon.load import Brand
from indexer.standing import Told
from indexer.understand import Understood
from ledger.corrections import Said
from ledger.frontier import Reject
from ledger.history import PricePoint
from ledger.observations import PageSource
from ledger.runs import Run
from ledger.schedules import Schedule

CONDITION_NAMES: Mapping[str, str] = {
    "new": "全新", "open_box": "准新", "refurbished_official": "官翻", "refurbished": "翻新", "used": "二手",
}  # fmt: skip
KIND_NAMES: Mapping[str, str] = {
    "goods": "商品", "accessory": "配件", "dummy": "模型机", "bundle": "套装", "options": "规格待选",
}  # fmt: skip

UNIT_NAMES: Mapping[str, str] = {
    "g": "克", "ml": "毫升", "piece": "件", "sheet": "抽", "brick": "颗粒", "gb": "GB",
}  # fmt: skip


def search_view(
    results: Results, marketplaces: Mapping[str, Marketplace], brands: Mapping[str, Brand]
) -> dict[str, Any]:
    """`SearchOut`."""
    found = results.found
    return {
        "query": found.understood.text,
        "understood": understood_view(found.understood),
        "assumed": dict(found.assumed),
        "relaxed": found.relaxed,
        "sort": found.sort,
        "total": found.total,
        "reordered": results.reordered,
        "products": [product_view(product, marketplaces) for product in results.products],
        "facets": {
            name: [
                {"value": value, "name": facet_name(name, value, marketplaces, brands), "products": count}
                for value, count in values
            ]
            for name, values in found.facets.items()
        },
        "attributes": {
            name: [
                {"value": value, "name": attribute_text(name, value), "products": n} for value, n in values
            ]
            for name, values in found.attributes.items()
        },
        "next_cursor": found.next_cursor,
        "took_ms": results.took_ms,
    }


def understood_view(understood: Understood) -> dict[str, Any]:
    """`UnderstoodOut`."""
    price, facts = understood.price, understood.facts
    return {
        "words": understood.words,
        "price_from": _fen(price.low_minor) if price else None,
        "price_to": _fen(price.high_minor) if price else None,
        "sort": understood.sort,
        "marketplaces": list(understood.marketplaces),
        "brand": facts.brand if facts else None,
        "model": facts.model if facts else None,
        "category": facts.family if facts else None,
        "attributes": dict(facts.variant) if facts else {},
    }


def facet_name(
    facet: str, value: str, marketplaces: Mapping[str, Marketplace], brands: Mapping[str, Brand]
) -> str:
    """A facet's value in words."""
    if facet == "marketplaces":
        return marketplaces[value].name if value in marketplaces else value
    if facet == "brand":
        return brand_name(value, brands)
    tables = {"family": FAMILY_NAMES, "condition": CONDITION_NAMES, "kind": KIND_NAMES}
    if facet == "price":
        return f"¥{int(value) // 100:,}+"
    if facet == "unit_price":
        return f"¥{Money(int(value), 'CNY').to_decimal()}+"
    if facet == "unit":
        return unit_name(value)
    if facet == "region":
        return region_name(value)
    return tables.get(facet, {}).get(value, value)


def unit_name(label: str) -> str:
    """A base in words: ``100g`` is 每100克, ``1piece`` 每件. What is no base stands for itself."""
    figure = label[: len(label) - len(label.lstrip("0123456789"))]
    word = UNIT_NAMES.get(label[len(figure) :])
    if word is None or not figure:
        return label
    return f"每{word}" if figure == "1" else f"每{figure}{word}"


def product_view(
    product: SideBySide, marketplaces: Mapping[str, Marketplace], *, in_full: bool = False
) -> dict[str, Any]:
    """`ProductOut`; in full with every offer, and all that was read of it."""
    data = product.data
    cheapest = product.cheapest
    return {
        "id": data["product_id"],
        "name": data["name"],
        "group_id": data["group_id"],
        "group_name": data["group_name"],
        "kind": data["kind"],
        "category": data["family"],
        "brand": data["brand"],
        "model": data["model"],
        "variant": data["variant"],
        "pack": data["pack"],
        "unit": data["unit"],
        "condition": data["condition"],
        "region": data["region"],
        "gtins": data["gtins"],
        "is_certain": data["is_certain"],
        "missing": data["missing"],
        "offers_total": product.offers,
        "cheapest": cheapest.data["key"] if cheapest is not None else None,
        "marketplaces": [_cell(cell, data["unit"], marketplaces, in_full=in_full) for cell in product.cells],
    }


def detail_view(detail: ProductDetail, marketplaces: Mapping[str, Marketplace]) -> dict[str, Any]:
    """`ProductDetailOut`."""
    views = [view for cell in detail.product.cells for view in cell.offers]
    keys = {view.data["offer_id"]: view.data["key"] for view in views}
    currencies = {view.data["offer_id"]: view.data["currency"] for view in views}
    return {
        "product": product_view(detail.product, marketplaces, in_full=True),
        "history": {keys[offer]: points_view(points) for offer, points in detail.history.items()},
        "references": {
            keys[offer]: reference_view(found, currencies[offer])
            for offer, found in detail.references.items()
        },
        "reference": product_reference_view(detail),
        "versions": [_version(version) for version in detail.versions],
    }


def product_history_view(detail: ProductDetail) -> dict[str, Any]:
    """`ProductHistoryOut`."""
    views = [view for cell in detail.product.cells for view in cell.offers]
    return {
        "id": detail.product.data["product_id"],
        "currency": _currency(detail),
        "reference": product_reference_view(detail),
        "offers": {
            view.data["key"]: {
                "reference": reference_view(detail.references[number], view.data["currency"]),
                "points": points_view(detail.history[number]),
            }
            for view in views
            if (number := view.data["offer_id"]) in detail.references
        },
    }


def product_reference_view(detail: ProductDetail) -> dict[str, Any] | None:
    """`ReferenceOut` of the lowest headline, or None."""
    return None if detail.reference is None else reference_view(detail.reference, _currency(detail))


def _currency(detail: ProductDetail) -> str:
    cheapest = detail.product.cheapest
    currency: str = (cheapest or detail.product.cells[0].best).data["currency"]
    return currency


def reference_view(found: ReferencePrice, currency: str) -> dict[str, Any]:
    """`ReferenceOut`."""
    rise = found.rise
    return {
        "price": _amount(found.price, currency),
        "since": found.since,
        "baseline7": _amount(found.baseline7, currency),
        "baseline30": _amount(found.baseline30, currency),
        "coverage30": found.coverage30,
        "verdict": found.verdict,
        "claimed": _amount(found.claimed, currency),
        "claimed_discount_bp": found.claimed_discount_bp,
        "real_discount_bp": found.real_discount_bp,
        "raised_before": found.raised_before,
        "rise": None
        if rise is None
        else {
            "day": rise.day,
            "before": _amount(rise.before, currency),
            "after": _amount(rise.after, currency),
        },
        "low30": found.low30,
        "low90": found.low90,
        "low180": found.low180,
    }


def offer_price_view(found: OfferPrice) -> dict[str, Any]:
    """`OfferPriceOut`."""
    offer, currency = found.offer, found.offer.terms.price.currency
    least, claimed = found.smallest_order, offer.terms.claimed
    return {
        "key": str(offer.key),
        "title": offer.listing.title,
        "url": offer.listing.url,
        "observed_at": found.observed_at,
        "last_seen": found.last_seen,
        "price": money_view(offer.terms.price),
        "list_price": money_view(offer.terms.list_price),
        "landed": _landed(found.landed, currency),
        "smallest_order": None if least is None else price_view(least, currency),
        "claim": None if claimed is None else _claim(claimed, found.landed.total_minor),
        "promotions": None if found.explained is None else [_promotion(one) for one in found.explained],
    }


def _claim(claimed: Money, total_minor: int | None) -> dict[str, Any]:
    deviation = None if total_minor is None else total_minor - claimed.minor
    return {"claimed": money_view(claimed), "deviation": _amount(deviation, claimed.currency)}


def _promotion(one: Explained) -> dict[str, Any]:
    promotion = one.promotion
    return {
        "id": promotion.id,
        "stage": promotion.stage,
        "kind": promotion.kind,
        "words": promotion.words,
        "fate": one.fate,
        "missing": list(one.missing),
        "needs": list(promotion.needs),
        "action": promotion.action or None,
        "is_mandatory": promotion.is_mandatory,
        "starts_at": promotion.starts_at,
        "ends_at": promotion.ends_at,
    }


def points_view(points: Iterable[PricePoint]) -> list[dict[str, Any]]:
    """A list of `PointOut`."""
    return [
        {
            "observation_id": p.observation_id,
            "since": p.since,
            "until": p.until,
            "price": money_view(p.price),
            "list_price": money_view(p.list_price),
            "shipping": money_view(p.shipping),
            "landed": money_view(p.landed),
            "stock": p.stock,
        }
        for p in points
    ]


def source_view(observation_id: int, source: PageSource) -> dict[str, Any]:
    """`SourceOut`."""
    from ledger.clock import from_us_or_none

    return {
        "observation_id": observation_id,
        "run_id": source.run_id,
        "request": json.loads(source.request),
        "fetched_at": from_us_or_none(source.fetched_us),
        "body_hash": source.body_hash,
    }


def schedule_view(schedule: Schedule) -> dict[str, Any]:
    """`ScheduleOut`."""
    timing = schedule.timing
    return {
        "id": schedule.id,
        "name": schedule.name,
        "marketplace": schedule.marketplace,
        "keywords": list(schedule.keywords),
        "timing": {"kind": timing.kind, "expression": timing.expression, "zone": timing.zone},
        "next_at": None if schedule.is_paused else schedule.next_at,
        "is_paused": schedule.is_paused,
        "created_at": schedule.created_at,
        "updated_at": schedule.updated_at,
    }


def run_view(run: Run) -> dict[str, Any]:
    """`RunOut`."""
    return {
        "id": run.id,
        "marketplace": run.marketplace,
        "keywords": list(run.keywords),
        "state": run.state,
        "reason": run.reason,
        "schedule_id": run.schedule_id,
        "slot": run.slot,
        "is_late": run.is_late,
        "missed_slots": run.missed_slots,
        "is_cancelling": run.is_cancelling,
        "requested_at": run.requested_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "progress": asdict(run.progress),
    }


def runs_view(runs: Sequence[Run], limit: int) -> dict[str, Any]:
    """`RunsOut`."""
    return {
        "runs": [run_view(run) for run in runs],
        "next_before": runs[-1].id if len(runs) == limit else None,
    }


def corrections_view(found: Sequence[Told], limit: int) -> dict[str, Any]:
    """`CorrectionsOut`."""
    return {
        "corrections": [correction_view(one) for one in found],
        "next_before": found[-1].said.id if len(found) == limit else None,
    }


def correction_view(told: Told) -> dict[str, Any]:
    """`CorrectionOut`."""
    outcome = told.outcome
    differ = None
    if outcome is not None and outcome.differ is not None:
        left, right = map(str, outcome.differ)
        differ = {"left": left, "right": right, "why": list(outcome.vetoes)}
    return _word(told.said) | {
        "note": told.said.correction.note,
        "status": told.status,
        "replaced_by": told.replaced_by.id if told.replaced_by is not None else None,
        "chain": [_word(one) for one in told.chain],
        "differ": differ,
    }


def _word(said: Said) -> dict[str, Any]:
    one = said.correction
    stated = {"id": said.id, "word": one.word, "left": str(one.left), "right": str(one.right)}
    return stated | {"author": one.author, "at": one.at}


def rejects_view(rejects: Iterable[Reject]) -> dict[str, Any]:
    """`RejectsOut`."""
    return {"rejects": [asdict(reject) for reject in rejects]}


def marketplaces_view(marketplaces: Mapping[Marketplace, bool]) -> dict[str, Any]:
    """`MarketplacesOut`."""
    return {
        "marketplaces": [
            {
                "slug": m.slug,
                "name": m.name,
                "currency": m.currency,
                "kind": m.kind,
                "needs_keywords": m.needs_keywords,
                "is_configured": is_configured,
            }
            for m, is_configured in marketplaces.items()
        ]
    }


def money_view(money: Money | None) -> dict[str, Any] | None:
    """`MoneyOut`, or None."""
    if money is None:
        return None
    return {"minor": money.minor, "currency": money.currency, "amount": money.to_decimal()}


def _fen(minor: int | None) -> dict[str, Any] | None:
    return money_view(Money(minor, "CNY")) if minor is not None else None


def _cell(
    cell: Cell, unit: Mapping[str, Any] | None, marketplaces: Mapping[str, Marketplace], *, in_full: bool
) -> dict[str, Any]:
    known = marketplaces.get(cell.marketplace)
    return {
        "marketplace": cell.marketplace,
        "name": known.name if known is not None else cell.marketplace,
        "offers_total": len(cell.offers),
        "offers": [_offer(view, unit, in_full=in_full) for view in (cell.offers if in_full else cell.shown)],
    }


def _offer(view: OfferView, unit: Mapping[str, Any] | None, *, in_full: bool) -> dict[str, Any]:
    data = view.data
    return {
        "key": data["key"],
        "marketplace": data["marketplace"],
        "title": data["title"],
        "sku_text": data["sku_text"],
        "color": data["color"],
        "url": data["url"],
        "seller": data["seller"],
        "landed": landed_view(view),
        "unit_price": _unit_price(view, unit),
        "price": _amount(data["price_minor"], data["currency"]),
        "list_price": _amount(data["list_price_minor"], data["currency"]),
        "claimed": _amount(data["claimed_minor"], data["currency"]),
        "is_group_price": view.landed.needs_action("open_group"),
        "stock": data["stock"],
        "last_seen": view.last_seen,
        "freshness": view.freshness,
        "over_cheapest_bp": view.over_cheapest_bp,
        "is_cheapest": view.is_cheapest,
        "is_outlier": data["is_outlier"],
        "is_certain": data["is_certain"],
        "missing": data["missing"],
        "conflicts": data["conflicts"],
        "probable": data["probable"],
        "read": [_read(one) for one in data["read"]] if in_full else None,
        "why": data["evidence"],
    }


def _read(one: Sequence[Any]) -> dict[str, Any]:
    """`ReadOut`, from what `indexer.documents` wrote."""
    name, value, source, confidence, *span = one
    return {
        "attribute": name,
        "value": value,
        "source": source,
        "confidence": confidence,
        "span": span or None,
    }


def _unit_price(view: OfferView, unit: Mapping[str, Any] | None) -> dict[str, Any] | None:
    found = unit_price_of(view, unit)
    if found is None:
        return None
    return {"amount": money_view(found.shown), "base": str(found.base), "unit": found.unit}


def landed_view(view: OfferView) -> dict[str, Any]:
    """`LandedOut`."""
    return _landed(view.landed, view.data["currency"])


def _landed(landed: Landed, currency: str) -> dict[str, Any]:
    eligible = [{"conditions": one["needs"], **price_view(one, currency)} for one in landed.conditional]
    return price_view(landed.price, currency) | {"if_eligible": eligible, "until": landed.until}


def price_view(price: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """`PriceOut`, from what `catalog.codec.dump_price` wrote."""
    return {
        "status": price["status"],
        "total": _amount(price["total_minor"], currency),
        "is_exact": price["is_exact"],
        "is_proven": price["is_proven"],
        "quantity": price["quantity"],
        "delivered": price["delivered"],
        "gap": _amount(price["gap_minor"], currency),
        "steps": [_step(step, currency) for step in price["steps"]],
    }


def _step(step: Mapping[str, Any], currency: str) -> dict[str, Any]:
    return {
        "kind": step["kind"],
        "amount": _amount(step["minor"], currency),
        "name": step.get("name", ""),
        "promotion": step.get("id"),
        "stage": step.get("stage"),
        "words": step.get("words", ""),
        "action": step.get("action"),
        "needs": step.get("needs", []),
        "ends_at": step.get("ends_at"),
    }


def _amount(minor: int | None, currency: str) -> dict[str, Any] | None:
    return None if minor is None else money_view(Money(minor, currency))


def _version(version: SideBySide) -> dict[str, Any]:
    data = version.data
    return {
        "id": data["product_id"],
        "name": data["name"],
        "kind": data["kind"],
        "condition": data["condition"],
        "region": data["region"],
        "variant": data["variant"],
        "is_certain": data["is_certain"],
        "offers_total": version.offers,
        "cheapest": landed_view(version.cheapest) if version.cheapest is not None else None,
    }
