"""The makers: how their names are written and which GTIN prefix they license. Facts of the trade, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """A maker or a line that shoppers treat as one."""

    id: str
    zh: str
    en: str
    prefix: str = ""
    """First digits of its GTIN-13; empty: drawn from China's 690-699."""
    also: tuple[str, ...] = ()
    """Further spellings sellers use; each is enough to know the brand in its family."""
    filed_under: str = ""
    """How marketplaces' brand field names it where that is the parent's name."""
    latin: bool = True
    """Whether Chinese sellers write the Latin name at all, outside JD's formal head."""


_TABLE: tuple[Brand, ...] = (
    # electronics
    Brand("apple", "苹果", "Apple", "0195949"),
    Brand("huawei", "华为", "HUAWEI", "6942103"),
    Brand("honor", "荣耀", "HONOR", "6936520"),
    Brand("xiaomi", "小米", "Xiaomi", "6941812", also=("MI",)),
    Brand("redmi", "红米", "Redmi", "6941812", also=("小米Redmi", "小米红米"), filed_under="小米（MI）"),
    Brand("oppo", "", "OPPO", "6944284"),
    Brand("oneplus", "一加", "OnePlus", "6921815"),
    Brand("realme", "真我", "realme", "6941399"),
    Brand("vivo", "", "vivo", "6935117"),
    Brand("iqoo", "", "iQOO", "6935117", also=("vivo iQOO",), filed_under="vivo"),
    Brand("samsung", "三星", "SAMSUNG", "8806095"),
    Brand("sony", "索尼", "SONY", "4548736"),
    Brand("lenovo", "联想", "Lenovo", "0197529"),
    Brand("thinkpad", "", "ThinkPad", "0197529", also=("联想ThinkPad",), filed_under="联想（Lenovo）"),
    Brand("asus", "华硕", "ASUS", "4711387"),
    Brand("dell", "戴尔", "DELL", "5397184"),
    Brand("hp", "惠普", "HP", "0196786"),
    Brand("mechrevo", "机械革命", "MECHREVO", latin=False),
    Brand("edifier", "漫步者", "EDIFIER", "6923520"),
    Brand("bose", "", "Bose", "0178179"),
    Brand("sennheiser", "森海塞尔", "Sennheiser", "4044155"),
    Brand("jbl", "", "JBL", "6925281"),
    Brand("qcy", "", "QCY"),
    Brand("baseus", "倍思", "Baseus"),
    Brand("ugreen", "绿联", "UGREEN"),
    Brand("pisen", "品胜", "PISEN"),
    Brand("torras", "图拉斯", "TORRAS"),
    Brand("smartdevil", "闪魔", "SmartDevil"),
    Brand("esr", "亿色", "ESR"),
    # appliances
    Brand("hisense", "海信", "Hisense", "6926597"),
    Brand("tcl", "", "TCL", "6921732"),
    Brand("skyworth", "创维", "Skyworth", "6927928", latin=False),
    Brand("konka", "康佳", "KONKA", latin=False),
    Brand("vidda", "", "Vidda", also=("海信Vidda",), filed_under="海信（Hisense）"),
    Brand("gree", "格力", "GREE", "6928415"),
    Brand("midea", "美的", "Midea", "6925704"),
    Brand("haier", "海尔", "Haier", "6932290"),
    Brand("aux", "奥克斯", "AUX", latin=False),
    # sport
    Brand("nike", "耐克", "Nike", "0196969"),
    Brand("jordan", "", "Air Jordan", "0196969", filed_under="耐克（NIKE）"),
    Brand("adidas", "阿迪达斯", "adidas", "4066752", also=("阿迪",)),
    Brand("newbalance", "新百伦", "New Balance", "0197375", also=("NB",)),
    Brand("lining", "李宁", "LI-NING", "6970519"),
    Brand("anta", "安踏", "ANTA", "6970021"),
    Brand("xtep", "特步", "XTEP", latin=False),
    Brand("qiaodan", "乔丹", "QIAODAN", also=("中乔",), latin=False),
    Brand("asics", "亚瑟士", "ASICS", "4550330"),
    Brand("skechers", "斯凯奇", "Skechers", "0196989"),
    Brand("converse", "匡威", "Converse", "0194433"),
    # mother and child
    Brand("feihe", "飞鹤", "FIRMUS", "6902422", latin=False),
    Brand("aptamil", "爱他美", "Aptamil", "8712400"),
    Brand("a2", "a2", "a2", "9421902", also=("a2奶粉",)),
    Brand("wyeth", "惠氏", "Wyeth", "5391522"),
    Brand("friso", "美素佳儿", "Friso", "8716200"),
    Brand("meadjohnson", "美赞臣", "Mead Johnson", "8712045"),
    Brand("abbott", "雅培", "Abbott", "5099864"),
    Brand("yili", "伊利", "YILI", "6907992", latin=False),
    Brand("junlebao", "君乐宝", "JUNLEBAO", "6951957", latin=False),
    Brand("biostime", "合生元", "BIOSTIME", "3573020", latin=False),
    Brand("huggies", "好奇", "Huggies", "6948195"),
    Brand("pampers", "帮宝适", "Pampers", "6903148"),
    Brand("merries", "花王", "Merries", "4901301", also=("花王妙而舒", "花王Merries")),
    Brand("moony", "尤妮佳", "moony", "4903111"),
    Brand("goon", "大王", "GOO.N", "4902011", also=("大王GOO.N",)),
    Brand("babycare", "", "babycare"),
    Brand("lelch", "露安适", "Lelch", latin=False),
    Brand("beaba", "碧芭宝贝", "beaba"),
    # spirits
    Brand("moutai", "贵州茅台", "MOUTAI", "6902952", also=("茅台",), latin=False),
    Brand(
        "moutai-prince", "茅台王子酒", "Moutai Prince", "6902952", filed_under="茅台（MOUTAI）", latin=False
    ),
    Brand(
        "moutai-yingbin", "茅台迎宾酒", "Moutai Yingbin", "6902952", filed_under="茅台（MOUTAI）", latin=False
    ),
    Brand("wuliangye", "五粮液", "WULIANGYE", "6901382", latin=False),
    Brand("luzhoulaojiao", "泸州老窖", "Luzhou Laojiao", "6901798", latin=False),
    Brand("yanghe", "洋河", "YANGHE", "6903431", latin=False),
    Brand("fenjiu", "汾酒", "FENJIU", "6903250", also=("山西汾酒",), latin=False),
    Brand("jiannanchun", "剑南春", "JIANNANCHUN", "6901434", latin=False),
    Brand("langjiu", "郎酒", "LANGJIU", "6901676", latin=False),
    Brand("xijiu", "习酒", "XIJIU", "6906785", latin=False),
    Brand("hongxing", "红星", "RED STAR", "6906151", latin=False),
    Brand("niulanshan", "牛栏山", "NIULANSHAN", "6906785", latin=False),
    Brand("gujing", "古井贡酒", "GUJINGGONG", "6902018", latin=False),
    # food and drink
    Brand("nongfu", "农夫山泉", "NONGFU SPRING", "6921168", latin=False),
    Brand("cestbon", "怡宝", "C'estbon", "6901285", latin=False),
    Brand("ganten", "百岁山", "Ganten", "6922255", also=("景田百岁山",), latin=False),
    Brand("jingtian", "景田", "JINGTIAN", "6922255", latin=False),
    Brand("evian", "依云", "evian", "3068320"),
    Brand("wahaha", "娃哈哈", "WAHAHA", "6902083", latin=False),
    Brand("masterkong", "康师傅", "Master Kong", "6920459", latin=False),
    Brand("kunlun", "昆仑山", "Kunlun", "6947954", latin=False),
    Brand("perrier", "巴黎水", "Perrier", "7613036", also=("巴黎水Perrier",)),
    Brand("nescafe", "雀巢", "Nescafé", "6903473", also=("雀巢咖啡",)),
    Brand("saturnbird", "三顿半", "Saturnbird", latin=False),
    Brand("starbucks", "星巴克", "Starbucks", "7613035"),
    Brand("sumidagawa", "隅田川", "TASOGARE", latin=False),
    Brand("maxwell", "麦斯威尔", "Maxwell House", "6917951", latin=False),
    Brand("illy", "意利", "illy", "8003753"),
    Brand("lavazza", "拉瓦萨", "LAVAZZA", "8000070"),
    Brand("ucc", "悠诗诗", "UCC", "4901201"),
    # beauty
    Brand("esteelauder", "雅诗兰黛", "Estée Lauder", "0887167"),
    Brand("lancome", "兰蔻", "Lancôme", "3614272", also=("LANCOME",)),
    Brand("loreal", "欧莱雅", "L'Oréal", "6923700", also=("巴黎欧莱雅",)),
    Brand("skii", "", "SK-II", "4979006", also=("SK2", "SKII")),
    Brand("skinceuticals", "修丽可", "SkinCeuticals", "3606000"),
    Brand("shiseido", "资生堂", "SHISEIDO", "7292382"),
    Brand("proya", "珀莱雅", "PROYA", "6942349"),
    Brand("olay", "玉兰油", "OLAY", "6903148"),
    Brand("winona", "薇诺娜", "WINONA", "6958770", latin=False),
    Brand("helena", "赫莲娜", "HR", "3614273", also=("HR赫莲娜",)),
    Brand("guerlain", "娇兰", "Guerlain", "3346470"),
    Brand("clinique", "倩碧", "CLINIQUE", "0192333"),
    # home and toys
    Brand("vinda", "维达", "Vinda", "6901236", latin=False),
    Brand("cleanwell", "清风", "Breeze", "6922266", latin=False),
    Brand("mindact", "心相印", "Mind Act Upon Mind", "6903244", latin=False),
    Brand("cands", "洁柔", "C&S", "6914068", latin=False),
    Brand("tempo", "得宝", "Tempo", "4894514"),
    Brand("cocoro", "可心柔", "COROU", latin=False),
    Brand("lego", "乐高", "LEGO", "5702017"),
    Brand("cada", "双鹰咔搭", "CADA"),
    Brand("pantasy", "拼奇", "PANTASY"),
)


def brands() -> dict[str, Brand]:
    """Every brand by id; the empty id is a no-name article."""
    return {brand.id: brand for brand in (Brand("", "", ""), *_TABLE)}
