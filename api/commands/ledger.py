"""``bijia ledger``: move the ledger to another database, prove that two hold the same, and seal settled history."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.terminal import bar, reporting, say, say_json

if TYPE_CHECKING:
    from ledger.copy import Digest

app = typer.Typer(
    no_args_is_help=True, help="The ledger: copy it to another database, compare two, seal settled history."
)

AsJson = Annotated[bool, typer.Option("--json")]


@app.command()
@reporting
def copy(
    source: Annotated[
        str,
        typer.Option("--from", metavar="URL", help="ledger to read: sqlite:///… or postgresql+psycopg://…"),
    ],
    target: Annotated[
        str, typer.Option("--to", metavar="URL", help="empty database, or one that a copy was begun into")
    ],
    as_json: AsJson = False,
) -> None:
    """Copy a ledger whole, and prove it by digests. Stop the service first; killed, start it again to go on."""
    from indexer.bootstrap import utc_now
    from ledger import copy as moving

    started = time.monotonic()
    with (
        closing(moving.open_existing(source, "--from")) as from_here,
        closing(moving.open_any(target, "--to")) as to_there,
        bar("copying") as report,
    ):
        copied = moving.copy(from_here, to_there, now=utc_now(), report=report)
    seconds = time.monotonic() - started
    if as_json:
        say_json(_document(copied.tables) | {"rows_carried": copied.rows, "seconds": round(seconds, 3)})
        return
    _table(copied.tables)
    say(f"equal on both sides; {copied.rows} rows carried over in {seconds:.1f} s")


@app.command()
@reporting
def digest(
    url: Annotated[str, typer.Option(metavar="URL", help="default: the ledger that is set")] = "",
    as_json: AsJson = False,
) -> None:
    """What a ledger holds, as one digest per table: two ledgers with equal ones hold the same, on any database."""
    from api.settings import ServiceSettings
    from ledger import copy as moving

    with (
        closing(moving.open_existing(url or ServiceSettings().ledger_url, "--url")) as database,
        bar("reading") as report,
    ):
        found = moving.digests(database, report=report)
    if as_json:
        say_json(_document(found))
    else:
        _table(found)


@app.command()
@reporting
def seal(
    anew: Annotated[
        bool,
        typer.Option("--anew", help="delete what is sealed first, and seal it again from the observations"),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Pack the history of quarters that are over. Workers do it by themselves, once a day; nothing need be stopped."""
    from api.settings import ServiceSettings
    from indexer.bootstrap import utc_now
    from ledger.ledger import Ledger

    started = time.monotonic()
    with Ledger.open(ServiceSettings().ledger_url) as ledger, bar("sealing") as report:
        if anew:
            ledger.sealing.unseal()
        sealed = ledger.sealing.run(now=utc_now(), report=report)
    seconds = time.monotonic() - started
    if as_json:
        document = {name: getattr(sealed, name) for name in ("offers", "points", "chunks", "bytes")}
        say_json(document | {"seconds": round(seconds, 3)})
    else:
        say(
            f"{sealed.points} points of {sealed.offers} offers sealed: {sealed.chunks} chunks of {sealed.bytes} bytes"
            f" in {seconds:.1f} s"
        )


def _document(found: Sequence[Digest]) -> dict[str, Any]:
    return {"tables": {one.table: {"rows": one.rows, "digest": one.digest} for one in found}}


def _table(found: Sequence[Digest]) -> None:
    for one in found:
        say(f"{one.digest}  {one.rows:>10}  {one.table}")
