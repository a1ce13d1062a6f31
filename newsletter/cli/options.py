"""Options that several commands share, and what they are turned into."""

import functools
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

_FOUND = "newsletter.pipeline.found"
_YEARS = (1990, 9000)  # before there were feeds; before the calendar's end is in the way

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """How much a command says on stderr besides errors."""

    quiet: bool = False
    verbose: bool = False


_CONFIG = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    default=Path("feeds.yaml"),
    show_default=True,
    envvar="NEWSLETTER_CONFIG",
    help="The configuration; also NEWSLETTER_CONFIG.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime:
    del ctx, param
    if value is None:
        # The one place where the clock is read; seconds are as fine as an issue needs.
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is no ISO 8601 time; write 2026-11-22T17:00:00Z"
        ) from error
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise click.BadParameter(f"{value!r} is not within the years {_YEARS[0]} to {_YEARS[1]}")
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


_NOW = click.option(
    "--now", callback=_moment, metavar="ISO", help="Take this for the present time (UTC if bare)."
)
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Say more.")
_QUIET = click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing but errors, and what was asked for."
)
_WEEK = click.option("--week", metavar="W", help="The issue: 2026-W47 or W47.")
_WEEK_ARGUMENT = click.argument("week", required=False)
_OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write to DIR instead of the configured folder.",
)
_OFFLINE = click.option("--offline", is_flag=True, help="Leave the network alone.")
_RETRY = click.option("--retry", is_flag=True, help="Ask failing feeds too that are to wait.")

_ALL = {
    "config": _CONFIG,
    "json": _JSON,
    "now": _NOW,
    "talk": None,
    "week": _WEEK,
    "week-argument": _WEEK_ARGUMENT,
    "output": _OUTPUT,
    "offline": _OFFLINE,
    "retry": _RETRY,
}


def options(*names: str) -> Callable[[F], F]:
    """Return a decorator that adds the shared options of these *names* to a command.

    `talk` adds -v and -q, which reach the command as a `Talk`, and sets up the log on stderr.
    """

    def decorate(function: F) -> F:
        decorated: Callable[..., object] = function
        if "talk" in names:
            decorated = _VERBOSE(_QUIET(_talking(function)))
        for name in reversed(names):
            option = _ALL[name]
            decorated = option(decorated) if option else decorated
        return decorated  # type: ignore[return-value] # click hands the function on

    return decorate


def _talking(function: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(function)
    def wrapper(*args: object, verbose: bool, quiet: bool, **kwargs: object) -> object:
        level = logging.DEBUG if verbose else logging.ERROR
        logger = logging.getLogger("newsletter")
        logger.setLevel(level)
        # What lay in the place of an issue is somebody's work: without -v, too.
        logging.getLogger(_FOUND).setLevel(level if verbose or quiet else logging.WARNING)
        if not logger.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
            logger.addHandler(handler)
            logger.propagate = False
        return function(*args, talk=Talk(quiet=quiet, verbose=verbose), **kwargs)

    return wrapper
