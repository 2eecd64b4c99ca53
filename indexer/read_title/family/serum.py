"""Skin care and make-up: generation, contents and shade split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, Values, names, rule
from indexer.read_title.shared_rules import GENERATION

_HAN: Final = "零一二三四五六七八九十"

SHADE: Final = rule(
    "shade",
    r"(?:色号)?#\s?([0-9]{1,4}[a-z]?|[a-z][0-9]{1,3})(?![0-9])|(?:口红|唇膏|唇釉|唇泥|唇蜜|粉底液|气垫|色号|唇纱)\s?:?\s?#?\s?((?!19[89]|20[0-3])[0-9]{2,4}|[a-z]{1,2}[0-9]{1,3}|[0-9][a-z][0-9])(?![0-9]|ml|g|\s?(?:ml|g|支|只|片|色))",
    str.upper,
    confidence=85,
)
SHADE_AFTER: Final = rule(
    "shade",
    r"(?<![0-9a-z.])([0-9]{2,4}|[a-z]{1,2}[0-9]{1,3}|[0-9][a-z][0-9])\s?(?:#|号色|色号)",
    str.upper,
    confidence=80,
    only_if_missing=True,
)


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """A generation is part of the model's name: 小棕瓶 第七代."""
    del text
    generation = values.get("generation", "")
    if re.fullmatch(r"[0-9]|10", generation):
        return f"{model} 第{_HAN[int(generation)]}代", {}
    return model, {}


