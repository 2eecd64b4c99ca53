"""Refrigerators and freezers: the full model code decides. BCD-500W alone is a class and never identifies."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, rule
from indexer.read_title.shared_rules import ENERGY_CLASS, LARGE_MACHINE_CODE

VOLUME: Final = rule(
    "volume_l",
    r"(?<![0-9.a-z-])([1-9][0-9]{1,2})\s?(?:升|l(?![a-z0-9]))",
    lambda text: text if int(text) >= 20 else None,
    hint="升l",
)

FRIDGE: Final = Family(
    name="fridge",
    cues=("冰箱", "电冰箱", "家用冰箱", "双门冰箱", "三门冰箱", "多门冰箱", "四门冰箱", "对开门冰箱", "双开门冰箱", "十字门冰箱", "法式冰箱", "嵌入式冰箱",
        "小冰箱", "迷你冰箱", "单门冰箱", "美妆冰箱", "米家冰箱", "冰柜", "冷柜", "冰吧", "卧式冰柜", "立式冰柜", "冷藏柜", "冷冻柜",
        "refrigerator", "fridge", "freezer", "fridge freezer", "french door refrigerator", "mini fridge", "side-by-side refrigerator"),
    hints=("风冷无霜", "风冷", "无霜", "直冷", "对开门", "十字门", "十字对开门", "法式多门", "零嵌", "超薄嵌入", "制冰", "除菌净味", "双变频", "保鲜"),
    categories=("冰箱", "冷柜", "冰柜", "refrigerators"),
    proof=r"(?<![a-z])bcd-?[0-9]{2,3}",
    proof_hint="b",
    accessories=("冰箱托架", "冰箱底座", "冰箱除味剂", "冰箱除味盒", "冰箱收纳盒", "冰箱收纳", "冰箱贴", "冰箱底座", "冰箱密封条", "冰箱门封条", "冰箱防尘罩", "冰箱罩", "冰箱垫",
        "冰箱除臭", "冰箱温控器", "冰箱抽屉", "冰箱隔板", "除味剂", "water filter", "fridge deodorizer"),
    rules=(VOLUME, ENERGY_CLASS),
    splits=("energy_class", "volume_l"),
    required=("model",),
    proves_goods=("mpn",),
    code=LARGE_MACHINE_CODE,
    respelled=lambda code: f"BCD-{code[3:]}" if code[:3] == "BCD" and code[3:4].isdigit() else code,
    code_is_model=True,
    code_first=True,
    class_code=r"bcd-?[0-9]{2,3}w?",
)  # fmt: skip
