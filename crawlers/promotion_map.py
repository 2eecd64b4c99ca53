"""Promotion maps: where a marketplace tells of its promotions, and what each sort of them means, as tables.

Amounts carry their unit (`yuan`, `fen`); what is only said in words is read by `extract/promotion_words.py`. A promotion
in words or of a sort that nobody knows is left out and recorded as a defect. One that contradicts itself (a negative
coupon, a window that ends before it starts) withholds the whole item: nothing of it is guessed (DECISIONS 49).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from catalog.errors import InvalidInput, InvalidPromotion, InvalidTerms
from catalog.money import Money
from catalog.promotion import FULL_BP, MOST_PROMOTIONS, Base, Promotion, PromotionKind, Stage
from crawlers.extract.promotion_words import Rule, read_deposit_gain, read_promotion_words
from crawlers.fields import MISSING, Field, china_time, dig, unix_milliseconds, unix_seconds, until, value_of

SHOP_COUPON: Final = "shop_coupon"
"""The group of a shop's coupons: one of them per order, on every marketplace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What all promotions of one sort have in common, whatever their amounts."""

    name: str
    """What ids begin with."""
    stage: Stage
    group: str = ""
    needs: tuple[str, ...] = ()
    action: str = ""
    is_mandatory: bool = False
    base: Base = Base.ITEM
    words: str = ""
    """What the marketplace calls it, where its answer has no words: before the amounts."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when and until when; an end that is told is the last second or millisecond that still counts."""

    starts: Field
    ends: Field


def seconds(starts: str, ends: str) -> Window:
    """A window in seconds since 1970; zero: no limit."""
    return Window(unix_seconds(starts).unless_zero, until(unix_seconds(ends).unless_zero))


def milliseconds(starts: str, ends: str) -> Window:
    """A window in milliseconds since 1970; zero: no limit."""
    return Window(unix_milliseconds(starts).unless_zero, until(unix_milliseconds(ends).unless_zero))


