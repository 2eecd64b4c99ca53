"""The matrix: what stands in a cell, in which order, and how one gets from one search to the next without scripts."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from api.pages.columns import kept, rotated
from tests.api.pages.conftest import text
from tests.support.sample import NOW

PHONE = "苹果 iPhone 15 128GB"


def row(page, name):
    return next(
        one
        for one in page.xpath("//table[@id='matrix']/tbody")
        if text(one.find(".//a[@class='name']")) == name
    )


def cell(page, name, slug):
    return row(page, name).xpath(f".//td[contains(concat(' ', @class, ' '), ' mp-{slug} ')]")[0]


def names(page):
    return [text(one) for one in page.xpath("//table[@id='matrix']//a[@class='name']")]


def chips(page):
    return {text(one.find("bdi")): one for one in page.xpath("//a[contains(@class, 'chip')]")}


def query(address):
    return parse_qs(urlsplit(address).query)


@pytest.fixture
def phones(get):
    return get("/search?q=iPhone+15")


def test_a_row_per_product_and_a_column_per_marketplace(phones):
    heads = [
        text(one.find("span")) for one in phones.xpath("//table[@id='matrix']/thead//th[position() > 1]")
    ]

    assert sorted(heads) == sorted(["京东", "拼多多", "独立商店", "淘宝"])
    assert PHONE in names(phones)
    for one in phones.xpath("//table[@id='matrix']/tbody/tr[1]"):
        assert len(one.xpath("td")) == len(heads)


def test_the_cheapest_is_marked_in_words_and_others_say_how_much_more(phones):
    best = cell(phones, PHONE, "jd")
    assert "best" in best.get("class")
    assert text(best.find(".//b")) == "¥4,041"
    assert text(best.find(".//em")) == "最低"
    assert text(cell(phones, PHONE, "taobao").find(".//em")) == "+4.6%"
    assert text(cell(phones, PHONE, "pinduoduo").find(".//em")) == "+5.6%"


def test_a_cell_counts_its_offers_and_names_its_conditions(phones):
    notes = text(cell(phones, PHONE, "pinduoduo").find("small"))
    assert "拼单" in notes
    assert "2 个报价" in notes
    assert text(cell(phones, PHONE, "taobao").find(".//s")) == "¥5,373"
    assert "称券后" in text(cell(phones, PHONE, "jd").find("small"))


def test_unknown_shipping_is_a_lower_bound_in_sign_and_words(phones):
    one = cell(phones, "苹果 iPhone 15 256GB", "shop")
    assert text(one.find(".//b")).startswith("≥¥")
    assert "不低于" in one.find(".//abbr").get("title")
    assert "运费未知" in text(one.find("small"))


def test_what_cannot_be_bought_is_there_and_never_the_cheapest(phones):
    for slug in ("jd", "taobao"):
        one = cell(phones, "苹果 iPhone 15 512GB", slug)
        assert "out" in one.get("class").split()
        assert "缺货" in text(one)
    assert "best" not in row(phones, "苹果 iPhone 15 512GB").xpath("string(.//td[1]/@class)")


def test_an_old_price_is_grey_and_says_how_old(get):
    one = cell(get("/search?q=Pura+70"), "华为 Pura 70 12GB内存 256GB", "jd")
    assert "stale" in one.get("class").split()
    assert text(one.find(".//time")) == "2 天前"


def test_a_price_nobody_has_seen_for_a_week_is_not_shown_as_one(get):
    page = get("/search?q=iPhone+15+256GB")
    assert "过期" not in text(cell(page, "苹果 iPhone 15 256GB", "jd"))  # a fresher offer stands in the cell
    product = get(row(page, "苹果 iPhone 15 256GB").xpath(".//a[@class='name']/@href")[0])
    expired = product.xpath("//tbody[@class='expired']")[0]
    assert "价格过期" in text(expired)
    assert "12 天前" in text(expired)
    assert "¥" not in text(expired.xpath(".//td[contains(@class, 'price')]")[0])


def test_what_leaves_its_capacity_open_says_so_and_stands_alone(phones):
    one = row(phones, "苹果 iPhone 15")
    assert "规格未写全" in text(one)
    assert "存储" in one.xpath(".//span[contains(@class, 'warn')]/@title")[0]
    assert "最低" not in text(one)  # the lowest of one is no news


def test_badges_set_used_and_foreign_goods_apart(get):
    page = get("/search?q=iPhone+15&condition=any&kind=any")
    assert "港版" in [
        text(one)
        for one in row(page, "苹果 iPhone 15 128GB 港版").xpath(".//span[contains(@class, 'badge')]")
    ]
    used = next(name for name in names(page) if "二手" in name)
    assert "二手" in [text(one) for one in row(page, used).xpath(".//span[contains(@class, 'badge')]")]


def test_on_narrow_screens_marketplaces_come_in_order_of_price(phones):
    places = {
        slug: next(
            c
            for c in cell(phones, "苹果 iPhone 15 256GB", slug).get("class").split()
            if c[0] == "o" and c[1:].isdigit()
        )
        for slug in ("shop", "jd", "taobao", "pinduoduo")
    }
    assert places == {"shop": "o1", "jd": "o2", "taobao": "o3", "pinduoduo": "o4"}


def test_columns_are_in_order_of_slug_and_move_on_every_day():
    slugs = ["taobao", "jd", "shop", "jd"]
    days = [rotated(slugs, date.fromordinal(738_000 + n)) for n in range(3)]

    assert sorted(day[0] for day in days) == ["jd", "shop", "taobao"]
    assert all((day * 2)[day.index("jd") :][:3] == ["jd", "shop", "taobao"] for day in days)
    assert rotated([], date(2026, 1, 1)) == []
    assert rotated(slugs, NOW.date()) == rotated(reversed(slugs), NOW.date())


def test_appended_rows_keep_the_columns_of_the_page_before():
    assert kept("shop.jd.shop.nope", {"jd": "", "shop": "", "taobao": ""}) == ["shop", "jd"]
    assert kept("", {"jd": ""}) == []


def test_what_was_assumed_can_be_taken_off(phones):
    assumed = chips(phones)["只看全新"]
    assert "assumed" in assumed.get("class")
    assert query(assumed.get("href")) == {"q": ["iPhone 15"], "condition": ["any"]}
    assert query(chips(phones)["只看商品本身"].get("href")) == {"q": ["iPhone 15"], "kind": ["any"]}


def test_what_was_understood_can_be_taken_off_alone(get):
    page = get("/search?q=京东 5000元以下的苹果手机 最便宜")
    found = chips(page)

    assert {"京东", "¥5,000 以下", "价格从低到高"} <= set(found)
    without = query(found["¥5,000 以下"].get("href"))
    assert without["marketplace"] == ["jd"]
    assert without["sort"] == ["price"]
    assert "price_to" not in without
    assert "5000" not in without["q"][0]
    assert "understood" in found["京东"].get("class")


def test_taking_everything_off_leads_to_pages_that_work(get):
    page = get("/search?q=京东 5000元以下的苹果手机 最便宜")
    for chip in chips(page).values():
        assert names(get(chip.get("href")))


def test_filters_count_and_toggle(phones, get):
    link = next(one for one in phones.xpath("//nav[@class='filters']//li/a") if "京东" in text(one))
    assert text(link) == "京东 5"
    chosen = get(link.get("href"))
    assert "京东" in chips(chosen)
    again = next(
        one for one in chosen.xpath("//nav[@class='filters']//li/a[@aria-current]") if "京东" in text(one)
    )
    assert query(again.get("href")) == {"q": ["iPhone 15"]}
    assert len(names(chosen)) == 5


def test_two_values_of_a_filter_are_either(get):
    page = get("/search?q=iPhone+15&condition=used&condition=new")
    assert {"二手", "全新"} <= set(chips(page))
    assert query(chips(page)["二手"].get("href"))["condition"] == ["new"]


def test_price_steps_filter_by_their_bounds(phones, get):
    link = next(one for one in phones.xpath("//nav[@class='filters']//li/a") if "¥2,000–¥5,000" in text(one))
    assert query(link.get("href")) == {"q": ["iPhone 15"], "price_from": ["200000"], "price_to": ["499999"]}
    chosen = get(link.get("href"))
    assert "¥2,000–¥5,000" in chips(chosen)
    assert query(chips(chosen)["¥2,000–¥5,000"].get("href")) == {"q": ["iPhone 15"]}


def test_orders_are_links_and_the_present_one_is_marked(phones, get):
    orders = {text(one): one for one in phones.xpath("//p[@class='orders']/a")}
    assert orders["相关"].get("aria-current") == "true"
    cheap = get(orders["价格从低到高"].get("href"))
    first = next(text(one.find(".//a[@class='name']")) for one in cheap.xpath("//table[@id='matrix']/tbody"))
    assert first == "苹果 iPhone 15 128GB 港版"


def test_goods_can_be_put_in_order_of_unit_price_and_kept_to_one_base(get):
    page = get("/search")
    units = page.xpath("//details[summary[starts-with(normalize-space(), '单价按')]]//a")
    assert [text(one.find("bdi")) for one in units] == [
        "每100克",
        "每500毫升",
        "每100毫升",
        "每100抽",
        "每10毫升",
    ]

    spirits = get(units[1].get("href"))
    assert query(chips(spirits)["每500毫升"].get("href")) == {}
    orders = {text(one): one for one in spirits.xpath("//p[@class='orders']/a")}
    ordered = get(orders["单价从低到高"].get("href"))
    assert names(ordered) == ["五粮液 普五 第八代 52度 500ml", "贵州茅台 飞天 53度 500ml"]
    assert text(ordered.xpath("//p[@class='orders']/a[@aria-current]")[0]) == "单价从低到高"


def test_an_order_by_unit_price_can_be_typed(get):
    page = get("/search?q=白酒+单价最低")
    assert names(page) == ["五粮液 普五 第八代 52度 500ml", "贵州茅台 飞天 53度 500ml"]
    assert query(chips(page)["单价从低到高"].get("href")) == {"q": ["白酒"]}


def test_unit_prices_are_kept_to_a_step(get):
    page = get("/search?unit=500ml&unit_price_from=100000&unit_price_below=200000")
    step = page.xpath("//details[summary[starts-with(normalize-space(), '单价 ')]]//a")[0]

    assert (text(step.find("bdi")), text(step.find("i"))) == ("¥1,000–¥2,000", "2")
    assert step.get("aria-current") == "true"
    assert (
        query(step.get("href")) == query(chips(page)["单价 ¥1,000–¥2,000"].get("href")) == {"unit": ["500ml"]}
    )
    other = get("/search?unit=500ml&unit_price_from=200000")
    assert "单价 ¥2,000 以上" in chips(other)
    (step,) = other.xpath("//details[summary[starts-with(normalize-space(), '单价 ')]]//a")
    assert query(step.get("href")) == query(
        "/search?unit=500ml&unit_price_from=100000&unit_price_below=200000"
    )


def test_what_was_read_of_the_words_is_told(get):
    words = text(get("/search?q=iPhone+15+128GB").xpath("//p[@class='reading']")[0])
    assert words == "读作品牌 苹果型号 iPhone 15类目 手机存储 128GB"


def test_giving_up_assumptions_is_said(get):
    page = get("/search?q=二手+茅台")
    note = page.xpath("//p[@class='note']")
    assert not names(page) or text(note[0])


def test_accessories_are_found_when_nothing_else_fits_and_the_page_says_so(get):
    page = get("/search?q=图拉斯")
    assert names(page)
    assert "放宽" in text(page.xpath("//p[@class='note']")[0])


def test_near_misses_are_said_to_be_only_near(get):
    page = get("/search?q=iPhone+15+zzqq")
    assert "只是用词最接近" in text(page.xpath("//p[@class='note']")[0])


def test_nothing_found_helps_on(get):
    page = get("/search?q=zzqq")
    assert text(page.xpath("//section[contains(@class, 'nothing')]/h2")[0]) == "没有找到"
    assert page.xpath("//section[contains(@class, 'nothing')]//a[@href='/search']")


def test_the_next_page_is_a_link_and_the_same_rows_for_scripts(get):
    page = get("/search?limit=10")
    link = page.xpath("//p[@id='more']/a")[0]
    assert link.get("rel") == "next"
    assert link.get("hx-get").startswith(link.get("href") + "&columns=")

    plain, rows = get(link.get("href")), get(link.get("hx-get"))
    assert len(names(page)) == len(names(plain)) == 10
    assert names(plain) == names(rows)
    assert not set(names(page)) & set(names(plain))


def test_pages_end(get):
    address, found = "/search?limit=15", []
    while address:
        page = get(address)
        found += names(page)
        address = next(iter(page.xpath("//p[@id='more']/a/@href")), None)
    assert len(found) == 33
    assert text(page.xpath("//div[@class='summary']/p[1]")[0]).startswith("33 款商品")


def test_appended_rows_have_the_first_pages_columns(get):
    page = get("/search?limit=15&sort=price")
    heads = len(page.xpath("//table[@id='matrix']/thead//th"))
    rows = get(page.xpath("//p[@id='more']/a/@hx-get")[0])
    assert all(len(one.xpath("td")) == heads - 1 for one in rows.xpath("//table[@id='matrix']/tbody/tr[1]"))


def test_offers_open_below_the_row_without_scripts(phones, get):
    details = row(phones, PHONE).find(".//details")
    link = details.find(".//div/a").get("href")
    opened = row(get(link), PHONE).find(".//details")

    assert opened.get("open") is not None
    assert opened.get("hx-get") is None
    assert [text(head) for head in opened.xpath(".//section/h2")] == ["京东", "淘宝", "拼多多", "独立商店"]


def test_scripts_are_given_the_same_list(phones, get, client):
    details = row(phones, PHONE).find(".//details")
    assert details.get("hx-get").startswith("/products/")
    fragment = client.get(details.get("hx-get"))
    opened = row(get(details.find(".//div/a").get("href")), PHONE)

    assert "<html" not in fragment.text
    for one in (
        "京东自营",
        "自营",
        "官方旗舰店",
        "品牌、型号与全部区分规格都写明且相同",
        "还有 3 个报价",
        "还有 2 个报价",
    ):
        assert one in fragment.text
        assert one in text(opened)


def test_at_most_three_offers_of_a_marketplace_are_listed(phones, client):
    from lxml import html

    fragment = html.fragment_fromstring(
        client.get(row(phones, PHONE).find(".//details").get("hx-get")).text, create_parent=True
    )
    assert max(len(one.findall("ul/li")) for one in fragment.iter("section")) == 3


def test_the_page_agrees_with_the_api(client, phones):
    answer = client.get("/api/v1/search?q=iPhone+15", headers={"accept": "application/json"}).json()
    assert [one["name"] for one in answer["products"]] == names(phones)
    first = next(one for one in answer["products"] if one["name"] == PHONE)
    assert first["cheapest"].startswith("jd:")


def test_completions_are_options(client):
    answer = client.get("/suggest?q=iphone").text
    assert '<option value="iPhone 15">' in answer
    assert client.get("/suggest?q=").text.strip() == ""


@pytest.mark.slow
def test_a_page_of_twenty_is_light(client, wide_client):
    four, eight = client.get("/search"), wide_client.get("/search")
    assert four.text.count("<tbody") == eight.text.count("<tbody") == 20
    assert len(four.content) <= 54_000
    assert len(eight.content) <= 68_000


def test_a_page_asks_for_four_things_at_most(get):
    page = get("/search")
    wanted = page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
    assert len(wanted) + 1 <= 4


def test_the_header_tells_where_the_order_of_columns_comes_from(phones):
    assert "轮换" in text(phones.xpath("//table[@id='matrix']/thead//small")[0])
    assert "与价格、销量、佣金都无关" in phones.xpath("//table[@id='matrix']/thead//small/@title")[0]
