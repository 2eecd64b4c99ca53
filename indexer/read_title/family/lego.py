"""Building sets: the set number decides, of LEGO only; compatible sets carry numbers that identify nothing."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family
from indexer.read_title.shared_rules import AGE

LEGO: Final = Family(
    name="lego",
    cues=("积木", "拼装积木", "积木拼装", "积木玩具", "拼装玩具", "拼插积木", "颗粒积木", "机械组", "城市系列", "幻影忍者", "好朋友系列", "超级赛车",
        "得宝系列", "悟空小侠", "building set", "building blocks", "拼装模型", "building kit", "building toy", "building toy set", "construction set", "brick set"),
    hints=("高难度", "男孩礼物", "颗粒", "生日礼物", "玩具", "收藏", "18岁+", "科技系列", "星球大战", "哈利波特", "迪士尼"),
    categories=("积木", "拼插积木", "玩具", "积木拼插"),
    accessories=("展示盒", "防尘罩", "亚克力展示盒", "灯饰", "灯光", "积木底板", "积木收纳", "拆件器", "收纳盒", "展示架", "积木桌", "display case", "led light kit", "light kit", "display stand"),
    rules=(AGE,),
    splits=(),
    merges=("age_min",),
    required=("model",),
    pack_splits=False,
    contents=frozenset({Unit.BRICK}),
    unit_bases={Unit.BRICK: 1},
    counted={"颗": Unit.BRICK, "颗粒": Unit.BRICK, "粒": Unit.BRICK, "块": Unit.BRICK, "片": Unit.BRICK, "pcs": Unit.BRICK, "pieces": Unit.BRICK, "件": Unit.BRICK},
    whole=True,
    code=r"(?<![0-9a-z.])((?!20[12][0-9])[1-9][0-9]{3,5})(?!\s?(?:颗|粒|块|片|件|pcs|pieces|元|岁|张)|[0-9a-z.])",
    brand_codes={"lego": r"(?<![0-9a-z.])((?:10|11|21|30|31|40|41|42|43|60|70|71|72|75|76|77|80)[0-9]{3})(?![0-9a-z.元])"},
    code_needs_brand=True,
    code_is_model=True,
    code_first=True,
)  # fmt: skip
