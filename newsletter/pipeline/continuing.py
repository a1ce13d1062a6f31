"""Continuing: finds for each story what issues that are out have told of it."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.model import Article, Built, Earlier, Frequencies, Issue, PrintedStory, Story
from newsletter.pipeline.clustering import Background
from newsletter.pipeline.material import CommonWords, in_their_languages
from newsletter.pipeline.window import Window
from newsletter.ports import Articles, Issues
from newsletter.stories.continuity import Printed, continuing
from newsletter.text.words import base_language

log = logging.getLogger(__name__)

# Issues that are looked through: what was last told two months ago is told anew.
_ISSUES = 8


def continued(
    stories: Sequence[Story],
    window: Window,
    *,
    background: Background,
    issues: Issues,
    articles: Articles,
    common_words: CommonWords | None = None,
    history: Frequencies | None = None,
) -> tuple[Story, ...]:
    """Return *stories*, each with its continuation of stories that are printed already.

    Looked through are the last eight issues published before *window*. With *common_words* the
    articles they printed are read in the language they are in, whatever their feed claims.
    """
    out = [_issue(built) for built in issues.published(_ISSUES) if _is_before(built, window)]
    printed = tuple(_printed([issue for issue in out if issue], articles, common_words))
    if not printed or not stories:
        return tuple(stories)
    held = [*(story.articles for story in stories), *(one.articles for one in printed)]
    languages = sorted({base_language(a.language) for members in held for a in members})
    return continuing(stories, printed, background=background(languages), history=history)


def _is_before(built: Built, window: Window) -> bool:
    return built.id < window.id and built.until <= window.until


def _issue(built: Built) -> Issue | None:
    try:
        return load(built.content, built.id)
    except IssueError as error:
        log.warning(
            "issue not looked through for earlier stories reason=%s", str(error).partition("\n")[0]
        )
        return None


def _printed(
    out: Sequence[Issue], articles: Articles, common_words: CommonWords | None
) -> Iterator[Printed]:
    """Yield the stories of the issues that are *out*, with those of their articles that we know."""
    told = [(issue, story) for issue in out for story in issue.stories]
    ids = {article.id for _, story in told for article in story.articles}
    known = _in_their_languages(articles.by_id(sorted(ids)), common_words)
    for issue, story in told:
        members = tuple(_members(story, known))
        if members:
            yield Printed(
                number=Earlier(
                    issue_id=issue.id,
                    story_id=story.id,
                    headline=story.headline,
                    publishes_at=issue.publishes_at,
                    score=1.0,
                ),
                articles=members,
                before=story.earlier,
            )


def _members(story: PrintedStory, known: Mapping[str, Article]) -> Iterator[Article]:
    for printed in story.articles:
        if printed.id in known:
            # The outlet as it was called when it was printed: feeds.yaml may name it, or not yet.
            yield replace(known[printed.id], source=printed.source)


def _in_their_languages(
    known: Mapping[str, Article], common_words: CommonWords | None
) -> Mapping[str, Article]:
    if common_words is None:
        return known
    held: Iterable[Article] = [article for article in known.values() if article.origins]
    return {**known, **{a.id: a for a in in_their_languages(tuple(held), common_words)}}
