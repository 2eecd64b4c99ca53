"""Whether an expert shopper can tell: every splitting attribute stands in the title, whoever wrote it.

The patterns are this test's own. They are no reader of titles: they know what to look for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

MEASURES = "瓶罐听桶包条支颗片袋盒箱块"
NUMERALS = str.maketrans("一两二三四五六七八九", "122345678" + "9")
SIMPLE = str.maketrans("蘋國機電腦視筆記無線藍降邊開啟雙綠紅黃紙類號碼顏亞羅蘭專顯賣場買過發廣東時現貨順豐當獨單實體後圖華為榮耀韓連爾赫蓮關複網學鈦屬戲",
                       "苹国机电脑视笔记无线蓝降边开启双绿红黄纸类号码颜亚罗兰专显卖场买过发广东时现货顺丰当独单实体后图华为荣耀韩连尔赫莲关复网学钛属戏")  # fmt: skip


def plain(title):
    """NFKC, simplified, lower case, without presents."""
    text = unicodedata.normalize("NFKC", title).translate(SIMPLE).lower()
    return re.sub(
        r" ?(买就送|加送|(?<![买0-9罐听桶包])送(?![货礼挂运0-9])|赠)[\u4e00-\u9fff0-9a-z]+$", "", text
    )


def squeezed(text):
    return re.sub(r"\s", "", text)


def memory(text, attrs):
    storage = attrs["storage_gb"]
    written = rf"(?<!\d)({storage}\s?gb?|{storage}(?!\d)|{storage // 1024 or 'x'}\s?tb?)"
    if "ram_gb" not in attrs:
        return re.search(written, text)
    return re.search(rf"(?<!\d){attrs['ram_gb']}\s?(gb?)?(内存)?\s?[+/ ]?\s?{written}", text)


def cpu(text, value):
    return value.lower() in squeezed(text)


def digits_or_zh(value, after):
    zh = "零一二三四五六七八九"[int(value)]
    return rf"({value}|{zh})\s?{after}"


ATTRIBUTES = {
    "storage_gb": memory,
    "ram_gb": memory,
    "cpu": lambda text, attrs: cpu(text, attrs["cpu"]),
    "gpu": lambda text, attrs: cpu(text, attrs["gpu"]),
    "screen_inch": lambda text, attrs: re.search(
        rf"(?<![\d.]){attrs['screen_inch']}\s?(英寸|寸|吋|-inch)", text
    ),
    "hp": lambda text, attrs: re.search(rf"{attrs['hp'].removesuffix('匹')}\s?(匹|p)", text),
    "energy_class": lambda text, attrs: re.search(digits_or_zh(attrs["energy_class"], "级"), text),
    "stage": lambda text, attrs: re.search(
        "pre段" if attrs["stage"] == "Pre" else digits_or_zh(attrs["stage"], "段"), text
    ),
    "abv": lambda text, attrs: re.search(rf"(?<!\d){attrs['abv']}\s?(度|°|%vol)", text),
    "generation": lambda text, attrs: re.search(digits_or_zh(attrs["generation"], "代"), text),
    "connector": lambda text, attrs: re.search(
        r"usb-?c|type-?c" if attrs["connector"] == "USB-C" else r"lightning|闪电", text
    ),
    "anc": lambda text, attrs: (
        ("降噪" in text or "with active" in text) and "非降噪" not in text
        if attrs["anc"]
        else re.search(r"非降噪|标准|普通|standard", text)
    ),
    "ply": lambda text, attrs: re.search(digits_or_zh(attrs["ply"], "层"), text),
    "size": lambda text, attrs: re.search(rf"(?<![a-z]){attrs['size'].lower()}(?![a-z])", text),
    "form": lambda text, attrs: (
        ("纸尿裤" in text) if attrs["form"] == "tape" else re.search("拉拉裤|成长裤", text)
    ),
    "carrier_lock": lambda text, _attrs: "有锁" in text,
    "set_no": lambda text, attrs: attrs["set_no"] in text,
    "resolution": lambda text, attrs: re.search(
        {"1080P": "1080p|fhd"}.get(attrs["resolution"], attrs["resolution"].lower()), text
    ),
    "refresh_hz": lambda text, attrs: re.search(rf"(?<!\d){attrs['refresh_hz']}hz", text),
    "kit": lambda text, attrs: re.search(
        "机身|单机" if attrs["kit"] == "body" else rf"(?<!\d){attrs['kit'][:-2]}(mm)? ?套机", text
    ),
    "volumes": lambda text, attrs: re.search(
        rf"[全共]({attrs['volumes']}|{'零一两三'[attrs['volumes']]})册|上中?下册?", text
    ),
    "edition_number": lambda text, attrs: re.search(
        rf"第({attrs['edition_number']}|{'零一二三四五六七八九'[attrs['edition_number'] % 10]}|十二)版", text
    ),
    "volume_l": lambda text, attrs: re.search(rf"(?<!\d){attrs['volume_l']}(升|l)", text),
    "load_kg": lambda text, attrs: re.search(rf"(?<!\d){attrs['load_kg']}(公斤|kg)", text),
    "concentration": lambda text, attrs: re.search(
        {"edp": "浓香水|edp", "edt": "淡香水|edt", "cologne": "古龙"}[attrs["concentration"]], text
    ),
    "network": lambda text, attrs: re.search(
        {"wifi": "wlan|wifi", "cellular": "蜂窝|cellular", "gps": "gps"}[attrs["network"]], text
    ),
    "case_mm": lambda text, attrs: re.search(rf"(?<!\d){attrs['case_mm']}(mm|毫米)", text),
    "flavor": lambda text, attrs: attrs["flavor"] in text,
    "scent": lambda text, attrs: attrs["scent"] in text,
    "strength": lambda text, attrs: re.search(rf"(?<![\d.]){re.escape(attrs['strength'])} ?[*x×]", text),
    "bag_size": lambda text, attrs: attrs["bag_size"] in text,
    "length_mm": lambda text, attrs: f"{attrs['length_mm']}mm" in text,
}
CONDITIONS = {
    "used": "二手",
    "refurbished_official": "官翻|官方翻新",
    "open_box": "准新|仅激活|仅拆封|盒损|盒子破损|瑕疵盒|无盒|无鞋盒|样机",
}
REGIONS = {"hk": "港版|港行|香港版", "us": "美版", "de": "德国|德版|德爱", "au": "澳洲|澳版|澳爱"}


def goods(world):
    return [offer for offer in world.world.offers if offer.product and offer.product.line]


@pytest.fixture(scope="module")
def missing(wide_world):
    """Titles for which a test is false, to be shown when it fails."""
    titles = [(offer, title, plain(title)) for offer in goods(wide_world) for title in offer.titles]

    def find(tells):
        return [f"{title} ← {offer.product.key}" for offer, title, text in titles if not tells(offer, text)][
            :10
        ]

    return find


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_the_title_tells(wide_world, missing, name):
    with_it = [offer for offer in goods(wide_world) if name in offer.product.variant]

    assert len(with_it) >= 3
    assert missing(lambda o, t: name not in o.product.variant or ATTRIBUTES[name](t, o.product.variant)) == []


def test_sneakers_are_told_by_style_code_or_colourway(missing):
    def tells(offer, text):
        product = offer.product
        if "style_code" not in product.variant:
            return True
        return product.mpn.lower() in text or product.colours[0] in text or text.isascii()

    assert missing(tells) == []


def test_the_model_is_told_in_one_of_its_spellings(missing):
    def tells(offer, text):
        line = offer.product.line
        names = (line.name, line.latin, offer.product.model, *line.spellings)
        return any(name and squeezed(plain(name)) in squeezed(text) for name in names)

    assert missing(tells) == []


def test_the_brand_is_told_by_the_title_or_the_brand_field(missing):
    def tells(offer, text):
        brand = offer.brand
        return bool(offer.brand_field) or any(
            n and n.lower() in text for n in (brand.zh, brand.en, *brand.also)
        )

    assert missing(tells) == []


def test_goods_that_are_not_new_say_so_and_new_ones_do_not(missing):
    def tells(offer, text):
        condition = offer.product.condition
        said = {name for name, words in CONDITIONS.items() if re.search(words, text)}
        return said == (set() if condition == "new" else {condition})

    assert missing(tells) == []


def test_used_goods_tell_their_grade(missing):
    def tells(offer, text):
        grade = offer.product.grade
        digits = text.translate(str.maketrans("九五", "95"))
        return not grade or grade.replace("新", "") in digits.replace(".", "").replace("99.", "99")

    assert missing(tells) == []


def test_foreign_editions_say_so_and_domestic_ones_do_not(missing):
    def tells(offer, text):
        said = {name for name, words in REGIONS.items() if re.search(words, text)} - imported(offer)
        region = offer.product.region_version
        return said == ({region} if region in REGIONS else set())

    assert missing(tells) == []


def imported(_offer):
    """No imported domestic edition uses a foreign edition's words."""
    return set()


