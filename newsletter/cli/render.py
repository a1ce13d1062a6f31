"""`newsletter render`: an issue in every format, from its issue.json."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.checking import check_counts, check_row
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json, print_table
from newsletter.cli.weeks import week_named
from newsletter.config import load

_FILES = {
    "web": "index.html",
    "email": "email.html",
    "markdown": "issue.md",
    "text": "issue.txt",
    "message": "issue.eml",
}


@click.command("render")
@options("week-argument", "config", "now", "output", "json", "talk")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(list(_FILES)),
    help="Print this one on stdout; write nothing.",
)
@click.option(
    "--no-front-matter", is_flag=True, help="Leave the YAML front matter out of the Markdown."
)
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    wanted: str | None,
    no_front_matter: bool,
) -> None:
    """Render the issue of WEEK (the latest) anew from its issue.json, changed by hand or not.

    The same issue.json and templates make the same bytes, on any machine. issue.json itself stays
    as it is, and so does what is remembered of the issue. No file of a published issue changes:
    `newsletter publish --republish` does that.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_press import press_of
    from newsletter.pipeline.press import inspected, judged, put
    from newsletter.pipeline.republish import see_that_it_stays
    from newsletter.pipeline.standing import standing
    from newsletter.pipeline.stopwatch import Stopwatch
    from newsletter.render import render, without_front_matter

    if wanted and as_json:
        raise click.UsageError("--format prints the format itself: leave --json out")
    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        press = press_of(configuration, store, now, output=output)
        found = standing(target, store, press.output)
        edition = render(found.issue, press.templates)
        if no_front_matter:
            bare = without_front_matter(edition.files["issue.md"].decode()).encode()
            edition = replace(edition, files={**edition.files, "issue.md": bare})
        if wanted:
            sys.stdout.buffer.write(edition.files[_FILES[wanted]])
            sys.stdout.buffer.flush()
            return
        see_that_it_stays(found.issue, edition, store, press)
        report = inspected(found.issue, edition, press.known(found.issue))
        folder, files = put(found.issue, edition, report, press, Stopwatch(), content=found.content)
    if as_json:
        print_json(
            {
                "issue": found.issue.id,
                "status": judged(found.issue, report).status.value,
                "output": str(folder),
                "files": [str(folder / name) for name in files],
                "check": check_counts(report),
            }
        )
    elif not talk.quiet:
        for cut in report.cuts:
            click.echo(f"warning: {cut}", err=True)
        print_table(
            [
                ("issue", f"{found.issue.id}, {judged(found.issue, report).status.value}"),
                ("check", check_row(report)),
                ("files", f"{len(files)} in {folder}"),
            ]
        )
