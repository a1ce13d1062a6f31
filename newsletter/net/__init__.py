"""The one guarded fetch of the whole product."""

from newsletter.net.fetch import Fetched, Fetcher
from newsletter.net.hop import Limits, Wanted
from newsletter.net.memory import Memory, Share
from newsletter.net.proxies import Proxies
from newsletter.net.reasons import RefusedError, UnreachedError

__all__ = [
    "Fetched",
    "Fetcher",
    "Limits",
    "Memory",
    "Proxies",
    "RefusedError",
    "Share",
    "UnreachedError",
    "Wanted",
]