# ── how much of it ─────────────────────────────────────────────────────────────────────────────────


def contents(text, unit, piece="片"):
    """The sizes a title names, in the unit, as exact hundredths."""
    scales = {
        "ml": {"ml": 1, "毫升": 1, "l": 1000, "升": 1000},
        "g": {"g": 1, "克": 1, "kg": 1000, "公斤": 1000, "斤": 500},
    }
    if unit == "sheet":
        return [int(n) * 100 for n in re.findall(r"(\d+)[抽张]", text)]
    if piece != "片":
        return [int(n) * 100 for n in re.findall(rf"(\d+){piece}", text)]
    if unit == "piece":
        plus = [int(a) + int(b) for a, b in re.findall(r"(\d+)\+(\d+)片", text)]
        return [n * 100 for n in plus or [int(n) for n in re.findall(r"(\d+)片", text)]]
    words = "|".join(sorted(scales[unit], key=len, reverse=True))
    found = re.findall(rf"(\d+(?:\.\d+)?)\s?({words})(?:(?<=[升克斤])|(?![a-wyz]))", text)
    return [round(float(n) * scales[unit][word] * 100) for n, word in found]


def counted(text):
    """How many units a title says there are; 1 when it says nothing."""
    text = re.sub(
        rf"[一两二三四五六七八九](?=[{MEASURES}])", lambda m: m[0].translate(NUMERALS), text
    ).replace("十", "10")
    bonus = re.search(rf"买(\d+)[{MEASURES}]?送(\d+)", text)
    if bonus:
        return int(bonus[1]) + int(bonus[2])
    boxes = re.search(rf"(\d+)[{MEASURES}]\*(\d+)箱", text)
    if boxes:
        return int(boxes[1]) * int(boxes[2])
    over = re.search(r"片/(\d+)包", text)
    if over:
        return int(over[1])
    words = MEASURES if re.search("挂耳|滤挂", text) else MEASURES.replace("片", "")
    counts = [int(n) for n in re.findall(rf"(?<![\d.])(\d+)\s?[{words}]", text)]
    return max(counts, default=1)


