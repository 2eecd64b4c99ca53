"""By which base goods are compared, from titles on."""

from __future__ import annotations

import pytest

from catalog.quantity import Unit
from catalog.unit_price import DEFAULT_BASES
from indexer.match.facts import facts_of, union
from indexer.read_title.family import FAMILIES
from indexer.unit_bases import unit_base
from tests.support.index import reader


def facts(title):
    return facts_of(reader().read_text(title))


@pytest.mark.parametrize(
    ("title", "label", "contents"),
    [
        ("飞鹤星飞帆3段奶粉 900g*6罐", "100g", "5400"), ("农夫山泉 饮用天然水 550ml*24瓶", "100ml", "13200"),
        ("帮宝适一级帮纸尿裤 L46+2片*3包", "1piece", "144"), ("维达超韧抽纸 130抽*24包", "100sheet", "3120"),
        ("贵州茅台 飞天 53度 500ml*6瓶", "500ml", "3000"), ("雅诗兰黛小棕瓶精华 50ml", "10ml", "50"),
        ("十月稻田 五常大米 5kg", "500g", "5000"), ("德青源 鲜鸡蛋 30枚", "1piece", "30"),
        ("三只松鼠 每日坚果 750g", "100g", "750"), ("乐高 LEGO 机械组 42143 3778颗粒", "1brick", "3778"),
        ("三星 990 PRO 2TB 固态硬盘 NVMe", "1gb", "2048"), ("山东栖霞红富士 5斤", "500g", "2500"),
        ("香奈儿 蔚蓝 男士香水 100ml", "10ml", "100"), ("皇家 K36 幼猫粮 10kg", "100g", "10000"), ("恒都 原切牛腩 1公斤", "500g", "1000"),
    ],
)  # fmt: skip
def test_a_title_says_what_its_unit_price_is_per(title, label, contents):
    base = unit_base(facts(title))

    assert (base.label, base.to_dict()["contents"]) == (label, contents)


@pytest.mark.parametrize(
    "title",
    [
        "Apple iPhone 15 128GB 黑色 5G手机", "海信 55E3N 55英寸 4K 电视", "Nike Air Force 1 男鞋 运动鞋 42码", "联想 小新 Pro 16 32G 1TB 笔记本电脑",
        "三体 全集 刘慈欣 全3册 图书", "格力 KFR-35GW/NhGc1B 空调 1.5匹", "Apple AirPods Pro 2 蓝牙耳机", "飞鹤星飞帆3段奶粉",
        "适用苹果15手机壳 iPhone15 透明 50g",
    ],
)  # fmt: skip
def test_goods_that_are_not_bought_by_contents_have_no_unit_price(title):
    assert unit_base(facts(title)) is None


def test_of_several_offers_any_that_states_the_contents_will_do():
    """The number of bricks is no part of a set's identity, so not every seller writes it."""
    silent, stated = facts("乐高 LEGO 机械组 42143 法拉利"), facts("乐高 LEGO 机械组 42143 3778颗粒")

    assert unit_base(silent) is None
    assert unit_base(union([silent, stated])).to_dict() == {"base": "1", "unit": "brick", "contents": "3778"}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_states_bases_for_what_it_measures(family):
    assert set(family.unit_bases) <= family.contents
    measured = family.contents & set(DEFAULT_BASES)
    assert set(family.unit_bases) == measured, "measured in a unit that has a price, and none is stated"
    for product, bases in family.product_bases.items():
        assert product in family.kinds
        assert set(bases) <= family.contents
        assert bases != family.unit_bases


def test_what_is_counted_in_pairs_or_volumes_has_none():
    assert {Unit.PAIR, Unit.VOLUME, Unit.METRE} == set(Unit) - set(DEFAULT_BASES)
