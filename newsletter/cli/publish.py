"""`newsletter publish`: marks a built issue as out."""

from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import week_named
from newsletter.config import load


@click.command("publish")
@options("week-argument", "config", "now", "output", "json", "talk")
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
) -> None:
    """Mark the issue of WEEK (the latest built) as published: its articles do not return.

    Nothing is sent. From here on the issue stays as it is, and the next one begins where it ended.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_press import press_of
    from newsletter.pipeline.publish import Memory, publish

    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        out = publish(
            target,
            store,
            press_of(configuration, store, now, output=output),
            Memory(articles=store, words=store, common_words=wiring.common_words),
        )
    issue, folder = out.issue, out.folder
    if out.changes and not talk.quiet:
        click.echo(f"with what was changed by hand: {', '.join(out.changes)}", err=True)
    for problem in issue.problems:
        click.echo(f"problem: {problem}", err=True)
    if as_json:
        print_json(
            {
                "issue": issue.id,
                "status": issue.status.value,
                "problems": list(issue.problems),
                "output": str(folder),
            }
        )
    elif not talk.quiet:
        click.echo(f"{issue.id} is published: {folder}")
