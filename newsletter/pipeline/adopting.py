"""Adopting: issues in the output folder that came out without this store's knowledge."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, Self

from newsletter import weeks
from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Article, Built, Event, Issue, PrintedArticle, Run, Status
from newsletter.pipeline.due import FOUND_IN
from newsletter.ports import Articles, History, Output, Words
from newsletter.weeks import Schedule

if TYPE_CHECKING:
    from newsletter.pipeline.material import CommonWords

log = logging.getLogger(__name__)

_TICK = timedelta(seconds=1)
_RUNS = 200  # that are looked through for one that was cut short: a week of hourly gathers
# What does not say so need not be understood: drafts are passed over at every tick.
_SAYS_PUBLISHED = re.compile(r'"status"\s*:\s*"published"')


class Adopting(History, Articles, Words, Protocol):
    """The store, as far as adopting asks it."""

    def is_empty(self) -> bool:
        """Return whether it holds no article and no issue."""

    def built(self, issue_id: str) -> Built | None:
        """Return the issue as last built, None if it never was."""

    def last_published(self) -> Built | None:
        """Return the published issue with the latest cut-off, None if there is none."""

    def runs(self, most: int) -> tuple[Run, ...]:
        """Return the *most* runs that began last, the latest first."""

    def adopt(self, built: Built, articles: Iterable[Article]) -> None:
        """Keep a published issue, and the articles it printed as first seen before its cut-off."""

    def transaction(self) -> AbstractContextManager[Self]:
        """Return a store whose calls are one transaction."""


def adopt_published(
    store: Adopting,
    output: Output,
    schedule: Schedule,
    now: datetime,
    *,
    common_words: "CommonWords",
    min_stories: int = 0,
    is_reviewed: bool = False,
) -> tuple[str, ...]:
    """Take issues in *output* that came out after all that *store* knows of; return their ids.

    The database was lost, or an older one was put back: printed again they would come twice. Taken
    are issues that say that they are published, but for one that *store* was about to publish when
    it was cut short. Where *store* is empty and no issue says so, those count whose instant is
    past, as a first issue that was built by hand: with *min_stories* stories or more, and only
    where nobody reviews issues (*is_reviewed*), for else they were skipped, or held. What is no
    issue, or is of a week that has not begun, is left out.
    """
    coming = weeks.following(weeks.coming(schedule, now))
    found = list(_published(store, output, coming))
    if not found and not is_reviewed and store.is_empty():
        every = _issues(output, coming)
        found = [one for one in every if _is_past(one, now) and len(one.stories) >= min_stories]
    if not found:
        return ()
    with store.transaction() as joined:
        # Asked again: another process may have published or taken it, and is done by now.
        taken = [one for one in found if _is_missing(one, joined)]
        for issue in sorted(taken, key=lambda issue: issue.id):
            _adopt(issue, joined, common_words)
            joined.note(
                Event(
                    kind="published",
                    at=issue.published_at or issue.publishes_at,
                    week=issue.id,
                    key=f"published:{issue.id}",
                    cause=f"{FOUND_IN}{output.root.name}/",
                )
            )
    if taken:
        log.info("issues taken as published count=%d", len(taken))
    return tuple(sorted(issue.id for issue in taken))


def _adopt(issue: Issue, joined: Adopting, common_words: "CommonWords") -> None:
    """Keep *issue*, and remember how common the words of its week were, as publishing does."""
    from newsletter.pipeline.publish import Memory, close_week  # loads what few runs need

    built, printed = _built(issue), _articles(issue)
    known = joined.by_id([article.id for article in printed])
    joined.adopt(built, printed)
    memory = Memory(articles=joined, words=joined, common_words=common_words)
    # Of the others no more is kept than a title: all but its words would seem to be rare.
    close_week(built, memory, but={article.id for article in printed if article.id not in known})


def _published(store: Adopting, output: Output, coming: str) -> Iterator[Issue]:
    """Yield the issues that say that they came out and of which *store* does not know it."""
    last = store.last_published()
    for issue in _issues(output, coming, after=last.id if last else "", saying=_SAYS_PUBLISHED):
        if issue.status == Status.PUBLISHED and _is_missing(issue, store):
            yield issue


def _issues(
    output: Output, coming: str, *, after: str = "", saying: re.Pattern[str] | None = None
) -> Iterator[Issue]:
    """Yield the issues of the weeks after *after*, up to *coming*, in whose text it *says* so."""
    for name, text in output.issues():
        if PurePath(name).parent.name <= after:
            return  # newest first: the store knows of all that follow
        if saying and not saying.search(text):
            continue
        try:
            issue = load(text, name)
        except IssueError as error:
            # Looked at again with every tick, where the store has known no issue since.
            level = logging.DEBUG if after else logging.WARNING
            reason = str(error).partition("\n")[0]
            log.log(level, "issue not taken as published reason=%s", reason)
            continue
        if issue.id <= coming:
            yield issue
        else:
            log.debug("issue not taken as published name=%s reason=its week is to come", name)


def _is_past(issue: Issue, now: datetime) -> bool:
    return issue.publishes_at <= now


def _is_missing(issue: Issue, store: Adopting) -> bool:
    last = store.last_published()
    if last and issue.id <= last.id:
        return False
    if issue.status != Status.PUBLISHED:
        return store.is_empty()
    return not _is_being_published(issue, store)


def _is_being_published(issue: Issue, store: Adopting) -> bool:
    """Return whether *issue* is what *store* holds as built and is about to publish.

    Its files lay in place when it was cut short: it is published again, with all that goes with it.
    An older database that was put back may hold it as built as well, but was not at it; and what
    has no moment of publication was called published by hand.
    """
    built = store.built(issue.id)
    if built is None or not _is_same(built, issue):
        return False
    return issue.published_at is None or any(
        run.job == "publish"
        and run.period.partition("+")[0] == issue.id
        and run.state in ("running", "waiting")
        for run in store.runs(_RUNS)
    )


def _is_same(built: Built, issue: Issue) -> bool:
    try:
        return load(built.content, built.id).generated_at == issue.generated_at
    except IssueError:
        return False


def _built(issue: Issue) -> Built:
    issue = replace(issue, status=Status.PUBLISHED)
    return Built(
        id=issue.id,
        status=issue.status,
        since=issue.since,
        until=issue.until,
        content=dump(issue),
        report="{}",
    )


def _articles(issue: Issue) -> list[Article]:
    printed = {one.id: one for story in issue.stories for one in story.articles}
    return [_article(one, issue) for one in printed.values()]


def _article(one: PrintedArticle, issue: Issue) -> Article:
    # Its URL as a key, so that another feed's entry for the same page is known, too.
    from newsletter.parse.identity import keys_of  # loads the parsers, which few runs need

    keys = keys_of(guid=None, url=one.url, text="")
    return Article(
        id=one.id,
        keys=tuple(key for key in keys if key.startswith("url ")),
        title=one.title,
        text="",
        url=one.url,
        source=one.source,
        published=one.published,
        first_seen=issue.until - _TICK,
        language=issue.masthead.language,
        image=one.image,
    )
