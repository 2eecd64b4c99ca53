from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.quantity import Quantity, Unit
from indexer.analyse.prepare import prepare
from indexer.read_title.quantity import Contents, combined, contents_in
from indexer.read_title.quantity_terms import Measured

MEASURED = Measured(
    {Unit.GRAM, Unit.MILLILITRE, Unit.PIECE}, {"片": Unit.PIECE, "颗": Unit.PIECE, "枚": Unit.PIECE}
)


def contents(text, measured=MEASURED):
    return contents_in(prepare(text).text, measured)[0]


def pack(text):
    found = contents(text)
    return str(found.quantity), found.pack_count, str(found.total)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550ml*24瓶*2箱", ("550ml", 48, "26400ml")),
        ("6罐装 900克", ("900g", 6, "5400g")),
        ("六罐装 每罐900克", ("900g", 6, "5400g")),
        ("800g/罐 海外直邮 3罐装", ("800g", 3, "2400g")),
        ("76片(9-14kg)*2包", ("76piece", 2, "152piece")),
        ("54片 增量装 54+4片", ("58piece", 1, "58piece")),
        ("50片+8片", ("58piece", 1, "58piece")),
        ("46+2片", ("48piece", 1, "48piece")),
        ("348ml 24瓶", ("348ml", 24, "8352ml")),
        ("1.555L*12瓶/箱", ("1555ml", 12, "18660ml")),
        ("550ml*24瓶/箱*2箱", ("550ml", 48, "26400ml")),
        ("750g/30袋", ("25g", 30, "750g")),
        ("净含量750g 25g*30袋", ("25g", 30, "750g")),
        ("600毫升 X 15 瓶", ("600ml", 15, "9000ml")),
        ("52颗 8g/颗", ("8g", 52, "416g")),
        ("30枚 净重3斤", ("50g", 30, "1500g")),
        ("60颗 480g", ("8g", 60, "480g")),
        ("250ml*(24+6)", ("250ml", 30, "7500ml")),
        ("12 x 1L", ("1000ml", 12, "12000ml")),
        ("500ml pack of 4", ("500ml", 4, "2000ml")),
        ("24 bottles 500ml", ("500ml", 24, "12000ml")),
        ("500ml 24-pack", ("500ml", 24, "12000ml")),
        ("2.5kg*4", ("2500g", 4, "10000g")),
        ("10斤装", ("5000g", 1, "5000g")),
        ("200g×2包/盒×3盒", ("200g", 6, "1200g")),
        ("25ml 5片*2盒", ("25ml", 10, "250ml")),
        ("40片*3包 共120片", ("40piece", 3, "120piece")),
        ("330ml*24罐 2箱", ("330ml", 48, "15840ml")),
        ("500ml*24瓶 整箱24瓶", ("500ml", 24, "12000ml")),
        ("5L+5L", ("5000ml", 2, "10000ml")),
        ("双瓶装 500ml", ("500ml", 2, "1000ml")),
        ("550ml*12瓶 买一箱送一箱", ("550ml", 24, "13200ml")),
        ("【到手40瓶】350ml*20瓶 买一箱送一箱", ("350ml", 40, "14000ml")),
        ("【三箱36罐】245ml*12罐*3箱", ("245ml", 36, "8820ml")),
        ("【16桶】105g*8桶×2箱", ("105g", 16, "1680g")),
        ("450ml*12瓶 到手3箱", ("450ml", 36, "16200ml")),
        ("12g*10袋 到手2盒", ("12g", 20, "240g")),
        ("330ml*12 到手24罐", ("330ml", 24, "7920ml")),
        ("24罐*2箱 330ml 共48罐", ("330ml", 48, "15840ml")),
        ("80片 整箱4包 每包20片", ("20piece", 4, "80piece")),
        ("500mlx6瓶", ("500ml", 6, "3000ml")),
        ("250ml*12包*2提 3.6g乳蛋白", ("250ml", 24, "6000ml")),
        ("9斤整箱 单果2两以上", ("4500g", 1, "4500g")),
        ("2 lbs pack of 3", ("907.18474g", 3, "2721.55422g")),
        ("12 fl oz x 6", ("354.88235475ml", 6, "2129.2941285ml")),
        ("(22-37 lbs) 140片", ("140piece", 1, "140piece")),
        ("900g 买5送1", ("900g", 6, "5400g")),
        ("30ml 拍1发2", ("30ml", 2, "60ml")),
        ("900g*6罐 买5送1", ("900g", 6, "5400g")),
        ("6罐装", ("None", 6, "None")),
        ("1,000g", ("1000g", 1, "1000g")),
    ],
)
def test_ways_of_stating_a_pack(text, expected):
    assert pack(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9-14kg", "12-36月龄", "2两以上", "8gen3", "2.5k165hz", "青花20", "1+2原味", "16+512", "100 pro", "53度",
        "第2代", "18岁+", "b12", "v5.3", "a3092",
        "毛重2kg", "1080p", "5000mah", "100g蛋白", "99999999ml", "0g", "",
    ],
)  # fmt: skip
def test_what_is_no_contents_is_not_read(text):
    assert contents(text).quantity is None
    assert contents(text).pack_count == 1


