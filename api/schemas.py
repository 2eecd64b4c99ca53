"""The JSON of the API, as its documentation: every answer is tested against these models, none is slowed by them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.understand import LONGEST
from ledger.corrections import LONGEST_AUTHOR, LONGEST_NOTE


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


Values = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)]


MOST_WANTED: Final = 999
"""Pieces that may be asked for: three figures on the page; each of a thousand costs a search page milliseconds."""


class WishIn(BaseModel):
    """For whom prices are worked out, in the address; nothing of it is kept."""

    region: str | None = Field(
        default=None, max_length=10, description="where to: ISO 3166-2 (`CN-XJ`) or a name; default CN-SH"
    )
    quantity: int = Field(default=1, ge=1, le=MOST_WANTED, description="pieces to buy")
    at_least: int | None = Field(
        default=None, ge=1, le=MOST_WANTED, description="pieces needed: more are bought where that costs less"
    )
    conditions: Values = Field(
        default_factory=list, description="what you fulfil, e.g. `member:plus`; used for this answer only"
    )


class OfferPriceIn(WishIn):
    """For whom an offer is priced, and whether all of it is explained."""

    explain: Literal["", "0", "1", "false", "true"] = Field(
        default="0", description="`?explain` alone means yes"
    )

    @property
    def explains(self) -> bool:
        """Whether what became of every promotion is told."""
        return self.explain in {"", "1", "true"}


class SearchIn(WishIn):
    """What is searched for, in the address."""

    q: str = Field(default="", max_length=LONGEST, description="what a shopper types")
    marketplace: Values = Field(default_factory=list)
    brand: Values = Field(default_factory=list)
    category: Values = Field(default_factory=list)
    condition: Values = Field(default_factory=list, description="`any`: do not assume new")
    kind: Values = Field(default_factory=list, description="`any`: do not assume goods")
    region_version: Values = Field(
        default_factory=list,
        description="national editions: `home`, `hk`, `us` …; not where goods are sent to",
    )
    attributes: Values = Field(
        default_factory=list,
        description="what was read of the goods, `name:value`: `storage_gb:128`. Values of one attribute are either, different "
        "attributes both. Names and values are those of `attributes` in the answer; numbers are written without unit, "
        "`quantity` with one (`900g`). What is no attribute, or none of its values, is refused (422).",
    )
    unit: Values = Field(default_factory=list, description="what unit prices are per: `100g`, `1piece` …")
    group: str | None = Field(default=None, max_length=40, description="the versions of one model")
    price_from: int | None = Field(default=None, ge=0, le=10**12, description="minor units")
    price_to: int | None = Field(default=None, ge=0, le=10**12, description="minor units")
    unit_price_from: int | None = Field(default=None, ge=0, le=10**12, description="minor units per base")
    unit_price_below: int | None = Field(default=None, ge=0, le=10**12, description="minor units per base")
    sort: Literal["relevance", "price", "-price", "unit_price"] | None = Field(
        default=None, description="default: what the words say, else relevance"
    )
    limit: int = Field(default=20, ge=1, le=50)
    cursor: str | None = Field(default=None, max_length=64, description="`next_cursor` of the page before")


class MoneyOut(_Model):
    """An amount of money."""

    minor: int = Field(description="in the currency's minor unit (fen for CNY)")
    currency: str = Field(description="ISO 4217")
    amount: str = Field(description="the same in the major unit, as exact decimal text")


class StepOut(_Model):
    """One line of the sum that a landed price is."""

    kind: Literal["price", "promotion", "shipping", "fee", "tax", "floor"] = Field(
        description="`floor`: what brings the sum up to the least that is paid"
    )
    amount: MoneyOut = Field(description="negative where it is taken off")
    name: str = Field(description="what a fee is for")
    promotion: str | None = Field(description="the promotion's id")
    stage: Literal["unit", "shop", "platform", "subsidy", "shipping", "payment"] | None
    words: str = Field(description="the promotion as the marketplace puts it")
    action: str | None = Field(
        description="what anyone has to do for it: `claim` a coupon, join an `open_group`"
    )
    needs: list[str] = Field(description="conditions it asks for")
    ends_at: datetime | None


class PriceOut(_Model):
    """What one pays, delivered; or why nothing can be ordered."""

    status: Literal[
        "ok",
        "below_min_qty",
        "over_limit",
        "below_min_order",
        "undeliverable",
        "over_tax_limit",
        "unsatisfiable",
    ]
    total: MoneyOut | None = Field(description="null unless the status is ok")
    is_exact: bool = Field(description="false: shipping is unknown, so the total is a lower bound")
    is_proven: bool = Field(description="false: more combinations of promotions than could be ruled out")
    quantity: int = Field(description="pieces bought")
    delivered: int = Field(description="pieces that arrive")
    gap: MoneyOut | None = Field(description="what lacks to the minimum order")
    steps: list[StepOut] = Field(description="add up to the total")


class EligibleOut(PriceOut):
    """What one pays who fulfils these conditions as well."""

    conditions: list[str]


class LandedOut(PriceOut):
    """The landed price for this buyer, and what further conditions would make of it."""

    if_eligible: list[EligibleOut]
    until: datetime | None = Field(description="when a promotion begins or ends next")


class SellerOut(_Model):
    """Who sells. The type comes from structured shop data, never from a title."""

    name: str
    type: Literal["self_operated", "brand_flagship", "authorised", "ordinary", "individual", "unknown"]


class WhyOut(_Model):
    """Why an offer stands with this product."""

    rule: Literal["gtin", "identity", "compatible", "wording", "founded", "uncertain", "said", "apart"]
    same: dict[str, str] = Field(default_factory=dict, description="what was found equal")
    score: int | None = Field(default=None, description="likeness of the words in percent")
    unstated: list[str] = Field(default_factory=list, description="what the offer does not say")
    rejected: list[RejectedOut] = Field(
        default_factory=list, description="close products and what spoke against them"
    )
    said: list[SayingOut] = Field(
        default_factory=list, description="people's words that it rests on, newest first, at most three"
    )


class SayingOut(_Model):
    """A person's word."""

    word: Literal["same", "not_same"]
    left: str = Field(description="the key of one offer")
    right: str = Field(description="the key of the other")
    author: str
    at: datetime


