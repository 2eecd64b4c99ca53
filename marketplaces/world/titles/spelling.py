"""How a splitting attribute is written: 128GB, 12+256, 一级能效, 第七代, 53°. One function per attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marketplaces.world.dice import Dice
    from marketplaces.world.family import Value

_TIDY = ("jd", "shop")
_DIGITS = "零一二三四五六七八九十"

CONDITION = {
    "used": ("二手",),
    "open_box": ("准新", "仅激活", "仅拆封未使用"),
    "refurbished_official": ("官翻", "官方翻新", "官翻机"),
}
"""What a seller must say of goods that are not new."""
BOX_CONDITION = {
    "lego": ("盒损", "盒子破损", "瑕疵盒"),
    "sneakers": ("无盒", "全新无盒", "无鞋盒"),
    "tv": ("样机", "展示样机"),
}
REGION = {"hk": ("港版", "港行", "香港版"), "us": ("美版有锁", "美版 有锁"), "cn": ("国行",)}
EDITION = {"de": ("德国版", "德版", "德国原装进口"), "au": ("澳洲版", "澳版", "澳洲进口")}
GRADE = {"99新": ("99新", "9.9新", "九九新"), "95新": ("95新", "九五新"), "9成新": ("9成新", "九成新")}


def _gigabytes(value: Value, *, long: bool) -> str:
    terabytes, rest = divmod(int(value), 1024)
    number, letter = (terabytes, "T") if not rest else (int(value), "G")
    return f"{number}{letter}B" if long else f"{number}{letter}"


def memory(attrs: Mapping[str, Value], marketplace: str, dice: Dice) -> str:
    """RAM and storage, or storage alone where the model has one RAM size only."""
    storage = attrs["storage_gb"]
    tidy = marketplace in _TIDY
    if "ram_gb" not in attrs:
        text = _gigabytes(storage, long=tidy or dice.random() < 0.5)
        return text if tidy else dice.choice((text, text, text.lower() if text.endswith("G") else text))
    ram = attrs["ram_gb"]
    short, full = _gigabytes(storage, long=False), _gigabytes(storage, long=True)
    if tidy:
        return dice.choice((f"{ram}GB+{full}", f"{ram}GB+{full}", f"{ram}G+{short}"))
    bare = short.removesuffix("G")
    return dice.choice(
        (
            f"{ram}+{bare}",
            f"{ram}+{short}",
            f"{ram}G+{short}",
            f"{ram}GB+{full}",
            f"{ram}G/{short}",
            f"{ram}G {short}",
        )
    )


def laptop_memory(attrs: Mapping[str, Value], marketplace: str, dice: Dice) -> str:
    """RAM and disk of a computer: 16G内存512G固态, 32G 1TB."""
    short, full = _gigabytes(attrs["storage_gb"], long=False), _gigabytes(attrs["storage_gb"], long=True)
    ram = attrs["ram_gb"]
    if marketplace in _TIDY:
        return dice.choice((f"{ram}G {short}", f"{ram}GB {full}", f"{ram}GB+{full} SSD"))
    return dice.choice(
        (f"{ram}G+{short}", f"{ram}G {short}", f"{ram}G/{short}", f"{ram}G内存{short}固态", f"{ram}+{short}")
    )


def cpu(value: Value, dice: Dice) -> str:
    """The processor: Ultra5 as 酷睿Ultra5, i7-14650HX as it is, R9 as 锐龙R9, M3 as M3芯片."""
    name = str(value)
    if name.startswith("Ultra"):
        return dice.choice((f"酷睿{name}", name, f"{name[:5]} {name[5:]}"))
    if name.startswith("R"):
        return dice.choice((f"锐龙{name}", name))
    if name.startswith("M"):
        return dice.choice((f"{name}芯片", name))
    return dice.choice((f"酷睿{name}", name))


def gpu(value: Value, dice: Dice) -> str:
    """The graphics card: RTX4060, RTX 4060."""
    name = str(value)
    return dice.choice((name, name, f"{name[:3]} {name[3:]}", f"{name}独显"))


def inches(value: Value, marketplace: str, dice: Dice) -> str:
    """The diagonal: 75英寸, 75寸, 75吋."""
    return f"{value}英寸" if marketplace in _TIDY else f"{value}{dice.choice(('英寸', '英寸', '寸', '吋'))}"


def horse_power(value: Value, marketplace: str, dice: Dice) -> str:
    """The trade's 匹: 1.5匹, 大1.5P."""
    number = str(value).removesuffix("匹")
    return (
        f"{number}匹"
        if marketplace in _TIDY
        else dice.choice((f"{number}匹", f"{number}匹", f"{number}P", f"{number}p"))
    )


