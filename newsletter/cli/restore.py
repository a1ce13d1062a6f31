"""`newsletter restore`: brings a saved database back."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.config import Configuration, load
from newsletter.errors import StoreError

_KEPT = "before-restore"  # as the store names the SQLite databases that it sets aside


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a database that is not empty, or is damaged.")
@options("config", "now", "json", "talk")
def command(
    file: Path, force: bool, config: Path, now: datetime, as_json: bool, talk: Talk
) -> None:
    """Bring back what `newsletter backup` saved into FILE, all of it or nothing.

    Stop `newsletter run` first. A database that is not empty is replaced with --force only, and
    what it held is kept in a file beside. FILE stays as it is, and may be of an earlier version.
    What was yet to be told to people when it was saved is not told: it may have been since. Issues
    that came out after it was saved are taken from the output folder, so that none comes twice.
    """
    from newsletter import wiring
    from newsletter.cli.assembly import adopt
    from newsletter.cli.saved import saved

    configuration = load(config)
    kept = _restored(configuration, file, force=force)
    found = saved(file)
    if not as_json and not talk.quiet:
        click.echo(f"brought back {found.told}, from {file}")
        if kept:
            click.echo(f"what the database held before lies in {kept}", err=True)
    with wiring.store(configuration) as store:
        taken = adopt(configuration, store, now, talk, which="which came out after the backup")
    if as_json:
        old = str(kept.absolute()) if kept else None
        print_json(
            {"file": str(file.absolute()), "old_database": old, **asdict(found), "adopted": taken}
        )


def _restored(configuration: Configuration, file: Path, *, force: bool) -> Path | None:
    """Put *file* in place and return where the old database lies now, None if there was none."""
    from sqlalchemy.engine import make_url

    from newsletter.store.backup import restore

    url = configuration.database_url
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        kept = _saved_before(configuration) if force and file.is_file() else None
        try:
            restore(url, file, force=force)
        except StoreError:
            if kept:
                kept.unlink()
            raise
        return kept
    pattern = f"{Path(target.database or '').name}.{_KEPT}*"
    folder = Path(target.database or "").parent
    before = set(folder.glob(pattern))
    restore(url, file, force=force)
    # The shortest name: what SQLite keeps beside a database goes with it.
    return min(set(folder.glob(pattern)) - before, key=lambda path: len(path.name), default=None)


def _saved_before(configuration: Configuration) -> Path | None:
    """Save what a server holds into the workspace, before it is replaced; None if it is empty."""
    from newsletter import wiring
    from newsletter.store.backup import backup

    with wiring.store(configuration) as store:
        if store.is_empty() and not store.events(most=1):
            return None
    number, file = 1, configuration.workspace / f"newsletter.db.{_KEPT}"
    while file.exists():
        number += 1
        file = file.with_name(f"newsletter.db.{_KEPT}-{number}")
    backup(configuration.database_url, file)
    return file
