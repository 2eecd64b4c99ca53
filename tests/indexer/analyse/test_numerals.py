import pytest

from indexer.analyse.fold import Traced
from indexer.analyse.numerals import value_of, with_digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三段六罐装", "3段6罐装"),
        ("二十四瓶", "24瓶"),
        ("一百二十片", "120片"),
        ("第七代小棕瓶", "第7代小棕瓶"),
        ("双瓶装", "2瓶装"),
        ("单瓶", "1瓶"),
        ("双瓶礼盒", "2瓶礼盒"),
        ("半斤", "0.5斤"),
        ("两罐", "2罐"),
        ("500ml两瓶装", "500ml 2瓶装"),
        ("0.5l六瓶", "0.5l 6瓶"),
        ("买一箱送一箱", "买1箱送1箱"),
    ],
)
def test_numerals_before_measure_words_become_figures(text, expected):
    assert with_digits(Traced.of(text)).text == expected


@pytest.mark.parametrize(
    "name",
    [
        "一加 12",
        "五粮液",
        "百岁山",
        "三只松鼠",
        "六个核桃",
        "百度",
        "零度",
        "千层肚",
        "双桶洗衣机",
        "一二三段",
        "数十瓶",
    ],
)
def test_numerals_in_names_stay(name):
    assert with_digits(Traced.of(name)).text == name


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("十二", 12), ("一百零二", 102), ("一百二", None), ("百", None)]
)
def test_value_of_a_numeral(numeral, value):
    assert value_of(numeral) == value