class RejectedOut(_Model):
    """A product that was close."""

    product_id: str
    why: list[str]


class ReadOut(_Model):
    """A value that was read from an offer, and the words it was read from."""

    attribute: str
    value: str
    source: Literal["title", "sku", "property", "brand", "category", "mpn", "gtin"]
    confidence: int = Field(description="percent")
    span: list[int] | None = Field(
        description="begin and end of the words in `title`, or in `sku_text` for the source `sku`, in Unicode characters"
    )


class ConflictOut(_Model):
    """Two statements about one attribute that cannot both hold."""

    attribute: str
    values: list[str]
    sources: list[str] = Field(
        description="who said each; structured fields outrank `sku`, that outranks `title`"
    )
    splits: bool = Field(description="whether the attribute tells these goods from others")


class UnitPriceOut(_Model):
    """What so much of the goods costs."""

    amount: MoneyOut = Field(description="rounded half up; orders use the exact fraction")
    base: str
    unit: str


class OfferOut(_Model):
    """One offer."""

    key: str = Field(description="marketplace:item:sku, for `/offers/{key}/history`")
    marketplace: str
    title: str
    sku_text: str
    color: str | None
    url: str
    seller: SellerOut
    landed: LandedOut
    unit_price: UnitPriceOut | None = Field(
        description="of what is delivered, from the landed price; of a lower bound a lower bound"
    )
    price: MoneyOut = Field(description="of one piece, before promotions and shipping")
    list_price: MoneyOut | None = Field(description="struck through by the seller; never computed with")
    claimed: MoneyOut | None = Field(description="the marketplace's own price after its coupons: a claim")
    is_group_price: bool = Field(description="needs a group that strangers may join")
    stock: Literal["in", "low", "out", "preorder", "unknown"]
    last_seen: datetime | None
    freshness: Literal["fresh", "stale", "expired"]
    over_cheapest_bp: int | None = Field(
        description="above the cheapest offer, in basis points; null: not compared"
    )
    is_cheapest: bool
    is_outlier: bool = Field(description="out of line with the other offers: shown, never the cheapest")
    is_certain: bool = Field(
        description="false: something that splits products is not stated (`missing`) or stated in two ways (`conflicts`)"
    )
    missing: list[str] = Field(description="attributes that split goods of this category and are not stated")
    conflicts: list[ConflictOut]
    probable: list[str] = Field(
        description="attributes that split and were read with less than 70 % confidence: take them for probable"
    )
    read: list[ReadOut] | None = Field(description="null in a search: `/products/{id}` tells it")
    why: WhyOut | None


