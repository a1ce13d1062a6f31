"""What commands say of the feeds' health: lines for those that want an eye, JSON for all."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from newsletter.cli.telling import counted

if TYPE_CHECKING:
    from newsletter.pipeline.health import Health

_SHOWN = 10  # lines: more would hide those of the build
_WAYS_OUT = {
    "failing": "`newsletter feeds check` asks it again, `feeds disable` leaves it out",
    "gone": "`newsletter feeds remove` takes it out of feeds.yaml",
    "moved": "`newsletter feeds move` writes the new URL into feeds.yaml",
    "silent": "`newsletter feeds check` shows what it holds",
}


def tell_health(found: "Sequence[Health]", *, most: int = _SHOWN) -> None:
    """Say on stderr, a line each, which feeds want the editor's eye, why, and what can be done.

    After *most* of them, only how many more there are.
    """
    wanting = [one for one in found if one.wants_eye]
    for one in wanting[:most]:
        click.echo(f"{one.status}: {health_line(one)}; {_WAYS_OUT[one.status]}", err=True)
    if len(wanting) > most:
        rest = counted(len(wanting) - most, "more feed")
        verb = "wants" if len(wanting) == most + 1 else "want"
        click.echo(f"{rest} {verb} an eye: `newsletter feeds list` shows them", err=True)


def told_by_health(found: "Sequence[Health]") -> frozenset[str]:
    """Return the URLs of the failing feeds that `tell_health` names, each in a line of its own."""
    wanting = [one for one in found if one.wants_eye][:_SHOWN]
    return frozenset(one.feed.url for one in wanting if one.failures)


def health_line(one: "Health") -> str:
    """Return a feed, how it is and since when in one line."""
    name = f"{one.feed.name} " if one.feed.name else ""
    since = ""
    if one.failing_since:
        last = f"{one.last_success:%Y-%m-%d}" if one.last_success else "never"
        times = f"{one.failures} times in a row, " if one.failures > 1 else ""
        since = f" ({times}since {one.failing_since:%Y-%m-%d}, last read: {last})"
    return f"{name}{one.feed.url}: {one.note or one.status}{since}"


def health_json(one: "Health") -> dict[str, object]:
    """Return what `--json` says of a feed's health."""
    from newsletter.issue.dump import moment

    return {
        "url": one.feed.url,
        "name": one.feed.name,
        "section": one.feed.section,
        "status": one.status,
        "note": one.note,
        "wants_eye": one.wants_eye,
        "last_success": moment(one.last_success),
        "failures": one.failures,
        "failing_since": moment(one.failing_since),
        "articles_a_week": one.articles_a_week,
        "median_age_days": _days(one.median_age),
        "next_try": moment(one.next_try),
        "moved_to": one.moved_to,
    }


def _days(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(days=1), 1)
