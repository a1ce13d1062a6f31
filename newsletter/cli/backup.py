"""`newsletter backup`: saves the database into one file."""

from dataclasses import asdict
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.config import load
from newsletter.errors import StoreError


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
@options("config", "json", "talk")
def command(file: Path, force: bool, config: Path, as_json: bool, talk: Talk) -> None:
    """Save the database, as it is at this moment, into FILE: one SQLite database, whole or not.

    Others may go on working meanwhile. feeds.yaml, seeds/ and dist/ are not in it: they are files
    already. It holds every article's text: keep it as safe as the database itself.
    """
    from newsletter.cli.saved import saved
    from newsletter.store.backup import backup

    configuration = load(config)
    if file.exists() and not force:
        raise StoreError(f"{file}: is there already; name another file, or add --force")
    backup(configuration.database_url, file)
    found = saved(file)
    if as_json:
        print_json({"file": str(file.absolute()), **asdict(found)})
    elif not talk.quiet:
        click.echo(f"saved {found.told}: {file}")
        click.echo(f"bring it back: newsletter restore {file}", err=True)
