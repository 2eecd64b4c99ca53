"""Notebook computers: CPU, RAM, storage, GPU and screen split; the maker's part number is the strong id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from indexer.read_title.family.declare import Family, Rule, SeriesGrammar, Values, names, rule
from indexer.read_title.shared_rules import BATTERY, MEMORY, SCREEN_INCH

SERIES: Final = SeriesGrammar(
    series={
        "apple": names("MacBook Air", "MacBook Pro", "MacBook"),
        "asus": names(
            "天选 Air", "天选", "灵耀 X", "灵耀 Pro", "灵耀", "无畏 Pro", "无畏", "ROG 枪神=枪神", "ROG 魔霸=魔霸", "ROG 幻=ROG幻",
            "ROG 魔霸新锐=魔霸新锐",
            "飞行堡垒", "破晓", "a豆=adol", "Vivobook", "Zenbook", "TUF",
            "ROG 枪神超竞=枪神超竞", "ROG 幻 X=幻X", "ROG 西风之神=西风之神", "ProArt 创=ProArt创", "a豆 Air=a豆Air", "破晓 Pro=破晓Pro", "灵耀 Duo=灵耀双屏", "ExpertBook",
            "Vivobook S"),
        "dell": names("Latitude", "XPS", "灵越=Inspiron", "成就=Vostro", "游匣 G=游匣G", "Precision",
            "Alienware m=外星人m", "Alienware x=外星人x",
            "Alienware Aurora=外星人Aurora"),
        "lenovo": names(
            "小新 Pro=小新Pro", "小新 Air=小新Air", "小新", "拯救者 Y=拯救者Y", "拯救者 R=拯救者R", "YOGA Pro", "YOGA Air", "YOGA",
            "昭阳 X=昭阳X", "昭阳",
            "ThinkPad X1 Carbon", "来酷", "扬天 V=扬天V", "异能者",
            "YOGA 空灵=YOGA空灵", "昭阳 E=昭阳E", "扬天 S=扬天S", "扬天 M=扬天M", "IdeaPad", "GeekPro G=GeekProG", "LOQ", "IdeaPad Slim", "Legion"),
        "thinkpad": names(
            "X1 Carbon=X1Carbon", "X1 Nano", "X1 Yoga", "X1", "E", "T", "X", "P", "L", "S", "neo",
            "ThinkBook X=ThinkBookX", "ThinkBook",
            "X9", "Z", "R"),
        "hp": names("战66=战 66", "战99=战 99", "战X=战 X", "星 Book Pro=星BookPro", "星 Book=星Book", "星",
            "暗影精灵=OMEN", "光影精灵", "EliteBook", "ProBook", "ZBook", "Pavilion", "Spectre", "锐",
            "OmniBook Ultra", "OmniBook", "EliteBook Ultra", "Envy=薄锐", "光影精灵 Victus=Victus", "暗影精灵 MAX=暗影精灵MAX", "惠普小欧=小欧", "Dragonfly"),
        "huawei": names("MateBook X Pro", "MateBook X", "MateBook D", "MateBook B", "MateBook GT",
            "MateBook E", "MateBook",
            "MateBook Fold", "MateBook Pro"),
        "honor": names("MagicBook X", "MagicBook V", "MagicBook Pro", "MagicBook Art", "MagicBook", "猎人",
            "MagicBook Plus", "猎人游戏本 V=猎人V"),
        "xiaomi": names("Book Pro=笔记本 Pro=笔记本Pro", "Book Air=笔记本Air=笔记本 Air", "RedmiBook Pro", "RedmiBook",
            "笔记本"),
        "redmi": names("Book Pro=RedmiBook Pro=RedmiBookPro", "Book=RedmiBook", "G Pro", "G"),
        "acer": names("非凡 Go=非凡Go", "非凡 S=非凡S", "非凡", "掠夺者·擎=掠夺者擎", "掠夺者", "暗影骑士·擎=暗影骑士擎", "暗影骑士", "蜂鸟",
            "传奇",
            "非凡 X=非凡X", "掠夺者·战斧=掠夺者战斧", "掠夺者·刀锋=掠夺者刀锋", "蜂鸟 Fun=蜂鸟Fun", "暗影骑士·龙=暗影骑士龙", "Swift", "Aspire", "Nitro", "传奇 Young=传奇Young", "传奇 X=传奇X",
            "Predator Helios"),
        "msi": names("星影", "武士", "强袭", "绝影", "泰坦", "雷影",
            "Prestige", "Modern=摩登", "Katana", "Stealth", "Raider"),
        "microsoft": names("Surface Laptop Go", "Surface Laptop Studio", "Surface Laptop", "Surface Pro",
            "Surface Go",
            "Surface Book"),
        "mechrevo": names("极光 Pro", "极光 X", "极光", "蛟龙", "旷世", "翼龙", "无界", "耀世", "苍龙", "星耀",
            "极光 E=极光E", "极光 Z=极光Z", "旷世 G=旷世G"),
        "hasee": names("战神 Z=战神Z", "战神 S=战神S", "战神 T=战神T", "战神", "优雅",
            "战神 G=战神G", "战神 ZX=战神ZX", "战神 TX=战神TX", "精盾 X=精盾X", "精盾 U=精盾U", "优雅 X=优雅X"),
        "thunderobot": names("911", "猎刃", "黑武士", "ZERO",
            "911 Plus", "911 X=911X", "911 猎荒者=911猎荒者", "猎刃 S=猎刃S", "IGER"),
        "samsung": names("Galaxy Book",
            "Galaxy Book Pro", "Galaxy Book Ion", "Galaxy Book Flex"),
        "lg": names("gram",
            "gram Pro", "gram SuperSlim"),
        "gigabyte": names(
            "AORUS", "AERO=赢刃", "G",
        ),
        "razer": names(
            "灵刃=Blade",
        ),
        "colorful": names(
            "将星 X=将星X", "隐星 P=隐星P",
        ),
        "machenike": names(
            "T", "F", "G",
        ),
        "toshiba": names(
            "Portege", "Tecra",
        ),
    },
    bare=frozenset({
        "MacBook Air", "MacBook Pro", "X1 Carbon", "X1 Nano", "X1 Yoga", "MateBook X Pro", "YOGA", "非凡 Go",
        "Surface Laptop Go", "Surface Laptop",
        "ROG 魔霸新锐", "战66", "战99", "战X", "极光 X", "极光 Pro", "Surface Pro", "Book Pro", "MateBook E",
        "MateBook GT", "飞行堡垒", "gram", "G Pro",
    }),
    suffixes=(
        "pro=Pro", "max=Max", "ultra=Ultra", r"plus|\+=Plus", "air=Air", "carbon=Carbon", "nano=Nano",
        "yoga=Yoga", "slim=Slim", "se=SE", "2in1=2in1",
        "锐龙版=锐龙版", "酷睿版=酷睿版", "超能版=超能版", "竞技版=竞技版", "游戏版=游戏版", "gen\\s?([0-9]{1,2})=#",
        "五代=5代", "六代=6代", "七代=7代", "八代=8代", "九代=9代",
        r"第?[0-9]{1,2}代(?!\s?(?:酷睿|英特尔|锐龙|intel|i[3579]|r[3579]|ultra|cpu|处理器))=#",
    ),
    figure=r"(?!20[12][0-9](?![0-9]))[a-z]{0,2}[0-9]{1,4}[a-z]{0,3}",
    glued=r"(?=20[12][0-9](?![0-9])|m[1-5](?![a-z0-9]))",
    any_brand=True,
)  # fmt: skip


_SNAPDRAGON = re.compile(r"(?:骁龙\s?)?x1?\s?(elite|plus).*")


def _cpu(match: re.Match[str]) -> Values:
    if match["apple"]:
        return {
            "cpu": match["apple"]
            .upper()
            .replace(" PRO", " Pro")
            .replace(" MAX", " Max")
            .replace(" ULTRA", " Ultra")
        }
    if match["core"]:
        return {"cpu": match["core"] + (f"-{match['core_code'].upper()}" if match["core_code"] else "")}
    if match["ultra"]:
        code = f" {match['ultra_code'].upper()}" if match["ultra_code"] else ""
        return {"cpu": f"Ultra {match['ultra']}{code}"}
    if match["ryzen"]:
        return {
            "cpu": f"R{match['ryzen']}" + (f"-{match['ryzen_code'].upper()}" if match["ryzen_code"] else "")
        }
    other = match["other"]
    return {
        "cpu": _SNAPDRAGON.sub(lambda m: f"骁龙X {m[1].capitalize()}", other)
        if "x" in other
        else other.upper()
    }


CPU: Final = Rule(
    "cpu",
    re.compile(
        r"(?:(?<![a-z0-9])|(?<=air1[0-9])|(?<=pro1[0-9]))(?:"
        r"(?P<apple>m[1-5](?:\s(?:pro|max|ultra)(?![a-z]))?)(?=芯片|\s|$|[^a-z0-9])"
        r"|(?P<core>i[3579])(?:\s?-?\s?(?P<core_code>(?!20[12][0-9](?![0-9a-z]))[0-9]{4,5}[a-z]{0,2}[0-9]?))?(?![a-z0-9])"
        r"|(?:酷睿)?ultra\s?(?P<ultra>[579])(?:\s?-?(?P<ultra_code>[0-9]{3}[a-z]{1,2}))?(?![a-z0-9])"
        r"|(?:锐龙)?\s?r(?P<ryzen>[3579])(?:\s?-?\s?(?P<ryzen_code>(?:ai\s?)?(?!000)[0-9]{3,4}[a-z]{0,3}[0-9]?))?(?![a-z0-9])"
        r"|(?P<other>n[0-9]{2,4}(?=处理器|\s|$)|(?:骁龙\s?)?x1?\s?(?:elite|plus)(?:\s?(?P<snapdragon>x1[ep]-[0-9]{2}-[0-9]{3}))?(?![a-z]))"
        r")"
    ),
    _cpu,
)
GPU: Final = rule(
    "gpu",
    r"(?<![a-z0-9])((?:rtx|gtx|rx|mx)\s?[0-9]{3,4}(?:\s?ti(?![a-z])|\s?super|[ms](?![a-z]))?)",
    lambda text: text.upper().replace(" ", "").replace("TI", "Ti"),
)

_YEAR = re.compile(
    r"(?:(?<![0-9a-z.-])|(?<=[0-9][a-z]))(20[12][0-9])(?:\s?年?(?:款|新款|版|新版)|(?=\s|$|(?![年元人台件份套])[㐀-鿿]))"
)
"""A model year, also where it is glued to the model or to the next word: ``Y7000P2024游戏本``."""


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """A MacBook is told by its size and chip: MacBook Air 13 M3; model years split all others."""
    if model.startswith("MacBook"):
        inch = values.get("screen_inch", "").partition(".")[0]
        model = " ".join(
            part for part in (model, inch, values.get("cpu", "")) if part and part not in model.split()
        )
    year = _YEAR.search(text)
    return model, {"year": year[1]} if year else {}


LAPTOP: Final = Family(
    name="laptop",
    cues=("笔记本电脑", "lg gram", "macbook", "matebook", "magicbook", "redmibook", "thinkbook", "thinkpad", "笔记本", "轻薄本",
        "游戏本", "超极本", "商务本", "全能本", "创作本", "手提电脑", "工作站笔记本", "laptop", "notebook", "ultrabook", "电竞本", "学生本", "gaming laptop", "laptop computer", "notebook computer", "chromebook", "2-in-1 laptop"),
    hints=("surface laptop", "surface book", "骁龙x", "酷睿", "锐龙", "独显", "核显", "轻薄本", "固态", "显卡", "i5", "i7", "i9", "rtx", "16g内存", "处理器", "英特尔", "办公本"),
    categories=("笔记本", "笔记本电脑", "游戏本", "轻薄本", "电脑整机"),
    proof=(
        r"(?<![a-z0-9])(?:rtx\s?[0-9]{4}|i[3579]-?[0-9]{4,5}[a-z]{0,2}|r[3579]-?[0-9]{4}[a-z]{0,2}"
        r"|ultra\s?[579](?:\s?[0-9]{3}[a-z]|(?![0-9a-z]|\s?[成折新月]))|(?:酷睿|锐龙)\s?(?:ultra|[ir][3579]))"
    ),
    proof_hint="riu酷锐",
    accessories=("笔记本充电器", "电脑充电器", "充电器", "笔记本保护套", "电脑包", "内胆包", "键盘膜", "笔记本支架", "电脑支架", "笔记本内存条", "内存条", "电源适配器", "笔记本电池", "电脑贴膜", "屏幕膜",
        "散热底座", "散热器", "扩展坞", "笔记本壳", "电脑保护壳", "电脑膜", "laptop bag", "laptop sleeve", "laptop stand", "cooling pad", "laptop charger", "docking station", "keyboard cover"),
    rules=(SCREEN_INCH, CPU, GPU, *MEMORY, BATTERY),
    splits=("cpu", "gpu", "ram_gb", "screen_inch", "storage_gb", "year"),
    merges=("color", "grade"),
    required=("model", "ram_gb", "storage_gb"),
    proves_goods=("mpn", "ram_gb"),
    series=SERIES,
    code=r"(?<![a-z0-9])(m[a-z0-9]{4}[a-z]{1,2}/a|[a-z0-9]{5,10}-[a-z0-9]{3,10}(?<=[0-9])|2[01][a-z0-9]{8})(?![a-z0-9])",
    has_colour=True,
    finish=finish,
)  # fmt: skip
