"""The web shop's HTML. What a person reads; the structured data inside comes from `shop_data.py`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import orjson

from marketplaces.shops.gateway import yuan
from marketplaces.shops.shop_data import documents
from marketplaces.world.prices import title_at
from marketplaces.world.quotes import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from marketplaces.faults.content import Tampering
    from marketplaces.world.model import Offer
    from marketplaces.world.seasons import Moment
    from marketplaces.world.storefront import Page

PER_LIST = 24
"""Products on a page of a category."""
_NAV = '<nav><a href="/">首页</a> <a href="/cart">购物车</a> <a href="/search?q=">搜索</a> <a href="/private/members/vip-prices">会员价</a></nav>'
_FOOT = "<footer><p>青禾优选 · 七天无理由退货 · 客服 9:00–21:00</p></footer>"


def _page(title: str, body: str, *, charset: str = "utf-8", head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{escape(title)} - 青禾优选</title>'
        f"{head}</head>\n<body>{_NAV}\n{body}\n{_FOOT}</body></html>\n"
    )


def product_page(
    page: Page, moment: Moment, origin: str, related: Sequence[Page], tampering: Tampering
) -> str:
    """The page of one product, or of one group of variants."""
    lies = "lying_charset" in tampering
    head = "" if "layout_v2" in tampering else _scripts(page, moment, origin, tampering)
    sign = "\u00a5" if lies or page.style & 1 else "￥"
    rows = "".join(_row(offer, moment, sign, page, is_new="layout_v2" in tampering) for offer in page.offers)
    others = "".join(f'<li><a href="{other.path}">{escape(other.name)}</a></li>' for other in related)
    body = f"<main><h1>{escape(page.name)}</h1>{rows}</main><aside><h2>看了又看</h2><ul>{others}</ul></aside>"
    return _page(page.name, body, charset="utf-8" if lies else page.charset, head=head)


def _scripts(page: Page, moment: Moment, origin: str, tampering: Tampering) -> str:
    texts = []
    for document in documents(page, moment, origin):
        bent = tampering.item(document, page.offers[0].number)
        text = tampering.document(orjson.dumps(bent)).decode(errors="replace").replace("</", "<\\/")
        texts.append(f'<script type="application/ld+json">{text}</script>')
    return "".join(texts)


def _row(offer: Offer, moment: Moment, sign: str, page: Page, *, is_new: bool) -> str:
    terms = quote(offer, moment)
    struck = f"<del>{sign}{yuan(terms.list_fen)}</del>" if terms.list_fen is not None else ""
    stock = ("有货" if terms.in_stock else "缺货") if page.says_stock else ""
    parcel = (
        ""
        if page.shipping_fen is None
        else ("包邮" if not page.shipping_fen else f"运费{yuan(page.shipping_fen)}元")
    )
    name = "amount" if is_new else "price"
    return (
        f'<section class="sku"><h2>{escape(title_at(offer, moment))}</h2>'
        f'<p class="{name}">{sign}{yuan(terms.price_fen)} {struck}</p><p>{stock} {parcel}</p></section>'
    )


def list_page(
    category: str, place: int, number: int, pages: Iterable[Page], moment: Moment, *, is_last: bool
) -> str:
    """One page of a category, with links to its products and to the next page."""
    rows = "".join(
        f'<li><a href="{page.path}">{escape(page.name)}</a> ￥{yuan(quote(page.offers[0], moment).price_fen)}</li>'
        for page in pages
    )
    following = "" if is_last else f'<a rel="next" href="/c/{place}/{number + 1}">下一页</a>'
    return _page(category, f"<main><h1>{escape(category)}</h1><ul>{rows}</ul>{following}</main>")


def home_page(categories: Sequence[str], pages: Sequence[Page]) -> str:
    """Links to every category and a few products."""
    kinds = "".join(
        f'<li><a href="/c/{place}">{escape(name)}</a></li>' for place, name in enumerate(categories, 1)
    )
    some = "".join(f'<li><a href="{page.path}">{escape(page.name)}</a></li>' for page in pages[:10])
    return _page("首页", f"<main><h1>青禾优选</h1><ul>{kinds}</ul><h2>推荐</h2><ul>{some}</ul></main>")


def plain_page(heading: str) -> str:
    """A page with nothing to crawl on it."""
    return _page(heading, f"<main><h1>{escape(heading)}</h1></main>")
