"""Words for the kinds of goods, in English and Chinese: what they are called, measured by and praised for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of goods."""

    names: tuple[str, ...]
    """What sellers call it, the usual name first."""
    measures: tuple[str, ...]
    """By what it is measured; keys of `MEASURES`."""
    price: int
    """A usual price."""
    chinese: str = ""


MEASURES: Final = {
    "storage": ("gb", (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)), "disk": ("gb", (80, 160, 250, 320, 500, 640, 750, 1000, 2000, 4000)),
    "memory": ("gb", (1, 2, 4, 8, 16, 32)), "clock": ("ghz", (1.6, 1.8, 2.0, 2.2, 2.4, 2.53, 2.66, 2.8, 3.0, 3.2, 3.4, 3.6)),
    "screen": ("inch", (15, 17, 19, 20, 22, 24, 26, 27, 32, 37, 40, 42, 46, 50, 52, 55, 60, 65)), "lcd": ("inch", (2.5, 2.7, 3.0, 3.5, 4.3, 5.0, 7.0)),
    "laptop": ("inch", (10.1, 11.6, 12.1, 13.3, 14, 15.4, 15.6, 17.3)), "pixels": ("megapixel", (5.0, 6.0, 7.2, 8.0, 8.1, 9.1, 10.0, 10.1, 10.2, 12.1, 12.3, 14.2, 16.0, 18.0, 20.1, 24.2)),
    "zoom": ("x", (3, 4, 5, 8, 10, 12, 15, 18, 20, 24, 26, 30, 42)), "power": ("watt", (10, 20, 25, 50, 60, 75, 80, 100, 120, 150, 200, 300, 500, 600, 800, 1000, 1500)),
    "length": ("ft", (1, 3, 6, 7, 10, 12, 14, 15, 25, 50, 100)), "ports": ("port", (2, 4, 5, 8, 10, 16, 24, 48)), "pack": ("pack", (1, 1, 1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 25, 50, 100)),
    "volume": ("cuft", (0.7, 1.0, 1.1, 1.2, 1.4, 1.6, 2.0, 3.5, 4.4, 5.0, 7.3, 18, 22, 25)), "liquid": ("ml", (30, 50, 75, 100, 150, 200, 250, 300, 330, 400, 500, 550, 750, 1000, 1500)),
    "weight": ("g", (50, 80, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 2000, 2500, 5000)), "speed": ("rpm", (5400, 7200, 10000, 15000)), "bus": ("mhz", (400, 533, 667, 800, 1066, 1333, 1600)),
    "focal": ("mm", (18, 24, 28, 35, 50, 55, 70, 85, 100, 105, 135, 200, 250, 300, 400)), "heat": ("btu", (5000, 6000, 8000, 10000, 12000, 18000)), "link": ("mbps", (11, 54, 100, 150, 300, 450, 1000)),
    "charge": ("mah", (700, 1000, 1200, 1500, 1800, 2200, 2600, 3000, 4400, 5200, 10000, 20000)), "discs": ("disc", (1, 5, 6, 25, 50, 100)), "size": ("size", (36, 37, 38, 39, 40, 41, 42, 43, 44)),
    "area": ("area", ("50x50", "60x60", "70x70", "84x84", "43x57", "52x92", "60x80", "69x92", "78x139", "8x10", "5x7", "11x17", "24x36")),
}  # fmt: skip
"""What is measured -> (unit, usual figures)."""

UNITS: Final = {
    "gb": ("gb", "gb", " gb", "gb", "-gb", " gigabyte", "g"), "ghz": ("ghz", " ghz", "ghz"), "inch": ('"', " inch", "-inch", "in", "'", " in.", '"'),
    "megapixel": ("mp", " mp", " megapixel", " megapixels", "-megapixel", "mp"), "x": ("x", "x"), "watt": ("w", " watts", " watt", "-watt", "w"),
    "ft": ("ft", " ft", " feet", "'", "-foot", " foot"), "port": (" port", "-port", " ports", "port"), "pack": (" pack", "-pack", "pk", " count", "ct", " pcs"),
    "cuft": (" cu ft", " cu. ft.", " cubic feet", " cu ft"), "ml": ("ml", " ml", "ml"), "g": ("g", " g", "g"), "rpm": (" rpm", "rpm"), "mhz": ("mhz", " mhz"),
    "mm": ("mm", " mm", "mm"), "btu": (" btu", " btus", ",btu"), "mbps": ("mbps", " mbps", "mbit"), "mah": ("mah", " mah"), "disc": (" disc", "-disc", " discs"), "size": ("",),
}  # fmt: skip
CHINESE_UNITS: Final = {
    "gb": ("gb", "g", "GB"), "inch": ("英寸", "寸"), "ml": ("ml", "毫升"), "g": ("g", "克"), "pack": ("包", "支装", "袋", "盒", "只装", "件"),
    "watt": ("w", "瓦"), "port": ("口",), "size": ("码",), "mah": ("毫安", "mah"), "megapixel": ("万像素",), "ft": ("米",),
}  # fmt: skip


