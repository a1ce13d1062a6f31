"""Tells in a line or two what a story has behind it, and where its sources differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newsletter.model import Earlier, PrintedStory
from newsletter.render import dates
from newsletter.render.safe import below, plain, shortened

_TIMELINE_FROM = 2  # earlier issues: of one, the mark says it all
_POINTS = 4
_POINT_CHARACTERS = 48
_NAME_CHARACTERS = 40  # a document without a source is named after its whole title


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One point of a story's timeline; `issue` is the id of the issue, "" of the one in hand.

    `url` is where that issue tells it on the web, None where it stands nowhere or here.
    """

    date: str
    headline: str
    issue: str
    anchor: str
    url: str | None


def points(
    earlier: Iterable[Earlier], web_url: str | None, publishes: datetime
) -> tuple[PointView, ...]:
    """Return where a story was told before, in the order given; *publishes* is on local clocks."""
    return tuple(
        PointView(
            date=dates.short_day(one.publishes_at.astimezone(publishes.tzinfo), publishes),
            headline=shortened(plain(one.headline), _POINT_CHARACTERS),
            issue=one.issue_id,
            anchor=one.story_id,
            url=below(web_url, f"{one.issue_id}/index.html#{one.story_id}"),
        )
        for one in earlier
    )


def timeline(
    past: tuple[PointView, ...], headline: str, publishes: datetime
) -> tuple[PointView, ...]:
    """Return the points of a story that three issues told: the first, the latest and this one.

    () where fewer told it.
    """
    if len(past) < _TIMELINE_FROM:
        return ()
    here = PointView(
        date=dates.short_day(publishes, publishes),
        headline=shortened(headline, _POINT_CHARACTERS),
        issue="",
        anchor="",
        url=None,
    )
    return (past[0], *past[1:][-(_POINTS - 2) :], here)


def differing(story: PrintedStory) -> str:
    """Return a sentence on the first thing that the sources tell differently, "" if there is none.

    "Sources differ on capital spending: $60 billion (Reuters); $65 billion (CNBC and 2 more)."
    """
    if not story.differences:
        return ""
    difference = story.differences[0]
    source_of = {
        article.id: shortened(plain(article.source), _NAME_CHARACTERS) for article in story.articles
    }
    told = []
    for said in difference.said:
        names = list(dict.fromkeys(source_of[id_] for id_ in said.article_ids if id_ in source_of))
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        told.append(f"{plain(said.value)} ({names[0]}{more})" if names else plain(said.value))
    about = f" on {plain(difference.about)}" if difference.about else ""
    return f"Sources differ{about}: {'; '.join(told)}."
