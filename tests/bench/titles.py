"""Titles and offers read per CPU second, with nothing cached and again; and which step of reading takes how much of it."""

from __future__ import annotations

import cProfile
import pstats
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rapidfuzz.fuzz import token_sort_ratio

from catalog.listing import Offer
from indexer.read_title.reader import TitleReader
from tests.bench.bench import Bench
from tests.bench.figures import Figure, ratios
from tests.bench.prepared import open_ledger, seen
from tests.bench.seen_again import all_stored
from tests.bench.spent import in_child, stopwatch
from tests.bench.worlds import DEMO, TINY

STEPS = {
    "prepare": ("fold", "numerals", "prepare"),
    "phrases": ("phrases",),
    "noise, gifts, what it fits": ("noise", "spans", "draft", "blank"),
    "brand and family": ("brand", "family_of", "reader"),
    "rules and codes": ("extract", "declare", "shared_rules", "codes"),
    "model": ("models",),
    "quantity": ("quantity", "quantity_terms", "fractions"),
    "colour, condition, edition, kind": ("colour", "condition", "region", "kind"),
    "assemble": ("assemble", "settle", "case", "structured", "reading"),
}
"""Step -> the modules it is in, as README of the title reader has them; a family's own functions are rules."""
_AGAIN = 10
"""How often cached titles are read: once is too short to measure."""


@dataclass(frozen=True, slots=True)
class Round:
    """One repetition, each figure per CPU second."""

    titles: float
    cached: float
    offers: float
    compared: float
    """Titles normalised and compared as strings, which is the least that can be done without reading them."""


def measure(bench: Bench) -> list[Figure]:
    """Rates, the ratio to comparing strings, and the profile as a note."""
    prepared = seen(bench, TINY if bench.is_quick else DEMO)
    rounds = []
    for n in range(bench.repetitions):
        rounds.append(in_child(lambda: _round(prepared.data))[0])
        bench.say(f"titles {n + 1}/{bench.repetitions}: {rounds[-1].titles:,.0f} titles/s")
    profile = in_child(lambda: _profile(prepared.data))[0]
    told = ", ".join(f"{step} {share:.0f} %" for step, share in profile.items())
    uncached = Figure(
        "titles.uncached", "titles: bare titles, never read before", "titles/s/core",
        [r.titles for r in rounds], told,
    )  # fmt: skip
    compared = Figure(
        "titles.compared", "titles: normalised and compared as strings only", "titles/s/core",
        [r.compared for r in rounds], "NFKC, case folded, `token_sort_ratio` with the one before",
    )  # fmt: skip
    return [
        uncached,
        Figure("titles.cached", "titles: read before", "titles/s/core", [r.cached for r in rounds]),
        Figure(
            "titles.offers", "titles: offers with structured fields, never read before", "offers/s/core",
            [r.offers for r in rounds], f"{prepared.offers:,} offers",
        ),
        compared,
        ratios("titles.share", "titles: comparing strings over reading", compared, uncached),
    ]  # fmt: skip


def _round(data: Path) -> Round:
    offers = _offers(data)
    titles = list(dict.fromkeys(offer.listing.title for offer in offers))
    reader = _warm(offers)
    uncached = _per_s(lambda: [reader.read_text(title) for title in titles], len(titles))
    fields = _per_s(lambda: [reader.read(offer) for offer in offers], len(offers))
    keeping = TitleReader()
    for title in titles:
        keeping.read_text(title)
    again = titles * _AGAIN
    cached = _per_s(lambda: [keeping.read_text(title) for title in again], len(again))
    return Round(uncached, cached, fields, _per_s(lambda: _compared(titles), len(titles)))


def _compared(titles: Sequence[str]) -> float:
    plain = (unicodedata.normalize("NFKC", title).casefold() for title in titles)
    return max(token_sort_ratio(one, other) for one, other in pairwise(plain))


def _warm(offers: Sequence[Offer]) -> TitleReader:
    """A reader that keeps no reading, once through all: every family's and brand's patterns are compiled."""
    reader = TitleReader(cache_size=0)
    for offer in offers:
        reader.read(offer)
    return reader


def _offers(data: Path) -> list[Offer]:
    with open_ledger(data) as ledger:
        return [stored.offer for stored in all_stored(ledger)]


def _per_s(work: Callable[[], object], times: int) -> float:
    with stopwatch() as spent:
        work()
    return times / spent.cpu_s


# ── where it goes ────────────────────────────────────────────────────────────────────────────────


def _profile(data: Path) -> dict[str, float]:
    """Percent of the time in each step, as a profiler sees it: it makes calls look dearer than they are."""
    offers = _offers(data)
    reader = _warm(offers)
    profiler = cProfile.Profile()
    profiler.enable()
    for offer in offers:
        reader.read_text(offer.listing.title)
    profiler.disable()
    spent = _by_module(pstats.Stats(profiler))
    total = sum(spent.values())
    shares = {step: sum(spent[name] for name in names) / total * 100 for step, names in STEPS.items()}
    return dict(sorted(shares.items(), key=lambda entry: -entry[1]))


def _by_module(stats: pstats.Stats) -> Counter[str]:
    """Seconds in each module's own code; what is built in or generated counts where it was called from."""
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own_s, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file.endswith(".py"):
            spent[_module(file)] += own_s
            continue
        for (calling, _, _), (_, _, called_s, _) in callers.items():
            spent[_module(calling)] += called_s
    return spent


def _module(file: str) -> str:
    path = Path(file)
    return "declare" if path.parent.name == "family" else path.stem
