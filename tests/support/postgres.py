"""A PostgreSQL server for the length of a test session, without anything running before."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg


def find_binaries() -> Path | None:
    """The folder with initdb and postgres, or None."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((c for c in candidates if (c / "initdb").exists() and (c / "postgres").exists()), None)


@dataclass
class PostgresServer:
    """A server on a free port of 127.0.0.1, with durability off: it only lives as long as the tests."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    launch: Callable[[], subprocess.Popen[bytes]]
    template: str | None = None

    @classmethod
    def start(cls, binaries: Path, folder: Path, **more: str) -> PostgresServer:
        """A new server; `more` are settings of its own."""
        user = _unprivileged_user()
        data = folder / "data"
        data.mkdir()
        if user is not None:
            for path in (folder, data):
                shutil.chown(path, user.pw_uid, user.pw_gid)
            for parent in folder.parents:  # pytest makes its folders 0700 for root
                if parent.stat().st_uid == 0 and str(parent).startswith("/tmp/"):  # noqa: S108
                    parent.chmod(parent.stat().st_mode | 0o011)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "bijia", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, env=environment, cwd=folder, **as_user,
        )  # fmt: skip
        port = _free_port()
        options = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100",
            "shared_buffers": "64MB", "autovacuum": "off",
        } | more  # fmt: skip
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

        def launch() -> subprocess.Popen[bytes]:
            with (folder / "log").open("ab") as log:
                return subprocess.Popen(
                    [binaries / "postgres", "-D", data, *arguments],
                    stdout=log, stderr=log, env=environment, cwd=folder, **as_user,
                )  # fmt: skip

        server = cls(launch(), port, folder / "log", launch)
        server._wait()
        return server

    def start_again(self) -> None:
        """The same server on the same port, after it ended."""
        self.process = self.launch()
        self._wait()

    def new_database(self, template: str = "template0") -> str:
        """The address of a fresh copy of `template`."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return f"postgresql+psycopg://bijia@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def _dsn(self, name: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=bijia dbname={name}"

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self._dsn("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(self.log.read_text()[-2000:]) from None
                time.sleep(0.05)  # noqa: TID251
            else:
                return


def _unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then its own system user, else `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
