"""The newsletter as feeds tell of it: its newest issues in full, under ids that stay."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import nh3
from jinja2 import Environment

from newsletter.model import Issue
from newsletter.model.issue import Glance
from newsletter.render import dates
from newsletter.render.safe import below, plain
from newsletter.render.templating import draw
from newsletter.render.views import issue_view

# What no XML 1.0 document can hold (2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNNAMED = "Newsletter"  # RFC 4287 and JSON Feed want a name
_ABSOLUTE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_NAMESPACE_URL = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562, 6.6
# A template of the workspace may print anything; feed readers take no more than this (RFC 4287,
# 8.1), and know no page that a relative link could begin at.
_CLEANER = nh3.Cleaner(
    tags=set(
        "a abbr b blockquote br code em h2 h3 h4 hr i img li ol p pre s small strong sub sup"
        " table tbody td th thead tr u ul".split()
    ),
    attributes={
        "*": {"dir", "lang"},
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
    },
    attribute_filter=lambda tag, name, value: (
        None if name in {"href", "src"} and not _ABSOLUTE.match(value) else value
    ),
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An issue in a feed: `html` is safe, of bare tags, with absolute links only."""

    id: str
    url: str | None
    title: str
    html: str
    summary: str
    language: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A newsletter in its feeds, newest issue first, at least one; URLs are None if not known."""

    id: str
    title: str
    description: str
    language: str
    author: str
    home_url: str | None
    atom_url: str | None
    json_url: str | None
    updated: datetime
    items: tuple[Item, ...]


def channel(env: Environment, issues: Sequence[Issue], *, first: Glance) -> Channel:
    """Return the feeds' view of *issues*, newest first, at least one.

    It is named after the newest. Its id is made of what the *first* issue of all said of itself,
    each item's of what that issue said: they stay when title or address change later.

    Raises:
        TemplateError: `feed.html.j2` is missing or has a fault.
    """
    masthead = issues[0].masthead
    items = tuple(_item(env, issue, masthead.url) for issue in issues)
    sender = masthead.sender.name if masthead.sender else ""
    return Channel(
        id=below(first.masthead.url, "feed.xml") or _urn(first.masthead.title, first.id, "feed"),
        title=text(masthead.title) or _UNNAMED,
        description=text(masthead.description),
        language=language(masthead.language),
        author=text(sender) or text(masthead.title) or _UNNAMED,
        home_url=below(masthead.url, "index.html"),
        atom_url=below(masthead.url, "feed.xml"),
        json_url=below(masthead.url, "feed.json"),
        updated=max(item.updated for item in items),
        items=items,
    )


def _item(env: Environment, issue: Issue, site: str | None) -> Item:
    own = issue_view(issue)
    view = replace(own, web_url=below(site, f"{issue.id}/index.html"))
    day = dates.local(issue.publishes_at, issue.masthead.timezone)
    headline = view.lead.headline if view.lead else "No stories this week"
    return Item(
        id=own.web_url or _urn(issue.masthead.title, issue.id, "issue"),
        url=view.web_url,
        title=text(f"{dates.week(day)}: {headline}"),
        html=text_of_xml(_CLEANER.clean(draw(env, "feed.html.j2", issue=view))).strip(),
        summary=text(view.preheader),
        language=language(issue.masthead.language),
        tags=tuple(filter(None, dict.fromkeys(text(section.name) for section in view.sections))),
        published=issue.published_at or issue.publishes_at,
        updated=changed_at(issue),
    )


def changed_at(issue: Issue | Glance) -> datetime:
    """Return when an issue was last changed for its readers."""
    return issue.updated_at or issue.published_at or issue.publishes_at


def text(words: str) -> str:
    """Return *words* on one line that XML can hold."""
    return text_of_xml(plain(words))


def text_of_xml(words: str) -> str:
    """Return *words* with a replacement character for each that no XML document can hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def language(tag: str) -> str:
    """Return a language's tag as RFC 5646 writes it: `pt-BR` for `pt_BR`."""
    return tag.replace("_", "-")


def moment(value: datetime) -> str:
    """Return *value* after RFC 3339, in UTC: `2026-11-22T17:00:00Z`."""
    return f"{value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _urn(title: str, issue_id: str, kind: str) -> str:
    """Return a name-based UUID (RFC 9562, version 5) as a URN, for what has no URL."""
    name = f"{kind} {issue_id} of {title}".encode("utf-8", "replace")
    digest = bytearray(hashlib.sha1(_NAMESPACE_URL + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    found = digest.hex()
    parts = (found[:8], found[8:12], found[12:16], found[16:20], found[20:])
    return f"urn:uuid:{'-'.join(parts)}"
