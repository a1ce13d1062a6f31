"""`newsletter edit`: changes a built issue by hand, by options or in the editor's own editor."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli.edit_wishes import InOrder, asked, wish_options, wishes_asked
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import issue_named, week_named
from newsletter.config import Configuration, load
from newsletter.errors import WishError

if TYPE_CHECKING:
    from newsletter.model import Built
    from newsletter.pipeline.editing import Changed, EditingDesk
    from newsletter.store import Store

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("edit", cls=InOrder)
@options("week-argument", "config", "now", "output", "json", "talk")
@wish_options
@click.option("--because", default="", metavar="TEXT", help="Say why; it is kept with each edit.")
@click.option("--file", "file", type=_FILE, metavar="FILE", help="Take in a text that was kept.")
@click.option(
    "--import", "import_", type=_FILE, metavar="FILE", help="Take in an issue.json changed by hand."
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    because: str,
    file: Path | None,
    import_: Path | None,
    **values: Any,
) -> None:
    """Change the built issue of WEEK (the latest) by hand; it is printed anew at once.

    STORY is its number in the issue, its id, or the beginning of one. Options are followed in their
    order; the numbers are those from before the first. Without any, $VISUAL or $EDITOR opens on the
    whole issue as one text: reorder, rewrite and delete there, save and close.

    Every build to come keeps to it. `newsletter edits` lists what was changed, and takes it back.
    An approved issue becomes a draft again; a published one stays as it is.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_edit import editing_desk
    from newsletter.cli.editor_name import editor_name
    from newsletter.cli.edits_telling import changed_json, tell_changed

    requests = asked(ctx, values)
    if sum((bool(requests), file is not None, import_ is not None)) > 1:
        raise click.UsageError("--file, --import and changes by options go one at a time")
    configuration = load(config)
    target = _target(week_named(week, configuration, now), file, import_)
    with wiring.store(configuration) as store:
        built = issue_named(target, store)
        by = editor_name(configuration)
        desk = editing_desk(configuration, store, now, by=by, output=output)
        if requests:
            changed = _changed(requests, built, store, desk, because)
        elif import_ is not None:
            changed = _imported(import_, built, desk, because)
        else:
            changed = _rewritten(file, built, configuration, desk, because, talk)
    if as_json:
        print_json(changed_json(changed, configuration.settings.timezone))
    else:
        tell_changed(changed, talk)


def _target(week: str | None, file: Path | None, import_: Path | None) -> str | None:
    """Return the week that is meant: the one named, else that of the file.

    Raises:
        WishError: the file cannot be read, or is of another week.
    """
    from newsletter.cli.edit_manuscript import saved_in

    if file is None:
        return week if import_ is None or week else _issue_in(import_)
    found = saved_in(file).stamp
    if found and week and found.week != week:
        raise WishError(f"{file}: is of {found.week}, not of {week}: leave {week} out")
    return week or (found.week if found else None)


def _changed(
    requests: list[tuple[str, Any]],
    built: "Built",
    store: "Store",
    desk: "EditingDesk",
    because: str,
) -> "Changed":
    from newsletter.issue.editing import version
    from newsletter.pipeline.editing import change
    from newsletter.pipeline.listing import listed

    seen = version(store.edits(built.id))
    wishes = tuple(wishes_asked(requests, listed(built)))
    return change(built.id, wishes, desk, seen=seen, cause=because, in_order=True)


def _imported(file: Path, built: "Built", desk: "EditingDesk", because: str) -> "Changed":
    """Take a hand-changed issue.json in; where it lies in the output folder, in its place."""
    from newsletter.issue import load as load_issue
    from newsletter.issue.hand_changes import wishes_of
    from newsletter.pipeline.editing import change, opened

    content = _content(file)
    now = opened(built.id, desk)
    wishes = wishes_of(content, load_issue(built.content), now, name=str(file))
    cause = because or f"taken in from {file.name}"
    return change(built.id, wishes, desk, seen=now.version, cause=cause, discard=content)


def _rewritten(
    file: Path | None,
    built: "Built",
    configuration: Configuration,
    desk: "EditingDesk",
    because: str,
    talk: Talk,
) -> "Changed":
    """Have the issue rewritten as one text, or go on with one that was kept."""
    from newsletter.cli.edit_manuscript import (
        edited_by_hand,
        hint,
        saved_in,
        see_that_somebody_can_edit,
        taken_in,
    )
    from newsletter.issue.manuscript import write
    from newsletter.pipeline.editing import opened
    from newsletter.pipeline.editing_desk import see_that_it_is_open
    from newsletter.pipeline.handmade import stopped_by_hand

    if file is not None:
        return taken_in(saved_in(file), built.id, desk, cause=because)
    see_that_somebody_can_edit()
    see_that_it_is_open(built)
    stopped_by_hand(built.id, desk.store, desk.press.output)
    text = write(opened(built.id, desk))
    saved = edited_by_hand(configuration.workspace, built.id, text)
    changed = taken_in(saved, built.id, desk, cause=because)
    if hint(saved) and not talk.quiet:
        click.echo(hint(saved), err=True)
    return changed


def _issue_in(file: Path) -> str:
    from newsletter.errors import IssueError
    from newsletter.issue import load as load_issue

    try:
        return load_issue(_content(file), str(file)).id
    except IssueError as error:
        raise WishError(str(error)) from error


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WishError(
            f"{file}: cannot be read: {error.strerror}; name an issue.json that you changed"
        ) from error
