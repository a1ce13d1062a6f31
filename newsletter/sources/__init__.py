"""Where documents come from: feeds over the network, seeds from folders."""

from newsletter.sources.http import HttpFeeds
from newsletter.sources.seeds import SeedFiles

__all__ = ["HttpFeeds", "SeedFiles"]
