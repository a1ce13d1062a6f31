"""How feeds are: alive, failing, gone, moved, silent against their own rhythm."""

from datetime import UTC, datetime, timedelta

from newsletter.model import Feed, Visit
from newsletter.pipeline.health import Health, health

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://a.example/feed"


def of(
    visit: Visit | None = None, appeared: tuple[datetime, ...] = (), *, enabled: bool = True
) -> Health:
    feed = Feed(url=URL, section="All", enabled=enabled)
    visits = {URL: visit} if visit else {}
    return health([feed], visits, {URL: appeared}, NOW)[0]


def visited(**more: object) -> Visit:
    return Visit(url=URL, checked_at=NOW, succeeded_at=NOW, **more)


def every(days: float, *, until: datetime, count: int = 20) -> tuple[datetime, ...]:
    return tuple(until - n * days * DAY for n in reversed(range(count)))


def test_a_feed_that_was_never_asked_is_new():
    assert of().status == "new"


def test_a_feed_that_answers_and_brings_articles_is_ok():
    found = of(visited(), every(1, until=NOW - DAY))

    assert (found.status, found.wants_eye) == ("ok", False)


def test_a_disabled_feed_wants_no_eye_however_long_it_failed():
    visit = visited(failures=40, failing_since=NOW - 40 * DAY, error="answers 500")

    assert (of(visit, enabled=False).status, of(visit, enabled=False).wants_eye) == (
        "disabled",
        False,
    )


def test_a_feed_failing_since_yesterday_wants_no_eye_yet():
    found = of(visited(failures=3, failing_since=NOW - DAY, error="answers 500"))

    assert (found.status, found.note, found.wants_eye) == ("failing", "answers 500", False)


def test_a_feed_failing_for_a_week_wants_an_eye():
    assert of(visited(failures=9, failing_since=NOW - 7 * DAY, error="no answer")).wants_eye


def test_a_feed_that_is_gone_wants_an_eye_at_once():
    found = of(visited(failures=1, failing_since=NOW, error="is gone", gone=True))

    assert (found.status, found.wants_eye) == ("gone", True)


def test_a_feed_moved_for_good_wants_an_eye_once_the_move_has_held():
    just = of(visited(moved_to="https://b.example/feed", moved_since=NOW - DAY))
    held = of(visited(moved_to="https://b.example/feed", moved_since=NOW - 8 * DAY))

    assert (just.status, just.wants_eye) == ("moved", False)
    assert (held.status, held.wants_eye) == ("moved", True)
    assert "https://b.example/feed" in held.note


def test_a_daily_feed_that_says_nothing_for_three_weeks_is_silent():
    found = of(visited(), every(1, until=NOW - 21 * DAY))

    assert (found.status, found.wants_eye) == ("silent", True)
    assert found.note == "nothing new for 21 days; an article a day or more before that"


def test_a_monthly_feed_that_says_nothing_for_three_weeks_is_not_silent():
    assert of(visited(), every(30, until=NOW - 21 * DAY, count=8)).status == "ok"


def test_a_pause_as_long_as_an_earlier_one_is_no_silence():
    before = every(1, until=NOW - 70 * DAY)
    after = every(1, until=NOW - 35 * DAY, count=5)

    assert of(visited(), (*before, *after)).status == "ok"


def test_too_few_articles_make_no_rhythm():
    assert of(visited(), every(1, until=NOW - 60 * DAY, count=3)).status == "ok"


def test_articles_a_week_are_counted_over_eight_weeks():
    assert of(visited(), every(1, until=NOW, count=100)).articles_a_week == 7.1


def test_articles_a_week_of_a_new_feed_are_counted_since_its_first():
    assert of(visited(), every(1, until=NOW, count=14)).articles_a_week == 7.5


def test_the_median_age_is_that_of_the_ten_newest_articles():
    assert of(visited(), every(1, until=NOW, count=100)).median_age == 4.5 * DAY


def test_a_date_in_the_future_is_no_sign_of_life():
    found = of(visited(), (*every(1, until=NOW - 30 * DAY), NOW + DAY))

    assert found.status == "silent"
