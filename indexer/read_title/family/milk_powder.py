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
    hints=("段", "罐装", "婴儿", "幼儿", "宝宝", "新国标", "乳铁蛋白", "hmo", "a2蛋白", "双重益生元", "益生元", "易吸收", "好吸收", "易消化", "好消化", "亲和人体", "专利配方", "全新配方", "配方升级", "鲜萃活性营养", "活性营养", "均衡营养", "全面营养", "进口奶源", "草饲奶源", "自御力", "保护力",
        "月龄", "12-36月", "0-6月", "6-12月" ),
    categories=("奶粉", "婴幼儿奶粉", "母婴", "牛奶粉"),
    accessories=("奶瓶", "宽口径奶瓶", "分装盒", "奶粉分装盒", "奶嘴", "温奶器", "奶粉盒", "奶粉勺", "奶粉罐", "奶粉机", "奶粉格", "奶粉袋", "奶粉储存罐"),
    rules=(STAGE,),
    splits=("stage",),
    required=("model", "stage", "pack"),
    proves_goods=("stage",),
    contents=frozenset({Unit.GRAM}),
    unit_bases={Unit.GRAM: 100},
    lines={
        "aptamil": names("卓萃", "卓傲", "白金版=白金", "领熠", "奇迹绿罐=奇迹绿", "奇迹白罐=奇迹白", "奇迹蓝罐=奇迹蓝", "金装版=金装", "经典版",
            "深度水解", "hmo白金", "profutura", "essential", "普通装",
            "澳洲白金=澳白金", "白金澳洲版", "铂萃", "活萃", "Pronutra"),
        "feihe": names("星飞帆卓睿=星飞帆 卓睿=卓睿", "星飞帆卓耀=卓耀", "星飞帆小羊=星飞帆 小羊=小羊妙可", "星飞帆", "臻稚卓蓓", "臻稚有机=臻稚", "超级飞帆臻爱倍护=臻爱倍护",
            "超级飞帆=超级飞帆臻爱", "飞帆", "淳芮", "茁然", "精粹益加",
            "星飞帆卓护=卓护", "星飞帆A2=A2", "经典1962=1962", "爱本=跃加", "星阶优护"),
        "a2": names("至初", "紫白金", "紫曜", "白金版",
            "至臻", "优致"),
        "friso": names("皇家美素佳儿=旺玥=皇家", "源悦", "金装", "美素力金装=美素力",
            "源悦有机", "佳护"),
        "wyeth": names("S-26铂臻=S26铂臻=铂臻", "启赋蓝钻=蓝钻", "启赋有机=有机", "启赋未来=未来", "启赋3HMO=3hmo", "启赋", "S-26金装=金装",
            "臻朗", "膳儿加", "幼儿乐", "铂臻瑞士版",
            "启赋蕴淳=蕴淳", "启赋蕴萃=蕴萃", "启韵=蓝钻启韵", "爱儿乐妈妈=妈妈"),
        "meadjohnson": names("蓝臻", "铂睿", "亲舒", "安婴儿", "安儿宝", "安儿健", "学优力", "荷兰版蓝臻", "睿素", "纯冠",
            "铂睿A2", "亲舒水解", "蓝臻绿罐", "优睿"),
        "abbott": names("菁智有机=有机", "菁智纯净=菁智", "菁挚有机", "菁挚", "亲体", "铂优恩美力=恩美力=铂优", "小安素", "全安素", "亲护", "港版小安素",
            "菁智奇迹", "喜康宝", "喜康力", "亲护水解", "保罗"),
        "nestle": names("能恩全护=全护", "超级能恩", "能恩水奶", "能恩", "怡养", "舒宜能恩", "力多精", "舒儿嘉",
            "能恩全护5HMO", "能恩舒敏=舒敏", "爱思培=芊护", "肽敏舒", "佳膳", "愈能爱思贝"),
        "junlebao": names("至臻", "乐铂", "优萃", "乐纯", "恬适", "小小鲁班", "诠维爱", "旗帜",
            "旗帜红钻", "乐臻", "至臻A2", "淳护", "欣悦衡"),
        "biostime": names("派星", "贝塔星", "爱菲特", "可贝思", "呵护",
            "派星HMO", "沃蓝=蓝钻", "阿尔法星=α星", "三优"),
        "beingmate": names("可睿欣", "爱加", "菁爱", "绿爱",
            "爱加A2", "童臻", "金装爱加=金爱+"),
        "yili": names("金领冠珍护=珍护", "金领冠睿护=睿护", "金领冠塞纳牧=塞纳牧", "金领冠菁护=菁护", "金领冠悠滋小羊=悠滋小羊", "金领冠", "QQ星", "欣活",
            "金领冠铂萃=铂萃", "金领冠育护=育护", "倍冠", "欣活纾糖=纾糖", "欣活骨能=骨能", "中老年"),
        "mengniu": names("瑞哺恩", "一米八八=M8", "悠瑞",
            "蓝钻", "铂金装", "悠瑞中老年"),
        "kabrita": names("悦白", "优装", "睛滢",
            "营嘉", "金装", "悦启"),
        "bellamy": names("有机", "白金有机=有机白金", "菁跃", "生乳",
            "白金A2", "菁跃有机"),
        "hipp": names("倍喜", "珍宝", "有机益生菌=益生菌", "至珍"),
        "nutrilon": names("白金版=白金", "hmo"),
        "karicare": names("绵羊", "金装山羊=山羊", "羊奶"),
        "synutra": names("优博瑞慕=瑞慕", "优博瑞霂", "优博剖蓓舒=剖蓓舒", "优博"),
        "yashily": names("菁珀", "亲宝滋", "朵恩"),
        "yeeper": names(
            "蓓康僖羊=蓓康僖", "宜品羊", "维多加", "小羊",
        ),
        "ausnutria": names(
            "能立多", "海普诺凯荷致=荷致", "海普诺凯萃护=萃护", "悠蓝",
        ),
        "wondersun": names(
            "元乳", "菁采", "诸葛小将", "稚采", "艾菲可",
        ),
        "bubs": names(
            "羊奶", "有机", "A2",
        ),
        "similac": names(
            "心美力HMO", "心美力",
        ),
        "anlene": names(
            "高钙", "低脂", "金装", "心健",
        ),
        "devondale": names(
            "全脂", "脱脂",
        ),
        "maxigenes": names(
            "蓝胖子=蓝胖", "脱脂",
        ),
        "hyproca": names(
            "荷致", "萃护", "1897",
        ),
    },
    has_sublines=True,
    between=r"[1-6]段|pre\s?段?",
)  # fmt: skip