def _sorts(text: str) -> tuple[Sort, ...]:
    found = []
    for line in text.strip().splitlines():
        names, measures, price, chinese = (part.strip() for part in line.split("|"))
        found.append(
            Sort(tuple(n.strip() for n in names.split(",")), tuple(measures.split()), int(price), chinese)
        )
    return tuple(found)


ELECTRONICS: Final = _sorts("""
digital camera, camera, digicam, point and shoot digital camera | pixels zoom lcd | 220 | 数码相机
digital slr camera, dslr, slr camera body, digital slr | pixels lcd | 800 | 单反相机
camcorder, digital camcorder, video camera, handheld camcorder | zoom lcd storage | 400 | 摄像机
zoom lens, lens, telephoto lens, wide angle lens | focal | 500 | 变焦镜头
lcd tv, flat panel lcd hdtv, hdtv, television, lcd television | screen | 900 | 液晶电视
plasma tv, plasma hdtv, plasma television | screen | 1300 | 等离子电视
headphones, stereo headphones, headset, earphones | length | 60 | 头戴式耳机
noise canceling earbuds, in-ear headphones, earbuds, ear buds | | 80 | 入耳式耳机
speaker system, speakers, bookshelf speakers, surround speakers | power | 250 | 音箱
subwoofer, powered subwoofer, sub | power screen | 280 | 低音炮
av receiver, home theater receiver, a/v receiver, receiver | power | 450 | 功放
dvd player, progressive scan dvd player, dvd | | 70 | 影碟机
blu-ray disc player, blu-ray player, bd player | | 180 | 蓝光机
mp3 player, digital media player, portable media player, digital player | storage lcd | 120 | 播放器
cordless phone, cordless telephone, expandable cordless phone, handset | | 70 | 无绳电话
gps navigator, portable gps, gps receiver, automobile navigator | lcd | 220 | 导航仪
car cd receiver, in-dash cd player, car stereo, cd mp3 receiver | power | 150 | 车载音响
memory card, flash memory card, sd card, compact flash card | storage | 30 | 存储卡
usb flash drive, flash drive, thumb drive, usb drive | storage | 25 | U盘
hard drive, internal hard drive, hdd, hard disk drive | disk speed | 110 | 机械硬盘
external hard drive, portable hard drive, external hdd | disk | 120 | 移动硬盘
solid state drive, ssd, internal solid state drive | disk | 140 | 固态硬盘
memory module, ram, desktop memory, dimm | memory bus | 60 | 内存条
processor, cpu, desktop processor | clock | 240 | 处理器
graphics card, video card, gpu | memory | 230 | 显卡
motherboard, mainboard, system board | | 140 | 主板
power supply, psu, power supply unit | power | 90 | 电源
notebook computer, laptop, notebook, laptop computer | laptop memory disk clock | 900 | 笔记本电脑
desktop computer, desktop pc, tower computer, workstation | memory disk clock | 800 | 台式机
server, rack server, blade server | memory clock | 1900 | 服务器
lcd monitor, widescreen monitor, flat panel display, monitor | screen | 250 | 显示器
wireless router, router, broadband router | link ports | 80 | 路由器
ethernet switch, switch, gigabit switch, desktop switch | ports | 110 | 交换机
network adapter, usb adapter, wireless adapter, wifi adapter | link | 40 | 无线网卡
laser printer, monochrome laser printer, printer | | 300 | 激光打印机
all-in-one printer, multifunction printer, inkjet printer, printer copier scanner | | 160 | 一体机
ink cartridge, ink, inkjet cartridge, print cartridge | pack | 25 | 墨盒
toner cartridge, toner, laser toner, print cartridge | pack | 90 | 硒鼓
projector, multimedia projector, dlp projector | | 900 | 投影仪
projection screen, manual screen, pull-down screen | screen area | 300 | 幕布
optical mouse, mouse, wireless mouse, laser mouse | | 30 | 鼠标
keyboard, wireless keyboard, multimedia keyboard | | 50 | 键盘
webcam, web camera, pc camera | pixels | 50 | 摄像头
battery charger, charger, quick charger | | 35 | 充电器
rechargeable battery, lithium ion battery, battery pack, replacement battery | charge pack | 35 | 电池
hdmi cable, cable, audio video cable, av cable | length | 30 | 高清线
usb cable, usb 2.0 cable, a to b cable | length | 12 | 数据线
surge protector, power strip, surge suppressor | length ports | 35 | 插排
laptop bag, notebook case, carrying case, notebook bag, laptop case | laptop | 40 | 电脑包
camera case, camera bag, carrying case, case | | 25 | 相机包
screen protector, protective film, screen guard | pack | 12 | 钢化膜
phone case, cell phone case, protective cover, skin case | | 20 | 手机壳
tripod, camera tripod, lightweight tripod | | 60 | 三脚架
wall mount, tv mount, flat panel mount, tilt mount | screen | 90 | 挂架
remote control, universal remote, remote | | 50 | 遥控器
game controller, gamepad, controller | | 40 | 手柄
smartphone, cell phone, mobile phone, unlocked phone | storage lcd | 400 | 手机
tablet, tablet pc, tablet computer | storage laptop | 350 | 平板电脑
action camera mount, mount, adhesive mount | pack | 20 | 支架
""")
HOUSEHOLD: Final = _sorts("""
microwave oven, over the range microwave, microwave | volume power | 230 | 微波炉
refrigerator, side by side refrigerator, fridge, french door refrigerator | volume | 1300 | 冰箱
washer, front load washer, washing machine | volume | 800 | 洗衣机
dryer, electric dryer, gas dryer | volume | 700 | 烘干机
dishwasher, built-in dishwasher, full console dishwasher | | 600 | 洗碗机
range, gas range, freestanding range, electric range | volume | 900 | 灶具
air conditioner, window air conditioner, room air conditioner | heat | 300 | 空调
vacuum cleaner, upright vacuum, canister vacuum, vacuum | power | 220 | 吸尘器
coffee maker, coffeemaker, drip coffee maker, brewer | power | 90 | 咖啡机
blender, countertop blender, hand blender | power | 70 | 料理机
toaster oven, toaster, convection oven | power | 80 | 电烤箱
steam iron, iron, clothes iron | power | 50 | 电熨斗
air purifier, air cleaner, hepa air purifier | power | 160 | 空气净化器
sewing machine, computerized sewing machine | | 200 | 缝纫机
calculator, printing calculator, scientific calculator, desktop calculator | | 35 | 计算器
label tape, filing labels, labeling tape | area pack | 18 | 标签带
paper shredder, shredder, cross-cut shredder | | 90 | 碎纸机
batteries, alkaline batteries, aa batteries | pack | 10 | 电池
light bulb, led bulb, lamp | power pack | 15 | 灯泡
electric shaver, shaver, razor | | 80 | 剃须刀
shampoo, hair shampoo, cleansing shampoo | liquid pack | 12 | 洗发水
face cream, moisturizer, day cream | liquid | 30 | 面霜
laundry detergent, detergent, liquid detergent | liquid pack | 15 | 洗衣液
ground coffee, coffee, roast coffee | weight pack | 12 | 咖啡
green tea, tea bags, tea | weight pack | 9 | 茶叶
dog food, dry dog food, pet food | weight | 25 | 狗粮
""")
FASHION: Final = _sorts("""
running shoes, sneakers, trainers, athletic shoes | size | 90 | 运动鞋
dress, midi dress, casual dress, party dress | | 60 | 连衣裙
jacket, coat, windbreaker, outerwear | | 110 | 外套
jeans, denim pants, slim fit jeans | | 60 | 牛仔裤
t-shirt, tee, crew neck tee, short sleeve shirt | | 20 | T恤
handbag, shoulder bag, tote, crossbody bag | | 80 | 单肩包
boots, ankle boots, leather boots | size | 110 | 短靴
sandals, slippers, flat sandals | size | 40 | 凉鞋
watch, wrist watch, quartz watch | | 150 | 手表
sunglasses, polarized sunglasses, shades | | 90 | 太阳镜
sweater, knit pullover, cardigan | | 60 | 毛衣
hoodie, sweatshirt, fleece | | 50 | 卫衣
""")

