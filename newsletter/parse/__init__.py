"""Documents in, articles out: feeds, seeds, pages; nothing but ParseError on any bytes."""

from newsletter.parse.feeds import FeedJob, ParsedFeed, parse_feed
from newsletter.parse.pages import PageJob, parse_page
from newsletter.parse.seeds import SeedJob, parse_seed

__all__ = [
    "FeedJob",
    "PageJob",
    "ParsedFeed",
    "SeedJob",
    "parse_feed",
    "parse_page",
    "parse_seed",
]
