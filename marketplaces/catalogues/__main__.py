"""`python -m marketplaces.catalogues --seeds 1-40`: catalogues as JSON Lines, each listing with its ``catalogue``."""

from __future__ import annotations

import argparse
import json
import sys

from marketplaces.catalogues.build import catalogue


def main(arguments: list[str] | None = None) -> int:
    """Writes them to standard output; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m marketplaces.catalogues", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(1, 41), help="first-last, both included")
    for seed in parser.parse_args(arguments).seeds:
        for one in catalogue(seed):
            sys.stdout.write(json.dumps({"catalogue": seed, **one}, ensure_ascii=False) + "\n")
    return 0


def _seeds(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    sys.exit(main())
