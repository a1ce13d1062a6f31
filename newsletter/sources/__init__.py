"""Where documents come from: feeds and pages over the network, seeds from folders."""

from newsletter.sources.http import HttpFeeds
from newsletter.sources.pages import HttpPages
from newsletter.sources.seeds import SeedFiles

__all__ = ["HttpFeeds", "HttpPages", "SeedFiles"]
