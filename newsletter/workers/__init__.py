"""Functions over many items in processes of their own, killed one by one when they overrun."""

from newsletter.workers.pool import ProcessWorkers

__all__ = ["ProcessWorkers"]
