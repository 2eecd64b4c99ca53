"""What sellers add that is no attribute: promises, claims, presents, emoji, full-width and traditional characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marketplaces.world.dice import Dice

PROMISES = {
    "taobao": (
        "【顺丰包邮】",
        "【当天发货】",
        "【官方正品】",
        "【现货速发】",
        "【正品保证】",
        "【限时特惠】",
        "【新品上市】",
        "【官方直营】",
    ),
    "pinduoduo": (
        "【百亿补贴】",
        "【百亿补贴】",
        "【正品】",
        "【官方正品】",
        "【假一赔十】",
        "【今日特价】",
        "【限时秒杀】",
        "【全网低价】",
        "【品牌授权】",
        "【百亿补贴】【正品】",
        "[官方正品]",
    ),
}
CLAIMS = {
    "taobao": (
        "官方旗舰店",
        "官方正品",
        "正品保障",
        "包邮",
        "现货",
        "官网",
        "旗舰店",
        "专柜正品",
        "正品",
        "新款",
        "官方",
        "热销爆款",
    ),
    "pinduoduo": (
        "假一赔十",
        "正品保证",
        "包邮",
        "极速发货",
        "现货速发",
        "七天无理由",
        "售后无忧",
        "官方正品",
        "品牌直发",
        "送运费险",
    ),
    "jd": ("京东配送", "次日达", "正品保障"),
}
PLAIN_CLAIMS = ("包邮", "现货速发", "支持验货")
"""For goods that are used or of another region, where a flagship's words would be a lie."""
EMOJI = ("🔥", "✅", "❤️", "⭐", "🎁", "💥")

_TRADITIONAL = str.maketrans(
    "苹国机电脑视笔记无线蓝降边开启双绿红黄纸类号码颜亚罗兰专显卖场买过发广东时现货顺丰当独单实体后图华为荣耀韩连尔赫莲关复网学钛属戏",
    "蘋國機電腦視筆記無線藍降邊開啟雙綠紅黃紙類號碼顏亞羅蘭專顯賣場買過發廣東時現貨順豐當獨單實體後圖華為榮耀韓連爾赫蓮關複網學鈦屬戲",
)


def full_width(text: str) -> str:
    """Letters and digits in their full-width forms, as some input methods leave them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def traditional(text: str) -> str:
    """Common characters in their traditional form."""
    return text.translate(_TRADITIONAL)


def present(gifts: tuple[str, ...], dice: Dice) -> str:
    """Another article thrown in; worth nothing in a comparison."""
    return f"{dice.choice(('送', '赠', '送', '买就送', '加送'))}{dice.choice(gifts)}"


def dress(title: str, marketplace: str, dice: Dice, *, region: str | None) -> str:
    """The finished title after the accidents of typing."""
    roll = dice.random()
    if region == "hk" and marketplace != "jd" and roll < 0.3:
        return traditional(title)
    if marketplace == "pinduoduo" and roll < 0.05:
        return dice.choice(EMOJI) + title
    if marketplace in ("taobao", "pinduoduo") and roll > 0.993:
        return full_width(title)
    return title
