"""`newsletter edits`: lists what was changed by hand in an issue, takes it back, carries it on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import issue_named, week_named
from newsletter.config import Configuration, load
from newsletter.errors import OutputError, WishError

if TYPE_CHECKING:
    from newsletter.pipeline.editing import Changed, EditingDesk

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_MAX_BYTES = 4_000_000  # of a file that is taken in: a hundred times a week's work


@click.command("edits")
@click.option("--revert", type=click.IntRange(min=1), metavar="N", help="Take back edit N.")
@click.option("--bring-back", type=click.IntRange(min=1), metavar="N", help="Undo --revert N.")
@click.option("--undo", is_flag=True, help="Take back what you changed last.")
@click.option("--redo", is_flag=True, help="Bring back what you took back last.")
@click.option("--export", "export", type=_FILE, metavar="FILE", help="Write them as YAML.")
@click.option("--import", "import_", type=_FILE, metavar="FILE", help="Take in what was exported.")
@options("week-argument", "config", "now", "output", "json", "talk")
def command(
    week: str | None,
    revert: int | None,
    bring_back: int | None,
    undo: bool,
    redo: bool,
    export: Path | None,
    import_: Path | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
) -> None:
    """List what was changed by hand in the issue of WEEK (the latest built): when, by whom, what.

    Nothing is ever lost: what is taken back stays in the list and can be brought back. What is
    waiting holds as soon as its story is there; what was overruled gave way to a later edit.

    FILE may be - for stdout, or stdin. What is taken in is made anew here, after all that is there.
    """
    from newsletter.cli.edits_telling import changed_json, tell_changed

    wanted = {
        "--revert": revert is not None,
        "--bring-back": bring_back is not None,
        "--undo": undo,
        "--redo": redo,
        "--export": export is not None,
        "--import": import_ is not None,
    }
    if sum(wanted.values()) > 1:
        asked = [name for name, is_asked in wanted.items() if is_asked]
        raise click.UsageError(f"{' and '.join(asked)} cannot be had at once; ask for one of them")
    configuration = load(config)
    target = week_named(week, configuration, now)
    if export is not None:
        _export(export, target, configuration, as_json=as_json, talk=talk)
    elif any(wanted.values()):
        act = _act(revert, bring_back, import_, undo=undo)
        changed = _changed(act, target, configuration, now, output)
        if as_json:
            print_json(changed_json(changed, configuration.settings.timezone))
        else:
            tell_changed(changed, talk)
    else:
        _list(target, configuration, as_json=as_json, talk=talk)


def _list(week: str | None, configuration: Configuration, *, as_json: bool, talk: Talk) -> None:
    from newsletter import wiring
    from newsletter.cli.edits_telling import footnote, listed_json, listed_lines
    from newsletter.cli.hands import edited_of

    with wiring.store(configuration) as store:
        built = issue_named(week, store)
        edits = store.edits(built.id)
    edited = edited_of(built, edits) if edits else None
    zone = configuration.settings.timezone
    if as_json:
        print_json({"issue": built.id, **listed_json(edited, zone)})
        return
    for line in listed_lines(edited, zone) if edited else ():
        click.echo(line)
    if not talk.quiet:
        click.echo(footnote(built, is_changed=bool(edits)), err=True)


def _export(
    file: Path, week: str | None, configuration: Configuration, *, as_json: bool, talk: Talk
) -> None:
    from newsletter import wiring
    from newsletter.cli.telling import counted
    from newsletter.issue.travelling import dump_edits

    with wiring.store(configuration) as store:
        built = issue_named(week, store)
        edits = store.edits(built.id)
    text = dump_edits(edits, built.id)
    is_stdout = str(file) == "-"
    if not is_stdout:
        try:
            file.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise OutputError(
                f"{file}: cannot be written: {error.strerror}; choose another file"
            ) from error
    if as_json:
        yaml = text if is_stdout else None
        target = None if is_stdout else str(file)
        print_json({"issue": built.id, "file": target, "edits": len(edits), "yaml": yaml})
    elif is_stdout:
        click.echo(text, nl=False)
    elif not talk.quiet:
        click.echo(f"{file}: {counted(len(edits), 'edit')} of {built.id}")


def _act(
    revert: int | None, bring_back: int | None, import_: Path | None, *, undo: bool
) -> "Callable[[str | None, EditingDesk], Changed]":
    """Return what is to be done with the edits of a week.

    Raises:
        WishError: what is to be taken in cannot be read.
    """
    from newsletter.pipeline import editing

    if revert is not None:
        return lambda week, desk: editing.revert(week, revert, desk)
    if bring_back is not None:
        return lambda week, desk: editing.bring_back(week, bring_back, desk)
    if import_ is not None:
        from newsletter.issue.travelling import load_edits
        from newsletter.pipeline.taking_in import take_in

        name, text = _read(import_)
        found = load_edits(text, name)
        return lambda week, desk: take_in(week, found, desk, source=Path(name).name)
    return editing.undo if undo else editing.redo


def _changed(
    act: "Callable[[str | None, EditingDesk], Changed]",
    week: str | None,
    configuration: Configuration,
    now: datetime,
    output: Path | None,
) -> "Changed":
    from newsletter import wiring
    from newsletter.cli.assembly_edit import editing_desk
    from newsletter.cli.editor_name import editor_name

    by = editor_name(configuration)
    with wiring.store(configuration) as store:
        return act(week, editing_desk(configuration, store, now, by=by, output=output))


def _read(file: Path) -> tuple[str, str]:
    """Return what people call *file* and what it holds.

    Raises:
        WishError: it cannot be read, is too large, or is no text.
    """
    name = "stdin" if str(file) == "-" else str(file)
    try:
        with click.open_file(str(file), "rb") as source:
            content = source.read(_MAX_BYTES + 1)
    except OSError as error:
        raise WishError(
            f"{name}: cannot be read: {error.strerror}; name a file that"
            " `newsletter edits --export FILE` wrote"
        ) from error
    if len(content) > _MAX_BYTES:
        raise WishError(f"{name}: is larger than {_MAX_BYTES:,} bytes: it holds no edits")
    try:
        return name, content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WishError(f"{name}: is no text in UTF-8; save it as such") from error
