"""Who sells: shops of each type on each marketplace, by trade. Names are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplaces.world.dice import dice
from marketplaces.world.model import Seller, SellerType

if TYPE_CHECKING:
    from marketplaces.world.dice import Dice
    from marketplaces.world.model import Product

SECTORS = {
    "phone": "数码",
    "laptop": "数码",
    "earphones": "数码",
    "tv": "电器",
    "air_conditioner": "电器",
    "sneakers": "运动",
    "milk_powder": "母婴",
    "diapers": "母婴",
    "spirits": "酒类",
    "water": "食品",
    "coffee": "食品",
    "tissue": "家居",
    "serum": "美妆",
    "lego": "玩具",
    "monitor": "数码",
    "storage": "数码",
    "camera": "数码",
    "tablet": "数码",
    "watch": "钟表",
    "fridge": "电器",
    "washer": "电器",
    "books": "图书",
    "medicine": "医药",
    "grocery": "食品",
    "drinks": "食品",
    "fresh": "生鲜",
    "perfume": "美妆",
    "pet_food": "宠物",
    "household": "家居",
}
_WORDS = [
    "星河",
    "云帆",
    "鹿野",
    "橙果",
    "山海",
    "蓝鲸",
    "北辰",
    "青柠",
    "松果",
    "白桦",
    "海棠",
    "拾光",
    "南风",
    "麦田",
    "晨曦",
    "云杉",
    "锦鲤",
    "木棉",
    "渔火",
    "团子",
    "半夏",
    "初七",
    "小满",
    "谷雨",
    "竹里",
    "溪山",
    "红豆",
    "月牙",
    "明镜",
    "长安",
    "钱塘",
    "临江",
    "望京",
    "琴台",
    "燕归",
    "沃野",
    "丰巢里",
    "万象",
    "优客",
    "盛元",
]
_PLACES = [
    "广东 深圳",
    "广东 广州",
    "浙江 杭州",
    "浙江 金华",
    "江苏 苏州",
    "江苏 南京",
    "上海",
    "北京",
    "福建 厦门",
    "山东 青岛",
    "河南 郑州",
    "四川 成都",
    "湖北 武汉",
    "安徽 合肥",
    "贵州 遵义",
    "陕西 西安",
]

_MIX: dict[str, tuple[tuple[SellerType, int], ...]] = {
    "taobao": (("brand_flagship", 22), ("authorised", 36), ("ordinary", 22), ("individual", 20)),
    "jd": (("self_operated", 34), ("brand_flagship", 26), ("authorised", 28), ("ordinary", 12)),
    "pinduoduo": (("brand_flagship", 16), ("authorised", 30), ("ordinary", 38), ("individual", 16)),
}
_SECOND_HAND: dict[str, tuple[tuple[SellerType, int], ...]] = {
    "taobao": (("ordinary", 45), ("individual", 55)),
    "jd": (("authorised", 35), ("ordinary", 65)),
    "pinduoduo": (("ordinary", 65), ("individual", 35)),
}
_NO_NAME: dict[str, tuple[tuple[SellerType, int], ...]] = {
    "taobao": (("ordinary", 50), ("individual", 50)),
    "jd": (("authorised", 45), ("ordinary", 55)),
    "pinduoduo": (("ordinary", 70), ("individual", 30)),
}
FACTOR = {
    "self_operated": 1000,
    "brand_flagship": 1015,
    "authorised": 985,
    "ordinary": 968,
    "individual": 955,
}
"""Price level of a seller type, per mille."""
_SHOPS_PER_TRADE = 14
SHOP_SELLER = Seller(880001, "shop", "青禾优选", "ordinary", "浙江 杭州")
"""The independent shop sells by itself."""


class Sellers:
    """The sellers of one world; asks for a seller of a type always find one."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._known: dict[tuple[str, SellerType, str, int], Seller] = {}

    def pick(self, marketplace: str, product: Product, random: Dice) -> Seller:
        """A seller who would sell this product there."""
        kinds, weights = zip(*self._mix(marketplace, product), strict=True)
        kind: SellerType = random.choices(kinds, weights)[0]
        return self.of(marketplace, kind, product, random.between(0, _SHOPS_PER_TRADE))

    def of(self, marketplace: str, kind: SellerType, product: Product, number: int) -> Seller:
        """The brand's own shop, or the `number`th shop of that type in the product's trade."""
        branded = kind in ("self_operated", "brand_flagship")
        trade = product.brand.id if branded else SECTORS[product.family.slug]
        key = (marketplace, kind, trade, 0 if branded else number)
        if key not in self._known:
            self._known[key] = self._new(key, product)
        return self._known[key]

    @staticmethod
    def _mix(marketplace: str, product: Product) -> tuple[tuple[SellerType, int], ...]:
        if not product.brand.id or product.kind == "dummy":
            return _NO_NAME[marketplace]
        foreign = product.region_version not in (None, product.family.region) and product.line is not None
        edition = product.line is not None and product.line.region is not None
        if product.condition != "new" or (foreign and not edition):
            return _SECOND_HAND[marketplace]
        return _MIX[marketplace]

    def _new(self, key: tuple[str, SellerType, str, int], product: Product) -> Seller:
        marketplace, kind, trade, number = key
        random = dice(self._seed, "seller", *key)
        base = {"taobao": 2_200_000_000, "jd": 10_000, "pinduoduo": 910_000_000}[marketplace]
        identity = base + random.between(0, 90_000 if marketplace == "jd" else 90_000_000)
        name = self._name(marketplace, kind, trade, number, product.brand.zh or product.brand.en)
        return Seller(identity, marketplace, name, kind, random.choice(_PLACES))

    def _name(self, marketplace: str, kind: str, trade: str, number: int, brand: str) -> str:
        if kind == "self_operated":
            return f"{brand}京东自营旗舰店"
        if kind == "brand_flagship":
            return f"{brand}官方旗舰店"
        random = dice(self._seed, "shop name", marketplace, kind, trade)
        word = random.sample(_WORDS, _SHOPS_PER_TRADE)[number]
        if kind == "authorised":
            return f"{word}{trade}{'专营店' if number % 3 else '专卖店'}"
        if kind == "individual":
            return f"{word}的{('小店', '杂货铺', '小铺')[number % 3]}"
        return (
            f"{word}{trade}{'企业店' if marketplace == 'taobao' else ('优选', '商行', '生活馆')[number % 3]}"
        )
