"""Food for cats and dogs: line, stage of life and weight split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names, rule

LIFE_STAGE: Final = rule(
    "life_stage",
    r"(?P<all>全(?:生命)?(?:阶段|期|年龄段?)|all\s(?:life\s)?stages?|[成幼]年?[猫犬]?\s?[及和/、+&]?\s?[成幼]年?[猫犬]\s?(?:粮?通用|均可)"
    r"|(?:成年?[猫犬]\s?[及和/、+&]?\s?幼年?|幼年?[猫犬]\s?[及和/、+&]?\s?成年?)[猫犬])",
    "all",
    confidence=92,
    hint="全成幼e",
)
KITTEN: Final = rule(
    "life_stage", r"幼年?猫|(?<![大])小猫(?!咪)|(?<![a-z])kitten", "kitten", only_if_missing=True, hint="猫k"
)
PUPPY: Final = rule(
    "life_stage", r"幼年?[犬狗]|(?<![a-z])pupp(?:y|ies)", "puppy", only_if_missing=True, hint="犬狗p"
)
ADULT: Final = rule(
    "life_stage", r"成年?[猫犬狗]|(?<![a-z])adult(?![a-z])", "adult", only_if_missing=True, hint="成a"
)
SENIOR: Final = rule(
    "life_stage",
    r"(?:老年|中老年|高龄|老龄)[猫犬狗]|(?<![0-9])(?:7|8|11|12)\s?岁(?:以上|\+)|(?<![a-z])senior(?![a-z])",
    "senior",
    only_if_missing=True,
    hint="老高岁s",
)

_KINDS: Final = names(
    "猫粮=全价猫粮=猫干粮=膨化猫粮=烘焙猫粮=烘焙粮猫=cat food", "狗粮=犬粮=全价犬粮=全价狗粮=狗干粮=通用狗粮=dog food", "猫条=猫咪零食条", "猫罐头=猫罐=猫主食罐=猫咪罐头",
    "狗罐头=犬罐头=狗狗罐头", "主食罐=主食罐头", "冻干=猫冻干=生骨肉冻干=宠物冻干=主食冻干=冻干零食", "猫湿粮=餐包=主食餐包=妙鲜包=鲜封包=猫餐包",
    "狗零食=磨牙棒=洁齿棒=洁齿骨", "猫草片", "化毛膏", "营养膏",
)  # fmt: skip

PET_FOOD: Final = Family(
    name="pet_food",
    cues=("宠物食品", "猫粮", "狗粮", "犬粮", "全价猫粮", "全价犬粮", "全价狗粮", "幼猫粮", "成猫粮", "幼犬粮", "成犬粮", "老年猫粮", "老年犬粮", "猫湿粮", "狗湿粮",
        "猫条", "猫罐头", "狗罐头", "猫罐", "犬罐头", "猫零食", "狗零食", "狗狗零食", "猫咪零食", "猫主食", "主食罐", "主食罐头", "主食冻干", "猫冻干", "猫咪冻干",
        "狗冻干", "生骨肉冻干", "宠物冻干", "宠物零食", "猫餐包", "餐包", "妙鲜包", "奶糕", "幼猫奶糕", "离乳期奶糕", "幼犬奶糕", "烘焙猫粮", "烘焙粮", "冻干猫粮",
        "冻干双拼", "冻干狗粮", "磨牙棒", "洁齿棒", "洁齿骨", "宠物羊奶粉", "化毛膏", "营养膏", "猫草片", "通用狗粮", "通用猫粮", "猫咪罐头", "狗狗罐头",
        "cat food", "dog food", "pet food", "cat treats", "dog treats", "kitten food", "puppy food", "dry dog food", "dry cat food", "wet cat food", "wet dog food", "cat litter", "adult dog food", "adult cat food", "dog chews"),
    hints=("幼猫", "成猫", "幼犬", "成犬", "猫咪", "狗狗", "泰迪", "比熊", "柯基", "金毛", "拉布拉多", "英短", "布偶", "无谷", "全价", "全阶段", "冻干", "化毛",
        "美毛", "诱食", "适口性", "宠物", "小型犬", "中大型犬", "大型犬", "室内猫"),
    categories=("宠物", "猫粮", "狗粮", "宠物主粮", "宠物食品", "猫零食", "狗零食", "宠物生活"),
    accessories=("猫粮储存桶", "狗粮储存桶", "储粮桶", "猫粮桶", "储粮桶", "狗粮桶", "宠物储粮桶", "喂食器", "自动喂食器", "猫碗", "狗碗", "宠物碗", "食盆", "猫砂", "猫砂盆", "狗窝", "猫窝", "猫抓板", "猫爬架",
        "牵引绳", "宠物推车", "尿垫", "粮勺", "罐头勺", "喂猫条勺", "饮水机", "dog bowl", "cat bowl", "dog leash", "cat scratcher"),
    accessory_is_last=True,
    rules=(LIFE_STAGE, KITTEN, PUPPY, ADULT, SENIOR),
    splits=("life_stage",),
    required=("pack",),
    proves_goods=("life_stage",),
    contents=frozenset({Unit.GRAM}),
    has_flavour=True,
    unit_bases={Unit.GRAM: 100},
    lines={
        "royalcanin": names("K36", "F32", "I27", "BK34", "BS34", "IH34", "IK37", "S33", "AI42", "BP42", "MC31", "P30", "DG33", "EX33", "HH33", "MIJ31", "MEJ32", "MAJ30",
            "PR27", "M25", "GR26", "GR25", "PD30", "APD33", "SPR27", "JP27", "CC30", "LR30", "GP20", "Urinary S/O=LP34=泌尿道处方", "GI32"),
        "proplan": names("优护营养=优护", "活能", "鲜能", "冻干双拼", "益护", "美毛"),
        "orijen": names("六种鱼=6种鱼", "鸡肉=原野", "原始猎食渴望=无谷鸡", "草原=六种肉", "幼猫", "农场", "苔原"),
        "acana": names("农场盛宴", "海洋盛宴", "草原盛宴", "牧场盛宴", "鸭肉梨", "鸡肉", "羊肉苹果"),
        "myfoodie": names("弗列加特", "BARF霸弗=霸弗=barf", "佰萃", "羊奶肉", "牛肉双拼粮=牛肉双拼", "小橙帽", "藻趣儿", "营养森林", "鲜肉粮", "奶弗"),
        "instinct": names("高蛋白", "低敏=限制性", "经典无谷=无谷鸡", "生鲜本能", "鸭肉"),
        "ziwi": names("羊肉", "牛肉", "鲭鱼羊肉", "鸡肉", "鹿肉", "风干"),
        "whiskas": names("妙鲜包", "好味条", "夹心酥", "海洋鱼味", "香脆虾蟹味"),
        "sheba": names("水中捞", "金罐", "汤汁系列", "天禽密语", "主食大餐"),
        "fancyfeast": names("炙烤", "经典", "肉泥", "金罐"),
        "pedigree": names("妙鲜肉包", "洁齿棒", "乐滋", "牛肉味"),
        "nutro": names("卓越", "天然", "全护营养"),
        "gofood": names("九种肉=9种肉", "鸡肉", "五种鱼", "三文鱼鳕鱼=三文鱼"),
        "chengshiyikou": names("BK01", "P40", "K01", "ALPHA", "PRO"),
        "legendsandy": names("猎鸟乳鸽=乳鸽", "猎鸟鹌鹑", "猎鱼", "低温烘焙", "经典"),
        "purich": names("三拼", "红肉", "佰粹"),
        "partner": names("生骨肉", "烘焙", "主食罐"),
        "wangpi": names("鲜盈", "小顽皮", "醇粹"),
        "naturebridge": names("俱乐部", "天然粮", "醇粹=比乐"),
        "pureandnatural": names("博物馆", "无谷", "经典", "红狗"),
        "kerongrui": names("深海鱼", "鸡肉", "全价粮"),
        "hills": names("室内成猫", "除毛球", "胃肠处方=i/d", "c/d", "k/d"),
        "toptrees": names("红肉", "全价无谷", "鸡肉"),
    },
    nouns=names("成猫粮", "幼猫粮", "成犬粮", "幼犬粮", "冻干双拼=全价冻干双拼"),
    kinds=_KINDS,
)  # fmt: skip