class CellOut(_Model):
    """One marketplace's offers of a product, best first."""

    marketplace: str
    name: str
    offers_total: int
    offers: list[OfferOut]


class PackOut(_Model):
    """Contents."""

    size: str | None
    count: int


class UnitOut(_Model):
    """What unit prices of these goods are per: landed price × `base` / `contents`. Amounts as exact decimal text."""

    base: str
    unit: Literal["g", "ml", "piece", "sheet", "brick", "gb"]
    contents: str = Field(description="of one offer, all packs together")


class ProductOut(_Model):
    """Goods that may be compared by price, with their offers side by side."""

    id: str
    name: str
    group_id: str | None
    group_name: str | None
    kind: Literal["goods", "accessory", "dummy", "bundle", "options"]
    category: str | None
    brand: str | None
    model: str | None
    variant: dict[str, str]
    pack: PackOut | None
    unit: UnitOut | None = Field(
        description="null: contents unknown, or goods that are not bought by contents"
    )
    condition: Literal["new", "open_box", "refurbished_official", "refurbished", "used"]
    region: str | None
    gtins: list[str]
    is_certain: bool
    missing: list[str]
    offers_total: int
    cheapest: str | None = Field(description="key of the cheapest offer that can be bought")
    marketplaces: list[CellOut] = Field(description="in order of their best offers")


class FacetValueOut(_Model):
    """One value of a facet."""

    value: str
    name: str
    products: int


class UnderstoodOut(_Model):
    """How the words were read."""

    words: str
    price_from: MoneyOut | None
    price_to: MoneyOut | None
    sort: str | None
    marketplaces: list[str]
    brand: str | None
    model: str | None
    category: str | None
    attributes: dict[str, str]


class SearchOut(_Model):
    """An answer to a search."""

    query: str
    understood: UnderstoodOut
    assumed: dict[str, str] = Field(description="filters nobody chose; send `any` for one to take it off")
    relaxed: Literal["assumptions", "words"] | None = Field(
        description="what was given up because nothing fitted; `words`: the products are only near"
    )
    sort: Literal["relevance", "price", "-price", "unit_price"]
    total: int
    reordered: int | None = Field(
        description="with a region, quantity or conditions, orders by price hold among so many first products"
    )
    products: list[ProductOut]
    facets: dict[str, list[FacetValueOut]] = Field(
        description="each counted with its own filter removed; `family` is chosen with `category`, `region` with "
        "`region_version`, `marketplaces` with `marketplace`, `price` and `unit_price` by bounds"
    )
    attributes: dict[str, list[FacetValueOut]] = Field(
        description="what tells goods of the category apart that more than half of the products are of, each attribute counted "
        "with its own filter removed; chosen with `attributes=name:value`. Empty for a list of many categories"
    )
    next_cursor: str | None
    took_ms: int


class PromotionOut(_Model):
    """A promotion of an offer, and what became of it in a price."""

    id: str
    stage: Literal["unit", "shop", "platform", "subsidy", "shipping", "payment"]
    kind: str
    words: str = Field(description="as the marketplace puts it")
    fate: Literal[
        "applied", "not_begun", "over", "elsewhere", "conditional", "not_reached", "not_combined", "no_order"
    ] = Field(
        description="`not_reached`: alone it changes nothing; `not_combined`: with it one pays as much or more"
    )
    missing: list[str] = Field(description="conditions that are not fulfilled")
    needs: list[str]
    action: str | None
    is_mandatory: bool
    starts_at: datetime | None
    ends_at: datetime | None = Field(description="the first moment at which it no longer holds")


class ClaimOut(_Model):
    """The marketplace's own figure beside ours."""

    claimed: MoneyOut
    deviation: MoneyOut | None = Field(description="ours less theirs; null where nothing can be ordered")


