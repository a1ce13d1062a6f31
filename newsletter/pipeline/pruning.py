"""Pruning: old articles are let go of, but for what readers may still ask after."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.ports import Decisions, Issues

log = logging.getLogger(__name__)

_MARGIN = timedelta(days=14)  # a late issue, and dates that say too late a day


class Pruning(Issues, Decisions, Protocol):
    """The store, as far as pruning asks it."""

    def prune(self, *, before: datetime, keep: Collection[str]) -> int:
        """Let go of the articles first seen before *before*, but for *keep*; return how many."""


def prune(
    store: Pruning,
    now: datetime,
    *,
    articles: timedelta,
    issues: int,
    max_age: timedelta = timedelta(0),
) -> int:
    """Let go of what was first seen longer than *articles* ago; return how many articles.

    Kept are those that the last *issues* issues printed, those that the editor decided on, and all
    that no published issue has had its chance at: they wait for the next. So is all that was first
    seen within *max_age*, up to which an issue takes articles, and two weeks: a feed that still
    shows it would bring it as new.
    """
    last = store.last_published()
    if last is None:
        return 0
    keep: set[str] = set()
    for built in store.published(issues):
        try:
            stories = load(built.content, built.id).stories
        except IssueError as error:
            # What it printed cannot be told: nothing is let go of for its sake.
            log.warning("nothing pruned reason=%s", str(error).partition("\n")[0])
            return 0
        keep |= {article.id for story in stories for article in story.articles}
    for decision in store.decisions():
        keep |= {decision.article_id, decision.other_id}
    before = min(now - articles, now - max_age - _MARGIN, last.until)
    return store.prune(before=before, keep=keep)
