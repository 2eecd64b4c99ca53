"""``python -m tests.bench [figure …]``: measure, then a table and one line of JSON."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import tempfile
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Figure, as_json, table

NAMES = (
    "landed", "titles", "crawl", "follow", "search", "engines", "lag", "followers", "workers", "ledger", "history", "demo",
    "size", "check",
)  # fmt: skip
"""Modules of this folder with a `measure`, in the order they are run: `size` looks at what `demo` installed."""


def main() -> None:
    """Measure what was asked for."""
    wish = _parser().parse_args()
    for setting in [name for name in os.environ if name.startswith("BIJIA_")]:
        del os.environ[setting]  # an installation's own settings must not decide what is measured
    names = wish.figures or NAMES
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bijia-bench-") as made:
        bench = Bench(
            folder=Path(wish.folder or made).absolute(),
            root=Path(__file__).parents[2],
            repetitions=wish.repetitions or (1 if wish.quick else 5),
            is_quick=wish.quick,
            may_install=not (wish.no_install or wish.quick),
            may_check=not (wish.no_check or wish.quick),
            sizes=wish.sizes,
        )
        bench.folder.mkdir(parents=True, exist_ok=True)
        for name in (name for name in NAMES if name in names):
            found += importlib.import_module(f"tests.bench.{name}").measure(bench)
    print(table(found))
    print()
    print(as_json(found, revision=_revision(bench.root), is_quick=wish.quick))


def _revision(root: Path) -> str:
    """The commit that was measured; ``-dirty`` when files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.strip()


def _known(name: str) -> str:
    if name not in NAMES:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(NAMES)}")
    return name


def _sizes(text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers") from error
    if min(found) < 1_000:
        raise argparse.ArgumentTypeError("at least 1000 offers")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("figures", nargs="*", type=_known, metavar="figure", help=" ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="small worlds, once each: shows that it works")
    parser.add_argument("--repetitions", type=int, help="default: 5")
    parser.add_argument(
        "--sizes", type=_sizes, default=(), help="offers for `engines`; default: 10000,100000,1000000"
    )
    parser.add_argument(
        "--no-install", action="store_true", help="make no fresh clone ready: that uses the network"
    )
    parser.add_argument("--no-check", action="store_true", help="do not time `make check`")
    parser.add_argument(
        "--folder",
        help="keep the worlds made here, and use those a run before made; default: a temporary folder",
    )
    return parser


if __name__ == "__main__":
    main()
