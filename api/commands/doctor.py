"""``bijia doctor``: is everything in order, and what to do if not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.terminal import FAILED, console, reporting, say, say_json

if TYPE_CHECKING:
    from api.settings import ServiceSettings
    from ledger.ledger import Ledger

LEAST_FREE_BYTES: Final = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One finding."""

    name: str
    is_ok: bool
    detail: str
    remedy: str = ""


@reporting
def doctor(
    migrate: Annotated[bool, typer.Option(help="bring the ledger to this version's schema first")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check the installation: Python, disk, ledger, index, marketplaces."""
    from api.settings import ServiceSettings

    settings = ServiceSettings()
    if migrate:
        from ledger.ledger import Ledger

        Ledger.open(settings.ledger_url, migrated=True).close()
    checks = list(examine(settings))
    if as_json:
        say_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            mark = "[green]✓[/green]" if check.is_ok else "[red]✗[/red]"
            console.print(f"{mark} {check.name}: ", end="")
            say(check.detail + (f"  → {check.remedy}" if check.remedy and not check.is_ok else ""))
    if not all(check.is_ok for check in checks):
        raise typer.Exit(FAILED)


def examine(settings: ServiceSettings) -> Iterator[Check]:
    """Every check, whatever the ones before found."""
    yield Check("python", sys.version_info >= (3, 11), sys.version.split()[0], "Python 3.11 or newer")
    yield _disk(settings)
    yield from _ledger(settings)
    yield from _marketplaces()


def _ledger(settings: ServiceSettings) -> Iterator[Check]:
    """The ledger, and the index beside it."""
    from catalog.errors import BijiaError
    from ledger.ledger import Ledger

    try:
        ledger = Ledger.open(settings.ledger_url, pool_size=settings.database_pool)
    except BijiaError as error:
        yield Check(
            "ledger", is_ok=False, detail=f"{type(error).__name__}: {error}", remedy="bijia doctor --migrate"
        )
        return
    with ledger:
        yield Check("ledger", is_ok=True, detail=f"{ledger.observations.newest_number()} observations")
        yield _guarded("ledger writes", lambda: _writes(ledger))
        yield _guarded(
            "index", lambda: _index(settings, ledger), "look at BIJIA_SEARCH_URL and the settings beside it"
        )


def _disk(settings: ServiceSettings) -> Check:
    folder = settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Check(
        "disk",
        free >= LEAST_FREE_BYTES,
        f"{free // 2**20} MiB free",
        "make room: writing stops when it is full",
    )


def _guarded(name: str, check: Callable[[], Check], remedy: str = "") -> Check:
    from catalog.errors import BijiaError

    try:
        return check()
    except BijiaError as error:
        return Check(name, is_ok=False, detail=f"{type(error).__name__}: {error}", remedy=remedy)


def _writes(ledger: Ledger) -> Check:
    ledger.database.check_writable()
    return Check("ledger writes", is_ok=True, detail="possible")


def _index(settings: ServiceSettings, ledger: Ledger) -> Check:
    from indexer.bootstrap import Indexer, open_store

    indexer = Indexer(ledger, open_store(settings))
    active = ledger.projections.active()
    if active is None:
        return Check(
            "index", is_ok=False, detail="not built yet", remedy="bijia index rebuild, or bijia serve"
        )
    if active.version != indexer.version():
        return Check("index", is_ok=False, detail="built by another version", remedy="bijia index rebuild")
    live = indexer.live()
    try:
        health = live.engine().health()
    finally:
        live.close()
    if not health.is_ready or health.writes != "ok":
        detail = health.detail if not health.is_ready else health.writes
        return Check(
            "index", is_ok=False, detail=detail, remedy="mend the cluster that BIJIA_SEARCH_URL names"
        )
    behind = ledger.observations.newest_number() - active.cursor
    refused = len(ledger.projections.dead_letters(active.id))
    detail = f"{health.documents} products, {behind} observations behind"
    return Check(
        "index",
        is_ok=not refused,
        detail=f"{detail}, {refused} documents refused" if refused else detail,
        remedy="bijia index status shows why, bijia index retry sends them again",
    )


def _marketplaces() -> Iterator[Check]:
    """Asked of the crawlers in a process of their own: this one never loads them."""
    done = subprocess.run(
        [sys.executable, "-m", "crawlers", "missing"],
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield Check("marketplaces", is_ok=False, detail=done.stderr.strip()[-300:])
        return
    for slug, lacking in json.loads(done.stdout).items():
        yield Check(
            f"marketplace {slug}",
            is_ok=lacking is None,
            detail="configured" if lacking is None else lacking,
            remedy="set it where the service is started (README, Settings)",
        )
