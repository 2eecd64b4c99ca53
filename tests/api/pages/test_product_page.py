"""The product page: every offer with every step, the reasons, the chart and its table, and other versions."""

from __future__ import annotations

import re

import pytest

from tests.api.pages.conftest import text

PHONE = "苹果 iPhone 15 128GB"


@pytest.fixture
def page(get, product_ids):
    return get(f"/products/{product_ids[PHONE]}")


def offers(page):
    return page.xpath("//section[@id='offers']/table/tbody")


def test_the_headline_says_what_it_is_and_what_it_costs_at_least(page):
    assert text(page.find(".//h1")) == PHONE
    cheapest = page.xpath("//p[@class='cheapest']")[0]
    assert "¥4,041" in text(cheapest)
    assert "京东" in text(cheapest)
    assert cheapest.xpath(".//a/@href") == ["https://item.jd.example/0000.html?id=7000000"]


def test_every_offer_is_listed_cheapest_first_and_unbuyable_last(page):
    listed = offers(page)
    assert len(listed) == 15
    assert listed[0].get("class") == "best"
    assert [one.get("class") for one in listed[-2:]] in (["odd", "out"], ["out", "odd"])
    prices = [
        int(re.sub(r"\D", "", text(one.xpath(".//td[contains(@class, 'price')]/b")[0])))
        for one in listed[:-2]
        if "USD" not in text(one)
    ]
    assert prices == sorted(prices)


def test_each_price_shows_its_steps(page):
    sums = [text(one.xpath(".//td[@class='steps']")[0]) for one in offers(page)]
    assert any(one.startswith("标价 ¥4,041 + 运费 ¥0") for one in sums)
    assert any("标价 ¥4,350 + 运费未知" in one for one in sums)
    assert any("标价 ¥4,165 + 运费 ¥12" in one for one in sums)


def test_claims_and_struck_prices_are_small_and_apart(page):
    steps = offers(page)[0].xpath(".//td[@class='steps']")[0]
    assert text(steps.find("small/s")) == "¥5,373"
    assert "平台称券后 ¥3,758.13" in text(steps.find("small"))


def test_an_outlier_is_shown_and_never_the_cheapest(page):
    odd = next(one for one in offers(page) if one.get("class") == "odd")
    assert "¥999" in text(odd)
    assert "价格可疑" in text(odd)


def test_unknown_stock_is_not_in_stock(page):
    own = [text(one) for one in offers(page) if one.xpath(".//span[@class='mp mp-shop']")]
    assert any("库存未知" in row and "有货" not in row for row in own)


def test_every_offer_says_why_it_is_the_same_and_what_was_read(page):
    whys = [text(one.xpath(".//div[@class='evidence']")[0]) for one in offers(page)]
    assert all("为什么算同款" in why for why in whys)
    joined = next(why for why in whys if "品牌、型号与全部区分规格都写明且相同" in why)
    assert "品牌苹果" in joined
    assert "存储128GB" in joined
    assert "存储不同（128GB ≠ 256GB）" in " ".join(whys)
    values = [text(one) for one in offers(page)[0].xpath(".//dl[@class='values']/div")]
    assert "存储128GB 128GB · 标题 · 90%" in values


def test_the_chart_has_a_line_per_marketplace_a_gap_and_a_marked_low(page):
    chart = page.xpath("//div[@class='chart']")[0]
    assert chart.get("role") == "img"
    assert "最低 ¥" in chart.get("aria-label")
    paths = {one.get("class"): one.get("d") for one in chart.iter("path")}
    assert set(paths) == {"mp-jd", "mp-taobao", "mp-pinduoduo", "mp-shop"}
    assert paths["mp-jd"].count("M") == 2  # away for ten days
    assert paths["mp-taobao"].count("M") == 1
    assert len(chart.xpath(".//circle[@class='low']")) == 1


def test_the_outlier_does_not_bend_the_chart(page):
    figures = [text(one) for one in page.xpath("//svg[@class='scale']/text")]
    assert "¥1,000" not in figures
    assert figures[0] == "¥3,800"


def test_the_chart_is_also_a_table(page):
    rows = page.xpath("//section[@id='history']//table/tbody/tr")
    assert len(rows) == 32
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", text(rows[0]))


def test_other_versions_are_listed_with_their_price_and_uncertain_ones_apart(page):
    section = page.xpath("//section[@id='versions']")[0]
    certain, possible = section.xpath("./ul")
    assert {"苹果 iPhone 15 256GB", "苹果 iPhone 15 512GB", "苹果 iPhone 15 128GB 港版"} <= {
        text(a) for a in certain.iter("a")
    }
    assert "暂时买不到" in text(next(li for li in certain if "512GB" in text(li)))
    assert [text(a) for a in possible.iter("a")] == ["苹果 iPhone 15"]
    assert text(section.find("h3")) == "可能相同，规格未写全"


def test_an_uncertain_product_says_what_is_missing(get, product_ids):
    page = get(f"/products/{product_ids['苹果 iPhone 15']}")
    assert "没有写明 存储" in text(page.xpath("//p[@class='note']")[0])
    assert "¥4,188" in text(page.xpath("//p[@class='cheapest']")[0])


def test_nothing_to_buy_is_said(get, product_ids):
    page = get(f"/products/{product_ids['苹果 iPhone 15 512GB']}")
    assert "暂时买不到" in text(page.xpath("//p[@class='cheapest']")[0])


def test_a_product_without_brand_and_history_is_still_a_page(get, product_ids):
    for name, product_id in product_ids.items():
        page = get(f"/products/{product_id}")
        assert text(page.find(".//h1")) == " ".join(name.split())


@pytest.mark.parametrize("address", ["/products/nope", "/products/nope/offers", "/products/%3Cscript%3E"])
def test_an_unknown_product_is_a_friendly_page(get, address):
    page = get(address, 404)
    assert text(page.find(".//h1")) == "没有这件商品"
    assert page.xpath("//form[@role='search']")
