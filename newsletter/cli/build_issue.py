"""`newsletter build-issue`: gathers and builds the coming issue, or rebuilds an earlier one."""

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.checking import check_counts
from newsletter.cli.healthiness import health_json, tell_health, told_by_health
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import (
    edit_counts,
    gathered_counts,
    gathered_json,
    print_json,
    progress,
    tell_gathered,
    tell_issue,
)
from newsletter.cli.weeks import week_named
from newsletter.config import Configuration, load
from newsletter.errors import NewsletterError

if TYPE_CHECKING:
    from newsletter.pipeline.build import Building, BuildReport
    from newsletter.pipeline.rebuilding import ByHand
    from newsletter.store import Store


@click.command("build-issue")
@options("config", "now", "week", "offline", "retry", "output", "json", "talk")
@click.option(
    "--discard", is_flag=True, help="Give up what was changed by hand in the last issue.json."
)
def command(
    config: Path,
    now: datetime,
    week: str | None,
    offline: bool,
    retry: bool,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    discard: bool,
) -> None:
    """Gather, and build the coming issue in every format.

    Building again rebuilds it with what is there by then. An earlier week is rebuilt from what it
    held, without gathering; a published issue stays as it is, an approved one loses its approval.
    What would go wrong in an inbox makes the issue a draft (`newsletter check`).
    """
    from newsletter import wiring
    from newsletter.cli.assembly import adopt, feeds_health, gathering
    from newsletter.cli.assembly_build import building
    from newsletter.pipeline.build import build
    from newsletter.pipeline.gather import Gathered

    configuration = load(config)
    workers = wiring.workers()  # first: they take their time to be ready
    target = week_named(week, configuration, now)
    brought: list[Gathered] = []
    try:
        with wiring.store(configuration) as store, progress(talk, as_json=as_json) as shown:
            adopt(configuration, store, now, talk, output=output)
            doors = gathering(
                configuration,
                store,
                workers,
                now,
                offline=offline,
                retry=retry,
                progress=shown.advance,
            )
            settled = building(
                configuration,
                store,
                doors,
                week=target,
                output=output,
                discard=discard,
                announce=shown.announce,
            )
            by_hand = _by_hand(configuration, store, settled, now)
            report = build(replace(settled, begin=by_hand.begin), brought.append)
            found = feeds_health(configuration, store, now)
    except NewsletterError as error:
        for gathered in brought:
            tell_gathered(gathered, talk)
        if as_json:
            sources = gathered_json(brought[0]) if brought else {}
            print_json({"issue": None, "error": str(error), **sources})
        raise
    told_later = frozenset() if talk.quiet else told_by_health(found)
    tell_gathered(report.gathered, talk, told_later=told_later)
    if as_json:
        print_json(
            {
                **_as_json(report),
                "state": by_hand.state,
                "was_approved": by_hand.was_approved,
                "health": [health_json(one) for one in found],
            }
        )
        tell_issue(report, Talk(quiet=True, verbose=talk.verbose))
    else:
        tell_issue(report, talk)
    if not talk.quiet:
        _tell_state(by_hand)
        tell_health(found)


def _by_hand(
    configuration: Configuration, store: "Store", settled: "Building", now: datetime
) -> "ByHand":
    from newsletter.pipeline.rebuilding import ByHand

    review = configuration.settings.schedule.review
    return ByHand(
        week=settled.window.id,
        store=store,
        output=settled.press.output,
        schedule=configuration.settings.weekly,
        now=now,
        unless_approved=review.unless_approved if review else None,
    )


def _tell_state(by_hand: "ByHand") -> None:
    """Say on stderr what a build by hand means for a week that an editor has had her word on."""
    week = by_hand.week
    way_on = f"newsletter approve {week}"
    if by_hand.was_approved:
        click.echo(f"{week} was approved; built again, it is a draft: {way_on}", err=True)
    elif by_hand.state in ("held", "skipped", "missed"):
        click.echo(f"{week} was {by_hand.state} and does not go out: {way_on}", err=True)


def _as_json(report: "BuildReport") -> dict[str, object]:
    issue = report.issue
    return {
        "issue": issue.id,
        "status": issue.status.value,
        "problems": list(issue.problems),
        "warnings": [*issue.warnings, *report.check.cuts],
        "output": str(report.folder),
        "files": [str(report.folder / name) for name in report.files],
        **gathered_json(report.gathered),
        "pages": {
            "read": report.pages.read,
            "failed": [
                {"url": article.url, "reason": reason} for article, reason in report.pages.failed
            ],
        },
        "counts": {
            **gathered_counts(report.gathered),
            "articles": issue.counts.articles,
            "outlets": issue.counts.outlets,
            "copies": report.copies,
            "stories": issue.counts.stories,
            "chosen": issue.counts.chosen,
        },
        "writing": asdict(report.spent),
        "edits": edit_counts(report),
        "check": check_counts(report.check),
        "timings": dict(report.seconds),
    }