def energy(value: Value, dice: Dice) -> str:
    """The energy label: 一级能效, 新一级, 1级能效."""
    digit = int(value)
    zh = _DIGITS[digit]
    return dice.choice((f"{zh}级能效", f"新{zh}级能效", f"{digit}级能效", f"新{zh}级"))


def stage(value: Value, marketplace: str, dice: Dice) -> str:
    """The formula's stage: 3段, 三段, Pre段."""
    if isinstance(value, str):
        return f"{value}段"
    return (
        f"{value}段"
        if marketplace in _TIDY
        else dice.choice((f"{value}段", f"{value}段", f"{_DIGITS[int(value)]}段"))
    )


def strength(value: Value, marketplace: str, dice: Dice) -> str:
    """Alcohol by volume: 53度, 53°, 53%vol."""
    return (
        f"{value}度"
        if marketplace in _TIDY
        else dice.choice((f"{value}度", f"{value}度", f"{value}°", f"{value}%vol"))
    )


def generation(value: Value, dice: Dice) -> str:
    """The generation of a serum: 第七代, 七代, 第7代."""
    zh = _DIGITS[int(value)]
    return dice.choice((f"第{zh}代", f"第{zh}代", f"{zh}代", f"第{value}代"))


def connector(value: Value, dice: Dice) -> str:
    """The charging port."""
    if value == "USB-C":
        return dice.choice(("USB-C", "USB-C版", "Type-C接口", "USBC充电盒"))
    return dice.choice(("Lightning", "Lightning接口", "闪电接口"))


def noise_cancelling(value: Value, dice: Dice) -> str:
    """With or without: said either way, because both are sold under one name."""
    return dice.choice(
        ("主动降噪", "主动降噪版", "降噪版") if value else ("标准版", "非降噪版", "普通版", "标准款")
    )


def plies(value: Value, dice: Dice) -> str:
    """The layers of a tissue: 3层, 三层."""
    return dice.choice((f"{value}层", f"{_DIGITS[int(value)]}层"))


def letter(value: Value, marketplace: str, dice: Dice) -> str:
    """A diaper's size: L, L码, L号."""
    return (
        str(value)
        if marketplace in _TIDY
        else dice.choice((f"{value}", f"{value}", f"{value}码", f"{value}号"))
    )


def resolution(value: Value, marketplace: str, dice: Dice) -> str:
    """The panel: 4K, 2K, 1080P, and what else they are called."""
    if marketplace in _TIDY:
        return str(value)
    more = {"4K": ("4K超清", "4K"), "2K": ("2K", "2K高清"), "1080P": ("1080P", "FHD")}
    words: tuple[str, ...] = (str(value), *more.get(str(value), ()))
    return dice.choice(words)


def refresh_rate(value: Value, marketplace: str, dice: Dice) -> str:
    """The refresh rate: 165Hz, 165HZ, 165hz."""
    return f"{value}Hz" if marketplace in _TIDY else f"{value}{dice.choice(('Hz', 'Hz', 'HZ', 'hz'))}"


