"""Spirits and wine: line, strength and bottle size split; vintage for collectables."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names, rule
from indexer.read_title.shared_rules import STRENGTH

VINTAGE: Final = rule("vintage", r"(?<![0-9])((?:19[5-9]|20[0-4])[0-9])\s?年(?!货|新|双|会|度|庆|款|优)")

SPIRITS: Final = Family(
    name="spirits",
    cues=(
        "白酒", "酱香型", "浓香型", "清香型", "兼香型", "凤香型", "酱香白酒", "浓香白酒", "清香白酒", "粮食酒", "高度白酒", "酒水", "酱香酒", "二锅头",
        "贡酒", "红酒", "干红葡萄酒", "葡萄酒", "干红",
        "干邑白兰地", "白兰地", "威士忌", "洋酒", "xo", "vsop", "伏特加", "酱酒", "纯粮酒", "whisky", "cognac", "黄酒", "大曲", "特曲",
        "老窖", "陈酿", "原浆酒", "起泡酒", "whiskey", "scotch whisky", "blended scotch whisky", "blended scotch", "single malt scotch whisky", "single malt scotch", "single malt whisky", "single malt", "bourbon", "bourbon whiskey", "brandy", "vodka", "gin", "london dry gin", "rum", "tequila", "wine", "red wine", "white wine", "cabernet sauvignon", "shiraz", "champagne", "prosecco", "sake", "baijiu", "liqueur", "beer", "lager", "pale ale", "stout", "vsop cognac", "dry gin"),
    hints=("度", "52度", "53度", "42度", "礼盒", "酱香", "浓香", "清香", "年份原浆", "瓶", "酒"),
    categories=("白酒", "酒类", "葡萄酒", "洋酒", "酒水"),
    proof=r"(?<![0-9])[3-6][0-9](?:\.[0-9])?\s?(?:度|°|%\s?vol)|酒(?!店|精|红)",
    proof_hint="度°%酒",
    accessories=("空礼盒", "白酒杯", "红酒杯", "葡萄酒杯", "威士忌杯", "空瓶", "酒杯", "酒盒", "空酒瓶", "醒酒器", "开瓶器", "分酒器", "酒具", "酒瓶", "酒柜", "酒架", "礼品袋", "空盒", "手提袋", "whisky glass", "wine glass", "decanter", "wine opener", "corkscrew", "bottle opener"),
    rules=(STRENGTH, VINTAGE),
    splits=("abv", "vintage"),
    required=("model", "abv", "pack"),
    contents=frozenset({Unit.MILLILITRE}),
    unit_bases={Unit.MILLILITRE: 500},
    lines={
        "moutai": names("飞天=飞天茅台", "五星=五星茅台", "生肖", "精品", "15年", "30年", "珍品", "1935", "公斤茅台",
            "散花飞天=散飞", "汉酱", "贵州大曲", "遵义1935", "酣酒"),
        "moutai-prince": names("金王子", "酱香经典", "珍品", "王子酒=茅台王子酒=贵州茅台王子酒=茅台王子"),
        "moutai-yingbin": names("紫迎宾", "迎宾酒=茅台迎宾酒=贵州茅台迎宾酒=茅台迎宾"),
        "moutai-1935": names("1935=茅台1935=贵州茅台1935"),
        "wuliangye": names("普五 第八代=第8代=普五八代=普五8代=普五=第八代普五=8代=八代=第8代五粮液=经典五粮液第8代", "普五 第七代=第7代", "1618", "低度",
            "交杯", "经典五粮液=经典", "39度五粮液", "紫气东来",
            "普五 第九代=九代"),
        "wuliangchun": names("五粮春"),
        "wuliangchun2": names("五粮醇"),
        "luzhoulaojiao": names("国窖1573=国窖", "特曲60版=60版", "特曲=老字号特曲", "头曲", "二曲", "窖龄30年=窖龄30", "窖龄60年=窖龄60",
            "窖龄90年=窖龄90", "黑盖", "六年窖头曲=6年窖头曲",
            "国窖1573低度=低度国窖", "百年泸州老窖窖龄=百年窖龄", "泸州老窖1952=1952", "高光"),
        "yanghe": names("海之蓝", "天之蓝", "梦之蓝M6+=M6+=梦之蓝 M6+", "梦之蓝M6=M6=梦之蓝 M6", "梦之蓝M9=M9=梦之蓝 M9",
            "梦之蓝M3=M3=梦之蓝 M3=梦三", "梦之蓝水晶版=水晶版=水晶梦", "梦之蓝", "大曲=洋河大曲", "微分子", "小黑瓶",
            "梦之蓝手工班=手工班", "洋河蓝瓷", "敦煌"),
        "shuanggou": names("大曲", "珍宝坊", "柔和"),
        "fenjiu": names("青花20=青花 20=青花汾酒20=青花汾酒 20", "青花25=青花 25", "青花30=青花 30=青花汾酒 30=青花汾酒30=青花30复兴版", "青花50=青花汾酒50", "玻汾=黄盖玻汾", "乳玻汾",
            "老白汾10=老白汾酒10", "老白汾", "巴拿马", "杏花村", "封坛", "献礼", "竹叶青",
            "青花26=青26", "醇柔", "黄盖", "红盖玻汾"),
        "hongxing": names("二锅头=红星二锅头", "蓝瓶=蓝瓶二锅头", "大二=大二锅头", "红星珍品", "百年红星", "兼香"),
        "niulanshan": names("白牛二=白瓶=陈酿白瓶", "陈酿", "二锅头", "百年", "珍品", "经典", "金标"),
        "jiannanchun": names("水晶剑", "珍藏级=珍藏", "金剑南K6=金剑南 K6", "金剑南", "银剑南", "剑南红", "东方红",
            "剑南春晶剑", "大唐国酒", "绵竹大曲"),
        "langjiu": names("青花郎", "红花郎15=红花郎 15=红花郎十五", "红花郎10=红花郎 10=红花郎十", "红花郎", "郎牌特曲T8=郎牌特曲 T8", "郎牌特曲T6",
            "郎牌特曲", "小郎酒", "老郎酒1956", "顺品郎", "郎牌郎酒",
            "红运郎", "青云郎"),
        "gujing": names("年份原浆献礼版=献礼版=献礼", "年份原浆古5=古5", "年份原浆古7=古7", "年份原浆古8=古8", "年份原浆古16=古16",
            "年份原浆古20=古20", "年份原浆古26=古26", "老瓷贡", "年份原浆",
            "年份原浆古30=古30", "经典贡酒", "淡雅", "古井贡1963"),
        "shede": names("品味舍得", "智慧舍得", "沱牌特级T68=t68", "沱牌六粮=六粮", "沱牌",
            "舍得之道", "藏品舍得", "陶醉"),
        "shuijingfang": names("臻酿八号=臻酿8号", "井台=井台瓶", "典藏", "小水井", "天号陈", "菁翠",
            "井台丝路"),
        "xifeng": names("绿瓶", "华山论剑20年=华山论剑 20", "华山论剑10年", "华山论剑", "红西凤", "旗帜西凤", "1964珍藏版", "凤香经典",
            "西凤375", "15年陈酿", "海窖", "酒海"),
        "xijiu": names("窖藏1988=窖藏 1988", "窖藏1998", "金质=金质习酒", "银质", "红习酱", "圆习酒=圆习", "君品习酒=君品", "金钻",
            "方品", "印象", "知交", "习酒1952"),
        "laimao": names("传承蓝=传承 蓝", "传承棕", "传承红", "端曲", "重沙"),
        "guotai": names("国标酒=国标", "龙酒", "15年", "酱酒1号",
            "十五年", "黑金十年=黑金"),
        "jinshiyuan": names("国缘四开=四开", "国缘对开=对开", "国缘单开=单开", "国缘V3", "典藏"),
        "kouzijiao": names("5年", "6年", "10年", "20年", "初夏", "仲秋"),
        "jiugui": names("红坛", "紫坛", "内参", "透明装", "传承",
            "馥郁国香", "湘泉", "内品"),
        "jiangxiaobai": names("金盖", "表达瓶", "果立方", "单纯高粱酒"),
        "hennessy": names("VSOP", "XO", "VS", "百乐廷"),
        "martell": names("名士VSOP=名士", "蓝带", "XO", "鼎盛"),
        "remymartin": names("VSOP", "XO", "CLUB", "诚印", "路易十三"),
        "johnniewalker": names("黑方=黑牌", "红方=红牌", "蓝方=蓝牌", "金方", "绿牌", "尊醇",
            "双黑"),
        "macallan": names("12年双雪莉桶=双雪莉12年", "12年", "15年", "18年", "蓝天使", "紫钻"),
        "chivas": names("12年", "18年", "25年", "新境12年"),
        "penfolds": names("BIN389", "BIN407", "BIN128", "BIN28", "BIN2", "BIN8", "BIN707", "洛神山庄", "蔻兰山",
            "麦克斯"),
        "changyu": names("解百纳", "醉诗仙", "玫瑰红", "可雅", "多名利", "五星白兰地=五星"),
        "zhenjiu": names(
            "珍十五=珍15", "珍三十=珍30", "珍五=珍5", "老珍酒", "珍酒2013=映山红",
        ),
        "jinsha": names(
            "摘要珍品=摘要", "回沙五星=五星", "钻石", "真实年份",
        ),
        "dongjiu": names(
            "国密", "佰草香", "白标", "红董", "畅享",
        ),
        "diaoyutai": names(
            "国宾酒=国宾", "贵宾", "红运", "1号",
        ),
        "danquan": names(
            "洞藏10=洞藏 10", "洞藏15=洞藏 15", "洞藏20=洞藏 20", "洞藏30=洞藏 30",
        ),
        "hengshuilaobaigan": names(
            "古法二十=古法20", "古法三十=古法30", "甲等20=甲等", "青花手酿=手酿", "五星=大青花", "十八酒坊",
        ),
        "yingjia": names(
            "洞藏6=洞藏 6", "洞藏9=洞藏 9", "洞藏16=洞藏 16", "洞藏20=洞藏 20", "金星", "银星", "百年迎驾",
        ),
        "xiaohutuxian": names(
            "心悦", "睿智", "普仙",
        ),
        "baiyunbian": names(
            "5年", "12年", "15年", "20年",
        ),
        "jing": names(
            "毛铺黑荞=黑荞", "毛铺紫荞=紫荞", "毛铺金荞=金荞", "草本", "劲酒=中国劲酒",
        ),
        "jackdaniels": names(
            "黑标=No.7", "火焰", "绅士", "单桶",
        ),
        "absolut": names(
            "原味", "覆盆子",
        ),
        "glenfiddich": names(
            "12年", "15年", "18年", "21年",
        ),
        "glenlivet": names(
            "12年", "15年", "18年", "创始人",
        ),
        "singleton": names(
            "12年", "15年", "18年", "格兰欧德",
        ),
        "ballantines": names(
            "特醇", "17年", "21年", "30年",
        ),
        "jimbeam": names(
            "白占边=白标", "黑占边=黑标",
        ),
        "suntory": names(
            "角瓶=角牌", "知多", "白州", "乐怡", "沁柠水",
        ),
        "baileys": names(
            "原味", "草莓",
        ),
        "bacardi": names(
            "白朗姆", "黑朗姆", "冰锐",
        ),
        "greatwallwine": names(
            "五星", "桑干", "北纬37", "三星", "华夏葡园", "天赋",
        ),
        "jacobscreek": names(
            "酿酒师", "双桶",
        ),
        "yellowtail": names(
            "西拉", "赤霞珠", "梅洛", "霞多丽",
        ),
        "lafite": names(
            "传奇", "珍藏", "奥希耶", "巴斯克", "罗斯柴尔德",
        ),
        "guyue": names(
            "金五年=金5年", "清醇三年", "库藏十年=十年陈", "青花醉",
        ),
        "kuaijishan": names(
            "纯正五年=纯正5年", "1743", "大师兰亭",
        ),
    },
    between=r"[0-9]{2}\s?(?:度|°|%)",
)  # fmt: skip
