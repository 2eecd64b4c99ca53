"""The gateways' own keyword search: small, over hidden words and titles, polluted the way real ones are.

Not a model for ours: it only has to return what a marketplace would, in an order that holds for an hour.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from marketplaces.world.prices import on_sale, title_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment

_TERM = re.compile(r"\d+(?:\.\d+)?(?:gb|tb|g|t|ml|kg|l)?(?![a-z])|\d+(?:\.\d+)?|[a-z]+|[\u4e00-\u9fff]+")
_ENOUGH = 0.55
"""Share of the query's weight a listing must carry: low enough to let 256G, used ones and cases in."""
_REMEMBERED = 256


def terms(text: str) -> list[str]:
    """Words, numbers and pairs of Chinese characters; 128GB and 128g are one."""
    found: list[str] = []
    for term in _TERM.findall(unicodedata.normalize("NFKC", text).lower()):
        if "\u4e00" <= term[0] <= "\u9fff":
            found += [term[i : i + 2] for i in range(len(term) - 1)] or [term]
        else:
            found.append(term[:-1] if term[0].isdigit() and term.endswith(("gb", "tb")) else term)
    return found


class Catalogue:
    """One marketplace's listings, searchable."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = tuple(offers)
        self.by_id = {offer.item_id: offer for offer in offers}
        self._postings: dict[str, list[int]] = defaultdict(list)
        known: dict[str, list[str]] = {}
        for index, offer in enumerate(self.offers):
            shared = offer.product.key if offer.product else f"{offer.family.slug}/{offer.brand.id}"
            if shared not in known:
                known[shared] = terms(hidden_words(offer))
            for term in {*known[shared], *terms(" ".join(offer.titles))}:
                self._postings[term].append(index)
        self._recent: dict[tuple[str, int], tuple[Offer, ...]] = {}

    def search(self, keyword: str, moment: Moment) -> tuple[Offer, ...]:
        """Listings on sale for the keyword, best first; the same for the whole hour."""
        key = (keyword, moment.hour)
        if key not in self._recent:
            if len(self._recent) >= _REMEMBERED:
                del self._recent[next(iter(self._recent))]
            self._recent[key] = tuple(offer for offer in self._ranked(keyword) if on_sale(offer, moment))
        return self._recent[key]

    def listed(self, item_id: str, moment: Moment) -> Offer | None:
        """The listing with that id, while it is on sale."""
        offer = self.by_id.get(item_id)
        return offer if offer and on_sale(offer, moment) else None

    def all_on_sale(self, moment: Moment) -> tuple[Offer, ...]:
        """Every listing on sale, in no particular order."""
        return tuple(offer for offer in self.offers if on_sale(offer, moment))

    def titled(self, title: str, moment: Moment) -> tuple[Offer, ...]:
        """Listings with exactly this title."""
        return tuple(offer for offer in self.search(title, moment) if title_at(offer, moment) == title)

    def _ranked(self, keyword: str) -> list[Offer]:
        scores: dict[int, float] = defaultdict(float)
        wanted = set(terms(keyword))
        total = 0.0
        for term in sorted(wanted):
            postings = self._postings.get(term, ())
            weight = math.log(1 + len(self.offers) / (1 + len(postings)))
            total += weight
            for index in postings:
                scores[index] += weight
        hits = [index for index, score in scores.items() if score >= _ENOUGH * total]
        hits.sort(
            key=lambda index: (-round(scores[index], 6), -self.offers[index].sales, self.offers[index].key)
        )
        return [self.offers[index] for index in hits]


def hidden_words(offer: Offer) -> str:
    """What the marketplace's index knows of a listing besides its title."""
    family, brand, product = offer.family, offer.brand, offer.product
    words: Iterable[str] = (family.keyword, *family.synonyms, brand.zh, brand.en, *brand.also)
    if product is not None:
        words = (*words, product.model, *(product.line.spellings if product.line else ()), product.mpn)
    return " ".join(words)
