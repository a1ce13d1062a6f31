"""Feed bytes in, articles out: RSS 0.9x to 2.0, RSS 1.0, Atom and JSON Feed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from newsletter.errors import ParseError
from newsletter.model import Article, Document, Feed
from newsletter.parse.feed.articles import Draft, dated, draft_of
from newsletter.parse.feed.dates import is_ambiguous, is_day_first
from newsletter.parse.feed.discovery import advertised, is_web_page
from newsletter.parse.feed.encoding import utf8
from newsletter.parse.feed.sheets import Sheet, UnevenError, sheet_of
from newsletter.parse.identity import article_id, digest, keys_of
from newsletter.parse.languages import language_of
from newsletter.text.markup import title_text
from newsletter.text.urls import registrable_domain

_READING = "1"  # to be counted up when entries that were seen are to be read anew
_HASH = 16  # hexadecimal digits of an entry's hash
_SHORT = 8  # of those of its GUID and page, which follow
_MAX_TITLE = 200
_MOST_NAMED = 3  # feeds of a web page


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedJob:
    """A feed's document, to be parsed: what came, from which feed, at which run.

    `seen` are the `entries` of the feed's last visit: what is among them is not read again.
    """

    document: Document
    feed: Feed
    seen_at: datetime
    language: str
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed holds: its articles in document order, those seen before left out.

    `entries` stand for all its entries, to be handed back as `seen` at the next visit; () where
    entries must be read together. Each is 32 hexadecimal digits: the hash of its bytes, and short
    ones of its GUID and page. `found` counts the entries of the document, `title` is the feed's.
    """

    articles: tuple[Article, ...]
    entries: tuple[str, ...]
    found: int
    title: str


def parse_feed(job: FeedJob) -> ParsedFeed:
    """Return a feed's articles in document order; entries with neither title nor text fall out.

    Raises:
        ParseError: the document is no feed, or too damaged to find entries in.
    """
    content = utf8(job.document.content, job.document.content_type)
    if not content:
        raise ParseError("is empty")
    if is_web_page(job.document):
        raise ParseError(_not_a_feed(job.document))
    sheet = sheet_of(content, job.document.url)
    context = (_READING, job.document.url, job.feed.url, job.feed.name or "", job.language)
    hashes = sheet.hashes("\0".join(context).encode("utf-8", "replace"))
    return (_news(sheet, hashes, job) if hashes and job.seen else None) or _all(sheet, hashes, job)


def _news(sheet: Sheet, hashes: Sequence[str], job: FeedJob) -> ParsedFeed | None:
    """Return what is new in a feed, None where that cannot be understood without the rest."""
    known = {entry[:_HASH]: entry for entry in job.seen}
    fresh = [place for place, hash_ in enumerate(hashes) if hash_ not in known]
    try:
        drafts = _drafts(sheet, fresh, job)
    except (UnevenError, ParseError):
        return None
    names = [name for draft in drafts for name in _names(draft)]
    old = {name for hash_ in hashes if hash_ in known for name in _kept_names(known[hash_])}
    if len(set(names)) < len(names) or old.intersection(names) or any(map(_is_unclear, drafts)):
        return None
    entries = dict(zip(fresh, drafts, strict=True))
    kept = (known.get(hash_) or _entry(hash_, entries[place]) for place, hash_ in enumerate(hashes))
    return _parsed(sheet, drafts, tuple(kept), job)


def _all(sheet: Sheet, hashes: Sequence[str] | None, job: FeedJob) -> ParsedFeed:
    """Return all that a feed holds."""
    try:
        drafts = _drafts(sheet, range(len(hashes)) if hashes else None, job)
    except UnevenError:
        hashes, drafts = None, _drafts(sheet, None, job)
    names = [name for draft in drafts for name in _names(draft)]
    is_safe = hashes and len(hashes) == len(drafts) and len(set(names)) == len(names)
    entries = map(_entry, hashes, drafts) if hashes and is_safe else ()
    return _parsed(sheet, drafts, tuple(entries), job)


def _drafts(sheet: Sheet, places: Sequence[int] | None, job: FeedJob) -> list[Draft]:
    drafts = []
    for entry in sheet.read(places):
        language = language_of(sheet.language, job.language)
        drafts.append(draft_of(entry, feed_url=job.feed.url, language=language))
    return drafts


def _parsed(
    sheet: Sheet, drafts: Sequence[Draft], entries: tuple[str, ...], job: FeedJob
) -> ParsedFeed:
    # What several entries share names none of them: a broken generator's GUID, a page of notes.
    guids = Counter(draft.guid for draft in drafts)
    pages = Counter(draft.page for draft in drafts)
    day_first = is_day_first(chain.from_iterable(_dates(draft) for draft in drafts))
    articles = (
        _article(
            draft,
            job,
            guid=draft.guid if guids[draft.guid] == 1 else "",
            url=draft.url if pages[draft.page] == 1 else None,
            day_first=day_first,
        )
        for draft in drafts
        if draft.title or draft.text
    )
    title = title_text(sheet.title[: 10 * _MAX_TITLE])[:_MAX_TITLE].strip()
    return ParsedFeed(articles=tuple(articles), entries=entries, found=sheet.found, title=title)


def _article(
    draft: Draft, job: FeedJob, *, guid: str, url: str | None, day_first: bool | None
) -> Article:
    feed = job.feed
    published, date_source = dated(draft, seen_at=job.seen_at, day_first=day_first)
    keys = keys_of(
        guid=(feed.url, guid) if guid else None,
        url=url,
        text=f"{feed.url}\n{draft.title}\n{draft.text}",
    )
    return Article(
        id=article_id(keys[0]),
        keys=keys,
        title=draft.title,
        text=draft.text,
        url=draft.url,
        source=feed.name or draft.outlet or registrable_domain(draft.url or feed.url),
        author=draft.author,
        published=published,
        date_source=date_source,
        first_seen=job.seen_at,
        language=draft.language,
        origins=(feed.url,),
        image=draft.image,
        categories=draft.categories,
    )


def _entry(hash_: str, draft: Draft) -> str:
    """Return what stands for an entry: its hash, and short ones of its GUID and its page."""
    return hash_ + "".join(_short(name) for name in (draft.guid, draft.page or ""))


def _names(draft: Draft) -> list[str]:
    """Return the short hashes of what names an entry, each marked with its kind."""
    kinds = (("guid", draft.guid), ("page", draft.page or ""))
    return [f"{kind} {_short(name)}" for kind, name in kinds if name]


def _kept_names(entry: str) -> Iterable[str]:
    nothing = _short("")
    kinds = ("guid", entry[_HASH : _HASH + _SHORT]), ("page", entry[_HASH + _SHORT :])
    return (f"{kind} {name}" for kind, name in kinds if name != nothing)


def _short(name: str) -> str:
    return digest(name)[:_SHORT]


def _is_unclear(draft: Draft) -> bool:
    return any(map(is_ambiguous, _dates(draft)))


def _dates(draft: Draft) -> tuple[str, ...]:
    return (*draft.published, *draft.updated)


def _not_a_feed(document: Document) -> str:
    named = [feed.url for feed in advertised(document)[:_MOST_NAMED]]
    if not named:
        return "is a web page, not a feed; look there for the feed's own URL"
    listed = ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else named[0]
    asked = "put one of them in its place" if len(named) > 1 else "put that in its place"
    return f"is a web page, not a feed; it advertises {listed}; {asked}"
