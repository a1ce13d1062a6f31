"""Writes the newsletter's JSON Feed (version 1.1)."""

import json
from collections.abc import Mapping

from newsletter.render.site.channels import Channel, Item, moment

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel) -> bytes:
    """Return `feed.json`: full text as HTML; URLs are there where they are known."""
    feed = {
        "version": _VERSION,
        "title": channel.title,
        "home_page_url": channel.home_url,
        "feed_url": channel.json_url,
        "description": channel.description,
        "language": channel.language,
        "authors": [_known({"name": channel.author, "url": channel.home_url})],
        "items": [_known(_item(item)) for item in channel.items],
    }
    return (json.dumps(_known(feed), ensure_ascii=False, indent=2) + "\n").encode()


def _item(item: Item) -> Mapping[str, object]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": moment(item.published),
        "date_modified": moment(item.updated),
        "language": item.language,
        "tags": list(item.tags),
    }


def _known(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "")}
