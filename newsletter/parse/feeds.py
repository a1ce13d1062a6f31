"""Feed bytes in, articles out: RSS 0.9x to 2.0, RSS 1.0 and Atom, through feedparser."""

import re
import warnings
from calendar import timegm
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document, Feed
from newsletter.parse.identity import article_id, keys_of
from newsletter.parse.languages import language_of
from newsletter.text.markup import html_to_text, one_line, tidy, title_text
from newsletter.text.urls import canonical_url, link, registrable_domain

_MAX_ENTRIES = 5_000  # of a longer feed, the newest; no feed that people write comes near
_MAX_TEXT = 200_000  # characters: ten times the longest report
_MAX_TITLE = 1_000
# A declared entity of over 1,000 characters: such only serve to blow up. Possessive throughout,
# for what is searched may have been written to make the search itself slow.
_HUGE_ENTITY = re.compile(
    rb"""<!ENTITY\s++(?:%\s++)?[^\s"'>]++\s++(?:"[^"]{1001}|'[^']{1001})""", re.IGNORECASE
)
# "&#55357;&#56832;": halves of UTF-16 pairs as some generators write emoji. XML forbids them, and
# feedparser gives up on the whole feed.
_HALF = re.compile(
    rb"&#(?:x0*+d[89a-f][0-9a-f]{2}"
    rb"|0*+5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));",
    re.IGNORECASE,
)
_HTML = re.compile(
    rb"\s*+(?:(?:<!--(?:(?!-->).)*+-->|<\?(?:(?!\?>).)*+\?>)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedJob:
    """A feed's document, to be parsed: what came, from which feed, at which run."""

    document: Document
    feed: Feed
    seen_at: datetime
    language: str


def parse_feed(job: FeedJob) -> tuple[Article, ...]:
    """Return a feed's articles in document order; entries with neither title nor text fall out.

    Raises:
        ParseError: the document is no feed, or too damaged to find entries in.
    """
    # UTF-16 without its zeros and marks reads as ASCII, as far as markup goes.
    content = job.document.content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if not content.strip():
        raise ParseError("is empty")
    if _HUGE_ENTITY.search(content):
        raise ParseError("declares huge XML entities, as attacks do; it is not read")
    parsed = _parsed(job.document)
    if not parsed.get("version") and not parsed.entries:
        if _HTML.match(content[:4096]):
            raise ParseError("is a web page, not a feed; look there for the feed's own URL")
        raise ParseError("is no feed: neither RSS nor Atom was found in it")
    if parsed.bozo and not parsed.entries and _is_fatal(parsed.get("bozo_exception")):
        raise ParseError(f"is damaged: {one_line(str(parsed.bozo_exception))[:200]}")
    return tuple(_articles(parsed, job))


class _Stream:
    """Bytes behind a `read`: feedparser takes bare bytes for a path or a URL, and opens it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self) -> bytes:
        return self._content


def _parsed(document: Document) -> Any:
    # Not the document's URL: with it feedparser makes URLs of GUIDs, which a redirect then changes.
    headers = {"content-type": document.content_type} if document.content_type else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # feedparser's notes to its own callers
            return feedparser.parse(
                _Stream(_HALF.sub(b"", document.content)),
                response_headers=headers,
                # nh3 does the first for every field at a tenth of the time; the second is for
                # links inside the text, and text is all that is kept.
                sanitize_html=False,
                resolve_relative_uris=False,
            )
    except MemoryError:
        raise
    except Exception as error:
        raise ParseError(f"cannot be understood: {type(error).__name__}: {error}") from error


def _is_fatal(error: object) -> bool:
    # These tell that the server or the feed named its encoding or type wrongly: told, not fatal.
    return not isinstance(
        error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    )


def _articles(parsed: Any, job: FeedJob) -> Iterator[Article]:
    entries = [entry for entry in parsed.entries if isinstance(entry, dict)]
    if len(entries) > _MAX_ENTRIES:
        dates = {id(entry): _published(entry, job.seen_at)[0] for entry in entries}
        undated = datetime.min.replace(tzinfo=UTC)
        entries.sort(key=lambda entry: dates[id(entry)] or undated, reverse=True)
        del entries[_MAX_ENTRIES:]
    links = [_link(entry, job.document.url) for entry in entries]
    # What several entries share names none of them: a broken generator's GUID, a page of notes.
    shared_ids = Counter(_text(entry, "id") for entry in entries)
    shared_pages = Counter(canonical_url(url) for url in links if url)
    language = language_of(_text(parsed.feed, "language"), job.language)
    for entry, url in zip(entries, links, strict=True):
        guid = _text(entry, "id")
        article = _article(
            entry,
            job,
            url=url,
            guid=guid if guid and shared_ids[guid] == 1 else None,
            own_url=url is not None and shared_pages[canonical_url(url)] == 1,
            language=language,
        )
        if article.title or article.text:
            yield article


def _article(
    entry: dict[str, Any],
    job: FeedJob,
    *,
    url: str | None,
    guid: str | None,
    own_url: bool,
    language: str,
) -> Article:
    feed = job.feed
    title = title_text(_text(entry, "title")[: 10 * _MAX_TITLE])[:_MAX_TITLE].strip()
    text = _body(entry)
    published, date_source = _published(entry, job.seen_at)
    keys = keys_of(
        guid=(feed.url, guid) if guid else None,
        url=url if own_url else None,
        text=f"{feed.url}\n{title}\n{text}",
    )
    return Article(
        id=article_id(keys[0]),
        keys=keys,
        title=title,
        text=text,
        url=url,
        source=feed.name or registrable_domain(url or feed.url),
        author=title_text(_text(entry, "author")[:_MAX_TITLE])[:200].strip() or None,
        published=published,
        date_source=date_source,
        first_seen=job.seen_at,
        language=language,
        origins=(feed.url,),
    )


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    found, guid = link(_text(entry, "link"), base), _text(entry, "id")
    # RSS takes a GUID for the link that is missing, also one such as "post-17": it leads nowhere.
    is_invented = found is not None and link(guid) is None and link(guid, base) == found
    return None if is_invented else found


def _body(entry: Mapping[str, Any]) -> str:
    """Return the longest text that the entry gives: its content, else its summary."""
    bodies = [part for part in entry.get("content") or () if isinstance(part, Mapping)]
    bodies.append({"value": _text(entry, "summary"), "type": _type(entry.get("summary_detail"))})
    texts = []
    for body in bodies:
        value = str(body.get("value") or "")[: 4 * _MAX_TEXT]
        plain = body.get("type") == "text/plain" and not re.search(r"<[a-zA-Z/!]", value)
        texts.append(tidy(value) if plain else html_to_text(value))
    return max(texts, key=len)[:_MAX_TEXT]


def _type(detail: object) -> str:
    return str(detail.get("type", "")) if isinstance(detail, Mapping) else ""


def _published(entry: dict[str, Any], seen_at: datetime) -> tuple[datetime | None, DateSource]:
    for name, source in (
        ("published_parsed", DateSource.ENTRY),
        ("created_parsed", DateSource.ENTRY),
        ("updated_parsed", DateSource.UPDATED),
    ):
        try:
            # Past feedparser's own look-up, which gives `published` where `updated` is missing.
            moment = datetime.fromtimestamp(timegm(dict.__getitem__(entry, name)), UTC)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            continue
        if moment.year >= 1990:  # before there were feeds: a clock that was never set
            return min(moment, seen_at), source
    return None, DateSource.NONE


def _text(entry: Mapping[str, Any], name: str) -> str:
    try:
        value = entry.get(name)
    except (KeyError, TypeError, AttributeError):
        return ""
    return value if isinstance(value, str) else ""
