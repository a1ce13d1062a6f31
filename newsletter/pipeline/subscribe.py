"""Subscribe: finds the feed that a URL means, be it the feed's own or that of a web page."""

from dataclasses import dataclass, replace

from newsletter.errors import FetchError, ParseError
from newsletter.model import Feed
from newsletter.parse.feed.discovery import Advertised
from newsletter.pipeline.check import Asking, Checked, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed to subscribe to. `others` are what the web page that named it advertises besides.

    `page` is that web page, `moved_from` the URL that was asked and has moved for good; both are
    None where there was no such thing.
    """

    url: str
    title: str
    entries: int
    others: tuple[Advertised, ...] = ()
    page: str | None = None
    moved_from: str | None = None


def offer(url: str, with_: Asking) -> Offer:
    """Return the feed that *url* means: itself, or the first that the web page there advertises.

    Feeds of comments are passed over.

    Raises:
        FetchError: it does not answer.
        ParseError: neither it nor what it advertises first is a feed.
    """
    found = _asked(url, with_)
    if found.is_ok:
        return _offer(url, found)
    articles = [one for one in found.advertised if not is_of_comments(one)]
    if not found.answered:
        raise FetchError(f"{url}: {found.reason}")
    if not articles:
        raise ParseError(f"{url}: {found.reason}")
    first = _asked(articles[0].url, with_)
    if not first.is_ok:
        raise ParseError(
            f"{url} is a web page; the feed that it names cannot be used:"
            f" {articles[0].url}: {first.reason}"
        )
    others = tuple(one for one in found.advertised if one != articles[0])
    return replace(_offer(articles[0].url, first), others=others, page=url)


def is_of_comments(feed: Advertised) -> bool:
    """Tell whether a feed that a page advertises holds readers' comments, by what it is called."""
    told = f"{feed.title} {feed.url}".casefold()
    return any(word in told for word in ("comment", "kommentar"))


def _asked(url: str, with_: Asking) -> Checked:
    (found,) = check([Feed(url=url, section="")], with_)
    return found


def _offer(url: str, found: Checked) -> Offer:
    return Offer(
        url=found.moved_to or url,
        title=found.title,
        entries=found.entries,
        moved_from=url if found.moved_to else None,
    )
