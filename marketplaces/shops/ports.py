"""What every shop offers to the origin that serves it. One small protocol, four shops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marketplaces.faults.content import Tampering
    from marketplaces.wire import Answer, Request

Reason = Literal["throttled", "quota", "bad_sign", "expired_token", "error"]


@dataclass(frozen=True, slots=True)
class Call:
    """What a request asks for, as far as can be told without checking it."""

    path: str
    api: str = ""
    """The method's name; on the web shop the kind of page."""
    keyword: str = ""
    page: int | None = None
    app: str = ""
    """The caller's key, for limits per app and method; never logged."""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A platform's own way of saying no."""

    reason: Reason
    wait_s: int = 1
    """Until it makes sense to ask again."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """For `error`: what to put into the envelope."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The names a content fault has to know."""

    asked: str
    """The key of the asked price."""
    money: frozenset[str]
    """Every key that holds an amount."""
    renamed: Mapping[str, str]
    """Old key -> new key of the second layout."""


class Shop(Protocol):
    """One marketplace."""

    @property
    def name(self) -> str:
        """The marketplace's slug."""

    @property
    def fields(self) -> Fields:
        """Names for content faults."""

    def describe(self, request: Request) -> Call:
        """What is asked for; never fails."""

    def answer(self, request: Request, call: Call, tampering: Tampering) -> Answer:
        """The true answer, its content bent by the active faults."""

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The platform's own error."""
