"""Things used up at home: detergents, shampoo, toothpaste, sanitary towels."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

NOUNS: Final = names(
        "洗衣凝珠=凝珠", "洗衣液", "洗衣粉", "洗衣皂=肥皂", "洗洁精", "洗手液", "洁厕灵=洁厕液=洁厕剂", "消毒液", "柔顺剂=衣物护理剂", "洗发水=洗发露=洗发乳",
        "护发素", "沐浴露=沐浴乳", "香皂", "牙膏", "漱口水", "卫生巾", "安睡裤", "洗碗块=洗碗凝珠", "留香珠", "垃圾袋", "保鲜膜",
    )  # fmt: skip

HOUSEHOLD: Final = Family(
    name="household",
    cues=(
        "日用品", "洗衣液", "洗衣粉", "洗衣凝珠", "凝珠", "洗衣皂", "肥皂", "洗洁精", "洗手液", "洁厕灵", "洁厕液", "洁厕剂", "消毒液", "柔顺剂", "衣物护理剂",
        "洗发水", "洗发露", "洗发乳", "护发素", "发膜", "沐浴露", "沐浴乳", "香皂", "牙膏", "牙刷", "漱口水",
        "卫生巾", "安睡裤", "护垫", "油污净", "除菌液", "留香珠", "洗碗块", "洗碗粉", "垃圾袋", "保鲜膜", "避孕套", "安全套",
        "laundry detergent", "shampoo", "body wash", "toothpaste", "蚊香液", "洗碗凝珠", "裤型卫生巾", "洗衣精", "管道疏通剂", "liquid detergent", "laundry pods", "detergent pods", "fabric softener", "dishwasher tablets", "dishwashing liquid", "dish soap", "conditioner", "hair conditioner", "shower gel", "hand soap", "hand wash", "bar soap", "mouthwash", "deodorant", "bleach", "toilet cleaner", "floor cleaner", "disinfectant", "disinfectant spray", "air freshener", "trash bags", "garbage bags", "razor", "razor blades", "sanitary pads", "dishwasher pods", "hair mask", "dishwasher detergent", "laundry capsules", "washing liquid", "washing powder"),
    hints=("除菌", "去渍", "深层洁净", "去屑", "控油", "留香", "香氛"),
    categories=("家庭清洁", "衣物清洁", "个人护理", "洗发护发", "口腔护理", "女性护理", "清洁用品", "家清"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    counted={"颗": Unit.PIECE, "片": Unit.PIECE, "块": Unit.PIECE, "只": Unit.PIECE, "粒": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "bluemoon": names("深层洁净", "亮白增艳", "至尊", "风清白兰", "芦荟抑菌", "洁厕宝", "卫诺", "除菌去味", "宝宝专用"),
        "liby": names("大师香氛", "超洁清新", "全效馨香", "除菌去渍", "天然茶籽", "精致衣物", "护手", "御品香氛"),
        "omo": names("除菌除螨", "净蓝全效", "自然馨香", "酵素", "护色留香"),
        "tide": names("全效洁净", "洁净薰香", "除菌除螨", "臻柔"),
        "diaopai": names("天然皂粉", "除菌有氧", "生姜"),
        "chaoneng": names("植翠低泡", "天然皂粉", "离子去渍", "双离子"),
        "dettol": names("松木", "健康沐浴露", "清新柠檬", "衣物除菌液"),
        "walch": names("健康呵护", "衣物家居消毒液", "抗菌洗手液"),
        "safeguard": names("纯白清香", "芦荟", "柠檬清新"),
        "headshoulders": names("丝质柔滑", "清爽去油", "海洋活力", "柠檬清爽", "怡神舒爽"),
        "pantene": names("三分钟奇迹=3分钟奇迹", "乳液修护", "丝质顺滑", "深水泡弹"),
        "schwarzkopf": names("羊绒脂", "多效修护19", "怡然"),
        "clear": names("樱花", "冰爽薄荷", "控油平衡", "活力运动"),
        "colgate": names("360", "光感白", "冰爽", "全面防蛀"),
        "darlie": names("双重薄荷", "超白", "茶倍健"),
        "crest": names("全优7效", "3D炫白", "茶洁"),
        "yunnanbaiyao": names("薄荷清爽", "留兰香", "冬青香", "益优", "金口健"),
        "sensodyne": names("多效护理", "专业修复", "速效抗敏", "美白配方"),
        "finish": names("亮碟", "强力洗碗块"),
        "sofy": names("裸感s", "弹力贴身", "超熟睡", "安睡裤", "口袋魔法"),
        "whisper": names("云感棉", "未来感极护", "液体卫生巾"),
        "7space": names("少女", "优雅", "萌睡裤"),
        "freemore": names("无感七日", "无感无忧", "益生菌"),
        "durex": names("AiR", "持久", "玻尿酸", "001"),
        "okamoto": names("001", "003白金", "003", "sk"),
        "kao": names("洁霸", "碧柔"),
    },
    nouns=NOUNS,
    kinds=NOUNS,
)  # fmt: skip
