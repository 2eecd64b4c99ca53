"""Coffee: line and net contents split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

NESCAFE: Final = names(
    "1+2原味=1+2 原味=原味1+2=醇香原味", "1+2奶香=1+2 奶香=奶香", "1+2特浓=1+2 特浓=特浓", "1+2极地白",
    "醇品=绝对深黑", "金牌", "感CAFE", "臻享白咖啡=臻享白", "冷萃", "丝滑拿铁", "香滑", "巧克力摩卡",
    "咖啡馆系列", "超临界", "鲜萃=冰美式"
)  # fmt: skip
"""Lines of 雀巢咖啡, whose maker is as often named by its own name alone."""

COFFEE: Final = Family(
    name="coffee",
    cues=(
        "咖啡", "速溶咖啡", "黑咖啡", "美式咖啡", "挂耳咖啡", "咖啡豆", "咖啡粉", "咖啡液", "即饮咖啡", "拿铁咖啡", "三合一咖啡", "冻干咖啡", "浓缩咖啡",
        "胶囊咖啡", "速溶黑咖啡", "无蔗糖黑咖啡", "冷萃咖啡", "精品咖啡", "coffee",
        "coffee beans", "instant coffee", "咖啡胶囊", "ground coffee", "whole bean coffee", "coffee capsules", "coffee pods", "whole beans", "espresso capsules", "drip coffee", "cold brew", "cold brew coffee", "instant coffee sachets", "espresso beans", "nespresso capsules", "k-cup pods"),
    hints=("冲饮", "拿铁", "美式", "深烘", "阿拉比卡", "速溶"),
    categories=("咖啡", "冲饮", "速溶咖啡", "咖啡豆"),
    accessories=("咖啡条收纳盒", "咖啡收纳盒", "咖啡杯", "咖啡滤纸", "咖啡壶", "磨豆机", "咖啡勺", "手冲壶", "咖啡伴侣", "coffee mug", "coffee filters", "coffee grinder", "milk frother"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    counted={"颗": Unit.PIECE, "粒": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "nescafe": NESCAFE,
        "starbucks": names("派克市场", "早餐综合", "家享美式", "特选综合", "法式烘焙", "家乐氏", "精品速溶=随星杯", "闲庭综合=house blend",
            "胶囊", "拿铁",
            "佛罗娜", "深度烘焙", "浓缩烘焙", "哥伦比亚", "星冰乐", "星选", "甄选", "埃塞俄比亚", "中度烘焙", "亮点=VIA"),
        "luckin": names("即溶", "挂耳", "哒哒", "醇香系列", "小黑杯",
            "元气弹", "精品挂耳", "小金条", "生椰", "大师咖啡"),
        "saturnbird": names("数字系列", "超即溶", "1号", "2号", "3号", "4号", "5号", "6号", "0号",
            "小滴", "十二经典", "精品速溶", "Joy", "加农"),
        "yongpu": names("闪萃", "原液", "冰滴",
            "小金条", "高倍", "常温"),
        "illy": names("深度烘焙", "中度烘焙", "经典烘焙", "意式浓缩",
            "中烘", "深烘", "低因", "阿拉比卡"),
        "lavazza": names("红标", "金标", "黑标", "意式醇香", "Qualita Oro=ORO=Qualità Oro", "ROSSA",
            "意式浓缩=ESPRESSO", "欧罗", "顶级", "醇享", "黑牌"),
        "g7": names("三合一=3合1", "浓醇", "美式黑咖啡=纯黑=黑咖啡", "卡布奇诺",
            "榛果", "炭烧"),
        "maxwell": names("原味", "特浓", "奶香", "醇品",
            "香醇"),
        "sumida": names("挂耳", "胶囊", "意式", "鲜咖啡",
            "鲜萃", "锁鲜", "美式黑咖啡=黑咖啡"),
        "ucc": names(
            "117", "114", "职人", "118",
        ),
        "agf": names(
            "maxim", "blendy", "奢华", "马克西姆", "小奢", "蓝罐", "红罐", "棕罐",
        ),
        "nespresso": names(
            "奥利奥", "诗意浓缩", "托尼诺",
        ),
        "cotti": names(
            "黑咖啡", "生椰",
        ),
        "manner": names(
            "闪萃",
        ),
        "oldtown": names(
            "经典原味", "榛果", "白咖啡",
        ),
        "peets": names(
            "意式深烘", "迪卡森少校=少校", "大波",
        ),
        "kopiko": names(
            "原味", "白咖啡", "豪享",
        ),
        "kenia": names(
            "意式特浓", "蓝山", "曼特宁", "耶加雪菲", "油脂型",
        ),
        "geo-coffee": names(
            "蓝山", "曼特宁", "耶加雪菲", "花魁",
        ),
        "four-pack": names(
            "蓝山", "黑咖啡", "云南小粒",
        ),
    },
    kinds=names("生椰拿铁", "拿铁", "美式=黑咖啡", "摩卡", "卡布奇诺", "白咖啡", "咖啡豆", "挂耳"),
    nouns=names("挂耳咖啡=挂耳", "咖啡豆", "咖啡液", "冻干咖啡", "美式黑咖啡", "速溶黑咖啡", "黑咖啡", "拿铁咖啡", "速溶咖啡", "咖啡粉", "胶囊咖啡=咖啡胶囊"),
)  # fmt: skip
