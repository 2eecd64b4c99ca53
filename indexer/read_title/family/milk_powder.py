"""Infant formula: line, stage and national edition split; tins of one size compare by unit price."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names
from indexer.read_title.shared_rules import STAGE

MILK_POWDER: Final = Family(
    name="milk_powder",
    cues=(
        "奶粉", "婴儿奶粉", "婴幼儿奶粉", "婴幼儿牛奶粉", "牛奶粉", "婴儿配方奶粉", "幼儿配方奶粉", "婴幼儿配方奶粉", "配方奶粉", "羊奶粉", "儿童奶粉", "成人奶粉",
        "中老年奶粉", "孕妇奶粉",
        "较大婴儿配方奶粉", "全脂奶粉", "脱脂奶粉", "学生奶粉", "婴儿配方", "幼儿配方", "infant formula", "milk powder", "驼奶粉", "baby formula", "infant milk", "first infant milk", "follow on milk", "follow-on milk", "growing up milk", "toddler milk", "toddler formula", "baby milk", "goat milk formula", "baby milk powder", "infant milk powder"),
    hints=("段", "罐装", "婴儿", "幼儿", "宝宝", "新国标", "乳铁蛋白", "hmo", "a2蛋白", "月龄", "12-36月", "0-6月", "6-12月" ),
    categories=("奶粉", "婴幼儿奶粉", "母婴", "牛奶粉"),
    accessories=("奶粉盒", "奶粉勺", "奶粉罐", "奶粉机", "奶粉格", "奶粉袋", "奶粉储存罐"),
    rules=(STAGE,),
    splits=("stage",),
    required=("model", "stage", "pack"),
    proves_goods=("stage",),
    contents=frozenset({Unit.GRAM}),
    unit_bases={Unit.GRAM: 100},
    lines={
        "aptamil": names("卓萃", "卓傲", "白金版=白金", "领熠", "奇迹绿罐=奇迹绿", "奇迹白罐=奇迹白", "奇迹蓝罐=奇迹蓝", "金装版=金装", "经典版",
            "深度水解", "hmo白金", "profutura", "essential", "普通装"),
        "feihe": names("星飞帆卓睿=星飞帆 卓睿=卓睿", "星飞帆卓耀=卓耀", "星飞帆小羊=星飞帆 小羊=小羊妙可", "星飞帆", "臻稚卓蓓=臻稚有机=臻稚", "超级飞帆臻爱倍护=臻爱倍护",
            "超级飞帆=超级飞帆臻爱", "飞帆", "淳芮", "茁然", "精粹益加"),
        "a2": names("至初", "紫白金", "紫曜", "白金版"),
        "friso": names("皇家美素佳儿=旺玥=皇家", "源悦", "金装", "美素力金装=美素力"),
        "wyeth": names("S-26铂臻=S26铂臻=铂臻", "启赋蓝钻=蓝钻", "启赋有机=有机", "启赋未来=未来", "启赋3HMO=3hmo", "启赋", "S-26金装=金装",
            "臻朗", "膳儿加", "幼儿乐", "铂臻瑞士版"),
        "meadjohnson": names("蓝臻", "铂睿", "亲舒", "安婴儿", "安儿宝", "安儿健", "学优力", "荷兰版蓝臻", "睿素", "纯冠"),
        "abbott": names("菁智有机=有机", "菁智纯净=菁智", "菁挚", "亲体", "铂优恩美力=恩美力=铂优", "小安素", "全安素", "亲护", "港版小安素"),
        "nestle": names("能恩全护=全护", "超级能恩", "能恩水奶", "能恩", "怡养", "舒宜能恩", "力多精", "舒儿嘉"),
        "junlebao": names("至臻", "乐铂", "优萃", "乐纯", "恬适", "小小鲁班", "诠维爱", "旗帜"),
        "biostime": names("派星", "贝塔星", "爱菲特", "可贝思", "呵护"),
        "beingmate": names("可睿欣", "爱加", "菁爱", "绿爱"),
        "yili": names("金领冠珍护=珍护", "金领冠睿护=睿护", "金领冠塞纳牧=塞纳牧", "金领冠菁护=菁护", "金领冠悠滋小羊=悠滋小羊", "金领冠", "QQ星", "欣活"),
        "mengniu": names("瑞哺恩", "一米八八=M8", "悠瑞"),
        "kabrita": names("悦白", "优装", "睛滢"),
        "bellamy": names("有机", "白金有机=有机白金", "菁跃", "生乳"),
        "hipp": names("倍喜", "珍宝", "有机益生菌=益生菌", "至珍"),
        "nutrilon": names("白金版=白金", "hmo"),
        "karicare": names("绵羊", "金装山羊=山羊", "羊奶"),
        "synutra": names("优博瑞慕=瑞慕", "优博瑞霂", "优博剖蓓舒=剖蓓舒", "优博"),
        "yashily": names("菁珀", "亲宝滋", "朵恩"),
    },
    has_sublines=True,
    between=r"[1-6]段|pre\s?段?",
)  # fmt: skip
