"""`newsletter check`: is the issue ready to be sent?"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.checking import check_json, check_lines
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json, progress
from newsletter.cli.weeks import week_named
from newsletter.config import load
from newsletter.model import Issue


@click.command("check")
@options("week-argument", "config", "now", "output", "json", "talk")
@click.option("--online", is_flag=True, help="Ask every link, too, whether it answers.")
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    online: bool,
) -> int:
    """Check the issue of WEEK (the latest) as it lies in its folder: is it ready to be sent?

    Structure, accessibility, mail clients, size, links, unsubscribing, and that all formats tell
    the same. Writes check.html beside the issue. Exits 1 if anything keeps it from being sent.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_press import press_of
    from newsletter.pipeline.press import inspected
    from newsletter.pipeline.standing import standing
    from newsletter.render import render
    from newsletter.render.checking import check_page

    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        folder = wiring.output_folder(configuration, output)
        found = standing(target, store, folder)
        answers = None
        if online:
            urls = _links(found.issue)
            with progress(talk, as_json=as_json) as shown:
                answers = {}
                for url, fault in wiring.links(configuration).ask(urls):
                    answers[url] = fault
                    shown.advance(len(answers), len(urls))
        press = press_of(configuration, store, now, output=output, answers=answers)
        edition = found.edition or render(found.issue, press.templates)
        report = inspected(found.issue, edition, press.known(found.issue))
        page = check_page(report, found.issue, press.templates)
        place = folder.write_issue(found.issue.id, {"check.html": page}) / "check.html"
    if as_json:
        print_json(check_json(report))
    else:
        lines: Iterable[str] = check_lines(report, verbose=talk.verbose)
        for line in () if talk.quiet else lines:
            click.echo(line)
        if not talk.quiet:
            click.echo(f"the whole report: {place}", err=True)
    return 1 if report.errors else 0


def _links(issue: Issue) -> list[str]:
    found = (article.url for story in issue.stories for article in story.articles if article.url)
    return list(dict.fromkeys(found))
