"""How much is sold: the quantity grammar of domain §2.3.

``550ml*24瓶*2箱``, ``6罐装 每罐900克``, ``750g/30袋``, ``54+4片``, ``3kg*2瓶+500g*4袋``, ``12 x 1l``, ``pack of 4``.
A title is cut into *terms* (a figure and its unit or measure word) and the signs between them; terms that are
multiplied form a *chain*; chains are then put together. What is certain to be no contents is taken out before. Where
a title says two different things, nothing is concluded: a wrong pack is worse than a missing one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from catalog.quantity import Quantity, Unit
from indexer.read_title.blank import Span, blank
from indexer.read_title.quantity_terms import (
    HIGH,
    LARGEST_PACK,
    Measured,
    Term,
    bare_pieces_in,
    states_figures,
    terms_in,
)

LARGEST_PIECE: Final = 50
"""Grams or millilitres: a piece (颗, 片, 枚) that is heavier is the weight of all pieces together."""

LEAST_BOXFUL: Final = 1000
"""Grams: what weighs less is one of the things in the box."""

_LEAST_SHARE: Final = 4
"""Pieces given on top are at most a quarter of the base count."""
_BONUS = re.compile(
    r"[买拍]\s?(?P<buy>[0-9]+|[一二两三四五六])\s?(?P<of>[瓶罐盒箱包袋提件支桶片])?\s?(?P<verb>送|赠|得|发|到手|享)\s?(?P<get>[0-9]+|[一二两三四五六])\s?(?:[瓶罐盒箱包袋提件支桶片])?(?!\s?[g克m毫])"
)
_ON_TOP: Final = frozenset("送赠")
_COUNTED_GOODS = re.compile(r"[0-9]\s?(?:台|部|-?pack|pk|[只双套件个副]装)|pack of")
"""Goods that are counted, not measured, need one of these to be several; 10套 of a dishwasher are its room."""
_IN_BOXES: Final = frozenset("片粒颗丸支贴枚")
"""Measure words of what is sold by the box."""
_MACHINES: Final = frozenset({"台", "部", "pack", "packs", "pk"})
_HAN_DIGITS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}

_LARGE_UNSTATED = re.compile(r"整箱|整提|整件|箱装")


class Contents(NamedTuple):
    """What a text says is sold. `NOTHING` when it says nothing."""

    quantity: Quantity | None = None
    pack_count: int = 1
    total: Quantity | None = None
    is_mixed: bool = False
    """Different sizes together: there is a total, and no one quantity."""
    is_count_stated: bool = False
    is_ambiguous: bool = False
    """Two statements that cannot both hold, or a box of unstated size: the pack is unknown."""
    choices: tuple[str, ...] = ()
    """The sizes or packs named, where they contradict each other."""
    is_choice: bool = False
    """They are offered to choose from: 6罐/3罐."""
    low_counts: tuple[tuple[int, str], ...] = ()
    """(count, measure word) as stated, for putting a SKU's count and a title's together."""


NOTHING: Final = Contents()


class _Chain(NamedTuple):
    """Terms that are multiplied with one another."""

    size: Quantity | None
    counts: tuple[Term, ...]
    terms: tuple[Term, ...]
    packs: int
    """The product of `counts`."""

    @property
    def operator(self) -> str:
        return self.terms[0].operator


def contents_in(text: str, measured: Measured, untouched: str = "") -> tuple[Contents, list[Span]]:
    """What prepared text, with all else taken out, says is sold, and where.

    `untouched` is the text with nothing taken out: needed where a letter that means something else tells pieces (NB90).
    """
    if not states_figures(text) or not (measured.units or _COUNTED_GOODS.search(text)):
        return NOTHING, []
    bonus = _BONUS.search(text)
    if bonus:
        text = blank(text, [bonus.span()])
    terms = terms_in(text, measured, bare_pieces_in(measured, untouched))
    chains = [
        chain for group in _multiplied(terms, measured) if (chain := _chain(group, measured)) is not None
    ]
    if not measured.units:
        chains = [
            chain for chain in chains if chain.terms[-1].is_packed or chain.terms[-1].measure in _MACHINES
        ]
    contents = _together(chains, measured, is_whole_box=_LARGE_UNSTATED.search(text) is not None)
    if contents.is_ambiguous and _is_list(chains):
        contents = contents._replace(is_choice=True)
    if bonus and not any(term.is_total and term.size is None for term in terms):
        contents = _with_bonus(contents, bonus)
    explained = [(term.start, term.end) for chain in chains for term in chain.terms]
    return contents, [*explained, bonus.span()] if bonus else explained


def _is_list(chains: Sequence[_Chain]) -> bool:
    """``6罐/3罐``, ``550ml/1.5l``: like is listed beside like."""
    ends = ((a.terms[-1], b.terms[0]) for a, b in pairwise(chains))
    return any(b.operator == "/" and (a.size is None) == (b.size is None) for a, b in ends)


# ── chains ───────────────────────────────────────────────────────────────────────────────────────


def _multiplied(terms: Sequence[Term], measured: Measured) -> list[list[Term]]:
    groups: list[list[Term]] = []
    for term in terms:
        if not groups or not _continues(groups[-1], term, measured):
            groups.append([term])
        elif term.operator == "*" and (ahead := _said_ahead(groups[-1], term)):
            groups[-1:] = [groups[-1][:ahead], [*groups[-1][ahead:], term]]
        else:
            groups[-1].append(term)
    return groups


def _said_ahead(group: Sequence[Term], term: Term) -> int:
    """How many counts before the size say the same as the factor behind it: 24桶 of ``24桶 111g*12桶*2箱``."""
    size = next((i for i, t in enumerate(group) if t.size is not None), 0)
    ahead = group[:size]
    is_glued = all(t.operator != "*" for t in group[: size + 1])
    return size if is_glued and any(t.measure and t.measure == term.measure for t in ahead) else 0


def _continues(group: Sequence[Term], term: Term, measured: Measured) -> bool:
    has_size = any(t.size is not None for t in group)
    if term.operator == "*":
        return term.size is None or not has_size
    if term.operator == "/":
        is_amount = has_size or measured.unit_of(group[-1].measure) is not None
        return is_amount and term.size is None and not group[-1].per and not _same_measure(group, term)
    if term.operator != "":
        return False
    if term.size is not None:
        return not has_size and not group[-1].is_total
    if term.is_total or term.is_set or _same_measure(group, term):
        return False
    return has_size or term.is_high or measured.unit_of(group[0].measure) is not None


def _same_measure(group: Sequence[Term], term: Term) -> bool:
    return any(t.measure == term.measure for t in group)


def _chain(terms: Sequence[Term], measured: Measured) -> _Chain | None:
    counts = tuple([term for term in terms if term.size is None and term.figure.denominator == 1])
    for term in counts:
        if term.figure > LARGEST_PACK and not measured.unit_of(term.measure):
            return None
    place = next((i for i, term in enumerate(terms) if term.size is not None), None)
    if place is not None:
        return _counted(_size_of_one(terms, place, measured), counts, terms)
    for term in counts:
        unit = measured.unit_of(term.measure)
        if unit is not None and measured.singly:
            return _counted(Quantity(Fraction(1), unit), counts, terms)
        if unit is not None:
            others = tuple([other for other in counts if other is not term])
            among = next((o.figure for o in others if o.operator == "/" and o.start > term.start), 1)
            return _counted(Quantity(Fraction(term.figure) / among, unit), others, terms)
    return _counted(None, counts, terms) if counts else None


def _counted(size: Quantity | None, counts: tuple[Term, ...], terms: Sequence[Term]) -> _Chain:
    return _Chain(size, counts, tuple(terms), math.prod([int(term.figure) for term in counts]))


def _size_of_one(terms: Sequence[Term], place: int, measured: Measured) -> Quantity | None:
    """``750g/30袋`` and ``60颗 480g`` state the total; ``8g/颗 52颗`` and ``25ml 5片`` one piece."""
    sized, after = terms[place], terms[place + 1 : place + 2]
    if sized.size is None:
        return None
    if after and after[0].operator == "/":
        return _share(sized.size, after[0].figure)
    pieces = next((t for t in terms if t is not sized and measured.unit_of(t.measure)), None)
    is_one = sized.per or sized.is_each or any(term.operator == "*" for term in terms)
    if pieces is not None and not is_one and sized.size.amount > LARGEST_PIECE:
        return _share(sized.size, pieces.figure)
    return sized.size


def _share(whole: Quantity, among: int | Fraction) -> Quantity:
    return Quantity(whole.amount / among, whole.unit)


def _times(size: Quantity, count: int) -> Quantity:
    if count == 1:
        return size
    amount = size.amount  # multiplied as whole numbers: half the time of a fraction's own multiplication
    return Quantity(Fraction(amount.numerator * count, amount.denominator), size.unit)


# ── together ─────────────────────────────────────────────────────────────────────────────────────


def _together(chains: Sequence[_Chain], measured: Measured, *, is_whole_box: bool) -> Contents:
    sized = _measured_first([chain for chain in chains if chain.size is not None])
    loose = [chain for chain in chains if chain.size is None]
    if not sized:
        return _only_counts(loose)
    if len(sized) + len(loose) < len(chains):
        loose += [_as_counts(chain) for chain in chains if chain.size is not None and chain not in sized]
    if loose and any(chain.operator == "/" for chain in sized):
        return Contents(is_ambiguous=True, choices=_choices((*sized, *loose)))  # 10包/1428g: each, or in all?
    size = sized[0].size
    if size is not None and all(chain.size == size for chain in sized[1:]):
        return _one_size(size, sized, loose, measured, is_whole_box=is_whole_box)
    return _several_sizes(sized, loose, measured)


def _measured_first(sized: list[_Chain]) -> list[_Chain]:
    """Weights and volumes are the contents where both are named; pieces count them (52颗 8g/颗) unless added."""
    if len(sized) < 2:
        return sized
    solid = [chain for chain in sized if any(term.size is not None for term in chain.terms)]
    is_sum = any(chain.operator == "+" for chain in sized[1:])
    return sized if is_sum else solid or sized


def _as_counts(chain: _Chain) -> _Chain:
    """``30枚`` beside a weight counts pieces."""
    return _counted(None, tuple([term for term in chain.terms if term.size is None]), chain.terms)


def _only_counts(loose: Sequence[_Chain]) -> Contents:
    values = {chain.packs for chain in loose}
    if not values:
        return NOTHING
    count = values.pop() if len(values) == 1 else _explicit_total(loose) or _boxes_of(loose)
    if count is None:
        return Contents(is_ambiguous=True, choices=_choices(loose))
    return Contents(pack_count=count, is_count_stated=True, low_counts=_stated_counts(loose))


def _explicit_total(chains: Sequence[_Chain]) -> int | None:
    """``共24瓶``, ``到手6罐``."""
    totals = {chain.packs for chain in chains if chain.terms[0].is_total}
    return totals.pop() if len(totals) == 1 else None


def _boxes_of(chains: Sequence[_Chain]) -> int | None:
    """``24瓶 … 2箱``: packs, and boxes of them."""
    if len(chains) != 2 or chains[0].terms[-1].is_high or not chains[1].terms[-1].is_high:
        return None
    return chains[0].packs * chains[1].packs


def _stated_counts(chains: Iterable[_Chain]) -> tuple[tuple[int, str], ...]:
    return tuple(dict.fromkeys([(int(t.figure), t.measure) for chain in chains for t in chain.counts]))


def _choices(chains: Sequence[_Chain]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{chain.size or ''}x{chain.packs}" for chain in chains))


def _one_size(
    size: Quantity,
    sized: Sequence[_Chain],
    loose: Sequence[_Chain],
    measured: Measured,
    *,
    is_whole_box: bool,
) -> Contents:
    low_counts = _stated_counts((*sized, *loose))
    pieces = _pieces_of_total(size, sized, loose, measured)
    if pieces is not None:
        return Contents(_share(size, pieces), pieces, size, is_count_stated=True, low_counts=low_counts)
    if measured.whole:
        return Contents(size, 1, size, low_counts=low_counts)
    count = _count_of(sized)
    if count is not None:
        count = _with_loose(count, max(sized, key=lambda chain: chain.packs), loose)
    if count is None:
        return Contents(size, is_ambiguous=True, choices=_choices((*sized, *loose)))
    if is_whole_box and not low_counts and not _is_boxful(size):
        return Contents(size, is_ambiguous=True)  # a box of an unstated number
    return Contents(size, count, _times(size, count), is_count_stated=bool(low_counts), low_counts=low_counts)


def _is_boxful(size: Quantity) -> bool:
    """``10斤整箱``: food by the kilogram, its weight is that of the box."""
    return size.unit is Unit.GRAM and size.amount >= LEAST_BOXFUL


def _pieces_of_total(
    size: Quantity, sized: Sequence[_Chain], loose: Sequence[_Chain], measured: Measured
) -> int | None:
    """``鸡蛋30枚 净重3斤``: the weight of all pieces together."""
    pieces = [chain for chain in loose if measured.unit_of(chain.terms[0].measure)]
    if len(pieces) != 1 or len(sized) != 1 or sized[0].counts:
        return None
    is_total = sized[0].terms[0].is_total or size.amount > LARGEST_PIECE
    return pieces[0].packs if is_total else None


def _count_of(sized: Sequence[_Chain]) -> int | None:
    """How often one size is named in all: ``5l+5l`` twice; ``900g*3罐 … 900g*6罐`` is no answer."""
    if len(sized) == 1:
        return sized[0].packs
    counts = {chain.packs for chain in sized}
    if len(sized) > 1 and all(chain.operator == "+" for chain in sized[1:]):
        return sum(chain.packs for chain in sized)
    return max(counts) if len(counts - {1}) <= 1 else None


def _with_loose(count: int, base: _Chain, loose: Sequence[_Chain]) -> int | None:
    """The pack with counts stated elsewhere in the title: 【6罐装】…900克, 550ml*12瓶 … 2箱, …24瓶 整箱24瓶."""
    if not loose:
        return count
    loose = [chain for chain in loose if not _says_again(chain, count, base)]
    total = next((chain.terms[0] for chain in loose if chain.terms[0].is_total), None)
    if total is not None and _explicit_total(loose) is not None:
        return _in_all(total, count, base)
    stated = {int(term.figure) for term in base.counts} | {count}
    holds = [chain for chain in loose if chain.terms[-1].is_high or _is_box_of(chain, base)]
    low = {chain.packs for chain in loose if chain not in holds} - stated
    high = {chain.packs for chain in holds} - stated - {1}
    if len(low) > 1 or len(high) > 1:
        return None
    if low and count > 1:
        product = count * next(iter(high), 0)
        return product if low == {product} else None
    count = next(iter(low), count)
    if high and any(term.is_high for term in base.counts):
        return None
    return count * next(iter(high), 1)


def _is_box_of(chain: _Chain, base: _Chain) -> bool:
    """``【3盒装】… 0.25g*16粒``: boxes of what the base counts one by one."""
    measures = {term.measure for term in base.counts}
    return chain.terms[-1].measure == "盒" and bool(measures) and measures <= _IN_BOXES


def _says_again(chain: _Chain, count: int, base: _Chain) -> bool:
    """``两箱48罐`` beside 24罐*2箱: the pack is stated once more, in other words."""
    figures = {int(term.figure) for term in chain.counts}
    return len(figures) > 1 and count in figures and figures - {count} <= {int(t.figure) for t in base.counts}


def _in_all(total: Term, count: int, base: _Chain) -> int:
    """``24瓶 … 到手48瓶`` are 48; ``15瓶 … 到手2箱``, ``8袋 … 到手3盒`` count what holds the pack."""
    figure = int(total.figure)
    measures = {term.measure for term in base.counts}
    if not base.counts or total.measure in measures or (measures == {""} and figure >= count):
        return figure
    return count * figure


def _several_sizes(sized: Sequence[_Chain], loose: Sequence[_Chain], measured: Measured) -> Contents:
    answer = _total_and_part(sized) or _total_and_each(sized, loose) or _promotional(sized)
    if answer is not None:
        return answer
    joined = all(chain.operator == "+" for chain in sized[1:])
    count = sum(chain.packs for chain in sized)
    if joined and (_is_extra(sized, measured) or measured.whole):
        total = _sum(sized)
        return Contents(total, 1, total)
    is_set = all(chain.operator in {"", "+"} for chain in sized[1:]) and [
        chain.packs for chain in loose[:1]
    ] == [count]
    if joined or is_set:
        return Contents(None, count, _sum(sized), is_mixed=True, is_count_stated=True)
    return Contents(is_ambiguous=True, choices=_choices(sized))


def _sum(sized: Sequence[_Chain]) -> Quantity | None:
    """All contents together; None where they have different units."""
    sizes = [(chain.size, chain.packs) for chain in sized if chain.size is not None]
    units = {size.unit for size, _ in sizes}
    if len(units) != 1:
        return None
    return Quantity(sum((size.amount * count for size, count in sizes), Fraction(0)), units.pop())


def _promotional(sized: Sequence[_Chain]) -> Contents | None:
    """``L54片 增量装 54+4片``: a promotional count replaces the base count that it begins with."""
    inner = [chain for chain in sized if any(term.is_inner_sum for term in chain.terms)]
    others = [chain.size.amount for chain in sized if chain not in inner and chain.size is not None]
    size = inner[0].size if len(inner) == 1 else None
    if size is None or any(amount >= size.amount for amount in others):
        return None
    count = inner[0].packs
    return Contents(size, count, _times(size, count), is_count_stated=count > 1)


def _is_extra(sized: Sequence[_Chain], measured: Measured) -> bool:
    """``50片+8片``: a few pieces more in the same pack; two packs of different sizes are nearer to each other."""
    if len(sized) != 2 or any(chain.counts or not chain.size for chain in sized):
        return False
    if not all(measured.unit_of(chain.terms[0].measure) for chain in sized):
        return False
    first, second = (chain.size.amount for chain in sized if chain.size)
    return second * _LEAST_SHARE <= first


def _total_and_part(sized: Sequence[_Chain]) -> Contents | None:
    """``净含量750g 25g*30袋``: one statement is the total of another."""
    if len(sized) != 2:
        return None
    for whole, part in (sized, sized[::-1]):
        if (
            whole.size is None
            or part.size is None
            or whole.size.unit is not part.size.unit
            or whole.packs != 1
        ):
            continue
        if whole.size.amount == part.size.amount * part.packs and part.packs > 1:
            return Contents(
                part.size, part.packs, whole.size, is_count_stated=True, low_counts=_stated_counts([part])
            )
    return None


def _total_and_each(sized: Sequence[_Chain], loose: Sequence[_Chain]) -> Contents | None:
    """``100片 整箱4包 每包25片``: the total, the packs and the contents of each say one thing."""
    if len(sized) != 2 or len(loose) != 1:
        return None
    count = loose[0].packs
    for whole, part in (sized, sized[::-1]):
        is_each = part.terms[0].is_each and part.packs == whole.packs == 1
        if is_each and whole.size and part.size and whole.size == _times(part.size, count) and count > 1:
            return Contents(
                part.size, count, whole.size, is_count_stated=True, low_counts=_stated_counts(loose)
            )
    return None


def _with_bonus(contents: Contents, bonus: re.Match[str]) -> Contents:
    """买a送b of the same goods is a+b packs, unless the stated count already says so (domain §2.3)."""
    buy, get = (_number(bonus[name]) for name in ("buy", "get"))
    together = buy + get if bonus["verb"] in _ON_TOP else get  # 拍1发2 is two in all
    if contents.is_ambiguous or contents.is_mixed or buy < 1 or not buy < together <= LARGEST_PACK:
        return contents
    stated = {count for count, _ in contents.low_counts} | {contents.pack_count}
    if contents.is_count_stated and (together in stated or buy > 1):
        return contents  # 6罐 买5送1; or a promotion on several of what is offered
    count = contents.pack_count * together
    total = _times(contents.quantity, count) if contents.quantity else None
    return contents._replace(pack_count=count, is_count_stated=True, total=total)


def _number(text: str) -> int:
    return _HAN_DIGITS.get(text) or int(text)


def combined(title: Contents, sku: Contents) -> Contents:
    """The contents of one offer whose narrower field (`sku`) leaves out what the title says: 900g and 6罐."""
    if sku.is_mixed or sku.is_ambiguous:
        return sku
    if sku.quantity is not None:
        return _narrower_size(title, sku, sku.quantity)
    if not sku.is_count_stated:
        return title
    count = sku.pack_count
    if title.quantity is None or title.is_mixed:
        return Contents(pack_count=count, is_count_stated=True, low_counts=sku.low_counts)
    if _counts_boxes(title, sku):
        count *= title.pack_count
    return Contents(
        title.quantity, count, _times(title.quantity, count), is_count_stated=True, low_counts=sku.low_counts
    )


def _narrower_size(title: Contents, sku: Contents, size: Quantity) -> Contents:
    if sku.is_count_stated or title.is_ambiguous or not title.is_count_stated:
        return sku
    if title.quantity in {None, size}:
        return Contents(
            size,
            title.pack_count,
            _times(size, title.pack_count),
            is_count_stated=True,
            low_counts=title.low_counts,
        )
    return title if size == title.total else sku


def _counts_boxes(title: Contents, sku: Contents) -> bool:
    """``2箱`` of a title's 24瓶 are 48; ``6罐`` beside a title's 4罐 is another pack."""
    measures = {measure for _, measure in sku.low_counts}
    in_title = {measure for _, measure in title.low_counts}
    is_high = bool(measures) and all(HIGH.fullmatch(measure) for measure in measures)
    return title.pack_count > 1 and is_high and not measures & in_title
