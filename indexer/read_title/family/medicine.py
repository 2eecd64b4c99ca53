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
        "药品", "感冒灵", "感冒灵颗粒", "颗粒剂", "胶囊", "软胶囊", "口服液", "板蓝根", "板蓝根颗粒", "皮炎平", "乳膏", "软膏", "贴膏", "创可贴", "维生素c",
        "维生素b", "钙片", "鱼油", "益生菌", "褪黑素", "蛋白粉", "氨糖", "叶酸", "复合维生素", "感冒药",
        "消食片", "健胃消食片", "滴眼液", "布洛芬", "阿莫西林", "口罩", "医用口罩", "辅酶q10", "葡萄籽", "护肝片", "辅酶", "软糖", "pain relief", "pain reliever", "allergy relief", "fish oil", "multivitamin", "multivitamins", "vitamin c", "vitamin d3", "vitamin", "softgels", "caplets", "cough syrup", "eye drops", "probiotics", "omega-3", "melatonin", "collagen peptides", "glucosamine", "antacid", "nasal spray", "band-aid", "adhesive bandages", "face masks disposable"),
    hints=("otc", "国药准字", "成人", "缓解"),
    categories=("药品", "中西药品", "医药", "保健品", "营养保健", "家庭常备药"),
    contents=frozenset({Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}),
    unit_bases={Unit.GRAM: 100, Unit.MILLILITRE: 100, Unit.PIECE: 1},
    counted={"片": Unit.PIECE, "粒": Unit.PIECE, "颗": Unit.PIECE, "枚": Unit.PIECE, "丸": Unit.PIECE, "贴": Unit.PIECE, "只": Unit.PIECE},
    required=("model", "pack"),
    lines={
        "999": names("感冒灵颗粒=感冒灵", "皮炎平", "小儿感冒颗粒", "三九胃泰颗粒=三九胃泰=胃泰", "抗病毒口服液", "强力枇杷露"),
        "by-health": names("蛋白粉", "维生素C", "液体钙", "鱼油", "氨糖软骨素", "褪黑素", "多种维生素"),
        "swisse": names("护肝片", "钙片", "血橙", "葡萄籽", "蔓越莓"),
        "caltrate": names("添佳片", "碳酸钙D3", "氨糖"),
        "yunnanbaiyao": names("创可贴", "气雾剂", "膏"),
        "jiangzhong": names("健胃消食片", "乳酸菌素片", "猴姑米稀"),
        "dongeejiao": names("阿胶块", "复方阿胶浆", "桃花姬"),
    },
    nouns=NOUNS,
    kinds=NOUNS,
)  # fmt: skip
