"""The `SearchEngine` port: one generation of a product index. All adapters pass tests/contract/test_search_engine.py.

Writers are one process per generation (`ledger.projections` leases it); readers are any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from indexer.query import Hit, Page, Query, Suggestion


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched and shown of one product."""

    product_id: str
    number: int
    """Unique, below 2**32; breaks ties in sort keys."""
    revision: int
    """Grows with every change; an older write never replaces a newer one."""
    tokens: tuple[str, ...]
    keywords: Mapping[str, tuple[str, ...]]
    """Of `indexer.query.KEYWORD_FIELDS`; a field that is not known is left out."""
    price_minor: int | None
    """Lowest comparable headline price; None when no offer has one."""
    prices_minor: Mapping[str, int]
    """The same per marketplace."""
    suggestions: tuple[str, ...]
    """Texts to complete typing with."""
    payload: bytes
    """Everything the page needs, as JSON; opaque to engines."""
    base_share: Fraction | None = None
    """Times a price: what one base of the goods costs, which is named by the keyword `unit`. None: no unit price."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A product that no longer exists."""

    product_id: str
    revision: int


Operation = Document | Removal


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that the engine will never take as it is."""

    product_id: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a batch of operations did."""

    written: int
    stale: int
    """Older than what is there: passed over, as it should be."""
    refused: tuple[Refusal, ...] = ()
    """Never taken: a dead letter each; the others were written."""


@dataclass(frozen=True, slots=True)
class Health:
    """How an engine is."""

    is_ready: bool
    documents: int
    detail: str = ""
    writes: str = "ok"
    """Why nothing can be written, where the engine knows; searches go on."""


class SearchEngine(Protocol):
    """One generation of the index."""

    def apply(self, operations: Iterable[Operation]) -> Applied:
        """Write a batch; when this returns, it is durable and the next search sees it.

        Raises:
            SearchUnavailable: nothing, or only part, may have been written; applying again is safe.
        """
        ...

    def search(self, query: Query) -> Page:
        """One page.

        Raises:
            SearchUnavailable: no answer within the deadline.
        """
        ...

    def candidates(self, queries: Sequence[Sequence[str]], *, limit: int) -> list[list[Hit]]:
        """For each list of tokens the products that share most of them, weighted by rarity: recall, not judgement."""
        ...

    def suggest(self, prefix: str, *, limit: int) -> list[Suggestion]:
        """Completions of folded text, most products first."""
        ...

    def get(self, product_ids: Sequence[str]) -> list[Hit]:
        """These products, in this order; unknown ones are left out."""
        ...

    def digest(self) -> str:
        """One value for the content of all documents: equal exactly when they are, byte for byte."""
        ...

    def health(self) -> Health:
        """Whether and how well it answers; never raises."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


class SearchStore(Protocol):
    """Where generations of the index live."""

    @property
    def is_shared(self) -> bool:
        """Whether several processes may write one generation at once; else one does."""
        ...

    def writer(self, generation: int, marketplaces: Sequence[str], version: str = "") -> SearchEngine:
        """Open, or make, a generation for writing. `marketplaces` get a price field of their own.

        Raises:
            SearchUnavailable: it cannot be opened now.
        """
        ...

    def reader(self, generation: int) -> SearchEngine:
        """Open a generation for reading.

        Raises:
            SearchUnavailable: it does not exist.
        """
        ...

    def activate(self, generation: int) -> None:
        """The ledger calls this generation the searched one: make it so for others that look at the store. Idempotent.

        Raises:
            SearchUnavailable: not now; the next follower does it.
        """
        ...

    def holds(self, generation: int) -> bool:
        """Whether the generation is there to be opened; False when it was never made, or is gone.

        Raises:
            SearchUnavailable: nobody can say now.
        """
        ...

    def generations(self) -> list[int]:
        """Every generation there is, half-built ones too."""
        ...

    def drop(self, generation: int) -> None:
        """Remove a generation; unknown ones are passed over."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...
