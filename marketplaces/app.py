"""Builds a practice world: four shops and their control API, as ASGI apps. Opens no socket."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from marketplaces.clocks import ProtocolClock, WorldClock
from marketplaces.control import Control
from marketplaces.faults.plan import FaultPlan
from marketplaces.origin import Origin
from marketplaces.request_log import RequestLog
from marketplaces.settings import DEFAULT_ORIGINS, Settings
from marketplaces.shops import jd, pinduoduo, taobao
from marketplaces.shops.jd import Jd
from marketplaces.shops.pinduoduo import Pinduoduo
from marketplaces.shops.shop import WebShop
from marketplaces.shops.taobao import Taobao
from marketplaces.world.build import World, build_world

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marketplaces.shops.ports import Shop
    from marketplaces.wire import ASGIApp


@dataclass(frozen=True, slots=True, repr=False)
class Practice:
    """A running world."""

    world: World
    apps: dict[str, ASGIApp]
    """control, taobao, jd, pinduoduo, shop."""
    clock: WorldClock
    protocol: ProtocolClock
    plan: FaultPlan
    log: RequestLog
    origins: Mapping[str, str]

    def greeting(self) -> dict[str, Any]:
        """Where everything is and what opens it: the line `python -m marketplaces` prints."""
        at = self.origins
        return {
            "control": at["control"],
            "shops": {
                "taobao": {"base_url": f"{at['taobao']}/router/rest", "credentials": taobao.CREDENTIALS},
                "jd": {"base_url": f"{at['jd']}/routerjson", "credentials": jd.CREDENTIALS},
                "pinduoduo": {
                    "base_url": f"{at['pinduoduo']}/api/router",
                    "credentials": pinduoduo.CREDENTIALS,
                },
                "shop": {"base_url": f"{at['shop']}/", "credentials": {}},
            },
        }


def build(
    settings: Settings,
    *,
    origins: Mapping[str, str] = DEFAULT_ORIGINS,
    wall: Callable[[], float] = time.time,
    monotonic: Callable[[], float] = time.monotonic,
) -> Practice:
    """The world and its five apps. `wall` and `monotonic` are the real clocks, to be replaced in tests.

    Raises:
        WorldTooSmall: more products were asked for than are declared.
    """
    world = build_world(settings.seed, settings.products, settings.offers, is_wide=settings.is_wide)
    return open_shops(world, settings, origins=origins, wall=wall, monotonic=monotonic)


def open_shops(
    world: World,
    settings: Settings,
    *,
    origins: Mapping[str, str] = DEFAULT_ORIGINS,
    wall: Callable[[], float] = time.time,
    monotonic: Callable[[], float] = time.monotonic,
) -> Practice:
    """The five apps on a world that is already built; clocks, faults and log of their own."""
    clock = WorldClock(settings.now or datetime.fromtimestamp(wall(), UTC), settings.speed, monotonic)
    protocol = ProtocolClock(wall)
    plan, log = FaultPlan(protocol, monotonic), RequestLog(wall)
    shops: tuple[Shop, ...] = (
        Taobao(world, clock, protocol),
        Jd(world, clock, protocol),
        Pinduoduo(world, clock, protocol, lenient_time=settings.lenient_time),
        WebShop(world, clock),
    )
    apps: dict[str, ASGIApp] = {shop.name: Origin(shop, plan, log, protocol) for shop in shops}
    apps["control"] = Control(world, (clock, protocol), plan, log, origins)
    return Practice(world, apps, clock, protocol, plan, log, origins)
