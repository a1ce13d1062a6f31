"""`newsletter config check`: says what is wrong with feeds.yaml, all of it at once."""

from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.config import load
from newsletter.errors import ConfigError


@click.group("config")
def command() -> None:
    """Check the configuration."""


@command.command("check")
@options("config", "json", "talk")
def check(config: Path, as_json: bool, talk: Talk) -> int:
    """Say what is wrong with the configuration, all of it at once; exit 2 if anything is."""
    try:
        configuration = load(config)
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"config": str(config), "ok": False, "faults": error.faults})
        return error.exit_code
    feeds, seeds = len(configuration.feeds), len(configuration.seed_folders)
    sections = len(configuration.settings.sections)
    if as_json:
        counts = {"sections": sections, "feeds": feeds, "seed_folders": seeds}
        print_json({"config": str(config), "ok": True, "faults": [], **counts})
    elif not talk.quiet:
        parts = counted(sections, "section"), counted(feeds, "feed"), counted(seeds, "seed folder")
        click.echo(f"{config}: good: {', '.join(parts)}")
    return 0
