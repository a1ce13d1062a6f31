"""Looking: stories that ranked too low for an issue's candidates, found by their words."""

from newsletter.errors import IssueError, WishError
from newsletter.issue.base import load_base
from newsletter.issue.finding import stories_in
from newsletter.model import Built
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
    at_hand = _at_hand(built)
    found = (
        one
        for one in listed(built)
        if one.number is None and one.id not in at_hand and _holds(one, wanted)
    )
    return tuple(one for _, one in zip(range(MOST), found, strict=False))


def _at_hand(built: Built) -> frozenset[str]:
    """Return the articles of all stories that an issue's base holds, by id."""
    try:
        return frozenset(stories_in(load_base(built.base)).holders) if built.base else frozenset()
    except IssueError:  # of a version that is no longer read: the next change composes it anew
        return frozenset()


def _holds(story: Listed, words: list[str]) -> bool:
    parts = (part for _, title, source in story.articles for part in (title, source))
    text = " ".join((story.headline, *parts)).casefold()
    return all(word in text for word in words)
