"""What commands say: progress on stderr, results on stdout, as a table or as JSON."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from newsletter.cli.checking import check_row
from newsletter.cli.options import Talk

if TYPE_CHECKING:
    from newsletter.pipeline.build import BuildReport
    from newsletter.pipeline.gather import FeedRow, Gathered, SeedRow
    from newsletter.pipeline.writing import Spent


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a command reports how far it has come; both do nothing off a terminal."""

    advance: Callable[[int, int], None]
    announce: Callable[[str], None]


@contextmanager
def progress(talk: Talk, *, as_json: bool) -> Iterator[Progress]:
    """Yield a progress bar on stderr if somebody is there to see it, else one that is silent."""
    if talk.quiet or as_json or not sys.stderr.isatty():
        yield Progress(lambda done, of: None, lambda stage: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield Progress(
            lambda done, of: bar.update(task, completed=done, total=of),
            lambda stage: bar.update(task, description=stage, total=None),
        )


def tell_gathered(
    gathered: "Gathered", talk: Talk, *, told_later: Collection[str] = frozenset()
) -> None:
    """Say on stderr, a line each, which feeds and seeds failed and since when.

    Feeds whose URLs are *told_later* are passed over, for each is to be told once.
    """
    for row in gathered.feeds:
        if row.feed.url in told_later:
            continue
        if row.status == "failed":
            click.echo(f"failed: {_feed_line(row)}", err=True)
        elif row.failures and row.next_try:
            again = f"; it is asked again from {row.next_try:%Y-%m-%d %H:%M} UTC, or with --retry"
            click.echo(f"waiting: {_feed_line(row)}{again}", err=True)
    for seed in gathered.seeds:
        if seed.status == "failed":
            click.echo(f"failed: {seed.path}: {seed.reason}", err=True)
    skipped = [row for row in gathered.feeds if row.status == "skipped" and not row.failures]
    if talk.quiet:
        return
    # One line for each reason: a list of every feed that was not asked hides those that failed.
    for reason, count in Counter(row.reason for row in skipped).items():
        click.echo(f"skipped: {counted(count, 'feed')}: {reason}", err=True)


def _feed_line(row: "FeedRow") -> str:
    name = f"{row.feed.name} " if row.feed.name else ""
    again = ""
    if row.since and row.failures > 1:
        again = f" ({row.failures} times in a row, since {row.since:%Y-%m-%d %H:%M} UTC)"
    return f"{name}{row.feed.url}: {row.reason}{again}"


def tell_issue(report: "BuildReport", talk: Talk) -> None:
    """Print the short table of a build on stdout, and what wants the editor's eye on stderr."""
    issue = report.issue
    for problem in issue.problems:
        click.echo(f"problem: {problem}", err=True)
    for warning in () if talk.quiet else (*issue.warnings, *report.check.cuts):
        click.echo(f"warning: {warning}", err=True)
    if report.spent.fault and not talk.quiet:
        told = "warning: not every summary could be had of the language model"
        click.echo(f"{told}: {report.spent.fault}", err=True)
    if talk.verbose:
        whole = sum(report.seconds.values()) or 1.0
        for stage, seconds in report.seconds.items():
            click.echo(f"stage {stage}: {seconds:.3f} s ({seconds / whole:.0%})", err=True)
    if talk.quiet:
        return
    rows = [
        ("issue", f"{issue.id}, {issue.status.value}"),
        *_gathered_rows(report.gathered),
        *_pages_row(report),
        ("copies", str(report.copies)),
        ("stories", f"{issue.counts.stories} found, {issue.counts.chosen} chosen"),
        *_writing_row(report.spent),
        *_edits_row(report),
        ("check", check_row(report.check)),
        ("files", f"{len(report.files)} in {report.folder}"),
    ]
    print_table(rows)


def _pages_row(report: "BuildReport") -> list[tuple[str, str]]:
    read, failed = report.pages.read, len(report.pages.failed)
    if not read and not failed:
        return []
    failures = f", {failed} could not be (-v says why): the feeds' texts stand" if failed else ""
    return [("pages", f"{read} read{failures}")]


def _writing_row(spent: "Spent") -> list[tuple[str, str]]:
    if not spent.model:
        return []
    told = [f"{spent.accepted} by {spent.model}"]
    if spent.refused:
        told.append(f"{len(spent.refused)} in the sources' own words instead (newsletter why)")
    told.append(
        f"{counted(spent.calls, 'call')}, {counted(spent.tokens_in + spent.tokens_out, 'token')}"
    )
    if spent.cached:
        told.append(f"{spent.cached} kept from before")
    return [("summaries", "; ".join(told))]


def edit_counts(report: "BuildReport") -> dict[str, int]:
    """Return how many of the edits that stand were applied, wait, or were overruled."""
    states = Counter(effect.state for effect in report.effects)
    return {name: states[name] for name in ("applied", "waiting", "overruled")}


def _edits_row(report: "BuildReport") -> list[tuple[str, str]]:
    found = edit_counts(report)
    if not any(found.values()):
        return []
    told = [f"{found['applied']} applied"]
    if found["waiting"]:
        told.append(f"{found['waiting']} waiting (newsletter edits)")
    if found["overruled"]:
        told.append(f"{found['overruled']} overruled by later ones")
    return [("edits", ", ".join(told))]


def counted(count: int, thing: str) -> str:
    """Return *count* things in words: "1 feed", "2 feeds"."""
    return f"{count:,} {thing}{'s' if count != 1 else ''}"


def print_table(rows: Sequence[tuple[str, str]]) -> None:
    """Print *rows* on stdout as two columns."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}")


def print_json(value: Mapping[str, object]) -> None:
    """Print *value* on stdout as one JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def gathered_table(gathered: "Gathered") -> None:
    """Print what a gather brought on stdout."""
    print_table(_gathered_rows(gathered))


def gathered_json(gathered: "Gathered") -> dict[str, object]:
    """Return what `--json` says of a gather: a row for each feed and each seed."""
    return {
        "feeds": [_feed_json(row) for row in gathered.feeds],
        "seeds": [_seed_json(row) for row in gathered.seeds],
    }


def gathered_counts(gathered: "Gathered") -> dict[str, object]:
    """Return what `--json` counts of a gather."""
    status = Counter(row.status for row in gathered.feeds)
    return {
        "feeds": {name: status[name] for name in ("ok", "unchanged", "failed", "skipped")},
        "new": gathered.new,
        "changed": gathered.changed,
    }


def _gathered_rows(gathered: "Gathered") -> list[tuple[str, str]]:
    rows = []
    if gathered.feeds:
        status = Counter(row.status for row in gathered.feeds)
        told = [f"{status[name]} {name}" for name in ("ok", "unchanged", "failed", "skipped")]
        rows.append(("feeds", ", ".join(part for part in told if not part.startswith("0 "))))
    if gathered.seeds:
        status = Counter(row.status for row in gathered.seeds)
        told = [f"{status[name]} {name}" for name in ("ok", "failed")]
        rows.append(("seeds", ", ".join(part for part in told if not part.startswith("0 "))))
    rows.append(("articles", f"{gathered.new} new, {gathered.changed} changed"))
    return rows


def _feed_json(row: "FeedRow") -> dict[str, object]:
    from newsletter.issue.dump import moment

    return {
        "url": row.feed.url,
        "name": row.feed.name,
        "section": row.feed.section,
        "status": row.status,
        "reason": row.reason,
        "new": row.new,
        "found": row.found,
        "failures": row.failures,
        "failing_since": moment(row.since),
        "next_try": moment(row.next_try),
        "moved_to": row.moved_to,
    }


def _seed_json(row: "SeedRow") -> dict[str, object]:
    return {
        "path": row.path,
        "section": row.section,
        "status": row.status,
        "reason": row.reason,
        "new": row.new,
    }
