"""A web server that says exactly the bytes it is told to, for answers no decent server gives."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import threading


class RawServer:
    """Answers by path; counts connections. Runs its own loop in a thread."""

    def __init__(self, answers):
        self.answers = answers
        self.connections = 0
        self.requests: list[str] = []

    def __enter__(self):
        ready = threading.Event()
        self.loop = asyncio.new_event_loop()

        def run():
            asyncio.set_event_loop(self.loop)
            self.server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
            self.port = self.server.sockets[0].getsockname()[1]
            ready.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_):
        async def stop():
            self.server.close()
            tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    async def _serve(self, reader, writer):
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            self.requests.append(path)
            await self.answers.get(path, plain(b"hello"))(writer)
            await writer.drain()
        writer.close()


def plain(body, *, headers=b"", status=b"200 OK"):
    async def answer(writer):
        writer.write(
            b"HTTP/1.1 "
            + status
            + b"\r\nContent-Length: %d\r\nConnection: close\r\n" % len(body)
            + headers
            + b"\r\n"
            + body
        )

    return answer


def raw(data):
    async def answer(writer):
        writer.write(data)

    return answer


def redirect(target, status=b"302 Found"):
    return plain(b"", headers=b"Location: " + target.encode() + b"\r\n", status=status)


def loris(head, gap_s=0.2, times=200):
    async def answer(writer):
        writer.write(head)
        for _ in range(times):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(gap_s)

    return answer


def endless(head, chunk=b"x" * 65536):
    async def answer(writer):
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()

    return answer


def packed(body):
    return gzip.compress(body)
