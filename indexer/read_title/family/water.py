"""Bottled water: kind of water and bottle size split; bottles compare by unit price."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

WATER: Final = Family(
    name="water",
    cues=(
        "饮用水", "矿泉水", "纯净水", "天然水", "饮用天然水", "饮用纯净水", "天然矿泉水", "饮用天然矿泉水", "桶装水", "苏打水", "气泡水", "弱碱性水",
        "天然弱碱性水", "包装饮用水", "蒸馏水", "饮用矿物质水",
        "苏打气泡水", "天然气泡水", "婴儿水", "泡茶水", "水票", "天然弱碱性饮用水", "mineral water", "spring water", "瓶装水", "天然苏打水",
        "冰川水", "弱碱性饮用水", "无气苏打水", "natural mineral water", "sparkling water", "drinking water", "purified water", "still water", "sparkling mineral water", "sparkling natural mineral water", "natural spring water", "bottled water", "carbonated water"),
    hints=("整箱", "弱碱性", "瓶"),
    categories=("饮用水", "矿泉水", "水饮", "饮料冲调"),
    accessories=("桶装水支架", "桶装水抽水器", "水桶支架", "取水器", "饮水机", "水桶", "抽水器", "压水器", "空桶"),
    rules=(),
    splits=(),
    required=("pack",),
    contents=frozenset({Unit.MILLILITRE}),
    unit_bases={Unit.MILLILITRE: 100},
    lines={
        "nongfu": names("泡茶山泉水=泡茶水", "学生天然水=运动盖=学生水", "长白雪=长白山", "婴儿水=母婴水", "锂水",
            "天然水=饮用天然水=天然弱碱性饮用水=天然弱碱性水=饮用水=弱碱性饮用水=弱碱性水", "纯净水=绿瓶=饮用纯净水"),
        "cestbon": names("纯净水=饮用纯净水=饮用水", "露=怡宝露"),
        "ganten": names("纯净水=景田纯净水=饮用纯净水", "天然矿泉水=矿泉水=饮用天然矿泉水"),
        "evian": names("喷雾", "天然矿泉水=矿泉水=natural mineral water=mineral water"),
        "masterkong": names("喝开水", "优悦", "涵养泉", "包装饮用水=饮用水",
            "喝矿泉"),
        "wahaha": names("晶钻", "苏打水", "纯净水=饮用纯净水=饮用水"),
        "genki": names("卡曼橘味", "白桃味", "夏黑葡萄味", "酸梅汁味", "青瓜味", "乳酸菌味"),
        "evergrande": names("天然矿泉水=矿泉水=饮用天然矿泉水", "天然弱碱性水"),
        "kunlun": names("雪山矿泉水=天然雪山矿泉水=矿泉水"),
        "jinmailang": names(
            "凉白开=熟水",
        ),
        "quanyangquan": names(
            "天然矿泉水=矿泉水",
        ),
        "fiji": names(
            "天然矿泉水=矿泉水",
        ),
        "sanpellegrino": names(
            "气泡水=充气矿泉水", "果汁气泡",
        ),
        "perrier": names(
            "气泡水原味=原味", "青柠味=青柠", "柠檬味", "西柚味", "草莓味", "桃味",
        ),
        "voss": names(
            "充气=苏打", "玻璃瓶",
        ),
        "watsons": names(
            "蒸馏水", "纯净水", "苏打水",
        ),
        "icedew": names(
            "饮用水=矿物质水", "纯悦",
        ),
        "tibet5100": names(
            "冰川矿泉水=冰川",
        ),
        "laoshan": names(
            "矿泉水", "白花蛇草水=白花蛇草", "苏打水",
        ),
        "bama": names(
            "丽琅", "活泉",
        ),
    },
    nouns_identify=True,
    nouns=names(
        "天然矿泉水=饮用天然矿泉水", "矿泉水", "纯净水=饮用纯净水", "天然水=饮用天然水=天然弱碱性饮用水=天然弱碱性水=弱碱性饮用水", "包装饮用水", "苏打气泡水", "天然气泡水",
        "气泡水", "无气苏打水", "天然苏打水", "苏打水", "蒸馏水", "饮用水",
    ),
)  # fmt: skip
