"""`newsletter approve`: says that the draft of a week may be published."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.instants import as_written
from newsletter.cli.noting import BECAUSE, channels_of, event_json, tell, texts
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.cli.weeks import week_named
from newsletter.config import load

if TYPE_CHECKING:
    from newsletter.model import Event
    from newsletter.weeks import Schedule


@click.command("approve")
@options("week-argument", "config", "now", "json", "talk")
@BECAUSE
def command(
    week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk, because: str
) -> None:
    """Say that the issue of WEEK (the built one that waits) may be published at its instant.

    Also one that was held, or skipped once it was built. It goes out as its issue.json stands;
    building it again takes the word back. Nothing keeps it from being approved with its problems:
    they are named.
    """
    from newsletter import weeks, wiring
    from newsletter.pipeline.editorial import approve

    configuration = load(config)
    settings = configuration.settings
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        event = approve(
            target,
            store,
            settings.weekly,
            now,
            channels_of(configuration),
            because=because,
            output=wiring.output_folder(configuration, None),
        )
        tell(configuration, store, now, talk)
    instant = weeks.instant(settings.weekly, str(event.week))
    if as_json:
        print_json(event_json(event, instant, settings.timezone))
        return
    for problem in texts(event, "problems"):
        click.echo(f"problem: {problem}", err=True)
    if not talk.quiet:
        _say(event, _when(str(event.week), settings.weekly, now))


def _say(event: "Event", when: str) -> None:
    if changes := texts(event, "changes"):
        click.echo(f"with what was changed by hand: {', '.join(changes)}", err=True)
    already = " already" if event.id else ""
    stories = event.details.get("stories")
    headlines = f", {counted(stories, 'headline')}" if isinstance(stories, int) else ""
    click.echo(f"{event.week} is approved{already}{headlines}; {when}")
    click.echo(f"at once: newsletter publish {event.week}", err=True)


def _when(week: str, schedule: "Schedule", now: datetime) -> str:
    """Return in words when an approved issue goes out."""
    from newsletter import weeks

    instant = weeks.instant(schedule, week)
    if instant > now:
        at = f"{as_written(instant, schedule.zone)} ({instant:%Y-%m-%d %H:%M} UTC)"
        return f"newsletter run publishes it on {at}"
    if week == weeks.latest(schedule, now):
        return "its instant is past: newsletter run publishes it at its next tick"
    return "its week is over: newsletter run leaves it to you"
