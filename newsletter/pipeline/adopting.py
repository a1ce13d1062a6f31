"""Adopting: issues found in the output folder are taken as published where the store is empty."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, Self

from newsletter import weeks
from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Article, Built, Event, Issue, PrintedArticle, Status
from newsletter.ports import History, Output
from newsletter.weeks import Schedule

log = logging.getLogger(__name__)

_TICK = timedelta(seconds=1)


class Adopting(History, Protocol):
    """The store, as far as adopting asks it."""

    def is_empty(self) -> bool:
        """Return whether it holds no article and no issue."""

    def adopt(self, built: Built, articles: Iterable[Article]) -> None:
        """Keep a published issue, and the articles it printed as first seen before its cut-off."""

    def transaction(self) -> AbstractContextManager[Self]:
        """Return a store whose calls are one transaction."""


def adopt_published(
    store: Adopting, output: Output, schedule: Schedule, now: datetime
) -> tuple[str, ...]:
    """Take what lies in *output* as published where *store* is empty; return the weeks' ids.

    Published are issues that say so, and those whose instant is past: a runner without a disk would
    print them a second time. What is no issue, or is of a week that has not begun, is left out and
    named in the log.
    """
    if not store.is_empty():
        return ()
    found = sorted(_published(output, schedule, now), key=lambda issue: issue.id)
    if not found:
        return ()
    with store.transaction() as joined:
        if not joined.is_empty():
            return ()
        for issue in found:
            joined.adopt(_built(issue), _articles(issue))
            joined.note(
                Event(
                    kind="published",
                    at=issue.published_at or issue.publishes_at,
                    week=issue.id,
                    key=f"published:{issue.id}",
                    cause=f"found in {output.root.name}/",
                )
            )
    log.info("issues taken as published count=%d", len(found))
    return tuple(issue.id for issue in found)


def _published(output: Output, schedule: Schedule, now: datetime) -> Iterator[Issue]:
    nearest = weeks.following(weeks.coming(schedule, now))
    for name, text in output.issues():
        try:
            issue = load(text, name)
        except IssueError as error:
            log.warning("issue not taken as published reason=%s", str(error).partition("\n")[0])
            continue
        if issue.id > nearest:
            log.warning("issue not taken as published name=%s reason=its week is to come", name)
        elif issue.status == Status.PUBLISHED or issue.publishes_at <= now:
            yield issue


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
