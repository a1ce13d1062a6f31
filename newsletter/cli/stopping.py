"""What `newsletter hold` and `newsletter skip` have in common."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from newsletter.cli.noting import channels_of, event_json, tell
from newsletter.cli.options import Talk
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import week_named
from newsletter.config import load

if TYPE_CHECKING:
    from newsletter.model import Event


def stop(
    kind: Literal["held", "skipped"],
    week: str | None,
    config: Path,
    now: datetime,
    *,
    because: str,
    as_json: bool,
    talk: Talk,
) -> None:
    """Hold or skip *week*, the coming one if None, tell it, and say what follows from it."""
    from newsletter import weeks, wiring
    from newsletter.pipeline.editorial import hold, skip

    configuration = load(config)
    weekly = configuration.settings.weekly
    target = week_named(week, configuration, now)
    say = hold if kind == "held" else skip
    with wiring.store(configuration) as store:
        event = say(target, store, weekly, now, channels_of(configuration), because=because)
        tell(configuration, store, now, talk)
        is_built = store.built(str(event.week)) is not None
    named = str(event.week)
    if as_json:
        print_json(event_json(event, weeks.instant(weekly, named), weekly.zone))
    elif not talk.quiet:
        click.echo(_told(event, weeks.following(named), is_built=is_built))


def _told(event: "Event", following: str, *, is_built: bool) -> str:
    already = " already" if event.id else ""
    week = event.week
    if event.kind == "skipped":
        return f"{week} is skipped{already}: its articles go into the next issue, {following}"
    first = "" if is_built else f"newsletter build-issue --week {week}, then "
    return (
        f"{week} is held{already}: it is not published until you approve it ({first}newsletter"
        f" approve {week}); its articles go into the next issue, {following}, if that comes first"
    )
