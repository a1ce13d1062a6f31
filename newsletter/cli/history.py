"""`newsletter history`: tells what happened to a week, when and why, and who was told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.instants import as_local, utc_text
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.cli.weeks import week_named
from newsletter.config import Configuration, load

if TYPE_CHECKING:
    from newsletter.model import Event, Notice

_NOTICES = 10_000  # that are looked through: years of them
_WEEK = 8  # columns: 2026-W47
_COLOURS = {
    "published": "green",
    "republished": "green",
    "approved": "green",
    "failed": "red",
    "missed": "red",
    "notifier": "red",
    "feeds": "yellow",
    "held": "yellow",
    "skipped": "yellow",
}

_Told = Mapping[int, Sequence["Notice"]]


@click.command("history")
@options("week-argument", "config", "now", "json", "talk")
def command(week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """Tell what happened to WEEK (to all of them), when and why, and who was told.

    Newest last; times are those of the newsletter's time zone.
    """
    from newsletter import wiring

    configuration = load(config)
    zone = configuration.settings.timezone
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        events = store.events(target)
        state = store.week_state(target) if target else None
        told: dict[int, list[Notice]] = defaultdict(list)
        for notice in store.notices(most=_NOTICES) if events else ():
            told[notice.event.id].append(notice)
    labels = _labels(configuration)
    if as_json:
        rows = [_event_json(event, told[event.id], labels, zone) for event in events]
        print_json({"issue": target, "state": state[0] if state else None, "events": rows})
        return
    if not events and not talk.quiet:
        click.echo(f"nothing has happened{f' to {target}' if target else ''} yet", err=True)
    for event in events:
        for line in _lines(event, told[event.id], labels, zone, is_of_many=not target):
            click.echo(line)


def _labels(configuration: Configuration) -> Mapping[str, str]:
    """Return how the channels of feeds.yaml are shown to people, by id."""
    if not configuration.settings.notify:
        return {}
    from newsletter.notify import channels

    return {one.id: one.label for one in channels(configuration.settings.notify)}


def _lines(
    event: "Event",
    told: Sequence["Notice"],
    labels: Mapping[str, str],
    zone: str,
    *,
    is_of_many: bool,
) -> Iterator[str]:
    week = f"{event.week or '':{_WEEK}}  " if is_of_many else ""
    at = f"{as_local(event.at, zone):%Y-%m-%d %H:%M}"
    kind = click.style(f"{event.kind:<11}", fg=_COLOURS.get(event.kind))
    yield f"{week}{at}  {kind}  {event.cause}"
    indent = " " * (len(week) + len(at) + 15)
    for notice in told:
        yield f"{indent}{labels.get(notice.channel, notice.channel)}: {_arrival(notice, zone)}"


def _arrival(notice: "Notice", zone: str) -> str:
    """Return in words how far a notice has come."""
    because = f": {notice.error}" if notice.error else ""
    match notice.state:
        case "sent":
            return "told"
        case "sending":
            return "being told"
        case "unsure":
            return f"may have been told or not, and is not told again{because}"
        case "failed":
            return f"not told, given up after {counted(notice.attempts, 'attempt')}{because}"
        case "pending" if notice.next_try and notice.attempts:
            again = f"{as_local(notice.next_try, zone):%Y-%m-%d %H:%M}"
            return f"not told yet, tried again from {again}{because}"
        case "pending":
            return "not told yet"


def _event_json(
    event: "Event", told: Sequence["Notice"], labels: Mapping[str, str], zone: str
) -> dict[str, object]:
    return {
        "issue": event.week,
        "kind": event.kind,
        "at": utc_text(event.at),
        "local": as_local(event.at, zone).isoformat(),
        "cause": event.cause,
        "details": dict(event.details),
        "told": [
            {
                "channel": notice.channel,
                "label": labels.get(notice.channel, notice.channel),
                "state": notice.state,
                "attempts": notice.attempts,
                "next_try": utc_text(notice.next_try) if notice.next_try else None,
                "error": notice.error,
            }
            for notice in told
        ],
    }
