"""Build: gather, compose, render and write one issue, and remember it."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Built, CheckReport, Feed, Issue, Ranked
from newsletter.pipeline.clustering import Background, Vectors
from newsletter.pipeline.compose import Composed, Sources, Stopwatch, compose
from newsletter.pipeline.fulltext import PagesRead, candidates, read_pages, shortlist, wanted
from newsletter.pipeline.gather import FeedRow, Gathered, Gathering, gather
from newsletter.pipeline.handmade import stopped_by_hand
from newsletter.pipeline.material import Brief, CommonWords
from newsletter.pipeline.picturing import pictured, sized_as
from newsletter.pipeline.press import Press, printed
from newsletter.pipeline.window import Window, see_that_it_is_open
from newsletter.pipeline.writing import Spent, WritingDesk
from newsletter.ports import (
    Decisions,
    Issues,
    Pages,
    PageSource,
    Paragraphs,
    Pictures,
    Summariser,
    Words,
)
from newsletter.render import check_templates

_NOT_ASKED = "an earlier week is rebuilt from what it held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """The doors and the settled parts of one build.

    `pages` and `pictures` are None where the network is left alone. `discard` gives up what a
    person changed in the issue.json of an earlier build. Printing and saving happen within the
    transaction that `begin` begins, if given.
    """

    window: Window
    brief: Brief
    gathering: Gathering
    issues: Issues
    words: Words
    paragraphs: Paragraphs
    decisions: Decisions
    background: Background
    common_words: CommonWords
    summarise: Summariser
    press: Press
    pages: PageSource | None
    page_visits: Pages
    pictures: Pictures | None = None
    vectors: Vectors | None = None
    desk: WritingDesk | None = None
    discard: bool = False
    begin: Callable[[], AbstractContextManager[Issues]] | None = None
    announce: Callable[[str], None] = lambda stage: None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: the issue, its files, the check's report, what each source gave.

    And seconds by stage.
    """

    issue: Issue
    folder: Path
    files: tuple[str, ...]
    check: CheckReport
    gathered: Gathered
    pages: PagesRead
    copies: int
    spent: Spent
    seconds: Mapping[str, float]


def build(with_: Building, heard: Callable[[Gathered], None]) -> BuildReport:
    """Gather (unless the week is past), compose, render, write and remember one issue.

    *heard* is told what the gathering brought before anything else can fail.

    Raises:
        TemplateError, OutputError: before anything is gathered.
        IssueError: there is nothing to make an issue of, a person changed the one that is there, or
            it was published meanwhile; nothing is overwritten.
    """
    watch = Stopwatch()
    check_templates(with_.press.templates, with_.brief.layout.theme)
    with_.press.output.check()
    if not with_.discard:
        stopped_by_hand(with_.window.id, with_.issues, with_.press.output)
    gathered = _gathered(with_, watch)
    heard(gathered)
    with_.announce("composing")
    pages: list[PagesRead] = []
    sources = Sources(
        articles=with_.gathering.articles,
        words=with_.words,
        paragraphs=with_.paragraphs,
        decisions=with_.decisions,
        issues=with_.issues,
        vectors=with_.vectors,
        background=with_.background,
        common_words=with_.common_words,
        summarise=with_.summarise,
        full_text=_full_text(with_, gathered, pages.append),
        desk=with_.desk,
    )
    composed = compose(with_.window, with_.brief, with_.gathering.now, sources, watch)
    with_.announce("measuring pictures")
    with watch.stage("pictures"):
        known = _as_measured(composed.issue, with_.issues)
        issue, missing = pictured(known, with_.pictures)
        issue = replace(issue, warnings=(*issue.warnings, *missing))
    with_.announce("rendering")
    with with_.begin() if with_.begin else nullcontext(with_.issues) as joined:
        # Another process may have published it since this one began.
        see_that_it_is_open(issue.id, joined)
        if not with_.discard:  # nor does what a person wrote meanwhile get lost
            stopped_by_hand(issue.id, joined, with_.press.output)
        # Nor when the files are moved: this one may have been paused until then, and its
        # transaction been ended by the database.
        press = replace(with_.press, before_moving=partial(see_that_it_is_open, issue.id, joined))
        out = printed(issue, press, watch)
        _remember(out.issue, composed, joined)
    return BuildReport(
        issue=out.issue,
        folder=out.folder,
        files=out.files,
        check=out.report,
        gathered=gathered,
        pages=pages[0] if pages else PagesRead(),
        copies=composed.copies,
        spent=composed.spent,
        seconds=watch.seconds,
    )


def _full_text(
    with_: Building, gathered: Gathered, heard: Callable[[PagesRead], None]
) -> Callable[[Sequence[Ranked], Sequence[Ranked]], bool] | None:
    """Return what reads the pages of shortlisted articles, None where there is nobody to ask."""
    source = with_.pages
    if source is None or not with_.window.is_coming or not gathered.network:
        return None
    doors = with_.gathering

    def read(ranked: Sequence[Ranked], chosen: Sequence[Ranked]) -> bool:
        found = candidates(shortlist(ranked, chosen))
        visited = with_.page_visits.page_visits([article.id for article in found])
        feeds = {feed.url: feed for feed in with_.brief.feeds}
        articles = wanted(found, feeds, visited, doors.now)
        if articles:
            with_.announce("reading pages")
        came = read_pages(
            articles,
            source=source,
            workers=doors.workers,
            pages=with_.page_visits,
            now=doors.now,
            language=doors.language,
        )
        heard(came)
        return came.read > 0

    return read


def _gathered(with_: Building, watch: Stopwatch) -> Gathered:
    feeds = with_.brief.feeds
    if not with_.window.is_coming:
        return Gathered(feeds=_skipped(feeds), seeds=(), new=0, changed=0)
    with_.announce("gathering")
    with watch.stage("gather"):
        return gather(feeds, with_.brief.folders, with_.gathering)


def _skipped(feeds: Sequence[Feed]) -> tuple[FeedRow, ...]:
    return tuple(FeedRow(feed=feed, status="skipped", reason=_NOT_ASKED) for feed in feeds)


def _as_measured(issue: Issue, issues: Issues) -> Issue:
    """Return *issue* with the sizes of pictures that its last build measured."""
    before = issues.built(issue.id)
    if before is None:
        return issue
    try:
        return sized_as(issue, load(before.content))
    except IssueError:  # of a version that is no longer read: they are measured once more
        return issue


def _remember(issue: Issue, composed: Composed, issues: Issues) -> None:
    issues.save_issue(
        Built(
            id=issue.id,
            status=issue.status,
            since=issue.since,
            until=issue.until,
            content=dump(issue),
            report=json.dumps(composed.report, ensure_ascii=False),
        )
    )
