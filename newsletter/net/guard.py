"""Which addresses may be asked: only global ones, and what the editor has allowed by name."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from newsletter.errors import FetchError

AddrInfo = tuple[int, int, int, str, tuple[object, ...]]

# IPv6 ranges that carry an IPv4 address to somebody else's network: `is_global` says nothing of
# the address inside. NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), and the
# deprecated IPv4-compatible and site-local ranges.
_TRANSLATED = tuple(
    IPv6Network(network)
    for network in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10",
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Tell whether *address* (an IP address as text) lies in the global internet.

    Private, loopback, link-local, shared (RFC 6598), reserved, multicast and translated ranges
    do not, nor does an IPv6 address with a zone.
    """
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast


def guarded_socket(
    host: str, port: int, allowed: frozenset[tuple[str, int]]
) -> Callable[[AddrInfo], socket.socket]:
    """Return a factory of sockets that refuses to connect to an address that is not public.

    It sees the very address that will be connected, so a name that changes its mind between the
    look-up and the connection gains nothing. A target that *allowed* names by host and port, or by
    address and port, is let through.
    """

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        target = str(address[0])
        scoped = family == socket.AF_INET6 and len(address) > 3 and address[3]
        if not {(host, port), (target, port)} & allowed and (scoped or not is_public(target)):
            raise FetchError(
                f"{host} is at {target}, not on the public internet;"
                f" to allow it, add {_shown(host)}:{port} to fetch.allow_private"
            )
        return socket.socket(family, kind, protocol)

    return make


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