class OfferPriceOut(_Model):
    """What an offer costs this buyer now, with every step."""

    key: str
    title: str
    url: str
    observed_at: datetime = Field(description="when these terms were first seen")
    last_seen: datetime | None
    price: MoneyOut
    list_price: MoneyOut | None = Field(description="struck through by the seller; never computed with")
    landed: LandedOut
    smallest_order: PriceOut | None = Field(
        description="what has to be ordered where one piece is too little"
    )
    claim: ClaimOut | None
    promotions: list[PromotionOut] | None = Field(description="every promotion of the offer; with `explain`")


class ReferenceOut(_Model):
    """Today's price against what was observed (domain §4.2). While today's is unknown everything is null."""

    price: MoneyOut | None = Field(description="lowest of the present local day, delivered")
    since: date | None = Field(description="first day of the run in which it is asked")
    baseline7: MoneyOut | None = Field(description="lowest in the 7 days before, else the last price before")
    baseline30: MoneyOut | None = Field(
        description="lowest in the 30 days before, if 24 of them were observed"
    )
    coverage30: int | None = Field(description="how many of these 30 days were observed")
    verdict: Literal[
        "insufficient_history", "no_claim", "no_real_discount", "reference_above_history", "supported"
    ] = Field(description="what our observations say about the claimed reference, no more")
    claimed: MoneyOut | None = Field(description="the struck-through price, delivered")
    claimed_discount_bp: int | None
    real_discount_bp: int | None = Field(description="against the baseline; never negative")
    raised_before: bool | None = Field(
        description="raised by 5 % or more in the 30 days before, and now back"
    )
    rise: RiseOut | None
    low30: LowOut
    low90: LowOut
    low180: LowOut


LowOut = Literal["new_low", "equal_low", "not_low", "unknown"]


class RiseOut(_Model):
    """A price that was raised."""

    day: date
    before: MoneyOut
    after: MoneyOut


class ProductHistoryOut(_Model):
    """What was observed of a product's offers."""

    id: str
    currency: str
    reference: ReferenceOut | None = Field(description="of the lowest headline; null: nothing to be bought")
    offers: dict[str, OfferHistoryOut] = Field(description="by offer key")


class OfferHistoryOut(_Model):
    """What was observed of one offer."""

    reference: ReferenceOut
    points: list[PointOut] = Field(description="of the last 180 days, oldest first")


class PointOut(_Model):
    """What an offer asked over a span of time; between `until` and the next point nothing is known."""

    observation_id: int
    since: datetime
    until: datetime
    price: MoneyOut
    list_price: MoneyOut | None
    shipping: MoneyOut | None
    landed: MoneyOut | None = Field(description="for anyone, one piece; null: it could not be ordered")
    stock: str


class HistoryOut(_Model):
    """The price history of one offer."""

    key: str
    points: list[PointOut] = Field(description="oldest first")
    source: SourceOut | None = Field(description="where the newest figure was read")


class SourceOut(_Model):
    """The page a figure was read from."""

    observation_id: int
    run_id: int
    request: dict[str, object]
    fetched_at: datetime | None
    body_hash: str | None


class VersionOut(_Model):
    """Another version of the same model."""

    id: str
    name: str
    kind: str
    condition: str
    region: str | None
    variant: dict[str, str]
    is_certain: bool
    offers_total: int
    cheapest: LandedOut | None


class ProductDetailOut(_Model):
    """A product with everything that is known of it."""

    product: ProductOut
    history: dict[str, list[PointOut]] = Field(description="offer key -> points of the last 180 days")
    references: dict[str, ReferenceOut] = Field(
        description="offer key -> its struck-through price in our eyes"
    )
    reference: ReferenceOut | None = Field(description="of the lowest headline of all offers")
    versions: list[VersionOut] = Field(description="other capacities, packs, conditions of the same model")


class SuggestionOut(_Model):
    """A completion."""

    text: str
    products: int


class SuggestOut(_Model):
    """Completions of what was typed."""

    suggestions: list[SuggestionOut]


class MarketplaceOut(_Model):
    """A marketplace this installation knows."""

    slug: str
    name: str
    currency: str
    kind: Literal["api", "web"]
    needs_keywords: bool
    is_configured: bool


class MarketplacesOut(_Model):
    """Every marketplace."""

    marketplaces: list[MarketplaceOut]


