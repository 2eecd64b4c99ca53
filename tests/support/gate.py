"""A way to a server that can be shut, and can swallow everything: what lies between us and a cluster, TLS or not."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress

from tests.support.server_process import free_port


class Gate:
    """A port that leads to another one of this machine."""

    def __init__(self, port):
        self.port = free_port()
        self._target = port
        self._passes = threading.Event()
        self._sockets = []

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *_):
        self._close()

    @contextmanager
    def shut(self):
        """Nobody listens."""
        self._close()
        try:
            yield
        finally:
            self._open()

    @contextmanager
    def silent(self):
        """Connections are taken and kept, and nothing comes through."""
        self._passes.clear()
        try:
            yield
        finally:
            self._passes.set()

    def _open(self):
        self._passes.set()
        listener = socket.create_server(("127.0.0.1", self.port))
        self._sockets = [listener]
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _close(self):
        self._passes.set()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self, listener):
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source, target):
        with suppress(OSError):
            while data := source.recv(65_536):
                self._passes.wait()
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
