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
    accessories=("起泡瓶", "按压瓶", "分装瓶"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    counted={"颗": Unit.PIECE, "片": Unit.PIECE, "块": Unit.PIECE, "只": Unit.PIECE, "粒": Unit.PIECE, "count": Unit.PIECE, "ct": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "bluemoon": names("深层洁净", "亮白增艳", "至尊", "风清白兰", "芦荟抑菌", "洁厕宝", "卫诺", "除菌去味", "宝宝专用",
            "薰衣草香", "自然清香", "运动型", "净享", "厨房油污克星=油污克星", "抑菌洗手液", "索纳", "茶清", "月亮小屋"),
        "liby": names("大师香氛", "超洁清新", "全效馨香", "除菌去渍", "天然茶籽", "精致衣物", "护手", "御品香氛",
            "香氛珠", "生姜", "清新柠檬", "植物酵素", "小苏打", "亮白", "椰油精华"),
        "omo": names("除菌除螨", "净蓝全效", "自然馨香", "酵素", "护色留香",
            "茶香", "花漾"),
        "tide": names("全效洁净", "洁净薰香", "除菌除螨", "臻柔",
            "洗衣凝珠", "海洋", "炫彩护色"),
        "diaopai": names("天然皂粉", "除菌有氧", "生姜"),
        "chaoneng": names("植翠低泡", "天然皂粉", "离子去渍", "双离子"),
        "dettol": names("松木", "健康沐浴露", "清新柠檬", "衣物除菌液",
            "滋润倍护", "植物呵护", "泡沫洗手", "滴露消毒液=衣物消毒液", "洗衣机清洁剂"),
        "walch": names("健康呵护", "衣物家居消毒液", "抗菌洗手液",
            "泡沫洗手液", "洗衣机槽", "空气清新"),
        "safeguard": names("纯白清香", "芦荟", "柠檬清新",
            "薰衣草", "红石榴", "金银花", "排浊"),
        "headshoulders": names("丝质柔滑", "清爽去油", "海洋活力", "柠檬清爽", "怡神舒爽",
            "海盐", "生姜强根"),
        "pantene": names("三分钟奇迹=3分钟奇迹", "乳液修护", "丝质顺滑", "深水泡弹",
            "氨基酸", "排浊", "染烫修护"),
        "schwarzkopf": names("羊绒脂", "多效修护19", "怡然",
            "斐丝丽", "净爽去屑", "沁肌"),
        "clear": names("樱花", "冰爽薄荷", "控油平衡", "活力运动",
            "多效水润养护", "净源"),
        "colgate": names("360", "光感白", "冰爽", "全面防蛀",
            "360备长炭=备长炭", "劲白", "光感美白", "草本", "小苏打", "锡釉"),
        "darlie": names("双重薄荷", "超白", "茶倍健",
            "密泡小苏打", "专研"),
        "crest": names("全优7效", "3D炫白", "茶洁",
            "双管", "热感", "锡亚锡=专业护龈", "草本水晶"),
        "yunnanbaiyao": names("薄荷清爽", "留兰香", "冬青香", "益优", "金口健",
            "益生菌", "国粹", "深洁", "活性肽", "朗健"),
        "sensodyne": names("多效护理", "专业修复", "速效抗敏", "美白配方",
            "专业修护", "抗敏感", "牙龈护理", "抗糖"),
        "finish": names("亮碟", "强力洗碗块",
            "洗碗粉", "洗碗块全效=全效", "洗碗盐", "漂洗剂", "量子"),
        "sofy": names("裸感s", "弹力贴身", "超熟睡", "安睡裤", "口袋魔法",
            "温柔肌"),
        "whisper": names("云感棉", "未来感极护", "液体卫生巾",
            "瞬洁", "超净棉"),
        "7space": names("少女", "优雅", "萌睡裤",
            "超长夜用", "天山绒棉"),
        "freemore": names("无感七日", "无感无忧", "益生菌",
            "安睡裤", "蜜语"),
        "durex": names("AiR", "持久", "玻尿酸", "001",
            "空气套", "紧型", "亲昵", "快感三合一", "大胆爱", "隐薄"),
        "okamoto": names("001", "003白金", "003", "sk",
            "003黄金", "透明质酸", "纯薄", "0.01", "质感"),
        "kao": names("洁霸", "碧柔",
            "乐而雅", "泡沫洗手"),
        "ariel": names(
            "清雅茉莉", "淡雅清香", "洁净去渍", "凝珠", "除螨除菌",
        ),
        "comfort": names(
            "纯净温和", "馨香恒久", "清新柔顺", "怡神薰衣草=薰衣草", "阳光馨香",
        ),
        "downy": names(
            "护衣留香珠=留香珠", "淡粉樱花", "玫瑰", "馥郁",
        ),
        "lenor": names(
            "红石榴", "薰衣草", "晨香",
        ),
        "rejoice": names(
            "焗油", "绿茶长效", "人参滋养", "兰花长效", "微米",
        ),
        "kerastase": names(
            "黑钻", "元气姜", "双重菁纯=菁纯", "白金", "山茶花护发精油=神仙油", "鱼子酱", "赋源",
        ),
        "lux": names(
            "大白瓶", "幽莲魅肤", "水润丝滑", "闪耀冰爽", "樱花", "精油香氛", "新活炫亮",
        ),
        "dove": names(
            "深层营润", "樱花", "密集滋养", "丰盈宠肤", "大白碗", "洁面泡泡", "冰淇淋", "木瓜", "樱花甜香",
        ),
        "olay": names(
            "烟酰胺",
        ),
        "adolph": names(
            "茶麸", "精油香氛=轻奢",
        ),
        "spes": names(
            "海盐", "控油蓬松", "二硫化硒",
        ),
        "ziyuan": names(
            "生姜", "茶籽", "无硅油",
        ),
        "bawang": names(
            "生姜",
        ),
        "vs-sassoon": names(
            "修护水养", "垂坠质感", "轻盈顺滑", "空气蓬松",
        ),
        "saky": names(
            "酵素", "益早益晚", "净白", "小苏打",
        ),
        "lengsuanling": names(
            "抗敏感", "双重抗敏", "医研",
        ),
        "zhonghua": names(
            "魔丽迅白", "优加健齿=优加", "健齿白", "草本抗菌",
        ),
        "canban": names(
            "sp4", "益生菌", "玻尿酸", "小苏打",
        ),
        "listerine": names(
            "零度", "天然绿茶=绿茶", "冰蓝劲爽=冰蓝", "健康亮白", "除渍",
        ),
        "usmile": names(
            "笑容加", "啵啵管",
        ),
        "abc": names(
            "KMS", "蓝芯", "棉柔亲肤", "隐形超薄", "清凉",
        ),
        "lilysbaby": names(
            "至尊生丝", "臻选丝薄=丝薄", "澳洲导管棉条=棉条",
        ),
        "vindalibresse": names(
            "V感敏感肌", "隐形", "小v巾=v感", "0敏",
        ),
        "clinx": names(
            "瞬吸", "零触感", "F系列", "超丝薄",
        ),
        "hongyun": names(
            "双u",
        ),
        "jissbon": names(
            "001", "玻尿酸", "黄金持久",
        ),
        "sagami": names(
            "001", "002", "幸福",
        ),
        "liushen": names(
            "经典花露水=花露水", "清凉沐浴露", "随身花露水", "劲凉",
        ),
        "raid": names(
            "电热蚊香液=蚊香液", "杀虫气雾剂", "欧护",
        ),
        "chaowei": names(
            "贝贝健", "电热蚊香液=蚊香液", "艾草",
        ),
        "weilai": names(
            "厨房重油污=重油污净", "洁厕液", "玻璃清洁剂", "管道疏通",
        ),
        "whitecat": names(
            "柠檬红茶", "经典配方", "高效去油",
        ),
        "johnsons": names(
            "牛奶沐浴", "棉花糖", "无泪配方", "婴儿油", "蜂蜜防皲裂", "睡眠",
        ),
        "pigeon": names(
            "桃子水", "奶瓶清洁剂", "柚子",
        ),
    },
    nouns=NOUNS,
    kinds=NOUNS,
)  # fmt: skip
