"""`newsletter dump`: prints all that is remembered, as JSON."""

import json
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.config import load


@click.command("dump")
@options("config", "now", "json", "talk")
def command(config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """Print all that is remembered, as one JSON object: to compare, or to take elsewhere.

    Its order is stable: what remembers the same prints the same. Who worked on what and when its
    last sign of life was is left out. It cannot be read back in: for that, newsletter backup.
    """
    del now, as_json, talk  # taken as every command takes them: this one always prints JSON
    from newsletter import wiring

    configuration = load(config)
    with wiring.store(configuration) as store:
        remembered = store.dump()
    click.echo(json.dumps(remembered, ensure_ascii=False, indent=2, sort_keys=True))
