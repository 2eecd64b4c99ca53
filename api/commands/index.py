"""``bijia index``: how the search index is, rebuild it, keep it up with the ledger."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.terminal import bar, reporting, say, say_json

if TYPE_CHECKING:
    from api.services import Services

app = typer.Typer(no_args_is_help=True, help="The search index: a projection of the ledger, rebuilt at will.")

AsJson = Annotated[bool, typer.Option("--json")]


@app.command()
@reporting
def status(
    digest: Annotated[bool, typer.Option(help="read every document")] = False, as_json: AsJson = False
) -> None:
    """Which generation is searched, how many documents it has, how far it is behind; status 1 when it cannot be used."""
    from api.services import open_services
    from api.settings import ServiceSettings
    from catalog.errors import SearchUnavailable

    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        found = _status(services, digest=digest)
    finally:
        services.close()
    if as_json:
        say_json(found)
    else:
        for name, value in found.items():
            say(f"{name.replace('_', ' ')}: {value}")
    if not found["is_ready"] or found["writes"] != "ok":
        raise SearchUnavailable(found["writes"] if found["is_ready"] else found["detail"])


@app.command()
@reporting
def rebuild(as_json: AsJson = False) -> None:
    """Build the index anew from the ledger, beside the old one, and swap; searches go on meanwhile."""
    from dataclasses import asdict

    from api.services import open_services
    from api.settings import ServiceSettings

    services = open_services(ServiceSettings(), admin_key="")
    try:
        with bar("rebuilding") as report:
            built = services.indexer.rebuild().run(
                services.indexer.version(), report=lambda p: report(p.done, p.total, f"observation {p.done}")
            )
    finally:
        services.close()
    if as_json:
        say_json(asdict(built))
        return
    same = {
        True: "identical to the one before",
        False: "DIFFERS from the one before",
        None: "nothing to compare with",
    }
    say(
        f"generation {built.generation}: {built.documents} documents, digest {built.digest}, {same[built.is_identical]}"
    )


@app.command()
@reporting
def retry(as_json: AsJson = False) -> None:
    """Have the follower send again what the engine refused (`index status` shows it); one has to be running."""
    from api.services import open_services
    from api.settings import ServiceSettings
    from catalog.errors import SearchUnavailable
    from indexer.live import NOT_BUILT

    services = open_services(ServiceSettings(), admin_key="", migrated=False)
    try:
        active = services.ledger.projections.active()
        if active is None:
            raise SearchUnavailable(f"{NOT_BUILT}: bijia index rebuild")
        asked = services.ledger.projections.ask_again(active.id)
    finally:
        services.close()
    if as_json:
        say_json({"generation": active.id, "asked_again": asked})
        return
    say(f"{asked} documents are sent again by the follower" if asked else "nothing was refused")


@app.command()
@reporting
def follow() -> None:
    """Keep the index up with the ledger until Ctrl-C; with Elasticsearch, start as many as you like: they share it."""
    from api.services import open_services
    from api.settings import ServiceSettings

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    services = open_services(ServiceSettings(), admin_key="")
    try:
        say("following; Ctrl-C ends")
        services.indexer.follower().run(stop)
    finally:
        services.close()


def _status(services: Services, *, digest: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from catalog.errors import SearchError
    from indexer.live import NOT_BUILT
    from indexer.rebuild import partition_lease

    projections = services.ledger.projections
    active = projections.active()
    newest = services.ledger.observations.newest_number()
    if active is None:
        detail = f"{NOT_BUILT}: bijia index rebuild"
        return {"generation": None, "observations": newest, "is_ready": False, "detail": detail}
    found: dict[str, Any] = {
        "generation": active.id,
        "is_current_version": active.version == services.indexer.version(),
        "observations": newest,
        "projected": active.cursor,
        "behind": newest - active.cursor,
        "corrections_behind": services.ledger.corrections.newest_number() - active.word,
        "partitions": {
            str(partition): {
                "projected": cursor,
                "written_by": projections.lease_holder(
                    partition_lease(active.id, partition), now=services.clock()
                ),
            }
            for partition, cursor in projections.positions(active.id).items()
        },
        "generations": {str(g.id): g.state.value for g in projections.all()},
        "refused": [asdict(letter) for letter in projections.dead_letters(active.id)],
    }
    try:
        engine = services.live.engine()
        health = engine.health()
        found |= {
            "is_ready": health.is_ready,
            "documents": health.documents,
            "detail": health.detail,
            "writes": health.writes,
        }
        if digest and health.is_ready:
            found["digest"] = engine.digest()
    except SearchError as error:
        found |= {"is_ready": False, "detail": str(error)}
    return found
