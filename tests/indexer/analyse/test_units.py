import pytest

from indexer.analyse.units import amounts_in


def tokens(text, field):
    return [token for amount in amounts_in(text) for token in getattr(amount, field)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("550ml", "550毫升", "0.55l"), ["550ml"]),
        (("1kg", "1000克", "1公斤", "2斤"), ["1000克"]),
        (("1tb", "1t", "1024gb"), ["1024gb"]),
        (("65英寸", "65寸", "65吋", "65 inch"), ["65寸"]),
        (("550ml*24瓶", "550ml×24", "550ml 24瓶装", "550ml x24"), ["550ml", "x24"]),
        (("12 x 1l", "12x1l"), ["x12", "1000ml"]),
        (("pack of 4",), ["x4"]),
        (("1.5匹", "1.5p"), ["1.5匹"]),
    ],
)
def test_ways_of_writing_an_amount_meet(texts, expected):
    assert [tokens(text, "query") for text in texts] == [expected] * len(texts)


def test_a_bare_g_meets_gigabytes_and_grams_but_grams_never_meet_gigabytes():
    phone, tea = set(tokens("128gb", "document")), set(tokens("128克", "document"))

    assert set(tokens("128g", "query")) <= phone & tea
    assert not set(tokens("128克", "query")) <= phone
    assert not set(tokens("128gb", "query")) <= tea


@pytest.mark.parametrize("text", ["wh-1000xm5", "vivo x100", "a3092", "iphone 15", "v5.3", ""])
def test_model_figures_are_no_amounts(text):
    assert not list(amounts_in(text))


def test_the_x_of_iphone_x_is_no_multiplication():
    assert [text for amount in amounts_in("iphone x 128g") for text in amount.query] == ["128g"]
