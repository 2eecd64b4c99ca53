"""Televisions: the full model code decides; its leading figures are the screen size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, Values, names
from indexer.read_title.shared_rules import ENERGY_CLASS, MEMORY_PAIR, SCREEN_INCH

SERIES: Final = SeriesGrammar(
    series={
        "xiaomi": names("EA Pro", "EA", "ES Pro", "ES", "S Pro", "S", "A Pro", "A", "X", "大师=电视大师"),
        "redmi": names("MAX", "X", "A", "智能电视 X=智能电视X", "智能电视 A=智能电视A"),
        "huawei": names("智慧屏 V=智慧屏V", "智慧屏 S=智慧屏S", "智慧屏 SE=智慧屏SE", "智慧屏 Z=智慧屏Z", "Vision",
            "智慧屏 MateTV=MateTV", "MateTV"),
        "vidda": names("X", "R", "S", "Z", "发现 X=发现X", "NEW S",
            "X Mini", "NEW X", "C"),
        "ffalcon": names(
            "鹤 6=鹤6", "鹤 7=鹤7", "雀 5=雀5", "鹏 7=鹏7",
        ),
    },
    suffixes=("pro=Pro", r"plus|\+=Plus", "max=Max"),
    figure=r"[0-9]{1,3}[a-z]{0,2}",
    glued=r"(?=mini\s?led|[oq]led)",
)  # fmt: skip

CODE: Final = (
    r"(?<![a-z0-9.])((?:(?:led|lcd|l|le|lt|ua|qa|kd|xr|k|x|hz|oled|qn)-?)?(?:32|39|40|42|43|48|49|50|55|58|60|65|70|75|77|80|83|85|86|98|100|110|115)"
    r"-?[a-z][a-z0-9]{1,9}(?:-[a-z0-9]{1,4})?(?:\s(?:pro|plus|max|ultra|mini)(?![a-z]))?)(?![a-z0-9])"
)


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """The size in the code is the screen's, when no other is stated."""
    del text
    figures = "".join(c for c in model[:5] if c.isdigit())[:3]
    size = figures[:3] if figures[:2] in {"10", "11"} else figures[:2]
    if "screen_inch" not in values and len(size) >= 2 and model[: len(size)] == size:
        return model, {"screen_inch": size}
    return model, {}


TV: Final = Family(
    name="tv",
    cues=("电视", "电视机", "液晶电视", "智能电视", "平板电视", "网络电视", "平板液晶电视", "网络平板液晶电视", "智慧屏", "彩电", "艺术电视", "游戏电视",
        "television", "smart tv", "oled tv", "qled tv", "led tv", "4k tv", "uhd tv", "4k uhd tv", "mini led tv"),
    hints=("mini led", "miniled", "uled", "qled", "oled", "4k", "8k", "144hz", "120hz", "背光分区", "分区", "远场语音"),
    categories=("平板电视", "电视", "大家电"),
    accessories=("电视挂架", "电视支架", "电视遥控器", "电视罩", "电视柜", "电视盒子", "机顶盒", "电视底座", "挂架", "遥控器", "电视音响", "电视背景墙", "tv mount", "wall mount", "tv stand", "remote control", "tv wall mount"),
    rules=(SCREEN_INCH, MEMORY_PAIR, ENERGY_CLASS),
    splits=("screen_inch",),
    merges=("color", "ram_gb", "storage_gb", "energy_class"),
    required=("model", "screen_inch"),
    proves_goods=("mpn",),
    series=SERIES,
    code=CODE,
    code_is_model=True,
    code_first=True,
    finish=finish,
)  # fmt: skip
