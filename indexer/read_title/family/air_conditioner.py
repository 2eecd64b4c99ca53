"""Air conditioners: the full model code decides. KFR-35GW alone is a capacity class and never identifies (domain §2.4)."""

from __future__ import annotations

from typing import Final

from indexer.read_title.family.declare import Family, names
from indexer.read_title.shared_rules import ENERGY_CLASS, HORSEPOWER

AIR_CONDITIONER: Final = Family(
    name="air_conditioner",
    cues=("空调", "挂机", "柜机", "空调挂机", "空调柜机", "变频空调", "挂壁式空调", "立式空调", "中央空调", "家用空调", "壁挂式空调", "移动空调",
        "air conditioner", "portable air conditioner", "split air conditioner", "window air conditioner", "inverter air conditioner"),
    hints=("冷暖", "单冷", "一拖二", "新风", "变频", "匹"),
    categories=("空调",),
    proof=r"kfr?d?-[0-9]{2,3}[gl]w|(?<![0-9])[0-9](?:\.[0-9])?匹",
    proof_hint="k匹",
    accessories=("万能遥控器", "空调万能遥控器", "挂机罩", "柜机罩", "空调防尘罩", "空调罩", "空调遥控器", "空调支架", "空调挡风板", "空调清洗剂", "空调滤网", "空调管", "空调被", "空调扇", "空调伴侣", "空调加氟",
        "空调清洗"),
    rules=(HORSEPOWER, ENERGY_CLASS),
    splits=("energy_class", "hp"),
    required=("model", "hp"),
    proves_goods=("mpn",),
    code=r"(?<![a-z0-9])(kfr?d?-[0-9]{2,3}[gl]w(?:/[a-z0-9()\-+]{2,20}(?<![(\-+]))?|kfr-[0-9]{2,3}/[a-z0-9]{3,16}|[a-z]{2,6}-[0-9]{2}[a-z0-9]{3,10}/[a-z0-9]{2,6}|[a-z]{3}-[a-z]{1,4}[0-9]{2,3}[a-z]{1,5}|(?!kfr)[a-z]{3,6}[0-9]{3}[a-z]{2,5}(?:-[a-z0-9]{1,3})?)(?![a-z0-9])",
    code_is_model=True,
    lines={
        "gree": names("云佳", "云逸", "云锦III=云锦3=云锦 III", "云锦II=云锦2=云锦 II", "云锦", "云恬", "品圆", "品悦", "冷静王", "天丽", "京桂", "京淳", "京致", "云颜", "臻新风",
            "福景园", "俊越", "Q铂", "Q畅", "T爽", "T派", "T铂", "凉之静", "沐风", "小金豆"),
        "midea": names("酷省电", "风酷", "锐云", "冷静星", "风尊", "风语者", "极酷", "酷金", "智弧", "空间站", "焕新风", "无风感", "鲜净感", "云雅", "舒适星", "领航者"),
        "haier": names("劲爽", "静悦", "雷神", "净省电", "劲省电", "清悦", "速享风", "洗空气", "小红花", "致樽", "静铂"),
        "xiaomi": names("巨省电", "自然风", "睡眠版", "柔风", "新风"),
        "aux": names("倾城", "京裕", "京炫", "侠客", "金淑侠", "极客", "省电侠", "新风侠"),
        "tcl": names("小蓝翼", "真省电", "大眼睛", "小白翼", "超省电"),
        "hisense": names("速冷热", "食神", "璀璨", "小黑键", "新风"),
        "hualing": names("神机", "超省电", "神盾", "神冰"),
        "kelon": names("空调侠", "舒适柔风", "小耳朵", "玉叶"),
        "changhong": names("熊猫懒", "美好生活"),
    },
    lines_identify=False,
    code_first=True,
    class_code=r"kfr?d?-[0-9]{2,3}[gl]w",
)  # fmt: skip
