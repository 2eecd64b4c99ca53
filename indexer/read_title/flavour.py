"""What food tastes of: 青柠味, 草莓口味. Splits drinks and food (domain §2.4), beside the model that may be named after it."""

from __future__ import annotations

import re
from typing import Final

_FRUITS: Final = (
    "草莓|蓝莓|树莓|蔓越莓|黑莓|青柠|柠檬|海盐柠檬|西柚|柚子|白桃|水蜜桃|蜜桃|黄桃|桃子|荔枝|芒果|菠萝|凤梨|葡萄|夏黑葡萄|青提|苹果|青苹果|香橙|橙子|甜橙|血橙|橘子|卡曼橘|蜜桔"
    "|百香果|哈密瓜|西瓜|香蕉|椰子|樱桃|车厘子|石榴|杨梅|青梅|话梅|山楂|红枣|桂圆|猕猴桃|火龙果|榴莲|牛油果|雪梨|桑葚|荔枝玫瑰"
)
_SWEET: Final = "巧克力|香草|奶油|牛奶|酸奶|炼乳|焦糖|抹茶|咖啡|摩卡|榛果|榛子|花生|芝麻|黑芝麻|核桃|杏仁|燕麦|红豆|绿豆|芋头|香芋|紫薯|蜂蜜|红糖|枫糖|布丁|芝士|奶酪|薄荷|玫瑰|茉莉|桂花"
_SAVOURY: Final = (
    "番茄|黄瓜|烤肉|烧烤|炭烧|孜然|麻辣|香辣|微辣|酸辣|藤椒|泡椒|五香|蒜香|蒜蓉|葱香|酱香|椒盐|海苔|海盐|盐焗|卤香|红烧|老坛酸菜|酸菜|咖喱|芥末|甜辣|奥尔良|黑胡椒|蟹黄|蛋黄|海鲜|虾|鲜虾"
    "|鸡肉|牛肉|鸭肉|羊肉|鱼肉|海洋鱼|金枪鱼|吞拿鱼|三文鱼|鲑鱼|鳕鱼|沙丁鱼|火鸡|兔肉|鹿肉|鸡肝"
)
_FLAVOUR = re.compile(
    rf"(?P<word>{'|'.join(sorted(f'{_FRUITS}|{_SWEET}|{_SAVOURY}'.split('|'), key=len, reverse=True))}|(?<![0-9])原|(?<!无)甜)"
    r"(?:口|风)?味(?![精增道觉蕾淋噌]|极鲜|好美|全)"
)


def flavour_in(text: str) -> str | None:
    """The one flavour that prepared text names; None for none, and for several, which are offered to choose from."""
    if "味" not in text:
        return None
    found = {match["word"] for match in _FLAVOUR.finditer(text)}
    return found.pop() if len(found) == 1 else None
