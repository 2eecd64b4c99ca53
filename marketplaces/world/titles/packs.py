"""How contents and counts are written: 550ml*24瓶, 整箱24瓶, 每箱12瓶*2箱, 六罐装 每罐900克, 买5送1, 46+2片."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marketplaces.world.dice import Dice

_NUMERAL = "零一两三四五六七八九十"
_TIDY = ("jd", "shop")


@dataclass(frozen=True, slots=True)
class Contents:
    """What one parcel holds."""

    amount: float
    unit: str
    """g, ml, piece or sheet."""
    count: int
    containers: tuple[str, ...]
    """Measure words for one unit, the usual one first."""
    piece: str = "片"
    """Measure word of the pieces in one unit: 粒, 枚, 只."""
    strength: str = ""
    """What one piece holds, as it stands before their number: 0.3g in 0.3g*24粒."""


def _number(value: float) -> str:
    return f"{value:g}" if value != int(value) else str(int(value))


def numeral(count: int) -> str:
    """A small count in Chinese, as before a measure word (two is 两)."""
    return _NUMERAL[count]


def size(contents: Contents, marketplace: str, dice: Dice) -> str:
    """The contents of one unit: 550ml, 550毫升, 0.55L, 900克, 1kg, 2斤, 54片, 110抽."""
    tidy = marketplace in _TIDY and dice.random() < 0.85
    return _SIZE[contents.unit](contents, tidy=tidy, dice=dice)


def _millilitres(contents: Contents, *, tidy: bool, dice: Dice) -> str:
    n = _number(contents.amount)
    litres = _number(contents.amount / 1000)
    if contents.amount >= 1000:
        return f"{litres}L" if tidy else dice.choice((f"{litres}L", f"{litres}升", f"{n}ml", f"{litres}L"))
    if tidy:
        return f"{n}ml"
    rare = (f"{litres}L",) if contents.amount >= 300 and dice.random() < 0.35 else ()
    words: tuple[str, ...] = (f"{n}ml", f"{n}ml", f"{n}毫升", f"{n}ML", *rare)
    return dice.choice(words)


def _grams(contents: Contents, *, tidy: bool, dice: Dice) -> str:
    n = _number(contents.amount)
    if contents.amount >= 1000:
        kilos = _number(contents.amount / 1000)
        jin = _number(contents.amount / 500)
        return f"{kilos}kg" if tidy else dice.choice((f"{kilos}kg", f"{n}g", f"{jin}斤", f"{kilos}公斤"))
    jin_word = ("一斤装500g",) if contents.amount == 500 else ()
    return f"{n}g" if tidy else dice.choice((f"{n}g", f"{n}g", f"{n}克", f"{n}G", *jin_word))


def _pieces(contents: Contents, *, tidy: bool, dice: Dice) -> str:
    n = int(contents.amount)
    if contents.strength or contents.piece != "片":
        sign = "*" if tidy else dice.choice(("*", "*", "x", "×"))
        return f"{contents.strength}{sign if contents.strength else ''}{n}{contents.piece}"
    bonus = dice.choice((2, 4))
    plus = not tidy and dice.random() < 0.1
    return f"{n - bonus}+{bonus}片" if plus else f"{n}片"


def _sheets(contents: Contents, *, tidy: bool, dice: Dice) -> str:
    n = int(contents.amount)
    return f"{n}抽" if tidy else dice.choice((f"{n}抽", f"{n}抽", f"{n}张"))


_SIZE = {"ml": _millilitres, "g": _grams, "piece": _pieces, "sheet": _sheets}


def pack(contents: Contents, marketplace: str, dice: Dice) -> str:
    """Contents and count of the whole parcel, in one of the ways sellers write it."""
    word = dice.choice(contents.containers)
    one = size(contents, marketplace, dice)
    if contents.count == 1:
        return _single(one, word, contents, marketplace, dice)
    if marketplace in _TIDY and dice.random() < 0.8:
        return f"{one}*{contents.count}{word}"
    forms = _many(one, word, contents, dice)
    return dice.choice(forms)


def _single(one: str, word: str, contents: Contents, marketplace: str, dice: Dice) -> str:
    if contents.unit in ("piece", "sheet") or marketplace in _TIDY:
        return dice.choice((one, one, f"{one}/{word}", f"{one}*1{word}"))
    return dice.choice(
        (one, f"{one}/{word}", f"{one}*1{word}", f"{one} 单{word}装", f"{one}1{word}", f"1{word}装{one}")
    )


def _times(dice: Dice) -> str:
    return dice.choice(("*", "*", "*", "x", "×", "X", " x ", " X ", "＊", " "))


def _many(one: str, word: str, contents: Contents, dice: Dice) -> tuple[str, ...]:
    n = contents.count
    forms = [f"{one}{_times(dice)}{n}{word}"] * 5 + [
        f"{one} {n}{word}装",
        f"{one}*{n}{word}装",
        f"{n}{word}装 每{word}{one}",
    ]
    if n <= 10:
        forms += [f"{one}{numeral(n)}{word}装", f"{numeral(n)}{word}装 每{word}{one}"]
    if contents.unit in ("ml", "sheet") and n >= 6:
        forms += [f"{one}整箱{n}{word}", f"{one}*{n}{word}整箱"] * 2
    return (*forms, *_boxed(one, word, n), *_bonus(one, word, contents), *_total(contents, word))


def _boxed(one: str, word: str, n: int) -> tuple[str, ...]:
    """Boxes of a usual size: 48 bottles as 24瓶*2箱."""
    for box in (24, 12):
        if n % box == 0 and n > box:
            return (f"{one}*{box}{word}*{n // box}箱", f"{one} 每箱{box}{word}*{n // box}箱")
    return ()


def _bonus(one: str, word: str, contents: Contents) -> tuple[str, ...]:
    """The same goods again as a present: 买5送1 is six."""
    n = contents.count
    if contents.unit == "sheet" or n not in (4, 6):
        return ()
    return (f"{one}/{word} 买{n - 1}送1 到手{n}{word}", f"{one} 买{n - 1}{word}送1{word}")


def _total(contents: Contents, word: str) -> tuple[str, ...]:
    """Total over count, as on diaper packs: 108片/2包."""
    if contents.unit != "piece" or contents.strength or contents.piece != "片":
        return ()
    return (f"{int(contents.amount) * contents.count}片/{contents.count}{word}",)


def count(contents: Contents, dice: Dice) -> str:
    """The count alone, for a bracket in front: 6罐装, 六罐, 24瓶."""
    word = contents.containers[0]
    n = contents.count
    forms = [f"{n}{word}", f"{n}{word}装"] + ([f"{numeral(n)}{word}装"] if n <= 10 else [f"整箱{n}{word}"])
    return dice.choice(forms)
