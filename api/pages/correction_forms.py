"""What the form for a correction holds, what can be wrong with it, and which offers it means. No routes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import BaseModel, Field

from api.services import Services
from catalog.errors import InvalidInput, NotFound
from catalog.listing import OfferKey
from indexer.match.facts import Facts, facts_of, union
from indexer.match.veto import unarguable, vetoes
from ledger.corrections import LONGEST_AUTHOR, LONGEST_NOTE, Pair, Word, is_plain

LONGEST: Final = 2_000
"""Of what may stand for an offer: the address of a product's page, with parameters."""

MOST_NAMED: Final = 20
"""Offers of a product for which a word about the whole product is said one by one (DECISIONS 53)."""

PRODUCT: Final = re.compile(r"(?:\S*/products/)?([a-z2-7]{16})(?:[/?#]\S*)?")
"""A product's id, or an address of its page."""


class WordFields(BaseModel):
    """What the form sends: bounded, and otherwise anything, so that it can be shown again."""

    word: str = Field(default="", max_length=200)
    left: str = Field(default="", max_length=LONGEST)
    right: str = Field(default="", max_length=LONGEST)
    author: str = Field(default="", max_length=LONGEST)
    note: str = Field(default="", max_length=LONGEST)
    back: str = Field(default="", max_length=200)
    """The product whose page to go back to."""


@dataclass(frozen=True, slots=True)
class WordForm:
    """A word to say, as typed."""

    word: str = Word.SAME.value
    left: str = ""
    right: str = ""
    author: str = ""
    note: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field -> key of the text that says what is wrong."""
    pairs: tuple[Pair, ...] = ()
    """What it is about, where nothing is wrong."""

    @classmethod
    def checked(cls, services: Services, typed: WordFields) -> WordForm:
        """What was typed, with its errors or its pairs."""
        offers: dict[str, list[OfferKey]] = {}
        errors = _wrong_texts(typed)
        for name, text in (("left", typed.left), ("right", typed.right)):
            try:
                offers[name] = meant(services, text)
            except (InvalidInput, NotFound):
                errors[name] = "corrections.no_offer"
        if len(offers) == 2 and not set(offers["left"]).isdisjoint(offers["right"]):
            errors["right"] = "corrections.one_offer"
        pairs = () if errors else pairs_of(services, typed.word, offers["left"], offers["right"])
        return cls(typed.word, typed.left, typed.right, typed.author, typed.note, errors, pairs)


def _wrong_texts(typed: WordFields) -> dict[str, str]:
    errors = {}
    if typed.word not in {Word.SAME, Word.NOT_SAME}:
        errors["word"] = "corrections.no_word"
    for name, text, most in (("author", typed.author, LONGEST_AUTHOR), ("note", typed.note, LONGEST_NOTE)):
        if len(text) > most or not is_plain(text):
            errors[name] = "corrections.text"
    return errors


def meant(services: Services, text: str) -> list[OfferKey]:
    """The offers that somebody typed: one by its key, or those of a product by its id or address, first seen first.

    Raises:
        InvalidInput: neither.
        NotFound: no such product, or an offer that was never seen.
    """
    found = PRODUCT.fullmatch(text.strip())
    if found is not None:
        return offers_of(services, found[1])
    key = OfferKey.parse(text.strip())
    if key not in services.ledger.observations.current([key]):
        raise NotFound("offer", str(key))
    return [key]


def pairs_of(
    services: Services, word: str, left: Sequence[OfferKey], right: Sequence[OfferKey]
) -> tuple[Pair, ...]:
    """The pairs of which a word about two products is said: the first of each.

    Of products that are called otherwise only offers that are named come over: then every one is, up to `MOST_NAMED`.
    """
    here, there = _facts(services, left[:1]), _facts(services, right[:1])
    if word == Word.SAME and vetoes(here, there) and not unarguable(here, there):
        return tuple((left[0], one) for one in right[:MOST_NAMED])
    return ((left[0], right[0]),)


def _facts(services: Services, keys: Sequence[OfferKey]) -> Facts:
    current = services.ledger.observations.current(keys)
    return union(facts_of(services.indexer.reader.read(stored.offer)) for stored in current.values())


def offers_of(services: Services, product_id: str) -> list[OfferKey]:
    """The offers of a product, those that were seen first first.

    Raises:
        NotFound: no such product.
    """
    found = services.answers.data(product_id)
    return [OfferKey.parse(one["key"]) for one in sorted(found["offers"], key=lambda one: one["offer_id"])]
