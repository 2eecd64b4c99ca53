"""Classes of faults that the practice world showed, each by titles of its own."""

import pytest


@pytest.mark.parametrize(
    ("title", "colour"),
    [
        ("绿联适用于iPhone 15手机壳磁吸远峰蓝", "远峰蓝"),
        ("华为MatePad 11.5平板电脑8+256 WLAN版深空灰", "深空灰"),
        ("荣耀手表 GS 4 46mm血氧心率曜石黑", "曜石黑"),
        ("苹果 iPhone 14 256G 支持验机", None),
        ("vivo X100 12+256 夏夜星河 5G手机", "夏夜星河"),
        ("好孩子适用于新生儿 奶瓶 大容量 粉色", "粉色"),
    ],
)
def test_a_colour_is_named_without_the_words_around_it(reader, title, colour):
    assert dict(reader.read_text(title).variant).get("color") == colour


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("立白洗衣液2kg加洗洁精1kg组合装", "bundle"),
        ("小米Buds 5无线耳机+67W充电头 套装", "bundle"),
        ("小米14 12GB+256GB 套装", "goods"),
        ("奥妙洗衣液3kg加补充装500g*2袋 组合装", "goods"),
        ("通用西门子滚筒洗衣机 洗衣机槽清洁剂 6包", "accessory"),
        ("耐克Dunk Low板鞋男女鞋无鞋盒 DD1391-100", "goods"),
        ("彪马Suede Classic男女鞋多配色可选", "options"),
    ],
)
def test_what_is_sold(reader, title, kind):
    assert reader.read_text(title).kind.value == kind


@pytest.mark.parametrize(
    ("title", "brand", "model"),
    [
        ("ASUS天选6 酷睿i7-14650HX 16G+1T 16吋", "asus", "天选 6"),
        ("联想拯救者Y9000P2024 i9-14900HX 32G 1T RTX4070", "lenovo", "拯救者 Y9000P"),
        ("联想拯救者 R7000P 2024 R7-8745H 16GB+512GB RTX4060 16英寸", "lenovo", "拯救者 R7000P"),
        ("飞鹤（FIRMUS）星飞帆 易吸收 奶粉 2段 700g*6罐", "feihe", "星飞帆"),
        ("雀巢速溶咖啡1+2特浓13克*30条装", "nescafe", "1+2特浓"),
        ("雀巢 怡养 中老年奶粉 800g", "nestle", "怡养"),
        ("CASIO手表GM-2100-1APR商务休闲", "casio", "GM-2100-1APR"),
        ("新百伦男女鞋复古跑步鞋ML574EVB", "newbalance", "574"),
    ],
)
def test_lines_are_read_where_words_run_into_them(reader, title, brand, model):
    reading = reader.read_text(title)

    assert (reading.brand, reading.model) == (brand, model)


def test_an_air_conditioner_s_line_identifies_nothing(reader):
    reading = reader.read_text("格力云逸空调挂机1.5匹新一级能效")

    assert (reading.model, reading.split.model_identifies) == ("云逸", False)


@pytest.mark.parametrize(
    ("title", "flavour"),
    [
        ("乐事薯片 番茄味 75g*3袋", "番茄"),
        ("农夫山泉水溶C100西柚味445ml*15瓶", "西柚"),
        ("百事可乐原味330ml*24罐", None),
        ("奥利奥饼干 草莓味+巧克力味 97g*2", None),
    ],
)
def test_flavours_split_food_and_drink(reader, title, flavour):
    assert dict(reader.read_text(title).split.extra).get("flavor") == flavour


@pytest.mark.parametrize(
    ("title", "size", "packs"),
    [
        ("好奇铂金装婴儿纸尿裤M 248片/4包", "62piece", 4),
        ("【5盒】同仁堂六味地黄丸0.2g*60丸", "0.2g", 300),
        ("妙而舒纸尿裤L2包装 每包54片", "54piece", 2),
    ],
)
def test_packs_of_pieces(reader, title, size, packs):
    reading = reader.read_text(title)

    assert (str(reading.quantity), reading.pack_count) == (size, packs)


def test_a_department_does_not_outweigh_the_noun(read):
    assert read("花王妙而舒纸尿裤L54片", category=("母婴",)).family == "diapers"


def test_no_brand_in_a_field_is_no_brand(read):
    assert read("手机壳 透明 防摔", brand="其他品牌").brand is None
