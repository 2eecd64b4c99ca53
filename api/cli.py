"""``bijia``: the command. ``--help`` loads nothing but words for errors; each command imports what it needs (DECISIONS 18)."""

from __future__ import annotations

import typer

from api.commands import (
    corrections,
    crawl,
    demo,
    doctor,
    evaluate,
    export,
    index,
    ledger,
    schedule,
    search,
    serve,
)

app = typer.Typer(
    name="bijia",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="比价: one keyword in, the same goods from every marketplace side by side out.",
)

app.command()(demo.demo)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(crawl.crawl)
app.command()(crawl.runs)
app.add_typer(schedule.app, name="schedule")
app.command()(search.search)
app.add_typer(corrections.app, name="corrections")
app.add_typer(index.app, name="index")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(ledger.app, name="ledger")
app.command()(export.export)
app.command()(doctor.doctor)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
