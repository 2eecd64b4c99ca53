"""Household machines that have no family of their own: the maker's model code decides."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, SeriesGrammar, names
from indexer.read_title.shared_rules import ENERGY_CLASS, MACHINE_CODE

SERIES: Final = SeriesGrammar(
    series={
        "dyson": names("V", "Gen"),
        "roborock": names("G", "P", "T", "A", "V"),
        "ecovacs": names("T", "X", "N", "地宝 T=地宝T", "地宝 X=地宝X"),
        "dreame": names("X", "S", "L", "H", "M"),
        "tineco": names("芙万=", "FLOOR ONE"),
    },
    suffixes=("pro=Pro", r"plus|\+=Plus", "max=Max", "ultra=Ultra", "slim=Slim", "fluffy=Fluffy",
        "absolute=Absolute", "detect=Detect", "submarine=Submarine"),
    figure=r"[0-9]{1,4}[a-z]{0,2}",
)  # fmt: skip

APPLIANCE: Final = Family(
    name="appliance",
    cues=(
        "家用电器", "电饭煲", "电饭锅", "电压力锅", "高压锅", "油烟机", "抽油烟机", "燃气灶", "烟灶套装", "洗碗机", "热水器", "燃气热水器",
        "电热水器", "吸尘器", "扫地机器人", "扫地机", "洗地机", "吹风机", "电吹风", "剃须刀", "电动剃须刀", "电动牙刷", "空气净化器", "净水器", "微波炉",
        "烤箱", "蒸烤箱", "豆浆机",
        "破壁机", "榨汁机", "空气炸锅", "电磁炉", "电水壶", "烧水壶", "养生壶", "电风扇", "风扇", "空调扇", "加湿器", "除湿机", "电暖器", "取暖器",
        "挂烫机", "咖啡机", "面包机",
        "绞肉机", "料理机", "消毒柜", "卷发棒", "美发棒", "造型器", "除螨仪", "投影仪", "血压计", "体温计", "路由器", "打印机", "电蒸锅",
        "电火锅", "炒锅", "不粘锅", "保温杯", "vacuum cleaner", "cordless vacuum", "cordless vacuum cleaner", "stick vacuum", "robot vacuum", "robotic vacuum", "air fryer", "rice cooker", "pressure cooker", "slow cooker", "blender", "juicer", "microwave", "microwave oven", "toaster", "coffee maker", "coffee machine", "espresso machine", "kettle", "electric kettle", "hair dryer", "hair straightener", "electric shaver", "shaver", "electric toothbrush", "air purifier", "humidifier", "dehumidifier", "fan", "heater", "space heater", "iron", "steam iron", "garment steamer", "dishwasher", "oven", "stand mixer", "food processor", "projector", "printer", "router", "wifi router"),
    categories=("家用电器", "厨房电器", "生活电器", "个护健康", "厨卫大电", "小家电"),
    accessories=("滤芯", "滤网", "刷头", "替换刷头", "尘袋", "密封圈", "边刷", "集尘袋", "replacement filter", "hepa filter", "vacuum bags", "brush heads", "replacement heads", "replacement brush heads"),
    rules=(ENERGY_CLASS,),
    required=("model",),
    proves_goods=("mpn",),
    series=SERIES,
    code=MACHINE_CODE,
    code_is_model=True,
    has_colour=False,
)  # fmt: skip
