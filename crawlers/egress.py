"""The only door out. Every connection is checked at the socket, after name resolution, on every redirect hop.

Only public unicast addresses on ports 80 and 443 may be reached, and the addresses that the operator names in
``BIJIA_ALLOWED_ADDRESSES`` (practice marketplaces on loopback). `ipaddress.is_global` is not the test: it calls NAT64,
6to4 of loopback, site-local and multicast addresses global (measured; DECISIONS 13).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from catalog.errors import ConfigurationError
from crawlers.http import FetchError, FetchFault

PUBLIC_PORTS: Final = frozenset({80, 443})

_FORBIDDEN_4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier NAT; 100.100.100.200 is a cloud's metadata service
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is a cloud's metadata service
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relay
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_ALLOWED_6: Final = ipaddress.IPv6Network("2000::/3")
"""Global unicast; everything outside (loopback, ULA, link- and site-local, mapped, NAT64, multicast) is forbidden."""
_FORBIDDEN_6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
        "5f00::/16",
    )
)

_HOST = re.compile(r"[\w.:-]{1,253}")

Address = tuple[str, int]
"""(IP address in canonical text, port)."""


@dataclass(frozen=True, slots=True)
class EgressPolicy:
    """Where connections may go."""

    allowed: frozenset[Address] = frozenset()

    @classmethod
    def allowing(cls, addresses: Iterable[str]) -> EgressPolicy:
        """The public internet and these ``ip:port`` addresses.

        Raises:
            ConfigurationError: one of them is not an IP address with a port; names are not accepted, because what a
                name resolves to is not the operator's to say.
        """
        return cls(frozenset(_parse(address) for address in addresses if address.strip()))

    def permits(self, host: str, port: int) -> bool:
        """Whether a connection to the *resolved* address may be made."""
        try:
            address = ipaddress.ip_address(host.split("%", 1)[0])
        except ValueError:
            return False
        if (str(address), port) in self.allowed:
            return True
        return port in PUBLIC_PORTS and _is_public(address)

    def check_url(self, url: str) -> None:
        """Refuse early, with a clear reason, what `permits` would refuse at the socket.

        Raises:
            FetchError: another scheme than http(s), credentials in the address, or a literal address out of bounds.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise FetchError(FetchFault.FORBIDDEN, "not an address") from error
        if (
            not host
            or not _HOST.fullmatch(host)
            or "@" in parts.netloc
            or parts.scheme not in {"http", "https"}
        ):
            raise FetchError(FetchFault.FORBIDDEN, f"{parts.scheme or 'no'} scheme, or no plain host")
        wanted = port or (443 if parts.scheme == "https" else 80)
        try:
            ipaddress.ip_address(host)
        except ValueError:
            # A name: its port is checked now, its addresses when they are known.
            if wanted not in PUBLIC_PORTS and all(wanted != allowed for _, allowed in self.allowed):
                raise FetchError(FetchFault.FORBIDDEN, f"port {wanted}") from None
            return
        if not self.permits(host, wanted):
            raise FetchError(FetchFault.FORBIDDEN, f"{host} port {wanted}")


def guard_reactor(reactor: Any, policy: EgressPolicy) -> None:
    """Make every outgoing connection of this process pass `policy`.

    ``connectTCP`` is the last step before the socket: names are resolved by then, and TLS and redirects come after or
    through it. Unix sockets and UDP are closed altogether (names are resolved by the system's resolver, in threads).
    """
    connect = reactor.connectTCP

    def connect_tcp(host: str, port: int, factory: Any, *args: Any, **kwargs: Any) -> Any:
        if not policy.permits(host, port):
            raise FetchError(FetchFault.FORBIDDEN, f"{host} port {port}")
        return connect(host, port, factory, *args, **kwargs)

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise FetchError(FetchFault.FORBIDDEN, "only TCP leaves this process")

    reactor.connectTCP = connect_tcp
    for name in ("connectUNIX", "connectUNIXDatagram", "connectSSL", "listenUDP"):
        if hasattr(reactor, name):
            setattr(reactor, name, refuse)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _FORBIDDEN_4)
    return address in _ALLOWED_6 and not any(address in network for network in _FORBIDDEN_6)


def _parse(text: str) -> Address:
    host, _, port = text.strip().rpartition(":")
    try:
        return str(ipaddress.ip_address(host.strip("[]"))), int(port)
    except ValueError as error:
        raise ConfigurationError("BIJIA_ALLOWED_ADDRESSES", f"not ip:port: {text.strip()!r}") from error
