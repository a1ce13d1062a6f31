"""`newsletter skip`: leaves a week out."""

from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.noting import BECAUSE
from newsletter.cli.options import Talk, options
from newsletter.cli.stopping import stop


@click.command("skip")
@options("week-argument", "config", "now", "json", "talk")
@BECAUSE
def command(
    week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk, because: str
) -> None:
    """Leave WEEK (the coming one) out: it is not published, its articles go into the next issue.

    A week that was skipped and has been built can still be approved, until the next one is out.
    """
    stop("skipped", week, config, now, because=because, as_json=as_json, talk=talk)
