"""What is asked next of a feed, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import FetchError, OutOfTimeError, ParseError
from newsletter.model import Document, Feed, Unchanged, Visit
from newsletter.pipeline.visiting import asked_as, due, failed, is_waiting, reason_of, succeeded

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL, NEW_URL = "https://a.example/feed", "https://b.example/feed"


def after_failures(count: int, error: Exception | None = None) -> Visit:
    visit = Visit(url=URL)
    for _ in range(count):
        visit = failed(visit, error or FetchError("answers 500"), NOW)
    return visit


def document(url: str = URL, moved_to: str | None = None) -> Document:
    return Document(url=url, content=b"<rss/>", etag='"1"', moved_to=moved_to)


def test_a_first_failure_costs_no_waiting():
    assert after_failures(1).next_try is None


def test_a_failing_feed_waits_longer_each_time_and_at_most_about_a_day():
    waits = [after_failures(count).next_try - NOW for count in range(3, 20)]

    assert 1.6 * HOUR <= waits[0] <= 2.4 * HOUR
    assert 6 * HOUR <= waits[2] <= 10 * HOUR
    assert max(waits) <= 1.2 * DAY
    assert waits[-1] >= 0.8 * DAY


def test_two_feeds_of_a_broken_host_do_not_wait_equally_long():
    visits = [Visit(url=f"{URL}/{n}", failures=4) for n in range(5)]

    tries = {failed(visit, FetchError("answers 500"), NOW).next_try for visit in visits}

    assert len(tries) == 5


def test_what_the_server_asked_for_comes_before_our_own_waiting():
    error = FetchError("answers 429", status=429, retry_after_s=600)

    assert after_failures(1, error).next_try == NOW + timedelta(minutes=10)


def test_a_feed_that_is_gone_is_asked_again_after_about_a_week():
    visit = after_failures(1, FetchError("is gone", status=410))

    assert visit.gone
    assert visit.next_try > NOW + 5 * DAY


def test_while_the_network_is_down_no_feed_is_made_to_wait():
    visit = Visit(url=URL, failures=10, moved_to=NEW_URL, moved_since=NOW - 9 * DAY)

    after = failed(visit, FetchError("no connection"), NOW, network=False)

    assert (after.failures, after.next_try, after.moved_to) == (11, None, NEW_URL)


def test_a_feed_that_there_was_no_time_for_is_not_made_to_wait():
    visit = Visit(url=URL, failures=10, moved_to=NEW_URL, moved_since=NOW - 9 * DAY)

    after = failed(visit, OutOfTimeError("no time left"), NOW)

    assert (after.failures, after.next_try, after.moved_to) == (11, None, NEW_URL)


def test_what_broke_for_want_of_memory_is_told_in_words():
    assert "more memory" in reason_of(MemoryError())


def test_a_failure_keeps_the_moment_of_the_first_one():
    visit = failed(Visit(url=URL), ParseError("is damaged"), NOW)

    later = failed(visit, ParseError("is empty"), NOW + DAY)

    assert (later.failing_since, later.failures, later.error) == (NOW, 2, "is empty")


def test_a_success_ends_all_waiting():
    visit = succeeded(after_failures(9), document(), NOW)

    assert (visit.failures, visit.failing_since, visit.error, visit.next_try) == (
        0,
        None,
        None,
        None,
    )
    assert (visit.etag, visit.succeeded_at) == ('"1"', NOW)


def test_an_unchanged_feed_keeps_its_validators():
    visit = succeeded(Visit(url=URL, etag='"old"', body_hash="x"), Unchanged(), NOW)

    assert (visit.etag, visit.body_hash) == ('"old"', "x")


def test_validators_of_another_place_are_not_used_again():
    visit = Visit(url=URL, etag='"1"', last_modified="Mon", body_hash="x")

    moved = succeeded(visit, Unchanged(moved_to=NEW_URL), NOW)
    settled = succeeded(replace(moved, etag='"2"'), Unchanged(moved_to=NEW_URL), NOW)

    assert (moved.etag, moved.last_modified, moved.body_hash) == (None, None, "x")
    assert settled.etag == '"2"'


def test_a_permanent_redirect_is_followed_directly_once_it_has_held_for_a_week():
    visit = succeeded(Visit(url=URL), document(NEW_URL, NEW_URL), NOW)

    assert asked_as(visit, NOW + 6 * DAY).moved_to is None
    assert asked_as(visit, NOW + 7 * DAY).moved_to == NEW_URL


def test_a_redirect_that_changes_its_mind_begins_anew():
    visit = Visit(url=URL, moved_to=NEW_URL, moved_since=NOW - 6 * DAY)

    after = succeeded(visit, document("https://c.example/", "https://c.example/"), NOW)

    assert (after.moved_to, after.moved_since) == ("https://c.example/", NOW)


def test_a_redirect_that_ends_is_forgotten():
    visit = Visit(url=URL, moved_to=NEW_URL, moved_since=NOW - 6 * DAY)

    assert succeeded(visit, document(), NOW).moved_to is None


def test_a_feed_asked_at_its_new_place_stays_moved():
    visit = Visit(url=URL, moved_to=NEW_URL, moved_since=NOW - 30 * DAY)

    after = succeeded(visit, document(NEW_URL), NOW)

    assert (after.moved_to, after.moved_since) == (NEW_URL, NOW - 30 * DAY)


def test_a_feed_that_answers_at_its_old_place_again_has_come_back():
    visit = Visit(url=URL, moved_to=NEW_URL, moved_since=NOW - 30 * DAY)

    assert succeeded(visit, document(URL, moved_to=URL), NOW).moved_to is None


def test_waiting_feeds_are_not_asked_unless_one_insists():
    waiting = (Feed(url=URL, section="All"), after_failures(5))
    ready = (Feed(url=NEW_URL, section="All"), Visit(url=NEW_URL))

    assert due([waiting, ready], NOW, retry=False) == ([ready], [waiting])
    assert due([waiting, ready], NOW, retry=True) == ([waiting, ready], [])


def test_the_feed_that_was_not_read_for_longest_is_asked_first():
    times = {"a": NOW, "b": None, "c": NOW - HOUR, "d": NOW}
    visits = [
        (Feed(url=url, section="A"), Visit(url=url, succeeded_at=at)) for url, at in times.items()
    ]

    asked, _ = due(visits, NOW, retry=False)

    assert [feed.url for feed, _ in asked] == ["b", "c", "a", "d"]


def test_a_clock_that_ran_ahead_stops_no_feed_for_years():
    visit = Visit(url=URL, next_try=NOW + 365 * DAY)

    assert not is_waiting(visit, NOW)


@given(st.integers(0, 10_000), st.text(max_size=30))
def test_no_wait_is_longer_than_about_a_day(failures: int, url: str):
    visit = failed(Visit(url=url, failures=failures), FetchError("answers 500"), NOW)

    assert visit.next_try is None or NOW < visit.next_try <= NOW + 1.2 * DAY
