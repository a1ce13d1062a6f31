"""What every article that comes from outside must be, whatever it was made from."""

import re
from datetime import UTC, datetime

from newsletter.model import Article
from newsletter.parse import ParsedFeed

SEEN = datetime(2026, 11, 16, 6, tzinfo=UTC)
# As in `newsletter.text.markup`, written anew: controls, marks that steer, halves of characters.
UNPRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def assert_is_clean(article: Article) -> None:
    """See that every field is text that is safe to print, and nothing is out of its range."""
    lines = [article.title, article.source, article.author or "", article.language]
    for text in (*lines, *article.categories, *article.keys, article.text):
        assert not UNPRINTED.search(text), text
    for text in (*lines, *article.categories, *article.keys):
        assert "\n" not in text
    for url in (article.url, article.image):
        assert url is None or re.match(r"https?://[^\s/]", url, re.IGNORECASE)
        assert url is None or (url.isprintable() and not re.search(r"[ \"<>`]", url))
    assert article.title or article.text
    assert len(article.title) <= 1_000
    assert len(article.text) <= 200_000
    assert len(article.author or "") <= 200
    assert len(article.categories) <= 10
    assert all(0 < len(category) <= 60 for category in article.categories)
    assert re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", article.language)
    assert article.published is None or article.published.year >= 1990
    assert article.published is None or article.published <= article.first_seen
    assert len(set(article.keys)) == len(article.keys) > 0


def assert_is_sound(found: ParsedFeed) -> None:
    """See that what a feed gave is whole, and that its articles are clean."""
    for article in found.articles:
        assert_is_clean(article)
    assert len(found.articles) <= found.found
    assert not UNPRINTED.search(found.title)
    assert all(re.fullmatch("[0-9a-f]{32}", entry) for entry in found.entries)
