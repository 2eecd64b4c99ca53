"""``bijia corrections``: say that offers are or are not the same goods; list, withdraw, import, export."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.terminal import reporting, say, say_json

if TYPE_CHECKING:
    from api.services import Services
    from indexer.standing import Told
    from ledger.corrections_file import Line

app = typer.Typer(no_args_is_help=True, help="What people say about offers being the same goods.")

AUTHOR: Final = "command"
"""Who says something here without saying who."""

AT_ONCE: Final = 200

AsJson = Annotated[bool, typer.Option("--json")]
Left = Annotated[str, typer.Argument(help="an offer's key: marketplace:item:sku")]
Right = Annotated[str, typer.Argument(help="another offer's key")]
Author = Annotated[str, typer.Option(help="who says so")]
Note = Annotated[str, typer.Option(help="why")]


@app.command()
@reporting
def same(left: Left, right: Right, author: Author = AUTHOR, note: Note = "", as_json: AsJson = False) -> None:
    """Two offers are the same goods."""
    _say("same", left, right, author, note, as_json=as_json)


@app.command("not-same")
@reporting
def not_same(
    left: Left, right: Right, author: Author = AUTHOR, note: Note = "", as_json: AsJson = False
) -> None:
    """Two offers are not the same goods."""
    _say("not_same", left, right, author, note, as_json=as_json)


@app.command("list")
@reporting
def list_all(
    offer: Annotated[str | None, typer.Option(help="only words about this offer")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """What was said, newest first, and what became of it."""
    from api.routes.correcting import standing_of
    from api.views import correction_view
    from catalog.listing import OfferKey

    with _services() as services:
        key = None if offer is None else OfferKey.parse(offer)
        found = standing_of(services, services.ledger.corrections.newest(limit=limit, offer=key))
    if as_json:
        say_json({"corrections": [correction_view(one) for one in found]})
        return
    for one in found:
        say(line(one))
    if not found:
        say("no corrections")


@app.command()
@reporting
def withdraw(
    number: Annotated[int, typer.Argument(metavar="ID")], author: Author = AUTHOR, note: Note = ""
) -> None:
    """Take a word back."""
    with _services() as services:
        said = services.ledger.corrections.withdraw(number, author=author, note=note, now=services.clock())
    say(
        f"correction {number} withdrawn" if said is not None else f"correction {number} was withdrawn already"
    )


@app.command("import")
@reporting
def import_file(
    file: Annotated[Path, typer.Argument(help="one word a line; - is standard input")],
    author: Annotated[str, typer.Option(help="of lines that name none")] = AUTHOR,
    as_json: AsJson = False,
) -> None:
    """Say all that a file says, or nothing if a line of it is wrong. Saying it again changes nothing."""
    from ledger.corrections_file import lines_of

    text = _read(file)
    with _services() as services:
        lines = lines_of(text, author=author, now=services.clock())
        new = services.ledger.corrections.say_all([one.correction for one in _unsaid(services, lines)])
    counts = {"lines": len(lines), "new": new, "known": len(lines) - new}
    if as_json:
        say_json(counts)
    else:
        say(f"{new} new, {len(lines) - new} known before")


@app.command()
@reporting
def export(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="file; default: standard output")] = None,
) -> None:
    """Write all that was ever said, for `import`."""
    from api.commands.export import written_whole
    from ledger.corrections_file import written

    with _services() as services:
        said = services.ledger.corrections.all()
    if out is None:
        for one in written(said):
            say(one)
    else:
        written_whole(out, lambda file: file.writelines(f"{one}\n" for one in written(said)))


def line(told: Told) -> str:
    """A word in one line, with what speaks against it."""
    one, outcome = told.said.correction, told.outcome
    found = f"correction {told.said.id}  {one.word}  {one.left}  {one.right}  {one.author}  {one.at:%Y-%m-%d %H:%M:%S} UTC"
    found += f"  {told.status}"
    if told.replaced_by is not None:
        found += f" by {told.replaced_by.id}"
    if outcome is not None and outcome.vetoes:
        found += f": {'; '.join(outcome.vetoes)}"
    if told.chain:
        found += f" through {', '.join(str(link.id) for link in told.chain)}"
    return found + (f"  {one.note}" if one.note else "")


def _say(word: str, left: str, right: str, author: str, note: str, *, as_json: bool) -> None:
    from api.routes import correcting
    from api.views import correction_view
    from catalog.listing import OfferKey
    from ledger.corrections import Word

    with _services() as services:
        number = correcting.say(
            services, Word(word), OfferKey.parse(left), OfferKey.parse(right), author=author, note=note
        )
        (told,) = correcting.standing_of(services, [services.ledger.corrections.get(number)])
    if as_json:
        say_json(correction_view(told))
    else:
        say(line(told))


def _unsaid(services: Services, lines: list[Line]) -> list[Line]:
    """Without the lines that give no time and say what is the newest word on their pair already."""
    from ledger.corrections import newest_by_pair

    newest = newest_by_pair(services.ledger.corrections.all())
    return [
        one
        for one in lines
        if one.is_dated
        or (known := newest.get(one.correction.pair)) is None
        or known.correction.word is not one.correction.word
    ]


def _read(file: Path) -> str:
    from catalog.errors import InvalidInput

    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read: {error}") from error


@contextmanager
def _services() -> Generator[Services]:
    from api.services import open_services
    from api.settings import ServiceSettings

    services = open_services(ServiceSettings(), admin_key="")
    try:
        yield services
    finally:
        services.close()