def china_times(starts: str, ends: str) -> Window:
    """A window as ``2026-11-20 00:00:00`` in China."""
    return Window(china_time(starts), until(china_time(ends)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionMap:
    """One place of an item where promotions are told: a list of them, or an object (or the item) that is at most one."""

    standing: Standing | Field
    """A field: by the entry's own sort, an `InvalidInput` for a sort nobody knows, None for what is no promotion."""
    each: str = ""
    """Where the list or the object is; empty: the item itself. A list may be wrapped in an object of one key, as TOP does."""
    rules: Field | None = None
    """Promotion words, which then say what it does; else the amounts do."""
    id: Field | None = None
    """Of the entry; None: made from what it says."""
    price: Field | None = None
    off: Field | None = None
    pay_bp: Field | None = None
    deposit: Field | None = None
    worth: Field | None = None
    """What a deposit counts as; None or not stated: what it is."""
    gain: Field | None = None
    """Or how much more than it is."""
    threshold: Field | None = None
    cap: Field | None = None
    during: Window | None = None
    excludes: Field | None = None
    """Of the whole item: ids or groups."""
    kind: PromotionKind | None = field(init=False, repr=False)
    """What it is by the amounts that are mapped; None where words say it."""
    _mapped: tuple[tuple[str, Field], ...] = field(init=False, repr=False)
    """What is read of each entry; first what there is no promotion without."""

    def __post_init__(self) -> None:
        found = [(part, mapped) for part in _PARTS if (mapped := getattr(self, part)) is not None]
        kind = None if self.rules is not None else _KINDS.get(found[0][0])
        if self.rules is None and kind is None:
            raise InvalidInput("a map of promotions without words and amounts")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "_mapped", tuple(found))

    @property
    def amounts(self) -> Iterator[tuple[str, Field]]:
        """The amounts of money that are mapped, by name: each with its unit."""
        for part in _MONEY:
            if (mapped := getattr(self, part)) is not None:
                yield part, mapped

    def read(self, item: Any, currency: str) -> tuple[list[Promotion], list[InvalidInput]]:
        """The promotions told there, and why others are left out.

        Raises:
            InvalidPromotion: one contradicts itself.
            InvalidTerms: there are more than an offer can have.
        """
        found: list[Promotion] = []
        problems: list[InvalidInput] = []
        try:
            entries = self._entries(item)
        except InvalidTerms:
            raise
        except InvalidInput as error:
            return [], [error]
        for entry in entries:
            try:
                found += self._promotions(entry, item, currency)
            except InvalidPromotion:
                raise
            except InvalidInput as error:
                problems.append(error)
        return found, problems

    def _entries(self, item: Any) -> Sequence[Any]:
        raw = dig(item, self.each)
        if raw is MISSING or raw is None or raw == "":
            return ()
        if isinstance(raw, Mapping):
            inner = next(iter(raw.values())) if len(raw) == 1 else None
            if not isinstance(inner, list):
                return (raw,) if raw else ()
            raw = inner
        if not isinstance(raw, list):
            raise InvalidInput(f"{self.each}: neither a list nor an object: {type(raw).__name__}")
        if len(raw) > MOST_PROMOTIONS:
            raise InvalidTerms("promotions", f"more than {MOST_PROMOTIONS}")
        return raw

    def _promotions(self, entry: Any, item: Any, currency: str) -> Iterator[Promotion]:
        if not isinstance(entry, Mapping):
            raise InvalidInput(f"{self.each}: no object: {type(entry).__name__}")
        standing = (
            self.standing if isinstance(self.standing, Standing) else value_of(entry, self.standing, currency)
        )
        if standing is None:
            return
        values = self._values(entry, currency)
        if values is None:
            return
        values["excludes"] = (
            value_of(item, self.excludes, currency) if self.excludes is not None else None
        ) or ()
        name = values.pop("id", None)
        rules = values.pop("rules", None)
        if rules is not None:
            yield from _by_words(rules, standing, name, values)
        elif self.kind is not None:
            yield _by_amounts(self.kind, standing, name, values)

    def _values(self, entry: Mapping[str, Any], currency: str) -> dict[str, Any] | None:
        """What is stated, by the names of `Promotion`; None where what makes it one is not."""
        found: dict[str, Any] = {}
        for part, mapped in self._mapped:
            value = _stated(entry, mapped, currency)
            if value is not None:
                found[part] = value
            elif not found:
                return None
        if self.during is not None:
            found["starts_at"] = _stated(entry, self.during.starts, currency)
            found["ends_at"] = _stated(entry, self.during.ends, currency)
        return found


def _stated(entry: Mapping[str, Any], mapped: Field, currency: str) -> Any:
    try:
        return value_of(entry, mapped, currency)
    except InvalidInput as error:
        raise InvalidInput(f"{mapped.path}: {error}") from error


_MONEY: Final = ("price", "off", "deposit", "worth", "gain", "threshold", "cap")
_KINDS: Final = {
    "price": PromotionKind.SET_PRICE,
    "deposit": PromotionKind.DEPOSIT,
    "off": PromotionKind.AMOUNT_OFF,
    "pay_bp": PromotionKind.PERCENT_OFF,
}
"""What an amount makes a promotion, where its map has no words."""
_PARTS: Final = ("rules", *_KINDS, "worth", "gain", "threshold", "cap", "id")


def promotion_words(path: str) -> Field:
    """Promotion words; amounts in the major unit, as words always have them."""

    def convert(raw: Any, currency: str) -> tuple[Rule, ...]:
        rules = read_promotion_words(raw, currency) if isinstance(raw, str) else ()
        if not rules:
            raise InvalidInput(f"words that nobody knows: {raw!r:.100}")
        return rules

    return Field(path, convert)


def deposit_gain(path: str) -> Field:
    """How much a deposit is worth more than it is, in words."""

    def convert(raw: Any, currency: str) -> Money:
        gain = read_deposit_gain(raw, currency) if isinstance(raw, str) else None
        if gain is None:
            raise InvalidInput(f"words that nobody knows: {raw!r:.100}")
        return gain

    return Field(path, convert)


def one_of(path: str, sorts: Mapping[Any, Standing]) -> Field:
    """The standing of the entry's sort; a sort that is not in the table is an `InvalidInput`."""

    def convert(raw: Any, _currency: str) -> Standing:
        found = sorts.get(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else None
        if found is None:
            raise InvalidInput(f"a sort of promotion that nobody knows: {path} {raw!r:.60}")
        return found

    return Field(path, convert).required


def tagged(path: str, beginning: str, standing: Standing) -> Field:
    """`standing` for an entry whose text begins so; other tags are no promotions."""

    def convert(raw: Any, _currency: str) -> Standing | None:
        return standing if isinstance(raw, str) and raw.startswith(beginning) else None

    return Field(path, convert)


# ── making them ────────────────────────────────────────────────────────────────────────────────────


def _by_words(
    rules: Sequence[Rule], standing: Standing, name: str | None, rest: Mapping[str, Any]
) -> Iterator[Promotion]:
    """One promotion for each rule; of the steps of a ladder one applies."""
    entry = name or f"{standing.name}:{'，'.join(rule.words for rule in rules)}"
    is_ladder = len(rules) > 1
    for step, rule in enumerate(rules, start=1):
        yield _promotion(
            standing,
            id=f"{entry}.{step}" if is_ladder else entry,
            kind=_kind(rule, standing.stage),
            group=standing.group or (entry if is_ladder else ""),
            words=rule.words,
            **{part: getattr(rule, part) for part in _OF_RULES},
            **rest,
        )


_OF_RULES: Final = (
    "off", "pay_bp", "pay", "n", "buy", "get", "threshold", "threshold_qty", "repeat", "cap",
)  # fmt: skip


def _kind(rule: Rule, stage: Stage) -> PromotionKind:
    """The rule's kind where it stands: off each unit in the unit stage, off the order later."""
    per_unit = {
        PromotionKind.AMOUNT_OFF: PromotionKind.UNIT_OFF,
        PromotionKind.PERCENT_OFF: PromotionKind.UNIT_PERCENT,
    }
    if stage is not Stage.UNIT:
        if rule.is_per_unit:
            raise InvalidInput(f"off each unit, among reductions of the order: {rule.words!r}")
        return rule.kind
    if rule.kind not in per_unit or rule.threshold is not None or rule.threshold_qty is not None:
        raise InvalidInput(f"off the order, among reductions of each unit: {rule.words!r}")
    return per_unit[rule.kind]


def _by_amounts(
    kind: PromotionKind, standing: Standing, name: str | None, parts: dict[str, Any]
) -> Promotion:
    if kind is PromotionKind.DEPOSIT:
        gain = parts.pop("gain", None)
        parts.setdefault("worth", parts["deposit"] if gain is None else parts["deposit"] + gain)
    words = _words(kind, standing, parts)
    is_alone = kind in (PromotionKind.SET_PRICE, PromotionKind.DEPOSIT)
    own = standing.name if is_alone else f"{standing.name}:{words}"
    return _promotion(standing, id=name or own, kind=kind, group=standing.group, words=words, **parts)


def _promotion(standing: Standing, **parts: Any) -> Promotion:
    return Promotion(
        stage=standing.stage,
        needs=standing.needs,
        action=standing.action,
        is_mandatory=standing.is_mandatory,
        base=standing.base,
        **parts,
    )


def _words(kind: PromotionKind, standing: Standing, parts: Mapping[str, Any]) -> str:
    """As the trade writes it: ``拼单价``, ``满199减20``, ``满100打9折，最多减20元``."""
    if kind is PromotionKind.SET_PRICE:
        return standing.words
    if kind is PromotionKind.DEPOSIT:
        return f"定金{_plain(parts['deposit'])}抵{_plain(parts['worth'])}"
    threshold: Money | None = parts.get("threshold")
    has_threshold = threshold is not None and threshold.minor != 0
    over = f"满{_plain(threshold)}" if threshold is not None and has_threshold else ""
    if "off" in parts:
        rule = f"{over or '无门槛'}减{_plain(parts['off'])}"
    else:
        rule = f"{over}{'打' if over else ''}{_discount(parts['pay_bp'])}折"
    cap: Money | None = parts.get("cap")
    return f"{standing.words}{rule}" + (f"，最多减{_plain(cap)}元" if cap is not None else "")


def _plain(amount: Money | None) -> str:
    """``20``, ``12.5``: without zeros that say nothing."""
    text = amount.to_decimal() if amount is not None else ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _discount(pay_bp: int) -> str:
    """``9``, ``8.5``: tenths that are paid."""
    whole, part = divmod(pay_bp, FULL_BP // 10)
    return f"{whole}.{part:03d}".rstrip("0").rstrip(".")


def told_apart(promotions: Iterable[Promotion]) -> tuple[Promotion, ...]:
    """The promotions with an id each: one that is told twice counts once, others of the same id are numbered."""
    kept: dict[str, Promotion] = {}
    for promotion in promotions:
        number, own = 1, promotion
        while own.id in kept and kept[own.id] != own:
            number += 1
            own = replace(promotion, id=f"{promotion.id}~{number}")
        kept[own.id] = own
    return tuple(kept.values())
