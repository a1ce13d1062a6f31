"""`newsletter publish`: marks a built issue as out."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.noting import channels_of, tell
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import week_named
from newsletter.config import load
from newsletter.errors import IssueError

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.model import Issue
    from newsletter.pipeline.press import Press
    from newsletter.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Out:
    """An issue that is out, and what there is to say of how it came there.

    `changes` were made by hand, `files` were written.
    """

    issue: "Issue"
    folder: Path
    changes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@click.command("publish")
@options("week-argument", "config", "now", "output", "json", "talk")
@click.option(
    "--republish",
    is_flag=True,
    help="Publish a published issue once more, as its issue.json is now, with today's templates.",
)
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    republish: bool,
) -> None:
    """Mark the issue of WEEK (the latest built) as published: its articles do not return.

    Nothing is sent. From here on the issue stays as it is, and the next one begins where it ended.
    One that is held or skipped is to be approved first.
    Publishing it again puts back files that are missing; only --republish changes any.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_press import press_of

    configuration = load(config)
    target = week_named(week, configuration, now)
    with wiring.store(configuration) as store:
        with store.transaction() as joined:
            press = press_of(configuration, joined, now, output=output)
            act = _again if republish else _once
            out = act(target, joined, press, now, configuration)
        tell(configuration, store, now, talk)
    if not talk.quiet:
        for line in out.said:
            click.echo(line, err=True)
    for problem in out.issue.problems:
        click.echo(f"problem: {problem}", err=True)
    if as_json:
        print_json(
            {
                "issue": out.issue.id,
                "status": out.issue.status.value,
                "problems": list(out.issue.problems),
                "output": str(out.folder),
                "changes": list(out.changes),
                "files": list(out.files),
            }
        )
    elif not talk.quiet:
        click.echo(f"{out.issue.id} is published: {out.folder}")


def _once(
    week: str | None, store: "Store", press: "Press", now: datetime, configuration: "Configuration"
) -> _Out:
    """Publish what is not yet published; of what is, put back what is missing."""
    from newsletter import wiring
    from newsletter.model import Status
    from newsletter.pipeline.publish import Memory, publish
    from newsletter.pipeline.republish import by_hand, keep

    built = store.built(week) if week else store.latest_built()
    if built and built.status == Status.PUBLISHED:
        kept = keep(built, press)
        said = []
        if kept.put_back:
            said.append(f"put back as it was published: {', '.join(kept.put_back)}")
        if kept.changes:
            said.append(
                f"changed by hand since it was published, and not published so:"
                f" {', '.join(kept.changes)}; newsletter publish {built.id} --republish does"
            )
        return _Out(
            issue=kept.issue,
            folder=kept.folder,
            changes=kept.changes,
            files=kept.put_back,
            said=tuple(said),
        )
    if built:
        _see_that_it_may_go_out(built.id, store)
    memory = Memory(articles=store, words=store, common_words=wiring.common_words)
    out = publish(week, store, press, memory, now=now)
    store.note(
        by_hand(out.issue, out.folder, now), channels=channels_of(configuration)("published")
    )
    said = [f"with what was changed by hand: {', '.join(out.changes)}"] if out.changes else []
    return _Out(issue=out.issue, folder=out.folder, changes=out.changes, said=tuple(said))


def _see_that_it_may_go_out(week: str, store: "Store") -> None:
    """Do nothing unless it was said that *week* is not to go out: publishing cannot be taken back.

    Raises:
        IssueError: it is held or skipped.
    """
    state, _ = store.week_state(week) or (None, None)
    if state in ("held", "skipped"):
        raise IssueError(
            f"{week} is {state}; if it is to go out all the same, first: newsletter approve {week}"
        )


def _again(
    week: str | None, store: "Store", press: "Press", now: datetime, configuration: "Configuration"
) -> _Out:
    """Publish once more what is published, as its issue.json is now."""
    from newsletter.pipeline.republish import republish

    channels = channels_of(configuration)("republished")
    out = republish(week, store, press, now=now, channels=channels)
    said = []
    if out.changes:
        said.append(f"changed by hand: {', '.join(out.changes)}")
    if out.files:
        said.append(f"files that changed: {', '.join(out.files)}")
    if not said:
        said.append("nothing has changed since it was published")
    return _Out(
        issue=out.issue,
        folder=out.folder,
        changes=out.changes,
        files=out.files,
        said=tuple(said),
    )
