"""Build: gather, compose, render and write one issue, and remember it."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.issue.base import dump_base
from newsletter.issue.editing import version
from newsletter.issue.finding import find_story
from newsletter.model import Base, Built, CheckReport, Edit, Effect, Feed, Issue, Ranked
from newsletter.pipeline.catching_up import Hand, caught_up
from newsletter.pipeline.choosing import keeping
from newsletter.pipeline.clustering import Background, Vectors
from newsletter.pipeline.compose import Composed, Sources, compose
from newsletter.pipeline.edited import EditedIssues, as_edited, named_by, sized
from newsletter.pipeline.fulltext import PagesRead, candidates, read_pages, shortlist, wanted
from newsletter.pipeline.gather import FeedRow, Gathered, Gathering, gather
from newsletter.pipeline.handmade import stopped_by_hand
from newsletter.pipeline.listing import listed_in
from newsletter.pipeline.material import Brief, CommonWords
from newsletter.pipeline.picturing import pictured
from newsletter.pipeline.press import Press, Printed, printed
from newsletter.pipeline.recomposing import Decided
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.pipeline.window import Window, see_that_it_is_open
from newsletter.pipeline.writing import Spent, WritingDesk
from newsletter.ports import (
    Decisions,
    Pages,
    PageSource,
    Paragraphs,
    Pictures,
    Summariser,
    Words,
)
from newsletter.render import check_templates

_TRIES = 5  # each composes what editors decided while the last one was composed
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
    issues: EditedIssues
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
    begin: Callable[[], AbstractContextManager[EditedIssues]] | None = None
    announce: Callable[[str], None] = lambda stage: None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: the issue, its files, the check's report, what each source gave.

    And seconds by stage. `effects` are what became of the editors' edits of the issue.
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
    effects: tuple[Effect, ...] = ()


def build(with_: Building, heard: Callable[[Gathered], None]) -> BuildReport:
    """Gather (unless the week is past), compose, render, write and remember one issue.

    *heard* is told what the gathering brought before anything else can fail.

    Raises:
        TemplateError, OutputError: before anything is gathered.
        IssueError: there is nothing to make an issue of, a person changed the one that is there, or
            it was published or decided on again and again meanwhile; nothing is overwritten.
    """
    watch = Stopwatch()
    check_templates(with_.press.templates, with_.brief.layout.theme)
    with_.press.output.check()
    if not with_.discard:
        stopped_by_hand(with_.window.id, with_.issues, with_.press.output)
    gathered = _gathered(with_, watch)
    heard(gathered)
    pages: list[PagesRead] = []
    ready: _Ready | None = None
    for _ in range(_TRIES):
        ready = _made_ready(with_, gathered, pages.append, watch, before=ready)
        with_.announce("rendering")
        try:
            out, effects = _printed(with_, ready, watch)
        except _DecidedMeanwhileError:
            continue
        return BuildReport(
            issue=out.issue,
            folder=out.folder,
            files=out.files,
            check=out.report,
            gathered=gathered,
            pages=pages[0] if pages else PagesRead(),
            copies=ready.composed.copies,
            spent=ready.composed.spent,
            seconds=watch.seconds,
            effects=effects,
        )
    raise IssueError(
        f"{with_.window.id}: its stories were decided on again and again while it was composed;"
        " nothing was overwritten: build it once more (newsletter build-issue)"
    )


class _DecidedMeanwhileError(Exception):
    """An editor had a word on the stories, or needs another, since they were composed."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An issue that is ready to be printed, and what it was composed with."""

    base: Base
    composed: Composed
    hand: Hand
    named: frozenset[str]


def _made_ready(
    with_: Building,
    gathered: Gathered,
    heard: Callable[[PagesRead], None],
    watch: Stopwatch,
    *,
    before: _Ready | None,
    hand: Hand | None = None,
) -> _Ready:
    """Return the issue as it is decided on now, or by *hand*; what was fetched *before* is kept."""
    edits, known = with_.issues.edits(with_.window.id), with_.decisions.decisions()
    hand = hand or Hand(edits=edits, decisions=known, known=known)
    named = named_by((*edits, *hand.edits))
    sources = replace(
        _sources(with_, None if before else _full_text(with_, gathered, heard)),
        decisions=Decided(hand.decisions),
    )
    with_.announce("composing")
    now = with_.gathering.now
    composed = compose(
        with_.window, with_.brief, now, sources, watch, named=named, choosing=keeping(hand.edits)
    )
    base = _as_measured(composed.base, with_.issues)
    if before:
        base = sized(base, before.base.issue)
        spent = _in_all(before.composed.spent, composed.spent)
        composed = replace(
            composed, spent=spent, report={**composed.report, "writing": asdict(spent)}
        )
    further = caught_up(hand, listed_in(composed.report), now)
    if further is not hand:
        before = _Ready(base=base, composed=composed, hand=hand, named=named)
        return _made_ready(with_, gathered, heard, watch, before=before, hand=further)
    with_.announce("measuring pictures")
    with watch.stage("pictures"):
        base = _pictured(base, hand.edits, with_)
    return _Ready(base=base, composed=composed, hand=hand, named=named)


