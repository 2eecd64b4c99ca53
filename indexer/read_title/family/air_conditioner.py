"""Air conditioners: the full model code decides. KFR-35GW alone is a capacity class and never identifies (domain §2.4)."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family
from indexer.read_title.shared_rules import ENERGY_CLASS, HORSEPOWER

AIR_CONDITIONER: Final = Family(
    name="air_conditioner",
    cues=("空调", "挂机", "柜机", "空调挂机", "空调柜机", "变频空调", "挂壁式空调", "立式空调", "中央空调", "家用空调", "壁挂式空调", "移动空调",
        "air conditioner", "portable air conditioner", "split air conditioner", "window air conditioner", "inverter air conditioner"),
    hints=("冷暖", "单冷", "一拖二", "新风", "变频", "匹"),
    categories=("空调",),
    proof=r"kfr?d?-[0-9]{2,3}[gl]w|(?<![0-9])[0-9](?:\.[0-9])?匹",
    proof_hint="k匹",
    accessories=("挂机罩", "柜机罩", "空调防尘罩", "空调罩", "空调遥控器", "空调支架", "空调挡风板", "空调清洗剂", "空调滤网", "空调管", "空调被", "空调扇", "空调伴侣", "空调加氟",
        "空调清洗"),
    rules=(HORSEPOWER, ENERGY_CLASS),
    splits=("energy_class", "hp"),
    required=("model", "hp"),
    proves_goods=("mpn",),
    code=r"(?<![a-z0-9])(kfr?d?-[0-9]{2,3}[gl]w(?:/[a-z0-9()\-+]{2,20}(?<![(\-+]))?|kfr-[0-9]{2,3}/[a-z0-9]{3,16}|[a-z]{2,6}-[0-9]{2}[a-z0-9]{3,10}/[a-z0-9]{2,6}|[a-z]{3}-[a-z]{1,4}[0-9]{2,3}[a-z]{1,5}|(?!kfr)[a-z]{3,6}[0-9]{3}[a-z]{2,5}(?:-[a-z0-9]{1,3})?)(?![a-z0-9])",
    code_is_model=True,
    code_first=True,
    class_code=r"kfr?d?-[0-9]{2,3}[gl]w",
)  # fmt: skip
