"""How commands talk: tables and bars on a terminal, plain lines elsewhere, JSON on request, errors in one line."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

import typer
from rich.console import Console

from catalog.errors import BijiaError, ConfigurationError, InvalidInput, NotFound

P = ParamSpec("P")
T = TypeVar("T")

USAGE: Final = 2
FAILED: Final = 1

console: Final = Console(highlight=False, soft_wrap=True)
errors: Final = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """One line for people, as it is: tabs stay tabs for other programs."""
    typer.echo(text)


def say_json(document: Any) -> None:
    """One JSON document on standard output, and nothing else."""
    import orjson

    sys.stdout.write(orjson.dumps(document, option=orjson.OPT_UTC_Z).decode() + "\n")


def reporting(command: Callable[P, T]) -> Callable[P, T]:
    """Errors raised on purpose end the command with one line and a status: 2 for what the caller gave, 1 for the rest."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (InvalidInput, ConfigurationError, NotFound) as error:
            errors.print(f"bijia: {error}", style="red", markup=False)
            raise typer.Exit(USAGE) from error
        except BijiaError as error:
            errors.print(f"bijia: {type(error).__name__}: {error}", style="red", markup=False)
            raise typer.Exit(FAILED) from error

    return run


def end_on_sigterm() -> None:
    """Have SIGTERM unwind the stack as Ctrl-C does, so that leases and runs are given back; the status is 0.

    The default would end the process where it stands, and the next one wait until its leases run out.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


@contextmanager
def bar(title: str) -> Generator[Callable[[int, int, str], None]]:
    """A progress bar on a terminal, a line now and then elsewhere: call with (done, total, note).

    On standard error: standard output is for results.
    """
    if not errors.is_terminal:
        yield _lines(title)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[note]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(title, total=None, note="")
        yield lambda done, total, note: progress.update(task, completed=done, total=total or None, note=note)


def _lines(title: str) -> Callable[[int, int, str], None]:
    """A line for every tenth. What there is to do may grow while it is done; a tenth that was told is not taken back."""
    told = -1

    def report(done: int, total: int, note: str) -> None:
        nonlocal told
        tenth = done * 10 // total if total else 0
        if tenth > told:
            told = tenth
            errors.print(f"{title}: {tenth * 10} %  {note}".rstrip(), markup=False)

    return report
