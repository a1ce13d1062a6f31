"""`newsletter notify`: a test message to everyone who is told of the weekly run."""

from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.config import load

_STATES = {"sent": "sent", "failed": "FAILED", "unsure": "UNSURE"}


@click.command("notify")
@options("config", "now", "json", "talk")
def command(config: Path, now: datetime, as_json: bool, talk: Talk) -> int:
    """Send a test message on every channel of `notify:`, and say whether it arrived.

    Exit code 1 if one did not. Nothing is remembered of it.
    """
    from newsletter.cli.assembly_notify import wires_of
    from newsletter.pipeline.notifying import try_out

    wires = wires_of(load(config), lambda: now)
    told = try_out(wires, now)
    if as_json:
        print_json(
            {
                "channels": [
                    {
                        "channel": one.channel,
                        "label": wires[one.channel].label,
                        "state": one.state,
                        "error": one.error,
                    }
                    for one in told
                ]
            }
        )
    else:
        for one in told:
            if one.error:
                click.echo(f"{_STATES[one.state]}  {one.text}")
            elif not talk.quiet:
                click.echo(f"sent    {wires[one.channel].label}")
    if not told and not talk.quiet:
        click.echo(
            "nobody is told of the weekly run; write into feeds.yaml, for instance: "
            "notify: [{email: you@example.org}]",
            err=True,
        )
    return 1 if any(one.state != "sent" for one in told) else 0