def _printed(
    with_: Building, ready: _Ready, watch: Stopwatch
) -> tuple[Printed, tuple[Effect, ...]]:
    """Print and remember the issue in one transaction; return it, and what its edits came to.

    Raises:
        _DecidedMeanwhileError: it is to be composed anew; nothing was written.
        IssueError: it was published or changed by hand meanwhile.
    """
    base = ready.base
    with with_.begin() if with_.begin else nullcontext(with_.issues) as joined:
        # Another process may have published it since this one began.
        see_that_it_is_open(base.issue.id, joined)
        if not with_.discard:  # nor does what a person wrote meanwhile get lost
            stopped_by_hand(base.issue.id, joined, with_.press.output)
        edits = joined.edits(base.issue.id)  # once more: hers of meanwhile are among them
        _see_that_it_is_current(ready, edits, with_.decisions)
        edits = ready.hand.keep(base.issue.id, joined)
        edited = as_edited(base, edits, min_stories=with_.brief.min_stories)
        # Nor when the files are moved: this one may have been paused until then, and its
        # transaction been ended by the database.
        is_open = partial(see_that_it_is_open, base.issue.id, joined)
        out = printed(edited.issue, replace(with_.press, before_moving=is_open), watch)
        joined.save_issue(_remembered(out, base, edits, ready.composed.report))
    return out, edited.effects


def _see_that_it_is_current(ready: _Ready, edits: Sequence[Edit], known: Decisions) -> None:
    """Do nothing if all that editors decided and named is in what was composed.

    Raises:
        _DecidedMeanwhileError: it is not.
    """
    new = named_by(edits) - ready.named
    # Read outside of the transaction, in which nothing is decided: no other writes meanwhile.
    if not ready.hand.is_of(edits, known.decisions()) or any(
        find_story(ready.base, id_) is None for id_ in new
    ):
        raise _DecidedMeanwhileError


def _in_all(before: Spent, then: Spent) -> Spent:
    return replace(
        then,
        calls=before.calls + then.calls,
        tokens_in=before.tokens_in + then.tokens_in,
        tokens_out=before.tokens_out + then.tokens_out,
    )


def _sources(
    with_: Building, full_text: Callable[[Sequence[Ranked], Sequence[Ranked]], bool] | None
) -> Sources:
    return Sources(
        articles=with_.gathering.articles,
        words=with_.words,
        paragraphs=with_.paragraphs,
        decisions=with_.decisions,
        issues=with_.issues,
        vectors=with_.vectors,
        background=with_.background,
        common_words=with_.common_words,
        summarise=with_.summarise,
        full_text=full_text,
        desk=with_.desk,
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


def _as_measured(base: Base, issues: EditedIssues) -> Base:
    """Return *base* with the sizes of pictures that its last build measured."""
    before = issues.built(base.issue.id)
    if before is None:
        return base
    try:
        return sized(base, load(before.content))
    except IssueError:  # of a version that is no longer read: they are measured once more
        return base


def _pictured(base: Base, edits: Sequence[Edit], with_: Building) -> Base:
    """Return *base* with the sizes of the pictures that it shows, and with edits will show."""
    issue, missing = pictured(base.issue, with_.pictures)
    base = replace(base, issue=replace(issue, warnings=(*issue.warnings, *missing)))
    edited = as_edited(base, edits, min_stories=0).issue
    if [story.id for story in edited.stories] == [story.id for story in issue.stories]:
        return base
    return sized(base, pictured(edited, with_.pictures)[0])


def _remembered(
    out: Printed, base: Base, edits: Sequence[Edit], report: Mapping[str, object]
) -> Built:
    issue = out.issue
    return Built(
        id=issue.id,
        status=issue.status,
        since=issue.since,
        until=issue.until,
        content=out.content,
        report=json.dumps(report, ensure_ascii=False),
        base=dump_base(base),
        edits=version(edits),
    )
