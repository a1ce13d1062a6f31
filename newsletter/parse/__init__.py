"""Documents in, articles out: feeds, seeds, pages; nothing but ParseError on any bytes."""

from newsletter.parse.document.pages import PageJob, parse_page
from newsletter.parse.document.seeds import SeedJob, parse_seed
from newsletter.parse.feed.feeds import FeedJob, ParsedFeed, parse_feed

__all__ = [
    "FeedJob",
    "PageJob",
    "ParsedFeed",
    "SeedJob",
    "parse_feed",
    "parse_page",
    "parse_seed",
]
