"""Addresses where no cluster of ours is, and certificates that are not its own."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from tests.support.certificates import Authority


class Plain(BaseHTTPRequestHandler):
    """Speaks HTTP without TLS, and to nobody else about it."""

    def log_message(self, *_):
        pass


@contextmanager
def open_elsewhere(folder):
    """What to put into settings, by name: three ports of this machine, two files."""
    (folder / "garbage.pem").write_text("a login page")
    with ExitStack() as stack:
        closed, silent = stack.enter_context(socket.socket()), stack.enter_context(socket.socket())
        for one in (closed, silent):
            one.bind(("127.0.0.1", 0))
        silent.listen()
        plain = stack.enter_context(HTTPServer(("127.0.0.1", 0), Plain))
        threading.Thread(target=plain.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        stack.callback(plain.shutdown)
        yield {
            "closed": closed.getsockname()[1],
            "silent": silent.getsockname()[1],
            "plain": plain.server_port,
            "stranger": Authority("another").write(folder / "stranger.pem"),
            "garbage": folder / "garbage.pem",
        }
