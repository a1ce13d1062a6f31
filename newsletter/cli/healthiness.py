"""What commands say of the feeds' health: lines for those that want an eye, JSON for all."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from newsletter.cli.telling import counted
from newsletter.issue.dump import moment

if TYPE_CHECKING:
    from newsletter.pipeline.health import Health

_SHOWN = 10  # lines: more would hide those of the build
_WAYS_OUT = {
    "failing": "`newsletter feeds check` asks it again, `feeds disable` leaves it out",
    "gone": "`newsletter feeds remove` takes it out of feeds.yaml",
    "moved": "`newsletter feeds move` writes the new URL into feeds.yaml",
    "silent": "`newsletter feeds check` shows what it holds",
}


def tell_health(found: "Sequence[Health]") -> None:
    """Say on stderr, a line each, which feeds want the editor's eye, why, and what can be done."""
    wanting = [one for one in found if one.wants_eye]
    for one in wanting[:_SHOWN]:
        click.echo(f"{one.status}: {health_line(one)}; {_WAYS_OUT[one.status]}", err=True)
    if len(wanting) > _SHOWN:
        rest = counted(len(wanting) - _SHOWN, "more feed")
        verb = "wants" if len(wanting) == _SHOWN + 1 else "want"
        click.echo(f"{rest} {verb} an eye: `newsletter feeds list` shows them", err=True)


def health_line(one: "Health") -> str:
    """Return a feed, how it is and since when in one line."""
    name = f"{one.feed.name} " if one.feed.name else ""
    since = ""
    if one.failing_since:
        last = f"{one.last_success:%Y-%m-%d}" if one.last_success else "never"
        since = f" since {one.failing_since:%Y-%m-%d}, {one.failures} times in a row"
        since += f" (last read: {last})"
    return f"{name}{one.feed.url}:{since} {one.note}".replace("  ", " ").rstrip()


def health_json(one: "Health") -> dict[str, object]:
    """Return what `--json` says of a feed's health."""
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
