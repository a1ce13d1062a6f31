"""feeds.yaml and the environment in, frozen settings out; and feeds.yaml edited by command."""

from newsletter.config.loading import Configuration, load
from newsletter.config.schema import Settings

__all__ = ["Configuration", "Settings", "load"]
