"""Books: the ISBN decides; a set is one product of several volumes. The title's first words name the book."""

from __future__ import annotations

import re
from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family

_QUOTED = re.compile(r"《([^》]{1,30})》")
_FIRST_WORDS = re.compile(r"\s*(?:(?:正版|新书|新版|全新|书籍|图书)\s+)*(?P<name>[^\s(),/|]{1,30})")
_SET_WORDS = re.compile(
    r"(?:全套|套装|全集|全系列|系列|精装版?|平装版?|典藏版|珍藏版|注音版|彩图版|新版|正版|原著|小说|书籍|图书|全[0-9]+[册本卷]|共?[0-9]+[册本卷])+$"
)


def book_title(text: str, rest: str) -> str | None:
    """The book that prepared `text` names: in 《》, else the first words of its `rest`, without set and edition words."""
    quoted = _QUOTED.search(text)
    first = _FIRST_WORDS.match(rest)
    name = quoted[1] if quoted else first["name"] if first else ""
    return _SET_WORDS.sub("", name) or None


BOOKS: Final = Family(
    name="books",
    cues=("图书", "出版社", "全集", "小说", "绘本", "课外书", "书籍", "教材", "教辅", "作文", "漫画书", "连环画", "字典", "词典", "文学名著",
        "世界名著", "畅销书", "科幻小说", "文集", "诗集", "散文", "编著", "精装版", "平装", "isbn", "正版书籍", "套装共"),
    hints=("正版", "精装", "典藏版", "注音版", "原著", "彩图", "作者", "全套", "册", "本"),
    categories=("图书", "书籍", "文学", "教材", "童书"),
    accessories=("书皮", "书套", "书签", "书架", "书立"),
    proof=r"(?:著|译|绘|主编)(?:\s|$)|全?[0-9]{1,2}册|97[89][0-9]{10}|出版社|isbn",
    proof_hint="著译绘编册社i9",
    splits=(),
    required=("isbn",),
    contents=frozenset({Unit.VOLUME}),
    counted={"册": Unit.VOLUME, "本": Unit.VOLUME, "卷": Unit.VOLUME, "部": Unit.VOLUME},
    whole=True,
    naming=book_title,
)  # fmt: skip