SERUM: Final = Family(
    name="serum",
    cues=(
        "护肤品", "精华", "精华液", "精华露", "肌底液", "精华水", "面霜", "眼霜", "乳液", "爽肤水", "化妆水", "护肤水", "防晒霜", "防晒", "防晒乳", "面膜",
        "洁面乳", "洗面奶", "洁面", "卸妆油", "卸妆水", "卸妆膏", "口红", "唇膏", "唇釉", "粉底液", "气垫",
        "气垫bb", "散粉", "眼影", "眼影盘", "隔离霜", "身体乳", "护手霜", "安瓶", "原液", "修护精华", "抗老精华", "保湿霜",         "冻干粉", "眉笔", "睫毛膏", "腮红", "特护霜", "敷料", "次抛", "护肤精华露", "肌活精华露", "水乳",
        "护肤套装", "水乳套装", "serum", "lipstick", "essence", "moisturizer", "sunscreen", "foundation", "护肤精华",
        "神仙水", "精华油", "乳霜", "美白精华", "医用面膜", "唇泥", "唇蜜", "定妆喷雾", "保湿水", "贴片面膜", "face serum", "moisturiser", "face cream", "eye cream", "night cream", "day cream", "cleanser", "face wash", "facial cleanser", "toner", "face mask", "sheet mask", "sheet masks", "facial mask", "lip balm", "lip gloss", "mascara", "eyeshadow", "eyeshadow palette", "concealer", "primer", "setting spray", "setting powder", "body lotion", "hand cream", "sunscreen lotion", "sun cream", "micellar water", "makeup remover", "cleansing balm", "cleansing oil", "facial oil", "moisturizing cream", "moisturizing lotion", "face moisturizer", "treatment essence", "lip mask", "lip sleeping mask", "face sunscreen", "retinol serum", "vitamin c serum", "hyaluronic acid serum"),
    hints=("抗皱", "美白", "淡斑", "抗老", "紧致", "补水", "保湿", "修护", "烟酰胺", "玻尿酸", "视黄醇", "色号", "肌肤", "敏感肌", "小样"),
    categories=("美妆", "护肤", "彩妆", "精华", "面部护肤", "美容护肤", "口红", "面膜"),
    accessories=("化妆刷", "美妆蛋", "粉扑", "化妆包", "化妆镜", "分装瓶", "唇刷", "makeup brush", "makeup sponge", "cosmetic bag", "makeup bag"),
    rules=(SHADE, SHADE_AFTER, GENERATION),
    splits=("generation", "shade"),
    required=("model", "pack"),
    contents=frozenset({Unit.MILLILITRE, Unit.GRAM, Unit.PIECE}),
    unit_bases={Unit.MILLILITRE: 10, Unit.GRAM: 100, Unit.PIECE: 1},
    counted={"片": Unit.PIECE, "贴": Unit.PIECE},
    lines={
        "esteelauder": names("小棕瓶眼霜", "小棕瓶", "智妍面霜=智妍", "胶原霜", "沁水粉底液=沁水", "DW粉底液=DW=持妆粉底液=持妆", "红石榴", "白金",
            "原生液=微精华", "樱花水", "线雕精华=线雕", "倾慕口红=倾慕"),
        "lancome": names("小黑瓶眼霜", "小黑瓶", "粉水", "菁纯", "菁纯面霜", "菁纯唇膏", "极光水", "极光精华", "持妆粉底液=持妆", "小白管",
            "清滢柔肤水", "大眼精华", "塑颜", "菁纯眼霜"),
        "skii": names("神仙水=护肤精华露", "小灯泡=肌因光蕴", "大红瓶=赋能焕采精华霜", "前男友面膜=护肤面膜", "清莹露", "小银瓶", "大红瓶面霜"),
        "loreal": names("黑精华", "小蜜罐", "紫熨斗", "复颜", "零点霜", "水光针", "小金管", "玻色因", "男士控油", "注白瓶", "小钢笔", "安瓶面膜",
            "奇焕精油", "金致臻颜", "欧莱雅男士"),
        "proya": names("双抗精华=双抗", "红宝石面霜", "红宝石精华", "红宝石眼霜", "红宝石=早c晚a", "源力精华=源力", "源力面膜", "云朵防晒", "能量精华",
            "羽感防晒", "启时"),
        "winona": names("特护霜=舒敏保湿特护霜", "冻干面膜", "清透防晒乳=清透防晒", "极润", "屏障特护霜=第二代特护霜", "熊果苷", "特护精华"),
        "skinceuticals": names("CE=ce复合修护=ce精华", "色修精华=色修", "紫米精华=紫米", "AGE面霜=age", "RBE=白藜芦醇", "发光瓶",
            "B5保湿凝胶=b5", "维他命CE"),
        "shiseido": names("红腰子", "悦薇水乳=悦薇", "小针管眼霜=小针管", "蓝胖子防晒=蓝胖子", "百优面霜=百优", "时光琉璃", "红妍肌活", "水之密语",
            "新透白"),
        "ysl": names("小金条", "方管", "小粉条", "夜皇后", "黑管", "圆管", "恒久粉底液=恒久", "小黑条", "自由之水", "反转巴黎", "皮气垫", "明彩笔",
            "小银条"),
        "olay": names("小白瓶", "大红瓶", "超A瓶", "抗糖小白瓶", "黑管精华", "超红瓶", "淡斑小白瓶", "空气霜", "沐浴露"),
        "voolga": names("白膜", "黑膜", "积雪草", "虾青素", "医用透明质酸钠修复贴", "透明质酸钠修复贴"),
        "clarins": names("双萃精华=双萃", "黄金双萃", "弹簧霜"),
        "kiehls": names("高保湿面霜=高保湿", "金盏花水=金盏花", "白泥面膜=白泥", "淡斑精华", "牛油果眼霜", "a醇微脂囊"),
        "clinique": names("黄油", "镭射瓶", "302美白", "紫胖子"),
        "lamer": names("经典面霜=精华面霜", "精粹水", "浓缩修护精华=浓缩修护", "奇迹面霜", "鎏金"),
        "dior": names("烈艳蓝金", "锁妆", "丝绒唇膏", "魅惑釉唇膏=变色唇膏"),
        "chanel": names("炫亮魅力唇膏=炫亮魅力口红", "山茶花精华", "一号红山茶花"),
        "mac": names("子弹头", "柔雾唇膏", "尤雾弹", "定制无瑕粉底液"),
        "armani": names("红管", "权力粉底液=权力", "蓝标", "大师粉底液=大师", "红管唇釉"),
        "givenchy": names("小羊皮", "四宫格散粉=四宫格", "禁忌之吻"),
        "hr": names("绿宝瓶", "黑绷带", "白绷带"),
        "guerlain": names("帝皇蜂姿复原蜜=复原蜜", "金钻粉底液=金钻", "亲亲唇膏"),
        "whoo": names("天气丹", "拱辰享水妍=水妍", "秘贴", "津率享"),
        "sulwhasoo": names("润致精华=润致", "滋盈", "滋阴", "雪肌水乳"),
        "ordinary": names("烟酰胺精华=烟酰胺", "烟酰胺原液", "咖啡因眼部精华"),
        "cerave": names("保湿润肤霜=c霜", "修护保湿润肤乳=c乳", "泡沫洁面"),
        "laroche": names("B5修复霜=b5", "大哥大防晒=大哥大", "特安面霜=特安"),
        "avene": names("舒护活泉喷雾=活泉喷雾=大喷"),
        "kans": names("红蛮腰", "白蛮腰", "聚时光", "金刚侠"),
        "pechoin": names("帧颜", "水嫩倍现", "小绿瓶"),
        "chando": names("小紫瓶", "雪松", "凝时", "冰肌水"),
        "bloomage": names("白纱布", "黑纱布", "屏障次抛", "水润次抛"),
        "quadha": names("悬油次抛", "5D玻尿酸", "战痘次抛"),
        "perfectdiary": names("小细跟", "小狗盘", "动物眼影盘", "仿生膜"),
        "florasis": names("同心锁口红=同心锁", "空气蜜粉=空气散粉", "玉女桃花"),
        "mediheal": names("水润保湿=ndm", "胶原蛋白", "竹炭"),
        "collgene": names("胶原棒", "重组胶原蛋白敷料=胶原贴", "秩序点痘棒"),
        "anessa": names("小金瓶", "粉金瓶", "金灿倍护"),
        "3ce": names("丝绒唇釉=云朵唇釉", "九宫格眼影=九宫格", "水光唇釉"),
        "": names("次抛精华"),
    },
    nouns=names("面霜", "眼霜", "洁面乳=洗面奶", "防晒霜=防晒乳", "面膜"),
    kinds=names(
        "眼霜", "面霜=乳霜=保湿霜", "面膜=贴片面膜=医用面膜", "乳液", "爽肤水=化妆水=护肤水=精华水=柔肤水", "防晒=防晒霜=防晒乳", "洁面=洁面乳=洗面奶",
        "卸妆=卸妆油=卸妆水=卸妆膏", "粉底液", "气垫=气垫bb", "散粉=蜜粉", "身体乳", "护手霜", "眼影=眼影盘",
    ),
    finish=finish,
)  # fmt: skip
