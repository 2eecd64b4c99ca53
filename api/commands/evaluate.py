"""``bijia evaluate``: measure the service on labelled data. The last line of standard output is one JSON object."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.commands.terminal import errors, reporting, say_json

app = typer.Typer(no_args_is_help=True, help="Measure the service on labelled data.")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
@reporting
def titles(file: File) -> None:
    """Read titles (JSON Lines, .gz too) and compare with what is expected of them."""
    from catalog.errors import InvalidInput
    from indexer.evaluate.titles import evaluate_titles
    from indexer.read_title.reader import TitleReader

    found = evaluate_titles(lines_of(file), TitleReader())
    for number in found.get("malformed", ()):
        errors.print(f"line {number}: not a title case", markup=False)
    if not found["cases"]:
        raise InvalidInput(f"{file.name} holds no title cases")
    say_json(found)


@app.command("unit-price")
@reporting
def unit_price(file: File) -> None:
    """Compute unit prices (JSON with vectors, .gz too) and compare with what is expected."""
    from indexer.evaluate.unit_price import evaluate_unit_prices

    say_json(evaluate_unit_prices("".join(lines_of(file)), lambda line: errors.print(line, markup=False)))


def lines_of(file: Path) -> Iterator[str]:
    """The lines of a text file, unpacked if it is gzipped.

    Raises:
        InvalidInput: not text, or broken compression.
    """
    from catalog.errors import InvalidInput

    opener = gzip.open if file.suffix == ".gz" else open
    try:
        with opener(file, "rt", encoding="utf-8") as text:
            yield from text
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file.name} cannot be read: {error}") from error