COLOURS: Final = (("black", "黑色", "b"), ("white", "白色", "w"), ("silver", "银色", "s"), ("red", "红色", "r"), ("blue", "蓝色", "l"),
                  ("pink", "粉色", "p"), ("green", "绿色", "g"), ("grey", "灰色", "gy"), ("gold", "金色", "gd"), ("brown", "棕色", "br"),
                  ("purple", "紫色", "v"), ("beige", "米色", "be"))  # fmt: skip
"""English, Chinese, and what a maker's code ends on."""

PRAISE: Final = (
    "new", "genuine", "original", "sealed", "free shipping", "brand new", "oem", "retail", "sale", "hot", "best price", "in stock", "official", "w/ warranty",
    "premium", "lowest price", "authentic", "bulk", "retail box", "clearance", "special", "easy open box", "limited", "factory sealed", "100%",
)  # fmt: skip
CHINESE_PRAISE: Final = (
    "正品", "包邮", "官方旗舰店", "新款", "现货", "热卖", "专柜正品", "特价", "秒杀", "同款", "网红", "百搭", "韩版", "潮流", "ins", "爆款", "2020", "春秋", "秋冬", "夏季",
    "宽松", "显瘦", "时尚", "休闲", "气质", "洋气", "加厚", "学生", "男女", "高端", "抖音", "国行", "全新", "升级版", "家用", "便携", "大容量", "原装", "进口", "送礼",
)  # fmt: skip
QUALITIES: Final = (
    "wireless", "portable", "rechargeable", "digital", "stereo", "compact", "dual", "ultra slim", "high definition", "full hd", "bluetooth", "usb 2.0", "usb 3.0", "programmable",
    "waterproof", "optical", "hd", "widescreen", "energy star", "stainless steel", "heavy duty", "professional", "multi function", "remote", "touch screen", "high speed", "built-in microphone",
    "image stabilization", "face detection", "auto focus", "dolby digital", "progressive scan", "low noise", "adjustable", "universal", "lightweight", "water resistant", "1080p", "720p",
    "quad core", "dual core", "sata", "pci express", "ddr3", "ddr2", "gigabit", "10/100", "802.11n", "802.11g", "hdmi", "ipod dock", "anti glare", "soft grip", "leather", "cotton", "nylon",
    "mesh", "steel", "plastic", "aluminum", "multi-system", "retractable", "wall mountable", "quick release", "long lasting", "high capacity", "low power", "hot swap", "kit", "series", "edition",
)  # fmt: skip
CHINESE_QUALITIES: Final = (
    "无线", "蓝牙", "便携式", "高清", "智能", "降噪", "大屏", "超薄", "防水", "快充", "静音", "多功能", "全自动", "不锈钢", "真皮", "纯棉", "针织", "圆领", "立领", "长袖", "短袖", "中长款", "修身",
    "高腰", "印花", "刺绣", "拼接", "加绒", "牛皮", "厚底", "平底", "系带", "拉链", "雪纺", "蕾丝", "复古", "碎花", "格子", "条纹", "纯色", "连帽", "收腰", "百褶", "开叉", "镂空", "软底", "防滑", "透气",
    "控油", "补水", "保湿", "去屑", "香型", "浓香", "低糖", "有机",
)  # fmt: skip
FOREIGN: Final = {
    "digital camera": ("camara digital", "appareil photo numerique", "digitalkamera", "fotocamera digitale"), "camera": ("camara", "kamera", "appareil photo"),
    "hard drive": ("disco duro", "disque dur", "festplatte"), "memory card": ("tarjeta de memoria", "carte memoire", "speicherkarte"), "processor": ("procesador", "processeur", "prozessor"),
    "lens": ("objetivo", "objectif", "objektiv"), "graphics card": ("tarjeta grafica", "carte graphique", "grafikkarte"), "motherboard": ("placa base", "carte mere"), "black": ("negro", "noir", "schwarz"),
    "white": ("blanco", "blanc", "weiss"), "memory module": ("memoria", "memoire", "speicher"), "usb flash drive": ("memoria usb", "cle usb", "usb stick"), "server": ("servidor", "serveur"),
    "mount": ("soporte", "support", "halterung"), "rechargeable battery": ("bateria", "batterie", "akku"),
}  # fmt: skip
