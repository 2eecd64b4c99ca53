"""``bijia evaluate``: measure the service on labelled data. The last line of standard output is one JSON object."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
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


@app.command()
@reporting
def offers(file: File) -> None:
    """Read offers (JSON Lines, .gz too: {"offer", "truth"}) and compare with what they say, attribute by attribute.

    Precision and recall overall, per marketplace, per family and for both; of what loses most, examples.
    """
    from catalog.errors import InvalidInput
    from indexer.evaluate.offers import cases_of, evaluate_offers
    from indexer.read_title.reader import TitleReader

    cases, malformed = cases_of(lines_of(file))
    for number in malformed:
        errors.print(f"line {number}: not an offer with its truth", markup=False)
    if not cases:
        raise InvalidInput(f"{file.name} holds no offers with their truth")
    say_json(evaluate_offers(cases, TitleReader()).as_json() | {"malformed": malformed})


@app.command()
@reporting
def history(
    file: File,
    dump: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="for series: write each reduction, one JSON object a line"),
    ] = None,
) -> None:
    """Judge prices by what was asked before: a file of vectors, or series (JSON Lines, .gz too).

    A series has "id" and "priceHistory": [{"date", "price"}], each price from its date until the next; "store" joins the
    id in a dump ("billa:00-89536"). A reduction is a change to a lower price; its "baseline30" is the lowest of the 30
    days before, null when fewer than 24 of them are known.
    """
    from catalog.errors import InvalidInput
    from indexer.evaluate.history import evaluate_history

    if dump is not None and dump.exists() and dump.samefile(file):
        raise InvalidInput(f"--dump would overwrite {file.name}")
    found = evaluate_history(list(lines_of(file)))
    if not found.figures["cases"] and not found.figures.get("series"):
        raise InvalidInput(f"{file.name} holds neither price history vectors nor series")
    what = "line" if "series" in found.figures else "vector"
    for number in found.figures["malformed"]:
        errors.print(f"{what} {number}: not understood", markup=False)
    if dump is not None:
        write_lines(dump, (one.as_json() for one in found.reductions))
    say_json(found.figures)


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write a text file.

    Raises:
        InvalidInput: it cannot be written.
    """
    from catalog.errors import InvalidInput

    try:
        with file.open("w", encoding="utf-8") as text:
            text.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written: {error}") from error


@app.command()
@reporting
def promotions(file: File) -> None:
    """Work out landed prices (JSON with vectors, .gz too) and compare with what is expected."""
    from indexer.evaluate.promotions import evaluate_promotions

    say_json(evaluate_promotions("".join(lines_of(file)), lambda line: errors.print(line, markup=False)))


@app.command("unit-price")
@reporting
def unit_price(file: File) -> None:
    """Compute unit prices (JSON with vectors, .gz too) and compare with what is expected."""
    from indexer.evaluate.unit_price import evaluate_unit_prices

    say_json(evaluate_unit_prices("".join(lines_of(file)), lambda line: errors.print(line, markup=False)))


@app.command()
@reporting
def pairs(
    file: File,
    train: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="pairs to learn from, for this once")
    ] = None,
) -> None:
    """Tell pairs of records apart (JSON Lines, .gz too): {"left": {...}, "right": {...}, "label": 0 or 1}."""
    from indexer.evaluate.pairs import evaluate_pairs

    say_json(evaluate_pairs(lines_of(file), _say, lines_of(train) if train else None))


@app.command()
@reporting
def tables(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, readable=True)],
    split: Annotated[str, typer.Option(help="the csv file of labelled pairs to judge by")] = "test",
    train: Annotated[
        bool, typer.Option("--train", help="learn from the split `train`, for this once")
    ] = False,
) -> None:
    """Match two full tables (tableA, tableB: csv, .gz too) and judge by labelled pairs: ltable_id, rtable_id, label."""
    from indexer.evaluate.tables import evaluate_tables, labels_in, tables_in

    found, ours, theirs = tables_in(lines_of(_csv(folder, "tableA")), lines_of(_csv(folder, "tableB")), _say)
    found.labels = labels_in(lines_of(_csv(folder, split)), ours, theirs, found, _say)
    lessons = labels_in(lines_of(_csv(folder, "train")), ours, theirs, found, _say) if train else None
    say_json(evaluate_tables(found, _say, lessons))


@app.command()
@reporting
def clusters(
    file: File,
    seed: Annotated[int, typer.Option(help="decides the order of arrival")] = 1,
    train: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="records to learn from, for this once")
    ] = None,
) -> None:
    """Make products of records that arrive one by one (JSON Lines, .gz too) and compare with their "entity"."""
    from indexer.evaluate.clusters import evaluate_clusters, offers_in

    lessons = offers_in(lines_of(train), seed, _say) if train else None
    say_json(evaluate_clusters(offers_in(lines_of(file), seed, _say), _say, lessons))


def _csv(folder: Path, name: str) -> Path:
    """A table of `folder`, packed or not.

    Raises:
        InvalidInput: there is none of this name.
    """
    from catalog.errors import InvalidInput

    for file in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if file.is_file():
            return file
    raise InvalidInput(f"{folder.name} holds no {name}.csv or {name}.csv.gz")


def _say(line: str) -> None:
    """How it goes on, and what cannot be used: on standard error."""
    errors.print(line, markup=False)


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
