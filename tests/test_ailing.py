"""Feeds that want an eye are told of without their passwords, and each spell once."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from newsletter.model import Event, Feed
from newsletter.pipeline.ailing import ailed, ailing, untold
from newsletter.pipeline.health import Health

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
URL = "http://ann:hush@harbour.example/feed?token=secret"


def ill(url: str) -> Health:
    note = f"{url}: answers 404"
    feed = Feed(url=url, section="News")
    return Health(feed=feed, status="failing", note=note, failing_since=NOW, wants_eye=True)


def test_the_event_of_an_ailing_feed_holds_no_password():
    event = ailed(ailing([ill(URL)], {}, {}), NOW)

    said = json.dumps(event.details)
    assert "hush" not in said
    assert "secret" not in said
    assert said.count("http://harbour.example/feed") == 3


def test_two_feeds_that_differ_in_what_is_not_shown_are_two():
    one, other = ailing([ill(URL), ill(URL + "2")], {}, {})

    assert untold([one, other], [ailed([one], NOW)]) == (other,)


def test_a_spell_that_was_told_with_the_whole_url_is_not_told_again():
    (one,) = ailing([ill(URL)], {}, {})
    told = Event(
        kind="feeds", at=NOW, cause="", details={"feeds": [{"url": URL, "since": one.since}]}
    )

    assert untold([one], [told]) == ()
    assert untold([replace(one, since="gone")], [told]) != ()