class TimingIn(_Model):
    """When a schedule fires."""

    kind: Literal["cron", "interval"]
    expression: str = Field(
        max_length=120, description="five cron fields, or whole seconds", examples=["0 */6 * * *"]
    )
    zone: str = Field(default="Asia/Shanghai", max_length=60, description="IANA time zone")


Keywords = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]


class ScheduleIn(_Model):
    """A schedule to make."""

    name: str = Field(min_length=1, max_length=100)
    marketplace: str = Field(max_length=40)
    keywords: Keywords = Field(default_factory=list)
    timing: TimingIn


class ScheduleChangeIn(_Model):
    """Parts of a schedule to change; parts left out stay as they are."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    keywords: Keywords | None = None
    timing: TimingIn | None = None
    is_paused: bool | None = None


class ScheduleOut(_Model):
    """A schedule."""

    id: int
    name: str
    marketplace: str
    keywords: list[str]
    timing: TimingIn
    next_at: datetime | None = Field(description="null while paused")
    is_paused: bool
    created_at: datetime
    updated_at: datetime


class SchedulesOut(_Model):
    """Every schedule."""

    schedules: list[ScheduleOut]


class RunIn(_Model):
    """A run to start."""

    marketplace: str = Field(max_length=40)
    keywords: Keywords = Field(default_factory=list)


class ProgressOut(_Model):
    """Counts. ``pages = waiting + done + failed + skipped`` always."""

    pages: int
    waiting: int
    done: int
    failed: int
    skipped: int
    offers: int
    added: int
    quarantined: int
    rejected: int
    defects: int


class RunOut(_Model):
    """A run."""

    id: int
    marketplace: str
    keywords: list[str]
    state: Literal["queued", "running", "succeeded", "partial", "failed", "cancelled", "skipped"]
    reason: str | None
    schedule_id: int | None
    slot: datetime | None
    is_late: bool
    missed_slots: int
    is_cancelling: bool
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: ProgressOut


class RunsOut(_Model):
    """Runs, newest first."""

    runs: list[RunOut]
    next_before: int | None = Field(description="for the next page's `before`; null on the last page")


class CorrectionIn(_Model):
    """What is said of two offers."""

    word: Literal["same", "not_same"]
    left: str = Field(
        max_length=700, description="an offer's key, `marketplace:item:sku`", examples=["jd:100:"]
    )
    right: str = Field(max_length=700, description="another offer's key", examples=["taobao:200:"])
    author: str = Field(default="api", min_length=1, max_length=LONGEST_AUTHOR, description="who says so")
    note: str = Field(default="", max_length=LONGEST_NOTE, description="why")


class WordOut(_Model):
    """A word of a person, as a link of a chain."""

    id: int
    word: Literal["same", "not_same"]
    left: str
    right: str
    author: str
    at: datetime


class DifferOut(_Model):
    """Two offers that no person may call the same."""

    left: str
    right: str
    why: list[str] = Field(description="`attribute: one ≠ other`")


class CorrectionOut(_Model):
    """What was said of two offers, and what became of it."""

    id: int
    word: Literal["same", "not_same", "withdrawn"]
    left: str
    right: str
    author: str
    note: str
    at: datetime
    status: Literal["in_force", "contradicted", "vetoed", "waiting", "replaced", "withdrawn"] = Field(
        description="contradicted: newer words say otherwise, see `chain`; vetoed: the goods differ, see `differ`; "
        "waiting: one of the offers was never seen; replaced: by a newer word on the pair; withdrawn: nothing is said of it"
    )
    replaced_by: int | None = Field(description="the newest word on the same pair; null: this is it")
    chain: list[WordOut] = Field(
        description="the words that lead from one offer to the other and speak against it"
    )
    differ: DifferOut | None


class CorrectionsOut(_Model):
    """Corrections, newest first."""

    corrections: list[CorrectionOut]
    next_before: int | None = Field(description="for the next page's `before`; null on the last page")


class RejectOut(_Model):
    """Something that could not be read."""

    kind: Literal["item", "field"]
    item: str
    reason: str
    raw: str


class RejectsOut(_Model):
    """What could not be read in a run, newest first."""

    rejects: list[RejectOut]


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:bijia:problem:not-found"])
    title: str
    status: int
    detail: str
