"""Conditions, editions, kinds, codes, gifts, colours: one claim each."""

import pytest

from catalog.listing import Condition
from catalog.product import Kind


@pytest.mark.parametrize(
    ("title", "condition", "grade"),
    [
        ("iPhone 13 128G 全新未拆封", Condition.NEW, None),
        ("准新 iPhone 13 128G 仅激活", Condition.OPEN_BOX, None),
        ("iPhone 13 128G 99新", Condition.USED, "99新"),
        ("iPhone 13 128G 九成新", Condition.USED, "9成新"),
        ("iPhone 13 128G 95新 仅拆封", Condition.USED, "95新"),
        ("官翻 iPhone 13 128G", Condition.REFURBISHED_OFFICIAL, None),
        ("iPhone 13 128G 翻新机", Condition.REFURBISHED, None),
        ("iPhone 13 128G 非二手 非翻新", Condition.NEW, None),
        ("iPhone 13 128G 2024新款 新品上市", Condition.NEW, None),
        ("乐高42143 盒损", Condition.OPEN_BOX, None),
    ],
)
def test_the_worst_that_is_said_of_the_state_holds(reader, title, condition, grade):
    reading = reader.read_text(title)

    assert reading.condition is condition
    assert dict(reading.variant).get("grade") == grade


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("iPhone 13 128G 国行", "cn"), ("iPhone 13 128G 港版", "hk"), ("iPhone 13 128G 美版", "us"),
        ("AirPods Pro MTJV3CH/A", "cn"),
        ("AirPods Pro MTJV3ZA/A", "hk"), ("爱他美 白金版 3段 800g 德国直邮", None), ("德爱 白金版 3段 800g", "de"),
        ("花王 纸尿裤 L54片 日本进口", None),
        ("女装 韩版 连衣裙", None), ("iPhone 13 国行 港版 可选", None),
    ],
)  # fmt: skip
def test_only_an_edition_is_a_region(reader, title, region):
    assert reader.read_text(title).region_version == region


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("iPhone 15 128G 黑色", Kind.GOODS),
        ("iPhone 15 128G 黑色 送手机壳", Kind.GOODS),
        ("iPhone 15 128G 含充电器", Kind.GOODS),
        ("iPhone 15 手机壳 透明", Kind.ACCESSORY),
        ("适用iPhone15 128G手机壳", Kind.ACCESSORY),
        ("iPhone15手机模型 1:1仿真", Kind.DUMMY),
        ("茅台 空酒瓶 收藏", Kind.ACCESSORY),
        ("小白鞋清洗剂 200ml", Kind.ACCESSORY),
        ("iPhone 15 128G/256G/512G可选", Kind.OPTIONS),
        ("飞鹤星飞帆 1段2段3段 700g", Kind.OPTIONS),
        ("农夫山泉 550ml*24瓶 多规格可选", Kind.OPTIONS),
        ("iPhone 15 128G 多色可选", Kind.GOODS),
        ("匡威 帆布鞋 黑色 尺码可选", Kind.GOODS),
        ("蓝月亮 洗衣液 3kg*2瓶+500g*4袋", Kind.BUNDLE),
        ("欧莱雅 复颜 水乳套装", Kind.BUNDLE),
        ("【手机+耳机】iPhone15 128G黑色 + AirPods4 组合套餐", Kind.BUNDLE),
        ("Apple/苹果 iPhone 15 128GB 黑色+AirPods 4 手机耳机套装", Kind.BUNDLE),
        ("苹果15手机128G加AirPods4组合套装国行两件套", Kind.BUNDLE),
        ("华为 Mate60 Pro 12GB+512GB 手机 配 FreeBuds 5i 套装", Kind.BUNDLE),
        ("小米电视 S75 75英寸 3+32GB 手机投屏", Kind.GOODS),
        ("小米Redmi Buds 5 Pro 蓝牙耳机 降噪+长续航 手机通用", Kind.GOODS),
        ("漫步者 W820NB 头戴蓝牙耳机 蓝牙+有线 电脑手机通用", Kind.GOODS),
        ("华为WATCH GT4 手表 长续航+血氧 接打手机电话", Kind.GOODS),
        ("OPPO Watch 4 Pro 手表 eSIM+WiFi 独立通话 手机", Kind.GOODS),
        ("创维电视 65A5D 4K+HDR 双120Hz 支持手机投屏", Kind.GOODS),
        ("美的空调 KFR-35GW 新一级 冷暖+自清洁 手机智控", Kind.GOODS),
        ("罗技耳机 游戏耳机 电脑+手机通用", Kind.GOODS),
        ("一加12 手机 套餐一 官方标配 16G+512G 与耳机连接", Kind.GOODS),
        ("索尼 WH-1000XM5 头戴式耳机 手机+电脑双设备连接", Kind.GOODS),
        ("华为 Mate 60 Pro 12GB+512GB 送 FreeBuds 5i", Kind.GOODS),
        ("iPhone 15 128G 手机 和平精英 游戏套装", Kind.GOODS),
        ("三体全集（套装共3册）", Kind.GOODS),
        ("AirPods 2 单只左耳", Kind.ACCESSORY),
    ],
)
def test_what_is_sold(reader, title, kind):
    assert reader.read_text(title).kind is kind


