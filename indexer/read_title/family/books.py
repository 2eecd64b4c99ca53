"""Books: the ISBN decides; a set is one product of several volumes. The title's first words name the book."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from catalog.quantity import Unit
from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.family.declare import Family

_QUOTED = re.compile(r"《([^》]{1,30})》")
_FIRST_WORDS = re.compile(
    r"\s*(?:(?:正版|新书|新版|全新|书籍|图书|二手书?|旧书|现货|预售|全网|新华书店)\s+|(?:正版|新华书店正版)(?:书籍|图书)\s*)*(?P<name>[^\s(),/|]{1,40})"
)
_END_OF_NAME = re.compile(
    r"全套|全集|套装|全系列|系列|典藏|珍藏|精装|平装|注音|彩图|彩绘|图画书|插图|增订|增补|修订|新版|正版|原著|原版|全译本|小说|绘本|书籍|图书"
    r"|(?:人民|中国|上海|北京|江苏|浙江|湖南|四川|南海|长江|译林|中信|重庆|机械|电子|清华|北大|商务|中华|三联)[一-鿿]{0,6}(?:出版社|出版公司|书局|印书馆)"
    r"|漫画书|漫画版|礼盒|同名|作者|编著|主编|著(?=\s|$)|(?:全|共)?[0-9]{1,3}[册本卷部]|上中?下[册卷部]?|第[0-9一二三四五六七八九十]+版|中小学生?|课外|文学小说|文学(?=\s|$)|畅销|(?<!四大)名著|作家出版社|[0-9]{10}"
)
"""What follows the name of a book in a title that runs everything together."""
_AUTHORS_FILE: Final = Path(__file__).parent.parent / "lexicon" / "authors.txt"


@cache
def _authors() -> re.Pattern[str]:
    lines = _AUTHORS_FILE.read_text(encoding="utf-8").splitlines()
    names = [prepare_phrase(name) for line in lines if not line.startswith("#") for name in line.split()]
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def book_title(text: str, rest: str) -> str | None:
    """The book that prepared `text` names: in 《》, else the first words of its `rest` up to set, edition or author."""
    quoted = _QUOTED.search(text)
    first = _FIRST_WORDS.match(rest)
    name = quoted[1] if quoted else first["name"] if first else ""
    ends = [match.start() for pattern in (_END_OF_NAME, _authors()) for match in pattern.finditer(name)]
    return name[: min((end for end in ends if end > 0), default=len(name))] or None


BOOKS: Final = Family(
    name="books",
    cues=("图书", "出版社", "出版公司", "出版集团", "书局", "译林", "paperback", "hardcover", "hardback", "boxed set", "全集", "小说", "绘本", "课外书", "书籍", "教材", "教辅", "作文", "漫画书", "连环画", "字典", "词典", "文学名著",
        "世界名著", "畅销书", "科幻小说", "文集", "诗集", "散文", "编著", "精装版", "平装", "isbn", "正版书籍", "套装共", "novel", "board book", "picture book", "kindle edition", "mass market paperback", "box set"),
    hints=("正版", "精装", "典藏版", "注音版", "原著", "彩图", "作者", "全套", "册", "本"),
    categories=("图书", "书籍", "文学", "教材", "童书"),
    accessories=("阅读架", "读书架", "书皮", "书套", "书签", "书架", "书立", "bookmark", "book light", "bookends"),
    proof=r"(?:著|译|绘|主编)(?:\s|$)|全?[0-9]{1,2}册|97[89][0-9]{10}|出版社|出版公司|isbn",
    proof_hint="著译绘编册社i9",
    splits=(),
    required=("isbn",),
    contents=frozenset({Unit.VOLUME}),
    counted={"册": Unit.VOLUME, "本": Unit.VOLUME, "卷": Unit.VOLUME, "部": Unit.VOLUME},
    whole=True,
    naming=book_title,
)  # fmt: skip
