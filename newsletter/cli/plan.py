"""`newsletter plan`: the coming instants of publication."""

import json
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options

_WEEKS = 8
_MOST = 520  # ten years


@click.command("plan")
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, _MOST),
    default=_WEEKS,
    show_default=True,
    help="How many.",
)
@options("config", "now", "json", "talk")
def command(count: int, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """List the coming instants of publication: local time with its UTC offset, and UTC.

    Where clocks change, it says which time is meant: one that is skipped moves to the first that
    exists, one that occurs twice is its first occurrence.
    """
    from newsletter.cli.instants import as_local, as_written, clock_change, utc_text
    from newsletter.config import load
    from newsletter.weeks import plan

    del talk
    settings = load(config).settings
    found = plan(settings.weekly, now, count)
    if as_json:
        rows = [
            {
                "issue": issue,
                "at": utc_text(at),
                "local": as_local(at, settings.timezone).isoformat(),
                "note": clock_change(settings.weekly, at),
            }
            for issue, at in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(as_written(at, settings.timezone)) for _, at in found)
    for issue, at in found:
        note = clock_change(settings.weekly, at)
        line = f"{issue}  {as_written(at, settings.timezone):<{width}}  {at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"{line}  {note}".rstrip())