def test_the_contents_of_one_unit_are_told(missing):
    def tells(offer, text):
        if not offer.product.unit_quantity:
            return True
        amount, unit = offer.product.unit_quantity
        total = round(amount * offer.product.pack_count * 100)
        found = contents(text, unit, offer.product.version.piece)
        return round(amount * 100) in found or (unit == "piece" and total in found)

    assert missing(tells) == []


def test_the_count_of_units_is_told(missing):
    def tells(offer, text):
        product = offer.product
        if not product.unit_quantity:
            return True
        if product.unit_quantity[1] == "piece" and product.version.piece != "片":
            text = re.sub(rf"{product.unit_quantity[0]:g}{product.version.piece}", " ", text)
        return counted(text) == product.pack_count

    assert missing(tells) == []


# ── variety ────────────────────────────────────────────────────────────────────────────────────────


def test_sellers_write_the_same_thing_in_many_ways(full_world):
    titles = " ".join(
        unicodedata.normalize("NFC", title) for o in full_world.world.offers for title in o.titles
    )

    for form in (
        "128G", "128GB", "128g", "550ml", "550毫升", "0.55L", "900g", "900克", "900G", "kg", "斤", "53度", "53°", "53%vol",
        "500ml*6瓶", "整箱24瓶", "每箱24瓶*2箱", "六瓶装", "6罐装", "买5送1", "+2片",
        "12+256", "12GB+256GB", "12G/256G", "一级能效", "新一级", "1级能效", "1.5P", "第七代", "七代", "三段", "3段", "iphone15",
        "IPHONE 15", "iPhone15", "iPhone 15", "苹果15", "Apple/苹果", "苹果（Apple）", "【百亿补贴】", "假一赔十", "官方旗舰店",
        "顺丰", "9-14kg", "8Gen3", "2.5K165Hz", "1+2原味", "青花20", "送", "赠", "多色", "🔥", "(A3092)",
    ):  # fmt: skip
        assert form in titles, form
    assert re.search(r"[Ａ-Ｚａ-ｚ０-９]{4}", titles)
    assert re.search(r"[蘋國機]", titles)
    for sign in ("*", "x", "×", "X", "＊", " x ", " "):
        assert re.search(rf"\dml{re.escape(sign)}\d+瓶", titles), sign


def test_gateway_titles_keep_to_thirty_characters(full_world):
    for offer in goods(full_world):
        if offer.marketplace in ("taobao", "pinduoduo"):
            for title in offer.titles:
                columns = sum(1 if ord(c) < 0x2E80 else 2 for c in unicodedata.normalize("NFKC", title))
                assert columns <= 64, title


def test_titles_differ_between_sellers(full_world):
    titles = Counter(o.titles[0] for o in goods(full_world) if o.marketplace in ("taobao", "pinduoduo"))

    assert sum(count for count in titles.values() if count > 1) < 0.15 * sum(titles.values())


def test_a_few_titles_change_over_the_months(full_world):
    assert 0.01 < sum(len(o.titles) > 1 for o in goods(full_world)) / len(goods(full_world)) < 0.04


def test_accessories_say_what_they_are_for_and_what_they_are(full_world):
    seen = 0
    for offer in full_world.world.offers:
        if offer.kind == "accessory":
            accessory = next(a for a in offer.family.accessories if a.type == offer.product.variant["type"])
            text = unicodedata.normalize("NFKC", offer.titles[0])
            assert any(unicodedata.normalize("NFKC", word) in text for word in accessory.words), text
            seen += 1
    assert seen > 80


def test_dummies_say_that_they_are_models(full_world):
    dummies = [o.titles[0] for o in full_world.world.offers if o.kind == "dummy"]

    assert dummies
    assert all("模型" in title for title in dummies)


def test_option_lists_name_more_than_one_variant_or_a_choice(full_world):
    options = [o.titles[0] for o in full_world.world.offers if o.kind == "options"]

    assert all(re.search("可选|任选|单罐价", title) for title in options), options
    assert sum("/" in title for title in options) > len(options) / 2
