"""Nappies: line, size letter and cut (tape or pants) split; the count is the contents."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names, rule

SIZE: Final = rule(
    "size",
    r"(?<![a-z])size\s?([1-8])(?![0-9])|(?<![a-z0-9])(nb|newborn|x{0,4}l|[2-5]xl|s|m)(?=\s?(?:码|号|大?[0-9]{1,3}\s?片|[0-9]{2,3}(?![0-9a-z])|加?大号?|$|\s|[(/\-*×+]|[^a-z0-9.%'&]))",
    lambda text: {"newborn": "NB", "xxl": "XXL", "2xl": "XXL", "3xl": "XXXL", "4xl": "XXXXL"}.get(
        text, text.upper()
    ),
)
SIZE_BEFORE_PACKS: Final = rule(
    "size",
    r"(?<![a-z0-9])(nb|[2-5]xl|x{0,4}l|s|m)(?=[0-9]{1,2}\s?包)",
    lambda text: {"2xl": "XXL", "3xl": "XXXL", "4xl": "XXXXL"}.get(text, text.upper()),
    only_if_missing=True,
    hint="包",
)
"""``M2包装 每包60片``: the figure behind the letter counts packs."""
FORM: Final = rule(
    "form",
    r"(拉拉裤|成长裤|学步裤|训练裤|内裤式|小内裤|轻薄裤|安睡裤型)|(腰贴型|粘贴型|魔术贴型)",
    lambda text: "tape" if text.endswith("贴型") else "pants",
    hint="裤型",
)


DIAPERS: Final = Family(
    name="diapers",
    cues=("纸尿裤", "尿不湿", "纸尿片", "拉拉裤", "成长裤", "学步裤", "尿裤", "婴儿纸尿裤", "婴儿尿不湿", "宝宝纸尿裤", "婴儿拉拉裤", "宝宝拉拉裤", "训练裤",
        "尿片", "diapers", "nappies", "baby diapers", "disposable diapers", "diaper pants", "training pants", "nappy pants", "baby nappies", "swim diapers", "pull-ups"),
    hints=("婴儿", "宝宝", "超薄", "透气", "男女通用", "夜用", "腰贴型"),
    categories=("纸尿裤", "尿裤湿巾", "拉拉裤", "婴童尿裤"),
    accessories=("隔尿垫", "护理垫", "一次性护理垫", "婴儿隔尿垫", "婴儿护理垫", "尿布台", "尿布包", "尿裤收纳", "尿布桶", "diaper bag", "changing pad", "diaper pail"),
    rules=(FORM, SIZE, SIZE_BEFORE_PACKS),
    splits=("form", "size"),
    required=("model", "size", "pack"),
    contents=frozenset({Unit.PIECE}),
    unit_bases={Unit.PIECE: 1},
    bare_pieces=r"(?<![a-z0-9])(?:nb|s|m|l|x{1,4}l)(?:码|号)?\s?(?P<count>[0-9]{2,3})(?![0-9a-z.]|\s?(?:[-~]|片|枚|cm|kg|斤|码))",
    counted={"片": Unit.PIECE, "枚": Unit.PIECE, "条": Unit.PIECE, "pcs": Unit.PIECE, "count": Unit.PIECE, "ct": Unit.PIECE},
    lines={
        "huggies": names("铂金装", "皇家御裤=皇家铂金", "金装", "心钻装=心钻=好奇心钻装=好奇心钻", "奇妙裤", "超薄", "森林", "小森林", "银装", "皇家",
            "云朵"),
        "pampers": names("一级帮=一级", "超薄干爽", "绿帮", "清新帮=清新", "泡泡", "黑金帮=黑金", "绿帮超薄", "袋鼠", "奢宠",
            "光羽", "小奶芙", "超薄透气", "日本进口"),
        "merries": names("妙而舒=merries=花王妙而舒", "经典", "铂金",
            "学步裤"),
        "moony": names("畅透", "极上", "自然棉", "皇家", "甜睡", "小熊", "奢护",
            "air fit=airfit"),
        "kao": names("妙而舒"),
        "goon": names("天使", "维E", "短裤式", "环贴式", "甜睡", "花信风", "光羽", "奢华肌", "云朵"),
        "lelch": names("皇家玩偶", "奢睡", "亲护", "丝柔", "皇家丝柔", "金棕榈",
            "大师裸感", "黑金"),
        "babycare": names("皇室pro裸感=皇室Pro", "皇室弱酸", "皇室木法沙=木法沙", "airpro", "Air pro", "山茶轻薄=山茶", "花苞裤",
            "皇室狮子王国=狮子王国",
            "轻纱", "pro日用", "艺术大师", "迪士尼"),
        "beaba": names("大鱼海棠", "瓷娃娃", "裸感蜂巢", "盛夏光年", "蓝色火山",
            "小鲸鱼", "森系", "国潮"),
        "dodie": names("云裳", "轻薄", "探索家", "大白熊"),
        "anerle": names("超能吸", "小轻芯", "婴芯", "金装",
            "奇薄", "天使"),
        "": names("王子公主"),
        "mamypoko": names(
            "小内裤", "云柔干爽", "瞬吸干爽", "日夜超薄",
        ),
        "nepia": names(
            "genki=天使", "whito", "鲸鱼",
        ),
        "daddybaby": names(
            "全芯升级", "婴熊", "棉花糖",
        ),
        "suitsky": names(
            "云柔", "小小超人", "天才",
        ),
        "yibeiking": names(
            "小黑裤", "仙仙裤", "丝薄",
        ),
        "insoftb": names(
            "多维", "天丝",
        ),
    },
    has_sublines=True,
    between=r"(?:婴儿|宝宝)?(?:纸尿裤|尿不湿|拉拉裤|成长裤|学步裤)",
)  # fmt: skip
