"""Tissue paper: line, ply and sheets per pack split."""

from __future__ import annotations

from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, names, rule

PLY: Final = rule("ply", r"(?<![0-9.])([2-6])\s?(?:层(?:加厚)?\s?[*x×]?|-?\s?ply(?![a-z]))")

TISSUE: Final = Family(
    name="tissue",
    cues=("纸巾", "抽纸", "卷纸", "卫生纸", "面巾纸", "餐巾纸", "手帕纸", "厨房纸", "厨房用纸", "厨房纸巾", "湿厕纸", "擦手纸", "软抽", "无芯卷纸",
        "有芯卷纸", "棉柔巾", "洗脸巾", "湿巾", "湿纸巾", "婴儿湿巾", "悬挂式抽纸", "tissue", "toilet paper", "挂抽", "facial tissue", "facial tissues", "tissues", "toilet tissue", "toilet rolls", "bath tissue", "paper towels", "kitchen towels", "kitchen rolls", "napkins", "wet wipes", "baby wipes", "wipes", "pocket tissues", "toilet paper rolls", "bath tissue rolls", "hand towels"),
    hints=("抽", "层", "提", "卷", "原生木浆", "可湿水"),
    categories=("纸品", "抽纸", "卷纸", "纸品湿巾", "清洁用品"),
    accessories=("纸巾盒", "抽纸盒", "卷纸架", "纸巾架", "tissue box cover", "paper towel holder", "toilet paper holder"),
    rules=(PLY,),
    splits=("ply",),
    required=("pack",),
    contents=frozenset({Unit.SHEET, Unit.GRAM, Unit.PIECE}),
    unit_bases={Unit.SHEET: 100, Unit.GRAM: 100, Unit.PIECE: 1},
    counted={"抽": Unit.SHEET, "张": Unit.SHEET, "片": Unit.PIECE, "sheet": Unit.SHEET},
    lines={
        "vinda": names("超韧", "棉韧", "蓝色经典", "立体美", "倍韧", "小王子", "可湿水",
            "有芯卷", "绵柔", "元气", "湿厕纸"),
        "cleanmax": names("face", "粉face", "黑face", "可湿水", "油画", "古龙香水味", "布艺",
            "锦鲤", "自然木", "低白度"),
        "breeze": names("原木纯品=原木", "金装原木=金装", "马蹄莲", "质感纯品", "b2b", "绿茶茉香",
            "超质感", "花韵", "新韧"),
        "mindactupon": names("茶语丝享=茶语", "云感柔肤=云感", "柔韧", "特柔", "红悦", "薰衣草", "臻心",
            "优选", "红色", "维尼", "厨房", "品诺"),
        "kleenex": names("湿厕纸", "羊驼", "舒适细肤",
            "可湿水"),
        "kexinrou": names("V9保湿", "v9", "云柔巾", "保湿",
            "V9润+", "可心柔V9=V9", "柔润"),
        "purcotton": names("棉柔巾", "洗脸巾", "婴儿棉柔巾",
            "奈丝公主", "干湿两用"),
        "zhihu": names("气垫", "大包", "原木",
            "云小兔"),
        "dooby": names(
            "湿厕纸", "婴儿湿巾", "手口湿巾", "洗脸巾", "云柔巾", "棉柔巾",
        ),
        "tempo": names(
            "苹果木", "天然无香=无香", "茉莉", "樱花", "甜心",
        ),
        "babo": names(
            "本色", "竹纤维", "BASE",
        ),
        "manhua": names(
            "小雪花", "竹浆", "本色",
        ),
        "lanya": names(
            "悬挂",
        ),
        "nepia": names(
            "鼻贵族", "超柔",
        ),
        "edo": names(
            "本色",
        ),
    },
    nouns=names("抽纸=软抽=面巾纸=悬挂式抽纸=挂抽", "无芯卷纸", "卷纸=卫生纸=有芯卷纸", "手帕纸", "厨房纸=厨房用纸=厨房纸巾", "湿厕纸", "棉柔巾", "洗脸巾",
        "婴儿湿巾", "湿巾=湿纸巾", "擦手纸", "餐巾纸", "纸巾"),
)  # fmt: skip
