"""What the doctor says of times: the clock, the time zone, the schedule, the last runs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from doctoring import AT, configured, kept_store, looked, made_database, verdicts  # noqa: F401 - fixtures
from mail_server import closed_port
from servers import answer, says, serving

from newsletter.cli import probing
from newsletter.model import Run
from newsletter.pipeline import doctor_times
from newsletter.pipeline.doctor import Finding
from newsletter.pipeline.doctor_times import ZoneData, next_change
from newsletter.store import open_store
from newsletter.weeks import Schedule

SUNDAYS = Schedule(weekday=6, at=datetime(2026, 1, 1, 18, 0).time(), zone="Europe/Berlin")  # noqa: DTZ001


# Clock, time zone, schedule.


def test_a_clock_from_before_this_program_is_a_fault():
    (found,) = doctor_times.clock(datetime(1970, 1, 1, tzinfo=UTC), ())

    assert found.verdict == "fault"
    assert "timedatectl" in found.remedy


def test_a_clock_that_was_set_back_is_a_fault(store: Path):
    (found,) = looked("clock", now=AT - timedelta(hours=30))

    assert found.verdict == "fault"
    assert "newsletter.db is of 2026-11-20 12:00 UTC: it has been set back by 30 h" in found.text


@pytest.mark.parametrize(
    ("ours", "verdict", "said"),
    [(30, "ok", "agrees"), (90, "fault", "90 s ahead of"), (-7200, "fault", "2 h behind")],
)
def test_the_clock_is_compared_with_a_web_server(ours: int, verdict: str, said: str):
    found = doctor_times.offset("tide.example", AT, AT + timedelta(seconds=ours))

    assert found.verdict == verdict
    assert said in found.text


def test_the_first_server_that_says_its_time_is_believed():
    dated = answer(b"x", headers="Date: Fri, 20 Nov 2026 12:00:00 GMT\r\n")
    with serving(says(answer(b"x"))) as mute, serving(says(dated)) as speaking:
        urls = mute.url(), speaking.url()
        found = probing.web_time(urls, mute.allowed | speaking.allowed)

    assert found == ("127.0.0.1", AT)


def test_without_a_network_the_clock_is_not_compared_and_nothing_breaks(workspace: Path):
    port = closed_port()
    configured(workspace, f"  - {{name: Other, feeds: ['http://127.0.0.1:{port}/feed']}}")

    assert verdicts(looked("clock", offline=False)) == ["ok", "warning"]


@pytest.mark.parametrize(
    ("zone", "at", "before", "after"),
    [
        ("Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), 60, 120),
        ("America/New_York", datetime(2027, 3, 14, 7, 0, tzinfo=UTC), -300, -240),
        ("Australia/Lord_Howe", datetime(2027, 4, 3, 15, 0, tzinfo=UTC), 660, 630),
    ],
)
def test_the_next_clock_change_is_found_to_the_minute(
    zone: str, at: datetime, before: int, after: int
):
    expected = (at, timedelta(minutes=before), timedelta(minutes=after))

    assert next_change(zone, AT) == expected


def test_a_zone_whose_clocks_never_change_says_so():
    assert next_change("Asia/Kolkata", AT) is None


@pytest.mark.parametrize(
    ("release", "verdict"), [("2026a", "ok"), ("2024b", "warning"), ("", "warning")]
)
def test_old_rules_of_time_zones_are_told(release: str, verdict: str):
    data = ZoneData(source="a file", release=release, upgrade="pip install --upgrade tzdata")

    (found,) = doctor_times.zone("Europe/Berlin", data, AT)

    assert found.verdict == verdict


def test_the_machine_has_rules_for_a_zone_and_says_which():
    assert probing.zone_data("Europe/Berlin").release[:2] == "20"


def scheduled(
    *, review: timedelta | None, holds: bool = True, is_told: bool = True, gather_h: int = 1
) -> list[Finding]:
    gather = timedelta(hours=gather_h)
    return list(
        doctor_times.schedule(
            SUNDAYS, AT, gather=gather, review=review, holds=holds, is_told=is_told
        )
    )


def test_the_coming_instant_and_its_draft_are_told_in_local_time():
    (found,) = scheduled(review=timedelta(hours=12))

    assert found.text == (
        "2026-W47 is due Sunday 22 November 2026, 18:00 (UTC+01:00), in 2 d 5 h;"
        " its draft Sunday 22 November 2026, 06:00"
    )


def test_drafts_that_wait_for_somebody_who_is_not_told_are_a_warning():
    found = scheduled(review=timedelta(hours=12), is_told=False)

    assert found[1].verdict == "warning"
    assert "nobody is told" in found[1].text


@pytest.mark.parametrize(
    ("review", "gather_h"), [(timedelta(days=5), 1), (None, 48)], ids=["long review", "seldom"]
)
def test_a_schedule_that_loses_news_is_a_warning(review: timedelta | None, gather_h: int):
    found = scheduled(review=review, gather_h=gather_h)

    assert [one.verdict for one in found] == ["ok", "warning"]


# The weekly run.


def ran(minutes_ago: float, **changes: object) -> Run:
    moment = AT - timedelta(minutes=minutes_ago)
    fields: dict[str, object] = {
        "job": "gather",
        "period": "2026-11-20T11:00:00Z",
        "state": "done",
        "owner": "tide:1",
        "fence": 1,
        "attempts": 1,
        "beat_at": moment,
        "started_at": moment,
    }
    return Run(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("runs", "expected", "said"),
    [
        ([], ["warning"], "never run"),
        ([ran(20)], ["ok"], "20 min ago"),
        ([ran(3000)], ["warning"], "nothing has run for 2 d 2 h"),
        ([ran(20, state="running")], ["warning"], "no sign of life for 20 min"),
        ([ran(0.1, state="running")], ["ok"], "running"),
        (
            [ran(5), ran(90, job="publish", period="2026-W46", state="failed", cause="disk full")],
            ["ok", "warning"],
            "publish 2026-W46 failed: disk full",
        ),
    ],
    ids=["never", "well", "silent", "stuck", "at work", "failed"],
)
def test_the_last_runs_tell_whether_anybody_runs_them(
    runs: list[Run], expected: list[str], said: str
):
    found = list(doctor_times.runs(runs, gather=timedelta(hours=1), now=AT, wall=AT))

    assert [one.verdict for one in found] == expected
    assert said in found[-1].text


def test_a_claim_that_nobody_lives_up_to_is_found_in_the_store(store: Path):
    long_ago = AT - timedelta(hours=1)
    with open_store("sqlite:///newsletter.db") as kept:
        kept.claim("draft", "2026-W47", owner="dead", now=AT, beat_at=long_ago, lease_s=15.0)

    (found,) = looked("weekly run")

    assert found.text == "draft 2026-W47, begun by dead, has given no sign of life for 60 min"


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (answer(b'{"status": "ok"}'), "ok"),
        (
            answer(b'{"status": "failing", "reason": "no tick"}', status="503 Service Unavailable"),
            "fault",
        ),
    ],
    ids=["well", "failing"],
)
def test_a_daemon_with_a_monitor_is_asked_itself(workspace: Path, content: bytes, verdict: str):
    with serving(says(content)) as daemon:
        configured(workspace, f"monitor: {{port: {daemon.port}}}")

        found = looked("weekly run")

    assert daemon.asked[0].target == "/healthz"
    assert found[0].verdict == verdict


def test_a_daemon_that_does_not_answer_is_a_warning(workspace: Path):
    configured(workspace, f"monitor: {{port: {closed_port()}}}")

    found = looked("weekly run")

    assert found[0].remedy == "start newsletter run"
