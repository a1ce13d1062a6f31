"""Documents in, articles out: feeds and seeds; nothing but ParseError on any bytes."""

from newsletter.parse.feeds import FeedJob, parse_feed
from newsletter.parse.seeds import SeedJob, parse_seed

__all__ = ["FeedJob", "SeedJob", "parse_feed", "parse_seed"]
