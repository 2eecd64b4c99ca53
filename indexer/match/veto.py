"""Vetoes: differences that no similarity outweighs. Each one alone keeps two offers apart (domain §2.5).

Vetoes are invariants, not features: a stated value against another stated value. A value that one side does not state is
no veto; whether it may still be joined is for `matcher.py` to say.
"""

from __future__ import annotations

from indexer.match.facts import Facts


def vetoes(left: Facts, right: Facts) -> tuple[str, ...]:
    """Why the two cannot be the same goods, as ``attribute: one ≠ other``; empty when nothing speaks against it."""
    found = [
        _differ("kind", left.kind, right.kind),
        _differ("condition", left.condition, right.condition),
        # The home market's edition is never stated, so None against a stated edition is a difference.
        _differ("region", left.region or "home", right.region or "home"),
        _if_stated("family", left.family, right.family),
        _if_stated("brand", left.brand, right.brand),
        _if_stated("model", _folded(left.model), _folded(right.model)),
        _packs(left, right),
        _codes(left, right),
        *_variants(left, right),
    ]
    return tuple(veto for veto in found if veto is not None)


def unarguable(left: Facts, right: Facts) -> tuple[str, ...]:
    """The part of `vetoes` that no person's word outweighs (DECISIONS 53), in the same form.

    What is sold, in which state, edition, size and pack is stated in plain words and decides the price; how brand and model
    are called is a matter of names. Goods of a known family and of none are kept by different processes (DECISIONS 41).
    """
    found = [
        _differ("kind", left.kind, right.kind),
        _differ("condition", left.condition, right.condition),
        _differ("region", left.region or "home", right.region or "home"),
        _differ("family", left.family or "unknown", right.family or "unknown"),
        _packs(left, right),
        *_variants(left, right),
    ]
    return tuple(veto for veto in found if veto is not None)


def _variants(left: Facts, right: Facts) -> list[str | None]:
    return [
        _if_stated(name, left.variant.get(name), right.variant.get(name))
        for name in sorted(left.variant.keys() & right.variant.keys())
    ]


def _differ(name: str, left: str, right: str) -> str | None:
    return f"{name}: {left} ≠ {right}" if left != right else None


def _if_stated(name: str, left: str | None, right: str | None) -> str | None:
    return None if left is None or right is None else _differ(name, left, right)


def _folded(model: str | None) -> str | None:
    return None if model is None else "".join(model.casefold().split())


def _packs(left: Facts, right: Facts) -> str | None:
    if left.pack is None or right.pack is None:
        return None
    return _differ("pack", _pack_text(left), _pack_text(right))


def _pack_text(facts: Facts) -> str:
    pack = facts.pack
    return "" if pack is None else f"{pack.size or ''}×{pack.count}"


def _codes(left: Facts, right: Facts) -> str | None:
    """Different item numbers alone may be two colours; with different maker's codes as well they are two goods."""
    apart = left.gtins and right.gtins and not (left.gtins & right.gtins)
    if apart and left.mpns and right.mpns and not (left.mpns & right.mpns):
        return f"codes: {min(left.mpns)} ≠ {min(right.mpns)}"
    return None
