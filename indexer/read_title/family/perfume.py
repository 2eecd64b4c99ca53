"""Perfume: line, concentration and bottle size split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, Rule, names, rule

_EDP: Final = r"淡香精|浓香水|eau\s?de\s?parfum|(?<![a-z])edp(?![a-z])"
_EDT: Final = r"淡香水|eau\s?de\s?toilette|(?<![a-z])edt(?![a-z])"
_EDC: Final = r"古龙水|古龙香水|eau\s?de\s?cologne|(?<![a-z])edc(?![a-z])|(?<![a-z])cologne(?![a-z])"
_PARFUM: Final = (
    r"浓香精|(?<![淡浓无0])香精(?!油)|(?<![a-z])extrait(?![a-z])|(?<!de)(?<!de\s)(?<![a-z])parfum(?![a-z])"
)


def _concentration(name: str, pattern: str, hint: str) -> Rule:
    return rule("concentration", pattern, name, hint=hint)


LINES: Final = {
    "chanel": names("五号之水", "五号=N°5=N5=5号", "可可小姐=coco mademoiselle=摩登COCO", "蔚蓝=bleu de chanel=bleu", "炫亮魅力=allure",
        "柔情邂逅=粉邂逅=chance eau tendre", "绿邂逅=绿色邂逅=chance eau fraiche", "橙光邂逅=橙邂逅=chance eau vive", "邂逅=黄邂逅=chance",
        "嘉柏丽尔=嘉柏丽尔天性=gabrielle", "可可黑=coco noir", "魅力男士=allure homme sport"),
    "dior": names("真我=j'adore=jadore=真我香水", "花漾甜心=花漾迪奥小姐=miss dior blooming bouquet", "迪奥小姐=小姐=miss dior=小姐香水",
        "旷野=旷野男士=sauvage=旷野香水", "蓝毒=蓝色毒药", "红毒=蛊媚奇葩", "绿毒", "毒药=poison", "桀骜=桀骜男士=homme intense",
        "快乐之源=joy", "华氏=华氏温度=fahrenheit"),
    "ysl": names("黑鸦片=黑奥飘茗=奥飘茗=black opium", "自由之水=自由=libre", "反转巴黎=mon paris", "逆袭=Y男士"),
    "lancome": names("美丽人生=la vie est belle", "奇迹=miracle=真爱奇迹", "珍爱=璀璨=tresor", "是我=idole", "小黑裙午夜玫瑰=午夜玫瑰=午夜粉红"),
    "armani": names("寄情水=寄情=acqua di gio", "挚爱=si=挚爱红", "我的我=自我无界=my way", "苏州牡丹=牡丹", "印记=code=黑色密码"),
    "guerlain": names("小黑裙=la petite robe noire", "花草水语=aqua allegoria", "一千零一夜=shalimar", "我的印记=印记"),
    "givenchy": names("心无禁忌=倾城禁忌=l'interdit", "倾城之魅=dahlia", "热力=热力四射=pi", "绅士=gentleman", "小熊宝宝=ptisenbon"),
    "tomford": names("乌木沉香=oud wood", "失落樱桃=落樱桃=lost cherry", "灰色香根草=grey vetiver", "白麝香=white suede", "橙花油=波托菲诺橙花=neroli portofino",
        "迷失樱桃", "烟叶香草=tobacco vanille", "黑兰花=black orchid", "鎏金时刻", "粉面桃心=bitter peach", "绯红蔷薇=rose prick"),
    "jomalone": names("英国梨与小苍兰=英国梨小苍兰=英国梨=english pear", "蓝风铃=wild bluebell", "鼠尾草与海盐=鼠尾草海盐=鼠尾草=wood sage",
        "黑莓与月桂叶=黑莓月桂叶=黑莓=blackberry", "牡丹与胭红麂绒=牡丹与粉红麂绒=牡丹麂绒=peony", "青柠罗勒与柑橘=青柠罗勒=罗勒与柑橘=lime basil",
        "橙花=orange blossom", "含羞草与小豆蔻=含羞草=mimosa", "杏桃花与蜂蜜=杏桃花=nectarine", "红玫瑰=red roses", "丝绒玫瑰与乌木=丝绒玫瑰=velvet rose",
        "没药与冬加豆=没药=myrrh", "柚子=grapefruit", "星玉兰=star magnolia"),
    "hermes": names("大地=terre d'hermes=terre", "尼罗河花园=尼罗河=un jardin sur le nil", "李先生的花园=李先生=monsieur li", "屋顶花园=屋顶上的花园=sur le toit",
        "地中海花园=mediterranee", "潟湖花园=lagune", "橘彩星光=eau des merveilles", "雪白龙胆=gentiane blanche", "橘绿之泉=eau d'orange verte", "闪耀如你=twilly"),
    "gucci": names("花悦=花悦绽放=bloom", "绚丽栀子花=栀子花=flora gardenia=flora", "罪爱=guilty", "竹韵=bamboo", "绚丽茉莉=flora jasmine", "回忆=memoire"),
    "bvlgari": names("大吉岭茶=大吉岭=pour homme", "白茶=the blanc", "绿茶=the vert", "红茶=the rouge", "紫水晶=紫晶=omnia amethyste", "夜茉莉=jasmin noir",
        "水能量=碧蓝=aqva", "蓝茶=the bleu", "甜蜜=甜蜜宝石=omnia coral"),
    "burberry": names("伦敦=london", "周末=weekend", "英伦迷情=风格=brit", "花与她=her", "英雄=hero", "我的=my burberry", "红粉恋歌=touch"),
    "versace": names("爱神=eros", "迪伦=迪伦男士=dylan blue", "粉钻=晶钻=bright crystal", "星夜水晶=黑金=crystal noir", "云淡风轻=versense", "心动=爱纪元"),
    "davidoff": names("冷水=神秘水=cool water", "回声=echo"),
    "calvinklein": names("ONE=ck one=卡雷优", "BE=ck be", "永恒=eternity", "唤醒=euphoria=诱惑", "IN2U", "ALL"),
    "chloe": names("仙境花园", "恋旅=nomade", "同名=女士同名=肉丝带"),
    "creed": names("拿破仑之水=拿破仑=aventus", "银色山泉=银泉=silver mountain water", "爱尔兰绿花=绿色爱尔兰=green irish tweed", "水之花"),
    "margiela": names("慵懒周末=lazy sunday morning", "壁炉火光=温暖壁炉=by the fireplace", "爵士酒廊=爵士俱乐部=jazz club", "泡泡浴=bubble bath",
        "航海日=扬帆之日=sailing day", "海滩漫步=沙滩漫步=beach walk", "无人沙漠", "雨后当归=当归=when the rain stops", "春日公园=公园春日", "图书馆=书香低语=whispers in the library"),
    "lelabo": names("檀香木33=檀香33=檀香木=santal 33", "别样13=另类13=another 13", "岩蔷薇", "玫瑰31=rose 31", "黑茶29=红茶29=the noir 29", "抹茶26=matcha 26"),
    "byredo": names("无人区玫瑰=无人之境玫瑰=rose of no man's land", "超级雪松=super cedar", "吉普赛之水=gypsy water", "白色物语=blanche", "荒漠晨曦=slow dance",
        "夜幕玫瑰", "幻旅=mojave ghost", "返璞归真=bal d'afrique", "秘境玫瑰"),
    "diptyque": names("杜桑=do son", "玫瑰之水=eau rose", "檀道=tam dao", "无花果=philosykos", "影中之水=l'ombre dans l'eau", "感官之水=肌肤之华=fleur de peau",
        "柏林少女", "白色茉莉", "圣日尔曼大街34号=圣日尔曼", "流浪者=eau mohéli"),
    "penhaligons": names("乔治=乔治勋爵", "月光夜影=luna", "布伦海姆=blenheim bouquet", "牧羊少年=endymion", "索伦托", "兽首=狐狸"),
    "montblanc": names("传奇=legend", "探寻旅者=探索=explorer", "璀璨=个性"),
    "marcjacobs": names("小雏菊=雏菊=daisy", "清甜雏菊=甜蜜雏菊", "完美=perfect", "波点=dot"),
    "annasui": names("许愿精灵=secret wish", "紫色罗曼史=紫罗曼史", "逐梦翎雀=蝶恋", "筑梦天马=独角兽", "美人鱼=蓝色精灵"),
    "narcisorodriguez": names("她的同名=for her", "纯麝香=pure musc", "白立方=narciso", "粉方"),
    "ferragamo": names("梦中彩虹=incanto shine", "蓝色经典=经典男士=f by", "闪耀=signorina", "伊人"),
    "lanvin": names("光韵=eclat d'arpege", "珍爱=me", "摩登公主=modern princess", "花漾公主=jeanne"),
    "loewe": names("001事后清晨=事后清晨=001", "罗意威先生=solo", "星光=aura"),
    "valentino": names("天生一对=born in roma", "激情=voce viva", "罗马之恋=绿金"),
    "mugler": names("天使=angel", "异型=alien"),
    "kenzo": names("水之恋=l'eau par", "一枝花=flower", "风之恋"),
    "isseymiyake": names("一生之水=l'eau d'issey", "一生之火", "气息=一生之光"),
    "elizabetharden": names("绿茶=green tea", "第五大道=第五大街=5th avenue", "白茶=white tea"),
    "jimmychoo": names("同名", "传奇=man", "我要=i want choo"),
    "coach": names("纽约=纽约女士=new york", "蔻驰男士", "梦想=dreams", "花香=floral"),
    "scentlibrary": names("凉白开", "大白兔=奶糖", "绿茶", "大象与森林", "妹妹"),
    "tosummer": names("昆仑煮雪", "颐和金桂", "书院莲池", "福开森路", "西溪桃花", "和平饭店"),
    "documents": names("大音希声", "柔韧", "人间是"),
    "boitown": names("流沙金=鎏金", "幻彩流沙", "金盏=旷野"),
    "beast": names("三生有姓=桃花坞", "万寿菊", "夏天的天空"),
}  # fmt: skip

PERFUME: Final = Family(
    name="perfume",
    cues=("香水", "女士香水", "男士香水", "淡香水", "浓香水", "淡香精", "香精", "古龙水", "古龙香水", "中性香水", "香氛喷雾", "沙龙香水", "香水礼盒", "固体香膏",
        "eau de parfum", "eau de toilette", "eau de cologne", "perfume", "cologne", "parfum", "走珠香水", "fragrance", "edp spray", "edt spray", "eau de parfum spray", "eau de toilette spray", "body mist", "fragrance mist"),
    hints=("edp", "edt", "edc", "持久留香", "花香调", "木质调", "东方调", "果香", "花果香", "前调", "后调", "喷雾", "ml香水"),
    categories=("香水", "香水彩妆", "香氛", "fragrances"),
    proof=r"(?<![a-z])ed[ptc](?![a-z])",
    proof_hint="e",
    accessories=("分装瓶", "香水分装瓶", "香水瓶", "空瓶", "喷雾瓶", "香水座", "香水架", "香水收纳", "香水包装盒", "perfume atomizer", "travel atomizer"),
    rules=(
        _concentration("edp", _EDP, "精水pe"), _concentration("edt", _EDT, "水ee"), _concentration("edc", _EDC, "水ec"),
        _concentration("parfum", _PARFUM, "精pe"),
    ),
    splits=("concentration",),
    required=("model", "pack"),
    contents=frozenset({Unit.MILLILITRE}),
    unit_bases={Unit.MILLILITRE: 10},
    lines=LINES,
    between=r"(?:女士|男士|中性)?(?:淡香水|浓香水|香水|淡香精|浓香精|香精|古龙水|edp|edt)",
)  # fmt: skip