def test_an_accessory_names_what_it_fits_and_not_its_brand(reader):
    reading = reader.read_text("倍思 适用苹果15Pro手机壳 磁吸")

    assert (reading.brand, reading.model, reading.accessory_for) == ("baseus", None, "iPhone 15 Pro")
    assert reading.missing == ()


def test_a_voucher_is_not_the_goods_it_names(reader):
    water, ticket = (
        reader.read_text("农夫山泉 桶装水19L*3桶"),
        reader.read_text("农夫山泉 桶装水19L*3桶 水票"),
    )

    assert water.quantity == ticket.quantity
    assert water.identity() != ticket.identity()


def test_only_codes_with_a_right_check_digit_may_identify(reader):
    reading = reader.read_text("三体 刘慈欣 9787536692930 9787536692931 重庆出版社")
    in_store = reader.read_text("商品 2012345678900")
    old = reader.read_text("三体 isbn 7536692935 重庆出版社")

    assert [str(gtin) for gtin in reading.gtins] == ["9787536692930"]
    assert in_store.gtins == ()
    assert old.gtins == reading.gtins


def test_compatible_sets_carry_numbers_that_identify_nothing(reader):
    assert reader.read_text("兼容乐高 布加迪 42083 积木 3599颗").mpns == ()
    assert reader.read_text("乐高 布加迪 42083 积木 3599颗").mpns == ("42083",)


@pytest.mark.parametrize(
    ("title", "gifts"),
    [
        ("飞鹤 3段 750g 送乐高积木", ("乐高积木",)),
        ("兰蔻 小黑瓶 100ml 赠30ml+粉水", ("30ml", "粉水")),
        ("iPhone 15 128G 送货上门 送礼佳品", ()),
        ("农夫山泉 550ml*12瓶 买一箱送一箱", ()),
        ("金龙鱼 葵花籽油 5L*2桶 + 赠400ml", ("400ml",)),
    ],
)
def test_gifts_are_other_goods(reader, title, gifts):
    assert reader.read_text(title).gifts == gifts


@pytest.mark.parametrize(
    ("words", "colour"),
    [
        ("黑色", "黑色"), ("粉紅色", "粉色"), ("远峰蓝", "远峰蓝"), ("沙漠色钛金属", "沙漠色钛金属"), ("Midnight", "午夜色"), ("黑", "黑色"),
        ("翡冷翠", "翡冷翠"), ("12号色", "12号色"), ("网红爆款", None), ("官方旗舰店", None), ("合金", None),
    ],
)  # fmt: skip
def test_colours_are_shown_in_one_spelling_and_folded(reader, words, colour):
    plain, coloured = reader.read_text("iPhone 15 128G"), reader.read_text(f"iPhone 15 128G {words}")

    assert dict(coloured.variant).get("color") == colour
    assert coloured.identity() == plain.identity()


def test_a_promised_voucher_is_no_voucher(reader):
    promised = reader.read_text("荣耀100 Pro 16+256G 下单返50元E卡")

    assert "kind" not in dict(promised.variant)
    assert dict(reader.read_text("京东E卡 面值").variant)["kind"] == "voucher"


def test_a_class_of_machines_is_no_model(reader):
    reading = reader.read_text("海尔空调 1.5匹 KFR-35GW 包安装")

    assert reading.model == "KFR-35GW"
    assert reading.identity().model is None
    assert "model" in reading.missing
    assert reading.mpns == ()


def test_a_noun_alone_is_the_kind_of_goods_not_the_product(reader):
    soy, water = reader.read_text("海天 生抽 500ml"), reader.read_text("怡宝 纯净水 555ml")

    assert (soy.model, soy.identity().model) == ("生抽", None)
    assert water.identity().model == "纯净水"


def test_one_line_of_several_products_splits_by_what_they_are(reader):
    liquid, pods = (
        reader.read_text("立白 大师香氛 洗衣液 1kg"),
        reader.read_text("立白 大师香氛 洗衣凝珠 1kg"),
    )

    assert liquid.model == pods.model == "大师香氛"
    assert liquid.identity() != pods.identity()


def test_what_is_not_stated_is_missing_and_never_guessed(reader):
    reading = reader.read_text("苹果15 国行")

    assert reading.missing == ("storage_gb",)
    assert "ram_gb" not in dict(reading.variant)


def test_residual_is_what_nothing_explains(reader):
    assert reader.read_text("【包邮】Apple iPhone 15 128GB 黑色 骁龙无关词 正品").residual == "骁龙无关词"


@pytest.mark.parametrize(
    ("title", "anc"),
    [
        ("Apple AirPods 4 降噪版", "true"),
        ("苹果 AIRPODS四代耳机主动降噪", "true"),
        ("Apple AirPods 4 ANC USB-C", "true"),
        ("Apple AirPods 4 非降噪版 蓝牙5.3", "false"),
        ("AirPods 4 无降噪 普通版", "false"),
        ("AirPods4 不带降噪", "false"),
        ("AirPods 4 无主动降噪版", "false"),
        ("AirPods 4 不支持主动降噪", "false"),
        ("AirPods 4 没有降噪", "false"),
        ("AirPods 4 通话降噪", "false"),
        ("AirPods 4", "false"),
    ],
)
def test_what_is_denied_is_not_there(read, title, anc):
    assert dict(read(title).variant)["anc"] == anc
