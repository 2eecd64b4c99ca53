"""The service as those around it see it: who searches, who probes, who types commands, who looks whether all is still there."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app as commands
from api.services import open_services
from api.settings import ServiceSettings
from ledger.copy import digests
from tests.support.offers import seen
from tests.support.runs import one_page_run
from tests.support.searching import caught_up

COMMANDS = {
    "status": ("index", "status"),
    "rebuild": ("index", "rebuild"),
    "search": ("search", "iPhone 15"),
    "doctor": ("doctor",),
}
"""What an operator asks when something is wrong with the index."""
TITLE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"


@cache
def routes():
    """Alike for all services."""
    return create_app(None)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str


def told(name):
    """One of `COMMANDS`, in this process: what its environment says is where the ledger and the index are."""
    done = CliRunner().invoke(commands, COMMANDS[name])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return Told(done.exit_code, done.stdout, done.stderr)


def said(name, status, says):
    """A command ends with this status and says this: in one line, or doctor in that of the one thing that is wrong."""
    found = told(name)
    assert found.status == status, (name, found)
    lines = found.err.splitlines()
    if name == "doctor":
        lines = [one for one in found.out.splitlines() if "✗" in one]
    assert len(lines) == 1, (name, found)
    assert re.search(says, lines[0]), (name, lines[0])


@contextmanager
def environment(folder, **settings):
    """Where ledger and index are, for commands and services of this process; nothing of what is outside."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("BIJIA_")]:
            patch.delenv(name)
        patch.setenv("BIJIA_DATA_DIR", str(folder))
        for name, value in settings.items():
            patch.setenv(f"BIJIA_SEARCH_{name}", str(value))
        yield


@dataclass
class Service:
    """One process of it."""

    services: object = field(default_factory=lambda: open_services(ServiceSettings(), admin_key="x"))
    seen: int = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.services.close()

    @property
    def ledger(self):
        return self.services.ledger

    def build(self):
        """As `bijia index rebuild`."""
        indexer = self.services.indexer
        indexer.rebuild().run(indexer.version())

    def see(self):
        """A crawl finds one more offer."""
        self.seen += 1
        one_page_run(self.ledger, seen(str(self.seen), f"{5000 + self.seen}.00", title=TITLE, at=self.seen))

    def is_current(self):
        """Whether all that was seen is in the index."""
        return caught_up(self.ledger)

    def found(self):
        """(status, offers or why not) of a search."""
        answer = self._get("/api/v1/search?q=iPhone+15&limit=50")
        if answer.status_code != 200:
            return answer.status_code, answer.json()["detail"]
        cells = [cell for product in answer.json()["products"] for cell in product["marketplaces"]]
        return 200, sum(len(cell["offers"]) for cell in cells)

    def ready(self):
        """(status, checks) of the readiness probe; the process itself always lives."""
        assert self._get("/healthz").status_code == 200
        answer = self._get("/readyz")
        return answer.status_code, answer.json()["checks"]

    def is_ready(self):
        return self.ready()[0] == 200

    def remembered(self):
        """A digest and a count of all rows that must survive, by table."""
        return digests(self.ledger.database)

    def _get(self, path):
        app = routes()
        app.state.services = self.services
        return TestClient(app, raise_server_exceptions=False).get(path)
