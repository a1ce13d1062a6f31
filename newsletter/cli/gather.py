"""`newsletter gather`: asks every feed and reads every seed, and builds nothing."""

import time
from datetime import datetime
from pathlib import Path

import click

from newsletter.cli.healthiness import health_json, tell_health, told_by_health
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import (
    gathered_counts,
    gathered_json,
    gathered_table,
    print_json,
    progress,
    tell_gathered,
)
from newsletter.config import load


@click.command("gather")
@options("config", "now", "offline", "retry", "json", "talk")
def command(
    config: Path, now: datetime, offline: bool, retry: bool, as_json: bool, talk: Talk
) -> None:
    """Ask every feed and read every seed; build nothing.

    What is new waits in the database for the coming issue.
    """
    from newsletter import wiring
    from newsletter.cli.assembly import adopt, feeds_health, gathering
    from newsletter.pipeline.gather import gather

    configuration = load(config)
    start = time.perf_counter()
    workers = wiring.workers()  # first: they take their time to be ready
    with wiring.store(configuration) as store, progress(talk, as_json=as_json) as shown:
        adopt(configuration, store, now, talk)
        shown.announce("gathering")
        doors = gathering(
            configuration, store, workers, now, offline=offline, retry=retry, progress=shown.advance
        )
        gathered = gather(configuration.feeds, configuration.seed_folders, doors)
        found = feeds_health(configuration, store, now)
    seconds = round(time.perf_counter() - start, 4)
    told_later = frozenset() if talk.quiet else told_by_health(found)
    tell_gathered(gathered, talk, told_later=told_later)
    if as_json:
        counts = gathered_counts(gathered)
        timings = {"gather": seconds}
        health = [health_json(one) for one in found]
        print_json(
            {**gathered_json(gathered), "counts": counts, "health": health, "timings": timings}
        )
    elif not talk.quiet:
        gathered_table(gathered)
    if not talk.quiet:
        tell_health(found)
