"""`newsletter status`: what comes next, what ran, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.instants import as_local, as_written, span_text, utc_text
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json

if TYPE_CHECKING:
    from newsletter.cli.standings import Coming, Held, Standing
    from newsletter.config import Configuration
    from newsletter.model import Event, Notice, Run

_FEEDS = 10  # that are shown
_COLOURS = {"failed": "red", "missed": "red", "waiting": "yellow", "held": "yellow"}
_COLUMN = 10  # of what a line is about
_NOT_TO_BE_BUILT = ("approved", "published", "skipped")
_PUBLICATION: Mapping[str, str] = {
    "held": "publication, if you approve it",
    "skipped": "publication, skipped unless you approve it",
}


@click.command("status")
@options("config", "now", "output", "json", "talk")
def command(config: Path, now: datetime, output: Path | None, as_json: bool, talk: Talk) -> None:
    """Tell when what is due, what became of the last weeks, what ran, and what is wrong.

    And what you can do about it. Exit code 0, whatever it tells.
    """
    from newsletter import wiring
    from newsletter.cli.standings import standing
    from newsletter.config import load

    del talk
    configuration = load(config)
    with wiring.store(configuration) as store:
        found = standing(configuration, store, now=now, wall=datetime.now(UTC))
    folder = wiring.output_folder(configuration, output).root
    if as_json:
        print_json(_as_json(found, configuration, folder))
        return
    for line in _lines(found, configuration, folder):
        click.echo(line)


def _lines(found: "Standing", configuration: "Configuration", folder: Path) -> Iterator[str]:
    zone, labels = configuration.settings.timezone, _labels(configuration)
    yield from _named("next", _coming_lines(found.coming, found.now, zone))
    yield from _named("weeks", (_week_line(event, zone) for event in found.weeks))
    yield from _named("you can", found.commands)
    yield from _named("daemon", [_daemon_line(found)])
    yield from _named("at work", map(_claim_line, found.claims))
    yield from _named("runs", (_run_line(run, zone) for run in found.runs))
    yield from _named("feeds", _feed_lines(found))
    yield from _named("messages", (_notice_line(one, labels) for one in found.notices))
    yield from _named("database", [database(configuration)])
    yield from _named("output", [str(folder)])


def _named(name: str, lines: "Iterator[str] | Sequence[str]") -> Iterator[str]:
    """Yield *lines* beside *name*, nothing where there are none."""
    for number, line in enumerate(lines):
        yield f"{name if number == 0 else '':<{_COLUMN}}{line}"


def _coming_lines(coming: "Coming", now: datetime, zone: str) -> Iterator[str]:
    publication = _PUBLICATION.get(coming.state or "", "publication")
    steps = [("feeds are asked", coming.gather, _when(coming.gather, now))]
    if coming.draft and (coming.drafted or coming.state not in _NOT_TO_BE_BUILT):
        steps.append(("draft", coming.draft, _done(coming.drafted, coming.draft, now, zone)))
    if coming.remind and (coming.reminded or _is_to_be_reminded(coming, now)):
        name = "reminder" if coming.reminded else "reminder, if nobody has approved it"
        steps.append((name, coming.remind, _done(coming.reminded, coming.remind, now, zone)))
    steps.append((publication, coming.publish, _when(coming.publish, now)))
    for name, at, when in steps:
        yield f"{coming.issue}  {as_written(at, zone)}  {name}, {when}"


def _when(at: datetime, now: datetime) -> str:
    return f"in {span_text(at - now)}" if at > now else "due"


def _done(run: "Run | None", at: datetime, now: datetime, zone: str) -> str:
    """Return when a job comes that is for *at*, or how far it has come."""
    if run is None:
        return _when(at, now)
    if run.state == "running":
        return "at work"
    if run.state == "waiting":
        return _when(run.next_try or at, now)
    return f"{run.state} at {as_local(run.ended_at or run.started_at, zone):%Y-%m-%d %H:%M}"


def _is_to_be_reminded(coming: "Coming", now: datetime) -> bool:
    if coming.remind is None or coming.state not in (None, "draft"):
        return False
    # Who was told of the draft only after that is not reminded.
    return coming.remind > now or (coming.since is not None and coming.since < coming.remind)


def _daemon_line(found: "Standing") -> str:
    if found.last_seen is None:
        return "never seen; newsletter run publishes every week by itself"
    age = span_text(found.wall - found.last_seen)
    if found.is_missing:
        return click.style(f"not seen for {age}: is newsletter run running?", fg="yellow")
    return f"last at work {age} ago"


def _week_line(event: "Event", zone: str) -> str:
    since = f"{as_local(event.at, zone):%Y-%m-%d %H:%M}"
    return f"{event.week}  {_state(event.kind)} since {since}: {event.cause}"


def _run_line(run: "Run", zone: str) -> str:
    began = f"{as_local(run.started_at, zone):%Y-%m-%d %H:%M}"
    cause = f": {run.cause}" if run.cause else ""
    times = f", tried {run.attempts} times" if run.attempts > 1 else ""
    again = ""
    if run.state == "waiting" and run.next_try:
        again = f", again from {as_local(run.next_try, zone):%H:%M}"
    return f"{began}  {run.job} {run.period}  {_state(run.state)}{times}{again}{cause}"


def _claim_line(held: "Held") -> str:
    run = held.run
    fate = "" if held.is_alive else ", gone: the next tick does it anew"
    age = f"{held.age_s:.0f} s ago"
    return f"{run.job} {run.period}  {_owner(run.owner)}, last sign of life {age}{fate}"


def _feed_lines(found: "Standing") -> Iterator[str]:
    from newsletter.cli.healthiness import health_line

    for one in found.feeds[:_FEEDS]:
        yield f"{one.status}: {health_line(one)}"
    if len(found.feeds) > _FEEDS:
        yield f"and {len(found.feeds) - _FEEDS} more: newsletter feeds list"


def _notice_line(notice: "Notice", labels: Mapping[str, str]) -> str:
    channel = labels.get(notice.channel, notice.channel)
    about = f"{notice.event.kind} {notice.event.week or ''}".rstrip()
    arrived = "did not arrive" if notice.state == "failed" else "nobody knows if it arrived"
    return f"{about} to {channel}: {arrived}: {notice.error}"


def _state(state: str) -> str:
    return click.style(state, fg=_COLOURS[state]) if state in _COLOURS else state


def _owner(name: str) -> str:
    """Return host and process of an owner's name, which holds more, or all of another one."""
    parts = name.split("/")
    return f"{parts[0]}, process {parts[-2]}" if len(parts) == 5 else name


