"""A PostgreSQL server for the length of a test session, without anything running before.

`PostgresAddress` is a server somebody runs (`make scale-up` does), `PostgresServer` one that this process started.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.server_process import ServerProcess, as_user, hand_over, server_user
from tests.support.server_process import free_port as _free_port

START_PATIENCE_S = 60
WANTED = "PostgreSQL's server programs (initdb, postgres)"


def find_binaries() -> Path | None:
    """The folder with initdb and postgres, or None."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((c for c in candidates if (c / "initdb").exists() and (c / "postgres").exists()), None)


@dataclass
class PostgresAddress:
    """A server on 127.0.0.1 whose user `bijia` may make databases.

    ``template`` is the name of a migrated, empty database to copy, once a test has made one; each test process has its
    own, since a database cannot be copied while somebody else is connected to it.
    """

    port: int
    template: str | None = field(default=None, init=False)
    _made: list[str] = field(default_factory=list, init=False)

    def url(self, name: str) -> str:
        """The address of a database as settings want it."""
        return f"postgresql+psycopg://bijia@127.0.0.1:{self.port}/{name}"

    def new_database(self, template: str = "template0", *, name: str | None = None) -> str:
        """The address of a fresh copy of `template`."""
        name = name or f"t_{uuid.uuid4().hex[:12]}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        self._made.append(name)
        return self.url(name)

    def drop_databases(self) -> None:
        """Remove what `new_database` made here: a server that stays must not fill its disk with tests."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            for name in self._made:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
        self._made.clear()

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.dsn("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def dsn(self, name: str) -> str:
        """The address of a database as psycopg wants it."""
        return f"host=127.0.0.1 port={self.port} user=bijia dbname={name}"


@dataclass
class PostgresServer(PostgresAddress):
    """A server on a free port of 127.0.0.1, with durability off: it only lives as long as the tests."""

    server: ServerProcess

    @classmethod
    def start(cls, binaries: Path, folder: Path, **more: str) -> PostgresServer:
        """A new server; `more` are settings of its own."""
        user = server_user("postgres", "nobody")
        data, port = folder / "data", _free_port()
        data.mkdir()
        hand_over(folder, user)
        environment = {"LC_ALL": "C.UTF-8"}
        options = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100",
            "shared_buffers": "64MB", "autovacuum": "off",
        } | more  # fmt: skip
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        process = ServerProcess([binaries / "postgres", "-D", data, *arguments], folder, environment, user)
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "bijia", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, env=process.whole_environment, cwd=folder, **as_user(user),
        )  # fmt: skip
        server = cls(port, process)
        server.start_again()
        return server

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Its first process, the parent of all others."""
        return self.server.process

    def start_again(self) -> None:
        """The same server on the same port, after it ended."""
        self.server.launch()
        deadline = time.monotonic() + START_PATIENCE_S
        while not self.answers():
            if self.server.has_ended() or time.monotonic() > deadline:
                self.server.kill()
                raise RuntimeError(self.server.last_words())
            time.sleep(0.05)  # noqa: TID251 - watching another process

    def stop(self) -> None:
        """End it at once, without writing anything back: nobody needs its data any more."""
        self.server.stop(signal.SIGQUIT)
