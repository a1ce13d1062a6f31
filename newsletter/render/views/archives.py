"""Turns issues into the archive's view: by month, newest first."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from newsletter.model import Status
from newsletter.model.issue import Glance
from newsletter.render import dates
from newsletter.render.safe import plain
from newsletter.render.views.naming import counted, nameplate
from newsletter.render.views.values import ArchiveView, EntryView, MonthView


def archive_view(issues: Sequence[Glance], *, has_feeds: bool = False) -> ArchiveView:
    """Return the archive of at least one issue, whatever order they come in.

    With *has_feeds* there are feeds beside it.
    """
    newest_first = sorted(issues, key=lambda issue: (issue.publishes_at, issue.id), reverse=True)
    dated = [
        (dates.local(issue.publishes_at, issue.masthead.timezone), issue) for issue in newest_first
    ]
    months = tuple(
        MonthView(name=name, entries=tuple(_entry(day, issue) for day, issue in group))
        for name, group in groupby(dated, key=lambda pair: dates.month(pair[0]))
    )
    stories = sum(issue.stories for issue in issues)
    return ArchiveView(
        plate=nameplate(newest_first[0].masthead),
        months=months,
        newest=f"{newest_first[0].id}/index.html",
        total=f"{counted(len(issues), 'issue')}, {counted(stories, 'story')}",
        has_feeds=has_feeds,
    )


def _entry(day: datetime, issue: Glance) -> EntryView:
    heads = [plain(headline) or "Untitled" for headline in issue.headlines]
    return EntryView(
        path=issue.id,
        week=dates.week(day),
        day=dates.short_day(day, day),
        headline=heads[0] if heads else "No stories this week",
        also="; ".join(heads[1:]),
        story_count=counted(issue.stories, "story"),
        is_draft=issue.status != Status.PUBLISHED,
    )