def kit(value: Value, marketplace: str, dice: Dice) -> str:
    """A camera's body alone, or the zoom that comes with it."""
    if value == "body":
        return dice.choice(
            ("单机身", "机身", "单机", "单机身（不含镜头）" if marketplace in _TIDY else "单机身")
        )
    return dice.choice(
        (
            f"{value}套机",
            f"{value} 套机" if marketplace in _TIDY else f"{value}套机",
            f"{str(value)[:-2]}套机",
        )
    )


def volumes(value: Value, dice: Dice) -> str:
    """How many volumes make the set: 全2册, 上下册, 共三册."""
    zh = _DIGITS[int(value)]
    both = ("上下册",) if value == 2 else ("上中下",)
    return dice.choice((f"全{value}册", f"全{zh}册" if value != 2 else "全两册", f"共{value}册", *both))


def edition_number(value: Value, dice: Dice) -> str:
    """第7版, 第七版, 第12版."""
    zh = f"十{_DIGITS[int(value) - 10]}" if int(value) > 10 else _DIGITS[int(value)]
    return dice.choice((f"第{value}版", f"第{value}版", f"第{zh}版"))


def litres(value: Value, marketplace: str, dice: Dice) -> str:
    """What a fridge holds: 501升, 501L."""
    return f"{value}升" if marketplace in _TIDY else f"{value}{dice.choice(('升', '升', 'L'))}"


def load(value: Value, marketplace: str, dice: Dice) -> str:
    """What a washing machine takes: 10公斤, 10kg, 10KG."""
    return f"{value}公斤" if marketplace in _TIDY else f"{value}{dice.choice(('公斤', '公斤', 'kg', 'KG'))}"


def concentration(value: Value, dice: Dice) -> str:
    """How much scent is in it: 浓香水 (EDP), 淡香水 (EDT), 古龙水."""
    return dice.choice(
        {
            "edp": ("浓香水", "浓香水", "浓香水EDP", "EDP"),
            "edt": ("淡香水", "淡香水", "淡香水EDT", "EDT"),
            "cologne": ("古龙水", "古龙香水"),
        }[str(value)]
    )


def network(value: Value, dice: Dice) -> str:
    """How a tablet or a watch gets into the net."""
    return dice.choice(
        {
            "wifi": ("WLAN版", "WiFi版", "WIFI版", "WLAN"),
            "cellular": ("蜂窝版", "WLAN+Cellular版", "蜂窝网络版", "蜂窝版"),
            "gps": ("GPS版", "GPS款", "GPS"),
        }[str(value)]
    )


def case_size(value: Value, marketplace: str, dice: Dice) -> str:
    """A watch case: 46mm, 46毫米."""
    return f"{value}毫米" if marketplace in _TIDY and dice.random() < 0.4 else f"{value}mm"


SPELL: Mapping[str, Callable[[Value, str, Dice], str]] = {
    "cpu": lambda value, _market, dice: cpu(value, dice),
    "gpu": lambda value, _market, dice: gpu(value, dice),
    "screen_inch": inches,
    "hp": horse_power,
    "energy_class": lambda value, _market, dice: energy(value, dice),
    "stage": stage,
    "abv": strength,
    "generation": lambda value, _market, dice: generation(value, dice),
    "connector": lambda value, _market, dice: connector(value, dice),
    "anc": lambda value, _market, dice: noise_cancelling(value, dice),
    "ply": lambda value, _market, dice: plies(value, dice),
    "size": letter,
    "resolution": resolution,
    "refresh_hz": refresh_rate,
    "kit": kit,
    "volumes": lambda value, _market, dice: volumes(value, dice),
    "edition_number": lambda value, _market, dice: edition_number(value, dice),
    "volume_l": litres,
    "load_kg": load,
    "concentration": lambda value, _market, dice: concentration(value, dice),
    "case_mm": case_size,
    "flavor": lambda value, _market, _dice: str(value),
    "scent": lambda value, _market, _dice: str(value),
}
"""Attribute -> (value, marketplace, dice) -> its words."""
