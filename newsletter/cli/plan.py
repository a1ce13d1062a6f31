"""`newsletter plan`: the coming instants of publication."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options

if TYPE_CHECKING:
    from newsletter.config import Configuration

_WEEKS = 8
_MOST = 520  # ten years


@click.command("plan")
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, _MOST),
    default=_WEEKS,
    show_default=True,
    help="How many.",
)
@options("config", "now", "json", "talk")
def command(count: int, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """List the coming instants of publication: local time with its UTC offset, and UTC.

    Where clocks change, it says which time is meant: one that is skipped moves to the first that
    exists, one that occurs twice is its first occurrence. And where an issue is published already,
    as after a change of schedule.
    """
    from newsletter.cli.instants import as_local, as_written, clock_change, utc_text
    from newsletter.config import load
    from newsletter.weeks import plan

    del talk
    configuration = load(config)
    settings = configuration.settings
    found = plan(settings.weekly, now, count)
    out = _published(configuration, [issue for issue, _ in found])
    if as_json:
        rows = [
            {
                "issue": issue,
                "at": utc_text(at),
                "local": as_local(at, settings.timezone).isoformat(),
                "note": clock_change(settings.weekly, at),
                "published": issue in out,
            }
            for issue, at in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(as_written(at, settings.timezone)) for _, at in found)
    for issue, at in found:
        notes = ("published already" if issue in out else "", clock_change(settings.weekly, at))
        line = f"{issue}  {as_written(at, settings.timezone):<{width}}  {at:%Y-%m-%d %H:%M} UTC"
        click.echo("  ".join([line, *filter(None, notes)]))


def _published(configuration: "Configuration", issues: list[str]) -> frozenset[str]:
    """Return which of *issues* are out, none where no database can be read as it is."""
    from newsletter import wiring
    from newsletter.cli.probing_database import file_of
    from newsletter.errors import StoreError
    from newsletter.pipeline.due import is_out

    file = file_of(configuration.database_url)
    if file is not None and not file.is_file():
        return frozenset()
    try:
        if not _is_current(configuration.database_url):
            return frozenset()
        with wiring.store(configuration) as store:
            return frozenset(issue for issue in issues if is_out(issue, store))
    except StoreError:  # the schedule alone says when
        return frozenset()


def _is_current(url: str) -> bool:
    """Return whether a database is there that opening leaves as it is.

    Raises:
        StoreError: it cannot be asked.
    """
    import sqlalchemy as sa

    from newsletter.store.opening import NEWEST, engine_of
    from newsletter.store.telling import telling

    engine, name = engine_of(url)
    try:
        with telling(name), engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return False
            version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            return bool(version == NEWEST)
    finally:
        engine.dispose()
