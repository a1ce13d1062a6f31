"""Looking: stories that ranked too low for an issue's candidates, found by their words."""

from dataclasses import replace

from newsletter.errors import IssueError, WishError
from newsletter.issue.base import load_base
from newsletter.issue.finding import stories_in
from newsletter.model import Base, Built
from newsletter.pipeline.edited import with_dropped
from newsletter.pipeline.listing import Listed, listed
from newsletter.ports import Issues

MOST = 30


def ranked_lower(week: str, words: str, store: Issues) -> tuple[Listed, ...]:
    """Return up to 30 stories of a build that hold all *words*, by rank; none for no words.

    They are looked for in headlines, titles and outlets, whatever their case. Those of the issue
    and its candidates, which an editor has before her, are left out.

    Raises:
        WishError: the issue is not built.
    """
    built = store.built(week)
    if built is None:
        raise WishError(f"{week} has not been built: newsletter build-issue --week {week}")
    wanted = words.casefold().split()
    if not wanted:
        return ()
    base = _base(built)
    at_hand = stories_in(base).holders if base else {}
    stories = listed(built)
    printed = {one.id for one in stories if one.number is not None}
    gone = sum(one.id not in printed for one in base.issue.stories) if base else 0
    found = (
        replace(one, reason=with_dropped(one.reason, gone) if one.reason else one.reason)
        for one in stories
        if one.number is None and one.id not in at_hand and _holds(one, wanted)
    )
    return tuple(one for _, one in zip(range(MOST), found, strict=False))


def _base(built: Built) -> Base | None:
    """Return the issue as it was composed, None where that is not kept or not read any more."""
    try:
        return load_base(built.base) if built.base else None
    except IssueError:  # of an older version: the next change composes it anew
        return None


def _holds(story: Listed, words: list[str]) -> bool:
    parts = (part for _, title, source in story.articles for part in (title, source))
    text = " ".join((story.headline, *parts)).casefold()
    return all(word in text for word in words)
