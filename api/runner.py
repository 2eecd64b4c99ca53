"""The `CrawlRunner` port: how a worker starts and stops crawls without ever loading Scrapy."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from catalog.errors import ConfigurationError
from ledger.runs import RunLease

LOST: Final = -1
"""Status of a crawl whose host is gone."""

START_S: Final = 60
"""How long a host may take to load: seconds on a quiet machine, more on a new one without compiled bytecode."""


class Crawling(Protocol):
    """A crawl under way."""

    def ended(self) -> int | None:
        """Its exit status; None while it runs. Negative: killed."""
        ...

    def kill(self) -> None:
        """End it now; what it had committed stays."""
        ...


class CrawlRunner(Protocol):
    """Starts crawls."""

    def start(self, lease: RunLease) -> Crawling:
        """Begin working on a leased run."""
        ...


class HostRunner:
    """Crawls as forks of one host process (`crawlers.host`): it has loaded Scrapy once, and dies with this process."""

    def __init__(self, environment: Mapping[str, str], *, is_guest: bool = False) -> None:
        """Start the host; it loads while the caller goes on.

        Args:
            environment: of the host; what marketplaces' settings it holds is what the ledger is told is configured.
            is_guest: a command beside a service: what its environment lacks is not reported.
        """
        self._environment = dict(environment)
        self._arguments = ["host", "--add"] if is_guest else ["host"]
        self._lock = threading.Lock()
        self._host = _Host(self._environment, self._arguments)

    def wait_until_ready(self) -> None:
        """Return when the host has registered the marketplaces and takes runs.

        Raises:
            ConfigurationError: it did not start; what it said is on standard error.
        """
        self._host.wait_until_ready()

    def start(self, lease: RunLease) -> Crawling:
        """Have the host fork a crawl; a host that is gone is replaced."""
        with self._lock:
            if self._host.is_gone:
                self._host.close()
                self._host = _Host(self._environment, self._arguments)
            self._host.tell("start", lease)
            return _Crawl(self._host, lease)

    def close(self) -> None:
        """End the host, and with it every crawl."""
        self._host.close()


class _Host:
    """One host process and what it says."""

    def __init__(self, environment: Mapping[str, str], arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawlers", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        self._lock = threading.Lock()
        self._told = threading.Event()
        self._is_ready = False
        self._statuses: dict[tuple[int, int], int] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True, name="crawl-host")
        self._listener.start()

    @property
    def is_gone(self) -> bool:
        return self._process.poll() is not None

    def wait_until_ready(self) -> None:
        self._told.wait(START_S)
        if not self._is_ready:
            self._process.kill()
            self._process.wait()
            raise ConfigurationError("crawlers", "the crawl host did not start; its messages are above")

    def tell(self, verb: str, lease: RunLease) -> None:
        """Say one line; a host that is gone is noticed by `status_of`."""
        message = json.dumps({verb: [lease.run_id, lease.fence]})
        with self._lock:
            if self._process.stdin is None or self._process.stdin.closed:
                return
            try:
                self._process.stdin.write(message + "\n")
                self._process.stdin.flush()
            except BrokenPipeError:
                self._process.wait()

    def status_of(self, lease: RunLease) -> int | None:
        """How a crawl ended; None while it runs."""
        found = self._statuses.get((lease.run_id, lease.fence))
        return LOST if found is None and self.is_gone else found

    def close(self) -> None:
        with self._lock:
            if self._process.stdin is not None:
                with contextlib.suppress(BrokenPipeError):  # it went first
                    self._process.stdin.close()
        self._process.wait()
        self._listener.join()

    def _listen(self) -> None:
        if self._process.stdout is None:
            return
        with self._process.stdout as answers:
            for line in answers:
                message = json.loads(line)
                if "ready" in message:
                    self._is_ready = bool(message["ready"])
                    self._told.set()
                else:
                    run, fence, status = message["ended"]
                    self._statuses[run, fence] = status
        self._told.set()


class _Crawl:
    def __init__(self, host: _Host, lease: RunLease) -> None:
        self._host = host
        self._lease = lease

    def ended(self) -> int | None:
        return self._host.status_of(self._lease)

    def kill(self) -> None:
        self._host.tell("kill", self._lease)
