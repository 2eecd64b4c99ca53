"""Fetchers without a network: scripted answers, and applications called in process."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import httpx2 as httpx

from crawlers.http import FetchError, HttpRequest, HttpResponse


def answer(status=200, body=b"", url="https://x.example/", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return HttpResponse(url, status, {k.replace("_", "-").lower(): v for k, v in headers.items()}, content)


def gzipped(body, keep=1.0):
    packed = gzip.compress(json.dumps(body, ensure_ascii=False).encode())
    return answer(200, packed[: int(len(packed) * keep)], content_encoding="gzip")


class ScriptedFetcher:
    """Calls `script(request, n)` for the n-th request; it returns an answer or raises."""

    def __init__(self, script: Callable[[HttpRequest, int], HttpResponse]) -> None:
        self.script = script
        self.requests: list[HttpRequest] = []
        self.times: list[float] = []
        self.active = 0
        self.most_active = 0

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        self.times.append(time.monotonic())
        self.active += 1
        self.most_active = max(self.most_active, self.active)
        try:
            await asyncio.sleep(0.002)
            found = self.script(request, len(self.requests))
        finally:
            self.active -= 1
        if isinstance(found, Exception):
            raise found
        return HttpResponse(request.url, found.status, found.headers, found.body)


class AsgiFetcher:
    """Calls an application in process: the real protocol without sockets."""

    def __init__(self, apps) -> None:
        self._clients = {
            host: httpx.AsyncClient(transport=httpx.ASGITransport(app=app, raise_app_exceptions=False))
            for host, app in apps.items()
        }

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        client = self._clients[request.host]
        async with client.stream(
            request.method,
            request.url,
            headers={"accept-encoding": "gzip", **request.headers},
            content=request.body,
        ) as response:
            body = b"".join([chunk async for chunk in response.aiter_raw()])
        return HttpResponse(request.url, response.status_code, dict(response.headers), body)


class Hasty(random.Random):
    """Jitter that waits next to nothing."""

    def uniform(self, a, b):  # noqa: ARG002
        return 0.005


def wall():
    return datetime.now(UTC)


__all__ = ("AsgiFetcher", "FetchError", "Hasty", "ScriptedFetcher", "answer", "gzipped", "wall")
