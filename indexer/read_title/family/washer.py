"""Washing machines and dryers: the full model code decides; the load and the energy class split."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from indexer.read_title.family.declare import Family, rule
from indexer.read_title.shared_rules import ENERGY_CLASS, LARGE_MACHINE_CODE, plain

LOAD: Final = rule(
    "load_kg",
    r"(?<![0-9.+/~-])(?<!烘)(?<!烘干)([1-9][0-9]?(?:\.[0-9])?)"
    r"(?:\s?[+/]\s?[0-9]{1,2}(?:\.[0-9])?\s?(?:kg|公斤|千克)|\s?(?:kg(?![a-z])|公斤|千克)(?!\s?(?:烘|干衣)))",
    lambda text: plain(text) if Fraction(text) <= 25 else None,
    hint="k斤千",
)
"""What it washes; what it dries, in 10公斤洗7公斤烘 and 10+7公斤, is no load."""

WASHER: Final = Family(
    name="washer",
    cues=("洗衣机", "滚筒洗衣机", "波轮洗衣机", "洗烘一体机", "洗烘一体", "洗烘套装", "迷你洗衣机", "双桶洗衣机", "双缸洗衣机", "内衣洗衣机", "全自动洗衣机",
        "分区洗衣机", "复式洗衣机", "烘干机", "干衣机", "热泵烘干机", "热泵干衣机", "滚筒烘干机", "衣物护理机", "洗脱一体机", "半自动洗衣机",
        "washing machine", "washer dryer", "tumble dryer", "front load washing machine", "front load washer", "top load washing machine", "top load washer", "dryer"),
    hints=("滚筒", "直驱", "dd直驱", "变频滚筒", "波轮", "除螨洗", "除菌洗", "超薄全嵌", "热泵", "精华洗", "智能投放", "自动投放", "洗净比", "筒自洁"),
    categories=("洗衣机", "洗烘套装", "烘干机", "干衣机", "washing machines"),
    proof=r"(?<![a-z])xq[bgsp][0-9]{2,3}-",
    proof_hint="x",
    accessories=("洗衣机槽清洁剂", "洗衣机槽泡腾片", "波轮洗衣机泡腾片", "滚筒洗衣机泡腾片", "波轮洗衣机 泡腾片", "滚筒洗衣机 泡腾片", "洗衣机 泡腾片", "洗衣机罩", "洗衣机底座", "洗衣机槽清洗剂", "洗衣机清洗剂", "洗衣机清洁剂", "洗衣机泡腾片", "洗衣机水龙头", "洗衣机进水管", "洗衣机排水管",
        "洗衣机过滤网", "洗衣机支架", "洗衣机置物架", "洗衣机叠放架", "堆叠架", "洗衣机密封圈", "洗衣机配件", "洗衣机皮带"),
    rules=(LOAD, ENERGY_CLASS),
    splits=("energy_class", "load_kg"),
    required=("model",),
    proves_goods=("mpn",),
    code=LARGE_MACHINE_CODE,
    code_is_model=True,
    code_first=True,
)  # fmt: skip