def _labels(configuration: "Configuration") -> Mapping[str, str]:
    from newsletter.notify import channels

    return {one.id: one.label for one in channels(configuration.settings.notify)}


def database(configuration: "Configuration") -> str:
    """Return where the database of a workspace is, without a password."""
    from sqlalchemy.engine import make_url

    url = make_url(configuration.database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    # Not what follows the question mark: a password may stand there, too.
    shown = url.set(query={}).render_as_string(hide_password=True)
    return str(url.database) if is_file else shown


def _as_json(found: "Standing", configuration: "Configuration", folder: Path) -> dict[str, object]:
    from newsletter.cli.healthiness import health_json

    zone, coming = configuration.settings.timezone, found.coming
    return {
        "now": utc_text(found.now),
        "next": {
            "issue": coming.issue,
            "publish": utc_text(coming.publish),
            "local": as_local(coming.publish, zone).isoformat(),
            "draft": _utc(coming.draft),
            "remind": _utc(coming.remind),
            "gather": utc_text(coming.gather),
            "draft_done": _ended(coming.drafted),
            "remind_done": _ended(coming.reminded),
        },
        "last_seen": _utc(found.last_seen),
        "is_missing": found.is_missing,
        "weeks": [
            {
                "issue": event.week,
                "state": event.kind,
                "since": utc_text(event.at),
                "cause": event.cause,
            }
            for event in found.weeks
        ],
        "commands": list(found.commands),
        "claims": [_claim_json(held) for held in found.claims],
        "runs": [_run_json(run) for run in found.runs],
        "feeds": [health_json(one) for one in found.feeds],
        "notices": [_notice_json(one) for one in found.notices],
        "database": database(configuration),
        "output": str(folder),
    }


def _claim_json(held: "Held") -> dict[str, object]:
    return {
        "job": held.run.job,
        "period": held.run.period,
        "owner": held.run.owner,
        "attempts": held.run.attempts,
        "seconds_since_sign_of_life": round(held.age_s, 1),
        "alive": held.is_alive,
    }


def _run_json(run: "Run") -> dict[str, object]:
    return {
        "job": run.job,
        "period": run.period,
        "state": run.state,
        "attempts": run.attempts,
        "started_at": utc_text(run.started_at),
        "ended_at": _utc(run.ended_at),
        "next_try": _utc(run.next_try),
        "cause": run.cause,
    }


def _notice_json(notice: "Notice") -> dict[str, object]:
    return {
        "event": notice.event.kind,
        "issue": notice.event.week,
        "channel": notice.channel,
        "state": notice.state,
        "attempts": notice.attempts,
        "error": notice.error,
    }


def _ended(run: "Run | None") -> str | None:
    return _utc(run.ended_at) if run and run.state == "done" else None


def _utc(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment else None
