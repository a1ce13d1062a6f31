"""`newsletter screenshot`: pictures of an issue in every view."""

from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json, progress
from newsletter.cli.weeks import week_named
from newsletter.config import load
from newsletter.errors import IssueError

_FOLDER = "shots"


@click.command("screenshot")
@options("week-argument", "config", "now", "output", "offline", "json", "talk")
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    offline: bool,
    as_json: bool,
    talk: Talk,
) -> None:
    """Take pictures of the issue of WEEK (the latest) into its folder `shots`.

    The web page, the e-mail and the check report: phone and desktop, light and dark, without
    pictures, without styles. Needs a Chromium on this machine and newsletter[screenshots].
    """
    from newsletter import wiring
    from newsletter.browser import open_browser, shots
    from newsletter.pipeline.standing import standing
    from newsletter.render.appearance import as_seen

    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        folder = wiring.output_folder(configuration, output)
        issue_id = standing(target, store, folder).issue.id
    files = folder.read_issue(issue_id)
    planned = shots(files)
    if not planned:
        raise IssueError(
            f"{folder.root / issue_id}: holds no pages; render them: newsletter render {issue_id}"
        )
    taken = {}
    with open_browser(offline=offline) as browser, progress(talk, as_json=as_json) as shown:
        for count, shot in enumerate(planned, start=1):
            html = as_seen(files[shot.file].decode(), shot.show)
            taken[shot.name] = browser.picture(
                html, width=shot.width, scheme=shot.scheme, name=shot.name
            )
            shown.advance(count, len(planned))
    place = folder.write_shots(issue_id, taken)
    if as_json:
        print_json({"issue": issue_id, "files": [str(place / name) for name in taken]})
    elif not talk.quiet:
        click.echo(f"{len(taken)} pictures in {place}")
