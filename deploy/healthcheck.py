#!/usr/bin/env python3
"""Is what runs in this container well? Exit status 0 or 1, and one line.

    healthcheck.py             a process that serves: /healthz answers
    healthcheck.py worker      the ledger answers and has this version's schema
    healthcheck.py follower    so does the index

The last two say whether a process can do its work, not whether it lives: good for "ready", never a reason to restart it. They
read the settings of the service and change nothing.
"""

import http.client
import os
import sys

TIMEOUT_S = 4


def web() -> str:
    """What is wrong with the server in this container; nothing if it answers."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("BIJIA_PORT", "8000")), timeout=TIMEOUT_S
    )
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except OSError as error:
        return f"/healthz: {error}"
    finally:
        connection.close()
    return "" if status == 200 else f"/healthz: status {status}"


def worker() -> str:
    """What keeps a worker from its ledger."""
    from catalog.errors import BijiaError
    from ledger.ledger import Ledger
    from ledger.settings import LedgerSettings

    try:
        with Ledger.open(LedgerSettings().ledger_url) as opened:
            opened.database.ping()
    except BijiaError as error:
        return f"{type(error).__name__}: {error}"
    return ""


def follower() -> str:
    """What keeps a follower from its ledger or its index."""
    from api.services import open_services
    from api.settings import ServiceSettings
    from catalog.errors import BijiaError

    try:
        services = open_services(ServiceSettings(), admin_key="", migrated=False)
        try:
            services.ledger.database.ping()
            health = services.live.engine().health()
        finally:
            services.close()
    except BijiaError as error:
        return f"{type(error).__name__}: {error}"
    return "" if health.is_ready else health.detail


if __name__ == "__main__":
    wrong = {"web": web, "worker": worker, "follower": follower}[(sys.argv[1:] or ["web"])[0]]()
    sys.stdout.write(f"{wrong or 'ok'}\n")
    sys.exit(bool(wrong))
