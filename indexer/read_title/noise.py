"""Promotions, delivery promises, prices and symbols: never evidence of what is sold (domain §2.2).

Fixed phrases are in lexicon/noise.txt; here is what carries figures: 定金100抵300, 第2件半价, 30分钟达, 限时9.9.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.read_title.blank import Span

_AMOUNT: Final = (
    r"[¥$]?\s?[0-9]+(?:\.[0-9]+)?\s?(?:元|块钱?|w|万)?(?:e卡|京东卡|购物卡|红包|优惠券|券)?(?:起|/件)?"
)

_PROMOTION = re.compile(
    r"(?=[0-9付定预每满限到券仅低只现原实立减直返抵拼秒活售价¥$第前月销已累热狂爆全])(?:"  # else each place tries them all
    r"(?:付?定金|预付)\s?[0-9]+(?:\.[0-9]+)?元?\s?(?:抵|膨胀|立减)?\s?[0-9.]*元?"
    r"|每?满\s?[0-9]+(?:元|件)?\s?(?:立?减|打|返|抵|享|赠?送?)\s?[0-9]*(?:\.[0-9]+)?(?:元|折)?"
    rf"|(?:限时|到手价?|券后价?|仅需?|低至|只要|现价|原价|实付|预估|立减|直降|立省|立返|返现?|减|抵|拼团价?|秒杀价?|活动价|售价|价|¥|\$)\s?:?\s?{_AMOUNT}(?!\s?(?:[0-9]|瓶|罐|盒|箱|包|袋|支|片|件|份|桶|提|抽|g|kg|ml|l(?![a-z])))"
    r"|(?<![0-9.])[0-9]+(?:\.[0-9]+)?\s?(?:元|块钱|rmb)(?:e卡|红包|优惠券|券|包邮|起|整|/[一-龥])?"
    r"|第\s?[0-9]\s?[件份瓶盒箱双]\s?(?:半价|[0-9](?:\.[0-9])?折|[0-9]+(?:\.[0-9]+)?元|0元|免费|减[0-9]+)"
    r"|(?<![0-9.*×x])[0-9]+\s?(?:[件份瓶盒箱双]\s?(?:[0-9](?:\.[0-9])?折|起批|起售|起拍|起订|起发|减[0-9]+)|[件份]\s?包邮)"
    r"|前\s?[0-9]+\s?(?:名|分钟|小时|件|位)[一-龥]{0,4}"
    r"|(?<![0-9.])[0-9]{1,3}\s?(?:分钟|小时|天|日|h)\s?内?\s?(?:送达|速达|达|必达|发货|发|到货|到家|无理由(?:退换货?|退货)?|价保|保价|试用|包退|包换|鲜)"
    r"|(?<![0-9.])[0-9]{1,2}\s?期(?:免息|分期|0利率)?"
    r"|(?<![0-9.])[0-9](?:\.[0-9])?\s?折"
    r"|(?:月销|销量|已售|累计|热销|狂销|爆卖|全网)\s?[0-9]+(?:\.[0-9]+)?\s?[万w千k亿]?\+?\s?[件人单台瓶双]?"
    r"|(?<![0-9.])[0-9]+(?:\.[0-9]+)?\s?[万w]\+?\s?(?:人|件|好评|评价|粉丝|妈妈|单|用户)[一-龥]{0,3}"
    r"|(?<![0-9.])[0-9]{1,3}\s?(?:个月|年|天)\s?(?:质保|保修|联保|换新|包换|只换不修|超长质保|免费|延保|老店|保障)"
    r"|(?<![0-9])20[12][0-9]\s?(?:年)?(?:新款|款|新品|新版|新货|年货|爆款|上市|秋款|冬款|春款|夏款)"
    r"|(?<![0-9])(?:6|5|11)\.?18(?=大促|狂欢|预售|活动))"
)
_PROMOTION_HINT = re.compile(
    "[0-9满减折抵返价券仅省¥$前第销售罄定预限到低只实直累全爆](?:(?<=[满减折抵返价券仅省¥$前第销售罄])"
    "|(?<=[0-9])(?:[^0-9]?(?:元|块|折|期|名|万|w|rmb|分钟|小时|天|日|h|个月|年|新款)|\\s?[件份瓶盒箱双])"
    "|(?<=定)金|(?<=预)[付估]|(?<=限)时|(?<=到)手|(?<=低)至|(?<=只)要|(?<=实)付|(?<=直)降|(?<=累)计|(?<=全)网|(?<=爆)卖)"
)
"""Begins with one set of characters, which `re` looks for much faster than for several ways to begin."""
_SYMBOL = re.compile(
    r"[^0-9a-z\u3400-\u9fff\u0080-\u024f\u0370-\u03ff×°″”\"'+*/.%#&()\-~:,、 \u3040-\u30ff]|[\u0080-\u00af\u00b1-\u00bf]"
)
"""Everything that is no letter, figure or sign of the grammars: emoji, brackets, bars."""


_FRACTION = re.compile(r"[0-9]+\u2044[0-9]+")
"""NFKC writes 1½ as 11⁄2: what figures these were cannot be told any more."""


def without_symbols(text: str) -> str:
    """`text` with emoji, brackets and bars as spaces; what stood inside brackets stays (domain §2.2 step 4)."""
    if "\u2044" in text:
        text = _FRACTION.sub(lambda match: " " * len(match[0]), text)
    return _SYMBOL.sub(" ", text)


def promotions(text: str) -> list[Span]:
    """Where prepared text speaks of prices, promotions, delivery times and sales figures."""
    if not _PROMOTION_HINT.search(text):
        return []
    return [match.span() for match in _PROMOTION.finditer(text)]
