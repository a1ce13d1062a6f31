"""`newsletter feeds list` and `check`: how the feeds are, as last seen and as of now."""

import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.healthiness import health_json, tell_health
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json, progress

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.model import Feed
    from newsletter.pipeline.check import Asking, Checked
    from newsletter.pipeline.health import Health

_STATUS = ("ok", "new", "failing", "gone", "moved", "silent", "disabled")
_COLOURS = {"failing": "red", "gone": "red", "moved": "yellow", "silent": "yellow"}
_UNREMARKABLE = frozenset({"ok", "new", "disabled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """How the table is laid out for a terminal of a width."""

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    next_try: str  # format of a moment

    def name(self, columns: int) -> int:
        """Return the columns that are left for the name."""
        return columns - sum(self.widths) - 2 * len(self.widths) - 2


_WIDE = _Sheet(
    headings=("status", "last success", "failures", "a week", "median age", "next try"),
    widths=(8, 12, 8, 6, 10, 16),
    next_try="%Y-%m-%d %H:%M",
)
_NARROW = _Sheet(
    headings=("status", "success", "fails", "a week", "age", "next try"),
    widths=(8, 10, 5, 6, 4, 11),
    next_try="%m-%d %H:%M",
)
_LEAST_NAME = 16  # columns, on however narrow a terminal
_WIDEST = 120  # columns: the eye loses the line in more


@click.command("list", short_help="List the feeds and how each of them is.")
@click.option(
    "--status",
    "wanted",
    type=click.Choice(_STATUS),
    multiple=True,
    help="Only feeds of this status; may be given more than once.",
)
@options("config", "now", "json", "talk")
def list_(wanted: tuple[str, ...], config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """List the feeds by section, with how each of them is.

    Columns: status, last success, failures in a row, articles a week (the mean of eight weeks),
    median age of the ten newest, next try (UTC). Below stands what wants an editor's eye: a feed
    that has failed for a week, is gone or has moved for good, or is silent for far longer than its
    own rhythm. -v adds the URLs and every note.
    """
    from newsletter import wiring
    from newsletter.cli.assembly import feeds_health
    from newsletter.config import load

    configuration = load(config)
    with wiring.store(configuration) as store:
        every = feeds_health(configuration, store, now)
    found = [one for one in every if one.status in wanted] if wanted else list(every)
    if as_json:
        print_json({"feeds": [{**health_json(one), "enabled": one.feed.enabled} for one in found]})
        return
    if not every:
        click.echo(_no_feeds(config), err=True)
        return
    if found:
        for line in _table(found, now, verbose=talk.verbose):
            click.echo(line)
    if not talk.quiet:
        click.echo(_counted_by_status(every), err=True)
        tell_health(found, most=len(found))


@click.command("check", short_help="Ask feeds now.")
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@options("config", "now", "json", "talk")
def check(feeds: tuple[str, ...], config: Path, now: datetime, as_json: bool, talk: Talk) -> int:
    """Ask each FEED now, all that are enabled if none is named; exit 1 if one of them fails.

    FEED is a URL, a name, or a part of either that no other feed has. Nothing is gathered; a feed
    that answers well again is asked at the next gather.
    """
    from newsletter import wiring
    from newsletter.cli.picking import feed_named
    from newsletter.config import load
    from newsletter.model import Visit
    from newsletter.pipeline.check import check as checked
    from newsletter.pipeline.visiting import cleared

    configuration = load(config)
    asked = list(dict.fromkeys(feed_named(text, configuration.feeds) for text in feeds))
    asked = asked or [feed for feed in configuration.feeds if feed.enabled]
    found: dict[str, Checked] = {}
    with wiring.store(configuration) as store:
        with progress(talk, as_json=as_json) as shown:
            shown.announce("asking")
            for one in checked(asked, asking(configuration, now)):
                found[one.feed.url] = one
                shown.advance(len(found), len(asked))
        known = store.visits()
        store.save_visits(
            cleared(known.get(url, Visit(url=url)), now) for url, one in found.items() if one.is_ok
        )
    rows = [found[feed.url] for feed in asked]
    if as_json:
        print_json({"feeds": [_checked_json(one) for one in rows]})
    else:
        _tell_all_checked(rows, config, talk)
    return 0 if all(one.is_ok for one in rows) else 1


def asking(configuration: "Configuration", now: datetime) -> "Asking":
    """Return the doors through which feeds are asked outside of a gather."""
    from newsletter import wiring
    from newsletter.pipeline.check import Asking

    return Asking(
        source=wiring.feeds(configuration),
        workers=wiring.workers(),
        now=now,
        language=configuration.settings.language,
    )


def _tell_all_checked(rows: "Sequence[Checked]", config: Path, talk: Talk) -> None:
    if not rows:
        click.echo(_no_feeds(config, "enabled "), err=True)
    # The failed ones last: of many lines the end is what one sees.
    for one in sorted(rows, key=lambda one: not one.is_ok):
        if not one.is_ok or not talk.quiet:
            _tell_checked(one)
    failed = sum(not one.is_ok for one in rows)
    if len(rows) > 1 and not talk.quiet:
        asked = counted(len(rows), "feed")
        click.echo(f"{asked} asked: {len(rows) - failed} ok, {failed} failed", err=True)


def _no_feeds(config: Path, kind: str = "") -> str:
    return f"{config} has no {kind}feeds; add one: newsletter feeds add URL"


def _counted_by_status(found: "Sequence[Health]") -> str:
    count: Counter[str] = Counter(one.status for one in found)
    told = ", ".join(f"{count[status]} {status}" for status in _STATUS if count[status])
    return f"{counted(len(found), 'feed')}: {told}"


def _tell_checked(one: "Checked") -> None:
    if one.is_ok:
        entries = "1 entry" if one.entries == 1 else f"{one.entries:,} entries"
        click.echo(f"ok: {_shown(one.feed)}: {entries}")
    else:
        click.echo(f"failed: {_shown(one.feed)}: {one.reason}")
    if one.moved_to:
        click.echo(f"  has moved for good to {one.moved_to}")
    for other in one.advertised:
        title = f" ({other.title})" if other.title else ""
        click.echo(f"  a feed is named there: {other.url}{title}")


def _table(found: "Sequence[Health]", now: datetime, *, verbose: bool) -> Iterator[str]:
    columns = min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
    sheet = _WIDE if columns >= 100 else _NARROW
    name = max(sheet.name(columns), _LEAST_NAME)
    yield "  " + _row(_fitted("name", name), sheet.headings, sheet)
    section = None
    for one in found:
        if one.feed.section != section:
            section = one.feed.section
            yield click.style(section, bold=True)
        row = _row(_fitted(_called(one.feed), name), _cells(one, now, sheet), sheet)
        is_fine = one.status in _UNREMARKABLE
        yield "  " + row if is_fine else click.style(f"! {row}", fg=_COLOURS[one.status])
        if verbose:
            yield f"    {one.feed.url}"
        # What wants an eye is told below, with the way out.
        if one.note and (verbose or not (is_fine or one.wants_eye)):
            yield f"    {one.note}"


def _cells(one: "Health", now: datetime, sheet: _Sheet) -> tuple[str, ...]:
    return (
        one.status,
        f"{one.last_success:%Y-%m-%d}" if one.last_success else "never",
        str(one.failures) if one.failures else "-",
        f"{one.articles_a_week:g}" if one.articles_a_week is not None else "-",
        _span(one.median_age),
        f"{one.next_try:{sheet.next_try}}" if one.next_try and one.next_try > now else "-",
    )


def _row(name: str, cells: Sequence[str], sheet: _Sheet) -> str:
    texts = [f"{cell:<{width}}" for cell, width in zip(cells, sheet.widths, strict=True)]
    return "  ".join([name, *texts]).rstrip()


def _fitted(text: str, columns: int) -> str:
    """Return *text* cut or filled up to *columns* of a terminal."""
    kept, used = "", 0
    for char in text:
        width = 2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        if used + width > columns:
            while used >= columns:
                used -= 2 if unicodedata.east_asian_width(kept[-1]) in "WF" else 1
                kept = kept[:-1]
            return f"{kept}…" + " " * (columns - used - 1)
        kept, used = kept + char, used + width
    return kept + " " * (columns - used)


def _span(age: timedelta | None) -> str:
    if age is None:
        return "-"
    hours = age / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"


def _called(feed: "Feed") -> str:
    """Return the feed's name, or of its URL what tells it from others of its host."""
    return feed.name or feed.url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _shown(feed: "Feed") -> str:
    from newsletter.cli.picking import shown_name

    return shown_name(feed)


def _checked_json(one: "Checked") -> dict[str, object]:
    return {
        "url": one.feed.url,
        "name": one.feed.name,
        "section": one.feed.section,
        "status": "ok" if one.is_ok else "failed",
        "reason": one.reason,
        "entries": one.entries,
        "title": one.title,
        "advertised": [{"url": other.url, "title": other.title} for other in one.advertised],
        "moved_to": one.moved_to,
    }
