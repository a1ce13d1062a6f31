"""`newsletter history`: tells what happened to a week, who changed it, and who was told."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.passages import Ways, lines, passage_json
from newsletter.cli.telling import print_json
from newsletter.cli.timeline import Build, Deed, timeline
from newsletter.cli.weeks import week_named
from newsletter.config import Configuration, load
from newsletter.errors import IssueError

if TYPE_CHECKING:
    from newsletter.model import Built, Edit, Notice

_NOTICES = 10_000  # that are looked through: years of them


@click.command("history")
@options("week-argument", "config", "now", "json", "talk")
def command(week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """Tell what happened to WEEK (to all of them), when and why, and who was told.

    Of WEEK it is also told who changed what by hand; -v names each change.

    Newest last; times are those of the newsletter's time zone.
    """
    from newsletter import wiring

    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        events = store.events(target)
        state = store.week_state(target) if target else None
        told: dict[int, list[Notice]] = defaultdict(list)
        for notice in store.notices(most=_NOTICES) if events else ():
            told[notice.event.id].append(notice)
        built = store.built(target) if target else None
        edits = store.edits(target) if target else ()
        latest = None if target else store.latest_built()
    ways = Ways(
        told=told,
        labels=_labels(configuration),
        zone=configuration.settings.timezone,
        what=_words(built, edits),
        is_whole=talk.verbose or as_json,
    )
    passages = tuple(timeline(events, edits, _build(built)))
    if as_json:
        rows = [passage_json(one, target, ways) for one in passages]
        print_json({"issue": target, "state": state[0] if state else None, "events": rows})
        return
    if not passages and not talk.quiet:
        of = f"; of builds and edits: newsletter history {latest.id}" if latest else ""
        to = f" to {target}" if target else ""
        click.echo(f"nothing has happened{to} yet{of}", err=True)
    for passage in passages:
        for line in lines(passage, ways, is_of_many=not target):
            click.echo(line)


def _labels(configuration: Configuration) -> Mapping[str, str]:
    """Return how the channels of feeds.yaml are shown to people, by id."""
    if not configuration.settings.notify:
        return {}
    from newsletter.notify import channels

    return {one.id: one.label for one in channels(configuration.settings.notify)}


def _build(built: "Built | None") -> Build | None:
    """Return when an issue was built, None where it was not, or that cannot be read."""
    if built is None:
        return None
    from newsletter.issue import load as load_issue

    try:
        issue = load_issue(built.content, built.id)
    except IssueError:
        return None
    return Build(at=issue.generated_at, stories=len(issue.stories))


def _words(built: "Built | None", edits: "Sequence[Edit]") -> Callable[[Deed], str]:
    """Return what tells of a change in words, where the issue cannot be read in one."""
    if built is None or not edits:
        return lambda deed: deed.edit.kind
    from newsletter.cli.hands import edited_of
    from newsletter.issue.wishes import told

    try:
        edited = edited_of(built, edits)
    except IssueError:
        return lambda deed: deed.edit.kind
    return lambda deed: told(deed.edit, edited)
