"""Books. The ISBN is the product; volumes make a set; publishers stand where others have a brand."""

from __future__ import annotations

from marketplaces.world import codes
from marketplaces.world.family import Accessory, Bundle, Catalogue, Family, Model, Value, Version


def _b(brand: str, name: str, price: float, isbn: str, author: str, heat: int = 2, **attrs: Value) -> Model:
    """A book; `isbn` without its check digit."""
    return Model(brand, name, (Version(price, attrs, codes.complete(isbn)),), heat, features=(author,))


FAMILY = Family(
    slug="books",
    keyword="图书",
    synonyms=("书籍", "小说", "正版书", "文学", "教材"),
    catalogue=Catalogue(
        taobao=(33, "书籍/杂志/报纸", 50000054, "小说"),
        jd=((1713, "图书"), (3258, "小说"), (3298, "中国当代小说")),
        pinduoduo=((26100, 26101, 26102), 2331, "图书"),
        shop="图书",
    ),
    models=(
        _b("chongqing", "三体", 28.6, "978753669293", "刘慈欣", 4),
        _b("chongqing", "三体2：黑暗森林", 38.5, "978753669396", "刘慈欣", 3),
        _b("chongqing", "三体3：死神永生", 42.0, "978722903093", "刘慈欣", 3),
        _b("zuojia", "活着", 29.9, "978750636543", "余华", 4),
        _b("zuojia", "许三观卖血记", 26.8, "978750636568", "余华", 3),
        _b("renmin-wenxue", "红楼梦", 45.9, "978702000220", "曹雪芹", 4, volumes=2),
        _b("renmin-wenxue", "西游记", 38.9, "978702000873", "吴承恩", 3, volumes=2),
        _b("renmin-wenxue", "围城", 29.0, "978702009000", "钱锺书", 4),
        _b("renmin-wenxue", "小王子", 18.8, "978702004249", "圣埃克苏佩里", 3),
        _b("nanhai", "百年孤独", 39.8, "978754425399", "加西亚·马尔克斯", 4),
        _b("nanhai", "解忧杂货店", 33.5, "978754427087", "东野圭吾", 3),
        _b("nanhai", "白夜行", 41.0, "978754425860", "东野圭吾", 3),
        _b("zhongxin", "人类简史", 49.0, "978750864735", "尤瓦尔·赫拉利", 3),
        _b("shangwu", "现代汉语词典", 94.0, "978710012450", "中国社会科学院语言研究所", 4, edition_number=7),
        _b("shangwu", "新华字典", 32.5, "978710017078", "商务印书馆辞书研究中心", 4, edition_number=12),
        _b("jixie", "算法导论", 99.0, "978711140701", "Thomas H.Cormen", 3, edition_number=3),
        _b("jixie", "深入理解计算机系统", 109.0, "978711154493", "Randal E.Bryant", 3, edition_number=3),
        _b("youdian", "Python编程：从入门到实践", 79.8, "978711561363", "Eric Matthes", 4, edition_number=3),
        _b("youdian", "明解C语言", 69.0, "978711540482", "柴田望洋", 2, edition_number=3),
        _b("shiyue", "平凡的世界", 79.0, "978753021678", "路遥", 4, volumes=3),
        _b("shiyue", "穆斯林的葬礼", 39.0, "978753021420", "霍达", 2),
    ),
    titles={
        "taobao": (
            "{promise?20}{model} {volumes}{edition_number}{feature?80} {brand}{use?50}{claim?40}",
            "{category?40}{model}{volumes}{edition_number} {feature?60}{use?60}{brand}",
        ),
        "jd": (
            "{model} {edition_number} {volumes} {feature?80} {brand} {code?40}",
            "{model} {volumes} {edition_number} {feature?60} {code?50}",
        ),
        "pinduoduo": (
            "{promise?50}{model}{volumes} {edition_number}{feature?60}{brand}{use?60}{claim?40}",
            "{category?60}{model} {edition_number}{volumes} {feature?60}{use?40} {code?20}",
        ),
        "shop": ("{model} {edition_number} {volumes} {feature?80} {brand}",),
    },
    words={
        "category": ("【正版图书】", "正版书籍", "【新华书店】"),
        "use": ("中小学生课外阅读", "文学小说", "畅销书籍", "正版包邮"),
        "feature": ("原著无删减",),
        "gift": ("书签", "导读手册"),
    },
    accessories=(
        Accessory(
            "cover",
            ("",),
            ("书套", "书皮", "包书膜"),
            (6, 19),
            targets=("新华字典", "16K课本"),
            touches=("透明", "加厚", "10张"),
        ),
        Accessory(
            "stand",
            ("",),
            ("阅读架", "书立"),
            (12, 59),
            targets=("学生阅读",),
            touches=("铁艺", "可调节"),
            lead=("适合", ""),
        ),
    ),
    bundles=(
        Bundle(
            "three-body-set",
            "chongqing",
            "三体全集 + 球状闪电 套装",
            119,
            ("三体全集（1-3册）+球状闪电 刘慈欣科幻小说 共4册套装", "刘慈欣三体全套3册加球状闪电共4本套装"),
        ),
    ),
    options=("{brand}正版图书 单本/套装任选", "【正版】{brand}图书 平装/精装多版本可选"),
    share=40,
    weighs_kg=0.6,
)
