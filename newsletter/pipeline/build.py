"""Build: gather, compose, render and write one issue, and remember it."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Built, Feed, Issue
from newsletter.pipeline.compose import Background, Composed, Stopwatch, compose
from newsletter.pipeline.gather import FeedRow, Gathered, Gathering, gather
from newsletter.pipeline.material import Brief, CommonWords
from newsletter.pipeline.window import Window
from newsletter.ports import Issues, Output, Summariser
from newsletter.render import check_templates, render, render_archive

log = logging.getLogger(__name__)

_NOT_ASKED = "an earlier week is rebuilt from what it held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """The doors and the settled parts of one build."""

    window: Window
    brief: Brief
    gathering: Gathering
    issues: Issues
    background: Background
    common_words: CommonWords
    summarise: Summariser
    templates: Mapping[str, str]
    output: Output
    announce: Callable[[str], None] = lambda stage: None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: the issue, its files, what each source gave, seconds by stage."""

    issue: Issue
    folder: Path
    files: tuple[str, ...]
    cuts: tuple[str, ...]
    gathered: Gathered
    copies: int
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
    composed = compose(
        with_.window,
        with_.brief,
        with_.gathering.now,
        articles=with_.gathering.articles,
        background=with_.background,
        common_words=with_.common_words,
        summarise=with_.summarise,
        watch=watch,
    )
    with_.announce("rendering")
    folder, files, cuts = put(composed.issue, with_.templates, with_.output, watch)
    _remember(composed, with_.issues)
    return BuildReport(
        issue=composed.issue,
        folder=folder,
        files=files,
        cuts=cuts,
        gathered=gathered,
        copies=composed.copies,
        seconds=watch.seconds,
    )


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
