"""The one guarded fetch of the whole product."""

from newsletter.net.fetch import Fetched, Fetcher, Limits

__all__ = ["Fetched", "Fetcher", "Limits"]
