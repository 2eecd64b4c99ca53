import csv
import io

import pytest

from indexer.read_title.brand import brand_in_field
from indexer.read_title.lexicon.load import BRANDS_FILE, packaged_lexicon, parse_lexicon, spellings
from indexer.read_title.reader import TitleReader


@pytest.mark.parametrize(
    ("title", "brand"),
    [
        ("小米（MI）Redmi K70 手机", "redmi"),
        ("小米14 手机", "xiaomi"),
        ("山西黄小米 5斤", None),
        ("小米 500g 杂粮", None),
        ("苹果15 128G 国行", "apple"),
        ("红富士苹果 10斤", None),
        ("茅台王子酒 53度", "moutai-prince"),
        ("茅台镇 酱香白酒 53度", None),
        ("飞天茅台 53度 500ml", "moutai"),
        ("乔丹运动鞋 QIAODAN 飞影PB4.0", "qiaodan"),
        ("Air Jordan 1 Low AJ1低帮", "jordan"),
        ("王者荣耀 手办", None),
        ("荣耀100 16+512", "honor"),
        ("最美的空调被", None),
        ("美的空调 1.5匹", "midea"),
        ("1.5HP 空调", None),
        ("HP 笔记本电脑 i5 16G 512G", "hp"),
        ("NB90片 纸尿裤", None),
        ("NB574 复古鞋 38码", "newbalance"),
        ("博士伦 隐形眼镜", None),
        ("雀巢 婴儿奶粉 能恩 1段", "nestle"),
        ("雀巢 速溶咖啡 1+2", "nescafe"),
        ("足金999 吊坠", None),
        ("999感冒灵颗粒", "999"),
        ("葛力空调 1.5匹", None),
        ("耐克同款 老爹鞋", None),
        ("华强北 苹果耳机 顶配", None),
        ("适用于华为手机的充电器", None),
        ("花王 妙而舒 纸尿裤 L54片", "merries"),
        ("iQOO 12 vivo 手机", "iqoo"),
    ],
)
def test_the_most_specific_brand_with_context_wins(reader, title, brand):
    assert reader.read_text(title).brand == brand


@pytest.mark.parametrize(
    ("stated", "brand"),
    [
        ("Apple/苹果", "apple"), ("小米（MI）", "xiaomi"), ("小米 Redmi", "redmi"), ("青竹（QINGZHU）", "青竹"),
        ("QINGZHU", "qingzhu"),
        ("其他", None), ("无品牌", None), ("", None), ("（）", None),
    ],
)  # fmt: skip
def test_a_brand_field_is_its_own_context(stated, brand):
    assert brand_in_field(stated, packaged_lexicon()) == brand


def test_brands_learned_from_fields_are_known_in_titles():
    lexicon = packaged_lexicon().extended({"青竹": ("青竹", "QINGZHU"), "mine": ("苹果",)})
    reader = TitleReader(lexicon)

    assert reader.read_text("QINGZHU Q5 Pro 手机 256G").brand == "青竹"
    assert brand_in_field("青竹（QINGZHU）", lexicon) == brand_in_field("QINGZHU", lexicon) == "青竹"
    assert reader.read_text("苹果15 128G").brand == "apple"


def test_latin_names_are_known_however_they_are_joined():
    assert set(spellings("New Balance")) == {"new balance", "newbalance", "new-balance"}
    assert "cestbon" in spellings("C'estbon")
    assert spellings("农夫山泉") == ("农夫山泉",)


def rows():
    with BRANDS_FILE.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_lexicon_is_well_formed():
    from indexer.read_title.family import FAMILIES

    families = {family.name for family in FAMILIES} | {"accessory", "console", "toy"}
    ids = {row["canonical_id"] for row in rows()}

    assert len(ids) >= 200
    for row in rows():
        assert row["alias"]
        assert row["role"] in {"name", "line"}
        assert row["needs_context"] in {"0", "1"}
        assert not row["parent"] or row["parent"] in ids
        assert set(row["families"].split("|")) <= families, row


def test_a_lexicon_is_parsed_from_its_documented_columns():
    text = (
        "canonical_id,name_zh,name_en,alias,script,category,role,needs_context,context,not_in,parent,families,note\n"
        "x,某,Some,某,zh,food,name,1,饼干|糖,某人,,grocery,\n"
    )

    lexicon = parse_lexicon(io.StringIO(text))

    assert lexicon.brands["x"].families == ("grocery",)
    assert lexicon.aliases["某"][0].context == ("饼干", "糖")
    assert lexicon.blockers == {"某人"}
