"""How often a password may be tried: each failure makes the next try wait longer."""

import ipaddress
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

HERE = "this machine"  # the address of who sits at it: nobody from elsewhere counts with her
_LONGEST_S = 900.0  # that one address has to wait
_FORGET_S = 3600.0  # after which the failures of an address no longer count
_FREE = 2  # failures of one address that cost no wait: a slip of the finger, and another
_FREE_SITE = 10  # failures of a /48, in which many people may be, or one with many a /64
_ALL, _ALL_S = 60, 900.0  # failures of all strangers within so many seconds that slow nobody down
_TURN_S = _ALL_S / _ALL  # past these, one stranger is heard in so many seconds
_MOST_ADDRESSES = 10_000
_MOST_KNOWN = 1_000


@dataclass(slots=True)
class _Tries:
    failures: int
    last: float


class Limits:
    """The failures of each address and of all strangers; *clock* counts seconds, never back.

    Strangers wait for each other: past a limit all of them together are heard at the pace of that
    limit. Who sits at this machine (`HERE`), comes from a network that logged in before, or with a
    browser that did (*device*, its name, or ""), is none: only her own failures make her wait. A
    browser's are counted apart from its address's, so that nobody near by can shut it out (OWASP,
    Device Cookies).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, _Tries] = {}
        self._all: deque[float] = deque()
        self._known: dict[str, None] = {}

    def wait_s(self, address: str, device: str = "") -> float:
        """Return for how many seconds nobody at *address* may try, 0.0 where he may now."""
        now = self._clock()
        waits = [self._pause_s(key, free, now) for key, free in self._counted(address, device)]
        if self._is_stranger(address, device):
            waits.append(self._turn_s(now))
        return max(0.0, *waits)

    def begin(self, address: str, device: str = "") -> None:
        """Count a try as failed until it is known to be none: many at once gain nothing."""
        now = self._clock()
        for key, _ in self._counted(address, device):
            tries = self._tries.pop(key, _Tries(0, now))
            if now - tries.last >= _FORGET_S:
                tries.failures = 0
            self._tries[key] = _Tries(tries.failures + 1, now)  # the last tried stands last
        while len(self._tries) > _MOST_ADDRESSES:
            del self._tries[next(iter(self._tries))]
        if self._is_stranger(address, device):
            self._all.append(now)

    def succeeded(self, address: str, device: str = "") -> None:
        """Take back that the last try counted as failed, and forget its own failures before it."""
        (own, _), *wider = self._counted(address, device)
        self._tries.pop(own, None)
        for key, _ in wider:  # others there may have failed
            if key in self._tries:
                self._tries[key].failures -= 1
        if self._is_stranger(address, device) and self._all:
            self._all.pop()
        self._known[_network(address)] = None
        while len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]

    def _counted(self, address: str, device: str) -> list[tuple[str, int]]:
        """Return under what the tries count, and how many failures of each cost no wait."""
        if device:
            return [(f"device {device}", _FREE)]
        own = [(_network(address), _FREE)]
        site = _network(address, 48)
        is_wider = site != own[0][0] and self._is_stranger(address, device)
        return own + ([(site, _FREE_SITE)] if is_wider else [])

    def _is_stranger(self, address: str, device: str) -> bool:
        return not device and address != HERE and _network(address) not in self._known

    def _pause_s(self, key: str, free: int, now: float) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.failures <= free:
            return 0.0
        # Capped before the power is taken: the count has no bound.
        return tries.last + min(_LONGEST_S, 2.0 ** min(tries.failures - free, 10)) - now

    def _turn_s(self, now: float) -> float:
        while self._all and now - self._all[0] >= _ALL_S:
            self._all.popleft()
        return self._all[-1] + _TURN_S - now if len(self._all) >= _ALL else 0.0


def _network(address: str, bits: int = 64) -> str:
    """Return what one household has: an address of IPv4, a /64 of IPv6; or its /48 (RFC 6177)."""
    found = number(address)
    if found is None:
        return address[:100]
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, bits), strict=False))


def number(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that *address* writes, as IPv4 where it is one; None if it is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if found.version == 6 else found
