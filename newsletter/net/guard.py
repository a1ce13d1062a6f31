"""Which addresses may be asked: only global ones, and what the editor has allowed by name."""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

AddrInfo = tuple[int, int, int, str, tuple[object, ...]]

# All that IANA has given out as global unicast; NAT64 (RFC 6052, RFC 8215), IPv4-translated and
# -compatible, site-local and unassigned addresses lie outside, though `is_global` lets them pass.
_UNICAST = IPv6Network("2000::/3")
_RESERVED_6 = (
    IPv6Network("2001::/23"),  # protocol assignments (RFC 2928), Teredo (RFC 4380) among them
    IPv6Network("2002::/16"),  # 6to4 (RFC 3056) carries an IPv4 address to somebody's network
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
_RESERVED_4 = (
    # Global by the registry, but where clouds answer a machine's questions about itself.
    IPv4Network("192.0.0.0/24"),
    IPv4Network("168.63.129.16/32"),
    IPv4Network("192.88.99.0/24"),  # relays of 6to4 (RFC 7526)
)
# Names that mean something in one network only (RFC 6761, 6762, 8375, ICANN 2024 on .internal).
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "localdomain", "lan", "intranet")


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
        elif ip not in _UNICAST or any(ip in network for network in _RESERVED_6):
            return False
    if isinstance(ip, IPv4Address) and any(ip in network for network in _RESERVED_4):
        return False
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Tell whether *host* (a name or an address) means this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_private_name(host: str) -> bool:
    """Tell whether *host* is a name that no public name server knows."""
    last = [host.endswith(f".{name}") for name in _PRIVATE_NAMES]
    return "." not in host or any(last)


def not_public(host: str, port: int, address: str) -> str:
    """Return why *host*, found at *address*, is not asked, and how to allow it."""
    shown = f"[{host}]" if ":" in host else host
    where = "" if host == address else f" at {address},"
    return (
        f"{shown} is{where} not on the public internet;"
        f" to allow it, add {shown}:{port} to fetch.allow_private"
    )


class GuardedSockets:
    """A factory of sockets that refuses to connect to an address that is not public.

    It sees the very address that will be connected, so a name that changes its mind between the
    look-up and the connection gains nothing. A target that *allowed* names by host and port, or by
    address and port, is let through. `refusal` keeps the last refusal: where several addresses
    fail, each in its way, the race between them tells of none by its type.
    """

    def __init__(self, host: str, port: int, allowed: frozenset[tuple[str, int]]) -> None:
        self._host = host
        self._port = port
        self._allowed = allowed
        self.refusal: NotPublicError | None = None

    def __call__(self, info: AddrInfo) -> socket.socket:
        """Return a socket for the address that `getaddrinfo` gave as *info*.

        Raises:
            NotPublicError: it is not to be asked.
        """
        family, kind, protocol, _, address = info
        target, host, port = str(address[0]), self._host, self._port
        scoped = family == socket.AF_INET6 and len(address) > 3 and address[3]
        if not {(host, port), (target, port)} & self._allowed and (scoped or not is_public(target)):
            self.refusal = NotPublicError(not_public(host, port, target))
            raise self.refusal
        return socket.socket(family, kind, protocol)
