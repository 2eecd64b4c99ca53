"""Medicines and supplements: name and pack split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names

NOUNS: Final = names(
    "感冒灵颗粒=感冒灵",
    "板蓝根颗粒=板蓝根",
    "健胃消食片",
    "维生素C",
    "钙片",
    "鱼油",
    "益生菌",
    "蛋白粉",
    "创可贴",
    "医用口罩=口罩",
    "褪黑素",
    "口服液",
    "皮炎平",
)

MEDICINE: Final = Family(
    name="medicine",
    cues=(
        "药品", "感冒颗粒", "小儿感冒颗粒", "含片", "喉片", "感冒灵", "感冒灵颗粒", "颗粒剂", "胶囊", "软胶囊", "口服液", "板蓝根", "板蓝根颗粒", "皮炎平", "乳膏", "软膏", "贴膏", "创可贴", "维生素c",
        "维生素b", "钙片", "鱼油", "益生菌", "褪黑素", "蛋白粉", "氨糖", "叶酸", "复合维生素", "感冒药",
        "消食片", "健胃消食片", "滴眼液", "布洛芬", "阿莫西林", "口罩", "医用口罩", "辅酶q10", "葡萄籽", "护肝片", "辅酶", "软糖", "pain relief", "pain reliever", "allergy relief", "fish oil", "multivitamin", "multivitamins", "vitamin c", "vitamin d3", "vitamin", "softgels", "caplets", "cough syrup", "eye drops", "probiotics", "omega-3", "melatonin", "collagen peptides", "glucosamine", "antacid", "nasal spray", "band-aid", "adhesive bandages", "face masks disposable"),
    hints=("otc", "国药准字", "成人", "缓解"),
    categories=("药品", "中西药品", "医药", "保健品", "营养保健", "家庭常备药", "感冒咳嗽", "肠胃用药", "清热解毒", "止咳化痰", "皮肤用药", "风湿骨痛", "五官用药", "otc药品"),
    proof=r"(?<![a-z])otc(?![a-z])|国药准字|(?<![0-9.])(?:0\.[0-9]+\s?g|[0-9.]+\s?mg)\s?[*×x]\s?[0-9]+\s?[片粒丸]",
    proof_hint="o药g",
    accessories=("药盒", "分药器", "切药器", "药箱"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    counted={"片": Unit.PIECE, "粒": Unit.PIECE, "颗": Unit.PIECE, "枚": Unit.PIECE, "丸": Unit.PIECE, "贴": Unit.PIECE, "只": Unit.PIECE, "tablet": Unit.PIECE, "capsule": Unit.PIECE, "count": Unit.PIECE, "ct": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "999": names("感冒灵颗粒=感冒灵", "皮炎平", "小儿感冒颗粒", "三九胃泰颗粒=三九胃泰=胃泰", "抗病毒口服液", "强力枇杷露",
            "板蓝根颗粒=板蓝根", "小儿氨酚黄那敏=小儿氨酚", "养胃舒", "蒲地蓝", "暖贴"),
        "by-health": names("蛋白粉", "维生素C", "液体钙", "鱼油", "氨糖软骨素", "褪黑素", "多种维生素",
            "健力多", "舒百宁", "钙维D=钙维生素D", "胶原蛋白", "维生素B族=B族", "护肝片=健安适", "辅酶Q10", "葡萄籽", "牛初乳", "益生菌=Life-Space"),
        "swisse": names("护肝片", "钙片", "血橙", "葡萄籽", "蔓越莓",
            "胶原蛋白", "叶黄素", "维生素C泡腾片=泡腾片", "男士复合维生素=男士", "女士复合维生素=女士", "水飞蓟"),
        "caltrate": names("添佳片", "碳酸钙D3", "氨糖",
            "金钙尔奇=金钙", "液体钙", "维D"),
        "yiling": names("连花清瘟胶囊", "连花清瘟颗粒", "通心络胶囊", "参松养心胶囊", "芪苈强心胶囊"),
        "tylenol": names("酚麻美敏片", "对乙酰氨基酚缓释片", "对乙酰氨基酚混悬滴剂"),
        "motilium": names("多潘立酮片", "多潘立酮混悬液"),
        "smecta": names("蒙脱石散"),
        "nin-jiom": names("蜜炼川贝枇杷膏=川贝枇杷膏=枇杷膏", "润喉糖=枇杷糖"),
        "sidashu": names("维U颠茄铝胶囊"),
        "bayer-day-night": names("氨酚伪麻美芬片=日片夜片"),
        "quike": names("复方氨酚烷胺胶囊", "小快克=小儿氨酚黄那敏颗粒"),
        "mayinglong": names("麝香痔疮膏", "麝香痔疮栓", "八宝眼膏"),
        "daktarin": names("硝酸咪康唑乳膏"),
        "goldenthroat": names("金嗓子喉片=喉片", "金嗓子喉宝=喉宝"),
        "claritin": names("氯雷他定片"),
        "panadol": names("对乙酰氨基酚片", "酚咖片"),
        "manyanshuning": names("复方青橄榄利咽含片=利咽含片", "清喉利咽颗粒"),
        "yunnanbaiyao": names("云南白药胶囊", "云南白药气雾剂", "云南白药膏", "创可贴", "气雾剂", "膏"),
        "jiangzhong": names("复方草珊瑚含片=草珊瑚含片", "健胃消食片", "乳酸菌素片", "猴姑米稀"),
        "dongeejiao": names("阿胶块", "复方阿胶浆", "桃花姬",
            "阿胶粉", "阿胶糕"),
        "centrum": names(
            "银片", "多维", "小佳维", "复合维生素",
        ),
        "tongrentang": names("牛黄解毒片", "感冒清热颗粒", "藿香正气水", "牛黄清心丸",
            "六味地黄丸", "安宫牛黄丸=安宫", "阿胶", "感冒清热", "乌鸡白凤丸", "西洋参", "燕窝", "枸杞",
        ),
        "baiyunshan": names(
            "板蓝根", "阿莫西林", "金戈=枸橼酸西地那非", "小柴胡", "复方丹参片", "头孢克肟",
        ),
        "fenbid": names(
            "布洛芬缓释胶囊=布洛芬", "酚咖片", "乳膏",
        ),
        "contac": names(
            "复方盐酸伪麻黄碱=蓝色", "氨麻美敏=红色",
        ),
        "yangshengtang": names(
            "维生素E", "维生素C", "成人维生素", "桦树汁", "胶原蛋白",
        ),
        "blackmores": names(
            "孕妇黄金素=黄金素", "维骨力", "月见草", "VE面霜",
        ),
        "gnc": names(
            "葡萄籽", "辅酶Q10", "男士时光", "女士时光", "氨糖",
        ),
        "doctors-best": names(
            "辅酶Q10", "氨糖", "叶黄素", "苹果酸", "镁片",
        ),
        "lifespace": names(
            "益生菌", "b420", "广谱",
        ),
        "elevit": names(
            "复合维生素", "活性叶酸", "DHA",
        ),
        "inne": names(
            "小金条", "钙镁锌", "乳铁", "第一口",
        ),
        "ddrops": names(
            "D3",
        ),
        "yuyue": names(
            "电子血压计=血压计",
        ),
    },
    nouns=NOUNS,
    kinds=NOUNS,
)  # fmt: skip
