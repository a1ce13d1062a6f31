"""What the editor's word leads to: who is told, and how a command says what it has noted."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from newsletter.cli.instants import as_local, utc_text
from newsletter.cli.options import Talk
from newsletter.config import Configuration
from newsletter.model import Event, EventKind

if TYPE_CHECKING:
    from newsletter.store import Store

BECAUSE = click.option("--because", default="", metavar="TEXT", help="Why, for the history.")


def channels_of(configuration: Configuration) -> Callable[[EventKind], Collection[str]]:
    """Return what says on which channels an event of a kind is told."""
    if not configuration.settings.notify:
        return lambda kind: ()
    from newsletter.cli.assembly_notify import channels_for

    return channels_for(configuration)


def tell(configuration: Configuration, store: "Store", now: datetime, talk: Talk) -> None:
    """Send what waits to be told of the weekly run, and say on stderr who was told.

    Nothing is raised for a channel that does not answer: what was noted stands all the same, and
    the next command or `newsletter run` tries again.
    """
    if not configuration.settings.notify:
        return
    from newsletter.cli.assembly_notify import telling_desk
    from newsletter.pipeline.notifying import dispatch

    for told in dispatch(telling_desk(configuration, store, wall=_wall), now):
        # What was given up stands in the log already, as an error.
        if told.state in ("sent", "pending") and not talk.quiet:
            click.echo(told.text, err=True)


def event_json(event: Event, instant: datetime, zone: str) -> dict[str, object]:
    """Return what `--json` says of what was noted of a week that is published at *instant*."""
    return {
        "issue": event.week,
        "state": event.kind,
        "changed": event.id == 0,
        "at": utc_text(event.at),
        "cause": event.cause,
        "publishes_at": utc_text(instant),
        "publishes_local": as_local(instant, zone).isoformat(),
        "stories": event.details.get("stories"),
        "problems": list(texts(event, "problems")),
    }


def texts(event: Event, name: str) -> tuple[str, ...]:
    """Return the texts that the details of *event* hold under *name*, () where there are none."""
    found = event.details.get(name)
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()


def _wall() -> datetime:
    return datetime.now(UTC)
