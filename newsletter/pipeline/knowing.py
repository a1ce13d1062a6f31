"""What the check before sending is told of the world beyond the issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.model import Issue
from newsletter.pipeline.health import Health
from newsletter.ports import Issues
from newsletter.render.checking import Known
from newsletter.text.urls import canonical_url, registrable_domain

_REMEMBERED = 8  # published issues whose links are not to be printed again
_FAILING = frozenset({"failing", "gone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How the feeds are, what was published before, and what mail clients support."""

    health: Sequence[Health]
    issues: Issues
    support_data: Mapping[str, Any]
    min_stories: int


def known_of(issue: Issue, world: World, answers: Mapping[str, str] | None = None) -> Known:
    """Return what the check of *issue* is to know; *answers* are those of its links, if asked."""
    return Known(
        support_data=world.support_data,
        hosts=frozenset(registrable_domain(one.feed.url) for one in world.health),
        failing=tuple(
            f"{one.feed.name or one.feed.url}: {one.note or one.status}"
            for one in world.health
            if one.status in _FAILING
        ),
        earlier=_earlier(issue, world.issues),
        min_stories=world.min_stories,
        answers=answers,
    )


def _earlier(issue: Issue, issues: Issues) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for built in issues.published(_REMEMBERED):
        if built.id == issue.id:
            continue
        try:
            stories = load(built.content).stories
        except IssueError:  # of a version that is no longer read: it cannot be compared
            continue
        for story in stories:
            for article in story.articles:
                if article.url:
                    found.setdefault(canonical_url(article.url), built.id)
    return found
