"""What was read, on pages: filters by attributes, the words that count, and what offers leave in doubt."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from api.pages.attributes import Wording
from api.pages.readings import Readings
from api.pages.texts import Texts
from tests.api.pages.conftest import text
from tests.support.sample import HOSTILE_TITLES

PHONE = "苹果 iPhone 15 128GB"


def filters(page):
    """Name -> its options in their order."""
    return {
        text(one.find("summary")).rstrip(" 0123456789"): one.xpath(".//li/a")
        for one in page.xpath("//nav[@class='filters']/details")
    }


def query(address):
    return parse_qs(urlsplit(address).query)


def names(page):
    return [text(one) for one in page.xpath("//table[@id='matrix']//a[@class='name']")]


@pytest.fixture
def readings():
    return Readings(Texts.load(), Wording(Texts.load(), {}))


def offer(**more):
    return {
        "title": "", "sku_text": "", "read": [], "conflicts": [], "missing": [], "probable": [], "is_certain": True,
    } | more  # fmt: skip


# ── choosing ───────────────────────────────────────────────────────────────────────────────────────


def test_what_splits_a_family_is_a_filter_in_words_and_in_order(get):
    found = filters(get("/search?q=手机"))

    assert [text(one) for one in found["存储"]] == ["128GB 3", "256GB 6", "512GB 2"]
    assert list(found).index("存储") < list(found).index("内存") < list(found).index("成色")
    assert "段位" not in found


def test_values_are_chosen_added_and_taken_off_without_scripts(get):
    first = filters(get("/search?q=手机"))["存储"][0]
    assert query(first.get("href"))["attributes"] == ["storage_gb:128"]
    chosen = get(first.get("href"))
    second = filters(chosen)["存储"][1]
    assert query(second.get("href"))["attributes"] == ["storage_gb:128", "storage_gb:256"]
    both = get(second.get("href"))

    assert len(names(chosen)) == 3
    assert len(names(both)) == 9
    assert [text(one) for one in filters(both)["存储"] if one.get("aria-current")] == ["128GB 3", "256GB 6"]
    chip = next(
        one for one in both.xpath("//a[@class='chip chosen']") if text(one.find("bdi")) == "存储 256GB"
    )
    assert query(chip.get("href"))["attributes"] == ["storage_gb:128"]


def test_a_filter_that_nothing_fits_can_be_taken_off(get):
    page = get("/search?q=手机&attributes=stage:9&attributes=storage_gb:128.0")

    assert text(page.xpath("//div[@class='summary']/p")[0]).startswith("0 款商品")
    assert {"段位 9 段", "存储 128GB"} <= {
        text(one.find("bdi")) for one in page.xpath("//a[@class='chip chosen']")
    }


def test_editions_are_a_filter(get):
    page = get("/search?q=iPhone+15&region_version=hk")

    assert names(page) == ["苹果 iPhone 15 128GB 港版"]
    assert {text(one) for one in filters(page)["地区版本"]} == {"国行 6", "港版 1"}


def test_a_mixed_list_has_no_attributes(get):
    assert "存储" not in filters(get("/search"))


def test_settings_keep_the_attributes(get):
    page = get("/search?q=手机&attributes=ram_gb:12")
    assert page.xpath("//form//input[@type='hidden' and @name='attributes']/@value") == ["ram_gb:12"]


# ── why ────────────────────────────────────────────────────────────────────────────────────────────


def test_each_offer_of_a_search_tells_what_was_read_and_from_which_words(get, product_ids):
    page = get(f"/products/{product_ids[PHONE]}/offers?q=iPhone")
    first = page.xpath("//details[@class='why']")[0]

    assert first.find("summary").text == "为什么算同款，读到了什么"
    title = first.xpath(".//p[@class='marked']")[0]
    assert {text(one): one.get("title") for one in title.iter("mark")}.items() >= {
        "128GB": "存储",
        "iPhone 15": "型号",
    }.items()
    assert "型号iPhone 15 iPhone 15 · 标题 · 95%" in [
        text(one) for one in first.xpath(".//dl[@class='values']/div")
    ]
    whole = text(title).replace(" · ", " ")
    assert text(first.getparent().xpath("p[@class='title']")[0]).replace(" · ", " ") == whole


def test_products_that_were_close_are_called_by_name(get, product_ids):
    page = get(f"/products/{product_ids[PHONE]}/offers?q=iPhone")
    close = page.xpath("//details[@class='why']//li/a")

    assert close
    assert {text(one) for one in close} <= set(product_ids)
    assert "苹果 iPhone 15 256GB" in {text(one) for one in close}


def test_marking_changes_no_word_of_a_title(get, product_ids):
    """Whatever sellers write."""
    for product_id in product_ids.values():
        for one in get(f"/products/{product_id}/offers").xpath("//details[@class='why']"):
            title = one.xpath(".//p[@class='marked']/bdi")[0]
            written = one.getparent().xpath("p[@class='title']/bdi")[0]
            assert title.text_content() == written.text_content()
            assert {inner.tag for inner in title.iterdescendants()} <= {"mark"}


def test_words_that_say_two_things_are_marked_once(readings):
    title = "小米14 12GB+256GB"
    read = [["model", "14", "title", 95, 2, 4], ["ram_gb", "12", "title", 90, 5, 15], ["storage_gb", "256", "title", 90, 10, 15],
            ["brand", "xiaomi", "title", 95, 0, 2], ["gtin", "1", "gtin", 98], ["color", "黑", "sku", 80, 0, 99]]  # fmt: skip

    found = readings.of(offer(title=title, sku_text="黑色", read=read))

    assert [(one.text, one.names) for one in found.title] == [
        ("小米", "品牌"), ("14", "型号"), (" ", ""), ("12GB+", "内存"), ("256GB", "内存、存储"),
    ]  # fmt: skip
    assert "".join(one.text for one in found.sku_text) == "黑色"
    assert {one.name: one.words for one in found.values} == {
        "型号": "14", "内存": "12GB+256GB", "存储": "256GB", "品牌": "小米", "条码": None, "颜色": "黑色",
    }  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_any_span_of_any_title_leaves_its_text_whole(readings, title):
    read = [["model", "x", "title", 95, start, start + 3] for start in range(0, len(title), 2)]
    assert "".join(piece.text for piece in readings.of(offer(title=title, read=read)).title) == title


# ── doubt ──────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_named_on_the_search_and_on_the_products_page(get, product_ids):
    row = next(
        one
        for one in get("/search?q=iPhone+15").xpath("//table[@id='matrix']/tbody")
        if text(one.find(".//a[@class='name']")) == "苹果 iPhone 15"
    )
    page = get(f"/products/{product_ids['苹果 iPhone 15']}")

    assert "规格未写全：存储" in [text(one) for one in row.xpath(".//span[contains(@class, 'badge')]")]
    assert "规格未写全：存储" in text(row.xpath(".//td//small")[0])
    badges = page.xpath("//section[@id='offers']//span[contains(@class, 'badge')]")
    assert "规格未写全：存储" in [text(one) for one in badges]


def test_each_way_of_doubt_has_its_badge(readings):
    contested = {
        "attribute": "storage_gb",
        "values": ["128", "256"],
        "sources": ["sku", "title"],
        "splits": True,
    }
    colour = {"attribute": "color", "values": ["黑", "白"], "sources": ["sku", "title"], "splits": False}

    def doubts(**more):
        return [(one.text, one.tone) for one in readings.doubts(offer(**more))]

    assert doubts() == doubts(conflicts=[colour]) == []
    assert doubts(is_certain=False) == [("规格未写全", "warn")]
    assert doubts(is_certain=False, missing=["ram_gb", "pack"]) == [("规格未写全：内存、包装", "warn")]
    assert doubts(is_certain=False, conflicts=[contested, colour]) == [("写了几种：存储", "warn")]
    assert doubts(is_certain=False, conflicts=[contested], missing=["pack"], probable=["model"]) == [
        ("规格未写全：包装", "warn"), ("写了几种：存储", "warn"), ("可能是：型号", ""),
    ]  # fmt: skip


def test_a_conflict_says_who_says_what(readings):
    contested = {
        "attribute": "storage_gb",
        "values": ["128", "256", "512"],
        "sources": ["sku", "title", "title"],
        "splits": True,
    }

    assert readings.of(offer(conflicts=[contested])).conflicts == (
        "存储：款式文字 128GB；标题 256GB / 512GB",
    )
