"""`python -m marketplaces`: the practice world on five ports. Prints one JSON line when all listen, and nothing else."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import orjson

from marketplaces.app import build
from marketplaces.serve import addresses, bind, die_with_parent, serve, stop_on_signals
from marketplaces.settings import Settings
from marketplaces.world.products import WorldTooSmall

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from marketplaces.app import Practice


def main(arguments: list[str] | None = None) -> int:
    """Serves until told to stop; the exit status."""
    parser = _parser()
    wish = parser.parse_args(arguments)
    if not wish.keep_running:
        die_with_parent()
    settings = Settings(
        seed=wish.seed,
        products=wish.products,
        offers=wish.offers,
        is_wide=wish.wide,
        now=wish.now,
        speed=wish.speed,
        lenient_time=wish.lenient_time,
    )
    try:
        sockets = bind(wish.host, wish.base_port)
        practice = build(settings, origins=addresses(sockets))
    except (OSError, WorldTooSmall) as error:
        parser.error(str(error))

    asyncio.run(_run(practice, sockets))
    return 0


async def _run(practice: Practice, sockets: Mapping[str, socket.socket]) -> None:
    def greet() -> None:
        sys.stdout.write(orjson.dumps(practice.greeting()).decode() + "\n")
        sys.stdout.flush()

    stop = asyncio.Event()
    stop_on_signals(stop)
    await serve(practice.apps, sockets, greet, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m marketplaces", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--base-port", type=int, default=8600, help="control; the shops follow; 0: any five ports"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--products", type=int, default=600)
    parser.add_argument("--offers", type=int, default=5000)
    parser.add_argument("--wide", action="store_true", help="every family of goods, not the usual fourteen")
    parser.add_argument(
        "--now", type=_aware, help="start of the world clock, ISO 8601 with a zone; default: now"
    )
    parser.add_argument("--speed", type=float, default=1.0, help="world seconds per real second")
    parser.add_argument("--lenient-time", action="store_true", help="pinduoduo accepts milliseconds")
    parser.add_argument(
        "--keep-running", action="store_true", help="outlive the process that started this one"
    )
    return parser


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError("a time without a zone")
    return at


if __name__ == "__main__":
    raise SystemExit(main())