@pytest.mark.parametrize(
    "text",
    [
        "900g*3罐 900g*6罐",
        "6罐 3罐 900g",
        "550ml整箱",
        "550ml*24瓶 整箱12罐",
        "780g 350g",
        "900g 6罐/3罐",
        "550ml/1.5l",
        "10包/1428g",
    ],
)
def test_contradicting_or_unstated_packs_are_unknown(text):
    found = contents(text)

    assert found.is_ambiguous
    assert found.total is None


def test_a_list_of_packs_is_a_choice():
    assert contents("900g 6罐/3罐").is_choice
    assert not contents("900g 6罐 3盒").is_choice
    assert not contents("10包/1428g").is_choice


@pytest.mark.parametrize(
    ("text", "count", "total"),
    [
        ("3kg*2瓶+500g*4袋", 6, "8000g"),
        ("780g/罐 350g 两罐组合", 2, "1130g"),
        ("50ml+5片", 2, "None"),
        ("90片+82片", 2, "172piece"),
        ("3kg+1kg", 2, "4000g"),
    ],
)
def test_different_sizes_together_are_mixed(text, count, total):
    found = contents(text)

    assert (found.is_mixed, found.quantity, found.pack_count, str(found.total)) == (True, None, count, total)


@pytest.mark.parametrize(
    ("title", "sku", "expected"),
    [
        ("550ml*24瓶", "2箱", ("550ml", 48)),
        ("550ml*24瓶", "1箱", ("550ml", 24)),
        ("900g*6罐", "1罐", ("900g", 1)),
        ("900g", "6罐", ("900g", 6)),
        ("6罐", "900g", ("900g", 6)),
        ("900g*6罐", "5400g", ("900g", 6)),
        ("900g*6罐", "800g", ("800g", 1)),
        ("900g*6罐", "900g*4罐", ("900g", 4)),
        ("900g*6罐", "蓝色", ("900g", 6)),
        ("900g 6罐/3罐", "900g*3罐", ("900g", 3)),
    ],
)
def test_a_sku_narrows_what_the_title_says(title, sku, expected):
    found = combined(contents(title), contents(sku))

    assert (str(found.quantity), found.pack_count) == expected


def test_an_ambiguous_sku_is_not_hidden_by_its_title():
    assert combined(contents("900g*6罐"), contents("900g 6罐/3罐")).is_ambiguous


def test_volumes_are_of_the_whole_offer_and_pairs_are_single():
    books = Measured({Unit.VOLUME}, {"册": Unit.VOLUME}, whole=True)
    shoes = Measured({Unit.PAIR}, {"双": Unit.PAIR}, singly=True)

    assert contents("共3册", books) == Contents(
        Quantity(Fraction(3), Unit.VOLUME), 1, Quantity(Fraction(3), Unit.VOLUME)
    )
    assert (str(contents("2双装", shoes).quantity), contents("2双装", shoes).pack_count) == ("1pair", 2)


def test_machines_are_counted_only_when_their_number_is_plain():
    machines = Measured(frozenset())

    assert contents("2台", machines).pack_count == 2
    assert contents("洗碗机 10套", machines).pack_count == 1


SIGNS = st.sampled_from(["*", "×", " x ", " "])


@given(
    st.integers(1, 5000),
    st.sampled_from(["g", "ml", "kg", "毫升", "克"]),
    st.integers(1, 200),
    st.sampled_from("瓶罐盒袋"),
    SIGNS,
)
def test_total_is_size_times_packs(amount, unit, count, measure, sign):
    found = contents(f"{amount}{unit}{sign}{count}{measure}")

    assert found.quantity is not None
    assert found.pack_count == count
    assert found.total == Quantity(found.quantity.amount * count, found.quantity.unit)
