"""What it really costs, on pages: the sample's offers with coupons, conditions, limits, regions and struck-through prices."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.pages.conftest import text
from tests.api.pages.test_search_page import cell, row
from tests.support.sample import SCRIPT

PHONE_256 = "苹果 iPhone 15 256GB"
WATER = "农夫山泉 天然水 550ml×24"
LEGO = "乐高 42143"
TIN, SIX_TINS = "飞鹤 星飞帆 3段 700g", "飞鹤 星飞帆 3段 700g×6"
XJ_PLUS = "region=CN-XJ&conditions=member%3Aplus"


def wished(address):
    return {
        name: values
        for name, values in parse_qs(urlsplit(address).query).items()
        if name in {"region", "quantity", "at_least", "or_more", "conditions"}
    }


def offers(page):
    return page.xpath("//section[@id='offers']/table/tbody")


def of(page, slug):
    return next(one for one in offers(page) if one.xpath(f".//span[@class='mp mp-{slug}']"))


def drawer(element):
    return text(element.xpath(".//details[@class='detail']")[0])


# ── cells and cards ─────────────────────────────────────────────────────────────────────────────────


def test_prices_under_conditions_stand_beside_the_headline_and_do_not_replace_it(get):
    one = cell(get("/search?q=iPhone+15+256GB"), PHONE_256, "jd")
    assert text(one.find(".//b")) == "¥4,896"
    assert [text(chip) for chip in one.xpath(".//span[@class='if']")] == [
        "国补 ¥4,396 -¥500",
        "PLUS会员 ¥4,799 -¥97",
    ]
    assert "另有 1 种条件价" in text(one)


def test_ticked_conditions_change_the_headline_and_the_order_of_offers(get):
    plain = get("/search?q=iPhone+15+256GB")
    assert "best" in cell(plain, PHONE_256, "shop").get("class").split()

    ticked = get("/search?q=iPhone+15+256GB&conditions=gov_subsidy&conditions=member:plus")
    jd = cell(ticked, PHONE_256, "jd")
    assert text(jd.find(".//b")) == "¥4,299"
    assert "best" in jd.get("class").split()
    assert text(cell(ticked, PHONE_256, "shop").find(".//b")) == "≥¥4,834"


def test_a_status_stands_where_a_price_would_and_what_can_be_ordered_instead(get):
    page = get("/search?q=农夫山泉")
    shop, taobao = cell(page, WATER, "shop"), cell(page, WATER, "taobao")

    assert "refused" in shop.get("class").split()
    assert re.fullmatch(r"还差 ¥[\d.]+ 起送", text(shop.find(".//b")))
    assert re.search(r"买 2 件到手 ¥[\d.]+", text(shop))
    assert text(taobao.find(".//b")) == "2 件起购"
    assert re.search(r"买 2 件到手 ¥\d+", text(taobao))


def test_what_cannot_be_ordered_is_last_and_never_dropped(get, product_ids):
    listed = offers(get(f"/products/{product_ids[WATER]}"))
    assert [one.get("class") == "refused" for one in listed] == [False, False, True, True]


def test_a_region_without_delivery_says_so_and_a_surcharge_is_in_the_price(get):
    here, there = get("/search?q=Air+Force+1"), get("/search?q=Air+Force+1&region=CN-XJ")
    name = next(text(one) for one in here.xpath("//a[@class='name']"))

    assert text(cell(there, name, "pinduoduo").find(".//b")) == "不发货到新疆"
    before, after = (int(text(cell(page, name, "jd").find(".//b"))[1:]) for page in (here, there))
    assert after == before + 15


def test_a_limit_is_a_status_only_beyond_it(get):
    name = "贵州茅台 飞天 53度 500ml"
    assert "¥" in text(cell(get("/search?q=茅台"), name, "pinduoduo").find(".//b"))
    assert text(cell(get("/search?q=茅台&quantity=2"), name, "pinduoduo").find(".//b")) == "限购 1 件"


def test_a_coupon_to_claim_is_a_badge_and_a_step(get, product_ids):
    name = next(one for one in product_ids if "Mate 60 Pro" in one)
    notes = text(cell(get("/search?q=Mate+60+Pro"), name, "taobao").find("small"))
    assert "需领券" in notes
    found = drawer(of(get(f"/products/{product_ids[name]}"), "taobao"))
    assert "店铺券满5000减200需领取 · 至 2027-01-05 20:09-¥200" in found
    assert "88VIP" in found


def test_a_group_price_shows_the_price_alone(get):
    notes = text(cell(get("/search?q=iPhone+15+256GB"), PHONE_256, "pinduoduo").find("small"))
    assert "拼单" in notes
    assert "单买 ¥5,278" in notes


def test_bonus_pieces_are_counted(get):
    page = get("/search?q=农夫山泉&quantity=2")
    assert "买 2 件，到手 3 件" in text(cell(page, WATER, "jd").find("small"))
    fewer = get("/search?q=农夫山泉&at_least=3")
    assert "买 2 件，到手 3 件" in text(cell(fewer, WATER, "jd").find("small"))


def test_what_marketplaces_state_of_one_piece_is_not_put_beside_two(get):
    one, two = get("/search?q=iPhone+15"), get("/search?q=iPhone+15&quantity=2")
    assert cell(one, "苹果 iPhone 15 128GB", "jd").xpath(".//s")
    assert not cell(two, "苹果 iPhone 15 128GB", "jd").xpath(".//s")
    assert "称券后" not in text(cell(two, "苹果 iPhone 15 128GB", "jd"))


def test_goods_bought_by_contents_have_a_unit_price_and_phones_have_none(get):
    assert re.search(r"¥38\.57/100g", text(cell(get("/search?q=星飞帆"), TIN, "jd")))
    assert "/100" not in text(cell(get("/search?q=iPhone+15+256GB"), PHONE_256, "jd"))


def test_other_packs_are_listed_by_unit_price_cheapest_first(get, product_ids):
    page = get(f"/products/{product_ids[TIN]}")
    packs = page.xpath("//ul[contains(@class, 'packs')]/li")
    assert [text(one.find("b")) for one in packs] == ["¥35.83/100g", "¥38.57/100g"]
    assert SIX_TINS in text(packs[0])
    assert "本页" in text(packs[1])


# ── the drawer ──────────────────────────────────────────────────────────────────────────────────────


def test_every_drawer_adds_up_before_the_readers_eyes(get, product_ids):
    found = 0
    for product_id in product_ids.values():
        for one in offers(get(f"/products/{product_id}")):
            amounts = [text(dd) for dd in one.xpath(".//dl[@class='sum']/div/dd")]
            if not amounts or amounts[0].startswith("USD"):
                continue
            *steps, total = [fen(amount) for amount in amounts if amount != "未知"]
            assert sum(steps) == total, amounts
            found += 1
    assert found > 70


def fen(amount):
    whole, _, part = amount.lstrip("≥").replace("¥", "").replace(",", "").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int(part or 0)


def test_the_drawer_opens_without_scripts_below_a_row_too(get, client, product_ids):
    fragment = client.get(f"/products/{product_ids[PHONE_256]}/offers?q=x").text
    assert "<summary>价格明细</summary>" in fragment
    assert "国家补贴15%" in fragment
    assert "hx-" not in fragment


def test_the_platforms_claim_is_compared_openly(get, product_ids):
    name = next(one for one in product_ids if "Mate 60 Pro" in one)
    found = drawer(of(get(f"/products/{product_ids[name]}"), "taobao"))
    assert re.search(r"平台标示到手价 ¥[\d,]+，按公开规则计算为 ¥[\d,]+，相差 ¥\d+。", found)


def test_tax_and_gifts_are_steps_and_words(get, product_ids):
    name = next(one for one in product_ids if "230ml" in one)
    found = drawer(of(get(f"/products/{product_ids[name]}"), "taobao"))
    assert re.search(r"税¥\d+", found)
    assert "赠品（不计价）：旅行装面霜 15g" in found


# ── verdicts and lows ───────────────────────────────────────────────────────────────────────────────


def test_a_raise_before_a_cut_is_told_with_its_day(get, product_ids):
    found = drawer(of(get(f"/products/{product_ids[LEGO]}"), "jd"))
    assert "我们的观测不支持这个划线价：现价不低于降价之前的最低价。" in found
    assert "先涨后降：2026-12-10 由 ¥2,799 升到 ¥3,299，现在又回到接近原来的价格。" in found
    assert "划线价到手 ¥3,299：标称低 15.1%，按观测低 0%。" in found


def test_each_struck_price_has_a_verdict_beside_it(get, product_ids):
    page = get(f"/products/{product_ids[LEGO]}")
    short = {
        text(one.find(".//th")): text(one.xpath(".//td[@class='steps']/small")[0]) for one in offers(page)
    }
    assert "¥3,299 观测不支持" in next(words for seller, words in short.items() if "京东自营" in seller)
    assert "¥2,899 观测支持" in next(words for seller, words in short.items() if "小鹿" in seller)
    assert "¥3,599 观测不支持" in next(words for seller, words in short.items() if "官方旗舰店" in seller)


def test_a_low_of_ninety_days_is_a_badge_on_rows_and_on_the_page(get, product_ids):
    badges = row(get("/search?q=乐高"), LEGO).xpath(".//span[@class='badge good']")
    assert [text(one) for one in badges] == ["平90天最低"]
    assert "平90天最低" in text(get(f"/products/{product_ids[LEGO]}").xpath("//div[@class='headline']")[0])
    assert not get("/search?q=iPhone+15").xpath("//span[@class='badge good']")  # seen for 60 days only


def test_the_chart_reaches_back_beyond_ninety_days(get, product_ids):
    page = get(f"/products/{product_ids[LEGO]}")
    assert "180 天" in page.xpath("//div[@class='chart']/@aria-label")[0]
    assert page.xpath("//svg[@class='plot']/text[@class='first']/text()") == ["09-17"]


# ── the shopper's settings ──────────────────────────────────────────────────────────────────────────


def test_what_is_assumed_is_said(get, product_ids):
    for address in ("/search?q=iPhone+15", f"/products/{product_ids[PHONE_256]}"):
        assert "按收货地上海 · 1 件 · 无会员等条件计算" in text(
            get(address).xpath("//details[@id='wish']/summary")[0]
        )
    page = get("/search?q=iPhone+15&region=新疆&at_least=3&conditions=member:plus&conditions=gov_subsidy")
    said = text(page.xpath("//details[@id='wish']/summary")[0])
    assert "按收货地新疆 · 至少 3 件合计 · 国补、PLUS会员计算" in said


def test_the_form_offers_the_conditions_of_the_page_and_keeps_the_search(get):
    form = get("/search?q=iPhone+15+256GB&marketplace=jd&sort=price&conditions=trade_in").xpath(
        "//details[@id='wish']/form"
    )[0]
    hidden = [(one.get("name"), one.get("value")) for one in form.xpath("./input[@type='hidden']")]
    assert hidden == [("q", "iPhone 15 256GB"), ("marketplace", "jd"), ("sort", "price")]
    boxes = {
        one.get("value"): one.get("checked") is not None for one in form.xpath(".//input[@name='conditions']")
    }
    assert boxes == {"gov_subsidy": False, "member:plus": False, "new_user": False, "trade_in": True}
    assert len(form.xpath(".//select/option")) == 34
    assert text(form.xpath(".//option[@selected]")[0]) == "上海"


def test_a_form_of_defaults_asks_for_nothing_special(get, product_ids):
    page = get(f"/products/{product_ids[PHONE_256]}?region=CN-SH&quantity=1")
    assert all(wished(href) == {} for href in page.xpath("//a/@href"))
    assert not page.xpath("//a[@class='forget']")


def test_at_least_can_be_said_by_a_form_without_scripts(get):
    page = get("/search?q=农夫山泉&region=CN-SH&quantity=3&or_more=1")
    assert "至少 3 件合计" in text(page.xpath("//details[@id='wish']/summary")[0])
    assert page.xpath("//details[@id='wish']//input[@name='quantity']/@value") == ["3"]
    assert page.xpath("//details[@id='wish']//input[@name='or_more']/@checked")
    assert wished(page.xpath("//a[@class='name']/@href")[0]) == {"at_least": ["3"]}


@pytest.mark.parametrize("address", ["/search?q=iPhone+15&limit=3&", "/products/{}?"])
def test_the_wish_survives_every_link_between_prices(get, product_ids, address):
    page = get(address.format(product_ids[PHONE_256]) + XJ_PLUS)
    leading = [
        href
        for href in page.xpath("//main//a[not(@class='forget')]/@href | //*/@hx-get")
        if href.startswith(("/search", "/products"))
    ]
    assert len(leading) > 5
    for href in leading:
        assert wished(href) == {"region": ["CN-XJ"], "conditions": ["member:plus"]}, href
    fields = page.xpath("//form[@role='search']/input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in fields] == [
        ("region", "CN-XJ"),
        ("conditions", "member:plus"),
    ]


def test_rows_appended_and_offers_opened_are_for_the_same_buyer(get, client):
    page = get("/search?q=iPhone+15+256GB&limit=1&conditions=member:plus")
    opened = client.get(row(page, PHONE_256).find(".//details").get("hx-get")).text
    assert "¥4,799" in opened
    more = get(page.xpath("//p[@id='more']/a/@hx-get")[0])
    assert "PLUS会员" in text(more.xpath("//details[@id='wish']/summary")[0])


def test_clearing_leads_to_the_same_search_without_the_wish(get):
    page = get("/search?q=iPhone+15&sort=price&quantity=2&" + XJ_PLUS)
    assert page.xpath("//a[@class='forget']/@href") == ["/search?q=iPhone+15&sort=price"]


def test_the_wish_is_in_no_cookie_and_no_header_and_told_to_no_marketplace(client, product_ids):
    for address in (f"/search?q=iPhone+15&{XJ_PLUS}", f"/products/{product_ids[PHONE_256]}?{XJ_PLUS}"):
        answer = client.get(address)
        told = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        assert "set-cookie" not in answer.headers
        assert "plus" not in told
        assert "XJ" not in told
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["referrer-policy"] == "no-referrer"
        outward = re.findall(r'href="(https?://[^"]*)"', answer.text)
        assert outward
        assert not [href for href in outward if "plus" in href or "XJ" in href]


def test_a_region_that_is_none_is_refused(get):
    assert get("/search?region=Atlantis", 422).xpath("//h1")
    assert get("/search?quantity=0", 422).xpath("//h1")


def test_words_of_promotions_are_inert(client, get, product_ids):
    address = f"/products/{product_ids['苹果 iPhone 15 128GB']}"
    assert SCRIPT not in client.get(address).text
    found = next(drawer(one) for one in offers(get(address)) if SCRIPT in text(one.find(".//th")))
    assert f"券 {SCRIPT}{SCRIPT}-¥1" in found
    assert f"{SCRIPT}会员 ¥4,774" in found
    assert f"赠品（不计价）：{SCRIPT}" in found
    hostile = client.get(
        "/search", params={"q": "iPhone 15", "conditions": f'member:"><img src=x onerror=alert(1)>{SCRIPT}'}
    )
    assert "<img" not in hostile.text
    assert SCRIPT not in hostile.text
