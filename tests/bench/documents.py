"""Documents for an index of any size: those of a practice world, multiplied without crawling.

Every copy is a product of its own: another id and number, its group's too, prices up to 5 % away, and other figures in
what names its model (iPhone 15 → iPhone 32, as in `worlds.py`; names without a figure get one), so that a model's name
finds as few products in a large index as in a small one, and the name of a kind of goods as many more as there are. The
payload is the original's with the same changes: as long, and as hard to compress, since copies of one product lie a
whole world apart.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from indexer.analyse.text import Analyser
from indexer.ports import Document
from tests.bench.bench import Bench
from tests.bench.prepared import Prepared, open_indexer, open_ledger
from tests.bench.seen_again import all_stored
from tests.bench.spent import in_child
from tests.bench.worlds import moved

_APART = 1_000_000
"""Between the numbers of two copies: more than a world has observations."""


@dataclass(frozen=True, slots=True)
class Original:
    """A document of the world."""

    document: Document
    naming: frozenset[str]
    """Those of its tokens that name its model."""
    payload: Mapping[str, Any]

    @property
    def offers(self) -> int:
        """How many it has."""
        return len(self.payload["offers"])


def originals_of(bench: Bench, prepared: Prepared) -> Path:
    """A file with the documents of everything in a prepared ledger; for `load`, in a child."""
    path = bench.folder / f"originals-{prepared.data.name}.pickle"
    if not path.exists():
        bench.say(f"matching {prepared.offers:,} offers into documents")
        in_child(lambda: _match(prepared, path))
    return path


def load(path: Path) -> list[Original]:
    """The documents in such a file."""
    found: list[Original] = pickle.loads(path.read_bytes())  # noqa: S301 - our own child wrote it
    return found


def multiplied(originals: list[Original], offers: int) -> Iterator[tuple[Document, int]]:
    """Documents with how many offers each has, until there are so many offers: all of the world, then all again."""
    made = 0
    for n in count():
        for original in originals:
            if made >= offers:
                return
            made += original.offers
            yield (_copy(original, n) if n else original.document), original.offers


def batches(documents: Iterable[tuple[Document, int]], offers: int) -> Iterator[tuple[list[Document], int]]:
    """Documents in lots of about so many offers."""
    lot: list[Document] = []
    held = 0
    for document, own in documents:
        lot.append(document)
        held += own
        if held >= offers:
            yield lot, held
            lot, held = [], 0
    if lot:
        yield lot, held


def _match(prepared: Prepared, path: Path) -> None:
    with open_ledger(prepared.data) as ledger:
        indexer = open_indexer(ledger, prepared.data)
        batch = indexer.projector().absorb(all_stored(ledger))
        documents = [one for one in batch.operations if isinstance(one, Document)]
    originals = []
    for document in documents:
        payload = orjson.loads(document.payload)
        originals.append(Original(document, _naming(document, payload["model"], indexer.analyser), payload))
    path.write_bytes(pickle.dumps(originals))


def _naming(document: Document, model: str | None, analyser: Analyser) -> frozenset[str]:
    """Figures of its model if it has any; without a model all figures that sellers wrote."""
    words = [token for token in document.tokens if token[1:2] != ":"]
    if model is not None:
        of_model = set(analyser.tokens(model))
        words = [token for token in words if token in of_model]
    figures = [token for token in words if _has_figure(token)]
    keys = [token for token in document.tokens if token.startswith("m:")]
    return frozenset(figures or (words if model is not None else [])) | frozenset(keys)


def _copy(original: Original, n: int) -> Document:
    document = original.document
    group = {"group": tuple(_other(one, n) for one in document.keywords.get("group", ()))}
    return replace(
        document,
        product_id=_other(document.product_id, n),
        number=document.number + n * _APART,
        tokens=tuple(_renamed(t, n) if t in original.naming else t for t in document.tokens),
        keywords={**document.keywords, **(group if "group" in document.keywords else {})},
        price_minor=None if document.price_minor is None else _price(document.price_minor, document, n),
        prices_minor={slug: _price(price, document, n) for slug, price in document.prices_minor.items()},
        suggestions=tuple(moved(text, n) for text in document.suggestions),
        payload=orjson.dumps(_payload(original, n)),
    )


def _payload(original: Original, n: int) -> dict[str, Any]:
    document, payload = original.document, original.payload
    group = payload["group_id"]
    return {
        **payload,
        "product_id": _other(document.product_id, n),
        "group_id": None if group is None else _other(group, n),
        "name": moved(payload["name"], n),
        "offers": [
            offer
            | {
                "offer_id": offer["offer_id"] + n * _APART,
                "observation_id": offer["observation_id"] + n * _APART,
                "key": f"{offer['key']}{n}",
                "title": _titled(offer["title"], n),
                "landed": offer["landed"]
                | {"total_minor": _price(offer["landed"]["total_minor"], document, n)},
            }
            for offer in payload["offers"]
        ],
    }


def _titled(title: str, n: int) -> str:
    """Other figures, as many: how long payloads are is measured."""
    changed = moved(title, n)
    return changed[: len(title)] if len(changed) > len(title) else changed


def _price(minor: int, document: Document, n: int) -> int:
    """Up to 5 % away, by the same share in all of a copy."""
    return max(1, minor * (1_000 + (n * 37 + document.number * 7) % 101 - 50) // 1_000)


def _other(name: str, n: int) -> str:
    """An id as long as this one, of the n-th copy."""
    return hashlib.blake2b(f"{name}/{n}".encode(), digest_size=16).hexdigest()[: len(name)]


def _renamed(token: str, n: int) -> str:
    return moved(token, n) if _has_figure(token) else f"{token}{n}"


def _has_figure(token: str) -> bool:
    return any(character.isdigit() for character in token)
