"""`newsletter run`: gathers, builds and publishes on time, until it is told to end."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.logs import LogFormat, log_to_stderr
from newsletter.cli.options import Talk, options

if TYPE_CHECKING:
    from newsletter.cli.weekly import Done, Weekly

_INTERRUPTED = 1  # exit code of a --once that SIGTERM ended before it was done


@click.command("run")
@click.option(
    "--once",
    is_flag=True,
    help="Do what is due now, and end: for cron, systemd timers and workflows.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Write the log to stderr as lines, or as one JSON object a line.",
)
@options("config", "now", "output", "offline", "json", "talk")
def command(
    once: bool,
    log_format: LogFormat,
    config: Path,
    now: datetime,
    output: Path | None,
    offline: bool,
    as_json: bool,
    talk: Talk,
) -> int:
    """Gather, build and publish on time, until SIGTERM or Ctrl-C ends it.

    What is due comes from the schedule and from what the database remembers: it may be stopped,
    killed and started at any time, and run on several machines at once. Any change of feeds.yaml
    is heeded from the next tick on.

    --once exits 0 where there was nothing to do, or another process is at it; 1 where an issue
    could not be made.
    """
    is_set = click.get_current_context().get_parameter_source("now")
    is_fixed = is_set is click.core.ParameterSource.COMMANDLINE
    if is_fixed and not once:
        raise click.UsageError("--now belongs to --once: a daemon goes by the clock")
    if as_json and not once:
        raise click.UsageError("--json belongs to --once; a daemon's log: --log-format json")
    from newsletter import wiring
    from newsletter.cli.weekly import Weekly
    from newsletter.config import load
    from newsletter.scheduler import Ended, Ending

    log_to_stderr(log_format, talk, news=not once)
    configuration = load(config)
    try:
        with Ending() as ending, wiring.store(configuration) as store:
            weekly = Weekly(
                config, configuration, store, ending=ending, output=output, offline=offline
            )
            if once:
                return _once(weekly, (lambda: now) if is_fixed else _now, as_json, talk)
            _for_ever(weekly)
    except Ended as told:
        if once:
            click.echo("newsletter: ended before it was done; the rest is made up", err=True)
            return told.exit_code or _INTERRUPTED
        return told.exit_code
    return 0


def _now() -> datetime:
    # Seconds are as fine as an issue needs.
    return datetime.now(UTC).replace(microsecond=0)


def _for_ever(weekly: "Weekly") -> None:
    from newsletter.cli.watching import watched
    from newsletter.scheduler import Wakes, loop

    with ExitStack() as stack:
        watch, url = stack.enter_context(watched(weekly, _now))
        weekly.tell_beginning(_now(), url)
        wakes = stack.enter_context(Wakes())
        loop(lambda: watch(_now()), clock=_now, wakes=wakes, failed=watch.failed)


def _once(weekly: "Weekly", clock: Callable[[], datetime], as_json: bool, talk: Talk) -> int:
    done = weekly.until_done(clock)
    if as_json:
        from newsletter.cli.telling import print_json

        print_json(done.as_json)
    else:
        _tell(done, talk)
    return 1 if done.is_failure else 0


def _tell(done: "Done", talk: Talk) -> None:
    for one in done.did:
        click.echo(f"{one.job} {one.period}: {one.state}: {one.text}")
    for message in () if talk.quiet else done.told:
        click.echo(message.text, err=True)
    for name in done.busy:
        click.echo(f"{name}: another process is at it")
    if not done.did and not done.busy and not talk.quiet:
        click.echo("nothing is due")
    if done.next_at and not talk.quiet:
        click.echo(f"next: {done.next_local}", err=True)
