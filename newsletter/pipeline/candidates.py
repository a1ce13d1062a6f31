"""Candidates: the stories that were not chosen, told as they would be printed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from newsletter.issue import compose as compose_issue
from newsletter.issue.compose import Frame
from newsletter.model import Article, Assignment, Candidate, Counts, Ranked, Summary
from newsletter.stories.rank import Choice

MOST = 24  # besides those that edits name
_SENTENCES = 3  # it is quicker to strike one out than to find another
_UNCOUNTED = Counts(articles=0, outlets=0, stories=0, chosen=0)


def spares(choice: Choice, named: Collection[str]) -> tuple[tuple[Ranked, str], ...]:
    """Return the best of the stories passed over, by rank, each with the reason.

    Repeats of earlier issues are none of them. Those that have an article among *named* (ids) are
    all there, repeats or not, and do not count.
    """
    asked_for = frozenset(named)
    found, count = [], 0
    for ranked, reason in choice.passed_over:
        if any(article.id in asked_for for article in ranked.story.articles):
            found.append((ranked, reason))
        elif count < MOST and not ranked.story.continuation.is_repeat:
            count += 1
            found.append((ranked, reason))
    return tuple(found)


def at_length(assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Return *assignments* with room for as much as an editor may want to print."""
    return tuple(replace(one, sentences=_SENTENCES) for one in assignments)


def printed(
    told: Sequence[tuple[Ranked, Summary]],
    reasons: Sequence[str],
    frame: Frame,
    articles: Mapping[str, Article],
) -> tuple[Candidate, ...]:
    """Return stories that were not chosen as an issue would print them, in their order.

    *articles* are all of the window by id.
    """
    issue = compose_issue(frame, told, articles=articles, counts=_UNCOUNTED)
    by_id = {story.id: story for story in issue.stories}
    return tuple(
        Candidate(story=by_id[ranked.story.id], section=ranked.section, reason=reason)
        for (ranked, _), reason in zip(told, reasons, strict=True)
        if ranked.story.id in by_id
    )
