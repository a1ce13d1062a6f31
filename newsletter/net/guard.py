"""Which addresses may be asked: only global ones, and what the editor has allowed by name."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

AddrInfo = tuple[int, int, int, str, tuple[object, ...]]

# All that IANA has given out as global unicast; NAT64 (RFC 6052, RFC 8215), IPv4-translated and
# -compatible, site-local and unassigned addresses lie outside, though `is_global` lets them pass.
_UNICAST = IPv6Network("2000::/3")
# Ranges inside it that carry an IPv4 address to somebody else's network: 6to4 (RFC 3056), Teredo
# (RFC 4380).
_TRANSLATED = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))
# Global by the registry, but where clouds answer a machine's questions about itself.
_METADATA = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))


class NotPublicError(OSError):
    """A socket was asked for that may not be opened.

    An OSError, because the race between a name's addresses (RFC 8305) counts only such as failed.
    """


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
        elif ip not in _UNICAST or any(ip in network for network in _TRANSLATED):
            return False
    if isinstance(ip, IPv4Address) and any(ip in network for network in _METADATA):
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
            where = "" if host == target else f" at {target},"
            raise NotPublicError(
                f"{_shown(host)} is{where} not on the public internet;"
                f" to allow it, add {_shown(host)}:{port} to fetch.allow_private"
            )
        return socket.socket(family, kind, protocol)

    return make


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
