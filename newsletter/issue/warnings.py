"""What of an issue wants a look once its stories stand elsewhere than they were composed."""

import re
from collections.abc import Iterator, Sequence

from newsletter.issue.compose import (
    NO_HEADLINE,
    NO_LINK,
    NO_SUMMARY,
    NOT_SAFE,
    OF_SUMMARIES,
    WANTS_A_LOOK,
    numbered,
)
from newsletter.model import Base, Issue, PrintedStory

_NUMBERS = r"stor(?:y|ies) (?P<of>\d{1,6}(?:, \d{1,6})*)"
_NO_PICTURE = "no picture"
_PARTS = {NO_HEADLINE: "headline", _NO_PICTURE: "picture"}
_BEHIND = re.compile(rf"(?P<kind>.*): {_NUMBERS}", re.DOTALL)
_BEFORE = re.compile(rf"{_NUMBERS}(?P<what>: no picture .*)", re.DOTALL)
_THIN = re.compile(r"thin: \d+ of at least (\d{1,6}) stories")


def warnings_of(base: Base, edited: Issue) -> tuple[str, ...]:
    """Return the warnings of *base* as they are of *edited*, with the numbers of stories there.

    What an editor wrote or chose wants no look any more; stories that came in have warnings of
    their own.
    """
    stories = edited.stories
    before = {story.id for story in base.issue.stories}
    own: dict[str, set[int]] = {}
    for number, story in enumerate(stories, start=1):
        for kind in _kinds(story) if story.id not in before else ():
            own.setdefault(kind, set()).add(number)
    found = [
        _renumbered(warning, base.issue.stories, stories, own) for warning in base.issue.warnings
    ]
    coming = (f"{kind}: {numbered(sorted(numbers))}" for kind, numbers in own.items())
    return (*(warning for warning in found if warning), *coming)


def _renumbered(
    warning: str,
    before: Sequence[PrintedStory],
    now: Sequence[PrintedStory],
    own: dict[str, set[int]],
) -> str:
    """Return *warning* with the numbers that stories have *now*, "" where it is of none of them.

    Those that a kind of warning has of its *own* are taken over into it.
    """
    if thin := _THIN.fullmatch(warning):
        few = len(now) < int(thin[1])
        return f"thin: {len(now)} of at least {thin[1]} stories" if few else ""
    if told := _BEHIND.fullmatch(warning):
        kind = told["kind"]
        numbers = _numbers(told["of"], kind, before, now)
        if numbers is not None:
            numbers |= own.pop(kind, set())
            return f"{kind}: {numbered(sorted(numbers))}" if numbers else ""
    elif told := _BEFORE.fullmatch(warning):
        numbers = _numbers(told["of"], _NO_PICTURE, before, now)
        if numbers is not None:
            return f"{numbered(sorted(numbers))}{told['what']}" if numbers else ""
    return warning


def _numbers(
    told: str, kind: str, before: Sequence[PrintedStory], now: Sequence[PrintedStory]
) -> set[int] | None:
    """Return where the stories *told* by number stand now, but for those an editor saw to.

    None if there are fewer stories: these are no stories' numbers.
    """
    numbers = [int(number) for number in told.split(", ")]
    if not 0 < min(numbers) <= max(numbers) <= len(before):
        return None
    ids = {before[number - 1].id for number in numbers}
    return {
        number
        for number, story in enumerate(now, start=1)
        if story.id in ids and not _is_settled(kind, story)
    }


def _is_settled(kind: str, story: PrintedStory) -> bool:
    """Return whether an editor's word on *story* leaves nothing of a kind of warning."""
    part = "summary" if kind in OF_SUMMARIES else _PARTS.get(kind)
    return part in story.by_hand


def _kinds(story: PrintedStory) -> Iterator[str]:
    """Yield what wants a look of a story that was not composed into the issue."""
    if not story.headline:
        yield NO_HEADLINE
    if "summary" not in story.by_hand:
        if not story.summary:
            yield NO_SUMMARY
        elif not story.sure and len(story.summary) > 1:
            yield WANTS_A_LOOK
    if any(article.url is None for article in story.articles):
        yield NO_LINK
    if any((article.url or "").startswith("http:") for article in story.articles):
        yield NOT_SAFE
