"""An entry read: every field plain text, safe to print and of a bearable length."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from newsletter.model import DateSource
from newsletter.parse.feed.aggregators import outlet_of, target_of, title_without
from newsletter.parse.feed.dates import read_date
from newsletter.parse.feed.entries import Body, Entry
from newsletter.parse.feed.images import best, in_markup
from newsletter.parse.feed.people import names_of
from newsletter.parse.languages import language_of
from newsletter.text.markup import html_to_text, tidy, title_text
from newsletter.text.urls import canonical_url, link

_MAX_TEXT = 200_000  # characters: ten times the longest report
_MAX_TITLE = 1_000
_MAX_CATEGORIES = 10
_MAX_CATEGORY = 60
_MAX_GUID = 5_000
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before there were feeds: a clock that was never set


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry's fields as an article prints them, and what its keys and date are made of.

    `page` is the canonical form of `url`. `published` and `updated` are still as written: what
    they mean may depend on the feed's other dates.
    """

    title: str
    text: str
    url: str | None
    page: str | None
    guid: str
    outlet: str | None
    author: str | None
    language: str
    image: str | None
    categories: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]


def draft_of(entry: Entry, *, feed_url: str, language: str) -> Draft:
    """Return what *entry* says; *language* is the tag that counts where it names none."""
    url = target_of(entry)
    outlet = outlet_of(entry, feed_url)
    title = title_text(entry.title[: 10 * _MAX_TITLE])[:_MAX_TITLE].strip()
    return Draft(
        title=title_without(outlet, title) if outlet else title,
        text=max(map(_text, entry.bodies), key=len, default="")[:_MAX_TEXT],
        url=url,
        page=canonical_url(url) if url else None,
        guid=entry.guid[:_MAX_GUID],
        outlet=outlet,
        author=names_of(entry.people),
        language=language_of(entry.language, language),
        image=_image(entry),
        categories=_categories(entry.categories),
        published=entry.published,
        updated=entry.updated,
    )


def dated(
    draft: Draft, *, seen_at: datetime, day_first: bool | None
) -> tuple[datetime | None, DateSource]:
    """Return when *draft* was published, not later than *seen_at*, and what tells it.

    A date ahead of the visit is a wrong zone, or an embargo that the feed did not keep: such an
    article is as old as its first sight. None is invented.
    """
    for written, source in (
        (draft.published, DateSource.ENTRY),
        (draft.updated, DateSource.UPDATED),
    ):
        for text in written:
            moment = read_date(text, day_first=day_first)
            if moment and moment >= _EARLIEST:
                return min(moment, seen_at), source
    return None, DateSource.NONE


def _text(body: Body) -> str:
    value = body.value[: 4 * _MAX_TEXT]
    return tidy(value) if body.is_plain else html_to_text(value)


def _image(entry: Entry) -> str | None:
    declared = best((picture, entry.base) for picture in entry.pictures)
    return declared or next(filter(None, (_shown(body, entry.base) for body in entry.bodies)), None)


def _shown(body: Body, base: str) -> str | None:
    """Return the first picture of a text: those further down belong to other things."""
    if body.is_plain:
        return None
    pictures = ((picture, body.base or base) for picture in in_markup(body.value))
    return next(filter(None, (best((one,)) for one in pictures)), None)


def _categories(written: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for one in written:
        category = title_text(one[: 4 * _MAX_CATEGORY]).strip(" ,;/")
        # A URL names a scheme of categories, for programs.
        if category and len(category) <= _MAX_CATEGORY and link(category) is None:
            found.setdefault(category.casefold(), category)
    return tuple(found.values())[:_MAX_CATEGORIES]
