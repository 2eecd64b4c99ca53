"""A circuit breaker: after some failures in a row nobody waits for a dead cluster any more.

The breaker libraries looked at hold one lock for the whole call, which would put searches in single file.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from catalog.errors import SearchRefused, SearchUnavailable

MOST_FAILURES: Final = 5
"""Failures in a row that open it (DECISIONS 42)."""
PAUSE_S: Final = 2.0
"""How long it stays open; then one call at a time tries (DECISIONS 42)."""


class Breaker:
    """Closed: calls pass. Open: they fail at once. Half open: one call tries, the others fail at once."""

    def __init__(self, *, most_failures: int = MOST_FAILURES, pause_s: float = PAUSE_S) -> None:
        self._most_failures = most_failures
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0
        self._is_trying = False
        self._why = ""

    @property
    def is_open(self) -> bool:
        """Whether calls fail at once now."""
        with self._lock:
            return self._failures >= self._most_failures

    @contextmanager
    def guard(self) -> Generator[None]:
        """Run one call; `SearchUnavailable` counts as its failure, anything else as an answer: a refusal is given at once.

        Raises:
            SearchUnavailable: open; the call was not made.
        """
        is_trial = self._enter()
        try:
            yield
        except SearchRefused:
            self._leave(is_trial=is_trial)
            raise
        except SearchUnavailable as error:
            self._failed(str(error))
            raise
        except BaseException:
            self._leave(is_trial=is_trial)
            raise
        self._succeeded()

    def _enter(self) -> bool:
        with self._lock:
            if self._failures < self._most_failures:
                return False
            if self._is_trying or time.monotonic() < self._closed_again_at:
                raise SearchUnavailable(f"not asked again yet: {self._why}")
            self._is_trying = True
            return True

    def _failed(self, why: str) -> None:
        with self._lock:
            self._failures += 1
            self._is_trying = False
            self._why = why
            self._closed_again_at = time.monotonic() + self._pause_s

    def _succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self._is_trying = False

    def _leave(self, *, is_trial: bool) -> None:
        with self._lock:
            if is_trial:
                self._is_trying = False
