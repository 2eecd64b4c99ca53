"""Structured fields outrank the SKU text, that outranks the title; what disagrees stays visible."""

from catalog.listing import Condition
from catalog.product import Identity, Kind
from catalog.quantity import Pack, Quantity
from indexer.read_title.reading import Conflict, Source


def test_a_sku_decides_a_title_that_offers_a_choice(read):
    title = "Apple iPhone 14 128G/256G/512G可选 国行"

    decided, undecided = read(title, sku="256G 蓝色"), read(title, sku="蓝色")

    assert (decided.kind, dict(decided.variant)["storage_gb"]) == (Kind.GOODS, "256")
    assert undecided.kind is Kind.OPTIONS
    assert "storage_gb" not in dict(undecided.variant)
    assert "storage_gb" in undecided.missing


def test_properties_outrank_the_title_and_the_conflict_is_kept(read):
    reading = read(
        "苹果15 128G 黑色", properties=(("机身存储", "256GB"), ("颜色", "粉色"), ("版本类型", "中国大陆"))
    )

    assert dict(reading.variant) == {"storage_gb": "256", "color": "粉色"}
    assert reading.region_version == "cn"
    assert Conflict("storage_gb", ("256", "128"), (Source.PROPERTY, Source.TITLE)) in reading.conflicts


def test_a_stated_condition_outranks_the_title(read):
    reading = read("二手 iPhone 13 128G", condition=Condition.NEW)

    assert reading.condition is Condition.NEW
    assert Conflict("condition", ("new", "used"), (Source.PROPERTY, Source.TITLE)) in reading.conflicts
    assert read("iPhone 13 128G", properties=(("成色", "99新"),)).condition is Condition.USED


def test_the_narrower_brand_of_field_and_title_holds(read):
    assert read("Redmi K70 手机", brand="小米").brand == "redmi"
    assert read("耐克 运动鞋", brand="阿迪达斯").brand == "adidas"
    assert read("耐克 运动鞋", brand="阿迪达斯").conflicts[0].attribute == "brand"


def test_unlisted_brands_are_read_by_the_same_grammars(read):
    phone = read(
        "青竹 Q5 Pro 12GB+256GB 曜石黑 5G手机", brand="青竹（QINGZHU）", category=("手机通讯", "手机")
    )
    powder = read("山居秋 稚护 婴幼儿奶粉 3段 900g*6罐", brand="山居秋", category=("母婴", "奶粉"))

    assert (phone.brand, phone.model) == ("青竹", "Q5 Pro")
    assert dict(phone.variant)["storage_gb"] == "256"
    assert (powder.brand, powder.model, powder.pack_count) == ("山居秋", "稚护", 6)


def test_a_category_decides_where_the_title_names_no_goods(read):
    assert read("云峰 550ml*24瓶", brand="云峰", category=("食品", "饮用水")).family == "water"
    assert read("云峰 550ml*24瓶", brand="云峰").family is None


def test_the_pack_of_a_sku_is_put_together_with_the_title(read):
    assert read("农夫山泉550ml*24瓶 天然水", sku="2箱").total == Quantity.of(26400, "ml")
    assert read("飞鹤星飞帆3段 6罐装", properties=(("净含量", "900g"),)).total == Quantity.of(5400, "g")


def test_part_numbers_and_model_fields_are_read(read):
    machine = read("海尔空调 1.5匹 KFR-35GW", mpn="KFR-35GW/01KGC81U1")
    phone = read("小米手机", brand="小米", properties=(("型号", "小米14 Ultra"),))

    assert machine.model == "KFR-35GW/01KGC81U1"
    assert machine.mpns == ("KFR-35GW/01KGC81U1",)
    assert (phone.model, phone.mpns) == ("14 Ultra", ())


def test_a_part_number_never_stands_for_the_name_of_a_model(read):
    for name, mpn, model in (
        ("苹果 iPhone 15 蓝色 128GB 全网通手机", "A3092", "iPhone 15"),
        ("vivo X100 12GB+256GB 5G手机", "V2309A", "X100"),
        ("一加 12 16GB+512GB 手机", "PJD110", "12"),
        ("华为 Mate 60 Pro 12GB+512GB", "ALN-AL00", "Mate 60 Pro"),
    ):
        reading = read(name, mpn=mpn)

        assert (reading.model, reading.mpns) == (model, (mpn,))
        assert reading.conflicts == ()

    assert read("手机 12GB+256GB", brand="青竹（QINGZHU）", category=("手机",), mpn="Q50A").model == "Q50A"


def test_structured_numbers_must_be_able_to_identify(read):
    reading = read("可口可乐 330ml*24罐", gtins=("6901234567892", "6901234567890", "2012345678900", "x"))

    assert [str(gtin) for gtin in reading.gtins] == ["6901234567892"]


def test_equal_goods_of_two_sellers_have_one_identity(read):
    one = read("Apple/苹果 iPhone 15 (A3092) 128GB 黑色 支持移动联通电信5G 双卡双待手机")
    two = read("【国行正品】苹果15 蓝色", sku="128G", brand="Apple")

    assert (
        one.identity()
        == two.identity()
        == Identity(
            family="phone",
            brand="apple",
            model="iPhone 15",
            variant=(("storage_gb", "128"),),
            pack=Pack(None, 1),
        )
    )


def test_unlike_goods_have_unlike_identities(read):
    titles = (
        "iPhone 15 128G", "iPhone 15 256G", "iPhone 15 Pro 128G", "iPhone 15 128G 二手", "iPhone 15 128G 港版",
        "iPhone 15 128G 有锁",
        "iPhone 15 手机壳", "iPhone 15 128G/256G可选", "飞鹤 星飞帆 3段 900g", "飞鹤 星飞帆 2段 900g", "飞鹤 星飞帆 3段 900g*6罐",
        "飞鹤 星飞帆 3段 700g",
        "五粮液 普五 第八代 52度 500ml", "五粮液 普五 第八代 39度 500ml", "茅台 飞天 53度 500ml", "茅台王子酒 53度 500ml",
        "好奇 铂金装 纸尿裤 L76片",
        "好奇 铂金装 拉拉裤 L76片", "好奇 铂金装 纸尿裤 XL76片", "AirPods 4", "AirPods 4 降噪版", "雅诗兰黛 小棕瓶 50ml",
        "雅诗兰黛 小棕瓶 第七代 50ml",
        "雅诗兰黛 小棕瓶眼霜 50ml",
    )  # fmt: skip

    identities = [read(title).identity() for title in titles]

    assert len(set(identities)) == len(titles)


def test_shoe_sizes_and_colours_are_folded_and_style_codes_split(read):
    small, large = read("Nike Dunk Low DD1391-100 38码"), read("耐克 Dunk Low 熊猫 DD1391-100 44码")

    assert small.identity() == large.identity()
    assert small.identity() != read("Nike Dunk Low DD1391-103 38码").identity()


def test_evidence_of_structured_fields_names_its_source(read):
    reading = read("iPhone 15", sku="128G", brand="Apple", gtins=("6901234567892",))

    assert {fact.source for fact in reading.evidence} == {Source.TITLE, Source.SKU, Source.BRAND, Source.GTIN}
    assert next(fact for fact in reading.evidence if fact.name == "storage_gb").span == (0, 4)
