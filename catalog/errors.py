r"""Every error this project raises on purpose, in one tree.

    BijiaError
    ├── InvalidInput                 a caller or a page handed over something that is not what it claims to be
    │   ├── InvalidMoney             not an amount, or not exactly representable in the currency's minor unit
    │   ├── CurrencyMismatch         two amounts of different currencies met in one sum or comparison
    │   ├── InvalidGtin              wrong length, wrong check digit, not digits
    │   ├── InvalidQuantity          a negative amount, a zero pack count
    │   ├── InvalidPromotion         a promotion that contradicts itself, or its offer
    │   ├── InvalidTerms             limits, fees or taxes that contradict each other
    │   └── InvalidSchedule          a cron expression, interval or zone that can never fire
    ├── SourceError                  a marketplace's answer could not be used; carries the Action to take
    ├── LedgerError
    │   ├── LedgerUnavailable        the database cannot be reached or is locked past its deadline
    │   ├── LedgerFull               the disk is full: reading goes on, writing waits
    │   ├── SchemaOutdated           the database needs `bijia doctor --migrate`
    │   ├── StaleFence               a worker that lost its lease tried to write
    │   ├── Replaced                 a word that is taken back was replaced by a newer one
    │   ├── DamagedChunk             bytes that are no sealed history; it is read from the observations instead
    │   └── NotFound                 no such run, schedule, product or offer
    ├── SearchError
    │   ├── SearchUnavailable        the search engine cannot answer now
    │   │   └── SearchRefused        it answers and will not serve us: whoever runs it has to mend something
    │   └── InvalidCursor            a cursor that this service did not issue for this query
    └── ConfigurationError           a setting is missing or wrong; says which one

Each error carries facts as attributes, so that no caller ever parses a message. HTTP maps the tree once, in
`api/problems.py`; the crawl maps `SourceError.action` once, in `crawlers/crawl.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BijiaError(Exception):
    """Root of every error raised on purpose."""


class InvalidInput(BijiaError, ValueError):
    """Something is not what it claims to be."""


class InvalidMoney(InvalidInput):
    """Text or number that is not an amount of money; `text` is what was given."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{why}: {text!r}")
        self.text = text
        self.why = why


class CurrencyMismatch(InvalidInput):
    """Two amounts of different currencies met."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} cannot be added or compared")
        self.left = left
        self.right = right


class InvalidGtin(InvalidInput):
    """A trade item number that fails its own rules; `why` is one of the reasons in `catalog.gtin`."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{why}: {text!r}")
        self.text = text
        self.why = why


class InvalidQuantity(InvalidInput):
    """A quantity that no goods can have."""


class InvalidPromotion(InvalidInput):
    """A promotion that contradicts itself or the offer it is of; `promotion_id` says which one."""

    def __init__(self, promotion_id: str, why: str) -> None:
        super().__init__(f"promotion {promotion_id!r}: {why}")
        self.promotion_id = promotion_id
        self.why = why


class InvalidTerms(InvalidInput):
    """Limits, fees, shipping rules or taxes of an offer that contradict each other; `part` says which."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part}: {why}")
        self.part = part
        self.why = why


class InvalidSchedule(InvalidInput):
    """A schedule that cannot be understood or would never fire."""


class Action(StrEnum):
    """What the crawl does about a failed page; the one enum that protocol errors map to (DECISIONS 24)."""

    RETRY_AFTER = "retry_after"  # slow down: the source named a time, or asked for it without one
    BACKOFF = "backoff"  # transient: try again, later each time
    REFRESH_TOKEN = "refresh_token"  # credentials expired; renewing may help  # noqa: S105
    STOP_SOURCE = "stop_source"  # every further request would fail alike: wrong key, banned, quota spent
    DROP_REQUEST = "drop_request"  # this page is gone or refused; the others are fine
    BUG = "bug"  # we signed or asked wrongly: never retried, always loud


@dataclass(frozen=True, slots=True)
class SourceFault:
    """Why a marketplace's answer could not be used."""

    code: str
    """Stable reason, e.g. ``top:25`` or ``not_json``: counted in run health, shown to the operator."""
    detail: str
    """The source's own words, cut to a line."""
    action: Action
    retry_after_s: int | None = None
    """Seconds that the source named, with `Action.RETRY_AFTER`; None when it only said "too fast"."""


class SourceError(BijiaError):
    """A marketplace's answer could not be used; `fault` says why and what to do."""

    def __init__(self, fault: SourceFault) -> None:
        super().__init__(f"{fault.code}: {fault.detail}")
        self.fault = fault


class LedgerError(BijiaError):
    """The ledger refused or could not answer."""


class LedgerUnavailable(LedgerError):
    """The database cannot be reached, or is locked past its deadline."""


class LedgerFull(LedgerError):
    """No room to write. What was committed stays readable."""


class SchemaOutdated(LedgerError):
    """The database's schema is not this version's."""

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"ledger schema is {found or 'empty'}, this version needs {wanted}")
        self.found = found
        self.wanted = wanted


class StaleFence(LedgerError):
    """A process whose lease was taken over tried to write; nothing was written."""

    def __init__(self, lease: str, fence: int) -> None:
        super().__init__(f"{lease}: fencing token {fence} is no longer valid")
        self.lease = lease
        self.fence = fence


class DamagedChunk(LedgerError):
    """Bytes that should be a chunk of sealed history and are not. Nothing is lost: chunks are made from observations."""


class Replaced(LedgerError):
    """A correction that is to be withdrawn says nothing any more: `by` is the number of the newer word on its pair."""

    def __init__(self, number: int, by: int) -> None:
        super().__init__(f"correction {number} was replaced by correction {by}")
        self.number = number
        self.by = by


class NotFound(LedgerError):
    """No such thing."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"no {kind} {key}")
        self.kind = kind
        self.key = key


class SearchError(BijiaError):
    """The search engine refused or could not answer."""


class SearchUnavailable(SearchError):
    """The search engine cannot answer now; the ledger's pages go on working."""


class SearchRefused(SearchUnavailable):
    """The search engine answers and will not serve us; waiting alone mends nothing. `setting` says where to look."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"{setting}: {why}")
        self.setting = setting
        self.why = why


class InvalidCursor(SearchError, InvalidInput):
    """A cursor that was not issued for this query."""


class ConfigurationError(BijiaError):
    """A setting is missing or wrong."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"{setting}: {why}")
        self.setting = setting
        self.why = why
