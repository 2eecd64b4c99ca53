"""Shoes: the style code names model and colourway; the shoe size is folded (domain §2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from catalog.quantity import Unit
from indexer.read_title.family.declare import Family, SeriesGrammar, Values, names, rule
from indexer.read_title.shared_rules import plain

SERIES: Final = SeriesGrammar(
    series={
        "nike": names(
            "Air Force 1 '07=AIR FORCE 1 07=空军一号07=AF1 07", "Air Force 1 Low=AF1 Low",
            "Air Force 1=AF1=空军一号", "Dunk Low=Dunk Low Retro=Dunk低帮", "Dunk High=Dunk High Retro=Dunk高帮", "Air Max", "Air Zoom Pegasus=飞马=Pegasus",
            "Blazer Mid", "Blazer", "Cortez=阿甘", "Vomero", "ZoomX Vaporfly=Vaporfly", "Alphafly", "Zoom Fly",
            "Invincible", "Court Vision=Court Vision Low", "Court Borough", "Revolution", "Air Max Plus",
            "Kobe", "LeBron=勒布朗", "KD", "Giannis", "Ja", "P-6000", "V2K Run", "React Infinity", "Structure",
            "Free RN", "Air Presto",
            "Air Zoom Structure", "Zoom Winflo=Winflo", "Downshifter", "Initiator", "Zoom X Streakfly=Streakfly", "Air Max Dn", "Sabrina", "Book",
            "Air Huarache=Huarache", "Metcon", "Pegasus Trail", "Juniper Trail", "Quest", "Field General", "C1TY", "Motiva", "G.T. Cut=GT Cut",
            "G.T. Jump=GT Jump", "Precision", "Freak=字母哥", "Renew Elevate"),
        "jordan": names(
            "Air Jordan 1 Low=AJ1 Low=AJ1低帮=AJ1 低帮", "Air Jordan 1 Mid=AJ1 Mid=AJ1中帮=AJ1 中帮",
            "Air Jordan 1 High=AJ1 High=AJ1高帮=AJ1 高帮=Air Jordan 1 Retro High OG", "Air Jordan=AJ",
            "Jordan One Take", "Jordan Tatum", "Jordan Luka", "Zion",
        ),
        "adidas": names(
            "Samba OG=桑巴OG", "Samba=桑巴", "Superstar=贝壳头", "Stan Smith=史密斯", "Gazelle", "Ultraboost Light=Ultraboost轻", "Ultraboost=Ultra Boost",
            "Forum Low", "Forum", "NMD", "Yeezy Boost=椰子", "Campus 00s=Campus", "Spezial=Handball Spezial",
            "Adizero Adios Pro", "Adizero Boston", "Adizero SL", "Adizero", "Duramo", "Alphabounce",
            "Climacool=清风", "Ozweego", "Galaxy", "Terrex", "Adilette",
            "Adizero EVO SL=EVO SL", "SL 72=SL72", "Superstar II", "Response CL", "Harden=哈登", "D.O.N. Issue=DON", "AE", "Dame", "Supernova",
            "Switch FWD", "Runfalcon", "Retropy", "Country OG", "Advancourt", "Grand Court", "Gamecourt", "Barricade", "Ubersonic", "Copa",
            "Predator", "X Crazyfast", "Solarboost", "4DFWD", "Astir", "Niteball", "Response"),
        "newbalance": names("Fresh Foam X More", "Fresh Foam X 1080", "Fresh Foam", "FuelCell",
            "NB=M=ML=WL=U=MR=MS=CM=BB=XC=",
            "Fresh Foam X 860", "Fresh Foam X 880", "Fresh Foam X Hierro", "FuelCell Rebel", "FuelCell SuperComp Elite=SC Elite", "FuelCell Propel"),
        "lining": names(
            "超轻", "韦德之道=Way of Wade", "韦德 All City=韦德全城", "韦德幻影", "飞电 Elite=飞电Elite",
            "飞电 Challenger=飞电Challenger", "飞电", "赤兔", "烈骏", "绝影", "䨻丝", "驭帅", "闪击", "利刃", "音速", "空袭",
            "越影", "吾适", "惟吾", "溯", "001", "䨻", "逐鹿",
            "JB=吉米巴特勒"),
        "anta": names("C", "KT", "欧文 1=欧文1", "汤普森", "狂潮", "马赫", "冠军", "创跑", "PG", "KAI", "柏油路霸", "水花", "要疯",
            "旅步", "氢跑", "毒刺", "火星",
            "欧文 2=欧文2", "SHOCKWAVE"),
        "qiaodan": names("飞影PB", "飞影 Team=飞影Team", "飞影", "强风", "巭", "巭Pro", "澄", "毒牙", "破影", "风刺", "无相",
            "巭 Turbo=巭Turbo"),
        "puma": names("Suede Classic", "Suede Classic", "Suede", "RS-X", "Palermo", "Speedcat",
            "Deviate NITRO", "Velocity NITRO", "Mayze", "Smash", "CA Pro", "MB",
            "Deviate NITRO Elite", "MagMax", "Fast-R", "Foreverrun", "ForeverRun NITRO", "Cali", "Carina", "Caven", "Rebound", "180", "Easy Rider",
            "Roma", "Clyde", "Slipstream", "Morphic", "Inhale", "Future Rider", "Velophasis", "Wild Rider", "Anzarun", "Softride", "LaMelo=三球"),
        "converse": names("Chuck 70=1970s=Chuck 1970s=三星标", "Chuck Taylor All Star=All Star",
            "Run Star Hike", "One Star", "Weapon",
            "Pro Leather", "Jack Purcell=开口笑", "Run Star Motion", "Run Star Trainer", "Star Player", "Cons", "Louie Lopez"),
        "vans": names("Old Skool", "Authentic", "Sk8-Hi", "Era", "Slip-On", "Knu Skool", "Style 36",
            "UltraRange", "Half Cab", "Wayvee", "Sk8-Low", "Lowland", "Skate", "ComfyCush", "Hylane", "Upland", "Style 73", "Rowley", "Mixxa",
            "Speed LS"),
        "fila": names("猫爪鞋=猫爪", "火箭鞋", "Disruptor=锯齿鞋", "鱼刺鞋",
            "MARS=火星鞋", "TENACITY", "JAGGER", "CAT=猫爪3", "PACER", "拖拉机鞋=拖拉机", "OAKMONT", "FILA RAY=RAY", "TRACER", "VULC"),
        "skechers": names("D'Lites=熊猫鞋", "Go Walk Joy", "Go Walk", "Go Run", "Max Cushioning", "Arch Fit", "Uno", "闪穿鞋",
            "Go Walk Joy", "Max Cushioning Elite", "Slip-ins", "Go Run Consistent", "Skech-Air", "Stamina", "Energy", "Street", "Street Uno",
            "Summits", "Flex Appeal", "Aero Spark", "AERO", "D'Lux Walker", "Go Run Razor", "Glide-Step"),
        "asics": names("Gel-Kayano=Kayano", "Gel-Nimbus=Nimbus", "GT-2000", "Gel-Contend", "Novablast",
            "Superblast", "Magic Speed", "Metaspeed", "Gel-1130", "Gel-NYC", "Jog",
            "Gel-Cumulus=Cumulus", "Gel-Resolution", "Gel-Quantum", "Gel-Lyte", "Gel-Trabuco", "Gel-Excite", "Gel-Pulse", "Gel-Kinsei", "Court FF",
            "Japan S", "Jolt", "Patriot", "Megablast", "Sonicblast", "Gel-Sonoma", "Skyhand", "EX89", "GT-1000", "Gel-Phoenix", "Versablast"),
        "mizuno": names("Wave Rider", "Wave Sky", "Wave Inspire",
            "Wave Sky Neo", "Neo Vista", "Wave Rebellion", "Wave Prophecy", "Wave Ultima", "Wave Mujin", "Wave Daichi", "Neo Zen", "Morelia",
            "Wave Horizon", "Wave Lightning"),
        "saucony": names("Endorphin Pro=啡鹏", "Endorphin Speed=啡速", "Triumph=胜利", "Kinvara=菁华", "Ride",
            "Guide",
            "Endorphin Elite=啡翼", "Endorphin Shift=啡影", "Hurricane=飓风", "Peregrine=游隼", "Cohesion=凝聚", "Jazz", "Shadow", "ProGrid", "Xodus",
            "Tempus", "Axon", "Lancer=火鸟", "Cohesion", "Type A", "Grid", "Surge=澎湃", "Mirage"),
        "hoka": names("Clifton", "Bondi", "Mach", "Speedgoat", "Arahi", "Kaha", "Rocket X",
            "Challenger", "Transport", "Tor Ultra", "Cielo X", "Skyward X", "Skyflow", "Gaviota", "Stinson", "Zinal", "Tecton X", "Solimar",
            "Kawana", "Torrent", "Anacapa", "Rincon"),
        "on": names("Cloudmonster", "Cloud X", "Cloudswift", "Cloud",
            "Cloudsurfer", "Cloudrunner", "Cloudflow", "Cloudboom", "Cloudnova", "Cloudtilt", "Cloudventure", "Cloudvista", "Cloudultra",
            "Cloudaway", "The Roger=Roger", "Cloudstratus", "Cloudeclipse", "Cloudultra"),
        "xtep": names("160X", "260X", "360X", "竞速160X", "两千公里", "减震旋", "骛"),
        "361": names("飞燃", "飞飚", "国际线", "Spire", "AG", "DVD", "BIG3", "禅",
            "飞飚 Future=飞飚Future", "约基奇=JOKER"),
        "peak": names("态极", "态极大三角", "闪现", "路威",
            "态极 UP30=UP30", "Spike"),
        "erke": names("芷境", "奇弹", "绝尘", "极克"),
        "onitsuka": names("Mexico 66",
            "Serrano", "Tiger Corsair=Corsair", "Delegation", "GSM", "Delecity", "Rebilac", "Tokuten", "Mexico Mid Runner", "Fabre", "California 78"),
        "salomon": names("XT-6", "Speedcross", "XA Pro", "ACS Pro",
            "XT-4", "XT-Whisper", "XT-Quest", "Sense Ride", "S/LAB", "Ultra Glide", "X Ultra", "XA Pro 3D", "Pulsar", "Aero Glide", "Supercross",
            "Alphacross", "RX Slide", "XT-Pathway", "DRX Bliss", "Outpulse", "Thundercross", "Genesis"),
        "crocs": names("Classic Clog=经典克骆格", "LiteRide", "Bayaband",
            "Echo", "Crush", "LiteRide 360", "Pollex", "Siren", "Classic All-Terrain", "Mega Crush", "Duet Max", "InMotion", "Off Court", "Yukon",
            "Literide Pacer"),
        "underarmour": names(
            "Curry=库里", "Charged Assert", "Charged Rogue", "HOVR Phantom", "HOVR Machina", "HOVR", "Infinite Elite", "Infinite", "Charged",
            "Project Rock", "Surge", "Velociti", "Flow", "Jet", "Lockdown", "Shadow",
        ),
        "reebok": names(
            "Club C", "Classic Leather", "Question", "Answer", "Nano", "Floatride", "Instapump Fury", "Zig Kinetica", "Freestyle", "Workout",
            "Premier Road", "Zig Dynamica",
        ),
    },
    bare=frozenset({
        "Go Walk Joy", "Ultraboost Light",
        "Air Force 1 '07", "Air Force 1 Low", "Air Force 1", "Air Max Plus", "Dunk Low", "Dunk High", "Blazer Mid", "Blazer",
        "Cortez", "Samba OG", "Samba", "Superstar", "Stan Smith", "Gazelle", "Ultraboost",
        "Forum Low", "Forum", "Campus 00s", "Spezial", "Ozweego", "Court Vision", "Court Borough",
        "Air Jordan 1 Low", "Air Jordan 1 Mid", "Air Jordan 1 High", "Suede Classic", "Suede", "RS-X",
        "Palermo",
        "Speedcat", "Mayze", "Smash", "CA Pro", "Chuck 70", "Chuck Taylor All Star", "Run Star Hike",
        "One Star", "Old Skool", "Authentic", "Sk8-Hi", "Era", "Slip-On", "Knu Skool", "Style 36",
        "猫爪鞋", "火箭鞋", "Disruptor", "鱼刺鞋", "D'Lites", "Mexico 66", "XT-6", "Speedcross", "Classic Clog",
        "LiteRide", "P-6000", "V2K Run", "狂潮", "冠军", "柏油路霸", "要疯", "Cloudmonster",
        "Cloud X", "Climacool", "ACS Pro", "XA Pro", "氢跑", "两千公里", "减震旋", "Invincible", "Gel-1130",
        "Gel-NYC", "160X", "260X", "360X", "Air Presto", "Arch Fit", "NMD", "巭Pro", "闪穿鞋", "旅步",
    }),
    suffixes=(
        "pro=Pro", r"plus|\+=Plus", "elite=Elite", "low|低帮=Low", "mid|中帮=Mid", "high|高帮=High", "og=OG",
        "max=Max", "v([0-9]{1,2})=#", "turbo=Turbo", "next%=Next%", "gtx=GTX", "light=Light", "gt=GT",
        "se=SE", "challenger=Challenger",
    ),
    adjacent={"newbalance": ""},
    any_brand=True,
    silent=frozenset({"NB"}),
    figure=r"(?:第\s?|v)?[0-9]{1,4}(?:\.[0-9])?(?:s|v[0-9]{1,2}|r|c)?(?![0-9-])(?:\s?(?:代|[0-9]代))?",
)  # fmt: skip


LARGEST_US: Final = 18
"""American sizes end here; a greater figure is a European one."""


def _between(low: str, high: str, text: str) -> str | None:
    return plain(text) if Fraction(low) <= Fraction(text) <= Fraction(high) else None


SIZE_EU: Final = rule(
    "size_eu",
    r"(?<![0-9.a-z-])(?:eur?|欧码)\s?([345][0-9](?:\.[05])?)(?![0-9.])|(?<![0-9.a-z-])([345][0-9](?:\.[05])?)\s?码(?!\s?[-~到至])",
    lambda text: _between("15", "52", text),
)
SIZE_BARE: Final = rule(
    "size_eu",
    r"(?:^|(?<![a-z])\s|(?<=[一-鿿])(?=[0-9.]{2,4}/\s?u[sk]))(3[4-9](?:\.5)?|4[0-8](?:\.5)?)(?=\s|$|/)(?!\s?[*x×+])",
    lambda text: _between("34", "48.5", text),
    confidence=70,
)
SIZE_US: Final = rule(
    "size_us",
    r"(?<![a-z])us\s?(?:size\s?)?([0-9]{1,2}(?:\.5)?)(?![0-9.])|(?<![a-z])size\s?([0-9]{1,2}(?:\.5)?)(?![0-9.])(?!\s?(?:uk|eu|cm))"
    r"|(?<![0-9.-])([0-9]{1,2}(?:\.5)?)\s?us(?![a-z]|\s?[0-9])|(?<![a-z])(?:men|women)'?s\s([0-9]{1,2}(?:\.5)?)(?![0-9.])",
    lambda text: plain(text) if Fraction(text) <= LARGEST_US else None,
    hint="ue",
)
SIZE_UK: Final = rule("size_uk", r"(?<![a-z])uk\s?([0-9]{1,2}(?:\.5)?)(?![0-9.])", plain, hint="u")
SIZE_CM: Final = rule("size_cm", r"(?<![0-9.])(2[0-9](?:\.5)?|30)\s?cm(?![a-z])", plain, hint="c")
SIZE_MM: Final = rule(
    "size_cm",
    r"(?<![0-9.])(2[0-9][05])\s?mm(?![a-z])|(?<![0-9])(2[2-9][05])\(",
    lambda text: plain(str(Fraction(int(text), 10))),
)
GENDER: Final = rule(
    "gender",
    r"(男女|情侣|中性|男/女)|(男)(?:子|款|士|生|鞋|童|式|性|(?=\s|$|[^女一-龥]))|(女)(?:子|款|士|生|鞋|童|式|性|(?=\s|$|[^男一-龥]))|(?<![a-z])(men|women)(?:'?s)?(?![a-z])",
    lambda text: (
        {"men": "男", "women": "女"}.get(text, text) if len(text) == 1 or text in {"men", "women"} else None
    ),
    hint="男女中情e",
)


_ONE_NAME: Final = {"Air Jordan Low": "Air Jordan 1 Low", "Air Force 1 '07 Low": "Air Force 1 '07"}
"""What some sellers add or leave out."""
_NEW_BALANCE_CODE = re.compile(r"(?:ML|WL|MS|WS|CM|CW|MR|WR|BB|GM|GW|M|W|U)([0-9]{3,4})[A-Z]{1,4}[0-9]?")
"""New Balance's codes hold the model's number: ML574EVG is a 574."""


def finish(model: str, text: str, values: Mapping[str, str]) -> tuple[str, Values]:
    """AJ1 is written with and without its figure before Low and Mid."""
    del text, values
    newbalance = _NEW_BALANCE_CODE.fullmatch(model)
    for written, name in _ONE_NAME.items():
        model = model.replace(written, name)
    return newbalance[1] if newbalance else model, {}


SNEAKERS: Final = Family(
    name="sneakers",
    cues=(
        "运动鞋", "跑步鞋", "休闲鞋", "板鞋", "篮球鞋", "跑鞋", "帆布鞋", "老爹鞋", "小白鞋", "健步鞋", "训练鞋", "徒步鞋", "登山鞋", "足球鞋",
        "网球鞋", "羽毛球鞋", "拖鞋", "凉鞋", "洞洞鞋", "男鞋", "女鞋", "童鞋",
        "德训鞋", "碳板跑鞋", "竞速跑鞋", "缓震跑鞋", "慢跑鞋", "滑板鞋", "鞋子", "球鞋", "潮鞋", "运动板鞋", "复古鞋", "阿甘鞋", "sneakers",
        "running shoes", "shoes", "男子板鞋", "面包鞋", "雪地靴", "老北京布鞋", "road running shoes", "trail running shoes", "basketball shoes", "trainers", "tennis shoes", "training shoes", "walking shoes", "skate shoes", "canvas shoes", "casual shoes", "golf shoes", "football boots", "soccer cleats", "clogs", "slides", "sandals", "hiking shoes"),
    hints=("男款", "女款", "透气", "减震", "缓震", "防滑", "马拉松", "竞速", "复古", "低帮", "高帮", "中帮", "一脚蹬", "回弹", "得物", "码"),
    categories=("运动鞋", "鞋靴", "跑步鞋", "篮球鞋", "休闲鞋", "板鞋", "流行男鞋", "时尚女鞋", "运动鞋服", "shoes"),
    proof=r"鞋|(?<![0-9])[34][0-9](?:\.5)?码",
    proof_hint="鞋码",
    accessories=("运动鞋垫", "跑步鞋垫", "鞋带", "鞋垫", "鞋盒", "鞋撑", "鞋油", "小白鞋清洗剂", "鞋套", "增高鞋垫", "鞋刷", "洗鞋", "鞋扣", "擦鞋", "shoe laces", "shoelaces", "insoles", "shoe cleaner", "shoe trees", "socks"),
    rules=(SIZE_EU, SIZE_US, SIZE_UK, SIZE_CM, SIZE_MM, GENDER, SIZE_BARE),
    splits=(),
    merges=("size_eu", "size_us", "size_uk", "size_cm", "gender", "color"),
    required=("style_code",),
    pack_splits=False,
    contents=frozenset({Unit.PAIR}),
    counted_singly=True,
    counted={"双": Unit.PAIR, "对": Unit.PAIR},
    series=SERIES,
    code=(
        r"(?<![a-z0-9-])("
        r"[a-z]{1,2}[0-9]{4}-[0-9]{3}|[0-9]{6}-[0-9]{3}|"  # Nike: CW2288-111, 553558-161
        r"[a-z]{4}[0-9]{3}-[0-9]{1,2}|"  # Li-Ning: ARBU001-1
        r"[0-9]{9}-[0-9]{1,2}|[0-9]{12}|"  # Anta, Xtep
        r"[0-9]{6}-[0-9]{2}|"  # Puma
        r"[a-z]{1,3}[0-9]{3,4}[a-z]{1,4}[0-9]?|"  # New Balance: ML574EVG
        r"[a-z]{2}[0-9]{4}|[a-z][0-9]{5}|"  # adidas: IG1024, B75806
        r"[0-9]{4}[a-z][0-9]{3}-[0-9]{3}|"  # ASICS: 1011B548-001
        r"[a-z]{2}[0-9]{8,9}[a-z]?|"  # Qiaodan: XM25220233
        r"vn[0-9a-z]{6,10}|[0-9]{6}[a-z]?(?:/[a-z]{2,4})?|"  # Vans, Converse, Skechers: 216496
        r"[a-z][0-9]{2}[a-z][0-9]{6}[a-z0-9]{0,3}"  # FILA: F12W341124F
        r")(?![a-z0-9-])"
    ),
    code_splits=True,
    has_colour=True,
    colour_code=r"(?:[a-z]{1,2}[0-9]{4}|[0-9]{6})-([0-9]{3})",  # Nike
    finish=finish,
)  # fmt: skip
