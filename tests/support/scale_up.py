"""One PostgreSQL and one Elasticsearch in the background: ``python -m tests.support.scale_up up|down|status``.

For `make scale-up`, which `make test` and a person's `bijia demo` then use; they stay until `make scale-down`. What runs
is written to `.scale-up/servers.json` of the checkout. Their data lies in the machine's folder for temporary files, since
an unprivileged user must reach it; durability is off, and it is removed with them: nothing to keep belongs there.

``down`` and ``status`` need the standard library only, so that they work without an environment.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.support.server_process import Group, Missing, ServerProcess

STATE: Final = Path(__file__).parents[2] / ".scale-up"
POSTGRES: Final = "PostgreSQL"
ELASTICSEARCH: Final = "Elasticsearch"
DATABASE: Final = "bijia"
"""The database whose address is printed; tests make their own beside it."""


@dataclass(frozen=True, slots=True)
class Background:
    """A server that some command left running."""

    port: int
    leader: int
    started: int
    folder: str

    def answers(self) -> bool:
        """Whether it is still that process, and takes connections."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5):
                return bool(Group(self.leader, self.started).pids())
        except OSError:
            return False

    def remove(self) -> None:
        """End it and delete its data; nothing when it is gone."""
        Group(self.leader, self.started).stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def running() -> dict[str, int]:
    """The ports of the servers that run, by name."""
    return {name: server.port for name, server in _read().items() if server.answers()}


def up() -> int:
    """Start what does not run, and print the addresses; 1 when something is missing, 2 when something does not start."""
    worst = 0
    with _alone():
        for name, start in ((POSTGRES, _postgres), (ELASTICSEARCH, _elasticsearch)):
            servers = _read()
            if name in servers:
                if servers[name].answers():
                    continue
                servers.pop(name).remove()
            folder = Path(tempfile.mkdtemp(prefix="bijia-scale-up-"))
            try:
                port, process = start(folder)
            except (Missing, RuntimeError) as error:
                shutil.rmtree(folder, ignore_errors=True)
                is_missing = isinstance(error, Missing)
                print(
                    f"{name} was not started: " + "this machine lacks " * is_missing + str(error),
                    file=sys.stderr,
                )
                worst = max(worst, 1 if is_missing else 2)
                continue
            group = process.group
            _write(servers | {name: Background(port, group.leader, group.started, str(folder))})
            process.let_go()  # only now: interrupted before, it dies with us
    status()
    return worst


def down() -> int:
    """Stop what runs and delete its data."""
    if STATE.is_dir():
        with _alone():
            for server in _read().values():
                server.remove()
        shutil.rmtree(STATE, ignore_errors=True)
    return 0


def status() -> int:
    """Print the address of each that runs, as lines for a shell; 1 unless both do."""
    ports = running()
    if POSTGRES in ports:
        print(f"export BIJIA_DATABASE_URL=postgresql+psycopg://bijia@127.0.0.1:{ports[POSTGRES]}/{DATABASE}")
    if ELASTICSEARCH in ports:
        print(f"export BIJIA_SEARCH_URL=http://127.0.0.1:{ports[ELASTICSEARCH]}")
    return 0 if len(ports) == 2 else 1


def _postgres(folder: Path) -> tuple[int, ServerProcess]:
    from tests.support.postgres import WANTED, PostgresServer, find_binaries

    binaries = find_binaries()
    if binaries is None:
        raise Missing(WANTED)
    server = PostgresServer.start(binaries, folder, autovacuum="on", max_connections="200")
    server.new_database(name=DATABASE)
    return server.port, server.server


def _elasticsearch(folder: Path) -> tuple[int, ServerProcess]:
    from tests.support.elasticsearch import ElasticsearchServer
    from tests.support.elasticsearch_distribution import installation

    server = ElasticsearchServer.start(installation(may_fetch=True), folder, is_short_lived=False)
    return server.port, server.process


@contextmanager
def _alone() -> Iterator[None]:
    """One command at a time."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read() -> dict[str, Background]:
    try:
        text = (STATE / "servers.json").read_text("utf-8")
    except FileNotFoundError:
        return {}
    return {name: Background(**fields) for name, fields in json.loads(text).items()}


def _write(servers: dict[str, Background]) -> None:
    """In one step: a test that looks meanwhile sees the old state or the new one."""
    new = STATE / "servers.json.new"
    new.write_text(json.dumps({name: asdict(server) for name, server in servers.items()}, indent=1), "utf-8")
    new.replace(STATE / "servers.json")


if __name__ == "__main__":
    commands: dict[str, Callable[[], int]] = {"up": up, "down": down, "status": status}
    if sys.argv[1:] not in [[name] for name in commands]:
        sys.exit(f"one of: {', '.join(commands)}")
    sys.exit(commands[sys.argv[1]]())
