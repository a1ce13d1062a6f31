"""Build: gather, compose, render and write one issue, and remember it."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Built, Feed, Issue, Ranked
from newsletter.pipeline.clustering import Background, Vectors
from newsletter.pipeline.compose import Composed, Sources, Stopwatch, compose
from newsletter.pipeline.fulltext import PagesRead, candidates, read_pages, shortlist, wanted
from newsletter.pipeline.gather import FeedRow, Gathered, Gathering, gather
from newsletter.pipeline.material import Brief, CommonWords
from newsletter.pipeline.window import Window
from newsletter.pipeline.writing import Spent, WritingDesk
from newsletter.ports import (
    Decisions,
    Issues,
    Output,
    Pages,
    PageSource,
    Paragraphs,
    Summariser,
    Words,
)
from newsletter.render import check_templates, render, render_archive

log = logging.getLogger(__name__)

_NOT_ASKED = "an earlier week is rebuilt from what it held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """The doors and the settled parts of one build. *pages* None: the network is left alone."""

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
    templates: Mapping[str, str]
    output: Output
    pages: PageSource | None
    page_visits: Pages
    vectors: Vectors | None = None
    desk: WritingDesk | None = None
    announce: Callable[[str], None] = lambda stage: None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: the issue, its files, what each source gave, seconds by stage."""

    issue: Issue
    folder: Path
    files: tuple[str, ...]
    cuts: tuple[str, ...]
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
        IssueError: there is nothing to make an issue of; nothing is overwritten.
    """
    watch = Stopwatch()
    check_templates(with_.templates)
    with_.output.check()
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
    with_.announce("rendering")
    folder, files, cuts = put(composed.issue, with_.templates, with_.output, watch)
    _remember(composed, with_.issues)
    return BuildReport(
        issue=composed.issue,
        folder=folder,
        files=files,
        cuts=cuts,
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


def put(
    issue: Issue, templates: Mapping[str, str], output: Output, watch: Stopwatch
) -> tuple[Path, tuple[str, ...], tuple[str, ...]]:
    """Render *issue*, put it and the archive in place, and return folder, file names and cuts."""
    with watch.stage("render"):
        edition = render(issue, templates)
        files = {**edition.files, "issue.json": dump(issue).encode()}
    with watch.stage("write"):
        folder = output.write_issue(issue.id, files)
        output.write_pages(render_archive(list(_archived(output)), templates))
    return folder, tuple(sorted(files)), edition.cuts


def _archived(output: Output) -> Iterator[Issue]:
    for name, text in output.issues():
        try:
            yield load(text, name)
        except IssueError as error:
            log.warning("issue left out of the archive reason=%s", error)


def _gathered(with_: Building, watch: Stopwatch) -> Gathered:
    feeds = with_.brief.feeds
    if not with_.window.is_coming:
        return Gathered(feeds=_skipped(feeds), seeds=(), new=0, changed=0)
    with_.announce("gathering")
    with watch.stage("gather"):
        return gather(feeds, with_.brief.folders, with_.gathering)


def _skipped(feeds: Sequence[Feed]) -> tuple[FeedRow, ...]:
    return tuple(FeedRow(feed=feed, status="skipped", reason=_NOT_ASKED) for feed in feeds)


def _remember(composed: Composed, issues: Issues) -> None:
    issue = composed.issue
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
