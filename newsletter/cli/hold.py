"""`newsletter hold`: keeps the issue of a week from being published, until it is approved."""

from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.noting import BECAUSE
from newsletter.cli.options import Talk, options
from newsletter.cli.stopping import stop


@click.command("hold")
@options("week-argument", "config", "now", "json", "talk")
@BECAUSE
def command(
    week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk, because: str
) -> None:
    """Keep the issue of WEEK (the coming one) from being published, until you approve it.

    Also one that was approved, or is yet to be built. If the next issue comes first, that takes its
    articles.
    """
    stop("held", week, config, now, because=because, as_json=as_json, talk=talk)
