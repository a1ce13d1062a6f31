"""What the newsletter remembers: one implementation of the store's doors over SQLAlchemy Core."""

from newsletter.store.opening import open_store
from newsletter.store.store import Store

__all__ = ["Store", "open_store"]
