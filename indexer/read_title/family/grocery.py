"""Food that has no family of its own: dairy, snacks, rice, noodles, seasoning."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

NOUNS: Final = names(
        "每日坚果", "混合坚果", "纯牛奶", "鲜牛奶=鲜奶", "酸奶=常温酸奶", "早餐奶", "牛奶", "红烧牛肉面", "夹心饼干", "牛肉干", "猪肉脯", "长粒香大米",
        "五常大米", "稻花香大米=稻花香", "东北大米", "大米", "面粉", "挂面", "方便面=泡面", "螺蛳粉", "生抽", "老抽", "酱油", "蚝油", "陈醋", "食醋",
        "料酒", "燕麦片", "麦片", "蜂蜜", "水饺=饺子", "汤圆", "火腿肠", "巧克力", "薯片", "饼干=cookies", "粽子",
        "月饼", "牛肉面", "辣条", "凤爪", "榨菜", "蛋糕", "面包", "瓜子", "黄小米", "红枣", "枸杞", "午餐肉", "奶酪棒", "黄油", "海苔",
        "火锅底料", "自热火锅", "自热米饭",
    )  # fmt: skip

GROCERY: Final = Family(
    name="grocery",
    cues=(
        "食品", "纯牛奶", "牛奶", "鲜牛奶", "酸奶", "早餐奶", "高钙奶", "脱脂牛奶", "全脂牛奶", "坚果", "每日坚果", "混合坚果", "瓜子", "零食", "饼干", "薯片",
        "巧克力", "糖果", "果冻", "面包", "蛋糕", "辣条", "肉脯", "牛肉干", "大米", "东北大米", "五常大米", "香米", "稻花香",
        "面粉", "挂面", "方便面", "泡面", "意面", "螺蛳粉", "酱油", "生抽", "老抽", "蚝油", "食醋", "陈醋", "料酒", "鸡精", "食盐", "白糖",
        "红糖", "辣椒酱", "豆瓣酱", "火锅底料", "燕麦片", "麦片", "燕麦", "蜂蜜", "水饺", "饺子", "汤圆",
        "火腿肠", "香肠", "茶叶", "绿茶", "红茶", "普洱茶", "枸杞", "红枣", "小米",
        "黄小米", "杂粮", "红豆", "绿豆", "面条", "拉面", "牛肉面", "月饼", "粽子", "奶酪", "奶酪棒", "芝士", "黄油", "冰淇淋", "海苔", "鱼丸",
        "虾滑",
        "榨菜", "罐头", "午餐肉", "自热火锅", "自热米饭", "麻薯", "沙琪玛", "锅巴", "凤爪", "milk",
        "rice", "chocolate", "cookies", "红烧牛肉面", "老坛酸菜面", "夹心饼干", "鲜奶", "常温酸奶",
        "鸡蛋面", "鸡蛋干", "鸡蛋仔", "蛋卷", "蛋黄酥", "咸鸭蛋", "皮蛋", "松花蛋", "卤蛋", "猪肉脯", "手撕牛肉", "酱牛肉", "卤牛肉", "榴莲千层", "榴莲饼", "榴莲酥", "凤梨酥",
        "土豆片", "土豆粉", "薯条", "鱿鱼丝", "小鱼干", "肉松", "肉肠", "烤肠", "馄饨", "包子", "手抓饼", "葡萄干", "芒果干", "草莓干", "果干", "话梅", "山楂", "地瓜干", "红薯干",
        "红薯粉", "粉丝", "粉条", "木耳", "香菇干", "银耳", "腊肉", "腊肠", "火腿", "泡菜", "泡椒凤爪", "魔芋爽", "口香糖", "奶片", "棒棒糖", "软糖", "爆米花", "威化饼干", "曲奇",
        "苏打饼干", "吐司", "蛋黄派", "瑞士卷", "奶粉冲饮", "芝麻糊", "藕粉", "豆浆粉", "奶茶粉", "茶包", "乌龙茶叶", "铁观音", "龙井", "白茶", "花茶", "柠檬片", "番茄酱", "沙拉酱",
        "花生酱", "果酱", "芝麻酱", "香菇酱", "黄豆酱", "甜面酱", "蒸鱼豉油", "味精", "鸡粉", "花椒", "胡椒粉", "十三香", "孜然", "淀粉", "酵母", "糯米", "黑米", "薏米", "燕麦米",
        "藜麦", "花生米", "兰花豆", "豆干", "豆腐干", "素肉", "鸭脖", "卤味", "速冻水饺", "灌汤包", "烧麦", "年糕", "火锅丸子", "蟹棒", "培根", "披萨", "鸡块", "鸡米花", "自热饭", "biscuits", "sandwich cookies", "dark chocolate", "milk chocolate", "chocolates", "candy", "gummies", "chips", "potato chips", "crisps", "crackers", "nuts", "almonds", "cashews", "pistachios", "walnuts", "peanuts", "mixed nuts", "peanut butter", "jam", "honey", "manuka honey", "cereal", "oats", "rolled oats", "oatmeal", "granola", "pasta", "spaghetti", "noodles", "instant noodles", "ramen", "jasmine rice", "basmati rice", "flour", "sugar", "salt", "soy sauce", "oyster sauce", "tomato ketchup", "ketchup", "mayonnaise", "mustard", "vinegar", "hot sauce", "chili sauce", "beans", "baked beans", "tuna", "canned tuna", "soup", "whole milk", "uht milk", "long life milk", "butter", "cheese", "yogurt", "protein bars", "protein powder", "whey protein", "popcorn", "pretzels", "beef jerky", "dried mango", "dried fruit", "seaweed", "maple syrup", "coconut milk", "spices"),
    hints=("零食", "特产", "新鲜", "即食", "整箱", "斤"),
    categories=("食品", "休闲食品", "粮油", "乳品", "牛奶", "坚果", "方便食品", "调味品", "零食"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    product_bases={
        name: {Unit.GRAM: 500} for name in ("大米", "长粒香大米", "五常大米", "稻花香大米", "东北大米")
    },
    counted={"枚": Unit.PIECE, "只": Unit.PIECE, "颗": Unit.PIECE, "粒": Unit.PIECE, "片": Unit.PIECE, "个": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "yili": names("金典有机纯牛奶=金典有机", "金典纯牛奶=金典", "安慕希", "舒化奶=舒化", "优酸乳", "纯牛奶", "臻浓", "谷粒多", "QQ星", "畅轻",
            "每益添"),
        "mengniu": names("特仑苏有机", "特仑苏", "纯甄", "真果粒", "未来星", "早餐奶", "冠益乳", "纯牛奶", "每日鲜语", "优益C"),
        "bright": names("莫斯利安", "优倍", "如实", "纯牛奶"),
        "adoptacow": names("娟姗牛奶=娟姗", "A2β酪蛋白纯牛奶=A2β", "纯牛奶"),
        "junlebao": names("简醇", "涨芝士啦", "悦鲜活", "纯享"),
        "newhope": names("24小时鲜牛乳=24小时", "千岛湖", "纯牛奶"),
        "anchor": names("全脂纯牛奶", "脱脂纯牛奶", "高钙", "黄油", "淡奶油"),
        "threesquirrels": names("每日坚果", "夏威夷果", "碧根果", "坚果大礼包", "手撕面包", "蜀香牛肉", "猪肉脯"),
        "bestore": names("每日坚果", "高蛋白肉脯", "猪肉脯", "坚果礼盒"),
        "baicaowei": names("每日坚果", "抱抱果", "猪肉脯"),
        "wolong": names("每日坚果"),
        "qiaqia": names("小黄袋每日坚果=小黄袋", "小蓝袋益生菌每日坚果=小蓝袋", "香瓜子", "山核桃味瓜子", "焦糖瓜子"),
        "shiyuedaotian": names("长粒香大米=长粒香", "稻花香2号=稻花香", "五常大米", "小町米", "寒地之最", "辽河长粒香", "珍珠米", "黄小米"),
        "chaicuntai": names("五常稻花香", "长粒香", "福临门"),
        "beidahuang": names("长粒香", "珍珠米", "东北大米", "黄小米"),
        "haitian": names("金标生抽", "味极鲜", "特级一品鲜", "老抽王", "草菇老抽", "上等蚝油", "金标蚝油", "古道料酒", "黄豆酱"),
        "qianhe": names("零添加180天", "零添加御藏本酿380天=御藏380天", "零添加280天", "东坡红"),
        "lkk": names("薄盐生抽", "旧庄特级蚝油=旧庄蚝油", "财神蚝油", "锦珍生抽", "秘制红烧汁", "味极鲜", "蒸鱼豉油"),
        "laoganma": names("风味豆豉=油辣椒", "风味鸡油辣椒", "精制牛肉末", "辣三丁"),
        "masterkong": names("红烧牛肉面", "香辣牛肉面", "老坛酸菜牛肉面", "香菇炖鸡面", "鲜虾鱼板面", "藤椒牛肉面", "番茄鸡蛋牛肉面"),
        "unipresident": names("老坛酸菜牛肉面=老坛酸菜", "汤达人", "茄皇", "红烧牛肉面"),
        "nissin": names("合味道", "出前一丁", "UFO"),
        "baixiang": names("汤好喝", "大骨面", "香菜面", "辣牛肉汤面"),
        "lays": names("原味", "黄瓜味", "德克萨斯烧烤味", "美国经典原味", "墨西哥鸡汁番茄味", "无限"),
        "oreo": names("原味夹心饼干=原味夹心=原味", "巧轻脆", "零糖夹心"),
        "danone": names("丝滑牛奶巧克力=丝滑牛奶", "黑巧克力=香浓黑巧克力", "榛仁巧克力=榛仁"),
        "ferrero": names("榛果威化巧克力=榛果威化", "臻品巧克力"),
        "quaker": names("即食燕麦片", "快熟燕麦片", "多种莓果", "紫薯高纤"),
        "shuanghui": names("王中王", "玉米热狗肠", "润口香甜王", "火炫风"),
        "arawana": names("长粒香大米=长粒香", "原香稻", "多用途麦芯粉=麦芯粉", "优质东北大米", "盘锦大米", "软香稻"),
        "nestle": names("脆脆鲨", "鹰唛炼奶=炼奶", "怡养"),
        "wangwang": names("雪饼", "仙贝", "旺仔小馒头", "大礼包", "碎冰冰"),
        "anjoy": names("锁鲜装", "鱼丸", "虾滑", "撒尿肉丸"),
        "sanquan": names("灌汤水饺", "私厨", "黑芝麻汤圆"),
    },
    nouns=NOUNS,
    kinds=NOUNS,
)  # fmt: skip
